"""A text under repair, as pieces that remember where in the original they come from.

Every pass of the cleaning proposes edits on the text as it stands; `apply` lays them over the pieces, so that in the
end each change is a `Repair` with offsets in the original, whatever passes came before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.datatypes import Repair, RepairKind


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `text[start:end]` of the current text by `after`."""

    kind: RepairKind
    start: int
    end: int
    after: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """`original[start:end]` now reads `text`; `kind` is None where nothing changed."""

    start: int
    end: int
    text: str
    kind: RepairKind | None = None

    def split(self, at: int) -> "tuple[Piece, Piece]":
        """Two pieces of an unchanged one, the first `at` characters long."""
        middle = self.start + at
        return Piece(self.start, middle, self.text[:at]), Piece(middle, self.end, self.text[at:])


def whole(text: str) -> tuple[Piece, ...]:
    """The text before any edit."""
    return (Piece(0, len(text), text),)


def joined(pieces: Sequence[Piece]) -> str:
    """The text as it stands."""
    return "".join(piece.text for piece in pieces)


def apply(pieces: Sequence[Piece], edits: Iterable[Edit]) -> tuple[Piece, ...]:
    """The pieces after `edits`, whose offsets refer to `joined(pieces)`.

    Edits are taken by position; of two that overlap the earlier one wins. An edit that cuts into a repaired piece
    takes the rest of that piece along unchanged, since a repair has no inner offsets.
    """
    result: list[Piece] = []
    rest = list(reversed(pieces))
    position = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < position:
            continue
        position = _copy(rest, result, position, edit.start)
        position = _replace(rest, result, position, edit)
    result.extend(reversed(rest))
    return tuple(result)


def _copy(rest: list[Piece], result: list[Piece], position: int, end: int) -> int:
    """Move pieces to `result` up to offset `end`; returns the offset reached, less than `end` inside a repair."""
    while rest and position + len(rest[-1].text) <= end and (position < end or not rest[-1].text):
        piece = rest.pop()
        position += len(piece.text)
        result.append(piece)
    if position < end and rest[-1].kind is None:
        head, tail = rest.pop().split(end - position)
        result.append(head)
        rest.append(tail)
        position = end
    return position


def _replace(rest: list[Piece], result: list[Piece], position: int, edit: Edit) -> int:
    """Consume the pieces under `edit` and append what takes their place; returns the offset after them."""
    kept = edit.start - position  # > 0 only inside a repaired piece, whose first characters stay
    start = end = rest[-1].start if rest else (result[-1].end if result else 0)
    before, after = "", ""
    if kept:
        before = rest[-1].text[:kept]
    while position < edit.end or (kept and position <= edit.start):
        piece = rest.pop()
        kept = 0
        beyond = position + len(piece.text) - edit.end
        if beyond > 0 and piece.kind is None:
            piece, tail = piece.split(len(piece.text) - beyond)
            rest.append(tail)
        elif beyond > 0:
            after = piece.text[len(piece.text) - beyond :]
        position += len(piece.text)
        end = piece.end
    result.append(Piece(start, end, before + edit.after + after, edit.kind))
    return position


def repairs(pieces: Sequence[Piece], original: str) -> tuple[Repair, ...]:
    """The changes, in order, with offsets in `original`; a piece that came out as it went in is none."""
    return tuple(
        Repair(piece.kind, piece.start, piece.end, original[piece.start : piece.end], piece.text)
        for piece in pieces
        if piece.kind is not None and piece.text != original[piece.start : piece.end]
    )
