"""Printed lines back to paragraphs and table rows, by where they stand on the page.

A page is a list of lines in content order; coordinates are points from the lower left corner. A line that reaches the
right margin goes on in the next one unless that starts a paragraph: by its indent, its number, its distance or its
size. Lines side by side, again and again under each other, are a table. Running heads and page numbers come out as
lines of their own, before a paragraph that runs across the page break, never inside it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

CELL = " | "  # between the cells of a table row, here and in every other format
NUMBERED = re.compile(
    r"[（(]?(?:[一二三四五六七八九十百]{1,3}|\d{1,2})(?:[、.．)）]|[是要](?=\D))|第[一二三四五六七八九十百\d]{1,3}[章节条部篇]"
    r"|[①-⑳⑴-⒇⒈-⒛●•◆■□▪◇★☆]|——"
)
BARE_NUMBER = re.compile(r"[（(]?(?:[一二三四五六七八九十百]{1,3}|\d{1,2})[、.．)）]|[①-⑳⑴-⒇⒈-⒛●•◆■□▪◇★☆]|—{1,2}")
PAGE_NUMBER = re.compile(r"[-—–·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，共]+\s*\d{1,4}\s*页?)?[-—–·\s]*")
FIRST_WORD = re.compile(r"[“‘（《(【]*(?:[A-Za-z0-9.,:/%-]+|.)[，。、；：！？”’）》)】…—.]*")
UNFINISHED = tuple("，、（(《“‘第和与及的")


@dataclass(frozen=True, slots=True)
class Line:
    """Text printed on one line without a gap wider than a character."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def size(self) -> float:
        """The height of its characters."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the text block of a document stands. `right` is infinite when no lines share a right edge."""

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
    return [
        {line for line in lines if PAGE_NUMBER.fullmatch(line.text) or repeated[key(line)] > 1} for lines in outermost
    ]


def _margins(lines: Sequence[Line]) -> Margins:
    size = median([line.size for line in lines] or [1.0])
    gaps = [a.bottom - b.top for a, b in zip(lines, lines[1:], strict=False) if 0 < a.bottom - b.top < 3 * size]
    lefts, rights = (Counter(round(edge / size) for edge in edges) for edges in _edges(lines))
    shared = [edge for edge in rights if rights[edge] + rights[edge - 1] >= 3]
    commonest = [edge for edge, count in lefts.items() if count >= 2] or list(lefts)
    return Margins(
        min(commonest, default=0) * size,
        max(shared) * size if shared else float("inf"),
        size,
        median(gaps or [size]),
    )


def _edges(lines: Sequence[Line]) -> tuple[list[float], list[float]]:
    return [line.left for line in lines], [line.right for line in lines]


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
        end, rows = _table(lines, index)
        if rows:
            yield from rows
        else:
            end = index + 1
            while end < len(lines) and _side_by_side(lines[end - 1], lines[end]):
                end += 1
            yield _joined(lines[index:end])
        index = end


def _side_by_side(a: Line, b: Line) -> bool:
    overlap = min(a.top, b.top) - max(a.bottom, b.bottom)
    return overlap > 0.5 * min(a.size, b.size) and b.left > a.right


def _joined(lines: Sequence[Line]) -> Line:
    text = lines[0].text
    for last, line in zip(lines, lines[1:], strict=False):
        wide = line.left - last.right > line.size and not BARE_NUMBER.fullmatch(text)
        text += (" " if wide else "") + line.text
    return Line(text, lines[0].left, lines[-1].right, lines[0].bottom, lines[0].top)


@dataclass(slots=True)
class Column:
    """The horizontal range that the lines of a table column have covered so far."""

    left: float
    right: float

    def overlaps(self, line: Line) -> bool:
        """Whether the line stands in this column."""
        return line.left < self.right and line.right > self.left


def _table(lines: Sequence[Line], start: int) -> tuple[int, list[str]]:
    """The rows of a table beginning at `lines[start]` and the index after it; no rows when there is none."""
    columns: list[Column] = []
    rows: list[list[tuple[int, Line]]] = []
    end = start
    for index in range(start, len(lines)):
        line = lines[index]
        inside = [n for n, column in enumerate(columns) if column.overlaps(line)]
        beside = not rows or any(_side_by_side(other, line) for _, other in rows[-1])
        if len(inside) > 1 or (not inside and not beside):
            break
        if not inside:
            columns.append(Column(line.left, line.right))
            inside = [len(columns) - 1]
        column = columns[inside[0]]
        column.left, column.right = min(column.left, line.left), max(column.right, line.right)
        if not rows or inside[0] < rows[-1][-1][0] or _below(rows[-1], line, column=inside[0]):
            rows.append([])
        rows[-1].append((inside[0], line))
        end = index + 1
        if len(rows) == 1 and len(rows[0]) == 2 and len(columns) < 2:
            break  # two lines under each other: not a table
    real = sum(len({n for n, _ in row}) > 1 for row in rows) > 1
    numbered = all(BARE_NUMBER.fullmatch(row[0][1].text) for row in rows if row[0][0] == 0)
    return (end, [_row_text(row, columns) for row in rows]) if real and not numbered else (start, [])


def _below(row: Sequence[tuple[int, Line]], line: Line, *, column: int) -> bool:
    """Whether a line in a later column stands lower than all of `row`, so that it begins another one."""
    return column > row[-1][0] and line.top < min(other.bottom for _, other in row)


def _row_text(row: Iterable[tuple[int, Line]], columns: Sequence[Column]) -> str:
    cells: dict[int, str] = {}
    before: dict[int, Line] = {}
    for number, line in row:
        full = number in before and before[number].right > columns[number].right - 1.5 * line.size
        separator = "" if full and not NUMBERED.match(line.text) else " "
        cells[number] = (cells[number] + separator if number in cells else "") + line.text
        before[number] = line
    return CELL.join(cells[number] for number in sorted(cells))
