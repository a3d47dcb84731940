"""Word documents (.docx) to text, straight from their XML: paragraphs, table rows, automatic numbers.

python-docx would lose automatic numbers, inserted text under revision and everything in content controls.
"""

from typing import TYPE_CHECKING

from corpus.errors import BadDocument
from corpus.formats.archive import open_archive, read_part
from corpus.formats.kind import WORD
from corpus.formats.numbering import Numbering

if TYPE_CHECKING:
    from lxml.etree import _Element

CELL = " | "
# Deleted or moved-away text, field codes, ruby readings, and the second copy of a drawing's text.
SKIPPED = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "rt", "pPr", "rPr", "sectPr", "tblPr"})


def docx_text(data: bytes, *, name: str) -> str:
    """A line per paragraph and per table row. Raises BadDocument when the file is damaged."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    with open_archive(data, name=name) as archive:
        parts = set(archive.namelist())

        def tree(part: str) -> "_Element | None":
            return etree.fromstring(read_part(archive, part, name=name), parser) if part in parts else None

        try:
            document, numbering, styles = tree("word/document.xml"), tree("word/numbering.xml"), tree("word/styles.xml")
        except etree.XMLSyntaxError as error:
            raise BadDocument(f"{name!r} 已损坏，正文读不出来。{WORD}") from error
    if document is None:
        raise BadDocument(f"{name!r} 里没有正文，可能已损坏。{WORD}")
    lines: list[str] = []
    _blocks(document, Numbering(numbering, styles), lines)
    return "\n".join(lines) + "\n"


def _tag(element: "_Element") -> str:
    """The element's name without its namespace; "" for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _blocks(parent: "_Element", numbering: Numbering, lines: list[str]) -> None:
    for child in parent:
        tag = _tag(child)
        if tag == "p":
            lines.append(_paragraph(child, numbering))
        elif tag == "tr":
            lines.append(_row(child, numbering))
        elif tag not in SKIPPED:
            _blocks(child, numbering, lines)


def _row(row: "_Element", numbering: Numbering) -> str:
    cells = []
    for cell in (element for element in row.iter() if _tag(element) == "tc"):
        lines: list[str] = []
        _blocks(cell, numbering, lines)
        cells.append(" ".join(line.strip() for line in lines if line.strip()))
    return CELL.join(cell for cell in cells if cell)


def _paragraph(paragraph: "_Element", numbering: Numbering) -> str:
    pieces: list[str] = []
    _inline(paragraph, pieces)
    text = "".join(pieces)
    return numbering.label(paragraph) + text if text.strip() else text


def _inline(element: "_Element", pieces: list[str]) -> None:
    for child in element:
        tag = _tag(child)
        if tag == "t":
            pieces.append(child.text or "")
        elif tag == "tab":
            pieces.append("\t")
        elif tag in ("br", "cr"):
            pieces.append("\n")
        elif tag == "noBreakHyphen":
            pieces.append("-")
        elif tag not in SKIPPED:
            _inline(child, pieces)
