"""What the samples offer: their items as pieces of usable sentences, prepared once for every later draft."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from assistant.drafting.likeness import overlap, shape
from assistant.drafting.pieces import Piece, pieces_of, with_typicality
from assistant.drafting.screen import is_summary
from corpus.datatypes import OrganisationType, Passage, PlanKind, Topic
from corpus.words import sentence_spans

_MOST_PASSAGES, _MOST_MONTHS = 1200, 240  # of a type, of its newest plans: more would only slow drafting
__all__ = ["Piece", "Pool", "Support", "gather", "overlap", "pool_of", "shape"]

_SUMMARY_SHARE = 0.25  # a mixed plan with more summary sentences than this lends nothing


@dataclass(frozen=True, slots=True)
class Support:
    """How a topic stands in the samples of one type."""

    plans: int  # plans of the type
    having: int  # of them, plans that have the topic
    place: float  # mean position of the topic's first passage, 0 = start, 1 = end


@dataclass(slots=True)
class Pool:
    """Everything drafting needs to know of the samples. Pieces of a type are read when a draft first asks for them."""

    passages: Mapping[str, Passage]
    monthly: Mapping[OrganisationType, tuple[Passage, ...]]
    plans: Mapping[OrganisationType, tuple[tuple[Passage, ...], ...]]  # passages of each usable plan, in order
    _pieces: dict[OrganisationType, Mapping[Topic, tuple[Piece, ...]]] = field(default_factory=dict)
    _support: dict[OrganisationType, Mapping[Topic, Support]] = field(default_factory=dict)

    def pieces(self, organisation: OrganisationType) -> Mapping[Topic, tuple[Piece, ...]]:
        """The pieces of a type by topic; of a large library, those of its newest plans."""
        if organisation not in self._pieces:
            self._pieces[organisation] = _read_pieces(self.plans.get(organisation, ()))
        return self._pieces[organisation]

    def support(self, organisation: OrganisationType) -> Mapping[Topic, Support]:
        """How many plans of a type have each topic, and where."""
        if organisation not in self._support:
            self._support[organisation] = _count_topics(self.plans.get(organisation, ()))
        return self._support[organisation]


_last: list[tuple[Sequence[Passage], Pool]] = []


def pool_of(passages: Sequence[Passage]) -> Pool:
    """The pool of these passages; asked again for the same tuple, the same pool at once."""
    for known, pool in _last:
        if known is passages:
            return pool
    pool = gather(passages)
    if isinstance(passages, tuple):  # a tuple cannot change under us
        _last[:] = [*_last[-1:], (passages, pool)]
    return pool


def gather(passages: Sequence[Passage]) -> Pool:
    """Sort out who lends: plans of unions, and mixed texts with little summary in them."""
    plans: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.is_union and passage.kind in (PlanKind.PLAN, PlanKind.MIXED):
            plans[passage.plan_id].append(passage)
    by_type: dict[OrganisationType, list[tuple[Passage, ...]]] = defaultdict(list)
    for plan in plans.values():
        if _lends(plan):
            by_type[plan[0].organisation].append(tuple(plan))
    return Pool(
        MappingProxyType({passage.id: passage for passage in passages}),
        MappingProxyType({organisation: _monthly(found) for organisation, found in by_type.items()}),
        MappingProxyType({organisation: tuple(found) for organisation, found in by_type.items()}),
    )


def _read_pieces(plans: Sequence[Sequence[Passage]]) -> Mapping[Topic, tuple[Piece, ...]]:
    passages = [passage for plan in _newest_first(plans) for passage in plan][:_MOST_PASSAGES]
    by_topic: dict[Topic, list[Piece]] = defaultdict(list)
    for piece in with_typicality([piece for passage in passages for piece in pieces_of(passage)]):
        for topic in piece.topics:
            by_topic[topic].append(piece)
    return MappingProxyType({topic: tuple(found) for topic, found in by_topic.items()})


def _monthly(plans: Sequence[Sequence[Passage]]) -> tuple[Passage, ...]:
    """Passages that stand under a month, each text once."""
    found: dict[str, Passage] = {}
    for plan in _newest_first(plans):
        for passage in plan:
            if passage.months:
                found.setdefault(passage.text, passage)
    return tuple(found.values())[:_MOST_MONTHS]


def _newest_first(plans: Sequence[Sequence[Passage]]) -> list[Sequence[Passage]]:
    return sorted(plans, key=lambda plan: (-(plan[0].year or (plan[0].era or (0, 0))[1]), plan[0].plan_id))


def _count_topics(plans: Sequence[Sequence[Passage]]) -> Mapping[Topic, Support]:
    having: dict[Topic, int] = {}
    places: dict[Topic, list[float]] = {}
    for plan in plans:
        first: dict[Topic, float] = {}
        for passage in plan:
            for topic in passage.topics[:2]:
                first.setdefault(topic, passage.start / max(plan[-1].end, 1))
        for topic, place in first.items():
            having[topic] = having.get(topic, 0) + 1
            places.setdefault(topic, []).append(place)
    return MappingProxyType(
        {topic: Support(len(plans), count, sum(places[topic]) / len(places[topic])) for topic, count in having.items()}
    )


def _lends(plan: Sequence[Passage]) -> bool:
    if plan[0].kind is PlanKind.PLAN:
        return True
    found = [passage.text[start:end] for passage in plan for start, end in sentence_spans(passage.text)]
    return sum(map(is_summary, found)) <= _SUMMARY_SHARE * len(found)
