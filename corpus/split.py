"""A cleaned document to the plans in it: 篇一…, 计划二：, repeated titles, or only one opening after another."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.cleaning.lines import Line, lines
from corpus.cleaning.script import in_simplified
from corpus.datatypes import OrganisationType, PlanSpan
from corpus.markers import MarkerStyle, marker
from corpus.organisation import organisation_scores
from corpus.titles import collection_heading, is_closing, is_opening, is_title

_LEAST_TEXT = 30  # characters below which a heading heads nothing (a table of contents)
_LEAST_PLAN = 250  # characters below which what lies between two openings is no plan
_SECTOR_MARGIN = 1.6  # how much stronger the new sector must be than the old one


@dataclass(frozen=True, slots=True)
class _Start:
    """A plan begins at `at` under `title`; the title's own line begins at `cut`."""

    cut: int
    at: int
    title: str


def split(text: str, *, name: str) -> tuple[PlanSpan, ...]:
    """The plans of a cleaned text, in order. `name` is the file's name, for error reports only."""
    original, text = text, in_simplified(text)
    rows = tuple(lines(text))
    starts = _numbered(text, rows) or _titled(text, rows) or _opened(text, rows)
    if not starts:
        starts = (_single(rows),)
    ends = [start.cut for start in starts[1:]] + [len(text)]
    spans = []
    for start, end in zip(starts, ends, strict=True):
        for inner, inner_end in _attached(text, start, end):
            spans.append(_trimmed(original, text, inner, inner_end))
    return tuple(span for span in spans if span.end > span.start)


def _trimmed(original: str, text: str, start: _Start, end: int) -> PlanSpan:
    body = text[start.at : end]
    first = start.at + len(body) - len(body.lstrip())
    name = text.find(start.title, start.cut)
    title = original[name : name + len(start.title)] if name >= 0 else start.title
    return PlanSpan(title, first, first + len(body.strip()))


def _numbered(text: str, rows: Sequence[Line]) -> tuple[_Start, ...]:
    """Plans under numbered headings of one style, at least two that count upwards."""
    found: dict[str, list[tuple[Line, int, str]]] = {}
    for row in rows:
        heading = collection_heading(row.body)
        if heading is not None:
            title = heading.title if len(heading.title) > len(heading.stem) else _unwrapped(row.body)
            found.setdefault(heading.style, []).append((row, heading.ordinal, title))
    chains = [_chain(text, entries) for entries in found.values() if len(entries) > 1]
    return max(chains, key=len, default=())


def _unwrapped(heading: str) -> str:
    return heading[1:-1] if heading[0] in "【〖[" and heading[-1] in "】〗]" else heading


def _chain(text: str, entries: list[tuple[Line, int, str]]) -> tuple[_Start, ...]:
    ends = [row.start for row, _, _ in entries[1:]] + [len(text)]
    real = [e for e, end in zip(entries, ends, strict=True) if end - e[0].end >= _LEAST_TEXT]
    rising = sum(b[1] == a[1] + 1 for a, b in zip(real, real[1:], strict=False))
    if len(real) < 2 or rising < (len(real) - 1) / 2:
        return ()
    return tuple(_below_heading(text, row, title.rstrip(":： ")) for row, _, title in real)


def _below_heading(text: str, heading: Line, title: str) -> _Start:
    """The text's beginning below its number and, where it stands there once more, its title."""
    below = next(lines(text[heading.end : heading.end + 200]), None)
    if below is not None and (below.body == title or (is_title(below.body) and len(below.body) >= 8)):
        return _Start(heading.start, heading.end + below.end, below.body)
    return _Start(heading.start, heading.end, title)


def _titled(text: str, rows: Sequence[Line]) -> tuple[_Start, ...]:
    """Plans under title lines of their own, or under one title line that is repeated."""
    found = [row for row in rows if is_title(row.body)]
    if len(found) < 2:
        return ()
    ends = [row.start for row in found[1:]] + [len(text)]
    real = [row for row, end in zip(found, ends, strict=True) if end - row.end >= _LEAST_PLAN]
    if len(real) < 2 or (rows[0] not in real and rows[0] not in found):
        return ()
    return tuple(_Start(row.start, row.end, row.body.rstrip(":：")) for row in real)


def _opened(text: str, rows: Sequence[Line]) -> tuple[_Start, ...]:
    """Plans that follow each other without any title: an opening after a text that has run its course."""
    first = _single(rows)
    starts = [first]
    for before, row in zip(rows, rows[1:], strict=False):
        last = starts[-1]
        if row.start - last.at < _LEAST_PLAN or marker(row.body) or not is_opening(row.body):
            continue
        if is_opening(before.body) or before.body.endswith(("：", ":")):
            continue
        if _changes_sector(text[last.at : row.start], text[row.start :][:1200]) or _is_over(before.body):
            starts.append(_Start(row.start, row.start, ""))
    return tuple(starts) if len(starts) > 1 else ()


def _is_over(line: str) -> bool:
    mark = marker(line)
    return is_closing(line) or (mark is not None and mark.style is MarkerStyle.MONTH)


def _changes_sector(before: str, after: str) -> bool:
    old, new = _sectors(before), _sectors(after)
    best_old, best_new = max(old, key=lambda s: old[s]), max(new, key=lambda s: new[s])
    return best_old != best_new and new[best_new] >= _SECTOR_MARGIN * new[best_old]


def _sectors(text: str) -> dict[str, float]:
    scores = organisation_scores(text, title="", file_name="")
    scores.pop(OrganisationType.OTHER, None)
    return scores


def _single(rows: Sequence[Line]) -> _Start:
    """The one plan of a document, after its title where the first lines hold one."""
    for row in rows[:4]:
        if is_title(row.body) or collection_heading(row.body):
            return _Start(row.start, row.end, row.body.rstrip(":："))
        if len(row.body) > 60 or re.search("[。；]", row.body):
            break
    return _Start(0, 0, "")


def _attached(text: str, start: _Start, end: int) -> list[tuple[_Start, int]]:
    """The text, cut where another one with a title of its own is stuck to it."""
    cuts = [start]
    before = ""
    for row in lines(text[start.at : end]):
        at = start.at + row.start
        full = at - cuts[-1].at >= _LEAST_PLAN and end - at >= _LEAST_PLAN
        if full and before.endswith(("。", "！", "”")) and is_title(row.body) and len(row.body) >= 8:
            cuts.append(_Start(at, start.at + row.end, row.body))
        before = row.body
    return list(zip(cuts, [cut.cut for cut in cuts[1:]] + [end], strict=True))
