"""From scored candidates to the hits that are shown: near-duplicates folded into one, and some variety."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.datatypes import Passage
from index.contents import Contents
from index.dense import Numbers
from index.fusion import Fusion

LOOKED_AT = 4  # times k: how many of the best are looked at for duplicates
SHINGLE = 4  # characters


@dataclass(slots=True)
class Choice:
    """A passage to show: its position among the candidates, and the near-duplicates folded into it."""

    position: int
    passage: Passage
    also: list[Passage]


def select(contents: Contents, rows: Numbers, scores: NDArray[np.float64], *, k: int, fusion: Fusion) -> list[Choice]:
    """The best `k` by score, no two near-duplicates, best first; ties by passage id.

    Near-duplicates are candidates whose vectors are close and whose texts share most of their shingles. With
    `fusion.diversity`, a passage loses as much as it resembles a better one that is shown.
    """
    best = np.argsort(-scores, kind="stable")[: LOOKED_AT * k].tolist()
    passages = {i: contents.payload.passage(int(rows[i])) for i in best}
    best.sort(key=lambda i: (-scores[i], passages[i].id))
    vectors = contents.dense.vectors(rows[best])
    alike = vectors @ vectors.T
    value = scores[best].copy()
    chosen: dict[int, Choice] = {}  # by place in `best`
    for _ in best:
        place = int(np.argmax(value))  # the first of equals: the smallest id
        value[place] = -np.inf
        passage = passages[best[place]]
        close = (other for other in chosen if alike[place, other] >= fusion.duplicate_cosine)
        twin = next(
            (o for o in close if overlap(chosen[o].passage.text, passage.text) >= fusion.duplicate_overlap), None
        )
        if twin is not None:
            chosen[twin].also.append(passage)
        elif len(chosen) < k:
            chosen[place] = Choice(best[place], passage, [])
            value -= fusion.diversity * np.maximum(alike[place], 0)
    return list(chosen.values())


def overlap(first: str, second: str) -> float:
    """Share of the shingles of both texts that both hold, in [0, 1]."""
    a, b = _shingles(first), _shingles(second)
    return len(a & b) / len(a | b)


def _shingles(text: str) -> set[str]:
    letters = "".join(character for character in text if character.isalnum())
    return {letters[i : i + SHINGLE] for i in range(max(1, len(letters) - SHINGLE + 1))}
