"""Line breaks inside a sentence — page breaks, hard-wrapped lines — and what was printed twice around them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.cleaning.lines import Line, lines
from corpus.cleaning.pieces import Edit
from corpus.cues import load_yaml
from corpus.datatypes import RepairKind
from corpus.frame import is_edge
from corpus.markers import MarkerStyle, marker
from corpus.titles import collection_heading, is_closing, is_title
from corpus.words import words

_TERMINAL = re.compile(r"(?:[。！？!?；;：:…～~.]|\.{3})[”’」』）)】》\"]*$")
_MIDDLE = tuple("，、,—-（(《“‘〈【「")
_NO_START = re.compile(r"[，。、；：！？,;)）》”’〉】」%％]")
_PAIRS = {"《": "》", "“": "”", "‘": "’", "（": "）", "(": ")", "〈": "〉", "【": "】", "「": "」"}
_LABEL = re.compile("[^，。：:]{1,8}[:：]")
_LONG = 45  # characters of an unfinished line from which it is running text
_SHORT_POINT = 18  # characters below which a line can be a point of a list
_WRAPPED = 18  # characters from which a line can be wrapped
_RAGGED = 3  # columns by which wrapped lines differ
_BLANKS = " \u3000\t"


def broken_lines(text: str) -> Iterator[Edit]:
    """Join lines that belong to one sentence; of a fragment printed on both pages one copy goes."""
    found = list(lines(text))
    width = _wrap_width(found)
    indents = any(text[line.start] in _BLANKS for line in found)
    careless = _is_careless(found)
    for above, line in zip(found, found[1:], strict=False):
        start, end = above.start + len(text[above.start : above.end].rstrip()), text.index(line.body, line.start)
        twice = _printed_twice(above.body, line.body)
        if twice is not None:
            yield Edit(RepairKind.REPEATED, start - twice.before, end + twice.after, twice.between)
        elif _goes_on(above.body, line.body, careless=careless) or (
            width and _is_wrapped(text, above, line, width, indents=indents)
        ):
            yield Edit(RepairKind.BROKEN_LINE, start, end, _glue(above.body, line.body))


def _glue(above: str, below: str) -> str:
    """A blank between two Latin words, nothing in Chinese."""
    return " " if above[-1].isascii() and above[-1].isalpha() and below[0].isascii() and below[0].isalpha() else ""


@dataclass(frozen=True, slots=True)
class _Twice:
    """How much to cut before and after a page break, and what stands there instead."""

    before: int
    after: int
    between: str = ""


def _printed_twice(above: str, below: str) -> _Twice | None:
    """寓 | 寓教于乐: the page ends with what the next one begins with. A full stop the page put there goes too."""
    if len(above) < 15 or marker(below) or collection_heading(below) or is_title(above):
        return None
    if above[-1] in "。，、":
        bare = above.rstrip("。，、")
        torn = below[:1] == bare[-1:] and below[1:2] in ("，", "、", "；", "：") and bare[-2:] in words(bare[-8:])
        return _Twice(len(above) - len(bare), 1) if torn else None
    if _TERMINAL.search(above) or not _is_prose(above):
        return None
    for size in range(min(12, len(below) - 1), 0, -1):
        tail = below[:size]
        if above.endswith(tail) and re.search("[一-龥]", tail):
            stranded = words(above[-8:])[-1] == tail and tail * 2 not in words(tail + below)
            return _Twice(0, size) if size > 1 or stranded else None
    return None


def _goes_on(above: str, below: str, *, careless: bool) -> bool:
    """Whether `below` continues the sentence of `above`; a `careless` author's missing full stop proves nothing."""
    if _NO_START.match(below) and not _TERMINAL.search(above):
        return not below.startswith("、") or not re.match("、[一-龥]{4}", below)
    if _cannot_follow(below) or "|" in above or "|" in below or is_edge(above) or is_edge(below):
        return False
    if _TERMINAL.search(above) or collection_heading(above) or is_title(above) or is_closing(above):
        return _is_open(above, below) and not _TERMINAL.search(above)
    if above.endswith(_MIDDLE) or _is_open(above, below) or words(above[-8:])[-1] in _evidence().dangling:
        return len(above) > 6
    if not careless and _is_prose(above):
        return not _evidence().signature.fullmatch(below) or len(below) > 20
    return _is_torn(above, below)


