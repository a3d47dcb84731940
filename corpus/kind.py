"""Plan, summary, report or both, from the voice of the sentences; and the period the text covers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.cues import load_yaml
from corpus.datatypes import OrganisationType, Period, PlanKind
from corpus.words import sentence_spans

_MOSTLY = 0.6  # share of voiced characters from which one voice carries the text
_OPENING = 60  # characters in which a text says what period it is about
_REVIEW = 0.25  # of the text: an unbroken review of this length makes a plan a mixed text
_IMPERATIVE = 0.35  # of a sentence with 将 or 要: how much a bare imperative looks ahead
_IMPERATIVE_IN_SUMMARY = 0.1  # … where the title says 总结
_TAIL = 40  # characters of plans at the end that make a summary a mixed text
_DATELINE = 250  # characters in which news says when it happened
_PARTS = re.compile(r"(?m)^\s*[一二三四五六七八九十]{1,3}、")  # news has no numbered parts
_HEAD = 60  # characters of a headline
_NEWS = 3000  # characters in which it shows that it is news
_SHORT_NEWS = 1500  # characters; a long text needs more signs
_TAIL_SHARE = 0.12  # … unless it calls itself a summary: then this share of it
_MONTH = re.compile(r"(?<![\d年])(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九元])月份?(?!\d{0,2}日)")
_AHEAD = re.compile(
    r"下半年(?:的)?(?:主要|重点)?(?:工作)?(?:中|打算|计划|安排|思路|，|,|要|将|我)"
)  # a review that looks ahead to it
_OF_YEAR = re.compile(r"(?:\d{4}|〔年份〕)年度的?(?:工会)?(?:重点)?工作(?:计划|要点|安排|总结|思路)")
_QUARTER = re.compile(r"第?([一二三四])季度")
_MONTHS = {
    name: number
    for number, name in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], 1)
}


@dataclass(frozen=True, slots=True)
class Voice:
    """Characters of a text that tell what was done, what will be done, or either; and plans at its very end."""

    past: int
    future: int
    imperative: int  # 加强…, 开展…: a plan's, but summaries leave out 了 as well
    run: int  # of the past, the longest without a sentence about the future between
    tail: int
    ahead: int  # of the tail, what says outright that it is still to come
    problems: int  # sentences

    def past_share(self, *, imperative: float = _IMPERATIVE) -> float:
        """Share of the voiced characters that look back, in [0, 1]; `imperative`: weight of the undecided ones."""
        return self.past / max(1.0, self.past + self.future + imperative * self.imperative)


def label_kind(text: str, *, title: str) -> tuple[PlanKind, float]:
    """Return the kind of text and a confidence in (0, 1]."""
    if is_news(text, title=title):
        return PlanKind.REPORT, 0.7
    voice = voices(text)
    named = {kind for kind, pattern in _data().titles.items() if pattern.search(title)}
    if _data().reviewed.search(text[:500]):
        named.add("summary")
    reported = 2 * bool(_data().report.search(text[:300])) + 2 * ("report" in named) + (voice.problems >= 4)
    if reported >= 2 and "plan" not in named and ("summary" not in named or reported > 2):
        looks_both_ways = voice.past_share() > _REVIEW and voice.tail > _REVIEW * len(text)
        return (PlanKind.MIXED, 0.6) if looks_both_ways else (PlanKind.REPORT, 0.75)
    if {"plan", "summary"} <= named and 0.1 < voice.past_share() < 0.95:
        return PlanKind.MIXED, 0.9
    share = voice.past_share(imperative=_IMPERATIVE if named != {"summary"} else _IMPERATIVE_IN_SUMMARY)
    if share < 1 - _MOSTLY and voice.run < _REVIEW * len(text):
        return PlanKind.PLAN, 1 - share
    least_tail = max(_TAIL, _TAIL_SHARE * len(text)) if "summary" in named else _TAIL
    looks_ahead = voice.tail >= least_tail and (voice.ahead > 0 or "summary" not in named)
    least_share = _MOSTLY if named != {"summary"} else _REVIEW  # who says 总结 need not say 了
    if looks_ahead or share < least_share:
        return PlanKind.MIXED, 0.65
    return PlanKind.SUMMARY, min(1.0, share)


def is_news(text: str, *, title: str) -> bool:
    """Whether the text tells of a meeting or an event, as newspapers and web sites do, rather than of a unit's work."""
    if any(pattern.search(title) for pattern in _data().titles.values()) and not _data().news_title.search(title):
        return False
    first, *rest = _data().news
    dateline = first.search(text[:_DATELINE]) is not None
    head = title or text[:_HEAD].split("\n", maxsplit=1)[0]
    if not dateline and not _data().news_title.search(head):
        return False
    signs = dateline + sum(sign.search(text, 0, _NEWS) is not None for sign in rest)
    short = len(text) < _SHORT_NEWS and len(_PARTS.findall(text)) < 2
    return signs >= (2 if short else 3)


