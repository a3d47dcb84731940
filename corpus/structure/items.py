"""The numbered and bulleted points inside a section, those on one line (一是 …；二是 …) included."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.datatypes import Item
from corpus.markers import Marker, MarkerStyle, marker
from corpus.structure.rows import Row

_INLINE = re.compile(r"(?<=[。；;：:！，,])\s*(?=[一二三四五六七八九十第①-⑳（(]|\d)")
_INLINE_STYLES = (
    MarkerStyle.HAN_BRACKET,
    MarkerStyle.DIGIT,
    MarkerStyle.DIGIT_BRACKET,
    MarkerStyle.CIRCLE,
    MarkerStyle.ENUMERATION,
    MarkerStyle.ORDINAL,
)


# Styles of which an outer one never stands inside an inner one; 一是 and —— may stand anywhere.
_RANKS = {
    MarkerStyle.HAN: 1.0,
    MarkerStyle.HAN_BRACKET: 2.0,
    MarkerStyle.ORDINAL: 2.5,
    MarkerStyle.DIGIT: 3.0,
    MarkerStyle.DIGIT_BRACKET: 4.0,
    MarkerStyle.CIRCLE: 5.0,
}


@dataclass(frozen=True, slots=True)
class _Point:
    start: int
    mark: Marker
    inline: bool


def items(text: str, rows: Sequence[Row], start: int, end: int) -> tuple[Item, ...]:
    """Items of `text[start:end]`, which lies in `rows`, in order, without overlap: a parent ends at its first child."""
    points = [p for row in rows for p in _points(row) if start <= p.start < end]
    stops = [*(point.start for point in points[1:]), end][: len(points)]
    stack: list[tuple[MarkerStyle, bool]] = []
    month: int | None = None
    found = []
    for point, stop in zip(points, stops, strict=True):
        stack = _descend(stack, point)
        if point.mark.months:
            month = point.mark.months[0]
        stop = point.start + len(text[point.start : stop].rstrip())
        found.append(Item(point.mark.text, len(stack), point.start, stop, month))
    return tuple(found)


def _descend(stack: list[tuple[MarkerStyle, bool]], point: _Point) -> list[tuple[MarkerStyle, bool]]:
    """The path of marker styles down to this point."""
    key = (point.mark.style, point.inline)
    if key in stack:
        return stack[: stack.index(key) + 1]
    if point.mark.style is MarkerStyle.MONTH:
        return [key]
    rank = _RANKS.get(point.mark.style)
    while rank is not None and stack and _RANKS.get(stack[-1][0], rank) > rank:
        stack = stack[:-1]
    if not point.inline:  # a new line ends what was listed inside the line before
        stack = [entry for entry in stack if not entry[1]]
    return [*stack, key]


def _points(row: Row) -> Iterator[_Point]:
    """The row's own marker and the counts inside it; 一是 at its head belongs to the 二是 behind it."""
    inline = list(_inline(row))
    chains = [_rising([p for p in inline if p.mark.style is style], row) for style in _INLINE_STYLES]
    if row.mark is not None:
        continued = any(chain and chain[0].mark.style is row.style for chain in chains)
        yield _Point(row.start, row.mark, continued)
    yield from sorted((point for chain in chains for point in chain), key=lambda point: point.start)


def _inline(row: Row) -> Iterator[_Point]:
    for match in _INLINE.finditer(row.body):
        mark = marker(row.body[match.end() :])
        if mark is not None and mark.style in _INLINE_STYLES:
            yield _Point(row.start + match.end(), mark, True)


def _rising(points: Sequence[_Point], row: Row) -> list[_Point]:
    """The points of a line that count 一 二 三 …, at least to two; a first one may head the line itself."""
    expected = 2 if row.mark is not None and points and row.style is points[0].mark.style else 1
    chain = []
    for point in points:
        if point.mark.ordinal == expected:
            chain.append(point)
            expected += 1
    return chain if expected > 2 else []
