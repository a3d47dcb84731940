"""Fit the topic model's nine weights on labelled sections: fit_topics.py GOLD_FOLDER [--write]

Prints micro-F1 with each document left out in turn, then on all, and the weights; --write puts them into
`corpus/lexicon/topics_model.yaml`. Needs scikit-learn (development only).
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from corpus.datatypes import Topic  # noqa: E402
from corpus.evaluate import labelled_sections  # noqa: E402
from corpus.topics import FEATURES, fixed_topics, topic_features  # noqa: E402
from corpus.words import LEXICON  # noqa: E402

TOPICS = [str(topic) for topic in Topic]
THRESHOLD, MOST = 0.42, 6
HEADER = "# One logistic model for all topics, see corpus/topics.py; fitted by tests/bench/fit_topics.py.\n"


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--documents", type=Path, default=Path("corpus/documents"))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    cases = [Case(*row) for row in labelled_sections(options.gold, options.documents)]
    files = sorted({case.file for case in cases})
    held_out = [(fit([c for c in cases if c.file != file]), [c for c in cases if c.file == file]) for file in files]
    print(f"micro-F1, a document left out: {f1(held_out):.4f}")
    model = fit(cases)
    print(f"micro-F1, fitted on all: {f1([(model, cases)]):.4f}")
    weights = dict(zip(FEATURES, model.coef_[0], strict=True))
    lines = [f"threshold: {THRESHOLD}", f"intercept: {model.intercept_[0]:.3f}", "weights:"]
    lines += [f"  {name}: {weight:.3f}" for name, weight in weights.items()]
    print("\n".join(lines))
    if options.write:
        (LEXICON / "topics_model.yaml").write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


class Case:
    """One labelled section: features (topics, 9), which topics are labelled, and what form alone decides."""

    def __init__(self, file: str, text: str, heading: str | None, topics: Sequence[str]) -> None:
        headings = [heading] if heading else []
        self.file = file
        self.features: NDArray[np.float64] = np.array(list(topic_features(text, headings=headings).values()))
        self.labels: NDArray[np.float64] = np.array([float(topic in topics) for topic in TOPICS])
        self.fixed = {str(topic) for topic in fixed_topics(text, headings=headings)}


def fit(cases: Sequence[Case]) -> LogisticRegression:
    free = [case for case in cases if not case.fixed]
    features = np.vstack([case.features for case in free])
    return LogisticRegression(C=1.0, max_iter=5000).fit(features, np.concatenate([case.labels for case in free]))


def f1(folds: Sequence[tuple[LogisticRegression, Sequence[Case]]]) -> float:
    right = given = wanted = 0
    for model, cases in folds:
        for case in cases:
            chances = model.predict_proba(case.features)[:, 1]
            order = np.argsort(-chances)[:MOST]
            ours = case.fixed or {TOPICS[i] for i in order if chances[i] >= THRESHOLD} or {TOPICS[order[0]]}
            theirs = {topic for topic, label in zip(TOPICS, case.labels, strict=True) if label}
            right, given, wanted = right + len(ours & theirs), given + len(ours), wanted + len(theirs)
    return 2 * right / (given + wanted)


if __name__ == "__main__":
    main(sys.argv[1:])
