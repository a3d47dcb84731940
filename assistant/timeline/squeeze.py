"""A text as references are looked for in it: without blanks and quotes, in half-width, with the way back."""

from dataclasses import dataclass

DROPPED = frozenset(" \t\u3000\xa0\u200b\u200c\u200d\ufeff“”‘’\"'「」『』＂＇")
# full-width forms and the marks that mean the same; commas join lists like 、
MAPPED = {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B)} | {
    ord("，"): "、",
    ord(","): "、",
    ord("（"): "(",
    ord("）"): ")",
    ord("．"): "·",
    ord("•"): "·",
    ord("×"): "x",
    ord("Ｘ"): "x",
    ord("X"): "x",
    ord("＊"): "*",
    ord("＿"): "_",
    ord("［"): "[",
    ord("］"): "]",
}
OPENING = '‘“「『"《'
CLOSING = '’”」』"》'


@dataclass(frozen=True, slots=True)
class Squeezed:
    """`text[i]` stands at `offsets[i]` in `source`."""

    source: str
    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` (not empty) lies in the source, quotes that belong to it included."""
        return balanced(self.source, self.offsets[start], self.offsets[end - 1] + 1)


def squeeze(source: str) -> Squeezed:
    """Drop blanks and quotes, map full-width forms; line breaks stay and keep lines apart."""
    offsets = tuple(place for place, character in enumerate(source) if character not in DROPPED)
    return Squeezed(source, "".join([source[place] for place in offsets]).translate(MAPPED), offsets)


def balanced(source: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span so that no quote is cut from its partner, and take the quotes around all of it."""
    for opening, closing in zip(OPENING, CLOSING, strict=True):
        inside = source[start:end]
        before = start > 0 and source[start - 1] == opening
        after = end < len(source) and source[end] == closing
        surplus = inside.count(closing) - inside.count(opening)
        odd = opening == closing and inside.count(opening) % 2 == 1
        if before and (surplus > 0 or odd):
            start -= 1
        elif after and (surplus < 0 or odd):
            end += 1
        elif before and after and surplus == 0:
            start, end = start - 1, end + 1
    return start, end
