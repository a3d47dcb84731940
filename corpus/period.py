"""The period a text covers: a year, half of one, a term …"""

import re
from collections.abc import Mapping
from functools import cache

from corpus.cues import load_yaml
from corpus.datatypes import OrganisationType, Period, PlanKind
from corpus.kind import is_news
from corpus.markers import number

_OPENING = 60  # characters in which a text says what period it is about
_DATELINE = 250  # … and what year
_MONTH = re.compile(r"(?<![\d年])(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九元])月份?(?!\d{0,2}日)")
_AHEAD = re.compile(
    r"下半年(?:的)?(?:主要|重点)?(?:工作)?(?:中|打算|计划|安排|思路|，|,|要|将|我)"
)  # a review that looks ahead to it
_OF_YEAR = re.compile(r"(?:\d{4}|〔年份〕)年度的?(?:工会)?(?:重点)?工作(?:计划|要点|安排|总结|思路)")
_TITLE_OF_YEAR = re.compile(
    r"(?:\d{4}|〔年份〕)年(?:[\u4e00-\u9fff]{0,8}工会)?(?:女职工)?(?:重点)?工作(?:计划|要点|安排|总结|思路)$"
)
_QUARTER = re.compile(r"第?([一二三四])季度")
_OF_QUARTER = re.compile(r"[一二三四]季度(?:工会)?(?:重点)?(?:工作)?(?:计划|要点|安排|总结)")


def label_period(text: str, *, title: str, kind: PlanKind, organisation: OrganisationType) -> tuple[Period, float]:
    """Return the period and a confidence in (0, 1]. Title and opening say it; else the months of a schedule do."""
    named = any(pattern.search(title) for pattern in _periods().values())
    event = _event().search(title or text[:_OPENING])
    if event or (kind is PlanKind.REPORT and not named and is_news(text, title=title)):
        return Period.NONE, 0.7
    points = dict.fromkeys(_periods(), 0.0)
    for name, pattern in _periods().items():
        points[name] += 3.0 * bool(pattern.search(title))
        points[name] += 2.5 * bool(pattern.search(text[:_OPENING]))
        points[name] += min(1.2, 0.4 * len(pattern.findall(text[_OPENING:])))
    ahead = kind in (PlanKind.SUMMARY, PlanKind.MIXED) and _AHEAD.search(text[len(text) // 2 :])
    if ahead and not ("下半年" in title and "上半年" not in title):
        points["上半年"] += 2.0
    of_one = _OF_QUARTER.search(title) or _OF_QUARTER.search(text[:_OPENING])
    if len(set(_QUARTER.findall(text))) > 1 and not of_one:  # a plan that names several covers more than one
        points["季度"] = 0.0
    points["年度"] = min(points["年度"], 1.2) + 1.0  # every plan names a year: the rest has to outweigh it
    points["年度"] += 1.5 * bool(_OF_YEAR.search(title) or _OF_YEAR.search(text[:_DATELINE]))
    shorter = any(pattern.search(title) for name, pattern in _periods().items() if name != "年度")
    points["年度"] += 1.5 * (_TITLE_OF_YEAR.search(title) is not None and not shorter)
    scheduled = _scheduled(text, kind=kind, organisation=organisation)
    if scheduled:
        points[scheduled] += 1.5
    best = max(points, key=lambda name: points[name])
    if kind is PlanKind.REPORT and points[best] < 1.5:
        return Period.NONE, 0.6
    ordered = sorted(points.values(), reverse=True)
    return Period(best), min(1.0, 0.55 + 0.2 * (ordered[0] - ordered[1]))


def _scheduled(text: str, *, kind: PlanKind, organisation: OrganisationType) -> str | None:
    """The period that the months named in the text fill, if they fill one."""
    listed = [match for match in _MONTH.finditer(text) if not text[: match.start()].rpartition("\n")[2].strip(" 　—-")]
    months = [number(match[1]) for match in (listed if len(listed) >= 3 else _MONTH.finditer(text))]
    if len(set(months)) < 2:
        return None
    school = organisation is OrganisationType.SCHOOL
    if kind in (PlanKind.SUMMARY, PlanKind.MIXED) and max(months) <= 6:
        return "上半年"
    if len(set(months)) < 4:
        return None
    autumn = set(months) <= {8, 9, 10, 11, 12, 1, 2} and {9, 10, 11} & set(months)
    spring = set(months) <= {1, 2, 3, 4, 5, 6, 7, 8} and {3, 4, 5} & set(months)
    if school and (autumn or spring):
        return "学期"
    if max(months) <= 7 and min(months) <= 2:
        return "上半年"
    return "下半年" if min(months) >= 7 else "年度"


@cache
def _periods() -> Mapping[str, re.Pattern[str]]:
    periods = load_yaml("period.yaml")["periods"]
    return {name: re.compile(pattern, re.MULTILINE) for name, pattern in periods.items()}


@cache
def _event() -> re.Pattern[str]:
    return re.compile(load_yaml("period.yaml")["event"])
