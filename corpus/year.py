"""The plan's own year, where the text says it."""

import re
from collections.abc import Iterator

from corpus.datatypes import PlanKind
from corpus.markers import number

_OPENING = 160  # characters in which a plan names its year
_LATE = 11  # a plan signed from this month on is for the next year
_LEAST = 2.5  # points: one year in the opening or the title is enough, one in passing is not
_DIGITS = dict(zip("〇零○Oo一二三四五六七八九", "00000123456789", strict=True))
_YEAR = re.compile(r"(?<![自从至到截于较])((?:19|20)\d\d|二[〇零○Oo0][〇零○Oo0一二三四五六七八九]{2})\s*年")
_SCHOOL_YEAR = re.compile(
    r"((?:19|20)\d\d)\s*(?:年)?\s*[-—－~～至]+\s*((?:19|20)?\d\d)\s*(?:年)?\s*(?=学年|年?度?第[一二]学期|学年度)"
)
_SECOND_TERM = re.compile(r"[^，。\n]{0,8}(?:第二|下)学期")
_ONE_SCHOOL_YEAR = re.compile(r"(?<![自从至到截于较])((?:19|20)\d\d)\s*(?=学年)")
_COLLECTED = re.compile(
    r"(?:篇|范文|范本|范例|样本|例文|精选|通用|大全|模板|最新|推荐|合集|汇总|集合)|[一二三四五六七八九十\d]+[)）]?\s*$"
)  # re-dated by its collector
_COLLECTED_LINE = re.compile(  # such a title once more, at the head of the body
    r"(?m)^[^，。；\n]{0,40}(?:计划|总结|要点|方案)(?:[^，。；\n]{0,8}(?:范文|范本|模板|样本|例文)[^，。；\n]{0,8}|\s*(?:第?篇[一二三四五六七八九十\d]+|[（(][一二三四五六七八九十\d]+[）)]))\s*$"
)
_AHEAD_AFTER = re.compile(
    r"度?[^，。；\n\d结]{0,14}?(?:计划|打算|要点|思路|安排|任务|设想|谋划|展望|规划)|[，,][^。；\n]{0,12}?(?:将|要|重点|拟|计划|打算)"
)  # of a review: the year it looks ahead to
_PART_AHEAD = re.compile(  # the part of such a text that looks ahead: its heading, or its first words
    r"(?m)^[\s#（(第一二三四五六七八九十部分、.．）)]*(?:关于)?((?:19|20)\d\d|二[〇零○][〇零○一二三四五六七八九]{2})\s*年度?"
    r"[^，。；：\n\d结]{0,12}?(?:计划|打算|要点|思路|安排|任务|重点工作|工作重点|指导思想|总体要求|总的要求|工作目标)"
)
_BARE_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?=[\u4e00-\u9fff])(?!年)")  # 2016中学工会工作计划
_SIGNED = re.compile(
    r"((?:19|20)\d\d|二[〇零○][〇零○一二三四五六七八九]{2})[年./-](1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])[月./-](?:[\d一二三四五六七八九十]{1,3}日?)?[)）]?\s*$"
)
_TITLES_AND_NUMBERS = re.compile(r"《[^《》\n]*》|[〔\[]\d{4}[〕\]]")
_MASKED_YEAR = re.compile("〔年份〕年")
_PLAN_AFTER = re.compile(
    r"^(?:度|的)?(?:(?:全|我|本)?[\u4e00-\u9fff]{0,12})?(?:工会)?(?:女职工)?(?:重点)?(?:工作)?(?:计划|要点|思路|安排|打算|目标|任务|总体|指导|工作的|将|要|是|，|总结)"
)


