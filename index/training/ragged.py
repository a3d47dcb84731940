"""Lists of token lists as two flat arrays, so that a batch is gathered without a Python loop."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Row i is `values[starts[i]:starts[i + 1]]`; starts has one more entry than there are rows."""

    values: Integers
    starts: Integers

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> Integers:
        """Values in each row."""
        return np.diff(self.starts)

    def take(self, rows: Integers) -> "Ragged":
        """The rows asked for, in that order."""
        lengths = self.lengths[rows]
        starts = np.concatenate(([0], np.cumsum(lengths)))
        inside = np.arange(starts[-1]) - np.repeat(starts[:-1], lengths)
        return Ragged(self.values[np.repeat(self.starts[rows], lengths) + inside], starts)

    def padded(self) -> Integers:
        """(rows, longest) with -1 after each row's end."""
        table = np.full((len(self), max(1, self.lengths.max(initial=0))), -1)
        inside = np.arange(len(self.values)) - np.repeat(self.starts[:-1], self.lengths)
        table[np.repeat(np.arange(len(self)), self.lengths), inside] = self.values
        return table

    def keep(self, mask: NDArray[np.bool_]) -> "Ragged":
        """The values whose mask is set; a row that would lose everything keeps its first value."""
        empty = np.add.reduceat(np.append(mask, False), self.starts[:-1]) == 0
        mask = mask.copy()
        mask[self.starts[:-1][empty & (self.lengths > 0)]] = True
        kept = np.concatenate(([0], np.cumsum(mask)))
        return Ragged(self.values[mask], kept[self.starts])


def ragged(rows: Sequence[Sequence[int]]) -> Ragged:
    """A Ragged of plain lists."""
    starts = np.concatenate(([0], np.cumsum([len(row) for row in rows], dtype=np.int64)))
    return Ragged(np.fromiter((value for row in rows for value in row), np.int64, int(starts[-1])), starts)
