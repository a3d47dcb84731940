"""The outline of a plan: topics the samples of its type contain, completed by the year's demands and the emphasis."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from assistant.datatypes import Length, OutlineItem, PlanRequest
from assistant.drafting.emphasis import in_season, stress_of
from assistant.drafting.pool import Pool, Support
from assistant.drafting.templates import SLOT, load_templates
from assistant.drafting.units import unit_of
from corpus.classify import label_topics
from corpus.datatypes import OrganisationType, Topic

_FOLDER = Path(__file__).parent
_STYLES = ("paired", "plain")
_NO_WORDS = "甲乙丙丁"  # says nothing of any topic
_THOUGHT_LEADS = 2018  # plan year from which 思想引领 stands before all other work
FIXED = (Topic.GUIDING, Topic.GOALS, Topic.MONTHLY, Topic.SAFEGUARDS, Topic.CLOSING, Topic.REVIEW)


@dataclass(frozen=True, slots=True)
class Extent:
    """What a length means: characters of the whole, sections with a topic of their own, and what else stands."""

    characters: int
    sections: int
    guests: float  # a topic without a section is taken in by another from this expectation on
    goals: bool
    safeguards: bool
    monthly: int  # points a month


@dataclass(frozen=True, slots=True)
class Demand:
    """A topic that plans of a year must have."""

    topic: Topic
    first: int
    organisations: tuple[OrganisationType, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Shapes:
    """outline.yaml and headings.yaml, read."""

    backbone: Mapping[OrganisationType, Mapping[Topic, float]]
    always: Mapping[Topic, float]
    demands: tuple[Demand, ...]
    hosts: Mapping[Topic, tuple[Topic, ...]]
    welcome: Mapping[
        Topic, Mapping[Topic, re.Pattern[str]]
    ]  # guest -> host -> what a point of the guest must say there
    strangers: Mapping[Topic, re.Pattern[str]]  # what a sample's point on the topic must not say
    promises: tuple[
        tuple[re.Pattern[str], re.Pattern[str]], ...
    ]  # word of a heading -> what one of its points must say
    lengths: Mapping[Length, Extent]
    neighbours: Mapping[OrganisationType, tuple[OrganisationType, ...]]
    headings: Mapping[str, Mapping[Topic, Mapping[str, str]]]


def outline_of(request: PlanRequest, *, pool: Pool) -> tuple[OutlineItem, ...]:
    """The sections of the draft in order, opening and closing included (these without a heading)."""
    extent = shapes().lengths[request.length]
    wanted = emphasised([text for text in request.emphasis if in_season(text, request=request)])
    expected = expectations(request, pool=pool)
    support = pool.support(request.organisation)
    chosen = sorted(expected, key=lambda topic: (-expected[topic], topic))[: extent.sections]
    chosen += [topic for topic in wanted if topic not in chosen and topic not in FIXED]
    leads = request.year >= _THOUGHT_LEADS
    ordered = sorted(chosen, key=lambda topic: _place(topic, request.organisation, support))
    ordered.sort(key=lambda topic: leads and topic is not Topic.THOUGHT)
    topics = [Topic.GUIDING, *ordered, Topic.MONTHLY, Topic.CLOSING]
    if extent.goals or Topic.GOALS in wanted:
        topics.insert(1, Topic.GOALS)
    if extent.safeguards or Topic.SAFEGUARDS in wanted:
        topics.insert(-1, Topic.SAFEGUARDS)
    return tuple(_item(topic, request, support, wanted) for topic in topics)


def expectations(request: PlanRequest, *, pool: Pool) -> dict[Topic, float]:
    """How much each topic belongs into such a plan, in [0, 2]: the samples' say grows with their number."""
    organisation = request.organisation
    support = pool.support(organisation)
    found: dict[Topic, float] = {}
    for topic, prior in shapes().backbone[organisation].items():
        known = support.get(topic, Support(len(pool.plans.get(organisation, ())), 0, 0.5))
        weight = known.plans / (known.plans + 4)
        found[topic] = (1 - weight) * prior + weight * (known.having / known.plans if known.plans else prior)
    for topic, least in shapes().always.items():
        found[topic] = max(found.get(topic, 0.0), least)
    for demand in demands_of(request):
        found[demand.topic] = found.get(demand.topic, 0.0) + 0.4
    return found


def demands_of(request: PlanRequest) -> tuple[Demand, ...]:
    """What the plan year asks of this type."""
    return tuple(
        demand
        for demand in shapes().demands
        if request.year >= demand.first and (not demand.organisations or request.organisation in demand.organisations)
    )


def guests_of(
    topics: Sequence[Topic], *, expected: Mapping[Topic, float], threshold: float
) -> dict[Topic, tuple[Topic, ...]]:
    """Topic of a section -> topics without a section that it takes in, the most expected first."""
    taken: dict[Topic, list[Topic]] = {topic: [] for topic in topics}
    for topic in sorted(expected, key=lambda each: (-expected[each], each)):
        if topic in taken or expected[topic] < threshold:
            continue
        host = next((each for each in shapes().hosts.get(topic, ()) if each in taken), None)
        if host is not None and len(taken[host]) < 3:
            taken[host].append(topic)
    return {topic: tuple(found) for topic, found in taken.items()}


