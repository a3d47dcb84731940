"""The lines of a plan with what they are: a marker, a heading of its own, a month's label, a closing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.cleaning.lines import lines
from corpus.cues import load_yaml
from corpus.markers import Marker, MarkerStyle, marker
from corpus.titles import is_closing

_LONGEST_BARE = 26  # characters of a heading without a number
_LOST_HEADING = re.compile(r"(?<=[。！；：\s])\s*(?=[一二三四五六七八九十]{1,3}、)")
_BRACKETED = re.compile("【[^】]{2,20}】[:：]?")
_PROSE = 40  # characters from which a line is running text


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the plan: `text[start:end]`, blanks trimmed."""

    start: int
    end: int
    body: str
    mark: Marker | None
    bare_heading: bool  # names a part without a number: 指导思想, 具体工作安排如下：

    @property
    def style(self) -> MarkerStyle | None:
        """The marker's style, None without one."""
        return self.mark.style if self.mark else None


def rows(text: str) -> tuple[Row, ...]:
    """Every line of `text` that is not blank."""
    found = []
    for line in lines(text):
        start = line.start + text[line.start : line.end].index(line.body[0])
        for offset, part in _parts(line.body):
            found.append(
                Row(start + offset, start + offset + len(part), part, marker(part) or _cell_month(part), False)
            )
    found = _without_lone_months(found)
    return tuple(Row(row.start, row.end, row.body, row.mark, _is_bare_heading(found, i)) for i, row in enumerate(found))


def _cell_month(body: str) -> Marker | None:
    """The month in the second or third cell of a table's row: 1 | 三月 | 植树."""
    for cell in body.split("|")[1:3]:
        mark = marker(cell.strip())
        if mark is not None and mark.style is MarkerStyle.MONTH and mark.end == len(cell.strip()):
            return mark
    return None


def _parts(body: str) -> list[tuple[int, str]]:
    """A line and its offset; where 一、 and 二、 lost their line breaks, each with a part of the line."""
    first = marker(body)
    own = first.ordinal if first is not None and first.style is MarkerStyle.HAN else 0
    expected, starts = own + 1, [0]
    for match in _LOST_HEADING.finditer(body):
        inner = marker(body[match.end() :])
        if inner is not None and inner.style is MarkerStyle.HAN and inner.ordinal == expected:
            starts.append(match.end())
            expected += 1
    if expected < 3:
        return [(0, body)]
    return [(a, body[a:b].rstrip()) for a, b in zip(starts, [*starts[1:], len(body)], strict=True)]


def _without_lone_months(found: Sequence[Row]) -> list[Row]:
    """A month at the head of one line only is running text (五月份召开…), not a schedule."""
    if sum(row.style is MarkerStyle.MONTH for row in found) > 1:
        return list(found)
    return [Row(r.start, r.end, r.body, None, False) if r.style is MarkerStyle.MONTH else r for r in found]


def _is_bare_heading(found: Sequence[Row], i: int) -> bool:
    row = found[i]
    if row.mark or i + 1 == len(found) or len(row.body) > _LONGEST_BARE or row.body.endswith(("。", "；", "！", "，")):
        return False
    if _names().fullmatch(row.body) or _BRACKETED.fullmatch(row.body):
        return True
    if re.search("[，。；！？,;|]", row.body) or row.body.endswith(("：", ":")):
        return False
    follower = found[i + 1]
    begins = i == 0 or found[i - 1].body.endswith(("。", "；", "！", "”"))
    leads = len(follower.body) >= _PROSE or (follower.mark is not None and follower.mark.ordinal == 1)
    return begins and leads and not is_closing(row.body)


def announces(word: str) -> bool:
    """Whether a word before a colon names what stands behind it, rather than opening a slogan."""
    return _announcing().search(word) is not None


@cache
def _announcing() -> re.Pattern[str]:
    return re.compile(f"(?:{load_yaml('headings.yaml')['announcing']})$")


@cache
def _names() -> re.Pattern[str]:
    """`lexicon/headings.yaml` as one pattern for whole lines."""
    data = load_yaml("headings.yaml")
    return re.compile(f"(?:{'|'.join(data['before'])})?(?:{'|'.join(data['names'])})(?:如下)?[:：]?")
