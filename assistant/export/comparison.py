"""比行业 as a Word table: a column per organisation type, what all say on top, what only one says first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.datatypes import Comparison, ComparisonColumn
from assistant.export.docx import BODY_FONT, HEADING_FONT, TITLE_FONT, blank_document, fill_cell, flag, saved, write
from assistant.export.xlsx import NOTHING

if TYPE_CHECKING:
    from docx.document import Document

_TYPE_AREA = 8844  # twips, 156 mm
_SHOWN = 12  # passages of a column; the whole stands in the .xlsx


def comparison_docx(comparison: Comparison) -> bytes:
    """The comparison as the bytes of a .docx file."""
    document = blank_document()
    title = f"{comparison.topic}：{'、'.join(column.organisation for column in comparison.columns)}的写法对比"
    document.core_properties.title = title
    write(document.add_paragraph(style="Title"), title, font=TITLE_FONT)
    common = f"共同的说法：{'、'.join(comparison.common) or '无'}。"
    write(document.add_paragraph(style="Body Text"), common, font=BODY_FONT)
    rows = [[str(column.organisation) for column in comparison.columns]]
    if any(column.only_here for column in comparison.columns):
        rows.append([_only_here(column) for column in comparison.columns])
    length = max(min(_SHOWN, max(1, len(column.hits))) for column in comparison.columns)
    rows += [[_cell(column, number) for column in comparison.columns] for number in range(length)]
    _table(document, rows)
    return saved(document)


def _only_here(column: ComparisonColumn) -> str:
    return f"只有这里说：{'、'.join(column.only_here)}" if column.only_here else ""


def _cell(column: ComparisonColumn, number: int) -> str:
    if column.nothing:
        return NOTHING if number == 0 else ""
    if number >= len(column.hits):
        return ""
    passage = column.hits[number].passage
    return f"{' '.join(passage.text.split())}\n——{passage.title or passage.file}"


def _table(document: "Document", rows: Sequence[Sequence[str]]) -> None:
    from docx.shared import Twips

    width = Twips(_TYPE_AREA // len(rows[0]))
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    table.autofit = False
    cells = list(table._cells)  # one walk: table.cell(…) would walk the table for every cell
    for number, row in enumerate(rows):
        for position, text in enumerate(row):
            cell = cells[number * len(row) + position]
            cell.width = width
            style, font = ("表格表头", HEADING_FONT) if number == 0 else ("表格文字", BODY_FONT)
            fill_cell(cell, tuple(text.split("\n")), style=style, font=font)
    flag(table.rows[0], "w:tblHeader")
