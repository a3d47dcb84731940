"""References brought up to the new year; what has ended and has no successor becomes a placeholder."""

from collections.abc import Iterator
from datetime import date

from assistant.rolling.base import Proposal
from assistant.rolling.datatypes import ChangeKind
from assistant.timeline import Correction, EntryKind, Status, Timeline

_BLANKS = {EntryKind.EDUCATION: "今年的学习教育", EntryKind.ANNIVERSARY: "今年的纪念活动"}


def references(text: str, *, year: int, drafted: date | None, timeline: Timeline) -> Iterator[Proposal]:
    """Changes to a text whose years are those of the new plan."""
    for each in timeline.corrections(text, year=year, drafted=drafted):
        change = _change(each)
        if change is not None:
            yield change


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
