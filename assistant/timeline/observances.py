"""Days, weeks, months and seasons of a union's year, with real dates for any year."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from assistant.timeline.dating import days, months_of
from assistant.timeline.entries import Certainty, Entry, EntryKind
from assistant.timeline.table import Facts
from corpus.datatypes import OrganisationType

# which of the table's sectors a type of organisation looks after; the rest of its observances are for all
SECTORS: dict[OrganisationType, frozenset[str]] = {
    OrganisationType.GOVERNMENT: frozenset({"government"}),
    OrganisationType.POLICE: frozenset({"police", "government"}),
    OrganisationType.SCHOOL: frozenset({"school"}),
    OrganisationType.HOSPITAL: frozenset({"hospital"}),
    OrganisationType.ENTERPRISE: frozenset({"enterprise"}),
    OrganisationType.POST: frozenset({"post", "enterprise"}),
    OrganisationType.COUNTY_UNION: frozenset({"territory", "enterprise", "construction", "sanitation"}),
    OrganisationType.TOWNSHIP: frozenset({"territory", "enterprise"}),
    OrganisationType.COMMUNITY: frozenset({"territory", "enterprise"}),
    OrganisationType.EDUCATION_HEALTH: frozenset({"school", "hospital", "research", "press"}),
}


@dataclass(frozen=True, slots=True)
class Observance:
    """An observance of one year. `start` and `end` are None where only months are known; `months` are those of
    the year it touches, in its own order (12, 1, 2 for 元旦春节送温暖).
    """

    id: str
    name: str
    text: str  # 9月25日（农历八月十五）, 6月, 6月至9月
    months: tuple[int, ...]
    start: date | None
    end: date | None
    core: bool
    certain: bool
    note: str


def serves(entry: Entry, organisation: OrganisationType | None) -> bool:
    """Whether a fact concerns this type of organisation; None = every type."""
    if not entry.sectors or organisation is None:
        return True
    return not SECTORS.get(organisation, frozenset()).isdisjoint(entry.sectors)


def observances(
    facts: Facts, year: int, *, months: Collection[int] | None = None, organisation: OrganisationType | None = None
) -> tuple[Observance, ...]:
    """The observances of a year that touch `months`, for a type of organisation, in calendar order."""
    found = [
        _dated(entry, year)
        for entry in facts.of(EntryKind.OBSERVANCE)
        if _kept_in(entry, year) and serves(entry, organisation)
    ]
    wanted = range(1, 13) if months is None else months
    return tuple(sorted((each for each in found if set(each.months) & set(wanted)), key=_order))


def _kept_in(entry: Entry, year: int) -> bool:
    first = entry.start.year if entry.start else 0
    last = entry.end.year if entry.end else year
    return first <= year <= last


def _order(observance: Observance) -> tuple[int, int, str]:
    start = observance.start
    return (start.month if start else observance.months[0], start.day if start else 0, observance.id)


def _dated(entry: Entry, year: int) -> Observance:
    start, end, text = days(entry.when, year)
    months = months_of(entry.when) if start is None else tuple(sorted({start.month, (end or start).month}))
    certain = entry.certainty in (Certainty.HIGH, Certainty.MEDIUM)
    return Observance(entry.id, entry.name, text, months, start, end, entry.core, certain, entry.note)
