"""Headings and items that lost the line break before them."""

import re
from collections.abc import Iterator, Sequence

from corpus.cleaning.lines import Line, lines
from corpus.cleaning.pieces import Edit
from corpus.datatypes import RepairKind
from corpus.markers import Marker, MarkerStyle, marker

_HEADINGS = (MarkerStyle.HAN, MarkerStyle.HAN_BRACKET)
_FIRST_CHILD = re.compile(r"(?<=[一-龥”])(?=1\s*[、．.](?!\d)|[（(][一1][)）])")
_MONTH_LABEL = re.compile(r"(?:(?:〔年份〕|20\d\d)年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?[:：]?$")
_NEXT_POINT = re.compile(r"(?<=[。；！])(?=[二三四五六七八九十]{1,2}[是要])")


def merged_headings(text: str) -> Iterator[Edit]:
    """Break lines before a first item, a month's label or a next point that is stuck to the line before."""
    found = list(lines(text))
    marks = [marker(line.body) for line in found]
    yield from _first_items(text, found, marks)
    yield from _month_labels(text, found)
    yield from _next_points(text, found, marks)


def _first_items(text: str, found: Sequence[Line], marks: Sequence[Marker | None]) -> Iterator[Edit]:
    """三、推进民主建设1、完善制度: number 1 stuck to a heading, number 2 on the next line."""
    for line, mark, follower in zip(found, marks, marks[1:], strict=False):
        if mark is None or mark.style not in _HEADINGS or follower is None or follower.ordinal != 2:
            continue
        for match in _FIRST_CHILD.finditer(text, line.start + mark.end, line.end):
            first = marker(text[match.start() : line.end])
            if first is not None and first.style is follower.style and first.ordinal == 1:
                yield _break(match.start())
                break


def _month_labels(text: str, found: Sequence[Line]) -> Iterator[Edit]:
    """2、宣传劳动节2013年6月: the next month's label, which elsewhere has lines to itself."""
    shapes = [re.sub(r"\d+|[一二三四五六七八九十]+(?=月)", "0", line.body) for line in found]
    for line in found:
        label = _MONTH_LABEL.search(line.body)
        if label is None or label.start() == 0 or not re.search(r"[一-龥。；]$", line.body[: label.start()]):
            continue
        if shapes.count(re.sub(r"\d+|[一二三四五六七八九十]+(?=月)", "0", label[0])) >= 2:
            yield _break(text.index(line.body, line.start) + label.start())


def _next_points(text: str, found: Sequence[Line], marks: Sequence[Marker | None]) -> Iterator[Edit]:
    """…品牌。四是积极开展: point four in the line of point three, while one to three have lines of their own."""
    run = 0
    for line, mark in zip(found, marks, strict=True):
        if mark is None or mark.style is not MarkerStyle.ENUMERATION:
            run = run if mark is None else 0
            continue
        run = run + 1 if mark.ordinal == run + 1 else int(mark.ordinal == 1)
        for match in _NEXT_POINT.finditer(text, line.start, line.end):
            point = marker(text[match.start() : line.end])
            if run >= 2 and point is not None and point.ordinal == run + 1:
                yield _break(match.start())
                run += 1


def _break(at: int) -> Edit:
    return Edit(RepairKind.MERGED_HEADING, at, at, "\n")
