"""The texts of a collection under numbered headings: 篇一, 计划二：, 1.学校工会工作计划, 第2部分."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from corpus.beginning import Start, single
from corpus.cleaning.lines import Line, lines
from corpus.titles import (
    CollectionHeading,
    collection_heading,
    counted_title,
    is_first_title,
    is_opening,
    is_title,
    is_union_title,
)

Entry: TypeAlias = tuple[Line, CollectionHeading]

_LEAST_TEXT = 30  # characters below which a heading heads nothing (a table of contents)
_LEAST_COUNTED = 120  # … a counted title, where all together are long enough
LEAST_PLAN = 250  # characters below which what lies between two titles is no plan
_LONGEST_GENERIC = 12  # characters of a line above the first text: 工会工作计划, no plan's own title
_OF_COLLECTION = re.compile("范文|最新|大全|精选|模板|通用|优秀|热门|合集|汇总|锦集|集锦|推荐")
TWO_PARTS = re.compile("总结.*(?:计划|打算|要点|安排|思路)|回顾.*(?:展望|打算)")


def collected(text: str, rows: Sequence[Line]) -> tuple[Start, ...]:
    """Where the numbered texts of a collection begin; none where a text has no such headings."""
    return _numbered(text, rows) or _counted(text, rows)


def _numbered(text: str, rows: Sequence[Line]) -> tuple[Start, ...]:
    """Plans under numbered headings of one style, at least two that count upwards."""
    chains = [_chain(text, entries) for entries in _by_style(rows, collection_heading) if len(entries) > 1]
    return max(chains, key=len, default=())


def _chain(text: str, entries: list[Entry]) -> tuple[Start, ...]:
    ends = [row.start for row, _ in entries[1:]] + [len(text)]
    bodies = [text.index(row.body, row.start) + heading.end for row, heading in entries]
    found = [(row, heading, at) for (row, heading), at in zip(entries, bodies, strict=True)]
    real = [entry for entry, end in zip(found, ends, strict=True) if end - entry[2] >= _LEAST_TEXT]
    last = found[-1]
    if real and last is not real[-1] and last[1].ordinal == real[-1][1].ordinal + 1:
        real.append(last)  # the page was cut off behind its heading
    rising = sum(b[1].ordinal == a[1].ordinal + 1 for a, b in zip(real, real[1:], strict=False))
    if len(real) < 2 or rising < (len(real) - 1) / 2:
        return ()
    first = _unnumbered_first(text, real[0][0].start) if real[0][1].ordinal == 2 else ()
    return (*first, *(_below_heading(text, row.start, at, heading.name) for row, heading, at in real))


def _counted(text: str, rows: Sequence[Line]) -> tuple[Start, ...]:
    """Plans under lines that could also number the parts of one: 1.学校工会工作计划, 第2部分."""
    chains = [_whole_texts(text, rows, entries) for entries in _by_style(rows, counted_title)]
    return max(chains, key=len, default=())


def _by_style(rows: Sequence[Line], heading_of: Callable[[str], CollectionHeading | None]) -> Iterable[list[Entry]]:
    """The lines that are headings, those of one style together."""
    found: dict[str, list[Entry]] = {}
    for row in rows:
        heading = heading_of(row.body)
        if heading is not None:
            found.setdefault(heading.style, []).append((row, heading))
    return found.values()


def _rising(entries: Sequence[Entry]) -> list[Entry]:
    """Those that count 1, 2, 3 …, each some way below the last: no table of contents, no points that look so."""
    chain: list[Entry] = []
    for row, heading in entries:
        if chain and (heading.ordinal, heading.name) == (chain[-1][1].ordinal, chain[-1][1].name):
            chain[-1] = (row, heading)  # the one above stood in the table of contents
        elif heading.ordinal == len(chain) + 1 and (not chain or row.start - chain[-1][0].end >= _LEAST_COUNTED):
            chain.append((row, heading))
    return chain


def _whole_texts(text: str, rows: Sequence[Line], candidates: Sequence[Entry]) -> tuple[Start, ...]:
    """The starts of counted texts, none where they are parts of one: short, or below a title, or review and outlook."""
    entries = _rising(candidates)
    names = [heading.name for _, heading in entries]
    if (
        len(entries) < 2
        or len(text) - entries[0][0].end < LEAST_PLAN * len(entries)
        or TWO_PARTS.search("".join(names[:2]))
    ):
        return ()
    start = entries[0][0].start
    titles = [row.body for row in rows if row.start < start and is_title(row.body)]
    own = any(len(title) > _LONGEST_GENERIC and not _OF_COLLECTION.search(title) for title in titles)
    contents = sum(len(row.body) for row, _ in candidates if row.start < start)
    if own or start - contents >= LEAST_PLAN:
        return ()
    if not all(heading.stem for _, heading in entries):  # 第一部分 alone
        below = [next(row for row in rows if row.start > entry.start) for entry, _ in entries]
        if sum(is_opening(row.body) for row in below) < max(2, len(entries) - 1):
            return ()
    named = [name for name in names if is_first_title(name)]
    if 2 * sum(map(is_union_title, named)) < len(named):
        return ()
    return tuple(_below_heading(text, row.start, row.end, heading.name) for row, heading in entries)


def _unnumbered_first(text: str, end: int) -> tuple[Start, ...]:
    """The first text of a collection that begins to count with the second."""
    start = single(text, tuple(lines(text[:end])))
    return (start,) if end - start.at >= LEAST_PLAN else ()


def _below_heading(text: str, cut: int, at: int, name: str) -> Start:
    """The text's beginning below its number and, where it stands there once more, its title."""
    below = next(lines(text[at : at + 200]), None)
    if below is not None and (below.body == name or (is_title(below.body) and len(below.body) >= 8)):
        return Start(cut, at + below.end, below.body)
    return Start(cut, at, name)
