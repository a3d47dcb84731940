"""Cosines of different models mean different things: one calls two unrelated texts 0.05 alike, another 0.6. The weights
are fitted with one model; the cosines of any other are first brought to its scale.
"""

import json
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from index.embed import Embedder
from index.training.domain import DATA

PROBES = 64
LEAST_WIDTH = 0.02
USELESS, TRUSTED = 0.25, 0.6  # mean reciprocal ranks of the right passage among the probes: trust grows in between


@dataclass(frozen=True, slots=True)
class Scale:
    """A model's mean cosine of queries with passages that have nothing to do with them, and with those that answer."""

    unrelated: float
    related: float
    trust: float = 1.0  # in [0, 1]: how much its cosines may count; a model for another language tells little apart

    def brought_to(self, other: "Scale", cosines: NDArray[np.float32]) -> NDArray[np.float32]:
        """`cosines` as they would stand on the other scale; a model that tells nothing apart is left as it is."""
        width = self.related - self.unrelated
        if width < LEAST_WIDTH:
            return cosines
        moved = (cosines - self.unrelated) / width * (other.related - other.unrelated) + other.unrelated
        return moved.astype(np.float32)


def measure_scale(embedder: Embedder) -> Scale:
    """The model's scale, on queries and passages of our own: some milliseconds for a static model."""
    queries, passages = _probes()
    cosines = embedder.encode_queries(queries) @ embedder.encode_documents(passages).T
    right = cosines.diagonal()
    ranks = (cosines >= right[:, None]).sum(axis=1)  # among equals the last
    return Scale(
        unrelated=float(cosines[~np.eye(len(queries), dtype=np.bool_)].mean()),
        related=float(right.mean()),
        trust=float(np.clip(((1 / ranks).mean() - USELESS) / (TRUSTED - USELESS), 0, 1)),
    )


@cache
def _probes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A query and a passage on each of `PROBES` matters."""
    lines = (DATA / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines[:: max(1, len(lines) // PROBES)]][:PROBES]
    return tuple(row["queries"][0][1] for row in rows), tuple(f"{row['heading']}\n{row['text']}" for row in rows)
