"""A cleaned document to the plans in it: 篇一…, 计划二：, repeated titles, or only one opening after another."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.cleaning.lines import Line, lines
from corpus.cleaning.script import as_rules_read
from corpus.datatypes import OrganisationType, PlanSpan
from corpus.markers import MarkerStyle, marker
from corpus.organisation import organisation_scores
from corpus.titles import CollectionHeading, collection_heading, is_closing, is_first_title, is_opening, is_title

_LEAST_TEXT = 30  # characters below which a heading heads nothing (a table of contents)
_LEAST_PLAN = 250  # characters below which what lies between two openings is no plan
_PARAGRAPH, _LEAST_PARAGRAPHS = 60, 3  # characters of a paragraph; how many make a plan without numbers
_SECTOR_MARGIN = 1.6  # how much stronger the new sector must be than the old one
_LOOK_AHEAD = 300  # characters of the new plan in which its sector shows
_LONGEST_LETTER = 500  # characters of a letter that brings a plan
_COVER_LETTER = re.compile("印发给|转发给|现将[^。]{0,60}(?:印发|转发|下发)|特此通知")
_NUMBERED_TITLE = 40  # characters of a line that numbers a text
_UNIT_NAME = 30  # characters of a line above the title
_NAME = re.compile(r"[\w（）()·]{2,}(?:工会|委员会|局|校|院|公司|中学|小学|大学|幼儿园|总工会|镇|乡|街道|社区)")
_SECOND_LINE = re.compile(r"(?:及|和|与|暨|——|—|—{2,}).{2,40}(?:计划|打算|要点|安排|思路|报告|总结)")
_SCHEDULE = re.compile("(?:安排表?|行事历|计划表)[:：]?$")  # belongs to the plan it follows
_TWO_PARTS = re.compile("总结.*(?:计划|打算|要点|安排|思路)|回顾.*(?:展望|打算)")
_SUBTITLE = re.compile(r"[（(]?(?:\d{4}|〔年份〕)年\d{1,2}月(?:\d{1,2}日)?.{0,16}[)）]?|[（(].{0,24}(?:稿|通过)[)）]")


@dataclass(frozen=True, slots=True)
class _Start:
    """A plan begins at `at` under `title`; the title's own line begins at `cut`."""

    cut: int
    at: int
    title: str


def split(text: str, *, name: str) -> tuple[PlanSpan, ...]:
    """The plans of a cleaned text, in order. `name` is the file's name, for error reports only."""
    original, text = text, as_rules_read(text)
    rows = tuple(lines(text))
    starts = _numbered(text, rows) or _titled(text, rows) or _opened(text, rows)
    if not starts:
        starts = (_single(text, rows),)
    ends = [start.cut for start in starts[1:]] + [len(text)]
    spans = []
    for start, end in zip(starts, ends, strict=True):
        for inner, inner_end in _attached(text, start, end):
            spans.append(_trimmed(original, text, inner, inner_end))
    found = tuple(span for span in spans if span.end > span.start)
    if found or not text.strip():
        return found
    return (_trimmed(original, text, _Start(0, 0, ""), len(text)),)  # all of it looked like a title


def _trimmed(original: str, text: str, start: _Start, end: int) -> PlanSpan:
    body = text[start.at : end]
    first = start.at + len(body) - len(body.lstrip())
    name = text.find(start.title, start.cut)
    title = original[name : name + len(start.title)] if name >= 0 else start.title
    return PlanSpan(title, first, first + len(body.strip()))


def _numbered(text: str, rows: Sequence[Line]) -> tuple[_Start, ...]:
    """Plans under numbered headings of one style, at least two that count upwards."""
    found: dict[str, list[tuple[Line, CollectionHeading]]] = {}
    for row in rows:
        heading = collection_heading(row.body)
        if heading is not None:
            found.setdefault(heading.style, []).append((row, heading))
    chains = [_chain(text, entries) for entries in found.values() if len(entries) > 1]
    return max(chains, key=len, default=())


def _chain(text: str, entries: list[tuple[Line, CollectionHeading]]) -> tuple[_Start, ...]:
    ends = [row.start for row, _ in entries[1:]] + [len(text)]
    bodies = [text.index(row.body, row.start) + heading.end for row, heading in entries]
    real = [
        (row, heading, at)
        for (row, heading), at, end in zip(entries, bodies, ends, strict=True)
        if end - at >= _LEAST_TEXT
    ]
    rising = sum(b[1].ordinal == a[1].ordinal + 1 for a, b in zip(real, real[1:], strict=False))
    if len(real) < 2 or rising < (len(real) - 1) / 2:
        return ()
    first = _unnumbered_first(text, real[0][0].start) if real[0][1].ordinal == 2 else ()
    return (*first, *(_below_heading(text, row.start, at, heading.name) for row, heading, at in real))


