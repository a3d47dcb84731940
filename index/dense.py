"""Vectors of passages in FAISS. Rows are numbered from 0 in the order they were given.

Which kind of index, by size (measured on one core, 256 dimensions, top 80): exact float32 to 5,000 rows (0.1 ms);
exact order on float16 to 200,000 (2.5 ms at 100,000 where float32 takes 5.7; half the memory, recall 1.0); beyond,
inverted lists over float16 (0.7 ms, recall 0.99 of the best ten). A filter is exact at every size: FAISS tests the row
before it enters the top k; with inverted lists a filter that few rows pass visits all of them, a wide one the more the
narrower it is.
"""

import os
from dataclasses import dataclass
from math import isqrt
from typing import Any

import faiss as typed_faiss
import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexProblem
from index.embed import Rows

faiss: Any = typed_faiss  # its type stubs describe the C++ signatures, not the Python ones

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]

EXACT_UP_TO = 5_000
HALF_UP_TO = 200_000
LISTS = 4096
LISTS_VISITED = 96
COMPARED = 50_000  # rows that pass a filter, up to which no list is left out
ROWS_A_LIST = 40  # to train on: FAISS asks for at least 39


@dataclass(frozen=True, slots=True)
class DenseIndex:
    """A FAISS index over unit rows; inner product is the cosine."""

    faiss_index: Any  # faiss.Index

    @property
    def rows(self) -> int:
        """Number of vectors."""
        return int(self.faiss_index.ntotal)

    @property
    def dimension(self) -> int:
        """Width of a row."""
        return int(self.faiss_index.d)

    def search(self, vector: Rows, *, k: int, mask: Mask | None = None) -> tuple[Numbers, Rows]:
        """Row numbers and cosines of the `k` nearest rows where `mask` (bool per row; None: all) is true.

        Both (m,), best first, m <= k. `vector` is (dimension,) or (1, dimension).
        """
        if not self.rows:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        faiss.omp_set_num_threads(1)  # of this thread: waking others costs more than one query saves
        selector = None if mask is None else _selector(mask)  # kept alive here: FAISS holds only a pointer
        scores, rows = self.faiss_index.search(query, min(k, self.rows), params=self._parameters(selector, mask))
        found = rows[0] >= 0  # FAISS pads with -1 when fewer rows pass the filter
        return rows[0][found], scores[0][found]

    def cosines(self, vector: Rows, rows: Numbers) -> Rows:
        """Cosines (m,) of `vector` with the rows of these numbers (m,)."""
        return self.vectors(rows) @ np.asarray(vector, dtype=np.float32).reshape(-1)

    def vectors(self, rows: Numbers) -> Rows:
        """The rows (m, dimension) of these numbers (m,), as stored."""
        if not len(rows):
            return np.zeros((0, self.dimension), np.float32)
        stored: Rows = self.faiss_index.reconstruct_batch(np.ascontiguousarray(rows, dtype=np.int64))
        return stored

    def to_bytes(self) -> bytes:
        """The whole index, to be written by Python: FAISS's own writer fails on Windows paths in Chinese."""
        serialized: bytes = faiss.serialize_index(self.faiss_index).tobytes()
        return serialized

    def _parameters(self, selector: Any, mask: Mask | None) -> Any:  # noqa: ANN401  FAISS objects
        if not isinstance(self.faiss_index, faiss.IndexIVF):
            return None if selector is None else faiss.SearchParameters(sel=selector)
        if mask is None:
            return faiss.SearchParametersIVF(nprobe=LISTS_VISITED)
        passing = int(np.count_nonzero(mask))
        few = passing <= COMPARED  # every one of them is compared
        visited = self.faiss_index.nlist if few else int(LISTS_VISITED * self.rows / passing)
        return faiss.SearchParametersIVF(nprobe=visited, sel=selector)


def build_dense(
    vectors: Rows, *, like: DenseIndex | None = None, exact_up_to: int = EXACT_UP_TO, half_up_to: int = HALF_UP_TO
) -> DenseIndex:
    """Index the rows (n, dimension), float32 of unit length; the kind follows from n (the limits are for tests).

    Inverted lists take over the trained lists of `like` where it has them: training is most of their cost.
    """
    count, dimension = vectors.shape
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    if count <= exact_up_to:
        index = faiss.IndexFlatIP(dimension)
    elif count <= half_up_to:
        index = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    else:
        index = _inverted_lists(vectors, like)
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    if isinstance(index, faiss.IndexIVF):
        index.make_direct_map()  # row number -> place in its list, for `vectors`
    return DenseIndex(index)


def read_dense(data: bytes) -> DenseIndex:
    """The index back from its bytes; raises IndexProblem when they are not one."""
    try:
        return DenseIndex(faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8)))
    except RuntimeError as error:
        raise IndexProblem("向量索引损坏，无法读取。请运行 gongbi index --rebuild 重建。") from error


def _inverted_lists(vectors: Rows, like: DenseIndex | None) -> Any:  # noqa: ANN401  faiss.IndexIVF
    if like is not None and isinstance(like.faiss_index, faiss.IndexIVF):
        emptied = faiss.clone_index(like.faiss_index)
        emptied.reset()
        return emptied
    count, dimension = vectors.shape
    lists = min(LISTS, 4 * isqrt(count), max(1, count // ROWS_A_LIST))
    coarse = faiss.IndexFlatIP(dimension)
    metric = faiss.METRIC_INNER_PRODUCT
    index = faiss.IndexIVFScalarQuantizer(coarse, dimension, lists, faiss.ScalarQuantizer.QT_fp16, metric, False)
    sample = np.random.default_rng(0).choice(count, min(count, ROWS_A_LIST * lists), replace=False)
    index.train(np.ascontiguousarray(vectors[np.sort(sample)]))
    return index


def _selector(mask: Mask) -> Any:  # noqa: ANN401  faiss.IDSelector
    return faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little"))
