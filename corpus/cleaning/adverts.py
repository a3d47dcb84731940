"""A site's own sentences inside paragraphs, and paragraphs that hold nothing else."""

import re
from collections.abc import Iterator, Sequence

from corpus.cleaning.furniture import drop_line
from corpus.cleaning.lines import Line, lines
from corpus.cleaning.pieces import Edit
from corpus.cleaning.site import head_length, site_words, weak_voice
from corpus.datatypes import RepairKind
from corpus.words import sentence_spans


def adverts(text: str) -> Iterator[Edit]:
    """Edits that cut the site's own sentences out of paragraphs, and drop paragraphs that are nothing else."""
    found = list(lines(text))
    voiced = {i for i, line in enumerate(found) if site_words().strong.search(line.body)}
    head = range(head_length(found))
    last = max((i for i in head if i in voiced or weak_voice(found[i].body) >= 2), default=-1)
    lead = {i for i in head if i <= last and (i in voiced or weak_voice(found[i].body))}
    for i in sorted(lead):
        yield drop_line(text, found, i)
    for i in sorted(voiced - lead):
        yield from _cut(text, found, i)


def _cut(text: str, found: Sequence[Line], i: int) -> Iterator[Edit]:
    """Cut the site's sentences out of line `i`, from the clause where they begin."""
    line = found[i]
    spans = [(line.start + a, line.start + b) for a, b in sentence_spans(text[line.start : line.end])]
    voiced = [(a + _clause(text[a:b]), a, b) for a, b in spans if site_words().strong.search(text[a:b])]
    if [(a, b) for begins, a, b in voiced if begins == a] == spans:
        yield drop_line(text, found, i)
        return
    for begins, start, end in voiced:
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
