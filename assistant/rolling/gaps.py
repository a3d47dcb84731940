"""What plans of this type have and this one lacks."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.datatypes import Length, PlanRequest
from assistant.drafting.compose import candidates
from assistant.drafting.outline import FIXED, demands_of, expectations, outline_of
from assistant.drafting.pool import pool_of
from assistant.rolling.base import Base
from assistant.rolling.datatypes import Gap
from assistant.timeline import Timeline
from corpus.classify import label_topics
from corpus.datatypes import Passage, Topic
from corpus.words import sentence_spans

_EXPECTED = 0.5  # share of such plans that have the topic
_ITEMS = 3


def gaps(base: Base, request: PlanRequest, *, passages: Sequence[Passage], timeline: Timeline) -> tuple[Gap, ...]:
    """Missing topics, the most usual first, with points to put in."""
    pool = pool_of(passages)
    expected = expectations(request, pool=pool)
    wanted = [topic for topic in expected if expected[topic] >= _EXPECTED and topic not in FIXED]
    missing = set(wanted) - _treated(base)
    asked = replace(request, length=Length.LONG, emphasis=tuple(str(topic) for topic in missing))
    items = [item for item in outline_of(asked, pool=pool) if item.topic in missing]
    plans = len(pool.plans.get(request.organisation, ()))
    said = [base.text[start:end] for start, end in sentence_spans(base.text)]
    return tuple(
        Gap(
            item.topic,
            item.heading,
            item.support,
            _reason(item.topic, item.support, plans, request),
            candidates(request, topic=item.topic, passages=passages, timeline=timeline, exclude=said, k=_ITEMS),
        )
        for item in sorted(items, key=lambda item: (-expected[item.topic], item.topic))
    )


def _reason(topic: Topic, support: int, plans: int, request: PlanRequest) -> str:
    demand = next((each for each in demands_of(request) if each.topic is topic), None)
    told = f"{plans} 份{request.organisation}计划中有 {support} 份写了" if support else "这类计划通常应有"
    return f"{told}；{request.year} 年要求：{demand.why}" if demand else told


def _treated(base: Base) -> set[Topic]:
    """Topics the plan speaks of anywhere."""
    found = {topic for passage in base.passages for topic in passage.topics}
    for start, end in sentence_spans(base.text):
        found.update(label_topics(base.text[start:end], headings=())[:1])
    return found
