"""Whether the library answers a query at all. Nothing single tells: a paraphrase shares no word with its answer, a
recipe may share several with a plan. A logistic regression over what speaks for an answer decides; it lets nearly every
answerable query pass (fit.py) and is fitted on authored queries against greetings and questions of other fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.candidates import Candidates
from index.fusion import Fusion

KINDS = ("nearest", "near", "keyword", "known", "cues", "elsewhere")
CLOSEST = 5
NEAR = 50  # passages, in a large library; an eighth of a small one
MOST_CUES = 3
CERTAIN = 0.5  # share of the query's BM25 weight in one passage from which it answers …
CONTENT = 0.5  # … provided that some word of the query says at least this much
FOREIGN = 0.5  # candidates less of our field than this are texts of other fields, which answer …
SHARED = 0.2  # … from this share of the query's BM25 weight in one passage


@dataclass(frozen=True, slots=True)
class AnswerEvidence:
    """What speaks for an answer: `values` in the order of `KINDS`; where the `verdict` is clear, nothing is weighed."""

    values: tuple[float, ...]
    verdict: bool | None


def query_evidence(
    found: Candidates,
    words: Mapping[str, float],
    held: NDArray[np.float64],
    *,
    passages: int,
    ideal: float,
    topical: bool,
    cues: int,
    elsewhere: bool,
    ours: float,
) -> AnswerEvidence:
    """Weigh up a query; `held` says how many of the `passages` hold each word.

    Cosines of the closest candidates and of the neighbourhood, the best share of the query's BM25 weight, the share of
    the query that the library's words cover, how many words of our field were understood (`cues`); and against it,
    whether the query speaks of other fields. A query that names a topic of plans (`topical`), or most of whose words
    stand together in one passage, needs no weighing. Nor does any that is nearest to texts of other fields (`ours` says
    how much the candidates are of our field): there the words alone decide, whatever the query is about.
    """
    cosines = np.sort(found.dense)[::-1]
    near = max(CLOSEST, min(NEAR, passages // 8))
    weights = np.array(list(words.values()))
    share = min(1.0, float(found.keyword.max()) / ideal)
    values = (
        float(cosines[:CLOSEST].mean()),
        float(cosines[:near].mean()),
        share,
        float(weights @ (held > 0) / weights.sum()),
        min(cues, MOST_CUES) / MOST_CUES,
        float(elsewhere and not cues),
    )
    says_something = float(weights.max()) >= CONTENT
    if ours < FOREIGN:
        return AnswerEvidence(values, verdict=share >= SHARED and says_something)
    held_together = share >= CERTAIN and says_something
    return AnswerEvidence(values, verdict=True if (topical or held_together) and not elsewhere else None)


def answers(evidence: AnswerEvidence, fusion: Fusion) -> bool:
    """Whether the evidence is enough."""
    if evidence.verdict is not None:
        return evidence.verdict
    weighed = sum(fusion.abstain[kind] * value for kind, value in zip(KINDS, evidence.values, strict=True))
    return fusion.abstain["bias"] + weighed > 0
