"""What is newest on a day: congress and plenums, guiding formula, five-year plan, and how each is written."""

from collections.abc import Sequence
from datetime import date

from assistant.timeline.entries import Entry, EntryKind
from assistant.timeline.numerals import chinese
from assistant.timeline.table import Facts

PHASES = {0: "开局之年", 1: "第二年", 2: "第三年", 3: "第四年", 4: "收官之年"}


def newest(facts: Facts, kind: EntryKind, day: date) -> Entry | None:
    """The entry of a kind that began last, whether or not it may be claimed."""
    begun = [entry for entry in facts.of(kind) if entry.start is not None and entry.start <= day]
    return max(begun, key=lambda entry: entry.start or day, default=None)


def overtaken(facts: Facts, entry: Entry, day: date) -> Entry | None:
    """The expected but unchecked successor that may have replaced `entry` by `day`."""
    successor = facts.entries[entry.by] if entry.by else None
    if successor is None or successor.start is not None or successor.expected is None:
        return None
    return successor if successor.expected <= day else None


def plenums(facts: Facts, day: date) -> tuple[Entry, ...]:
    """The plenums to list beside the current congress, oldest first."""
    congress = newest(facts, EntryKind.CONGRESS, day)
    return tuple(
        entry
        for entry in facts.of(EntryKind.PLENUM)
        if congress and entry.number == congress.number and entry.listed and entry.start and entry.start <= day
    )


def enumeration(congress: Entry, listed: Sequence[Entry]) -> str:
    """十八大和十八届三中、四中全会."""
    numeral = chinese(congress.number or 0)
    if not listed:
        return f"{numeral}大"
    return f"{numeral}大和{numeral}届{'、'.join(f'{chinese(each.session or 0)}中' for each in listed)}全会"


def meetings(facts: Facts, day: date) -> str:
    """党的二十大和二十届历次全会: congress and plenums ready to stand before 精神; "" when not known."""
    congress = newest(facts, EntryKind.CONGRESS, day)
    if congress is None or not congress.known or overtaken(facts, congress, day):
        return ""
    numeral = chinese(congress.number or 0)
    if congress.whole_from and congress.whole_from <= day:
        return f"党的{numeral}大和{numeral}届历次全会"
    return "党的" + enumeration(congress, [entry for entry in plenums(facts, day) if entry.known])


def union_congress(facts: Facts, day: date) -> Entry | None:
    """The current national congress of the unions; None when a newer one may have met."""
    congress = newest(facts, EntryKind.UNION_CONGRESS, day)
    return None if congress is None or overtaken(facts, congress, day) else congress


def formula(facts: Facts, day: date) -> Entry | None:
    """The guiding formula of the day."""
    return newest(facts, EntryKind.FORMULA, day)


def wording(entry: Entry, day: date) -> str:
    """The whole opening 以…为指导 as written on that day."""
    fitting = {first: text for first, text in (entry.wordings or {}).items() if first <= day}
    return fitting[max(fitting)] if fitting else f"以{entry.text}为指导"


def of_year(facts: Facts, kind: EntryKind, year: int) -> Entry | None:
    """The five-year plan or the 普法 plan a plan year lies in; the newer one where the years overlap."""
    fitting = [
        entry
        for entry in facts.of(kind)
        if entry.start and entry.end and entry.start.year <= year <= entry.end.year and entry.known
    ]
    return fitting[-1] if fitting else None


def phase(plan: Entry, year: int) -> str:
    """开局之年, 第二年 … 收官之年 of a five-year plan."""
    return PHASES.get(year - plan.start.year, "") if plan.start else ""
