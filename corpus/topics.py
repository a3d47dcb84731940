"""Topics of passages and sections: cues score every point, and a small linear model weighs points and headings.

A text is cut into points (lines, numbered items, 一是 … 二是 …). Guiding thought, review, goals and closing are ways of
speaking rather than subjects: they name everything, so where an unnumbered paragraph speaks that way, the subjects it
mentions count little. What the cues say and what all words say (`corpus.topic_words`), of the whole, of its points and
of its heading, goes through one logistic model, the same for all topics; its weights are in
`lexicon/topics_model.yaml`, fitted by `tests/bench/fit_topics.py`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp, log1p
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from corpus.cleaning.script import as_rules_read
from corpus.cues import Table, Zone, load_table, load_yaml, score
from corpus.datatypes import Topic
from corpus.kind import voices
from corpus.topic_words import TopicWords, topic_words

Scores: TypeAlias = dict[Topic, float]

_OF_CUES = ("heading_differs", "share", "strongest", "wins", "leads", "of_heading", "heading", "of_best", "log")
_OF_WORDS = ("words", "words_of_heading", "words_of_best_point", "words_share")
FEATURES = (*_OF_CUES, *_OF_WORDS)
_MOST_OF_PASSAGE, _MOST_OF_SECTION = 3, 6
_LONGEST_POINT = 220  # characters; beyond it a point has no more votes
_FAINT = 1.5  # score points below which a point has no topic
_FRAME = 4.0  # score points from which an unnumbered paragraph is a framing one
_SUBJECTS_IN_FRAME, _FRAMES_IN_POINTS, _FRAMES_UNDER_HEADINGS = 0.25, 0.3, 0.5  # how much the others count there
_FRAMING = (Topic.GUIDING, Topic.REVIEW, Topic.GOALS, Topic.CLOSING)
_REVIEW_BONUS, _OPENING_BONUS = 5.0, 1.5
_YEAR = r"(?:(?:20(?:\d\d|[xX*_]{2})|[xX]{2,4}|〔年份〕)年{0,2}|次年)"
_MONTH = r"(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九元])"
_MONTH_LINE = re.compile(rf"^[\s—-]*{_YEAR}?{_MONTH}(?:[至—-]{_MONTH})?月份?", re.MULTILINE)
_POINT = re.compile(r"\n+|(?<=[。；;])\s*(?=[一二三四五六七八九十]{1,2}[是要]|[1-9１-９]{1,2}[、．.])")
_NUMBERED = re.compile(
    r"^[\s—-]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[、．.）)]|[一二三四五六七八九十]{1,2}[是要]|[①-⑳]|——)"
)
_TOPICS = {str(topic): topic for topic in Topic}
_NO_IDEA = 0.1  # chance of the best topic below which no cue may have been found at all
_ROUTINE = Topic.ORGANISATION  # where no word says what it is about: the office's own business (制定计划, 整理资料)
_REMEMBERED = 4096  # points: those of a section come again in its passages
_NO_HEADING = -3.0  # log odds of a heading that is not there
_LEAD = re.compile(r"[，,。；;]")
_OPENING = (  # set phrases of a plan's first paragraph; two different ones make it an opening
    re.compile(r"贯彻"),
    re.compile(r"围绕"),
    re.compile(r"在[^，。]{2,24}(?:领导|指导)下"),
    re.compile(r"按照[^，。]{2,20}(?:要求|部署)"),
    re.compile(r"以[^，。]{2,40}为(?:指导|指针|宗旨|契机|主线|核心|重点|中心|目标|统领|引领|主导)"),
    re.compile(r"为[^，。]{4,40}(?:贡献|建功立业|奋斗|力量)"),
    re.compile(r"[制拟][定订](?:如下|以下|本|此|[^，。]{0,12})(?:计划|要点|方案)|作(?:出)?如下(?:计划|安排)"),
    re.compile(r"是[^，。]{2,40}(?:之年|的[^，。]{0,12}一年)|\d{1,3}周年"),
)


def label_topics(text: str, *, headings: Sequence[str]) -> tuple[Topic, ...]:
    """Return one to three topics of a passage, the strongest first. `headings`: path from the plan's top level down."""
    return _label(text, headings, most=_MOST_OF_PASSAGE)


def label_section_topics(text: str, *, headings: Sequence[str]) -> tuple[Topic, ...]:
    """Return up to six topics of a whole section, the strongest first."""
    return _label(text, headings, most=_MOST_OF_SECTION)


def topic_scores(text: str, *, headings: Sequence[str]) -> Scores:
    """Return the plain cue score of every topic, in score points; headings count 2.5 times."""
    zones = [Zone(text, 1.0), *(Zone(heading, 2.5) for heading in headings)]
    return {_TOPICS[name]: points for name, points in score(zones, _table()).items()}


def topic_features(
    text: str, *, headings: Sequence[str], words: TopicWords | None = None
) -> dict[Topic, tuple[float, ...]]:
    """Return the values of `FEATURES` for every topic; `words`: another table than the stored one."""
    points = [point for point in _POINT.split(text) if len(point.strip()) >= 6] or [text]
    of_words = _of_words(points, headings, words or topic_words())
    length = sum(min(len(point), _LONGEST_POINT) for point in points) or 1
    tallies = {topic: [0.0, 0.0, 0.0, 0.0] for topic in Topic}
    for point in points:
        _tally(tallies, point, min(len(point), _LONGEST_POINT) / length, len(points), under_heading=bool(headings))
    whole = _scores(text)
    named = _scores(headings[-1]) if headings else dict.fromkeys(Topic, 0.0)
    best, loudest = max(whole.values()) or 1.0, max(named.values())
    return {
        topic: (
            float(loudest >= 3 and named[topic] < 0.3 * loudest),
            *tallies[topic],
            named[topic] / (loudest or 1.0),
            min(named[topic], 8.0) / 8.0,
            whole[topic] / best,
            log1p(whole[topic]),
            *spoken,
        )
        for topic, spoken in zip(Topic, of_words, strict=True)
    }


