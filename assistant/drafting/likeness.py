"""How much two texts say the same, measured on the pairs of characters they share."""

import re
from functools import lru_cache

REPEATS = 0.42  # share of the smaller of two sentences from which they say the same
_LETTERS = re.compile(r"[㐀-鿿a-zA-Z]+")


@lru_cache(maxsize=20_000)
def shape(text: str) -> frozenset[str]:
    """Bigrams of the letters of a text: what similarity is measured on."""
    return frozenset(
        run[position : position + 2] for run in _LETTERS.findall(text) for position in range(max(len(run) - 1, 1))
    )


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the smaller shape found in the other, in [0, 1]."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0
