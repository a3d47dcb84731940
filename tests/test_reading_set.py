"""Whole documents in the manner of sample sites and official pages, written and labelled for this, are read right.

The bars are those of the project; `gongbi eval corpus --gold tests/data/reading` prints every figure.
"""

from pathlib import Path

import pytest

from corpus.evaluate import CorpusScores, evaluate_corpus

FOLDER = Path(__file__).parent / "data" / "reading"
BARS = {
    "segments": 0.95,
    "organisation": 0.90,
    "is_union": 0.95,
    "kind": 0.90,
    "period": 0.90,
    "year": 0.95,
    "hard_entities": 0.88,
}


@pytest.fixture(scope="module")
def scores() -> CorpusScores:
    return evaluate_corpus(FOLDER, FOLDER)


@pytest.mark.parametrize(("name", "bar"), BARS.items(), ids=list(BARS))
def test_labels_reach_their_bars(scores: CorpusScores, name: str, bar: float) -> None:
    rate = getattr(scores, name)
    assert rate.count >= 70
    assert rate.right >= bar * rate.count


def test_topics_reach_their_bar(scores: CorpusScores) -> None:
    assert scores.topics_f1 >= 0.80
    assert min(scores.topics_precision, scores.topics_recall) >= 0.75
