"""Whether what a sentence says happens inside the plan's own time."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from corpus.datatypes import OrganisationType, Period

_FILE = Path(__file__).with_name("periods.yaml")
_NUMERALS = {
    numeral: number
    for number, numeral in enumerate(
        ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"), start=1
    )
}
_MONTH = re.compile(
    r"(?<![\d.—个每两上下])(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])"
    r"(?:(?:月份?)?([、至到—-])(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九]))?"
    r"(?:月份|月(?!度|薪|月|均|票|报|刊|例|考|内召开一次))"
)
_TERMS = (Period.FIRST_TERM, Period.SECOND_TERM, Period.SCHOOL_YEAR)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[—至-])")


@dataclass(frozen=True, slots=True)
class TimeWord:
    """A word that needs one of these periods, months or types; None = any."""

    pattern: re.Pattern[str]
    periods: frozenset[Period] | None
    months: frozenset[int] | None
    types: frozenset[OrganisationType] | None
    first: int = 0  # plan year from which the word is in use


def months_named(text: str) -> frozenset[int]:
    """Months a text names: 三月, 6月底, 七、八月."""
    found: set[int] = set()
    for match in _MONTH.finditer(text):
        first, joint, last = _number(match[1]), match[2], _number(match[3] or match[1])
        found.update((first, last) if joint == "、" else _span(first, last))
    return frozenset(found)


def in_time(text: str, *, months: tuple[int, ...], period: Period, year: int, organisation: OrganisationType) -> bool:
    """Whether every month, season, festival and year of the text fits a plan of these months."""
    if not months_named(text) <= set(months):
        return False
    if any(int(match[1]) != year for match in _YEAR.finditer(text)):
        return False
    return all(
        year >= word.first and _fits(word, months, period, organisation)
        for word in _time_words()
        if word.pattern.search(text)
    )


def _fits(word: TimeWord, months: tuple[int, ...], period: Period, organisation: OrganisationType) -> bool:
    return (
        (word.periods is None or period in word.periods)
        and (word.months is None or bool(word.months & set(months)))
        and (word.types is None or organisation in word.types or period in _TERMS)
    )


def _span(first: int, last: int) -> range | tuple[int, ...]:
    return range(first, last + 1) if first <= last else (*range(first, 13), *range(1, last + 1))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _NUMERALS[text]


@cache
def _time_words() -> tuple[TimeWord, ...]:
    data: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(
        TimeWord(
            re.compile(each["match"]),
            frozenset(map(Period, each["periods"])) if "periods" in each else None,
            frozenset(each["months"]) if "months" in each else None,
            frozenset(map(OrganisationType, each["types"])) if "types" in each else None,
            each.get("first", 0),
        )
        for each in data
    )
