"""修订稿: last year's plan with every change as a revision, to be accepted or refused one by one in WPS or Word."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from assistant.datatypes import Draft
from assistant.export.docx import (
    BODY_FONT,
    CHARACTER,
    GRID_LINE,
    HEADING_FONT,
    LEAD_IN_FONT,
    TITLE_FONT,
    TITLE_LINE,
    blank_document,
    saved,
    signature_indents,
    write,
)
from assistant.export.review import AUTHOR, INITIALS
from assistant.rolling.datatypes import Change, Rollover
from corpus.markers import MarkerStyle, marker

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

Marks = Iterator[Mapping[str, str]]
_FIRST_MARK = 9000  # no comment has such an id
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LONGEST_HEADING = 30
_STYLES = {"Title": TITLE_FONT, "heading 1": HEADING_FONT, "heading 2": LEAD_IN_FONT}


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stays (`change` None), or what a change takes out and puts in."""

    text: str
    change: Change | None = None

    @property
    def after(self) -> str:
        """What is read when every change is accepted."""
        return self.text if self.change is None else self.change.after


def tracked_docx(rolled: Rollover) -> bytes:
    """The new plan with deletions and insertions marked, and the reason of each as a comment."""
    document = blank_document()
    document.core_properties.title = rolled.draft.title
    marks = _marks(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    for style, pieces in _styled(rolled):
        paragraph = document.add_paragraph(style=style)
        _place(paragraph, style, rolled.draft)
        for piece in pieces:
            _piece(document, paragraph, piece, font=_STYLES.get(style, BODY_FONT), marks=marks)
    return saved(document)


def _place(paragraph: "Paragraph", style: str, draft: Draft) -> None:
    """The distances that official layout sets paragraph by paragraph."""
    from docx.shared import Twips

    form = paragraph.paragraph_format
    if style == "Title":
        form.space_after = Twips(2 * GRID_LINE - TITLE_LINE)
    if style in ("Signature", "Date"):
        indents = signature_indents(draft.signature, draft.dated)
        form.right_indent = Twips(round(indents[style == "Date"] * CHARACTER))
        form.space_before = Twips(GRID_LINE) if style == "Signature" else None


def _styled(rolled: Rollover) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """Every line with its style; blank lines are left out, for the styles set the distances."""
    draft, in_title = rolled.draft, bool(rolled.draft.title)
    for pieces in _lines(rolled.text_before, rolled.changes):
        text = _read(pieces).strip()
        if not text and not any(piece.change for piece in pieces):
            continue
        in_title = in_title and bool(text) and text in draft.title
        yield "Title" if in_title else _style(text, draft.signature, draft.dated), _unindented(pieces)


def _style(text: str, signature: str, dated: str) -> str:
    if text and text in (signature, dated):
        return "Signature" if text == signature else "Date"
    mark = marker(text)
    short = len(text) <= _LONGEST_HEADING and text[-1:] not in "。；：，！？"
    if mark is None or not short:
        return "Body Text"
    return {MarkerStyle.HAN: "heading 1", MarkerStyle.HAN_BRACKET: "heading 2"}.get(mark.style, "Body Text")


def _lines(text: str, changes: Sequence[Change]) -> Iterator[tuple[Piece, ...]]:
    """The lines of the old text with the changes in their places; a change never breaks a line."""
    line: list[Piece] = []
    position = 0
    for change in (*changes, None):
        stop = change.start if change else len(text)
        first, *others = text[position:stop].split("\n")
        line.append(Piece(first))
        for other in others:
            yield tuple(piece for piece in line if piece.text or piece.change)
            line = [Piece(other)]
        if change:
            line.append(Piece(change.before, change))
            position = change.end
    yield tuple(piece for piece in line if piece.text or piece.change)


def _unindented(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The style indents; blanks at the head of the line would do so twice."""
    head, *rest = pieces
    return (Piece(head.text.lstrip(), head.change), *rest) if head.change is None else tuple(pieces)


def _read(pieces: Sequence[Piece]) -> str:
    return "".join(piece.after for piece in pieces)


def _piece(document: "Document", paragraph: "Paragraph", piece: Piece, *, font: str, marks: Marks) -> None:
    if piece.change is None:
        write(paragraph, piece.text, font=font)
        return
    removed = _written(paragraph, piece.change.before.replace("\n", ""), font=font)
    added = _written(paragraph, piece.change.after, font=font)
    told = f"{piece.change.kind}：{piece.change.why}"
    document.add_comment([*removed, *added], text=told, author=AUTHOR, initials=INITIALS)
    _mark(removed, "del", marks)
    _mark(added, "ins", marks)


def _written(paragraph: "Paragraph", text: str, *, font: str) -> list[Any]:
    """Write the text and give back the runs it took."""
    before = len(paragraph.runs)
    write(paragraph, text, font=font)
    return list(paragraph.runs[before:])


def _marks(stamp: str) -> Marks:
    """The attributes of one mark after another."""
    return ({"id": str(number), "author": AUTHOR, "date": stamp} for number in count(_FIRST_MARK))


def _mark(runs: Sequence[Any], name: str, marks: Marks) -> None:
    """Wrap each run as a deletion or insertion."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for run in runs:
        element, mark = run._r, OxmlElement(f"w:{name}")
        for key, value in next(marks).items():
            mark.set(qn(f"w:{key}"), value)
        element.addprevious(mark)
        mark.append(element)
        for text in element.findall(qn("w:t")) if name == "del" else ():
            text.tag = qn("w:delText")
            text.set(_SPACE, "preserve")
