"""From scored candidates to the hits that are shown: near-duplicates folded into one, and some variety."""

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.datatypes import Passage
from index.contents import Contents
from index.dense import Numbers
from index.fusion import Fusion

LOOKED_AT = (2, 8, 1000)  # times k: more are looked at where many of the best are copies of each other
SHINGLE = 4  # characters
NOT_A_LETTER = re.compile(r"[\W_]+")
Scores = NDArray[np.float64]


@dataclass(slots=True)
class Choice:
    """A passage to show: its position among the candidates, and the near-duplicates folded into it."""

    position: int
    passage: Passage
    also: list[Passage]


def select(contents: Contents, rows: Numbers, scores: Scores, *, k: int, fusion: Fusion) -> list[Choice]:
    """The best `k` by score, no two near-duplicates, best first; ties by passage id.

    Near-duplicates are candidates whose vectors are close and whose texts share most of their shingles. With
    `fusion.diversity`, a passage loses as much as it resembles a better one that is shown.
    """
    choices: list[Choice] = []
    for times in LOOKED_AT:
        choices = _select(contents, rows, scores, _best(contents, rows, scores, count=times * k), k=k, fusion=fusion)
        if len(choices) == k or times * k >= len(rows):
            break
    return choices


def _select(
    contents: Contents, rows: Numbers, scores: Scores, best: list[int], *, k: int, fusion: Fusion
) -> list[Choice]:
    vectors = contents.dense.vectors(rows[best])
    alike = vectors @ vectors.T
    close = alike >= fusion.duplicate_cosine
    value = scores[best].copy()
    chosen: dict[int, Choice] = {}  # by place in `best`
    while len(chosen) < k and value.max() > -np.inf:
        place = int(np.argmax(value))  # the first of equals: the smallest id
        value[place] = -np.inf
        choice = Choice(best[place], contents.payload.passage(int(rows[best[place]])), [])
        if not _folded(choice.passage, [chosen[other] for other in chosen if close[place, other]], fusion):
            chosen[place] = choice
            value -= fusion.diversity * np.maximum(alike[place], 0)
    shown = list(chosen)
    for place in np.flatnonzero((value > -np.inf) & close[:, shown].any(axis=1)).tolist():
        passage = contents.payload.passage(int(rows[best[place]]))
        _folded(passage, [chosen[other] for other in shown if close[place, other]], fusion)
    return list(chosen.values())


def _folded(passage: Passage, near: list[Choice], fusion: Fusion) -> bool:
    """Whether the passage is a near-duplicate of one of these; it then stands in the first one's `also`."""
    twin = next((c for c in near if overlap(c.passage.text, passage.text) >= fusion.duplicate_overlap), None)
    if twin is not None:
        twin.also.append(passage)
    return twin is not None


def overlap(first: str, second: str) -> float:
    """Share of the shingles of both texts that both hold, in [0, 1]."""
    a, b = _shingles(first), _shingles(second)
    return len(a & b) / len(a | b)


def _best(contents: Contents, rows: Numbers, scores: Scores, *, count: int) -> list[int]:
    """Positions of the best `count`, best first; only where scores are equal the ids have to be read."""
    best: list[int] = np.argsort(-scores, kind="stable")[:count].tolist()
    tied = {value for value, other in zip(scores[best], scores[best[1:]], strict=False) if value == other}
    ids = {i: contents.payload.passage(int(rows[i])).id for i in best if scores[i] in tied}
    return sorted(best, key=lambda i: (-scores[i], ids.get(i, "")))


@lru_cache(maxsize=1024)
def _shingles(text: str) -> frozenset[str]:
    letters = NOT_A_LETTER.sub("", text)
    return frozenset(letters[i : i + SHINGLE] for i in range(max(1, len(letters) - SHINGLE + 1)))
