"""When a plan was written: the range of plan years its dated references allow, with the words that say so."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from corpus.cues import load_yaml
from corpus.datatypes import PlanKind
from corpus.year import stated_year

_FIRST_YEAR, _LAST_YEAR = 1995, 2030  # plan years this product knows
_AUTUMN = 9  # a meeting from this month on first shows in plans of the next year
_EVIDENCE = 6  # quotes kept
_Date: TypeAlias = tuple[int, int]  # year, month
_OPEN: _Date = (_LAST_YEAR, 12)  # when nothing newer is known
_NUMBERS = {
    name: number
    for number, name in enumerate(["十三", "十四", "十五", "十六", "十七", "十八", "十九", "二十", "二十一"], 13)
}
_PLENUMS = "一二三四五六七"
_PLENUM = re.compile(f"[{_PLENUMS}]")
_MEETING = re.compile(
    r"(?P<union>(?:中国)?工会|全总|全国总工会)?第?(?P<n>二十一|二十|十[三四五六七八九])(?P<form>[届大]|次全国代表大会)"
    r"(?P<plenums>[一二三四五六七中、，和及至与历次]{2,20}全会)?"
)
_FIVE_YEAR_PLAN = re.compile(
    r"(?<!工会)[“\"‘]?十(?P<n>[一二三四五])?五[”\"’]?(?=规划|时期|期间|[”’]|的(?:最后|开局|收官)|开局|收官|计划|末|发展)"
)


@dataclass(frozen=True, slots=True)
class Era:
    """The plan's year, the inclusive range of years, and the quotes that say so."""

    year: int | None
    range: tuple[int, int] | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Reference:
    quote: str
    first: int
    last: int


def label_era(text: str, *, title: str, kind: PlanKind) -> Era:
    """Return the year the text states and the range its references allow."""
    references = tuple(_references(text))
    allowed = _intersection(references)
    year, quote = stated_year(text, title=title, kind=kind, allowed=allowed)
    if year is not None:
        return Era(year, (year, year), (quote, *(reference.quote for reference in references))[:_EVIDENCE])
    decisive = sorted(references, key=lambda reference: (-reference.first, reference.last))
    return Era(None, allowed, tuple(dict.fromkeys(reference.quote for reference in decisive))[:_EVIDENCE])


def _intersection(references: tuple[_Reference, ...]) -> tuple[int, int] | None:
    """Plan years that fit. Texts recycle old wording but never future wording: the newest reference always counts, an
    older one only as far as it agrees.
    """
    dated = [reference for reference in references if reference.first > _FIRST_YEAR or reference.last < _LAST_YEAR]
    if not dated:
        return None
    first, last = _FIRST_YEAR, _LAST_YEAR
    for reference in sorted(dated, key=lambda reference: (-reference.first, reference.last)):
        if reference.first <= last and reference.last >= first:
            first, last = max(first, reference.first), min(last, reference.last)
    return first, last


def _references(text: str) -> Iterator[_Reference]:
    calendar = _calendar()
    for pattern, first, last in calendar.cues:
        match = pattern.search(text)
        if match:
            yield _Reference(match[0], first, last)
    yield from _meetings(text, calendar)
    spans = [(calendar.five_year_plans[match["n"] or ""], match[0]) for match in _FIVE_YEAR_PLAN.finditer(text)]
    for (first, last), quote in sorted(spans)[-1:]:
        yield _Reference(quote, first, last)


def _meetings(text: str, calendar: "_Calendar") -> Iterator[_Reference]:
    """The newest party congress, plenum and union congress the text names."""
    newest: dict[str, tuple[int, int, str]] = {}
    for match in _MEETING.finditer(text):
        number, plenum = (
            _NUMBERS[match["n"]],
            max(map(_PLENUMS.index, _PLENUM.findall(match["plenums"] or "")), default=-1),
        )
        if match["union"]:
            kind = "union"
        elif plenum >= 0:
            kind = "plenum"
        elif match["form"] == "届":
            continue
        else:
            kind = "party"
        newest[kind] = max(newest.get(kind, (0, 0, "")), (number, plenum, match[0]))
    for kind, (number, plenum, quote) in newest.items():
        held, following = calendar.meeting(kind, number, plenum)
        if held:
            yield _Reference(quote, _first(held), max(_first(held), _last(following)))


def _first(date: _Date) -> int:
    """First plan year that can cite a meeting held then."""
    return date[0] + (date[1] >= _AUTUMN)


def _last(following: _Date) -> int:
    """Last plan year in which the meeting before `following` was still the newest."""
    return following[0] if following[1] >= 2 else following[0] - 1


@dataclass(frozen=True, slots=True)
class _Calendar:
    party: Mapping[int, _Date]
    union: Mapping[int, _Date]
    plenums: Mapping[int, tuple[_Date, ...]]  # by term
    five_year_plans: Mapping[str, tuple[int, int]]  # 十[N]五 -> first and last year
    cues: tuple[tuple[re.Pattern[str], int, int], ...]

    def meeting(self, kind: str, number: int, plenum: int) -> tuple[_Date | None, _Date]:
        """When a meeting was held (None: not known) and when the next of its kind was."""
        if kind == "plenum":
            dates = self.plenums.get(number, ())
            after = dates[plenum + 1] if plenum + 1 < len(dates) else self.party.get(number + 1, _OPEN)
            return (dates[plenum] if plenum < len(dates) else None), after
        congresses = self.union if kind == "union" else self.party
        return congresses.get(number), congresses.get(number + 1, _OPEN)


@cache
def _calendar() -> _Calendar:
    data = load_yaml("era.yaml")
    return _Calendar(
        party={number: (year, month) for number, (year, month) in data["congresses"].items()},
        union={number: (year, month) for number, (year, month) in data["union_congresses"].items()},
        plenums={term: tuple((year, month) for year, month in dates) for term, dates in data["plenums"].items()},
        five_year_plans={name: (first, last) for name, (first, last) in data["five_year_plans"].items()},
        cues=tuple(
            (re.compile(pattern), first or _FIRST_YEAR, last or _LAST_YEAR) for pattern, first, last in data["cues"]
        ),
    )
