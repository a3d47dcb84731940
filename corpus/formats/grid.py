"""Tables on a printed page: lines side by side, again and again under each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.formats.lines import BARE_NUMBER, CELL, NUMBERED, Line, side_by_side


@dataclass(slots=True)
class Column:
    """The horizontal range that the lines of a table column have covered so far."""

    left: float
    right: float

    def overlaps(self, line: Line) -> bool:
        """Whether the line stands in this column."""
        return line.left < self.right and line.right > self.left


def table_at(lines: Sequence[Line], start: int) -> tuple[int, list[str]]:
    """The rows of a table beginning at `lines[start]` and the index after it; no rows when there is none."""
    columns: list[Column] = []
    rows: list[list[tuple[int, Line]]] = []
    end = start
    for index in range(start, len(lines)):
        line = lines[index]
        inside = [n for n, column in enumerate(columns) if column.overlaps(line)]
        beside = not rows or any(side_by_side(other, line) for _, other in rows[-1])
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
    numbered = len(columns) == 2 and sum(bool(BARE_NUMBER.fullmatch(row[0][1].text)) for row in rows) > len(rows) / 2
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
