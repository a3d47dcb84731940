"""A draft as .docx in the layout of 公文 (GB/T 9704-2012).

The page, its grid, fonts and styles are the XML parts in `gongwen/`: no theme, so no theme font can override a name.
Chinese marks that Word would print in a Latin font (“ ” — …) are marked as East Asian text, run by run.
"""

import re
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING

from assistant.datatypes import Draft
from assistant.export.lines import Line, LineKind, draft_lines, month_cells, schedule_rows
from assistant.export.text import month_text
from corpus.words import words

if TYPE_CHECKING:
    from docx.document import Document
    from docx.shared import Twips
    from docx.table import _Cell as Cell
    from docx.table import _Row as Row
    from docx.text.paragraph import Paragraph

PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_relationships.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document_relationships.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "fonts.xml",
    "word/footer1.xml": "footer_odd.xml",
    "word/footer2.xml": "footer_even.xml",
}
TITLE_FONT, BODY_FONT, HEADING_FONT, LEAD_IN_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LATIN = re.compile(r"[0-9A-Za-z%.,:/+\-]*[0-9A-Za-z%][0-9A-Za-z%.,:/+\-]*")  # printed in the Latin font
GRID_LINE = 579  # twips, one of 22 lines
TITLE_LINE = 700  # twips, 35 pt for 2号
TITLE_CHARACTERS = 19  # 156 mm hold 20 characters of 2号; one stays free
CHARACTER = 315  # twips, 3号 set 0.25 pt close, one of 28 in a line
MONTH_COLUMN, WORK_COLUMN = 1264, 7580  # twips; together the 156 mm of the type area


def docx_bytes(draft: Draft) -> bytes:
    """The whole draft as the bytes of a .docx file."""
    document, _ = laid_out(draft)
    return saved(document)


