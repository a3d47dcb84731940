"""What the samples offer: their items as pieces of usable sentences, prepared once for every later draft."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from assistant.drafting.abouts import abouts_of
from assistant.drafting.screen import is_summary, is_unusable, leans
from corpus.datatypes import OrganisationType, Passage, PlanKind, Topic
from corpus.words import sentence_spans

Span = tuple[int, int]

REPEATS = 0.42  # share of the smaller of two sentences from which they say the same
SIMILAR = 0.3  # Jaccard of bigrams from which two pieces say much the same
_LONGEST_SENTENCE = 110  # characters; a longer one is cut at its semicolons
_LONGEST_LEAD = 30
_MOST_PASSAGES = 3000  # of a type: more would only slow the first draft
_LONGEST_PIECE = 230
_SHORTEST_PIECE = 24
_SUMMARY_SHARE = 0.25  # a mixed plan with more summary sentences than this lends nothing
_MARKER = re.compile(
    r"(?:^|(?<=[。；;：:\s]))[ \t　]*"
    r"(?:[-—–•·●◆★]+\s*)?"
    r"(?:[一二三四五六七八九十]{1,3}(?:[、.．]|是要?(?=[^否])|要(?=[^求]))|[（(][一二三四五六七八九十\d]{1,3}[）)]、?"
    r"|\d{1,2}\s*[、.．](?!\d)|[①-⑳]|(?:首先|其次|再次|最后)[，,]?|——)\s*"
)
_LETTERS = re.compile(r"[㐀-鿿a-zA-Z]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One point of a sample: sentences that belong together, markers excluded. Spans are offsets in passage.text."""

    passage: Passage
    spans: tuple[Span, ...]
    topics: tuple[Topic, ...]  # the strongest first
    shape: frozenset[str]  # bigrams of its letters
    abouts: frozenset[str]  # works it speaks of
    typicality: int  # other plans that say much the same

    @property
    def id(self) -> str:
        """Where it stands: "{passage id}+{offset}"."""
        return f"{self.passage.id}+{self.spans[0][0]}"

    @property
    def text(self) -> str:
        """The sentences as the sample has them."""
        return "".join(self.passage.text[start:end] for start, end in self.spans)


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
        MappingProxyType(
            {
                organisation: tuple(passage for plan in found for passage in plan if passage.months)
                for organisation, found in by_type.items()
            }
        ),
        MappingProxyType({organisation: tuple(found) for organisation, found in by_type.items()}),
    )


@lru_cache(maxsize=20_000)
def shape(text: str) -> frozenset[str]:
    """Bigrams of the letters of a text: what similarity is measured on."""
    return frozenset(
        run[position : position + 2] for run in _LETTERS.findall(text) for position in range(max(len(run) - 1, 1))
    )


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the smaller shape found in the other, in [0, 1]."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def points(text: str) -> Iterator[Span]:
    """Spans of the points of a text: its lines, cut at every 1. （二） 一是 and without these markers."""
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line.rstrip())
        cuts = [match.span() for match in _MARKER.finditer(text, start, end)]
        begins = [start, *(cut[1] for cut in cuts)]
        ends = [*(cut[0] for cut in cuts), end]
        yield from ((begin, stop) for begin, stop in zip(begins, ends, strict=True) if text[begin:stop].strip())
        start += len(line)


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Spans of the sentences in text[start:end], ending at 。！？ and, where a sentence is long, at ；."""
    parts = [(start + first, start + last) for first, last in sentence_spans(text[start:end])]
    position = 0
    while position < len(parts):
        first, last = parts[position]
        while (
            text[last - 1] in "；;"
            and position + 1 < len(parts)
            and parts[position + 1][1] - first <= _LONGEST_SENTENCE
        ):
            position += 1
            last = parts[position][1]
        yield first, last
        position += 1


def _read_pieces(plans: Sequence[Sequence[Passage]]) -> Mapping[Topic, tuple[Piece, ...]]:
    newest = sorted(plans, key=lambda plan: (-(plan[0].year or (plan[0].era or (0, 0))[1]), plan[0].plan_id))
    passages = [passage for plan in newest for passage in plan][:_MOST_PASSAGES]
    by_topic: dict[Topic, list[Piece]] = defaultdict(list)
    for piece in _with_typicality([piece for passage in passages for piece in _pieces(passage)]):
        for topic in piece.topics:
            by_topic[topic].append(piece)
    return MappingProxyType({topic: tuple(found) for topic, found in by_topic.items()})


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


def _pieces(passage: Passage) -> Iterator[Piece]:
    if passage.months or Topic.REVIEW in passage.topics[:1]:
        return
    for start, end in points(passage.text):
        for run in _runs(passage, tuple(sentences(passage.text, start, end))):
            text = "".join(passage.text[first:last] for first, last in run)
            if len(text) >= _SHORTEST_PIECE:
                yield Piece(passage, run, _topics(passage, text), shape(text), abouts_of(text), 0)


def _topics(passage: Passage, text: str) -> tuple[Topic, ...]:
    from corpus.classify import label_topics

    own = label_topics(text, headings=passage.headings)
    return own or passage.topics


def _runs(passage: Passage, spans: tuple[Span, ...]) -> Iterator[tuple[Span, ...]]:
    """Runs of usable sentences; a run never begins with a sentence that leans on another."""
    run: list[Span] = []
    for start, end in spans:
        sentence = passage.text[start:end]
        usable = not is_unusable(sentence) and not _foreign(passage, start, end)
        if not usable and start == spans[0][0] and len(sentence) <= _LONGEST_LEAD:
            return  # without the line that names the work nothing after it can be understood
        length = sum(last - first for first, last in run)
        if run and (not usable or length + end - start > _LONGEST_PIECE):
            yield tuple(run)
            run = []
        if usable and (run or not leans(sentence)):
            run.append((start, end))
    if run:
        yield tuple(run)


def _foreign(passage: Passage, start: int, end: int) -> bool:
    """Whether a fact of the sample's own unit, or a blank other than the year, stands in the sentence."""
    return any(entity.hard and entity.start < end and start < entity.end for entity in passage.entities) or any(
        slot.start < end and start < slot.end and slot.kind.value != "年份" for slot in passage.slots
    )


def _with_typicality(pieces: Sequence[Piece]) -> Iterator[Piece]:
    by_gram: dict[str, list[int]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        for gram in piece.shape:
            by_gram[gram].append(number)
    for number, piece in enumerate(pieces):
        shared: dict[int, int] = defaultdict(int)
        for gram in piece.shape:
            if len(by_gram[gram]) <= min(len(pieces) // 8 + 2, 300):  # a gram that stands everywhere tells nothing
                for other in by_gram[gram]:
                    shared[other] += 1
        alike = {
            pieces[other].passage.plan_id
            for other, count in shared.items()
            if other != number and count / len(piece.shape | pieces[other].shape) >= SIMILAR
        }
        yield replace(piece, typicality=len(alike - {piece.passage.plan_id}))
