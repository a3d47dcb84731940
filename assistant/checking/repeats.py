"""Sentences that stand twice, and words doubled by a slip."""

from collections.abc import Iterator

from assistant.checking.rules import rules
from assistant.checking.subject import Piece, Subject, Zone
from assistant.datatypes import Finding, FindingKind, Severity
from corpus.cleaning.repeats import repeated_words

_LEAST = 10  # letters of a sentence that should not stand twice
_LEAST_NEAR = 20  # … or nearly so
_NEAR = 0.8  # Jaccard of bigrams
_MOST_NEAR = 600  # sentences; in longer texts, which are no plans, only equal ones are looked for
_SHOWN = 24


def repeats(subject: Subject) -> Iterator[Finding]:
    """The later of two equal or nearly equal sentences, and doubled words."""
    yield from _doubled_words(subject)
    near = len(subject.pieces) <= _MOST_NEAR
    equal: dict[str, list[Piece]] = {}
    seen: list[tuple[Piece, str, frozenset[str]]] = []
    for piece in subject.pieces:
        folded = _folded(piece)
        if piece.heading or piece.zone in (Zone.TITLE, Zone.SIGNATURE) or len(folded) < _LEAST:
            continue
        earlier = next((one for one in equal.get(folded, ()) if _comparable(piece, one)), None)
        shape = frozenset(map("".join, zip(folded, folded[1:], strict=False))) if near else frozenset()
        exact = earlier is not None
        if near and earlier is None and len(folded) >= _LEAST_NEAR:
            earlier = next((one for one, said, other in seen if _nearly(piece, one, said, shape, other)), None)
        if earlier is not None:
            yield _repeated(subject, earlier, piece, exact=exact)
        equal.setdefault(folded, []).append(piece)
        seen.append((piece, folded, shape))


def _comparable(piece: Piece, earlier: Piece) -> bool:
    """A schedule may come back to the same work in another month, and to what the body says."""
    return Zone.MONTHLY not in (piece.zone, earlier.zone) or piece.row == earlier.row


def _nearly(piece: Piece, earlier: Piece, said: str, shape: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sentences of the body share most of their bigrams."""
    if Zone.MONTHLY in (piece.zone, earlier.zone) or len(said) < _LEAST_NEAR:
        return False
    if min(len(shape), len(other)) < _NEAR * max(len(shape), len(other)):
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
