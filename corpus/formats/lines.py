"""Printed lines and the marks they begin with."""

import re
from dataclasses import dataclass

CELL = " | "  # between the cells of a table row, here and in every other format
NUMBERED = re.compile(
    r"[（(]?(?:[一二三四五六七八九十百]{1,3}|\d{1,2})[、.．)）]|第[一二三四五六七八九十百\d]{1,3}[章节条部篇]"
    r"|[①-⑳⑴-⒇⒈-⒛●•◆■□▪◇★☆]|——"
)
BARE_NUMBER = re.compile(r"[（(]?(?:[一二三四五六七八九十百]{1,3}|\d{1,2})[、.．)）]|[①-⑳⑴-⒇⒈-⒛●•◆■□▪◇★☆]|—{1,2}")


@dataclass(frozen=True, slots=True)
class Line:
    """Text printed on one line without a gap wider than a character."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def size(self) -> float:
        """The height of its characters."""
        return self.top - self.bottom


def overlap(a: Line, b: Line) -> float:
    """The height that two lines share; negative when one is below the other."""
    return min(a.top, b.top) - max(a.bottom, b.bottom)


def side_by_side(a: Line, b: Line) -> bool:
    """Whether `b` stands to the right of `a` on the same height."""
    return overlap(a, b) > 0.5 * min(a.size, b.size) and b.left > a.right
