"""What stands twice in a row: lines, sentences, the title before its text, a word or two."""

import re
from collections.abc import Iterator
from functools import cache

from corpus.cleaning.lines import lines
from corpus.cleaning.pieces import Edit
from corpus.cues import load_yaml
from corpus.datatypes import RepairKind
from corpus.titles import collection_heading, is_title
from corpus.words import sentence_spans

_LEAST_LINE = 12  # characters; shorter lines may well come twice, in a timetable for one
_LEAST_SENTENCE = 10


def repeated_lines(text: str) -> Iterator[Edit]:
    """A line that stands again right below itself; a title stuck once more to the text below it."""
    found = list(lines(text))
    collection = sum(collection_heading(line.body) is not None for line in found) > 1
    for i, (above, line) in enumerate(zip(found, found[1:], strict=False)):
        if line.body == above.body and "|" not in line.body and (len(line.body) >= _LEAST_LINE or is_title(line.body)):
            yield Edit(RepairKind.REPEATED, above.end, line.end)
        elif collection and i and is_title(above.body) and _is_glued(above.body, line.body):
            start = text.index(line.body, line.start)
            yield Edit(RepairKind.REPEATED, start, start + len(above.body))


def repeated_sentences(text: str) -> Iterator[Edit]:
    """A sentence that stands again right behind itself."""
    spans = sentence_spans(text)
    for (start, end), (second, second_end) in zip(spans, spans[1:], strict=False):
        same = text[start:end] == text[second:second_end] and "\n" not in text[end:second]
        if same and end - start >= _LEAST_SENTENCE:
            yield Edit(RepairKind.REPEATED, end, second_end)


def repeated_words(text: str) -> Iterator[Edit]:
    """A word that stands twice where once is meant; the list says where that is certain."""
    for pattern in _doubles():
        for match in pattern.finditer(text):
            yield Edit(RepairKind.REPEATED, match.start("again"), match.end("again"))


def _is_glued(title: str, body: str) -> bool:
    """Whether a paragraph begins with the whole title and goes on as no sentence about it could."""
    return body.startswith(title) and len(title) >= 8 and bool(re.match("[的了在和是]", body[len(title) :]))


@cache
def _doubles() -> tuple[re.Pattern[str], ...]:
    """`lexicon/doubles.yaml`: patterns whose group "again" is the second, superfluous copy."""
    data = load_yaml("doubles.yaml")
    nouns = "|".join(data["nouns"])
    return tuple(re.compile(pattern.replace("NOUNS", nouns)) for pattern in data["patterns"])
