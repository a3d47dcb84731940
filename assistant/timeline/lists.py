"""References that are judged by their company: plenums of a term, theories of a formula."""

from datetime import date

import assistant.timeline.newest as newest
from assistant.timeline.cues import Cue
from assistant.timeline.entries import Certainty, Entry, EntryKind
from assistant.timeline.references import Reference
from assistant.timeline.replacements import current
from assistant.timeline.table import Facts
from assistant.timeline.verdict import Status, Verdict, month


def plenum(reference: Reference, entry: Entry, *, facts: Facts, drafted: date) -> Verdict:
    """Listed until the next congress; after that only quoted or looked back at."""
    congress = newest.newest(facts, EntryKind.CONGRESS, drafted)
    if reference.cue is Cue.WELCOME:
        return Verdict(Status.STALE, entry, why=f"{entry.short}已于{month(entry.start)}召开，不能再写迎接")
    if congress is None or entry.number == congress.number:
        return _plenum_of_term(reference, entry, facts=facts, drafted=drafted)
    if reference.cue in (Cue.BACK, Cue.BOUND):
        return Verdict(Status.RECALLED, entry)
    why = f"{entry.short}之后已召开{congress.short}（{month(congress.start)}），不再列举"
    return Verdict(Status.STALE, congress, why=why)


def _plenum_of_term(reference: Reference, entry: Entry, *, facts: Facts, drafted: date) -> Verdict:
    """Every plenum since the last congress may be listed; alone, an older one is not the newest."""
    congress = newest.newest(facts, EntryKind.CONGRESS, drafted)
    if congress and newest.overtaken(facts, congress, drafted):
        return Verdict(Status.UNCERTAIN, congress, why="可能已召开新一届党代会，请核对")
    listed = newest.plenums(facts, drafted)
    last = listed[-1] if listed else None
    beside = last is None or last.id in reference.peers or reference.whole or reference.cue in (Cue.BACK, Cue.BOUND)
    if last is None or beside or not last.start or (entry.start and entry.start >= last.start):
        return Verdict(Status.CURRENT, entry, replacement=corrected(reference, entry))
    why = f"{entry.short}之后已召开{last.short}（{month(last.start)}）"
    return Verdict(Status.STALE, last, why=why, firm=False)


def corrected(reference: Reference, entry: Entry) -> str | None:
    """The right form of a wrong one such as 十八大三中全会."""
    return entry.short if reference.wrong and len(reference.members) == 1 else None


def theory(reference: Reference, entry: Entry, *, facts: Facts, drafted: date) -> Verdict:
    """A list of theories is right when it holds the newest one; older members may stand beside it."""
    rule = newest.formula(facts, drafted)
    if entry.until is None or drafted < entry.until or rule is None:
        return Verdict(Status.CURRENT, entry)
    if any(anchor <= reference.peers for anchor in rule.anchors):
        return Verdict(Status.CURRENT, entry)
    successor = current(facts, entry, drafted)
    named = successor.short if successor else rule.text
    why = f"{entry.short}不是现行的最新指导思想，应写{named}"
    firm = entry.certainty is Certainty.HIGH and not _listed_lately(entry, facts, drafted)
    return Verdict(Status.STALE, successor, why=why, firm=firm)


def _listed_lately(entry: Entry, facts: Facts, drafted: date) -> bool:
    """Still a leading member of the day's formula, as 邓小平理论和“三个代表”重要思想 was until 2017."""
    rule = newest.formula(facts, drafted)
    return rule is not None and entry.short in rule.text
