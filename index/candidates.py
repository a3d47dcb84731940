"""Which passages might answer: the nearest by meaning and the best by words, each with both scores."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.attributes import Mask
from index.contents import Contents
from index.datatypes import Filter
from index.dense import Numbers
from index.embed import Rows
from index.keyword import Wanted

NEAREST = 80  # candidates by meaning
BEST = 80  # candidates by words
SCORED = 200  # words are scored this deep, so that most of the nearest have their keyword score too


@dataclass(frozen=True, slots=True)
class Candidates:
    """Row numbers, ascending, with their scores, all (m,)."""

    rows: Numbers
    dense: NDArray[np.float32]  # cosine
    keyword: NDArray[np.float32]  # BM25; 0 when no word matched


def find_candidates(
    contents: Contents, vector: Rows, wanted: Wanted, *, filter: Filter, allowed: Mask | None, depth: int = 1
) -> Candidates:
    """Candidates that pass the filter; `allowed` (bool per row; None: all) restricts them further.

    `depth` times as many as usual are gathered.
    `vector` is the query's (dimension,) unit row, `wanted` its words.
    """
    mask = _both(contents.passing(filter), allowed)
    nearest, cosines = contents.dense.search(vector, k=depth * NEAREST, mask=mask)
    by_words, scores = _by_words(contents, wanted, filter=filter, allowed=allowed, depth=depth)
    rows = np.unique(np.concatenate([nearest, by_words[: depth * BEST]]))
    dense = np.full(len(rows), np.nan, np.float32)
    dense[np.searchsorted(rows, nearest)] = cosines
    others = np.flatnonzero(np.isnan(dense))
    dense[others] = contents.dense.cosines(vector, rows[others])
    keyword = np.zeros(len(rows), np.float32)
    places = np.searchsorted(rows, by_words).clip(max=max(0, len(rows) - 1))
    here = rows[places] == by_words
    keyword[places[here]] = scores[here]
    return Candidates(rows, dense, keyword)


def _by_words(
    contents: Contents, wanted: Wanted, *, filter: Filter, allowed: Mask | None, depth: int
) -> tuple[Numbers, NDArray[np.float32]]:
    uids = contents.attributes["uid"]
    only = without = None
    if allowed is not None:
        refused = np.flatnonzero(~allowed)
        if len(refused) < len(uids) // 2:
            without = uids[refused]
        else:
            only = uids[allowed]
    found, scores = contents.keyword.search(wanted, k=depth * SCORED, filter=filter, only=only, without=without)
    return contents.rows_of(found), scores


def _both(first: Mask | None, second: Mask | None) -> Mask | None:
    if first is None or second is None:
        return second if first is None else first
    return first & second