def _cannot_follow(below: str) -> bool:
    return bool(marker(below) or collection_heading(below) or is_title(below) or is_closing(below))


def _is_open(above: str, below: str) -> bool:
    """Whether a bracket or quote opened above is closed below."""
    for opening, closing in _PAIRS.items():
        last = above.rfind(opening)
        if last >= 0 and closing not in above[last:] and closing in below[:80]:
            return opening not in below[: below.index(closing)]
    return False


def _is_prose(above: str) -> bool:
    """Whether an unfinished line is running text and no heading or list item."""
    mark = marker(above)
    inner = re.search("[。；！？]", above[mark.end if mark else 0 :])
    if inner:
        return True
    if mark is not None and mark.style in (MarkerStyle.PART, MarkerStyle.HAN, MarkerStyle.HAN_BRACKET):
        return False
    return len(above) >= _LONG and len(re.findall("[，,]", above)) >= 2


def _is_torn(above: str, below: str) -> bool:
    """Whether a word stands across the break, or below begins with a word that never begins a line."""
    first = words(below[:8])[:1]
    joined = first and (
        (len(above) >= 8 and first[0] in _evidence().bound)
        or (len(above) >= _SHORT_POINT and first[0] in _evidence().joining)
    )
    if joined:
        return True
    labelled = _LABEL.match(above) and _LABEL.match(below)  # 一等奖：… above 二等奖：…
    if labelled or len(above) < 10 or not re.search("[一-龥]$", above) or not re.match("[一-龥]", below):
        return False
    tail = words(above[-10:])
    position = 0
    for word in words(above[-10:] + below[:8]):
        position += len(word)
        if position > 10:
            crosses = position - len(word) < 10
            return crosses and len(tail[-1]) == 1 and len(word) - (position - 10) == 1
    return False


@dataclass(frozen=True, slots=True)
class _Evidence:
    """`lexicon/breaks.yaml`."""

    bound: frozenset[str]
    joining: frozenset[str]
    dangling: frozenset[str]
    signature: re.Pattern[str]


@cache
def _evidence() -> _Evidence:
    data = load_yaml("breaks.yaml")
    return _Evidence(
        frozenset(data["bound"]), frozenset(data["joining"]), frozenset(data["dangling"]), re.compile(data["signature"])
    )


def _is_careless(found: Sequence[Line]) -> bool:
    """Whether most paragraphs of a text lack their last full stop."""
    prose = [line.body for line in found if len(line.body) >= _LONG and _is_prose(line.body)]
    return sum(not _TERMINAL.search(body) for body in prose) > max(4, 0.6 * len(prose))


def _wrap_width(found: Sequence[Line]) -> int:
    """Columns at which the text is hard-wrapped, 0 where it is not: the width that most unfinished lines share.

    Numbered lines have no say: headings of equal length are a matter of style.
    """
    unfinished = [line.body for line in found if not _TERMINAL.search(line.body) and marker(line.body) is None]
    widths = [_columns(body) for body in unfinished if len(body) >= _WRAPPED]
    counts = {width: sum(width - _RAGGED <= w <= width for w in widths) for width in set(widths)}
    width = max(counts, key=lambda w: (counts[w], w), default=0)
    return width if counts and counts[width] >= max(4, 0.5 * len(widths)) else 0


def _is_wrapped(text: str, above: Line, below: Line, width: int, *, indents: bool) -> bool:
    """Whether a line reached the margin and the next one goes on, without a number.

    After a full stop only an indent would tell the next paragraph, so there lines are joined only in a text that has
    indents, and where this one has none.
    """
    columns = _columns(text[above.start : above.end].rstrip())
    body = _columns(above.body)
    full = width - _RAGGED <= columns <= width + 4 or width - _RAGGED <= body <= width
    if not full or _cannot_follow(below.body):
        return False
    indented = text[below.start : below.end][:1] in _BLANKS
    return (indents and not indented) if _TERMINAL.search(above.body) else not (indents and indented)


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
