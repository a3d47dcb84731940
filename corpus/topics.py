"""Topics of passages and sections, from weighted cues; a heading's cue counts several times."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from corpus.cues import Table, Zone, load_table, load_yaml, score
from corpus.datatypes import Topic

_HEADING_WEIGHT = 2.5
_PARENT_WEIGHT = 0.6  # headings above the nearest one
_MOST = 3  # topics of a passage
_SHARE = 0.45  # of the best topic's score that a further topic needs
_LEAST = 2.0  # score points below which a topic is not worth naming
_MONTH_LINE = re.compile(
    r"^\s*(?:[-—\s]*)(?:(?:20\d\d|〔年份〕)年?)?(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九元])(?:[至—-](?:十[一二]?|[一二三四五六七八九\d]+))?月份?",
    re.MULTILINE,
)


def label_topics(text: str, *, headings: Sequence[str]) -> tuple[Topic, ...]:
    """Return one to three topics of a passage, the strongest first. `headings`: path from the plan's top level down."""
    return _strongest(topic_scores(text, headings=headings), most=_MOST, share=_SHARE)


def label_section_topics(text: str, *, headings: Sequence[str]) -> tuple[Topic, ...]:
    """Return up to five topics of a whole section, the strongest first."""
    return _strongest(topic_scores(text, headings=headings), most=5, share=0.4)


def topic_scores(text: str, *, headings: Sequence[str]) -> dict[Topic, float]:
    """Return score points of every topic."""
    zones = [Zone(text, 1.0)]
    zones += [Zone(heading, _PARENT_WEIGHT) for heading in headings[:-1]]
    zones += [Zone(heading, _HEADING_WEIGHT) for heading in headings[-1:]]
    totals = score(zones, _table())
    if len(_MONTH_LINE.findall(text)) >= 3:
        totals[Topic.MONTHLY] += 20
    return {Topic(name): points for name, points in totals.items()}


def _strongest(scores: Mapping[Topic, float], *, most: int, share: float) -> tuple[Topic, ...]:
    ranked = sorted(scores, key=lambda topic: (-scores[topic], list(Topic).index(topic)))
    best = scores[ranked[0]]
    if best <= 0:
        return (Topic.ORGANISATION,)
    kept = [topic for topic in ranked[:most] if scores[topic] >= max(_LEAST, share * best)]
    return tuple(kept or ranked[:1])


@cache
def _table() -> Table:
    return load_table(load_yaml("topics.yaml"), labels=[str(topic) for topic in Topic])
