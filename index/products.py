"""Inner products of a few rows with some, in one thread: numpy's BLAS would wake a second one for products this small,
and waiting for it costs fifty times what it saves on a busy machine.
"""

import numpy as np
from numpy.typing import NDArray

ALONE = 262_144  # multiplications up to which OpenBLAS stays in the calling thread


def inner(first: NDArray[np.float32], second: NDArray[np.float32]) -> NDArray[np.float32]:
    """(m, n) inner products of the rows of `first` (m, d) and `second` (n, d), in blocks that one thread computes."""
    size = max(1, ALONE // max(1, first.size))
    found = np.empty((len(first), len(second)), np.float32)
    for start in range(0, len(second), size):
        np.matmul(first, second[start : start + size].T, out=found[:, start : start + size])
    return found