def voices(text: str) -> Voice:
    """Return how much of `text` looks back and how much ahead, sentence by sentence."""
    data = _data()
    past = future = imperative = run = longest = tail = ahead = problems = 0
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        length = end - start
        problems += bool(data.problem.search(sentence))
        if data.past.search(sentence):
            past, run, tail, ahead = past + length, run + length, 0, 0
            longest = max(longest, run)
        elif data.future.search(sentence):
            future, run, tail = future + length, 0, tail + length
            ahead += length * bool(data.ahead.search(sentence))
        elif data.imperative.search(sentence):
            imperative, tail = imperative + length, tail + length
    return Voice(past, future, imperative, longest, tail, ahead, problems)


def label_period(text: str, *, title: str, kind: PlanKind, organisation: OrganisationType) -> tuple[Period, float]:
    """Return the period and a confidence in (0, 1]. Title and opening say it; else the months of a schedule do."""
    named = any(pattern.search(title) for pattern in _data().periods.values())
    event = _data().event.search(title or text[:_OPENING])
    if event or (kind is PlanKind.REPORT and not named and is_news(text, title=title)):
        return Period.NONE, 0.7
    points = dict.fromkeys(_data().periods, 0.0)
    for name, pattern in _data().periods.items():
        points[name] += 3.0 * bool(pattern.search(title))
        points[name] += 2.5 * bool(pattern.search(text[:_OPENING]))
        points[name] += min(1.2, 0.4 * len(pattern.findall(text[_OPENING:])))
    if kind in (PlanKind.SUMMARY, PlanKind.MIXED) and _AHEAD.search(text[len(text) // 2 :]):
        points["上半年"] += 2.0
    if len(set(_QUARTER.findall(text))) > 1:  # a plan that names several quarters covers more than one
        points["季度"] = 0.0
    points["年度"] = min(points["年度"], 1.2) + 1.0  # every plan names a year: the rest has to outweigh it
    points["年度"] += 1.5 * bool(_OF_YEAR.search(title) or _OF_YEAR.search(text[:_DATELINE]))
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
    months = [_month(match[1]) for match in (listed if len(listed) >= 3 else _MONTH.finditer(text))]
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


def _month(name: str) -> int:
    return int(name) if name.isdigit() else _MONTHS.get(name, 1)  # 元月


@dataclass(frozen=True, slots=True)
class _Data:
    past: re.Pattern[str]
    future: re.Pattern[str]
    imperative: re.Pattern[str]
    problem: re.Pattern[str]
    report: re.Pattern[str]
    ahead: re.Pattern[str]
    reviewed: re.Pattern[str]
    news: tuple[re.Pattern[str], ...]  # the first is the dateline
    news_title: re.Pattern[str]
    event: re.Pattern[str]
    titles: dict[str, re.Pattern[str]]
    periods: dict[str, re.Pattern[str]]


@cache
def _data() -> _Data:
    data = load_yaml("kind.yaml")

    def joined(patterns: Sequence[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))

    voice = data["voice"]
    return _Data(
        **{name: joined(voice[name]) for name in ("past", "future", "imperative", "problem", "report")},
        ahead=re.compile(voice["ahead"]),
        reviewed=re.compile(data["reviewed"]),
        news=tuple(re.compile(pattern, re.MULTILINE) for pattern in data["news"]),
        news_title=re.compile(data["news_title"]),
        event=re.compile(data["event"]),
        titles={name: re.compile(pattern) for name, pattern in data["title"].items()},
        periods={name: re.compile(pattern, re.MULTILINE) for name, pattern in data["periods"].items()},
    )
