"""References brought up to the new year; what has ended and has no successor becomes a placeholder."""

import re
from collections.abc import Iterator
from datetime import date

from assistant.rolling.base import Proposal
from assistant.rolling.datatypes import ChangeKind
from assistant.rolling.rules import rules
from assistant.timeline import Correction, EntryKind, Status, Timeline

_BLANKS = {EntryKind.EDUCATION: "今年的学习教育", EntryKind.ANNIVERSARY: "今年的纪念活动"}

_KEPT = frozenset({"an-party", "an-state", "an-acftu"})  # anniversaries every union keeps
_OF_THE_YEAR = re.compile(r"(?:20\d\d年|也|又|既|还|更)是[^，。；]{0,2}$")


def references(text: str, *, year: int, drafted: date | None, timeline: Timeline) -> Iterator[Proposal]:
    """Changes to a text whose years are those of the new plan."""
    yield from _turning(text, year=year, drafted=drafted, timeline=timeline)
    for each in timeline.corrections(text, year=year, drafted=drafted):
        change = _celebrated(each, text, year=year, timeline=timeline) or _change(each)
        if change is not None:
            yield change


def _turning(text: str, *, year: int, drafted: date | None, timeline: Timeline) -> Iterator[Proposal]:
    """“十四五”规划圆满收官 becomes “十五五”规划良好开局 in the first year of the next plan."""
    page = timeline.page(year, drafted=drafted)
    if page.five_year_plan is None or page.phase is None or page.phase.text != "开局之年":
        return
    for match in rules()["turning"].finditer(text):
        why = f"{year}年是{page.five_year_plan.text}开局之年"
        yield Proposal(*match.span(), f"{page.five_year_plan.text}良好开局", why, ChangeKind.REFERENCE)


def _celebrated(each: Correction, text: str, *, year: int, timeline: Timeline) -> Proposal | None:
    """2025年是…成立100周年: what the new year is itself the anniversary of, where every union keeps it."""
    first, last = each.references[0], each.references[-1]
    if first.kind is not EntryKind.ANNIVERSARY or each.verdict.fine or not _OF_THE_YEAR.search(text, 0, first.start):
        return None
    due = [claim.text for claim in timeline.page(year).anniversaries if set(claim.facts) & _KEPT]
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
