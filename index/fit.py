"""Fit the weights of `fusion.json` on the authored queries that the embedding was not trained on.

    python -m index.fit
    python -m index.fit --pairs DIR --unread MODEL      # the weights for texts of other fields too

The passages are those of the sample documents and those the project wrote. A query's own passage and its
near-duplicates are right, passages on the same matter half right, everything else is taken to be wrong. The evaluation
queries are never read here. What counts among texts of other fields is fitted on public questions (public.py), with a
model that was made without them.
"""

import argparse
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.chunk import bare_passage
from corpus.datatypes import OrganisationType, Passage, Period, Topic
from corpus.load import load
from corpus.read import read
from index.abstention import KINDS
from index.datatypes import Filter
from index.embed import BUILT_IN, load_embedder
from index.fusion import ELSEWHERE, FEATURES, WEIGHTS, Matrix, load_fusion
from index.generation import rebuild
from index.memory import MemoryLibrary
from index.months import month_mentions
from index.public import FITTED, read_set
from index.scale import measure_scale
from index.search import PassageIndex
from index.selection import overlap
from index.training.asking import find_anchor
from index.training.domain import DATA, Domain, WrittenPassage, load_domain

DOCUMENTS = Path(__file__).parent.parent / "corpus" / "documents"
SAME_MATTER = 0.15  # of a right passage's share of the probability
SAME_TEXT = 0.5  # overlap from which a passage answers what another one answers
STEPS, RATE, PENALTY = 2000, 0.05, 1e-3
ALL = 1_000_000  # candidates
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the share of the probability (by passage id) that its passages should get."""

    text: str
    right: Mapping[str, float]


def fit_weights(examples: Sequence[tuple[Matrix, Vector]]) -> Vector:
    """Weights (features,) under which the softmax of the scores is closest to the wanted shares, first weight 1.

    `examples` are (candidates, features) with shares (candidates,) that add up to 1.
    """
    scale = np.concatenate([matrix for matrix, _ in examples]).std(axis=0) + 1e-6
    weights, first, second = np.zeros(len(scale)), np.zeros(len(scale)), np.zeros(len(scale))
    for step in range(1, STEPS + 1):  # Adam on a convex loss
        gradient = PENALTY * weights
        for matrix, shares in examples:
            scores = (matrix / scale) @ weights
            chances = np.exp(scores - scores.max())
            gradient += (matrix / scale).T @ (chances / chances.sum() - shares) / len(examples)
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-9)
    fitted: Vector = weights * scale[0] / scale / weights[0]
    return fitted


def fit_abstention(answerable: Matrix, others: Matrix) -> Vector:
    """Bias and weights (1 + kinds of evidence,) of a logistic regression; both are (queries, kinds of evidence).

    The threshold lies as many standard deviations below the mean of `answerable` as above that of `others`: that moves
    smoothly with the data, where quantiles of few queries jump.
    """
    rows = np.concatenate([answerable, others])
    wanted = np.r_[np.ones(len(answerable)), np.zeros(len(others))]
    balance = np.where(wanted == 1, len(others) / len(answerable), 1.0)
    middle, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    design = np.c_[np.ones(len(rows)), (rows - middle) / scale]
    weights = np.zeros(design.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-design @ weights))
        weights -= 0.5 * (design.T @ (balance * (chance - wanted)) / balance.sum() + PENALTY * weights)
    slopes = weights[1:] / scale
    yes, no = answerable @ slopes, others @ slopes
    threshold = (yes.mean() * no.std() + no.mean() * yes.std()) / (yes.std() + no.std())
    fitted: Vector = np.concatenate([[-threshold], slopes])
    return fitted


def asked_queries(domain: Domain, passages: Sequence[Passage]) -> list[Asked]:
    """Every authored query that was kept out of training, with what answers it."""
    found = [(anchor, passage) for anchor in domain.anchors if (passage := find_anchor(anchor, passages))]
    asked = []
    for anchor, passage in found:
        matter = [other for owner, other in found if owner.facet == anchor.facet]
        same = [other.id for other in passages if overlap(other.text, passage.text) >= SAME_TEXT]
        for query in anchor.queries:
            if anchor.checked or query.checked:
                scoped = query.kind == "org_scoped"  # then only the same unit type's passages help
                near = [p.id for p in matter if not scoped or p.organisation == passage.organisation]
                right = {**dict.fromkeys(near, SAME_MATTER), **dict.fromkeys(same, 1.0)}
                asked.append(Asked(query.text, right))
    for written in domain.passages:
        right = {written_passage(written).id: 1.0}
        asked += [Asked(q.text, right) for q in written.queries if written.checked or q.checked]
    return asked


def written_passage(written: WrittenPassage) -> Passage:
    """A passage of our own as the library would hold it."""
    return replace(
        bare_passage(written.text, plan_id=f"{written.id}-1", file="written.txt"),
        title="工会工作计划",
        headings=(written.heading,),
        organisation=OrganisationType(written.organisation),
        topics=(Topic(written.topic),),
        months=tuple(month for _, _, months in month_mentions(written.heading) for month in months),
        period=Period.YEAR,
        is_union=True,
        collection="范文",
    )


def examples_of(index: PassageIndex, queries: Iterable[Asked]) -> list[tuple[Matrix, Vector]]:
    """Features and wanted shares of every query that has a right passage among its candidates."""
    examples = []
    for asked in queries:
        evidence = index.evidence(index.meaning(asked.text), filter=Filter(), understand=True, matched=ALL)
        if evidence is None:
            continue
        shares = np.array([asked.right.get(index.passage(row).id, 0.0) for row in evidence.found.rows.tolist()])
        if shares.max() == 1.0:
            examples.append((evidence.features, shares / shares.sum()))
    return examples


def evidence_of(index: PassageIndex, texts: Iterable[str]) -> Matrix:
    """(queries, kinds of evidence) that there is an answer; queries that need no weighing are left out."""
    found = (index.evidence(index.meaning(text), filter=Filter(), understand=True) for text in texts)
    return np.array([one.of_answer.values for one in found if one is not None and one.of_answer.verdict is None])


def public_examples(folder: Path, model: str) -> list[tuple[Matrix, Vector]]:
    """Examples among texts of other fields, for a model that never read them."""
    embedder, examples = load_embedder(model), []
    for questions in (read_set(folder, name) for name in FITTED):
        with tempfile.TemporaryDirectory() as place:
            index = rebuild(Path(place), MemoryLibrary(questions.passages), embedder)
            fusion = replace(load_fusion(), scale=measure_scale(embedder))
            asked = [Asked(question.text, dict.fromkeys(question.right, 1.0)) for question in questions.fitted]
            examples += examples_of(index.with_fusion(fusion), asked)
    return examples


def main() -> None:
    """Fit and write `fusion.json`; what is not fitted is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default=str(BUILT_IN))
    parser.add_argument("--pairs", type=Path, help="folder of the public pairs (*.tsv.gz)")
    parser.add_argument("--unread", help="a model made without the public questions")
    options = parser.parse_args()
    public = public_examples(options.pairs, options.unread) if options.pairs else []
    samples = tuple(p for file in sorted(DOCUMENTS.glob("*.txt")) for p in read(load(file)).passages)
    domain = load_domain()
    library = MemoryLibrary((*samples, *(written_passage(written) for written in domain.passages)))
    queries = asked_queries(domain, samples)
    others = [line for line in (DATA / "offtopic.txt").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    embedder = load_embedder(options.model)
    fusion = replace(load_fusion(), scale=measure_scale(embedder))
    with tempfile.TemporaryDirectory() as folder:
        index = rebuild(Path(folder), library, embedder).with_fusion(fusion)
        weights = fit_weights([*examples_of(index, queries), *public])
    with tempfile.TemporaryDirectory() as folder:  # what a new user's library holds, and queries that it answers
        index = rebuild(Path(folder), MemoryLibrary(samples), embedder).with_fusion(fusion)
        answered = asked_queries(replace(domain, passages=()), samples)
        abstain = fit_abstention(evidence_of(index, [asked.text for asked in answered]), evidence_of(index, others))
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    data["scale"] = {"unrelated": round(fusion.scale.unrelated, 4), "related": round(fusion.scale.related, 4)}
    fitted = {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)}
    data["weights"] |= {name: weight for name, weight in fitted.items() if public or not name.startswith(ELSEWHERE)}
    data["abstain"] = {name: round(float(w), 4) for name, w in zip(("bias", *KINDS), abstain, strict=True)}
    WEIGHTS.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"fitted on {len(queries)} queries: {data['weights']} {data['abstain']}")  # noqa: T201  a command


if __name__ == "__main__":
    main()