def _unnumbered_first(text: str, end: int) -> tuple[_Start, ...]:
    """The first text of a collection that begins to count with the second."""
    start = _single(text, tuple(lines(text[:end])))
    return (start,) if end - start.at >= _LEAST_PLAN else ()


def _below_heading(text: str, cut: int, at: int, name: str) -> _Start:
    """The text's beginning below its number and, where it stands there once more, its title."""
    below = next(lines(text[at : at + 200]), None)
    if below is not None and (below.body == name or (is_title(below.body) and len(below.body) >= 8)):
        return _Start(cut, at + below.end, below.body)
    return _Start(cut, at, name)


def _titled(text: str, rows: Sequence[Line]) -> tuple[_Start, ...]:
    """Plans under title lines of their own, or under one title line that is repeated."""
    found = [row for row in rows if is_title(row.body) and not _SCHEDULE.search(row.body)]
    if len(found) < 2 or _TWO_PARTS.search(found[0].body):
        return ()
    ends = [row.start for row in found[1:]] + [len(text)]
    real = [row for row, end in zip(found, ends, strict=True) if end - row.end >= _LEAST_PLAN]
    if len(real) < 2 or (rows[0] not in real and rows[0] not in found):
        return ()
    return tuple(_Start(row.start, row.end, row.body.rstrip(":：")) for row in real)


def _opened(text: str, rows: Sequence[Line]) -> tuple[_Start, ...]:
    """Plans that follow each other without any title: an opening after a text that has run its course."""
    starts = [_single(text, rows)]
    openings = [
        (before, row)
        for before, row in zip(rows, rows[1:], strict=False)
        if marker(row.body) is None and is_opening(row.body)
    ]
    ends = [row.start for _, row in openings[1:]] + [len(text)]
    for (before, row), end in zip(openings, ends, strict=False):
        last = starts[-1].at
        if row.start - last < _LEAST_PLAN or is_opening(before.body) or before.body.endswith(("：", ":")):
            continue
        if not _is_plan([later for later in rows if row.start <= later.start < end]):
            continue
        following = text[row.start : min(end, row.start + _LOOK_AHEAD)]
        if _is_over(before.body) or _changes_sector(text[last : row.start], following):
            starts.append(_Start(row.start, row.start, ""))
    return tuple(starts) if len(starts) > 1 else ()


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


def _single(text: str, rows: Sequence[Line]) -> _Start:
    """The one plan of a document, below its title where the first lines, or a cover letter, lead to one."""
    for i, row in enumerate(rows):
        letter = row.start < _LONGEST_LETTER and _COVER_LETTER.search(text, 0, row.start)
        if is_title(row.body) or (i < 4 and (is_first_title(row.body) or collection_heading(row.body))):
            return _titled_start(rows, i)
        if not letter and (i == 4 or _is_text(row.body)):
            break
    return _Start(0, 0, "")


def _titled_start(rows: Sequence[Line], i: int) -> _Start:
    """The text below a title that may take up the lines beside it: the unit's name, 及……工作计划, a date."""
    while i + 1 < len(rows) and is_title(rows[i + 1].body):  # the page's name for it above the author's
        i += 1
    if i + 1 < len(rows) and collection_heading(rows[i + 1].body) and len(rows[i + 1].body) <= _NUMBERED_TITLE:
        i += 1  # the only text of its collection that is left
    title, last = rows[i].body, i
    if i and len(rows[i - 1].body) <= _UNIT_NAME and _NAME.fullmatch(rows[i - 1].body):
        title = rows[i - 1].body + title
    if last + 1 < len(rows) and _SECOND_LINE.fullmatch(rows[last + 1].body):
        last += 1
        title += rows[last].body
    if last + 1 < len(rows) and _SUBTITLE.fullmatch(rows[last + 1].body):
        last += 1
    return _Start(rows[i].start, rows[last].end, title.rstrip(":："))


def _is_text(body: str) -> bool:
    letter = _COVER_LETTER.search(body)
    return letter is None and (len(body) > 60 or re.search("[。；]", body) is not None)


def _attached(text: str, start: _Start, end: int) -> list[tuple[_Start, int]]:
    """The text, cut where another one with a title of its own is stuck to it."""
    cuts = [start]
    before = ""
    for row in () if _TWO_PARTS.search(start.title) else lines(text[start.at : end]):
        at = start.at + row.start
        full = at - cuts[-1].at >= _LEAST_PLAN and end - at >= _LEAST_PLAN
        if full and before.endswith(("。", "！", "”")) and is_title(row.body) and not _SCHEDULE.search(row.body):
            cuts.append(_Start(at, start.at + row.end, row.body))
        before = row.body
    return list(zip(cuts, [cut.cut for cut in cuts[1:]] + [end], strict=True))
