"""Fit what decides topics on labelled sections: fit_topics.py GOLD_FOLDER [--write]

Two steps, both logistic. The weights of words (`corpus/topic_words.py`) are fitted on the authored sections
(`tests/data/topic_sections.jsonl`), the templates and the gold; a word's weights start from its row in the built-in
embedding model, so that words seen once learn from their neighbours. The weights of features (`corpus/topics.py`) are
fitted on word scores that were made without the section itself.

Prints micro-F1 of gold documents left out in turn, of authored sections left out in fifths, and of other files named by
--also (JSON lines like the authored ones); --write puts both results into `corpus/lexicon/`. Needs scikit-learn
(development only).
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from scipy import sparse
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from assistant.drafting.templates import load_templates  # noqa: E402
from corpus.datatypes import Topic  # noqa: E402
from corpus.evaluate import labelled_sections  # noqa: E402
from corpus.topic_words import FILE, TopicWords, store, substrings  # noqa: E402
from corpus.topics import FEATURES, fixed_topics, topic_features  # noqa: E402
from corpus.words import LEXICON  # noqa: E402
from index.embed import BUILT_IN  # noqa: E402

TOPICS = [str(topic) for topic in Topic]
THRESHOLD, MOST, FOLDS = 0.42, 6, 5
RARE_NGRAM = 3  # sections in which a stretch that is no word of the embedding model must stand
STRENGTH = 3.0  # inverse of the penalty on weights
OF_GOLD = 10.0  # how much a section of a whole real document counts against one that was written to be hard
LEAST_WEIGHT = 0.3  # below which a word says nothing about a topic
HEADER = "# One logistic model for all topics, see corpus/topics.py; fitted by tests/bench/fit_topics.py.\n"
BLANKS = re.compile(r"\{[^}]*\}|〔[^〕]*〕")

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled section; `fold` says with which others it is left out."""

    fold: str
    text: str
    heading: str | None
    topics: frozenset[str]
    gold: bool = False

    @property
    def headings(self) -> Sequence[str]:
        """What the product is given."""
        return [self.heading] if self.heading else []

    @property
    def labels(self) -> Matrix:
        """(topics,) of 0 and 1."""
        return np.array([float(topic in self.topics) for topic in TOPICS], np.float32)

    @property
    def fixed(self) -> set[str]:
        """What form alone decides."""
        return {str(topic) for topic in fixed_topics(self.text, headings=self.headings)}

    def features(self, words: TopicWords) -> Matrix:
        """(topics, features)."""
        found = topic_features(self.text, headings=self.headings, words=words)
        return np.array(list(found.values()), np.float32)


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--documents", type=Path, default=ROOT / "corpus" / "documents")
    parser.add_argument("--also", type=Path, action="append", default=[])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    authored = list(read_cases(ROOT / "tests" / "data" / "topic_sections.jsonl"))
    gold = list(gold_cases(options.gold, options.documents))
    cases = authored + [*templates()] + gold
    vocabulary = Vocabulary(case.text for case in cases)
    features = out_of_fold(cases, vocabulary)
    for name, group in (("gold, a document left out", gold), ("authored, a fifth left out", authored)):
        held_out = [
            (fit_features([c for c in cases if c.fold != fold], features), [c for c in group if c.fold == fold])
            for fold in sorted({case.fold for case in group})
        ]
        print(f"micro-F1, {name}: {f1(held_out, features):.4f} ({len(group)} sections)")
    words, model = vocabulary.fit(cases), fit_features(cases, features)
    for path in options.also:
        others = list(read_cases(path))
        seen = {case: case.features(words) for case in others}
        print(f"micro-F1, {path.name}: {f1([(model, others)], seen):.4f} ({len(others)} sections)")
    print(f"micro-F1, gold as fitted: {f1([(model, gold)], {case: case.features(words) for case in gold}):.4f}")
    weights = dict(zip(FEATURES, model.coef_[0], strict=True))
    lines = [f"threshold: {THRESHOLD}", f"intercept: {model.intercept_[0]:.3f}", "weights:"]
    lines += [f"  {name}: {weight:.3f}" for name, weight in weights.items()]
    print("\n".join(lines), f"\n{len(words.places)} words")
    if options.write:
        (LEXICON / "topics_model.yaml").write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
        store(words, FILE)


def gold_cases(gold: Path, documents: Path) -> Iterator[Case]:
    for file, text, heading, topics in labelled_sections(gold, documents):
        yield Case(file, text, heading, frozenset(topics), gold=True)


def read_cases(path: Path) -> Iterator[Case]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        yield Case(str(number % FOLDS), row["text"], row["heading"], frozenset(row["topics"]))


def templates() -> Iterator[Case]:
    for number, template in enumerate(load_templates()):
        if template.role == "item":
            yield Case(str(number % FOLDS), BLANKS.sub("职工", template.text), None, frozenset([str(template.topic)]))