def fixed_topics(text: str, *, headings: Sequence[str]) -> tuple[Topic, ...]:
    """Return the topic that form alone decides (a list of months, a heading 指导思想), or ()."""
    if len(_MONTH_LINE.findall(text)) >= 3:
        return (Topic.MONTHLY,)
    named = _scores(headings[-1]) if headings else {}
    if named and named[Topic.GUIDING] >= 4 and named[Topic.GUIDING] == max(named.values()):
        return (Topic.GUIDING,)
    return ()


def _label(text: str, headings: Sequence[str], *, most: int) -> tuple[Topic, ...]:
    text, headings = as_rules_read(text), tuple(map(as_rules_read, headings))
    fixed = fixed_topics(text, headings=headings)
    if fixed:
        return fixed
    model = _model()
    chances = {topic: model.chance(values) for topic, values in topic_features(text, headings=headings).items()}
    order = list(Topic)
    ranked = sorted(chances, key=lambda topic: (-chances[topic], order.index(topic)))[:most]
    if chances[ranked[0]] < _NO_IDEA and not any(_scores("\n".join((*headings, text))).values()):
        return (_ROUTINE,)
    return tuple(topic for topic in ranked if chances[topic] >= model.threshold) or (ranked[0],)


def _of_words(points: Sequence[str], headings: Sequence[str], words: TopicWords) -> list[list[float]]:
    """The values of `_OF_WORDS` for every topic, in the order of `Topic`."""
    heard = [_heard(words, point) for point in points]
    whole = words.scores(frozenset().union(*(found for found, _ in heard)))
    heading = _heard(words, headings[-1])[1] if headings else np.full_like(whole, _NO_HEADING)
    odds = np.array([scores for _, scores in heard])  # (points, topics)
    votes = np.exp(odds - odds.max(axis=1, keepdims=True))
    lengths = np.array([min(len(point), _LONGEST_POINT) for point in points]) + 1e-9
    shares = (votes / votes.sum(axis=1, keepdims=True) * (lengths / lengths.sum())[:, None]).sum(axis=0)
    values: list[list[float]] = np.stack([whole, heading, odds.max(axis=0), shares], axis=1).tolist()
    return values


@lru_cache(maxsize=_REMEMBERED)
def _heard(words: TopicWords, text: str) -> tuple[frozenset[int], NDArray[np.float32]]:
    """The listed words of a point, and what they say of every topic."""
    found = words.found(text)
    return found, words.scores(found)


def _tally(tallies: dict[Topic, list[float]], point: str, weight: float, points: int, *, under_heading: bool) -> None:
    """Add one point's share, strongest vote, win and lead to every topic's tally."""
    scores = _point_scores(point, under_heading=under_heading)
    best = max(scores.values())
    if best < _FAINT:
        return
    total = sum(value * value for value in scores.values())
    lead = _scores(_LEAD.split(point, maxsplit=1)[0])
    loudest = max(lead.values())
    for topic, value in scores.items():
        vote = value * value / total
        tally = tallies[topic]
        tally[0] += weight * vote
        tally[1] = max(tally[1], vote * min(1.0, value / 4))
        tally[2] += (value == best) / points
        tally[3] += (loudest >= _FAINT and lead[topic] >= 0.7 * loudest) / points


def _point_scores(point: str, *, under_heading: bool) -> Scores:
    """Scores of one point, framing topics weighed by how it speaks."""
    scores = dict(_scores(point))
    if _NUMBERED.match(point) or under_heading:
        factor = _FRAMES_UNDER_HEADINGS if under_heading and not _NUMBERED.match(point) else _FRAMES_IN_POINTS
        return {topic: value * (factor if topic in _FRAMING else 1.0) for topic, value in scores.items()}
    if voices(point).past_share() > 0.5:
        scores[Topic.REVIEW] += _REVIEW_BONUS
    phrases = sum(bool(phrase.search(point)) for phrase in _OPENING)
    if phrases >= 2:
        scores[Topic.GUIDING] += _OPENING_BONUS * phrases
    if max(scores[topic] for topic in _FRAMING) >= _FRAME:
        return {topic: value * (1.0 if topic in _FRAMING else _SUBJECTS_IN_FRAME) for topic, value in scores.items()}
    return scores


@lru_cache(maxsize=_REMEMBERED)
def _scores(text: str) -> Mapping[Topic, float]:
    return topic_scores(text, headings=())


@dataclass(frozen=True, slots=True)
class _Model:
    threshold: float
    intercept: float
    weights: tuple[float, ...]  # in the order of `FEATURES`

    def chance(self, values: Sequence[float]) -> float:
        """Probability in (0, 1) that a section with these feature values is about the topic."""
        return 1.0 / (1.0 + exp(-self.intercept - sum(w * v for w, v in zip(self.weights, values, strict=True))))


@cache
def _model() -> _Model:
    data = load_yaml("topics_model.yaml")
    weights = tuple(float(data["weights"][name]) for name in FEATURES)
    return _Model(float(data["threshold"]), float(data["intercept"]), weights)


@cache
def _table() -> Table:
    return load_table(load_yaml("topics.yaml"), labels=[str(topic) for topic in Topic])
