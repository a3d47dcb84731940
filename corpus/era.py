"""When a plan was written: its own year where the text says it, and the range of plan years its references allow."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from corpus.cues import load_yaml
from corpus.datatypes import PlanKind

_FIRST_YEAR, _LAST_YEAR = 1995, 2030  # plan years this product knows
_AUTUMN = 9  # a meeting from this month on first shows in plans of the next year
_EVIDENCE = 6  # quotes kept
_DIGITS = dict(zip("〇零○一二三四五六七八九", "000123456789", strict=True))
_YEAR = re.compile(r"(?<![自从至到截于较])((?:19|20)\d\d|二[〇零○][〇零○一二三四五六七八九]{2})\s*年")
_SCHOOL_YEAR = re.compile(
    r"((?:19|20)\d\d)\s*(?:年)?\s*[-—－~～至]+\s*((?:19|20)?\d\d)\s*(?:年)?\s*(?=学年|年?度?第[一二]学期|学年度)"
)
_ONE_SCHOOL_YEAR = re.compile(r"(?<![自从至到截于较])((?:19|20)\d\d)\s*(?=学年)")
_COLLECTED = re.compile(
    r"(?:篇|范文|精选|通用|大全|模板|最新)|[一二三四五六七八九十\d]+[)）]?\s*$"
)  # re-dated by its collector
_AHEAD_AFTER = re.compile(
    r"度?[^，。；\n\d结]{0,14}?(?:计划|打算|要点|思路|安排|任务)"
)  # of a review: the year it looks ahead to
_BARE_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?=[\u4e00-\u9fff])(?!年)")  # 2016中学工会工作计划
_SIGNED = re.compile(
    r"((?:19|20)\d\d|二[〇零○][〇零○一二三四五六七八九]{2})年(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:[\d一二三四五六七八九十]{1,3}日?)?\s*$"
)
_PLAN_AFTER = re.compile(
    r"^(?:度|的)?(?:(?:全|我|本)?[\u4e00-\u9fff]{0,12})?(?:工会)?(?:女职工)?(?:重点)?(?:工作)?(?:计划|要点|思路|安排|打算|目标|任务|总体|指导|工作的|将|要|是|，|总结)"
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
    year, quote = _stated_year(text, title=title, kind=kind, allowed=allowed)
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


def _stated_year(text: str, *, title: str, kind: PlanKind, allowed: tuple[int, int] | None) -> tuple[int | None, str]:
    """The plan's year and the words that say so: school year, “Y年…计划”, opening, signature, in this order."""
    for zone in (title, text[:200]):
        match = _SCHOOL_YEAR.search(zone)
        if match:
            second = (
                "第二学期" in zone[match.end() : match.end() + 12] or "下学期" in zone[match.end() : match.end() + 12]
            )
            return int(match[1]) + second, match[0]
        match = _ONE_SCHOOL_YEAR.search(zone)
        if match:
            return int(match[1]), match[0]
    candidates: list[tuple[float, int, str]] = []
    titled = 1.0 if _COLLECTED.search(title) else 3.0
    for weight, zone in ((titled, title), (3.5, text[:160]), (0.5, text[160:])):
        for match in _YEAR.finditer(zone):
            planned = bool(_PLAN_AFTER.match(zone[match.end() : match.end() + 30]))
            ahead = kind is not PlanKind.PLAN and bool(_AHEAD_AFTER.match(zone, match.end()))
            candidates.append((weight + planned + 4.0 * ahead, _number(match[1]), match[0]))
    candidates += [(titled, int(match[1]), match[0]) for match in _BARE_YEAR.finditer(title)]
    signed = _SIGNED.search(text)
    if signed:
        month = _month(signed[2])
        year = _number(signed[1]) + (month >= 11 and kind is PlanKind.PLAN)
        candidates.append((3.2, year, signed[0].strip()))
    points: dict[int, float] = {}
    for weight, year, _ in candidates:
        fits = allowed is None or year >= allowed[0] - 1  # cited before it happened: not this text's year
        points[year] = points.get(year, 0.0) + weight * (1.0 if fits else 0.3)
    if not points:
        return None, ""
    newest = max(points) if kind in (PlanKind.PLAN, PlanKind.MIXED) else None
    best = max(points, key=lambda year: (points[year] + 0.5 * (year == newest), year))
    if points[best] < 2.5:
        return None, ""
    return best, next(quote for _, year, quote in candidates if year == best)


def _number(name: str) -> int:
    return int("".join(_DIGITS.get(character, character) for character in name))


def _month(name: str) -> int:
    if name.isdigit():
        return int(name)
    return "一二三四五六七八九".find(name[-1]) + 1 + 10 * name.startswith("十") if name != "十" else 10


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
