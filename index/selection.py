"""From scored candidates to the hits that are shown: near-duplicates folded into one, and some variety."""

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.datatypes import Passage
from index.contents import Contents
from index.dense import Numbers
from index.products import inner

LOOKED_AT = (2, 8, 1000)  # times k: more are looked at where many of the best are copies of each other
SHINGLE = 4  # characters
CLOSE = 0.8  # cosine from which texts are compared: near-duplicates are never farther apart
NOT_A_LETTER = re.compile(r"[\W_]+")
Scores = NDArray[np.float64]


@dataclass(slots=True)
class Choice:
    """A passage to show: its position among the candidates, and the near-duplicates folded into it."""

    position: int
    passage: Passage
    also: list[Passage]


def select(contents: Contents, rows: Numbers, scores: Scores, *, k: int, same: float, diversity: float) -> list[Choice]:
    """The best `k` by score, no two near-duplicates, best first; ties by passage id.

    Near-duplicates are candidates whose texts share at least `same` of their shingles; above 1, there are none. A
    passage loses `diversity` times its cosine with the shown one that is most like it.
    """
    choices: list[Choice] = []
    for times in LOOKED_AT:
        choices = _select(contents, rows, scores, _best(contents, rows, scores, count=times * k), k, same, diversity)
        if len(choices) == k or times * k >= len(rows):
            break
    return choices


def _select(
    contents: Contents, rows: Numbers, scores: Scores, best: list[int], k: int, same: float, diversity: float
) -> list[Choice]:
    vectors = contents.dense.vectors(rows[best])
    alike = inner(vectors, vectors)
    close = alike >= (CLOSE if same <= 1 else np.inf)
    left = scores[best].copy()
    likeness = np.zeros(len(best))  # to the shown one that is most alike
    chosen: dict[int, Choice] = {}  # by place in `best`
    while len(chosen) < k and left.max() > -np.inf:
        place = int(np.argmax(left - diversity * likeness))  # the first of equals: the smallest id
        left[place] = -np.inf
        choice = Choice(best[place], contents.payload.passage(int(rows[best[place]])), [])
        if not _folded(choice.passage, [chosen[other] for other in chosen if close[place, other]], same):
            chosen[place] = choice
            likeness = np.maximum(likeness, alike[place])
    shown = list(chosen)
    for place in np.flatnonzero((left > -np.inf) & close[:, shown].any(axis=1)).tolist():
        passage = contents.payload.passage(int(rows[best[place]]))
        _folded(passage, [chosen[other] for other in shown if close[place, other]], same)
    return list(chosen.values())


def _folded(passage: Passage, near: list[Choice], same: float) -> bool:
    """Whether the passage is a near-duplicate of one of these; it then stands in the first one's `also`."""
    twin = next((c for c in near if overlap(c.passage.text, passage.text) >= same), None)
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
