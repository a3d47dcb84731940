"""When a plan was written: the range of plan years its dated references allow, with the words that say so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from corpus.cues import load_yaml
from corpus.datatypes import PlanKind
from corpus.year import stated_year

_FIRST_YEAR, _LAST_YEAR = 1995, 2030  # plan years this product knows
_AUTUMN = 9  # a meeting from this month on first shows in plans of the next year
_EVIDENCE = 6  # quotes kept


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
    data = _data()
    for pattern, first, last in data["cues"]:
        match = pattern.search(text)
        if match:
            yield _Reference(match[0], first or _FIRST_YEAR, last or _LAST_YEAR)
    yield from _meetings(text, data)


def _meetings(text: str, data: dict[str, Any]) -> Iterator[_Reference]:
    """The newest party congress, plenum, union congress and five-year plan the text names."""
    numbers = {
        name: number
        for number, name in enumerate(["十三", "十四", "十五", "十六", "十七", "十八", "十九", "二十", "二十一"], 13)
    }
    congresses, plenums, unions = [], [], []
    for match in data["congress"].finditer(text):
        number = numbers[match["n"]]
        if match["union"]:
            unions.append((number, match[0]))
        elif match["ordinals"] and re.search("[一二三四五六七]", match["ordinals"]):
            newest = max("一二三四五六七".index(name) for name in re.findall("[一二三四五六七]", match["ordinals"]))
            plenums.append((number, newest, match[0]))
        elif match["form"] == "大":
            congresses.append((number, match[0]))
    for term, index, quote in sorted(plenums)[-1:]:
        dates = [tuple(date) for date in data["plenums"].get(term, ())]
        following = dates[index + 1] if index + 1 < len(dates) else data["congresses"].get(term + 1, (_LAST_YEAR, 12))
        if index < len(dates):
            yield _Reference(quote, _first(dates[index]), max(_first(dates[index]), _last(following)))
    for held, found in ((data["congresses"], congresses), (data["union_congresses"], unions)):
        for number, quote in sorted(found)[-1:]:
            if number in held:
                yield _Reference(quote, _first(held[number]), _last(held.get(number + 1, (_LAST_YEAR, 12))))
    spans = [(data["five_year_plans"][match["n"] or ""], match[0]) for match in data["five_year"].finditer(text)]
    for (first, last), quote in sorted(spans)[-1:]:
        yield _Reference(quote, first, last)


def _first(date: Any) -> int:  # noqa: ANN401 - a [year, month] pair of the data file
    year, month = int(date[0]), int(date[1])
    return year + (month >= _AUTUMN)


def _last(following: Any) -> int:  # noqa: ANN401
    """Last plan year in which the meeting before `following` was still the newest."""
    year, month = int(following[0]), int(following[1])
    return year if month >= 2 else year - 1


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_yaml("era.yaml")
    data["cues"] = [(re.compile(pattern), first, last) for pattern, first, last in data["cues"]]
    data["congress"] = re.compile(
        r"(?P<union>(?:中国)?工会|全总|全国总工会)?(?P<n>二十一|二十|十[三四五六七八九])(?P<form>[届大])"
        r"(?P<ordinals>[一二三四五六七中、，和及至与历次]{2,20}全会)?"
    )
    data["five_year"] = re.compile(
        r"(?<!工会)[“\"‘]?十(?P<n>[一二三四五])?五[”\"’]?(?=规划|时期|期间|[”’]|的(?:最后|开局|收官)|开局|收官|计划|末|发展)"
    )
    return data
