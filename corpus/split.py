"""A cleaned document to the plans in it: 篇一…, 计划二：, repeated titles, or only one opening after another."""

import re
from collections.abc import Sequence
from functools import partial

from corpus.beginning import Start, single
from corpus.cleaning.lines import Line, lines
from corpus.cleaning.script import as_rules_read
from corpus.collection import LEAST_PLAN, TWO_PARTS, collected
from corpus.datatypes import OrganisationType, PlanSpan
from corpus.frame import (
    foot_start,
    head_end,
    inner_signature,
    is_addressee,
    is_dated,
    is_edge,
    is_head,
    signature,
)
from corpus.markers import MarkerStyle, heads, marker
from corpus.organisation import organisation_scores
from corpus.titles import is_closing, is_opening, is_title

_PARAGRAPH, _LEAST_PARAGRAPHS = 60, 3  # characters of a paragraph; how many make a plan without numbers
_LEAST_OPENING = 40  # characters of a paragraph that opens another text behind a signature
_SECTOR_MARGIN = 1.6  # how much stronger the new sector must be than the old one
_LOOK_AHEAD = 300  # characters of the new plan in which its sector shows
_SCHEDULE = re.compile("(?:安排表?|行事历|计划表)[:：]?$")  # belongs to the plan it follows


def split(text: str, *, name: str) -> tuple[PlanSpan, ...]:
    """The plans of a cleaned text, in order. `name` is the file's name, for error reports only."""
    original, text = text, as_rules_read(text)
    rows = tuple(lines(text))
    starts = collected(text, rows) or _titled(text, rows) or _opened(text, rows)
    if not starts:
        starts = (single(text, rows),)
    ends = [start.cut for start in starts[1:]] + [len(text)]
    spans = []
    for start, end in zip(starts, ends, strict=True):
        for inner, inner_end in _attached(text, start, end):
            spans.append(_trimmed(original, text, inner, inner_end))
    found = tuple(span for span in spans if span.end > span.start)
    if found or not text.strip():
        return found
    return (PlanSpan("", len(text) - len(text.lstrip()), len(text.rstrip()), ""),)  # all of it looked like a title


def _trimmed(original: str, text: str, start: Start, end: int) -> PlanSpan:
    """The span of the body: the paper's lines between title and text and below the text stand outside."""
    rows = tuple(lines(text[start.at : end]))
    first = head_end(rows, 0)
    last = first + foot_start(rows[first:])
    name = text.find(start.title, start.cut)
    title = original[name : name + len(start.title)] if name >= 0 else start.title
    if first == last:
        return PlanSpan(title, start.at, start.at, "")
    above = [*lines(text[start.cut : start.at]), *rows[:first]]
    begin = text.index(rows[first].body, start.at + rows[first].start)
    stop = text.index(rows[last - 1].body, start.at + rows[last - 1].start) + len(rows[last - 1].body)
    signed = signature(rows[last:]) or signature(above) or inner_signature(rows[first:last])
    return PlanSpan(title, begin, stop, signed)


def _titled(text: str, rows: Sequence[Line]) -> tuple[Start, ...]:
    """Plans under title lines of their own, or under one title line that is repeated."""
    found = [row for row in rows if is_title(row.body) and not _is_schedule(row.body)]
    if len(found) < 2 or TWO_PARTS.search(found[0].body):
        return ()
    ends = [row.start for row in found[1:]] + [len(text)]
    real = [row for row, end in zip(found, ends, strict=True) if end - row.end >= LEAST_PLAN]
    if len(real) < 2 or (rows[0] not in real and rows[0] not in found):
        return ()
    return tuple(Start(row.start, row.end, row.body.rstrip(":：")) for row in real)


def _is_schedule(title: str) -> bool:
    """Whether a title is that of a table which belongs to the plan above it; 上半年总结和下半年工作安排 is a text's."""
    return _SCHEDULE.search(title) is not None and not TWO_PARTS.search(title)


def _opened(text: str, rows: Sequence[Line]) -> tuple[Start, ...]:
    """Plans that follow each other without any title: an opening after a text that has run its course."""
    starts = [single(text, rows)]
    openings = [opening for opening in map(partial(_opening, rows), range(1, len(rows))) if opening]
    ends = [row.start for _, _, row in openings[1:]] + [len(text)]
    for (before, cut, row), end in zip(openings, ends, strict=False):
        last = starts[-1].at
        if row.start - last < LEAST_PLAN or is_opening(before.body) or _leads_on(before.body):
            continue
        if not _is_plan([later for later in rows if row.start <= later.start < end]):
            continue
        following = text[row.start : min(end, row.start + _LOOK_AHEAD)]
        if _is_over(before.body) or _changes_sector(text[last : row.start], following):
            starts.append(Start(cut.start, cut.start, ""))
    return tuple(starts) if len(starts) > 1 else ()


def _opening(rows: Sequence[Line], i: int) -> tuple[Line, Line, Line] | None:
    """The line before row `i`, the paper's own lines left out, the first of those, and the row itself, if it opens a
    plan: by its words, or as a paragraph behind a date that signs.
    """
    k = i
    while k > 1 and (is_addressee(rows[k - 1].body) or is_head(rows[k - 1].body)):
        k -= 1
    body, signed = rows[i].body, is_dated(rows[k - 1].body)
    opens = is_opening(body) or (signed and len(body) >= _LEAST_OPENING)
    return (rows[k - 1], rows[k], rows[i]) if opens and marker(body) is None else None


def _leads_on(before: str) -> bool:
    """Whether a line introduces the next one: with a colon, or as the heading of a part."""
    return heads(before, stops="。；，") or before.endswith(("：", ":"))


def _is_plan(body: Sequence[Line]) -> bool:
    """Whether the lines behind an opening make a plan: points, or paragraphs; a closing has one and a signature."""
    points = sum(marker(row.body) is not None for row in body[1:])
    return points > 1 or sum(len(row.body) >= _PARAGRAPH for row in body) >= _LEAST_PARAGRAPHS


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


def _attached(text: str, start: Start, end: int) -> list[tuple[Start, int]]:
    """The text, cut where another one with a title of its own is stuck to it."""
    cuts = [start]
    before = ""
    for row in () if TWO_PARTS.search(start.title) else lines(text[start.at : end]):
        at = start.at + row.start
        full = at - cuts[-1].at >= LEAST_PLAN and end - at >= LEAST_PLAN
        over = before.endswith(("。", "！", "”")) or is_edge(before)
        if full and over and is_title(row.body) and not _is_schedule(row.body):
            cuts.append(Start(at, start.at + row.end, row.body))
        before = row.body
    return list(zip(cuts, [cut.cut for cut in cuts[1:]] + [end], strict=True))
