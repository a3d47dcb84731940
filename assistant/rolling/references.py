"""References brought up to the new year; what has ended and has no successor becomes a placeholder."""

import re
from collections.abc import Iterator
from datetime import date

from assistant.rolling.base import Proposal
from assistant.rolling.datatypes import ChangeKind
from assistant.rolling.rules import rules
from assistant.timeline import Correction, EntryKind, Status, Timeline, YearPage

_BLANKS = {EntryKind.EDUCATION: "今年的学习教育", EntryKind.ANNIVERSARY: "今年的纪念活动"}

_KEPT = frozenset({"an-party", "an-state", "an-acftu"})  # anniversaries every union keeps
_FIRST, _MIDDLE, _LAST = "开局之年", "第三年", "收官之年"
_OF_THE_YEAR = re.compile(r"(?:20\d\d年|也|又|既|还|更)是[^，。；]{0,2}$")


def references(text: str, *, year: int, drafted: date | None, timeline: Timeline) -> tuple[Proposal, ...]:
    """Changes to a text whose years are those of the new plan, in order, none overlapping another."""
    page = timeline.page(year, drafted=drafted)
    found = [*_turning(text, page)]
    for each in timeline.corrections(text, year=year, drafted=drafted):
        change = _celebrated(each, text, page) or _change(each)
        found += [change] if change is not None else []
    found += _of_one_year(text, page)
    kept: list[Proposal] = []
    for proposal in found:
        if not any(proposal.start < other.end and other.start < proposal.end for other in kept):
            kept.append(proposal)
    return tuple(sorted(kept, key=lambda proposal: proposal.start))


def _turning(text: str, page: YearPage) -> Iterator[Proposal]:
    """“十四五”规划圆满收官 becomes “十五五”规划良好开局 in the first year of the next plan."""
    if page.five_year_plan is None or page.phase is None or page.phase.text != _FIRST:
        return
    for match in rules()["turning"].finditer(text):
        why = f"{page.year}年是{page.five_year_plan.text}{_FIRST}"
        yield Proposal(*match.span(), f"{page.five_year_plan.text}良好开局", why, ChangeKind.REFERENCE)


def _of_one_year(text: str, page: YearPage) -> Iterator[Proposal]:
    """What is said of a year because of what lay before it: 贯彻党的二十大精神的开局之年, 承上启下的关键一年."""
    for match in rules()["congress_year"].finditer(text):
        why = f"“{match[0]}”说的是开过会的那一两年，{page.year}年请另写"
        yield Proposal(*match.span(), "【待填：今年的特点】", why, ChangeKind.FINISHED)
    for match in rules()["middle_year"].finditer(text) if page.phase and page.phase.text != _MIDDLE else ():
        phase = page.phase.text if page.phase and page.phase.text in (_FIRST, _LAST) else "关键一年"
        said = "的" if phase == "关键一年" else ""
        if match[0] != said + phase:
            why = f"“{match[0].removeprefix('的')}”说的是规划的第三年，与{page.year}年不符"
            yield Proposal(*match.span(), said + phase, why, ChangeKind.REFERENCE)


def _celebrated(each: Correction, text: str, page: YearPage) -> Proposal | None:
    """2025年是…成立100周年: what the new year is itself the anniversary of, where every union keeps it."""
    first, last = each.references[0], each.references[-1]
    if first.kind is not EntryKind.ANNIVERSARY or each.verdict.fine or not _OF_THE_YEAR.search(text, 0, first.start):
        return None
    due = [claim.text for claim in page.anniversaries if set(claim.facts) & _KEPT]
    if not due or due[0] in text:
        return None
    return Proposal(first.start, last.end, due[0], each.verdict.why or "", ChangeKind.REFERENCE)


def unsure(text: str, *, year: int, drafted: date | None, timeline: Timeline) -> Iterator[Correction]:
    """References nothing certain can be said of."""
    for each in timeline.corrections(text, year=year, drafted=drafted):
        if _change(each) is None and not each.verdict.fine:
            yield each


def _change(each: Correction) -> Proposal | None:
    status, firm = each.verdict.status, each.verdict.firm
    if status is Status.UNCERTAIN or each.verdict.fine:
        return None
    ended = status is Status.FINISHED and not each.after
    kind = ChangeKind.FINISHED if ended else ChangeKind.REFERENCE
    why = each.verdict.why or "与计划年份不符"
    if each.after:
        return Proposal(each.start, each.end, each.after, why, kind)
    if each.after == "":
        return Proposal(each.start, each.end, "", f"{why}，删去", kind)
    if not firm:
        return None
    first, last = each.references[0], each.references[-1]
    blank = f"【待填：{_BLANKS.get(first.kind, '现行提法')}】"
    return Proposal(first.start, last.end, blank, f"{why}，请改写或删去", kind)