def stated_year(text: str, *, title: str, kind: PlanKind, allowed: tuple[int, int] | None) -> tuple[int | None, str]:
    """Return the plan's year and the words that say so, or (None, "").

    A school year in the title or opening decides; else title, opening, body and signature vote. `allowed`: years the
    references leave open; a year before them is another text's (a collector's title, a year in passing).
    """
    for zone in (title, text[:200]):
        match = _SCHOOL_YEAR.search(zone)
        if match:
            return int(match[1]) + bool(_SECOND_TERM.match(zone, match.end())), match[0]
        match = _ONE_SCHOOL_YEAR.search(zone)
        if match:
            return int(match[1]), match[0]
    text = _COLLECTED_LINE.sub("", text)
    ahead = _year_ahead(text, title=title, kind=kind)
    if ahead and (allowed is None or _number(ahead[1]) >= allowed[0] - 1):
        return _number(ahead[1]), ahead[1] + "年"
    masked = _MASKED_YEAR.search(text) is not None
    titled = 3.0 if not _COLLECTED.search(title) else 1.0 if masked or not _fits(title, allowed) else _LEAST
    candidates = list(_candidates(text, title=title, kind=kind, titled=titled))
    points: dict[int, float] = {}
    for weight, year, _ in candidates:
        fits = allowed is None or year >= allowed[0] - 1  # cited before it happened: not this text's year
        points[year] = points.get(year, 0.0) + weight * (1.0 if fits else 0.3)
    if not points:
        return None, ""
    newest = max(points) if kind in (PlanKind.PLAN, PlanKind.MIXED) else None
    best = max(points, key=lambda year: (points[year] + 0.5 * (year == newest), year))
    if points[best] < _LEAST:
        return _only_year(text, kind=kind, allowed=allowed)
    return best, next(quote for _, year, quote in candidates if year == best)


def _year_ahead(text: str, *, title: str, kind: PlanKind) -> re.Match[str] | None:
    """Where title or heading of a text that also looks back gives a year to its plans: 二、2010年主要任务."""
    if kind is PlanKind.PLAN:
        return None
    named = [match for match in _YEAR.finditer(title) if _AHEAD_AFTER.match(title, match.end())]
    if kind in (PlanKind.MIXED, PlanKind.REPORT):
        named += _PART_AHEAD.finditer(text)
    return max(named, key=lambda match: _number(match[1]), default=None)


def _fits(title: str, allowed: tuple[int, int] | None) -> bool:
    """Whether a collector's title names a year in which the text could have been written."""
    named = [_number(match[1]) for match in (*_YEAR.finditer(title), *_BARE_YEAR.finditer(title))]
    return allowed is None or all(allowed[0] <= year <= allowed[1] for year in named)


def _only_year(text: str, *, kind: PlanKind, allowed: tuple[int, int] | None) -> tuple[int | None, str]:
    """The one year a text names, in passing: a review's own; a plan's where the words behind it say so."""
    named = list(_YEAR.finditer(_TITLES_AND_NUMBERS.sub("", text)))
    years = {_number(match[1]) for match in named}
    if len(years) != 1 or (allowed is not None and not allowed[0] <= min(years) <= allowed[1]):
        return None, ""
    behind = [match.string[match.end() : match.end() + 30] for match in named]
    spoken = any(_PLAN_AFTER.match(words) for words in behind)
    if _MASKED_YEAR.search(text):
        spoken = any(words.startswith("度") for words in behind)
    elif kind is not PlanKind.PLAN:
        spoken = True
    return (min(years), named[0][0]) if spoken else (None, "")


def _candidates(text: str, *, title: str, kind: PlanKind, titled: float) -> Iterator[tuple[float, int, str]]:
    """(weight, year, quote) of every year that title (of weight `titled`), opening, body and signature name."""
    for weight, zone in ((titled, title), (3.5, text[:_OPENING]), (0.5, text[_OPENING:])):
        for match in _YEAR.finditer(zone):
            planned = bool(_PLAN_AFTER.match(zone[match.end() : match.end() + 30]))
            ahead = kind is not PlanKind.PLAN and bool(_AHEAD_AFTER.match(zone, match.end()))
            yield weight + planned + 4.0 * ahead, _number(match[1]), match[0]
    for match in _BARE_YEAR.finditer(title):
        yield titled, int(match[1]), match[0]
    signed = _SIGNED.search(text)
    if signed:
        next_year = number(signed[2]) >= _LATE and kind in (PlanKind.PLAN, PlanKind.MIXED)
        yield 3.2, _number(signed[1]) + next_year, signed[0].strip()


def _number(name: str) -> int:
    return int("".join(_DIGITS.get(character, character) for character in name))
