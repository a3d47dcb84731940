"""The lines of a text with their offsets, and the shapes a line can have."""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """`text[start:end]` without its line break; `body` is it without the blanks around it."""

    start: int
    end: int
    body: str


def lines(text: str) -> Iterator[Line]:
    """Every line that is not blank, in order."""
    for match in re.finditer(r"[^\n]+", text):
        body = match.group().strip()
        if body:
            yield Line(match.start(), match.end(), body)
