"""Plan, summary, report or both: whether a text looks back, and whether it looks ahead.

Every sentence speaks of what was done or of what is to come: words of time and tense say so, but a summary in short
sentences has few of them, and tells itself by counted results (慰问困难职工37户) where a plan sets round targets. The
sentences, the title, the opening and the headings go through two logistic models, one for each question; a text that
does both is a mixed one. The weights are in `lexicon/kind_model.yaml`, fitted by `tests/bench/fit_kind.py`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from math import exp, log

from corpus.cues import any_of, load_yaml
from corpus.datatypes import PlanKind
from corpus.words import sentence_spans

OF_SENTENCE = (
    *("past", "future", "imperative", "counted", "exact", "honour", "result"),
    *("target", "rhythm", "upkeep", "told"),
)
OF_TEXT = (
    *("title_plan", "title_summary", "title_both", "mean", "back", "prefix", "ahead", "suffix"),
    *("opening_back", "opening_ahead", "heading", "under_heading", "rest", "tail", "tail_ahead", "length"),
)
_LONGEST = 120  # characters of a sentence; beyond it one has no more weight
_CERTAIN = 3.0  # log odds at which one sentence has said all it can
_OPENING = 160  # characters in which a text says what it is
_FIRST_LINES = 30  # characters in which a heading is the text's own title
_TAIL, _TAIL_AHEAD = 250, 100  # characters after the last word about the past that count in full …
_OF_SHORT = 0.5, 0.25  # … or this share of a text, where that is less
_USUAL_LENGTH = 400  # characters
_IMPERATIVE = 0.35  # of a sentence with 将 or 要: how much a bare imperative looks ahead
_OF_REPORT = 3.0  # log odds at which an account is a review with plans as well
_FEW = 160  # characters
_PROBLEMS = 4  # sentences about problems that make an account of one's work a report
_DATELINE = 250  # characters in which news says when it happened
_PARTS = re.compile(r"(?m)^\s*[一二三四五六七八九十]{1,3}、")  # news has no numbered parts
_NUMBERED = re.compile(r"(?m)^\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[、．.）)]|第[一二三四]部分)")
_HEAD = 60  # characters of a headline
_NEWS = 3000  # characters in which it shows that it is news
_SHORT_NEWS = 1500  # characters; a long text needs more signs


@dataclass(frozen=True, slots=True)
class Voice:
    """Characters of a text that tell what was done, what will be done, or either."""

    past: int
    future: int
    imperative: int  # 加强…, 开展…: a plan's, but summaries leave out 了 as well

    def past_share(self) -> float:
        """Share of the voiced characters that look back, in [0, 1]."""
        return self.past / max(1.0, self.past + self.future + _IMPERATIVE * self.imperative)


def label_kind(text: str, *, title: str) -> tuple[PlanKind, float]:
    """Return the kind of text and a confidence in (0, 1]."""
    if is_news(text, title=title):
        return PlanKind.REPORT, 0.7
    back, ahead = _odds(text, title=title)
    if _reported(text, title=title):
        return (PlanKind.MIXED, 0.6) if min(back, ahead) > _OF_REPORT else (PlanKind.REPORT, 0.75)
    sure = 1 / (1 + exp(-min(abs(back), abs(ahead))))
    titles = _data().titles
    if len(text) < _FEW and titles["plan"].search(title) and not titles["summary"].search(title):
        return PlanKind.PLAN, min(sure, 0.7)  # a few words show no voice: the title's is taken
    return kind_of(back, ahead), sure


def kind_of(back: float, ahead: float) -> PlanKind:
    """Return the kind of a text with these log odds that it looks back and that it looks ahead."""
    if back > 0 and ahead > 0:
        return PlanKind.MIXED
    return PlanKind.SUMMARY if back > ahead else PlanKind.PLAN


def _reported(text: str, *, title: str) -> bool:
    """Whether the text gives an account to an audience; what calls itself a summary may say 汇报 in passing."""
    data = _data()
    problems = sum(data.problem.search(text[start:end]) is not None for start, end in sentence_spans(text))
    signs = 2 * bool(data.report.search(text[:300])) + 2 * bool(data.titles["report"].search(title))
    signs += problems >= _PROBLEMS
    summary = data.titles["summary"].search(title) or data.reviewed.search(text[:500])
    return not data.titles["plan"].search(title) and signs >= (3 if summary else 2)


def _odds(text: str, *, title: str) -> tuple[float, float]:
    """Log odds that the text looks back, and that it looks ahead."""
    model = _model()
    features = kind_features(text, title=title, sentence=model["sentence"])
    return model["back"].odds(features), model["ahead"].odds(features)


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
    cues = _data().cues
    said = {"past": 0, "future": 0, "imperative": 0}
    for start, end in sentence_spans(text):
        voice = next((name for name in said if cues[name].search(text[start:end])), None)
        if voice:
            said[voice] += end - start
    return Voice(**said)


def sentence_features(sentence: str) -> tuple[float, ...]:
    """Return the values of `OF_SENTENCE`, each 0 or 1."""
    cues = _data().cues
    return tuple(float(cues[name].search(sentence) is not None) for name in OF_SENTENCE)


def kind_features(text: str, *, title: str, sentence: "Weights") -> tuple[float, ...]:
    """Return the values of `OF_TEXT`. `sentence`: what tells a sentence that looks back."""
    data = _data()
    spans = sentence_spans(text)
    seen = [sentence_features(text[start:end]) for start, end in spans]
    odds = [max(-_CERTAIN, min(_CERTAIN, sentence.odds(features))) for features in seen]
    lengths = [min(end - start, _LONGEST) for start, end in spans]
    total = sum(lengths) or 1
    spoken = [0.0, *accumulate(value * length / total for value, length in zip(odds, lengths, strict=True))]
    cut = max(range(len(spoken)), key=lambda place: spoken[place])  # where review ends and plans begin, if they do
    before = sum(lengths[:cut]) / total
    last = max((number for number, features in enumerate(seen, 1) if features[0]), default=0)
    outlook = sum(end - start for start, end in spans[last:] if data.ahead.search(text[start:end]))
    heading = data.ahead_heading.search(text, _FIRST_LINES)
    first = next((match.start() for match in _NUMBERED.finditer(text) if match.start() > _HEAD), 0)
    opening = sum(start < first for start, _ in spans)
    plan, summary = (bool(data.titles[name].search(title)) for name in ("plan", "summary"))
    values = {
        "title_plan": plan and not summary,
        "title_summary": summary and not plan,
        "title_both": plan and summary,
        "mean": spoken[-1],
        "back": spoken[cut],
        "prefix": before,
        "ahead": spoken[cut] - spoken[-1],
        "suffix": 1 - before,
        "opening_back": data.opening_back.search(text[:_OPENING]) is not None,
        "opening_ahead": data.opening_ahead.search(text[:_OPENING]) is not None,
        "heading": heading is not None,
        "under_heading": 1 - heading.start() / len(text) if heading else 0.0,
        "rest": (spoken[-1] - spoken[opening]) * total / (sum(lengths[opening:]) or 1),
        "tail": min(1.0, sum(lengths[last:]) / min(_TAIL, _OF_SHORT[0] * total)),
        "tail_ahead": min(1.0, outlook / min(_TAIL_AHEAD, _OF_SHORT[1] * total)),
        "length": log((len(text) or 1) / _USUAL_LENGTH),
    }
    return tuple(float(values[name]) for name in OF_TEXT)


@dataclass(frozen=True, slots=True)
class Weights:
    """One logistic model."""

    intercept: float
    weights: tuple[float, ...]

    def odds(self, values: Sequence[float]) -> float:
        """Log odds of what the model tells, for the values of its features."""
        return self.intercept + sum(weight * value for weight, value in zip(self.weights, values, strict=True))


@cache
def _model() -> Mapping[str, Weights]:
    data = load_yaml("kind_model.yaml")
    return {
        part: Weights(data[part]["intercept"], tuple(data[part]["weights"].get(name, 0.0) for name in names))
        for part, names in (("sentence", OF_SENTENCE), ("back", OF_TEXT), ("ahead", OF_TEXT))
    }


@dataclass(frozen=True, slots=True)
class _Data:
    cues: Mapping[str, re.Pattern[str]]  # what may stand in a sentence, by feature
    problem: re.Pattern[str]
    report: re.Pattern[str]
    ahead: re.Pattern[str]
    reviewed: re.Pattern[str]
    opening_back: re.Pattern[str]
    opening_ahead: re.Pattern[str]
    ahead_heading: re.Pattern[str]
    news: tuple[re.Pattern[str], ...]  # the first is the dateline
    news_title: re.Pattern[str]
    titles: Mapping[str, re.Pattern[str]]


@cache
def _data() -> _Data:
    """Compiled `lexicon/kind.yaml`."""
    data = load_yaml("kind.yaml")
    lists = ("problem", "report", "ahead", "reviewed", "opening_back", "opening_ahead", "ahead_heading")
    return _Data(
        cues={name: any_of(data["sentence"][name], re.MULTILINE) for name in OF_SENTENCE},
        **{name: any_of(data[name], re.MULTILINE) for name in lists},
        news=tuple(re.compile(pattern, re.MULTILINE) for pattern in data["news"]),
        news_title=re.compile(data["news_title"]),
        titles={name: re.compile(pattern) for name, pattern in data["title"].items()},
    )
