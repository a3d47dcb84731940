"""Find 建党105周年, 建国〔周年〕年大庆: an event of the table and the years since."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from assistant.timeline.entries import Entry, EntryKind
from assistant.timeline.numerals import read
from assistant.timeline.patterns import Found
from assistant.timeline.table import Facts

COUNT = r"第?(?P<count>\d{2,3}|[一二三四五六七八九十百零]{1,5}|〔周年〕|〔词语〕|[x*_○]{1,4})"
BEHIND = r"(?:周年|年(?=大庆|华诞))"
ROUND = 5  # 逢五逢十


def events(facts: Facts) -> dict[str, str]:
    """Name of an event, as texts write it -> id."""
    return {name: entry.id for entry in facts.of(EntryKind.ANNIVERSARY) for name in (entry.name, *entry.aliases)}


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(f"(?P<event>{'|'.join(map(re.escape, longest_first))}){COUNT}{BEHIND}")


def anniversaries(text: str, named: Mapping[str, str]) -> Iterator[Found]:
    """Every anniversary in squeezed text; its number is the years, None when masked."""
    if not named or "年" not in text:
        return
    for match in _pattern(tuple(named)).finditer(text):
        yield Found(*match.span(), EntryKind.ANNIVERSARY, read(match["count"]), id=named[match["event"]])


def due(entry: Entry, years: int) -> int:
    """The year in which an event is so many years past."""
    return (entry.start.year if entry.start else 0) + years


def years_in(entry: Entry, year: int) -> int | None:
    """How many years past an event is in `year`, where that is worth a celebration."""
    years = year - (entry.start.year if entry.start else year)
    return years if years > 0 and years % ROUND == 0 else None
