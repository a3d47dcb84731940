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
PLACE = {feature: place for place, feature in enumerate(FEATURES)}
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


@dataclass(frozen=True, slots=True)
class Leaning:
    """What decides how much each kind of evidence counts for a query, both in [0, 1]."""

    few_words: float  # near 1 when even the best candidate holds few of the query's words
    ours: float  # how much the candidates are of our field


def leaning(found: Candidates, attributes: Attributes, *, ideal: float) -> Leaning:
    """Look at the candidates as a whole; `attributes` are theirs, `ideal` is the query's own BM25 weight (> 0)."""
    best = float(found.keyword.max(initial=0.0)) / ideal
    return Leaning(few_words=float(np.exp(-2.0 * best)), ours=of_our_field(attributes))


def features(
    found: Candidates, attributes: Attributes, meaning: Understood, *, ideal: float, leaning: Leaning
) -> Matrix:
    """(m, features) of the candidates; those of token matching are 0 until `add_match`."""
    share = found.keyword / ideal
    best = float(share.max(initial=0.0))
    topics = [(attributes["topics"] & topic_bits([topic])) != 0 for topic in meaning.topics[:2]]
    columns: dict[str, NDArray[Any]] = {
        "cosine": found.dense,
        "cosine_few_words": found.dense * leaning.few_words,
        "keyword": share,
        "keyword_few_words": share * leaning.few_words,
        "plan": attributes["kind"] == KINDS[PlanKind.PLAN],
        "length": np.log(np.maximum(attributes["characters"], 1)) / 5.0,
    }
    if best > 0:
        columns["keyword_of_best"] = share / best
    if meaning.organisations:
        columns["organisation"] = organisation_rows(attributes, meaning.organisations)
    for name, topic in zip(("topic", "second_topic"), topics, strict=False):
        columns[name] = topic
    if meaning.months:
        columns["month"] = (attributes["months"] & month_bits(meaning.months)) != 0
    if meaning.period:
        columns["period"] = period_rows(attributes, meaning.period)
    matrix = np.zeros((len(share), len(FEATURES)))
    for name, column in columns.items():
        matrix[:, PLACE[name]] = column * leaning.ours
        if leaning.ours < 1 and name in OF_TEXT:
            matrix[:, PLACE[ELSEWHERE + name]] = column * (1 - leaning.ours)
    return matrix


def add_match(matrix: Matrix, match: NDArray[np.float64], leaning: Leaning) -> None:
    """Fill in how well each candidate's tokens meet the query's (m,), in [-1, 1]."""
    for name, column in (("match", match), ("match_few_words", match * leaning.few_words)):
        matrix[:, PLACE[name]] = column * leaning.ours
        matrix[:, PLACE[ELSEWHERE + name]] = column * (1 - leaning.ours)


def of_our_field(attributes: Attributes) -> float:
    """How much these passages are of our field, in [0, 1]: 1 when at least half of them hold one of its words."""
    return min(1.0, 2 * float((attributes["terms"] > 0).mean())) if len(attributes) else 1.0
