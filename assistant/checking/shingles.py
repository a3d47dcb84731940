"""An index of shared wording: which of many texts hold a stretch of the text at hand, in milliseconds.

A text is its letters and characters without marks and blanks. Every run of `LENGTH` of them is hashed; of `WINDOW`
neighbouring hashes the smallest is kept (winnowing), so that any shared stretch of LENGTH + WINDOW - 1 characters is
certain to be found while a quarter of the hashes is stored.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LENGTH = 10  # characters of a shingle
WINDOW = 7
_NO_LETTERS = re.compile(r"〔[一-龥]{2}〕|[\W_]+")
_SEPARATOR = "\x00"
_AT_ONCE = 4_000_000  # characters hashed at a time, for 32 bytes each

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class ShingleIndex:
    """Postings: `hashes` (n,) sorted, `owners` (n,) the positions of the texts that hold them."""

    hashes: Hashes
    owners: NDArray[np.int32]

    @classmethod
    def build(cls, texts: Sequence[str]) -> "ShingleIndex":
        """Index `texts`; their positions are the owners."""
        hashes, owners, start, size = [], [], 0, 0
        for stop, text in enumerate(texts, start=1):
            size += len(text)
            if size >= _AT_ONCE or stop == len(texts):
                some, whose = _winnowed([letters(text) for text in texts[start:stop]])
                hashes.append(some)
                owners.append(whose + np.int32(start))
                start, size = stop, 0
        if not hashes:
            return cls(np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int32))
        every, whose = np.concatenate(hashes), np.concatenate(owners)
        order = np.argsort(every, kind="stable")
        return cls(every[order], whose[order])

    def owners_of(self, folded: str, *, most: int, least: int = 1) -> tuple[int, ...]:
        """The texts that share the most shingles with `folded` (letters only), at least `least`, the best first."""
        asked = np.array(sorted(set(shingle_hashes(folded).tolist())), dtype=np.uint64)
        if not len(asked) or not len(self.hashes):
            return ()
        first, last = np.searchsorted(self.hashes, asked, "left"), np.searchsorted(self.hashes, asked, "right")
        counts = last - first
        held = counts > 0
        if not held.any():
            return ()
        rows = np.repeat(first[held], counts[held]) + _steps(counts[held])
        shared = np.bincount(self.owners[rows])
        texts = np.flatnonzero(shared)
        shared = shared[texts]
        enough = shared >= least
        order = np.lexsort((texts[enough], -shared[enough]))[:most]
        return tuple(int(owner) for owner in texts[enough][order])


def letters(text: str) -> str:
    """Letters and characters only, slots left out."""
    return _NO_LETTERS.sub("", text)


def letters_at(text: str) -> tuple[str, list[int]]:
    """Letters and characters only, and the offset of each in `text`."""
    offsets: list[int] = []
    position = 0
    for match in _NO_LETTERS.finditer(text):
        offsets += range(position, match.start())
        position = match.end()
    offsets += range(position, len(text))
    return "".join(text[offset] for offset in offsets), offsets


def shingle_hashes(folded: str) -> Hashes:
    """(max(0, n - LENGTH + 1),) hashes of the runs of LENGTH characters, in order."""
    points = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    count = len(points) - LENGTH + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    hashes = np.zeros(count, dtype=np.uint64)
    with np.errstate(over="ignore"):  # arithmetic modulo 2^64 is meant
        for i in range(LENGTH):
            hashes = hashes * np.uint64(0x100000001B3) + points[i : i + count]
        hashes = (hashes ^ (hashes >> np.uint64(31))) * np.uint64(0x9E3779B97F4A7C15)
        hashes ^= hashes >> np.uint64(29)
    return hashes


def _winnowed(folded: Sequence[str]) -> tuple[Hashes, NDArray[np.int32]]:
    """The kept hashes of some texts and the text each belongs to."""
    hashes = shingle_hashes(_SEPARATOR.join(folded))
    starts = np.cumsum([0, *(len(text) + 1 for text in folded)])
    whose = np.searchsorted(starts, np.arange(len(hashes)), "right") - 1
    inside = np.arange(len(hashes)) + LENGTH <= starts[whose + 1] - 1
    hashes, whose = hashes[inside], whose[inside]
    if len(hashes) < WINDOW:
        return hashes, whose.astype(np.int32)
    windows = np.lib.stride_tricks.sliding_window_view(hashes, WINDOW)
    kept = np.zeros(len(hashes), dtype=np.bool_)
    kept[windows.argmin(axis=1) + np.arange(len(windows))] = True
    # a window reaches into the next text: the first and last hashes of each text are kept as well
    changes = whose[1:] != whose[:-1]
    kept |= np.r_[True, changes] | np.r_[changes, True]
    return hashes[kept], whose[kept].astype(np.int32)


def _steps(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """0 … count - 1 for each count, one behind the other."""
    ends = np.cumsum(counts)
    return np.arange(ends[-1]) - np.repeat(ends - counts, counts)