def laid_out(draft: Draft) -> tuple["Document", tuple[tuple["Paragraph", Line], ...]]:
    """The whole draft as a document, and which paragraph prints which line."""
    document = blank_document()
    _properties(document, draft=draft)
    title(document, draft.title)
    printed: list[tuple[Paragraph, Line]] = []
    space_before = None  # text directly below a table needs air
    for is_schedule, lines in schedule_rows(draft_lines(draft)):
        if is_schedule:
            printed += _schedule(document, lines)
            space_before = _twips(GRID_LINE // 2)
            continue
        for line in lines:
            paragraph = _body(document, line)
            paragraph.paragraph_format.space_before, space_before = space_before, None
            printed.append((paragraph, line))
    signature_block(document, signature=draft.signature, dated=draft.dated)
    return document, tuple(printed)


def blank_document() -> "Document":
    """An empty document with the page, styles and footers of an official one."""
    import docx

    return docx.Document(BytesIO(_template()))


def saved(document: "Document") -> bytes:
    """The bytes of a document."""
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def title_lines(text: str) -> tuple[str, ...]:
    """A long title cut into balanced lines between words, before a year where that fits."""
    if len(text) <= TITLE_CHARACTERS:
        return (text,)
    cuts = [cut for cut in _word_starts(text) if max(cut, len(text) - cut) <= TITLE_CHARACTERS]
    if not cuts:
        cut = min(_word_starts(text), key=lambda cut: abs(cut - TITLE_CHARACTERS + 1))
        return (text[:cut], *title_lines(text[cut:]))
    years = [cut for cut in cuts if re.match(r"[12]\d{3}|二〇", text[cut:])]
    cut = min(years or cuts, key=lambda cut: abs(2 * cut - len(text)))
    return text[:cut], text[cut:]


def signature_indents(signature: str, dated: str) -> tuple[float, float]:
    """Distances from the right edge in characters: the signature stands two in, the date starts two right of it;
    a date too long for that stands two in itself and pushes the signature left.
    """
    overhang = _width(signature) - _width(dated)
    return (2.0, overhang) if overhang >= 2 else (4.0 - overhang, 2.0)


@cache
def _template() -> bytes:
    target = BytesIO()
    folder = files("assistant.export") / "gongwen"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for part, name in PARTS.items():
            package.writestr(part, (folder / name).read_bytes())
    return target.getvalue()


def _properties(document: "Document", *, draft: Draft) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.language = draft.title, draft.signature, "zh-CN"
    properties.last_modified_by, properties.comments = draft.signature, ""


def title(document: "Document", text: str) -> None:
    """The title, centred, in balanced lines."""
    lines = title_lines(text)
    paragraph = document.add_paragraph(style="Title")
    for position, line in enumerate(lines):
        if position:
            paragraph.add_run().add_break()
        write(paragraph, line, font=TITLE_FONT)
    # the title and the blank line below it fill whole grid lines
    paragraph.paragraph_format.space_after = _twips((len(lines) + 1) * GRID_LINE - len(lines) * TITLE_LINE)


def _body(document: "Document", line: Line) -> "Paragraph":
    sentences = "".join(sentence.text for sentence in line.sentences)
    if line.kind is LineKind.HEADING:
        paragraph = document.add_paragraph(style="heading 1")
        write(paragraph, line.number + line.title, font=HEADING_FONT)
    elif line.title and not sentences:
        paragraph = document.add_paragraph(style="heading 2")
        write(paragraph, line.number + line.title, font=LEAD_IN_FONT)
    else:
        paragraph = document.add_paragraph(style="Body Text")
        lead_in = line.number + line.title if line.title else ""
        write(paragraph, lead_in, font=LEAD_IN_FONT, style="二级标题")
        write(paragraph, sentences if lead_in else line.number + sentences, font=BODY_FONT)
    return paragraph


def _schedule(document: "Document", lines: tuple[Line, ...]) -> list[tuple["Paragraph", Line]]:
    rows = tuple(month_cells(lines))
    table = document.add_table(rows=len(rows) + 1, cols=2, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, (MONTH_COLUMN, WORK_COLUMN), strict=True):
        column.width = _twips(width)
        for cell in column.cells:
            cell.width = _twips(width)
    head = table.rows[0]
    flag(head, "w:tblHeader")
    for cell, text in zip(head.cells, ("月份", "主要工作"), strict=True):
        fill_cell(cell, (text,), style="表格表头", font=HEADING_FONT)
    printed: list[tuple[Paragraph, Line]] = []
    for row, (month, points) in zip(list(table.rows)[1:], rows, strict=True):
        flag(row, "w:cantSplit")
        fill_cell(row.cells[0], (month,), style="表格月份", font=HEADING_FONT)
        fill_cell(row.cells[1], month_text(points), style="表格文字", font=BODY_FONT)
        printed += zip(row.cells[1].paragraphs, points, strict=True)
    return printed


def fill_cell(cell: "Cell", texts: tuple[str, ...], *, style: str, font: str) -> None:
    """Texts as the paragraphs of a table cell."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for position, text in enumerate(texts):
        paragraph = cell.paragraphs[0] if position == 0 else cell.add_paragraph()
        paragraph.style = style
        write(paragraph, text, font=font)


def signature_block(document: "Document", *, signature: str, dated: str) -> None:
    """Signature and date below a blank line, to the right."""
    if not (signature or dated):
        return
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    document.add_paragraph(style="Signature")  # the blank line the standard asks for
    for text, style, indent in zip(
        (signature, dated), ("Signature", "Date"), signature_indents(signature, dated), strict=True
    ):
        if text:
            paragraph = document.add_paragraph(style=style)
            paragraph.paragraph_format.right_indent = _twips(round(indent * CHARACTER))
            write(paragraph, text, font=BODY_FONT)


def write(paragraph: "Paragraph", text: str, *, font: str, style: str | None = None) -> None:
    """Add `text` in runs. Latin letters and digits of 仿宋 and 楷体 text take the style's Latin font; all else is named
    `font` for every script and hinted East Asian, or Word would set “ ” — … in the Latin one.
    """
    for latin, part in _scripts(text) if font in (BODY_FONT, LEAD_IN_FONT) else ((False, text),):
        run = paragraph.add_run(part, style=style)
        if not latin:
            fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
            for name, value in (("hint", "eastAsia"), ("ascii", font), ("eastAsia", font), ("hAnsi", font)):
                fonts.set(f"{{{NAMESPACE}}}{name}", value)


def _scripts(text: str) -> Iterator[tuple[bool, str]]:
    end = 0
    for match in LATIN.finditer(text):
        if match.start() > end:
            yield False, text[end : match.start()]
        yield True, match.group()
        end = match.end()
    if end < len(text):
        yield False, text[end:]


def flag(row: "Row", name: str) -> None:
    """Set a property of a table row that is on or off."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _word_starts(text: str) -> list[int]:
    return list(accumulate(len(word) for word in words(text)))[:-1]


def _width(text: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _twips(value: int) -> "Twips":
    from docx.shared import Twips

    return Twips(value)
