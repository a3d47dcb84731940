"""What words say of topics: a table of words, each with a weight for the topics it is used of and against others.

The cues of `lexicon/topics.yaml` are what a reader would name; these are all the words around them, weighed by
`tests/bench/fit_topics.py` on labelled sections and kept in `lexicon/topic_words.npz`. Words are looked up wherever
they stand, also inside longer ones.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.datatypes import Topic
from corpus.words import LEXICON

FILE = LEXICON / "topic_words.npz"
LENGTHS = (2, 3, 4, 5)  # characters of a word
SCALE = 10  # weights are stored in tenths

_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


@dataclass(frozen=True, slots=True, eq=False)
class TopicWords:
    """Log odds of every topic without any word, and what each word adds to them; topics in the order of `Topic`."""

    start: NDArray[np.float32]  # (topics,)
    places: Mapping[str, int]  # word -> row of `weights`
    weights: NDArray[np.float32]  # (words, topics)

    def found(self, text: str) -> frozenset[int]:
        """The rows of the listed words in `text`."""
        return frozenset(self.places[word] for word in self.places.keys() & substrings(text))

    def scores(self, found: Iterable[int]) -> NDArray[np.float32]:
        """(topics,) log odds that a text with these listed words is about each topic."""
        rows = sorted(found)  # sums of floats depend on their order
        said: NDArray[np.float32] = self.weights[rows].sum(axis=0)
        return self.start + said / np.float32(sqrt(len(rows) + 1))


def substrings(text: str) -> set[str]:
    """Every stretch of `LENGTHS` Han characters in `text`."""
    runs = [match[0] for match in _HAN.finditer(text)]
    return {run[i : i + length] for run in runs for length in LENGTHS for i in range(len(run) - length + 1)}


@cache
def topic_words() -> TopicWords:
    """The stored table. Raises ValueError where it was fitted for other topics than today's."""
    with np.load(FILE, allow_pickle=False) as stored:
        topics, words, start, weights = (stored[name] for name in ("topics", "words", "start", "weights"))
    if topics.tolist() != [str(topic) for topic in Topic]:
        raise ValueError(f"{FILE.name} was fitted for other topics than those of Topic; run tests/bench/fit_topics.py")
    places = {word: row for row, word in enumerate(words.tolist())}
    return TopicWords(start.astype(np.float32) / SCALE, places, weights.astype(np.float32) / SCALE)


def store(words: TopicWords, file: Path) -> None:
    """Write a table that `topic_words` can read; weights are rounded to tenths within ±12.7."""
    rounded = np.clip(np.round(words.weights * SCALE), -127, 127).astype(np.int8)
    used = {word: row for word, row in sorted(words.places.items()) if rounded[row].any()}
    np.savez_compressed(
        file,
        topics=np.array([str(topic) for topic in Topic]),
        words=np.array(list(used)),
        start=np.round(words.start * SCALE).astype(np.int8),
        weights=rounded[list(used.values())],
    )
