"""Junk inside sentences, and the seams where scraps of different texts were stuck together."""

import re
from collections.abc import Iterator
from functools import cache

from corpus.cleaning.lines import lines
from corpus.cleaning.pieces import Edit
from corpus.cues import load_yaml
from corpus.datatypes import RepairKind

_SPACED = 3  # blanks between characters in a line, from which they are typesetting
_LOST = "……\n"  # marks where a text breaks off; what is lost stays lost


def spam(text: str) -> Iterator[Edit]:
    """Cut obfuscated addresses, words of links and goods for sale."""
    for match in _pattern("token").finditer(text):
        yield _seam(text, match.start(), match.end())
    for match in _pattern("link").finditer(text):
        yield Edit(RepairKind.SPAM, match.start(), match.end())
    for match in re.finditer(rf"(?:{_pattern('goods').pattern}){{1,5}}", text):
        if _is_foreign(text, match):
            yield Edit(RepairKind.SPAM, match.start(), match.end())


def splices(text: str) -> Iterator[Edit]:
    """Break the line before a number that belongs to another text."""
    for line in lines(text):
        if len(re.findall(r"(?<=[一-龥])[ \u3000](?=[一-龥])", line.body)) > _SPACED:
            continue  # spaced out throughout: blanks say nothing here
        for match in _pattern("stray_number").finditer(text, line.start, line.end):
            after = _LOST + match["ordinal"] + match["verb"]
            yield Edit(RepairKind.SPLICE, match.start(), match.end(), after)


def _seam(text: str, start: int, end: int) -> Edit:
    """Cut junk; where it hides that a sentence broke off, break the line there."""
    sentence = re.split(r"[。！？；\n]", text[max(0, start - 80) : start])[-1]
    broken = _pattern("broken_example").fullmatch(sentence) and not _pattern("goes_on").match(text, end)
    if broken and end < len(text) and text[end] != "\n":
        return Edit(RepairKind.SPLICE, start, end, _LOST)
    return Edit(RepairKind.SPAM, start, end)


def _is_foreign(text: str, match: re.Match[str]) -> bool:
    """Whether goods for sale open a clause that goes on without them."""
    opens = re.search(r"(?:^|[，,。；;：:、！？\n])\s*$", text[max(0, match.start() - 3) : match.start()])
    goes_on = _pattern("goods_after").match(text, match.end())
    return opens is not None and goes_on is not None and text.count(match[0]) == 1


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """An entry of `lexicon/spam.yaml`, compiled."""
    return re.compile(load_yaml("spam.yaml")[name])