def out_of_fold(cases: Sequence[Case], vocabulary: "Vocabulary") -> dict[Case, Matrix]:
    """Features of every case, by words fitted without its fold."""
    found = {}
    for fold in sorted({case.fold for case in cases}):
        words = vocabulary.fit([case for case in cases if case.fold != fold])
        found.update({case: case.features(words) for case in cases if case.fold == fold})
    return found


class Vocabulary:
    """The words that may get weights, their rows in the embedding model, and how telling each is."""

    def __init__(self, texts: Iterable[str]) -> None:
        rows = json.loads((BUILT_IN / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
        known = {word: row for row, (word, _) in enumerate(rows)}
        vectors = next(iter(load_file(BUILT_IN / "model.safetensors").values())).astype(np.float32)
        counts = Counter(stretch for text in texts for stretch in substrings(text))
        self.words = sorted(w for w, count in counts.items() if w in known or (len(w) < 5 and count >= RARE_NGRAM))
        self.place = {word: i for i, word in enumerate(self.words)}
        own = [vectors[known[w]] if w in known else np.zeros(vectors.shape[1], np.float32) for w in self.words]
        lengths = np.linalg.norm(own, axis=1, keepdims=True)
        self.vectors = np.array(own) / np.where(lengths > 0, lengths, 1)
        most = max(counts.values())
        spread = np.array([counts[word] for word in self.words], np.float32)
        self.telling = np.clip(np.log((most + 50) / (spread + 5)) / 3, 0.1, 1.5).astype(np.float32)

    def fit(self, cases: Sequence[Case]) -> TopicWords:
        """Weights of words for texts, headings counting half as a text of their own."""
        named = [case for case in cases if case.heading and len(case.heading) > 4]
        texts = [case.text for case in cases] + [case.heading or "" for case in named]
        labels = np.array([case.labels for case in (*cases, *named)])
        weights = np.r_[np.ones(len(cases)), np.full(len(named), 0.5)]
        counted = self._rows(texts)
        used = np.asarray((counted > 0).sum(0)).ravel() >= 2
        dense = counted @ self.vectors
        inputs = sparse.hstack([sparse.csr_matrix(dense), counted[:, used]]).tocsr()
        width = dense.shape[1]
        table = np.zeros((len(self.words), len(TOPICS)), np.float32)
        start = np.full(len(TOPICS), -6.0)
        for topic, wanted in enumerate(labels.T):
            if wanted.sum() >= 3:
                model = LogisticRegression(C=STRENGTH, max_iter=300).fit(inputs, wanted, sample_weight=weights)
                start[topic] = model.intercept_[0]
                table[:, topic] = self.vectors @ model.coef_[0][:width]
                table[used, topic] += model.coef_[0][width:]
        table = np.round(table * self.telling[:, None], 1)
        table[np.abs(table) < LEAST_WEIGHT] = 0
        kept = np.flatnonzero(np.abs(table).sum(1))
        places = {self.words[row]: place for place, row in enumerate(kept)}
        return TopicWords(np.round(start, 1).astype(np.float32), places, table[kept])

    def _rows(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """(texts, words): how telling each word of a text is, over the root of their number."""
        data, columns, starts = [], [], [0]
        for text in texts:
            places = sorted(self.place[w] for w in self.place.keys() & substrings(text))
            data.append(self.telling[places] / np.sqrt(len(places) + 1))
            columns += places
            starts.append(len(columns))
        return sparse.csr_matrix((np.concatenate(data), columns, starts), shape=(len(texts), len(self.words)))


def fit_features(cases: Sequence[Case], features: dict[Case, Matrix]) -> LogisticRegression:
    free = [case for case in cases if not case.fixed]
    inputs = np.vstack([features[case] for case in free])
    weights = np.repeat([OF_GOLD if case.gold else 1.0 for case in free], len(TOPICS))
    labels = np.concatenate([case.labels for case in free])
    return LogisticRegression(C=1.0, max_iter=5000).fit(inputs, labels, sample_weight=weights)


def f1(folds: Sequence[tuple[LogisticRegression, Sequence[Case]]], features: dict[Case, Matrix]) -> float:
    right = given = wanted = 0
    for model, cases in folds:
        for case in cases:
            chances = model.predict_proba(features[case])[:, 1]
            order = np.argsort(-chances)[:MOST]
            ours = case.fixed or {TOPICS[i] for i in order if chances[i] >= THRESHOLD} or {TOPICS[order[0]]}
            theirs = set(compress(TOPICS, case.labels))
            right, given, wanted = right + len(ours & theirs), given + len(ours), wanted + len(theirs)
    return 2 * right / (given + wanted)


if __name__ == "__main__":
    main(sys.argv[1:])
