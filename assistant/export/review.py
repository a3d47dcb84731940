"""审核稿 and 出处附件: the draft for the person who signs it, every sentence with its source."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.datatypes import Draft
from assistant.drafting.outline import section_id
from assistant.export.docx import BODY_FONT, HEADING_FONT, fill_cell, flag, laid_out, saved, write
from assistant.export.lines import Line, draft_lines
from assistant.export.origins import Origin, origins, passages_by_id
from assistant.timeline import Timeline
from corpus.datatypes import Passage, Topic

if TYPE_CHECKING:
    from docx.document import Document

AUTHOR, INITIALS = "工笔", "工笔"
APPENDIX = "附件：出处一览"
COLUMNS = (("位置", 1700), ("语句", 2600), ("来历和改动", 4544))  # twips; together the 156 mm of the type area


def review_docx(draft: Draft, *, passages: Sequence[Passage], timeline: Timeline) -> bytes:
    """The draft with one Word comment a paragraph that tells the source of its sentences and what was changed."""
    document, printed = laid_out(draft)
    by_id = passages_by_id(draft, passages)
    for paragraph, line in printed:
        found = origins(line.sentences, by_id=by_id, timeline=timeline)
        if found and paragraph.runs:
            document.add_comment(paragraph.runs, text=_comment(found), author=AUTHOR, initials=INITIALS)
    return saved(document)


def sourced_docx(draft: Draft, *, passages: Sequence[Passage], timeline: Timeline) -> bytes:
    """The clean draft followed by a page that lists the source of every sentence."""
    document, _ = laid_out(draft)
    rows = list(_rows(draft, passages_by_id(draft, passages), timeline))
    heading = document.add_paragraph(style="Body Text")
    heading.paragraph_format.page_break_before = True
    heading.paragraph_format.first_line_indent = 0
    write(heading, APPENDIX, font=HEADING_FONT)
    _table(document, rows)
    return saved(document)


def _comment(found: Sequence[Origin]) -> str:
    if len(found) == 1:
        return _told(found[0])
    return "\n".join(f"{count}.“{origin.head}” {_told(origin)}" for count, origin in enumerate(found, start=1))


def _told(origin: Origin) -> str:
    return f"{origin.source}。改动：{origin.changes}" if origin.changes else origin.source


def _rows(draft: Draft, by_id: Mapping[str, Passage], timeline: Timeline) -> list[tuple[str, str, str]]:
    found = []
    place = "开头"
    for line in draft_lines(draft):
        place = line.number + line.title if line.paragraph < 0 else _closing(line, place)
        for origin in origins(line.sentences, by_id=by_id, timeline=timeline):
            where = f"{place}\n{line.number}" if line.number and line.paragraph >= 0 else place
            found.append((where, origin.head, _told(origin)))
    return found


def _closing(line: Line, place: str) -> str:
    return "结尾" if line.section == section_id(Topic.CLOSING) else place


def _table(document: "Document", rows: Sequence[tuple[str, str, str]]) -> None:
    from docx.shared import Twips

    table = document.add_table(rows=len(rows) + 1, cols=len(COLUMNS), style="Table Grid")
    table.autofit = False
    for column, (_, width) in zip(table.columns, COLUMNS, strict=True):
        column.width = Twips(width)
    cells = list(table._cells)  # one walk: table.cell(…) would walk the table for every cell
    for number, row in enumerate([tuple(name for name, _ in COLUMNS), *rows]):
        for position, text in enumerate(row):
            cell = cells[number * len(COLUMNS) + position]
            cell.width = Twips(COLUMNS[position][1])
            style, font = ("表格表头", HEADING_FONT) if number == 0 else ("表格文字", BODY_FONT)
            fill_cell(cell, tuple(text.split("\n")), style=style, font=font)
    flag(table.rows[0], "w:tblHeader")
