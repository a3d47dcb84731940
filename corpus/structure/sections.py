"""Where the sections of a plan begin: at numbered headings, at bare ones, or, where a plan has none, by its runs."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.markers import MarkerStyle
from corpus.structure.rows import Row
from corpus.titles import is_closing

_LONGEST_HEADING = 60  # characters
_OWN_SECTION = 60  # average characters from which every item of a single run is a part of its own
_SENTENCE_END = re.compile("[。！？：:]")
_HEADING_STYLES = (MarkerStyle.PART, MarkerStyle.HAN, MarkerStyle.HAN_BRACKET)


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
    found = list(_headless(rows[:schedule], before_heading=schedule == first and bool(found))) + found
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
    for style in _HEADING_STYLES[1:]:
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
    inner = _inner_end(row)
    if inner:
        return inner if inner <= _LONGEST_HEADING else 0
    deeper = follower is not None and follower.mark is not None and follower.style != row.style
    return len(row.body) if deeper or len(row.body) <= _LONGEST_HEADING else 0


def _headless(rows: Sequence[Row], *, before_heading: bool) -> list[Cut]:
    """Sections of a stretch without headings: runs of numbers, else paragraphs."""
    if not rows:
        return []
    if before_heading and not any(row.style is MarkerStyle.DIGIT for row in rows):
        return [Cut(0, 0, 1)]
    runs = _runs(rows)
    starts: set[int] = {0}
    inside = False
    for i, row in enumerate(rows):
        if i in runs:
            starts |= _run_starts(rows, i, runs)
            inside = True
        elif row.mark is None and not (inside and _goes_on(rows, i)):
            starts.add(i)
            inside = False
        elif _opens_dashes(rows, i) or _whole_enumeration(row):
            starts.add(i)
    return [Cut(i, 0, 1) for i in sorted(starts)]


def _runs(rows: Sequence[Row]) -> dict[int, int]:
    """First row -> row count of each run 1、2、3 …; a number that does not rise begins another run."""
    found: dict[int, int] = {}
    first, last = -1, 0
    for i, row in enumerate(rows):
        if row.mark is None or row.mark.style is not MarkerStyle.DIGIT:
            continue
        ordinal = row.mark.ordinal or last + 1
        if first < 0 or ordinal <= last:
            first = i
            found[first] = 0
        found[first] += 1
        last = ordinal
    return found


def _run_starts(rows: Sequence[Row], first: int, runs: dict[int, int]) -> set[int]:
    following = [i for i in runs if i > first]
    end = min(following, default=len(rows))
    members = [i for i in range(first, end) if rows[i].style is MarkerStyle.DIGIT]
    length = sum(len(row.body) for row in rows[first:end])
    if len(runs) == 1 and len(members) > 2 and length / len(members) >= _OWN_SECTION:
        return set(members)
    led = first > 1 and rows[first - 1].mark is None and not rows[first - 1].bare_heading
    return set() if led else {first}


def _goes_on(rows: Sequence[Row], i: int) -> bool:
    """Whether an unmarked paragraph after a numbered item still belongs to its run."""
    later = next((row for row in rows[i + 1 :] if row.style is MarkerStyle.DIGIT), None)
    earlier = next((row for row in reversed(rows[:i]) if row.style is MarkerStyle.DIGIT), None)
    if later is None or earlier is None or later.mark is None or earlier.mark is None:
        return False
    return later.mark.ordinal > earlier.mark.ordinal


def _opens_dashes(rows: Sequence[Row], i: int) -> bool:
    dashes = all(row.style is MarkerStyle.DASH for row in rows[i : i + 3]) and len(rows) >= i + 3
    return dashes and i > 0 and rows[i - 1].style is MarkerStyle.DIGIT and not rows[i - 1].body.endswith(("：", ":"))


def _whole_enumeration(row: Row) -> bool:
    """一是 …二是 … in one paragraph: a part of its own, not a point of the paragraph before."""
    return (
        row.style is MarkerStyle.ENUMERATION and row.mark is not None and row.mark.ordinal == 1 and "二是" in row.body
    )


def _schedules(rows: Sequence[Row], found: Sequence[Cut]) -> list[Cut]:
    """A month-by-month list that no heading announces."""
    taken = {cut.row for cut in found}
    months = [i for i, row in enumerate(rows) if row.style is MarkerStyle.MONTH]
    result = []
    for i in months:
        heading = max((cut.row for cut in found if cut.row <= i), default=0)
        announced = all("|" in row.body for row in rows[heading + 1 : i])  # a table's head may stand between
        if not any(heading < j < i for j in months) and i not in taken and not announced and i > 0:
            result.append(Cut(i, 0, 1))
    return result


def _ending(rows: Sequence[Row], found: Sequence[Cut]) -> list[Cut]:
    """A closing paragraph after the last item."""
    last = len(rows) - 1
    while last > 0 and len(rows[last].body) < 40:
        last -= 1
    row = rows[last] if rows else None
    if row is None or last == 0 or row.mark or row.bare_heading:
        return []
    return [Cut(last, 0, 1)] if is_closing(row.body) else []
