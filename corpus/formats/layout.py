"""Printed lines back to paragraphs and table rows, by where they stand on the page.

A page is a list of lines in content order; coordinates are points from the lower left corner. A line that reaches the
right margin goes on in the next one unless that starts a paragraph: by its indent, its number, its distance or its
size. Lines side by side, again and again under each other, are a table. Running heads and page numbers come out as
lines of their own, before a paragraph that runs across the page break, never inside it.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from corpus.formats.grid import table_at
from corpus.formats.lines import BARE_NUMBER, NUMBERED, Line, overlap, side_by_side

PAGE_NUMBER = re.compile(r"[-—–·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，共]+\s*\d{1,4}\s*页?)?[-—–·\s]*")
# What a line breaker keeps together: quotation marks hold on to both neighbours, closing marks to the one before.
FIRST_WORD = re.compile(
    r"[“‘（《(【]*(?:[A-Za-z0-9_.,:/%-]+|.)(?:[“‘”’]+(?:[A-Za-z0-9_.%-]+|.)?|[，。、；：！？）》)】…—.]+[A-Za-z0-9_]*)*"
)
UNFINISHED = tuple("，、（(《“‘第和与及的")


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the text block of a document stands: the outermost edges that several lines share.

    Without such an edge `right` is infinite.
    """

    left: float
    right: float
    size: float  # a character
    gap: float  # between the lines of a paragraph


@dataclass(slots=True)
class Paragraph:
    """A paragraph while lines are added to it."""

    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its lines, with a space only where two Latin words or numbers meet."""
        text = ""
        for line in self.lines:
            joint = text[-1:] + line.text[:1]
            text += (" " if len(joint) == 2 and joint.isascii() and joint.isalnum() else "") + line.text
        return text


def text_of_pages(pages: Sequence[Sequence[Line]]) -> str:
    """The pages' text: a paragraph or table row a line."""
    furniture = _furniture(pages)
    bodies = [[line for line in page if line not in furniture[n]] for n, page in enumerate(pages)]
    margins = _margins([line for body in bodies for line in body])
    out: list[str] = []
    open_paragraph = Paragraph()
    waiting: list[str] = []  # furniture met since the last block
    for number, body in enumerate(bodies):
        waiting += [line.text for line in pages[number] if line in furniture[number]]
        for n, block in enumerate(_blocks(body)):
            if isinstance(block, str) or not _goes_on(open_paragraph, block, margins, fresh_page=n == 0):
                out.append(open_paragraph.text)
                open_paragraph = Paragraph()
            out += waiting
            waiting = []
            if isinstance(block, str):
                out.append(block)
            else:
                open_paragraph.lines.append(block)
    out += [open_paragraph.text, *waiting]
    return "\n".join(line for line in out if line) + "\n"


def _furniture(pages: Sequence[Sequence[Line]]) -> list[set[Line]]:
    """Per page, the outermost lines that are page numbers or stand on several pages at the same height."""

    def key(line: Line) -> tuple[str, int]:
        return re.sub(r"\d+", "0", line.text), round(line.bottom / 3)

    outermost = []
    for page in pages:
        by_height = sorted(page, key=lambda line: line.bottom)
        outermost.append({*by_height[:3], *by_height[-3:]})
    repeated = Counter(key(line) for lines in outermost for line in lines)

    def is_furniture(line: Line, page: Sequence[Line]) -> bool:
        if repeated[key(line)] > 1 and not line.text.endswith(("。", "；", "！", "？", "，", "、")):
            return True
        alone = not any(overlap(line, other) > 0 for other in page if other is not line)
        return alone and PAGE_NUMBER.fullmatch(line.text) is not None  # and not the number of a table row

    return [{line for line in lines if is_furniture(line, page)} for lines, page in zip(outermost, pages, strict=True)]


def _margins(lines: Sequence[Line]) -> Margins:
    size = median([line.size for line in lines] or [1.0])
    gaps = [a.bottom - b.top for a, b in zip(lines, lines[1:], strict=False) if 0 < a.bottom - b.top < 3 * size]
    lefts, rights = sorted(line.left for line in lines), sorted((line.right for line in lines), reverse=True)
    left = next((a for a, b in zip(lefts, lefts[1:], strict=False) if b - a < size), lefts[0] if lefts else 0.0)
    right = next((a for a, c in zip(rights, rights[2:], strict=False) if a - c < size), math.inf)
    return Margins(left, right, size, median(gaps or [size]))


def _goes_on(paragraph: Paragraph, line: Line, margins: Margins, *, fresh_page: bool) -> bool:
    """Whether `line` continues `paragraph`."""
    if not paragraph.lines:
        return True
    last, size = paragraph.lines[-1], margins.size
    if last.right + _first_word_width(line.text) * size < margins.right - 0.7 * size:
        return False  # the line broke although more would have fitted
    if not 0.8 < line.size / last.size < 1.25:
        return False
    if not fresh_page and last.bottom - line.top > 1.6 * margins.gap + 0.1 * size:
        return False
    if NUMBERED.match(line.text):
        return last.text.endswith(UNFINISHED)
    return _stands_like_next(paragraph.lines, line, margins)


def _first_word_width(text: str) -> float:
    """The width, in characters, of what a line breaker had to keep together at the beginning of `text`."""
    word = FIRST_WORD.match(text)
    return sum(0.5 if character.isascii() else 1.0 for character in word[0]) if word else 0.0


def _stands_like_next(lines: Sequence[Line], line: Line, margins: Margins) -> bool:
    """Whether `line` is indented like a later line of the paragraph, not like a first one."""
    near = 0.7 * margins.size
    off_centre = max(abs(one.left + one.right - margins.left - margins.right) for one in (lines[-1], line))
    if off_centre < margins.size and line.left > margins.left + near:  # a centred title of several lines
        return True
    if len(lines) > 1:
        return abs(line.left - lines[-1].left) < near
    first = lines[0].left
    if line.left < first - near:  # the first line was indented
        return True
    if line.left > first + near:  # a hanging indent after a number
        return bool(NUMBERED.match(lines[0].text))
    return first < margins.left + near  # a block without indents


def _blocks(lines: Sequence[Line]) -> Iterator[Line | str]:
    """Table rows as text, other lines as they are, lines side by side joined."""
    index = 0
    while index < len(lines):
        end, rows = table_at(lines, index)
        if rows:
            yield from rows
        else:
            end = index + 1
            while end < len(lines) and side_by_side(lines[end - 1], lines[end]):
                end += 1
            yield _joined(lines[index:end])
        index = end


def _joined(lines: Sequence[Line]) -> Line:
    text = lines[0].text
    for last, line in zip(lines, lines[1:], strict=False):
        wide = line.left - last.right > line.size and not BARE_NUMBER.fullmatch(text)
        text += (" " if wide else "") + line.text
    return Line(text, lines[0].left, lines[-1].right, lines[0].bottom, lines[0].top)
