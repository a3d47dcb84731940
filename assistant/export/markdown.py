"""A draft as Markdown: headings, paragraphs and the monthly schedule as a table."""

import re

from assistant.datatypes import Draft
from assistant.export.lines import Line, LineKind, draft_lines, month_cells, schedule_rows
from assistant.export.text import month_text

SPECIAL = re.compile(r"([\\`*_<>\[\]|])")  # characters Markdown would take as marks


def markdown(draft: Draft) -> str:
    """The whole draft as Markdown, ending in a newline."""
    blocks = [f"# {escape(draft.title)}"]
    for is_schedule, lines in schedule_rows(draft_lines(draft)):
        blocks.extend((_table(lines),) if is_schedule else (_block(line) for line in lines))
    blocks.extend(escape(line) for line in (draft.signature, draft.dated) if line)
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    """Text that Markdown prints as it is."""
    return SPECIAL.sub(r"\\\1", text)


def _block(line: Line) -> str:
    if line.kind is LineKind.HEADING:
        return f"## {line.number}{escape(line.title)}"
    body = escape("".join(sentence.text for sentence in line.sentences))
    # "1." begins no Markdown list here, for no blank follows it
    return f"{line.number}**{escape(line.title)}**{body}" if line.title else line.number + body


def _table(lines: tuple[Line, ...]) -> str:
    rows = ["| 月份 | 主要工作 |", "| --- | --- |"]
    for month, points in month_cells(lines):
        rows.append(f"| {month} | {'<br>'.join(escape(point) for point in month_text(points))} |")
    return "\n".join(rows)
