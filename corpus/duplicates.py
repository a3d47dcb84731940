"""Near-duplicate plans and passages, truncated copies included, in time nearly linear in the corpus.

A text is the set of its five-character shingles, hashed; punctuation, blanks and slots do not count. Equal hashes of
all texts are brought together by one sort, which yields the pairs that share text; each pair is then judged on its
whole sets. One hash in 2^k stands for a text where all would not fit into memory (a scaled MinHash): unlike banded
MinHash it keeps containment, so that a copy cut to a third is found beside its original.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]  # (n,) sorted, each once

SHINGLE = 5  # characters
_MOST_HASHES = 8_000_000  # kept at a time, for 8 bytes each; beyond that one in two, in four …
_MOST_OWNERS = 8  # texts with the same shingle that are all compared; of more, each with the first and the next
_LEAST_SHARED = 4  # equal hashes that make a pair worth a look; all of a text that has fewer
_SHORT = 12  # shingles; shorter texts must agree as wholes, they are contained in anything
_NO_TEXT = re.compile(r"〔[一-龥]{2}〕|[\W_]+")


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Keys of texts that say the same, in input order; `best` is the most complete one."""

    members: tuple[str, ...]
    best: str


@dataclass(frozen=True, slots=True)
class SharedText:
    """Two texts with words in common: `containment` in [0, 1] is the share of the shorter found in the longer."""

    first: str
    second: str
    containment: float


def near_duplicates(texts: Mapping[str, str], *, threshold: float) -> tuple[DuplicateGroup, ...]:
    """Groups of two or more texts, each holding at least `threshold`, in (0, 1], of another or held by it."""
    keys = tuple(texts)
    position = {key: i for i, key in enumerate(keys)}
    parents = list(range(len(keys)))
    for pair in shared_texts(texts, threshold=threshold):
        _unite(parents, position[pair.first], position[pair.second])
    members: dict[int, list[str]] = {}
    for i, key in enumerate(keys):
        members.setdefault(_root(parents, i), []).append(key)
    return tuple(
        DuplicateGroup(tuple(group), max(group, key=lambda key: len(_folded(texts[key]))))
        for group in members.values()
        if len(group) > 1
    )


def shared_texts(texts: Mapping[str, str], *, threshold: float) -> tuple[SharedText, ...]:
    """Pairs of which one text holds at least `threshold`, in (0, 1], of the other, in input order."""
    keys = tuple(texts)
    kept, step = _sketches(list(texts.values()))
    found = []
    for a, b, shared in _candidates(kept):
        if shared < 0.25 * threshold * min(len(kept[a]), len(kept[b])):
            continue
        one, two = (kept[a], kept[b]) if step == 1 else (shingles(texts[keys[a]]), shingles(texts[keys[b]]))
        containment = _containment(one, two)
        if containment >= threshold:
            found.append(SharedText(keys[a], keys[b], containment))
    return tuple(found)


def shingles(text: str) -> Hashes:
    """Hashes of the five-character strings of `text`, letters and characters only."""
    folded = _folded(text)
    if not folded:
        return np.zeros(0, dtype=np.uint64)
    folded = folded.ljust(SHINGLE)
    points = np.frombuffer(folded.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    count = len(points) - SHINGLE + 1
    hashes = np.zeros(count, dtype=np.uint64)
    with np.errstate(over="ignore"):  # arithmetic modulo 2^64 is meant
        for i in range(SHINGLE):
            hashes = hashes * np.uint64(0x100000001B3) + points[i : i + count]
        hashes = (hashes ^ (hashes >> np.uint64(31))) * np.uint64(0x9E3779B97F4A7C15)
    return np.unique(hashes ^ (hashes >> np.uint64(29)))


def _folded(text: str) -> str:
    return _NO_TEXT.sub("", text)


def _sketches(texts: Sequence[str]) -> tuple[list[Hashes], int]:
    """What is kept of each text, and one in how many hashes that is."""
    step = 1
    while sum(map(len, texts)) > _MOST_HASHES * step:
        step *= 2
    mask = np.uint64(step - 1)
    return [hashes[(hashes >> np.uint64(7)) & mask == 0] for hashes in map(shingles, texts)], step


def _candidates(kept: Sequence[Hashes]) -> Iterator[tuple[int, int, int]]:
    """(i, j, equal hashes seen) with i < j, for texts that share some; shingles of many texts are seen in part."""
    if not kept:
        return
    owners = np.repeat(np.arange(len(kept), dtype=np.int64), [len(hashes) for hashes in kept])
    hashes = np.concatenate(list(kept))
    order = np.argsort(hashes, kind="stable")  # owners of equal hashes stay in order
    owners, hashes = owners[order], hashes[order]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]]) if len(hashes) else np.zeros(0, dtype=np.int64)
    lengths = np.diff(np.r_[starts, len(hashes)])
    codes = [codes for codes in _pairs(owners, starts, lengths, len(kept)) if len(codes)]
    if not codes:
        return
    pairs, counts = np.unique(np.concatenate(codes), return_counts=True)
    sizes = np.array([len(hashes) for hashes in kept])
    enough = counts >= np.minimum(_LEAST_SHARED, np.minimum(sizes[pairs // len(kept)], sizes[pairs % len(kept)]))
    for pair, count in zip(pairs[enough], counts[enough], strict=True):
        yield int(pair) // len(kept), int(pair) % len(kept), int(count)


def _pairs(
    owners: NDArray[np.int64], starts: NDArray[np.int64], lengths: NDArray[np.int64], size: int
) -> Iterator[NDArray[np.int64]]:
    """Codes i * size + j of texts that share a shingle, one entry per shingle."""
    for length in range(2, _MOST_OWNERS + 1):
        rows = owners[starts[lengths == length][:, None] + np.arange(length)]
        for i in range(length):
            for j in range(i + 1, length):
                yield rows[:, i] * size + rows[:, j]
    for start, length in zip(starts[lengths > _MOST_OWNERS], lengths[lengths > _MOST_OWNERS], strict=True):
        row = owners[start : start + length]
        yield row[0] * size + row[1:]
        yield row[1:-1] * size + row[2:]


def _containment(one: Hashes, two: Hashes) -> float:
    shared = len(np.intersect1d(one, two, assume_unique=True))
    shorter = min(len(one), len(two))
    return shared / (shorter if shorter >= _SHORT else len(one) + len(two) - shared)


def _root(parents: list[int], i: int) -> int:
    while parents[i] != i:
        parents[i] = parents[parents[i]]
        i = parents[i]
    return i


def _unite(parents: list[int], i: int, j: int) -> None:
    """Join two groups under the earlier root."""
    one, two = sorted((_root(parents, i), _root(parents, j)))
    parents[two] = one
