"""A draft as plain text, ready to paste: paragraphs indented by two characters, signature and date to the right."""

from assistant.datatypes import Draft
from assistant.export.lines import Line, LineKind, draft_lines, month_cells, schedule_rows

INDENT = "　　"
LINE_WIDTH = 28  # full-width characters in an official line


def plain_text(draft: Draft) -> str:
    """The whole draft as plain text, a paragraph a line, ending in a newline."""
    rows = [draft.title, ""]
    for is_schedule, lines in schedule_rows(draft_lines(draft)):
        rows.extend(_schedule(lines) if is_schedule else (_row(line) for line in lines))
    rows.extend(("", _right(draft.signature), _right(draft.dated)))
    return "\n".join(rows).rstrip() + "\n"


def month_text(points: tuple[Line, ...]) -> tuple[str, ...]:
    """The points of one month, numbered when there are several."""
    if len(points) == 1:
        return (points[0].text,)
    return tuple(f"{count}.{point.text}" for count, point in enumerate(points, start=1))


def _row(line: Line) -> str:
    return INDENT + line.number + (line.title if line.kind is LineKind.HEADING else line.text)


def _schedule(lines: tuple[Line, ...]) -> list[str]:
    return [f"{INDENT}{month}：{_run_on(month_text(points))}" for month, points in month_cells(lines)]


def _run_on(points: tuple[str, ...]) -> str:
    """Points in one line: a ； between them unless they end by themselves."""
    return "".join(p if p[-1:] in "。；" else p + "；" for p in points[:-1]) + points[-1]


def _right(text: str) -> str:
    width = sum(1.0 if ord(character) > 0x2000 else 0.5 for character in text)
    return "　" * max(0, int(LINE_WIDTH - 2 - width)) + text if text else ""
