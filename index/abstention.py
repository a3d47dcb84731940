"""Whether the library answers a query at all. Nothing single tells: a paraphrase shares no word with its answer, a
recipe may share several with a plan. A logistic regression over what speaks for an answer decides; it lets nearly every
answerable query pass (fit.py) and is fitted on authored queries against greetings and questions of other fields.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from corpus.words import dictionary_share
from index.candidates import Candidates
from index.fusion import Fusion

KINDS = ("nearest", "near", "keyword", "known", "specific", "most_specific", "cue", "elsewhere")
CLOSEST = 5
NEAR = 50  # passages, in a large library; an eighth of a small one
OFTEN = 30.0  # how much more often than at large a word of our field may stand in a passage and still say nothing
LEAST, MOST = -3.0, 4.0


def query_evidence(
    found: Candidates,
    words: Mapping[str, float],
    held: NDArray[np.float64],
    *,
    passages: int,
    ideal: float,
    cue: bool,
    elsewhere: bool,
) -> tuple[float, ...]:
    """What speaks for an answer, in the order of `KINDS`; `held` says how many of the `passages` hold each word.

    Cosines of the closest candidates and of the neighbourhood, the best share of the query's BM25 weight, the share of
    the query that the library's words cover, how much its words belong to this library rather than to the language at
    large (mean and best, natural logarithms), and whether the synonym table knows any of them; against it, whether the
    query speaks of other fields.
    """
    cosines = np.sort(found.dense)[::-1]
    near = max(CLOSEST, min(NEAR, passages // 8))
    weights = np.array(list(words.values()))
    at_large = np.array([dictionary_share(word) for word in words])
    lift = np.log((held + 0.05) / max(1, passages) / (OFTEN * at_large + 1e-5)).clip(LEAST, MOST)
    return (
        float(cosines[:CLOSEST].mean()),
        float(cosines[:near].mean()),
        min(1.0, float(found.keyword.max()) / ideal),
        float(weights @ (held > 0) / weights.sum()),
        float(weights @ lift / weights.sum()),
        float(lift.max()),
        float(cue),
        float(elsewhere and not cue),
    )


def answers(evidence: tuple[float, ...], fusion: Fusion) -> bool:
    """Whether the evidence is enough."""
    return fusion.abstain["bias"] + sum(fusion.abstain[kind] * v for kind, v in zip(KINDS, evidence, strict=True)) > 0
