"""Where the sections of a plan begin: at numbered headings, at bare ones, or, where a plan has none, by its runs."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.markers import HEADING_STYLES, MarkerStyle
from corpus.structure.rows import Row, announces
from corpus.structure.runs import headless
from corpus.titles import is_closing

_LONGEST_HEADING = 60  # characters
_SENTENCE_END = re.compile(r"[。！？：]|(?<!\d):(?!//)")  # not inside 8:30, 1:1, http://
_KEYWORD = re.compile(r"\s*([\u4e00-\u9fff]{1,3})[：:]")


@dataclass(frozen=True, slots=True)
class Cut:
    """A section begins with row `row`; its heading is the row's first `heading_end` characters, 0 for none."""

    row: int
    heading_end: int
    level: int


def cuts(rows: Sequence[Row]) -> tuple[Cut, ...]:
    """The beginnings of all sections; the first is always row 0."""
    style = _heading_style(rows)
    found: list[Cut] = []
    for i, row in enumerate(rows):
        if style is not None and row.style in (style, MarkerStyle.PART):
            found.append(Cut(i, heading_end(row, rows[i + 1] if i + 1 < len(rows) else None), _level(row)))
        elif row.bare_heading:
            found.append(Cut(i, len(row.body), 1))
    first = found[0].row if found else len(rows)
    schedule = next((i for i, row in enumerate(rows[:first]) if row.style is MarkerStyle.MONTH), first)
    introduced = schedule == first and bool(found)
    found = [Cut(i, 0, 1) for i in headless(rows[:schedule], introduces=introduced)] + found
    found += _schedules(rows, found)
    found += _ending(rows, found)
    starts = {0: Cut(0, 0, 1)} | {cut.row: cut for cut in found}  # a plan may begin with its months
    return tuple(sorted(starts.values(), key=lambda cut: cut.row))


def _level(row: Row) -> int:
    return {MarkerStyle.PART: 1, MarkerStyle.HAN: 1, MarkerStyle.HAN_BRACKET: 2}.get(row.style or MarkerStyle.DIGIT, 3)


def _heading_style(rows: Sequence[Row]) -> MarkerStyle | None:
    """The outermost style that numbers headings: 一、 before （一） before short 1、 lines above paragraphs."""
    counts = Counter(row.style for row in rows)
    pairs = list(zip(rows, (*rows[1:], None), strict=False))
    for style in HEADING_STYLES[1:]:
        if counts[style] >= 2 or any(_stands_alone(row, after) for row, after in pairs if row.style is style):
            return style
    digits = [i for i, row in enumerate(rows) if row.style is MarkerStyle.DIGIT]
    headings = [i for i in digits if i + 1 < len(rows) and len(rows[i].body) <= 30 and not rows[i + 1].mark]
    if len(digits) >= 2 and len(headings) >= 0.8 * len(digits):
        return MarkerStyle.DIGIT
    return None


def _stands_alone(row: Row, after: Row | None) -> bool:
    """Whether a single marked line is a heading: nothing follows on the line, deeper points or a paragraph below."""
    deeper = after is not None and after.mark is not None and after.style != row.style
    return not _inner_end(row) and (len(row.body) <= 30 or (deeper and len(row.body) <= _LONGEST_HEADING))


def _inner_end(row: Row) -> int:
    """Offset behind the first sentence (or lead-in) of a marked row when more text follows it; 0 otherwise."""
    match = _SENTENCE_END.search(row.body, row.mark.end if row.mark else 0)
    return match.end() if match and match.end() < len(row.body) else 0


def heading_end(row: Row, follower: Row | None) -> int:
    """How many characters of a marked row are its heading: the line, its first sentence, or none of a long one."""
    inner = _behind_keyword(row, follower) or _inner_end(row)
    if inner:
        return inner if inner <= _LONGEST_HEADING else 0
    deeper = follower is not None and follower.mark is not None and follower.style != row.style
    return len(row.body) if deeper or len(row.body) <= _LONGEST_HEADING else 0


def _behind_keyword(row: Row, follower: Row | None) -> int:
    """Offset behind the slogan that a keyword opens (一、凝心：强化政治引领) when more text follows; 0 otherwise."""
    keyword = _KEYWORD.match(row.body, row.mark.end if row.mark else 0)
    if keyword is None or announces(keyword[1]):
        return 0
    match = _SENTENCE_END.search(row.body, keyword.end())
    end = match.end() if match else len(row.body)
    followed = end < len(row.body) or (follower is not None and follower.style != row.style)
    return end if followed else 0


def _schedules(rows: Sequence[Row], found: Sequence[Cut]) -> list[Cut]:
    """Month-by-month lists that no heading announces: of each section the first month's row."""
    heads = sorted(cut.row for cut in found)
    taken, reached, result = set(heads), -1, []
    for i, row in enumerate(rows):
        if row.style is not MarkerStyle.MONTH:
            continue
        heading = heads[bisect_right(heads, i) - 1] if heads and heads[0] <= i else 0
        first, reached = reached <= heading, i
        if first and i > 0 and i not in taken and not _is_table(rows[heading + 1 : i]):
            result.append(Cut(i, 0, 1))
    return result


def _is_table(rows: Sequence[Row]) -> bool:
    """Whether only a table's head, or nothing, stands here."""
    return all("|" in row.body for row in rows)


def _ending(rows: Sequence[Row], found: Sequence[Cut]) -> list[Cut]:
    """A closing paragraph after the last item."""
    last = len(rows) - 1
    while last > 0 and len(rows[last].body) < 40:
        last -= 1
    row = rows[last] if rows else None
    if row is None or last == 0 or row.mark or row.bare_heading:
        return []
    return [Cut(last, 0, 1)] if is_closing(row.body) else []
