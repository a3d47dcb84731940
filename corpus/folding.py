"""Lenient matching of quotes against repaired text: width, punctuation, markup, blanks and masks do not matter."""

import re
import unicodedata
from dataclasses import dataclass

_MASK = re.compile(r"〔[^〔〕\n]{1,4}〕|(?:19|20)?(?:(?<![A-Za-z])[xX×]{2,}(?![A-Za-z])|[*＊_]{2,}|十?[xX](?=届))")
_BLANK = "□"  # stands for any mask or slot


@dataclass(frozen=True, slots=True)
class Folded:
    """Letters, digits and characters of a text, masks as □; `spans[i]` is where character i stands in the text."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def find(self, quote: "Folded", *, start: int = 0) -> tuple[int, int] | None:
        """Return (first, last) index of `quote` here at or after `start`, or None."""
        if not quote.text:
            return None
        at = self.text.find(quote.text, start)
        return None if at < 0 else (at, at + len(quote.text) - 1)


def fold(text: str) -> Folded:
    """Return the folded form of `text`."""
    characters: list[str] = []
    spans: list[tuple[int, int]] = []
    position = 0
    for mask in (*_MASK.finditer(text), None):
        stop = mask.start() if mask else len(text)
        for at in range(position, stop):
            for character in unicodedata.normalize("NFKC", text[at]):
                if character.isalnum():
                    characters.append(character)
                    spans.append((at, at + 1))
        if mask:
            characters.append(_BLANK)
            spans.append(mask.span())
            position = mask.end()
    return Folded("".join(characters), tuple(spans))
