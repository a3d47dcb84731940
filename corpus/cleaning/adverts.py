"""A site's own sentences inside paragraphs, and paragraphs that hold nothing else."""

import re
from collections.abc import Iterator

from corpus.cleaning.furniture import drop_lines
from corpus.cleaning.lines import Line, lines
from corpus.cleaning.pieces import Edit
from corpus.cleaning.site import head_length, site_words, weak_voice
from corpus.datatypes import RepairKind
from corpus.markers import marker
from corpus.words import sentence_spans

_LEAST_REST = 12  # characters of a unit's text behind the site's words


def adverts(text: str) -> Iterator[Edit]:
    """Edits that cut the site's own sentences out of paragraphs, and drop paragraphs that are nothing else."""
    for stamp in site_words().slogan.finditer(text):
        begins = stamp.start() == 0 or text[stamp.start() - 1] == "\n"
        alone = begins and text[stamp.end() : stamp.end() + 1] == "\n"  # then its line goes too
        yield Edit(RepairKind.BOILERPLATE, stamp.start(), stamp.end() + alone)
    found = list(lines(text))
    voiced = {i for i, line in enumerate(found) if site_words().strong.search(line.body)}
    head = range(head_length(found))
    last = max((i for i in head if i in voiced or weak_voice(found[i].body) >= 2), default=-1)
    gone = {i for i in head if i <= last and (i in voiced or weak_voice(found[i].body)) and not _begins(text, found[i])}
    for i in sorted(voiced - gone):
        spoken, sentences = _spoken(text, found[i])
        if len(spoken) == sentences and all(begins == start for begins, start, _ in spoken):
            gone.add(i)
        else:
            yield from _cuts(text, spoken)
    yield from drop_lines(text, found, gone)


def _spoken(text: str, line: Line) -> tuple[list[tuple[int, int, int]], int]:
    """(where the site begins to speak, start, end) of each of its sentences in a line, and how many the line has."""
    spans = [(line.start + a, line.start + b) for a, b in sentence_spans(text[line.start : line.end])]
    spans = [part for a, b in spans for part in _parted(text, a, b)]
    return [(a + _clause(text[a:b]), a, b) for a, b in spans if site_words().strong.search(text[a:b])], len(spans)


def _begins(text: str, line: Line) -> bool:
    """Whether the unit's text begins behind the site's words on the same line: a numbered point does."""
    spans = [(line.start + a, line.start + b) for a, b in sentence_spans(text[line.start : line.end])]
    parts = [part for a, b in spans for part in _parted(text, a, b)]
    return any(marker(text[a:b]) and b - a >= _LEAST_REST for a, b in parts[1:])


def _parted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence, cut in two where the site has done and the unit begins: 供大家参阅1.围绕中心……"""
    done = site_words().done.search(text, start, end)
    if done is None or end - done.end() < _LEAST_REST:
        return [(start, end)]
    return [(start, done.end()), (done.end(), end)]


def _cuts(text: str, spoken: list[tuple[int, int, int]]) -> Iterator[Edit]:
    """Cut the site's sentences, or what it added to a sentence of the unit's."""
    for begins, start, end in spoken:
        closed = ""
        if begins > start and text[begins - 1] in "，,、；;":
            begins -= 1
            closed = "。" if text[end - 1] in "。！？!?" else ""
        yield Edit(RepairKind.BOILERPLATE, begins, end, closed)


def _clause(sentence: str) -> int:
    """Offset of the clause in which the site starts to speak; 0 when what stands before it is its own as well."""
    words = site_words()
    starts = [0, *(m.end() for m in re.finditer("[，,；;]", sentence))]
    for start, end in zip(starts, [*starts[1:], len(sentence)], strict=True):
        clause, before = sentence[start:end], sentence[:start]
        if words.strong.search(clause) or words.clause.match(clause.strip()):
            return start if words.own.search(before) or not any(p.search(before) for p in words.weak) else 0
    return 0
