"""Word documents (.docx) to text, straight from their XML: paragraphs, table rows, automatic numbers.

python-docx would lose automatic numbers, inserted text under revision and everything in content controls.
"""

import re
from typing import TYPE_CHECKING
from zipfile import ZipFile

from corpus.errors import BadDocument
from corpus.formats.advice import RESAVE
from corpus.formats.archive import open_archive, read_part
from corpus.formats.html import page_text
from corpus.formats.lines import CELL
from corpus.formats.numbering import Numbering, child, name_of, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

# Deleted or moved-away text, field codes, ruby readings, the second copy of a drawing's text, and properties.
SKIPPED = frozenset(
    ("del", "moveFrom", "instrText", "delText", "Fallback", "rt")
    + ("pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr")
)
PART = re.compile(r"word/(document|numbering|styles)\d*\.xml")
EMBEDDED_PAGE = re.compile(r"word/[^/]+\.(?:mht|mhtml|html?)", re.I)
PRINTED = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def docx_text(data: bytes, *, name: str) -> str:
    """A line per paragraph and per table row. Raises BadDocument when the file is damaged."""
    from lxml import etree

    with open_archive(data, name=name) as archive:
        parts = _parts(archive, name=name)
        pages = [read_part(archive, part, name=name) for part in archive.namelist() if EMBEDDED_PAGE.fullmatch(part)]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        trees = {part: etree.fromstring(xml, parser) for part, xml in parts.items()}
    except etree.XMLSyntaxError as error:
        raise BadDocument(f"{name!r} 已损坏，正文读不出来。{RESAVE}") from error
    if "document" not in trees:
        raise BadDocument(f"{name!r} 里没有正文，可能已损坏。{RESAVE}")
    lines: list[str] = []
    _blocks(trees["document"], Numbering(trees.get("numbering"), trees.get("styles")), lines)
    if not any(lines) and pages:  # a document that some programs make of a web page, whole inside
        return "".join(map(page_text, pages))
    return "\n".join(lines) + "\n"


def _parts(archive: ZipFile, *, name: str) -> dict[str, bytes]:
    """The XML of document, numbering and styles. Their usual names are document.xml and so on, or document2.xml."""
    found = {match[1]: part for part in sorted(archive.namelist(), reverse=True) if (match := PART.fullmatch(part))}
    return {kind: read_part(archive, part, name=name) for kind, part in found.items()}


def _blocks(parent: "_Element", numbering: Numbering, lines: list[str]) -> None:
    for element in parent:
        name = name_of(element)
        if name == "p":
            lines.append(_paragraph(element, numbering))
        elif name == "tr":
            lines.extend(_row(element, numbering))
        elif name not in SKIPPED:
            _blocks(element, numbering, lines)


def _row(row: "_Element", numbering: Numbering) -> list[str]:
    """A table row as one line; a row with text in a single cell is layout and keeps its paragraphs."""
    cells = []
    for cell in _cells(row):
        lines: list[str] = []
        _blocks(cell, numbering, lines)
        if filled := [line.strip() for line in lines if line.strip()]:
            cells.append(filled)
    return cells[0] if len(cells) == 1 else [CELL.join(" ".join(lines) for lines in cells)] if cells else []


def _cells(parent: "_Element") -> "Iterator[_Element]":
    """The cells of a row, also those inside content controls, not those of tables inside cells."""
    for element in parent:
        if name_of(element) == "tc":
            yield element
        elif name_of(element) not in SKIPPED:
            yield from _cells(element)


def _paragraph(paragraph: "_Element", numbering: Numbering) -> str:
    pieces: list[str] = []
    label = numbering.label(paragraph)  # an empty numbered paragraph counts too
    _inline(paragraph, numbering, pieces)
    text = "".join(pieces)
    return label + text if text.strip() else ""


def _inline(parent: "_Element", numbering: Numbering, pieces: list[str]) -> None:
    for element in parent:
        name = name_of(element)
        if name == "t":
            pieces.append(element.text or "")
        elif name in PRINTED:
            pieces.append(PRINTED[name])
        elif name == "txbxContent":  # a text box hangs at this paragraph: its lines follow
            lines: list[str] = []
            _blocks(element, numbering, lines)
            pieces.extend("\n" + line for line in lines if line)
        elif name not in SKIPPED and not (name == "r" and _is_hidden(element)):
            _inline(element, numbering, pieces)


def _is_hidden(run: "_Element") -> bool:
    vanish = child(run, "rPr", "vanish")
    return vanish is not None and value_of(vanish) not in ("0", "false")