def emphasised(emphasis: Sequence[str]) -> tuple[Topic, ...]:
    """Topics the user's emphasis speaks of, in the user's order."""
    found: list[Topic] = []
    for text in emphasis:
        stress = stress_of(text)
        exact = [topic for topic in Topic if str(topic) == text.strip()] or ([stress.topic] if stress else [])
        found += exact or _keyword_topics(text) or _labelled(text)
    return tuple(topic for topic in dict.fromkeys(found) if topic is not Topic.REVIEW)


def _labelled(text: str) -> list[Topic]:
    """The topic the labels of the corpus give the words, but not the one they give to words they do not know."""
    return [topic for topic in label_topics(text, headings=())[:1] if topic not in label_topics(_NO_WORDS, headings=())]


def _keyword_topics(text: str) -> list[Topic]:
    """The topic whose templates answer the words most often, if any does."""
    counts = Counter(
        template.topic
        for template in load_templates()
        if template.role == "item" and any(keyword in text for keyword in template.keywords)
    )
    return [topic for topic, _ in counts.most_common(1)]


def heading_of(topic: Topic, request: PlanRequest) -> str:
    """The heading of a topic's section; all headings of a draft share one style, which the seed chooses."""
    by_type = shapes().headings[_STYLES[request.seed % len(_STYLES)]][topic]
    unit = unit_of(request)
    for heading in (by_type.get(request.organisation, by_type["_"]), by_type["_"]):
        filled = SLOT.sub(lambda match: unit.words[match[1]], heading)
        if not (unit.strange and unit.strange.search(filled)):
            break
    return filled


def promises_of(heading: str) -> tuple[re.Pattern[str], ...]:
    """What the points under a heading must speak of, because the heading names it."""
    return tuple(point for name, point in shapes().promises if name.search(heading))


def section_id(topic: Topic) -> str:
    """Stable id of a topic's section."""
    return topic.name.lower()


def _item(topic: Topic, request: PlanRequest, support: Mapping[Topic, Support], wanted: Sequence[Topic]) -> OutlineItem:
    heading = "" if topic in (Topic.GUIDING, Topic.CLOSING) else heading_of(topic, request)
    known = support.get(topic)
    having = known.having if known else 0
    return OutlineItem(section_id(topic), heading, topic, having, _reason(topic, request, known, wanted))


def _reason(topic: Topic, request: PlanRequest, known: Support | None, wanted: Sequence[Topic]) -> str:
    if topic in wanted:
        return "您的侧重"
    told = f"{known.plans} 份{request.organisation}计划中有 {known.having} 份写了" if known else ""
    demand = next((each for each in demands_of(request) if each.topic is topic), None)
    if demand:
        return f"{request.year} 年要求：{demand.why}" + (f"；{told}" if told else "")
    return told or "这类计划通常应有"


def _place(topic: Topic, organisation: OrganisationType, support: Mapping[Topic, Support]) -> float:
    """Where a topic stands: mostly the backbone's order, moved by the samples."""
    order = list(shapes().backbone[organisation])
    usual = order.index(topic) / len(order) if topic in order else 0.9
    known = support.get(topic)
    weight = known.having / (known.having + 6) if known else 0.0
    return (1 - weight) * usual + weight * (known.place if known else 0.0)


@cache
def shapes() -> Shapes:
    """The outline's data, validated."""
    data: dict[str, Any] = yaml.safe_load((_FOLDER / "outline.yaml").read_text(encoding="utf-8"))
    headings: dict[str, Any] = yaml.safe_load((_FOLDER / "headings.yaml").read_text(encoding="utf-8"))
    backbone = {
        OrganisationType(name): {Topic(topic): float(prior) for topic, prior in topics.items()}
        for name, topics in data["backbone"].items()
    }
    return Shapes(
        MappingProxyType(backbone),
        MappingProxyType({Topic(topic): float(least) for topic, least in data["always"].items()}),
        tuple(
            Demand(
                Topic(each["topic"]),
                int(each["from"]),
                tuple(map(OrganisationType, each.get("organisations", ()))),
                each["why"],
            )
            for each in data["demands"]
        ),
        MappingProxyType({Topic(guest): tuple(map(Topic, hosts)) for guest, hosts in data["hosts"].items()}),
        MappingProxyType(
            {
                Topic(guest): {Topic(host): re.compile(pattern) for host, pattern in hosts.items()}
                for guest, hosts in data["welcome"].items()
            }
        ),
        MappingProxyType({Topic(topic): re.compile(pattern) for topic, pattern in data["strangers"].items()}),
        tuple((re.compile(each["heading"]), re.compile(each["point"])) for each in data["promises"]),
        MappingProxyType({Length(name): Extent(**values) for name, values in data["lengths"].items()}),
        MappingProxyType(
            {
                OrganisationType(name): tuple(map(OrganisationType, others))
                for name, others in data["neighbours"].items()
            }
        ),
        MappingProxyType(
            {style: {Topic(topic): by_type for topic, by_type in topics.items()} for style, topics in headings.items()}
        ),
    )
