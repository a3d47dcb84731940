"""Dated references that no longer stand, or do not stand yet."""

import re
from collections.abc import Iterator

from assistant.checking.subject import Subject, Zone
from assistant.datatypes import Finding, FindingKind, Severity
from assistant.drafting.periods import usual_day
from assistant.timeline import Correction, EntryKind, Status, Timeline

_EVENTS = (EntryKind.CAMPAIGN, EntryKind.PROGRAMME, EntryKind.CONCEPT)
_LEAST = 4  # letters that a sentence needs to say something
_FIRST_YEAR = re.compile(
    r"贯彻(?:落实)?(?P<congress>(?:党的)?[一二三四五六七八九十]{2,3}大)(?:会议)?精神的(?:开局|起步|第一|关键)(?:之|一)?年"
)
_STALE = (Status.STALE, Status.FINISHED)


def stale(subject: Subject, *, timeline: Timeline) -> Iterator[Finding]:
    """References overtaken by newer ones, and campaigns that are over; a review of last year may name these."""
    for each in _corrections(subject, timeline, _STALE):
        if not _in_review(subject, each) and not _is_named(subject, each):
            yield _finding(subject, each, FindingKind.STALE)


def first_years(subject: Subject, *, timeline: Timeline) -> Iterator[Finding]:
    """贯彻党的二十大精神的开局之年 is the year after the congress and no other."""
    congresses = [entry for entry in timeline.entries.values() if entry.kind is EntryKind.CONGRESS]
    met = {name: entry for entry in congresses for name in (entry.name, entry.short, *entry.aliases)}
    for match in _FIRST_YEAR.finditer(subject.text):
        entry = met.get(match["congress"]) or met.get("党的" + match["congress"])
        if entry is None or entry.start is None or subject.year == entry.start.year + 1:
            continue
        if not subject.in_quoted(*match.span()):
            advice = f"{entry.start.year + 1}年才是贯彻{match['congress']}精神的开局之年。请改写这一句。"
            yield subject.finding(FindingKind.STALE, Severity.MUST, match.span(), advice)


def anachronistic(subject: Subject, *, timeline: Timeline) -> Iterator[Finding]:
    """References to what was not known on the drafting day."""
    for each in _corrections(subject, timeline, (Status.ANACHRONISTIC,)):
        yield _finding(subject, each, FindingKind.ANACHRONISTIC)


def _corrections(subject: Subject, timeline: Timeline, statuses: tuple[Status, ...]) -> Iterator[Correction]:
    drafted = subject.request.drafted or usual_day(subject.year, subject.period)
    found = timeline.corrections(subject.text, year=subject.year, drafted=drafted)
    return (each for each in found if each.verdict.status in statuses)


def _in_review(subject: Subject, each: Correction) -> bool:
    return any(piece.zone is Zone.REVIEW and piece.start <= each.start < piece.end for piece in subject.pieces)


def _is_named(subject: Subject, each: Correction) -> bool:
    """A document named in 《》 is a name and may be read long after, unless it is a law no longer in force; and the
    spirit of an event (北京冬奥精神) outlasts it.
    """
    spirit = subject.text.startswith("精神", each.end) and all(ref.kind in _EVENTS for ref in each.references)
    return (
        spirit
        or subject.in_quoted(each.start, each.end)
        and all(ref.kind is not EntryKind.LAW for ref in each.references)
    )


def _finding(subject: Subject, each: Correction, kind: FindingKind) -> Finding:
    severity = Severity.MUST if each.verdict.firm else Severity.SHOULD
    after = None if each.after == "" and _nothing_else(subject, each) else each.after
    if after is None:
        advice = "请删去这一提法，或整句改写"
    elif after:
        advice = f"建议改为“{after}”"
    else:
        advice = "建议删去"
    why = each.verdict.why or "与计划年份不符"
    return subject.finding(kind, severity, (each.start, each.end), f"{why}。{advice}。", after)


def _nothing_else(subject: Subject, each: Correction) -> bool:
    """Whether taking the words out would leave a number and a mark: 四、贯彻…学习教育。"""
    for piece in subject.pieces:
        if piece.start <= each.start < piece.end:
            start = piece.start + piece.marked
            rest = subject.text[start : max(start, each.start)] + subject.text[each.end : piece.end]
            return sum(letter.isalnum() for letter in rest) < _LEAST
    return False
