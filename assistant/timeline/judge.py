"""Judge a reference for a plan year and a drafting date."""

from dataclasses import replace
from datetime import date

import assistant.timeline.newest as newest
from assistant.timeline.anniversaries import due
from assistant.timeline.cues import Cue
from assistant.timeline.entries import Certainty, Entry, EntryKind
from assistant.timeline.lists import corrected, plenum, theory
from assistant.timeline.plans import anniversary, yearly
from assistant.timeline.references import Reference
from assistant.timeline.replacements import current, replacement
from assistant.timeline.table import Facts
from assistant.timeline.verdict import Status, Verdict, month

YEARLY = frozenset({EntryKind.PLAN, EntryKind.PUFA})
MEETINGS = frozenset({EntryKind.CONGRESS, EntryKind.PLENUM, EntryKind.UNION_CONGRESS})
GUESS_YEARS = 3  # how far off the first day of a LOW entry may be
FRESH_DAYS = 730  # how long 新修改的《…法》 is said
# of several entries a form may mean, the one that stands is meant; else the nearest in time
ORDER = [*(Status.CURRENT, Status.RECALLED, Status.UNCERTAIN), Status.FINISHED, Status.STALE, Status.ANACHRONISTIC]


def judge(
    reference: Reference, *, facts: Facts, drafted: date, year: int, assumed: bool = False, history: bool = True
) -> Verdict:
    """The verdict on a reference in a plan of `year` drafted on `drafted`.

    `assumed`: the drafting date was not given. `history`: a past year named beside the reference makes it a look
    back; False for sentences whose years are still to be changed.
    """
    if reference.in_title:
        return Verdict(Status.RECALLED, why="书名号内是文件名称，照写")
    if reference.masked:
        text = replacement(reference, None, facts=facts, drafted=drafted, year=year)
        return Verdict(Status.UNCERTAIN, replacement=text, why="届次、序号或周年数被遮去，需写明")
    past = reference.year if history and reference.year is not None and reference.year < year else None
    if past is not None and any(_in_force(reference, facts.entries[identifier], past) for identifier in reference.ids):
        return Verdict(Status.RECALLED, why=f"说的是{past}年")
    verdict, entry = _best(reference, facts=facts, drafted=drafted, year=year)
    welcomed = reference.cue is Cue.WELCOME
    if not (verdict.fine or welcomed) and verdict.status is not Status.UNCERTAIN and verdict.replacement is None:
        text = replacement(reference, entry, facts=facts, drafted=drafted, year=year)
        verdict = replace(verdict, replacement=text)
    if assumed and verdict.status is Status.ANACHRONISTIC and entry.start and entry.start.year == year:
        verdict = replace(verdict, firm=False)
    return verdict


def _in_force(reference: Reference, entry: Entry, year: int) -> bool:
    """At any time of that year."""
    if entry.kind is EntryKind.ANNIVERSARY:
        return due(entry, reference.number or 0) == year
    begun = entry.start is not None and entry.start.year <= year
    return begun and all(day is None or day.year >= year for day in (entry.end, entry.until))


def _best(reference: Reference, *, facts: Facts, drafted: date, year: int) -> tuple[Verdict, Entry]:
    pairs = []
    for identifier in reference.ids:
        entry = facts.entries[identifier]
        pairs.append((_judge_one(reference, entry, facts=facts, drafted=drafted, year=year), entry))
    return min(pairs, key=lambda pair: (ORDER.index(pair[0].status), abs(((pair[1].start or drafted) - drafted).days)))


def _judge_one(reference: Reference, entry: Entry, *, facts: Facts, drafted: date, year: int) -> Verdict:
    if entry.kind is EntryKind.ANNIVERSARY:
        return anniversary(reference, entry, year=year)
    if entry.kind in YEARLY:
        return yearly(reference, entry, facts=facts, drafted=drafted, year=year)
    if entry.start is None:
        return _unscheduled(reference, entry, drafted)
    if entry.first and drafted < entry.first:
        return _too_early(reference, entry, drafted)
    if drafted < entry.start:
        return _between(reference, entry, drafted)
    if entry.kind is EntryKind.THEORY:
        return theory(reference, entry, facts=facts, drafted=drafted)
    if entry.kind is EntryKind.PLENUM:
        return plenum(reference, entry, facts=facts, drafted=drafted)
    return _begun(reference, entry, facts=facts, drafted=drafted, year=year)


def _unscheduled(reference: Reference, entry: Entry, drafted: date) -> Verdict:
    """An entry whose day is not known."""
    if entry.expected and drafted < entry.expected and reference.cue not in (Cue.AHEAD, Cue.WELCOME):
        return Verdict(Status.ANACHRONISTIC, entry, why=f"{entry.short}预计{month(entry.expected)}以后，届时尚未举行")
    return Verdict(Status.UNCERTAIN, entry, why=f"{entry.short}的名称或日期尚未核实，请查证后再写")


