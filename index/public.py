"""Texts of other fields: public question sets, searched as a library of their own.

    python -m index.public --pairs DIR --model FOLDER

Prints nDCG@10 of the questions that no weight was fitted on, beside BM25. The shipped model has learnt the pairs
themselves, so the figures mean something only with a model made without them (see training/MODEL_CARD.md).
"""

import argparse
import gzip
import math
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.chunk import bare_passage
from corpus.datatypes import Passage
from index.baselines import bm25_run
from index.datatypes import Filter
from index.embed import Embedder, load_embedder
from index.evaluate import JudgedQuery, K, Run, search_run
from index.generation import rebuild
from index.memory import MemoryLibrary

FITTED = ("drcd_test", "cmrc_trial")  # half of their questions fit the weights, the other half measures
MEASURED = (*FITTED, "dureader")
MOST = 250  # questions of one set to fit on


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the ids of the passages that answer it."""

    text: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions, some to fit on and others to measure with; `passages` are all there are."""

    name: str
    passages: tuple[Passage, ...]
    fitted: tuple[Question, ...]
    measured: tuple[Question, ...]


def read_set(folder: Path, name: str) -> QuestionSet:
    """The questions (`qa` lines) of `name`.tsv.gz, every other one for fitting where the set is fitted on."""
    with gzip.open(folder / f"{name}.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t")[1:] for line in lines if line.startswith("qa\t")]
    passages = {
        text: bare_passage(text, plan_id=f"text{number:05d}-1", file=f"{number}.txt")
        for number, text in enumerate(dict.fromkeys(text for _, text in rows))
    }
    right: dict[str, list[str]] = {}
    for question, text in rows:
        right.setdefault(question, []).append(passages[text].id)
    asked = tuple(Question(question, frozenset(ids)) for question, ids in right.items())
    if name not in FITTED:
        return QuestionSet(name, tuple(passages.values()), (), asked)
    fitted = asked[::2]
    return QuestionSet(name, tuple(passages.values()), fitted[:: math.ceil(len(fitted) / MOST)], asked[1::2])


def ndcg(run: Run, asked: Sequence[Question], passages: Sequence[Passage]) -> float:
    """nDCG@10; every right passage counts the same."""
    ids = {passage.embedding_text: passage.id for passage in passages}
    scores = []
    for question in asked:
        hits = run(JudgedQuery("", question.text, "", (), Filter()))
        gain = sum(_gain(rank) for rank, hit in enumerate(hits, start=1) if ids[hit.text] in question.right)
        scores.append(gain / sum(map(_gain, range(1, min(K, len(question.right)) + 1))))
    return sum(scores) / len(scores)


def _gain(rank: int) -> float:
    return 1 / math.log2(rank + 1)


def main() -> None:
    """Measure every set and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, required=True, help="folder of the public pairs (*.tsv.gz)")
    parser.add_argument("--model", required=True, help="a model made without these sets")
    options = parser.parse_args()
    embedder: Embedder = load_embedder(options.model)
    for name in MEASURED:
        questions = read_set(options.pairs, name)
        with tempfile.TemporaryDirectory() as folder:
            ours = search_run(rebuild(Path(folder), MemoryLibrary(questions.passages), embedder))
            scores = [ndcg(run, questions.measured, questions.passages) for run in (ours, bm25_run(questions.passages))]
        counts = f"{len(questions.passages)} passages, {len(questions.measured)} questions"
        print(f"{name}: {counts}, 工笔 {scores[0]:.4f}, BM25 {scores[1]:.4f}", flush=True)  # noqa: T201  a command


if __name__ == "__main__":
    main()
