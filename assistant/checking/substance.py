"""Empty talk: sentences without an actor, an action, a time or a quantity."""

from collections.abc import Iterator

from assistant.checking.rules import rules
from assistant.checking.subject import Piece, Subject, Zone
from assistant.datatypes import Finding, FindingKind, Severity
from corpus.markers import MarkerStyle

_LEAST = 16  # characters; shorter sentences lead in or sum up
_EMPTY = 0.86  # share of stock words from which nothing else is said


def empty_talk(subject: Subject) -> Iterator[Finding]:
    """Sentences of the body made of stock words alone; openings, guiding thoughts and closings may be general, and so
    may the first sentence of an item that goes on to say what is done.
    """
    bare = not subject.title and all(row.mark is None for row in subject.rows)  # a paragraph by itself has no opening
    for piece in subject.pieces:
        if (
            (piece.zone is Zone.BODY or bare)
            and not piece.heading
            and is_empty(piece.text[piece.marked :])
            and not _leads(piece, subject)
        ):
            yield subject.finding(
                FindingKind.EMPTY_TALK,
                Severity.HINT,
                (piece.start, piece.end),
                "这句只有口号，没有说谁来做、做什么、什么时候、做到什么程度。请补上具体活动、时间或责任部门，或删去。",
            )


def _leads(piece: Piece, subject: Subject) -> bool:
    """Whether the sentence heads others of its item, or items of its own."""
    row = subject.rows[piece.row]
    if piece.start != row.start:
        return False
    if row.style in (MarkerStyle.HAN, MarkerStyle.PART):
        return True
    others = [other for other in subject.pieces if other.row == piece.row and other is not piece]
    if any(not is_empty(other.text) for other in others):
        return True
    below = subject.rows[piece.row + 1].mark if piece.row + 1 < len(subject.rows) else None
    return below is not None and below.ordinal == 1 and below.style is not row.style


def is_empty(sentence: str) -> bool:
    """Whether a sentence consists of stock words and names nothing that could be done, counted or checked."""
    data = rules()
    if len(sentence) < _LEAST or data["talk.concrete"].search(sentence) or data["tense.done"].search(sentence):
        return False
    letters = data["repeats.no_letters"].sub("", sentence)
    rest = data["talk.stock"].sub("", letters)
    rest = data["talk.glue"].sub("", rest)
    return 1 - len(rest) / len(letters) >= _EMPTY
