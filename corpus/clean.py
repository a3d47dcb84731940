"""A scraped text to the text its author wrote: furniture, spam, broken lines, repeats and blanks repaired.

Each pass proposes edits on the text as it stands; the passes run until none finds anything more, which makes
`clean` idempotent, and a text without noise comes through byte for byte. Nothing is rewritten: punctuation keeps its
width and slips of the pen stay.
"""

from corpus.cleaning.adverts import adverts
from corpus.cleaning.breaks import broken_lines
from corpus.cleaning.furniture import page_lines
from corpus.cleaning.headings import merged_headings
from corpus.cleaning.masks import find_slots, slots
from corpus.cleaning.pieces import apply, joined, repairs, whole
from corpus.cleaning.repeats import repeated_lines, repeated_sentences, repeated_words
from corpus.cleaning.script import in_simplified
from corpus.cleaning.spam import spam, splices
from corpus.cleaning.surface import blanks, markup, symbols
from corpus.datatypes import CleanText

__all__ = ["clean", "find_slots"]

_PASSES = (
    blanks,
    markup,
    symbols,
    slots,
    page_lines,
    adverts,
    spam,
    splices,
    repeated_lines,
    broken_lines,
    merged_headings,
    repeated_sentences,
    repeated_words,
)
_MOST_ROUNDS = 12  # far more than any text needs; a pass that undid another would never end


def clean(text: str) -> CleanText:
    """Repair `text`; the repairs, applied in order to `text`, give the result."""
    pieces = whole(text)
    current = text
    for _ in range(_MOST_ROUNDS):
        before = current
        for look in _PASSES:
            pieces = apply(pieces, look(in_simplified(current)))
            current = joined(pieces)
        if current == before:
            break
    return CleanText(current, repairs(pieces, text))