def _too_early(reference: Reference, entry: Entry, drafted: date) -> Verdict:
    first = entry.first or drafted
    if entry.older:
        return Verdict(Status.CURRENT, entry)
    if entry.certainty is Certainty.LOW and first.year - drafted.year <= GUESS_YEARS:
        return Verdict(Status.UNCERTAIN, entry, why=f"“{reference.alias}”的起始时间约为{first.year}年，请核实")
    why = f"{entry.short}{month(first)}才有，{month(drafted)}起草的计划不应出现"
    return Verdict(Status.ANACHRONISTIC, entry, why=why, firm=entry.certainty is Certainty.HIGH)


def _between(reference: Reference, entry: Entry, drafted: date) -> Verdict:
    """Looked forward to, in session, or adopted and not yet in force."""
    if entry.adopted and entry.adopted <= drafted:
        why = f"已公布，{entry.start}起施行，宜写学习宣传" if entry.kind in (EntryKind.LAW, EntryKind.RULE) else ""
        return Verdict(Status.CURRENT, entry, why=why)
    if reference.cue in (Cue.AHEAD, Cue.WELCOME):
        return Verdict(Status.CURRENT, entry, why="尚未举行，只写迎接、筹备")
    why = f"{entry.short}{month(entry.adopted or entry.start)}才有，此前只能写迎接、谋划"
    return Verdict(Status.ANACHRONISTIC, entry, why=why)


def _begun(reference: Reference, entry: Entry, *, facts: Facts, drafted: date, year: int) -> Verdict:
    if entry.kind in MEETINGS and reference.cue is Cue.WELCOME:
        why = f"{entry.short}已于{month(entry.start)}召开，不能再写迎接"
        return Verdict(Status.STALE, entry, why=why)
    if entry.until and entry.until <= drafted:
        return _replaced(reference, entry, facts=facts, drafted=drafted, year=year)
    if entry.end and entry.end < drafted:
        return _finished(reference, entry, year=year)
    if newest.overtaken(facts, entry, drafted):
        successor = facts.entries[entry.by or ""]
        why = f"{successor.short}预计{month(successor.expected)}以后举行，请核对是否已有新提法"
        return Verdict(Status.UNCERTAIN, successor, why=why)
    if reference.union_session:
        return Verdict(Status.UNCERTAIN, entry, why="全总执委会议的次数未收录，请核对")
    if reference.fresh and entry.start and (drafted - entry.start).days > FRESH_DAYS:
        why = f"{entry.short}最近一次修改在{entry.start.year}年，不必再称“新修改”"
        return Verdict(Status.STALE, entry, replacement=entry.short, why=why, firm=False)
    if entry.fades and entry.fades <= drafted:
        return Verdict(Status.STALE, why=f"“{entry.short}”已少作现行提法（{entry.note}）", firm=False)
    return Verdict(Status.CURRENT, entry, replacement=corrected(reference, entry))


def _replaced(reference: Reference, entry: Entry, *, facts: Facts, drafted: date, year: int) -> Verdict:
    successor = current(facts, entry, drafted)
    if reference.cue in (Cue.BACK, Cue.BOUND) and (entry.kind in MEETINGS or entry.kind is EntryKind.CONCEPT):
        return Verdict(Status.RECALLED, entry)
    if entry.end and reference.cue is Cue.LASTING:
        return _finished(reference, entry, year=year)
    status = Status.FINISHED if entry.end and entry.end < drafted else Status.STALE
    listed = successor is not None and successor.id in reference.peers and entry.kind in MEETINGS
    firm = entry.certainty is Certainty.HIGH and (successor is None or successor.known) and not listed
    return Verdict(status, successor, why=_reason(entry, successor), firm=firm)


def _reason(entry: Entry, successor: Entry | None) -> str:
    if successor is None:
        return f"{entry.short}已不再使用"
    since = month(successor.adopted or successor.start)
    if entry.kind in MEETINGS:
        return f"{entry.short}之后已召开{successor.short}（{since}）"
    return f"{entry.short}已由{successor.short}（{since}）取代"


def _finished(reference: Reference, entry: Entry, *, year: int) -> Verdict:
    end = entry.end
    assert end is not None  # the callers saw it
    if reference.cue in (Cue.BACK, Cue.LASTING, Cue.BOUND) and (
        entry.lasting or year <= (entry.recall_to or end.year + 1)
    ):
        return Verdict(Status.RECALLED, entry)
    why = f"{entry.short}已于{month(end)}结束，只能作回顾"
    return Verdict(Status.FINISHED, why=why, firm=entry.certainty is Certainty.HIGH)
