"""Sentences that stand twice, and words doubled by a slip."""

from collections.abc import Iterator

from assistant.checking.rules import rules
from assistant.checking.subject import Piece, Subject, Zone
from assistant.datatypes import Finding, FindingKind, Severity
from corpus.cleaning.repeats import repeated_words

_LEAST = 10  # letters of a sentence that should not stand twice
_LEAST_NEAR = 20  # … or nearly so
_NEAR = 0.8  # Jaccard of bigrams
_SHOWN = 24


def repeats(subject: Subject) -> Iterator[Finding]:
    """The later of two equal or nearly equal sentences, and doubled words."""
    yield from _doubled_words(subject)
    seen: list[tuple[Piece, str, frozenset[str]]] = []
    for piece in subject.pieces:
        if piece.heading or piece.zone in (Zone.TITLE, Zone.SIGNATURE):
            continue
        folded = _folded(piece)
        if len(folded) < _LEAST:
            continue
        shape = frozenset(map("".join, zip(folded, folded[1:], strict=False)))
        earlier = next((one for one, said, other in seen if _same(piece, one, folded, said, shape, other)), None)
        if earlier is not None:
            yield _repeated(subject, earlier, piece, exact=_folded(earlier) == folded)
        seen.append((piece, folded, shape))


def _same(piece: Piece, earlier: Piece, folded: str, said: str, shape: frozenset[str], other: frozenset[str]) -> bool:
    """Equal, or nearly so; a schedule may come back to the same work in another month and to what the body says."""
    if Zone.MONTHLY in (piece.zone, earlier.zone):
        return folded == said and piece.row == earlier.row
    if folded == said:
        return True
    if min(len(folded), len(said)) < _LEAST_NEAR or min(len(shape), len(other)) < _NEAR * max(len(shape), len(other)):
        return False
    return len(shape & other) >= _NEAR * len(shape | other)


def _repeated(subject: Subject, earlier: Piece, piece: Piece, *, exact: bool) -> Finding:
    quote = earlier.text[:_SHOWN] + ("…" if len(earlier.text) > _SHOWN else "")
    how = "一字不差" if exact else "意思和用词几乎相同"
    message = f"与前面“{quote}”{how}。请删去一处，或改写得不同。"
    alone = piece.text == subject.rows[piece.row].body
    removable = exact and not alone and not piece.marked
    severity = Severity.SHOULD if exact else Severity.HINT
    return subject.finding(FindingKind.REPEATED, severity, (piece.start, piece.end), message, "" if removable else None)


def _doubled_words(subject: Subject) -> Iterator[Finding]:
    for edit in repeated_words(subject.text):
        word = subject.text[edit.start : edit.end]
        yield subject.finding(
            FindingKind.REPEATED, Severity.MUST, (edit.start, edit.end), f"“{word}”重复了一次，请删去一个。", ""
        )


def _folded(piece: Piece) -> str:
    """Letters and characters only, without the number."""
    return rules()["repeats.no_letters"].sub("", piece.text[piece.marked :])
