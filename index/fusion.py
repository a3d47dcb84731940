"""How the evidence for a passage becomes one score: a weighted sum of features, fitted on training queries (fit.py) and
kept in `fusion.json`.

How much the words count depends on the query: `few_words` is near 1 when even the best passage holds few of the query's
words, and then the embedding leads. It also depends on the texts: the embedding was made for texts of our field, so
where the candidates hold none of its words, weights of their own apply (`elsewhere_…`) and words lead.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.datatypes import PlanKind
from index.attributes import KINDS, Attributes, month_bits, organisation_rows, period_rows, topic_bits
from index.candidates import Candidates
from index.datatypes import Understood
from index.keyword import FIELDS
from index.scale import Scale

WEIGHTS = Path(__file__).with_name("fusion.json")
ELSEWHERE = "elsewhere_"  # weights among texts that are not of our field
OF_TEXT = ("cosine", "cosine_few_words", "keyword", "keyword_few_words", "match", "match_few_words", "length")
FEATURES = (
    "cosine",
    "cosine_few_words",
    "keyword",
    "keyword_few_words",
    "keyword_of_best",
    "match",
    "match_few_words",
    "organisation",
    "topic",
    "second_topic",
    "month",
    "period",
    "plan",
    "length",
    *(f"{ELSEWHERE}{feature}" for feature in OF_TEXT),
)
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fusion:
    """`fusion.json`, checked."""

    scale: Scale  # of the model that the weights were fitted with
    field_weights: Mapping[str, float]  # of headings and text in BM25
    expansion: Mapping[str, float]  # weight of added words by origin; "vector": of their embedding
    weights: NDArray[np.float64]  # (features,) in the order of FEATURES
    diversity: float  # taken off for each unit of cosine with a better hit
    same: float  # share of their shingles from which two passages are one hit
    same_elsewhere: float  # … among texts of other fields, whose variants are worth seeing
    abstain: Mapping[str, float]  # logistic regression: answerable above 0


def load_fusion() -> Fusion:
    """The weights; raises ValueError when a feature has none."""
    return read_fusion(WEIGHTS)


@cache
def read_fusion(file: Path) -> Fusion:
    """Read and check a file of weights."""
    data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    if set(data["weights"]) != set(FEATURES):
        raise ValueError(f"{file.name}: weights for {sorted(data['weights'])}, expected {sorted(FEATURES)}")
    return Fusion(
        scale=Scale(float(data["scale"]["unrelated"]), float(data["scale"]["related"])),
        field_weights={field: float(data["field_weights"][field]) for field in FIELDS},
        expansion={origin: float(weight) for origin, weight in data["expansion"].items()},
        weights=np.array([float(data["weights"][feature]) for feature in FEATURES]),
        diversity=float(data["diversity"]),
        same=float(data["same"]),
        same_elsewhere=float(data["same_elsewhere"]),
        abstain={feature: float(weight) for feature, weight in data["abstain"].items()},
    )


def features(
    found: Candidates, attributes: Attributes, meaning: Understood, *, ideal: float, match: NDArray[np.float32]
) -> Matrix:
    """(m, features) of the candidates; `attributes` are theirs, `ideal` is the query's own BM25 weight (> 0), `match`
    (m,) how well their tokens meet the query's.
    """
    share = found.keyword / ideal
    best = float(share.max(initial=0.0))
    few_words = np.exp(-2.0 * best)
    ours = of_our_field(attributes)
    topics = [(attributes["topics"] & topic_bits([topic])) != 0 for topic in meaning.topics[:2]]
    none = np.zeros(len(share))
    columns = {
        "cosine": found.dense,
        "cosine_few_words": found.dense * few_words,
        "keyword": share,
        "keyword_few_words": share * few_words,
        "keyword_of_best": share / best if best > 0 else none,
        "match": match,
        "match_few_words": match * few_words,
        "organisation": organisation_rows(attributes, meaning.organisations) if meaning.organisations else none,
        "topic": topics[0] if topics else none,
        "second_topic": topics[1] if len(topics) > 1 else none,
        "month": (attributes["months"] & month_bits(meaning.months)) != 0 if meaning.months else none,
        "period": period_rows(attributes, meaning.period) if meaning.period else none,
        "plan": attributes["kind"] == KINDS[PlanKind.PLAN],
        "length": np.log(np.maximum(attributes["characters"], 1)) / 5.0,
    }
    here = np.stack([columns[feature] for feature in FEATURES[: -len(OF_TEXT)]], axis=1) * ours
    elsewhere = np.stack([columns[feature] for feature in OF_TEXT], axis=1) * (1 - ours)
    return np.concatenate([here, elsewhere], axis=1).astype(np.float64)


def of_our_field(attributes: Attributes) -> float:
    """How much these passages are of our field, in [0, 1]: 1 when at least half of them hold one of its words."""
    return min(1.0, 2 * float((attributes["terms"] > 0).mean())) if len(attributes) else 1.0
