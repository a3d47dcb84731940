"""One point of a sample: cut out at its markers, kept as far as its sentences may stand in a new plan."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.drafting.abouts import abouts_of
from assistant.drafting.likeness import shape
from assistant.drafting.screen import is_unusable, leans
from corpus.classify import label_topics
from corpus.datatypes import Passage, Topic
from corpus.words import sentence_spans

Span = tuple[int, int]

_LONGEST_SENTENCE = 110  # characters; a longer one is cut at its semicolons
_LONGEST_LEAD = 30
_LONGEST_PIECE = 230
_SHORTEST_PIECE = 24
SIMILAR = 0.3  # Jaccard of bigrams from which two pieces say much the same
_MARKER = re.compile(
    r"(?:^|(?<=[。；;：:\s]))[ \t　]*"
    r"(?:[-—–•·●◆★]+\s*)?"
    r"(?:[一二三四五六七八九十]{1,3}(?:[、.．]|是要?(?=[^否])|要(?=[^求]))|[（(][一二三四五六七八九十\d]{1,3}[）)]、?"
    r"|\d{1,2}\s*[、.．](?!\d)|[①-⑳]|(?:首先|其次|再次|最后)[，,]?|——)\s*"
)


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


def pieces_of(passage: Passage) -> Iterator[Piece]:
    """The usable points of a passage; a month's lines and reviews of the past hold none."""
    if passage.months or Topic.REVIEW in passage.topics[:1]:
        return
    for start, end in points(passage.text):
        for run in _runs(passage, tuple(sentences(passage.text, start, end))):
            text = "".join(passage.text[first:last] for first, last in run)
            if len(text) >= _SHORTEST_PIECE:
                yield Piece(passage, run, _topics(passage, text), shape(text), abouts_of(text), 0)


def _topics(passage: Passage, text: str) -> tuple[Topic, ...]:
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


def with_typicality(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The same pieces, each told how many other plans say much the same."""
    by_gram: dict[str, list[int]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        for gram in piece.shape:
            by_gram[gram].append(number)
    for number, piece in enumerate(pieces):
        shared: dict[int, int] = defaultdict(int)
        for gram in piece.shape:
            if len(by_gram[gram]) <= min(len(pieces) // 8 + 2, 80):  # a gram that stands everywhere tells nothing
                for other in by_gram[gram]:
                    shared[other] += 1
        alike = {
            pieces[other].passage.plan_id
            for other, count in shared.items()
            if other != number and count / len(piece.shape | pieces[other].shape) >= SIMILAR
        }
        yield replace(piece, typicality=len(alike - {piece.passage.plan_id}))
