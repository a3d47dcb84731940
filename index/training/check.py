"""How well an embedder ranks passages for authored queries it never saw: the built-in check."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.datatypes import Passage
from index.embed import Embedder
from index.training.asking import find_anchor
from index.training.domain import Domain

K = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, the key of the text that answers it, and why it is held out: "query" alone, or with its "text"."""

    text: str
    kind: str
    key: str
    split: str


@dataclass(frozen=True, slots=True)
class CheckScores:
    """nDCG@10 in [0, 1] of the held-out queries: by split and kind, ("query", "paraphrase") for one, "ALL" for all
    kinds; and how many queries each mean is over.
    """

    ndcg: Mapping[tuple[str, str], float]
    queries: Mapping[tuple[str, str], int]

    @property
    def overall(self) -> float:
        """The mean over every held-out query."""
        total = sum(self.queries[split, "ALL"] for split, kind in self.ndcg if kind == "ALL")
        return (
            sum(self.ndcg[split, "ALL"] * self.queries[split, "ALL"] for split, kind in self.ndcg if kind == "ALL")
            / total
        )


def held_out_queries(domain: Domain, passages: Sequence[Passage], *, keys: Mapping[str, str]) -> list[Asked]:
    """What training left out, for the texts that are there."""
    asked = []
    for anchor in domain.anchors:
        passage = find_anchor(anchor, passages)
        if passage is not None:
            kept = [query for query in anchor.queries if anchor.checked or query.checked]
            split = "text" if anchor.checked else "query"
            asked += [Asked(query.text, query.kind, keys[passage.id], split) for query in kept]
    for written in domain.passages:
        kept = [query for query in written.queries if written.checked or query.checked]
        asked += [Asked(q.text, q.kind, written.id, "text" if written.checked else "query") for q in kept]
    return asked


def check(embedder: Embedder, *, domain: Domain, passages: Sequence[Passage], keys: Mapping[str, str]) -> CheckScores:
    """Rank all passages, and those written here, for each held-out query; near-duplicates (one key) count as one."""
    texts = [(passage.embedding_text, keys[passage.id]) for passage in passages]
    texts += [(written.embedding_text, written.id) for written in domain.passages]
    asked = held_out_queries(domain, passages, keys=keys)
    scores = embedder.encode_queries([a.text for a in asked]) @ embedder.encode_documents([text for text, _ in texts]).T
    order = np.argsort(-scores, axis=1, kind="stable")
    gains: dict[tuple[str, str], list[float]] = {}
    for query, ranked in zip(asked, order, strict=True):
        gain = _gain([texts[i][1] for i in ranked], query.key)
        for kind in (query.kind, "ALL"):
            gains.setdefault((query.split, kind), []).append(gain)
    means = {name: sum(values) / len(values) for name, values in sorted(gains.items())}
    return CheckScores(means, {name: len(gains[name]) for name in means})


def _gain(ranked_keys: Sequence[str], key: str) -> float:
    """nDCG@10 with one right answer."""
    first = list(dict.fromkeys(ranked_keys))[:K]
    return 1 / math.log2(first.index(key) + 2) if key in first else 0.0
