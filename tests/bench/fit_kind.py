"""Fit what decides whether a text looks back and whether it looks ahead: fit_kind.py GOLD_FOLDER [--write]

Three logistic models: sentences of plans against sentences of summaries, then two on whole texts (`corpus/kind.py`).
Every text counts once with its title and once without, since titles lie or are lost. Fitted on the authored texts
(`tests/data/kind_texts.jsonl`, `tests/data/plans.yaml`) and the gold.

Prints how many texts are right when a tenth is left out in turn, and in files named by --also (lines of id, title,
text, kind); --write puts the weights into `corpus/lexicon/kind_model.yaml`. Needs scikit-learn (development only).
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from corpus.cleaning.script import as_rules_read  # noqa: E402
from corpus.datatypes import PlanKind  # noqa: E402
from corpus.evaluate import labelled_plans  # noqa: E402
from corpus.kind import OF_SENTENCE, OF_TEXT, Weights, kind_features, kind_of, sentence_features  # noqa: E402
from corpus.words import LEXICON, sentence_spans  # noqa: E402

FOLDS = 10
LONGEST = 120  # characters of a sentence that count
STRENGTH_OF_SENTENCE, STRENGTH = 1.0, 0.3  # inverse of the penalty on weights
OF_GOLD = 3.0  # how much a whole real document counts against a text that was written to be hard
OF_BACK = (
    *("title_plan", "title_summary", "title_both", "mean", "back", "prefix", "opening_back", "opening_ahead"),
    *("rest", "heading", "length"),
)
OF_AHEAD = (
    *("title_plan", "title_summary", "title_both", "mean", "ahead", "suffix", "opening_back", "heading"),
    *("under_heading", "tail", "tail_ahead", "length", "rest"),
)
BOTH = re.compile(r"(?:总结|回顾|小结|情况).*(?:计划|打算|安排|思路|要点|展望|设想)")
HEADER = "# Three logistic models, see corpus/kind.py; fitted by tests/bench/fit_kind.py.\n"

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled text, and how much it counts."""

    name: str
    title: str
    text: str
    kind: PlanKind
    weight: float = 1.0

    @property
    def titles(self) -> Sequence[str]:
        """Its title, and none."""
        return tuple(dict.fromkeys((self.title, "")))

    @property
    def variants(self) -> Iterator[tuple[str, str]]:
        """Title and text as they may be met: the title lost, or only the half before the plans kept."""
        yield from ((title, self.text) for title in self.titles)
        if self.kind is PlanKind.MIXED and BOTH.search(self.title):
            yield self.title, self.text[: len(self.text) // 2]


@dataclass(frozen=True, slots=True)
class Model:
    """What is written to the file."""

    sentence: Weights
    back: Weights
    ahead: Weights

    def kind(self, case: Case, *, title: str) -> PlanKind:
        features = kind_features(case.text, title=title, sentence=self.sentence)
        return kind_of(self.back.odds(features), self.ahead.odds(features))


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--documents", type=Path, default=ROOT / "corpus" / "documents")
    parser.add_argument("--also", type=Path, action="append", default=[])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    data = ROOT / "tests" / "data"
    groups = {
        "texts": list(read_cases(data / "kind_texts.jsonl")),
        "plans": list(read_plans(data / "plans.yaml")),
        "gold": list(read_gold(options.gold, options.documents)),
    }
    cases = [case for group in groups.values() for case in group]
    held_out = [(fit([c for c in cases if c not in left], 0), left) for left in (cases[n::FOLDS] for n in range(FOLDS))]
    for name, group in groups.items():
        tell(f"{name}, a tenth left out", [(model, [c for c in left if c in group]) for model, left in held_out])
    model = fit(cases, 1)
    for path in options.also:
        tell(path.name, [(model, list(read_cases(path)))])
    if options.write:
        (LEXICON / "kind_model.yaml").write_text(HEADER + stored(model), encoding="utf-8")


def read_cases(path: Path) -> Iterator[Case]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        yield from case(str(row.get("id", number)), row["title"], row["text"], row["kind"])


def read_plans(path: Path) -> Iterator[Case]:
    for plan in yaml.safe_load(path.read_text(encoding="utf-8")):
        yield from case(plan["title"], plan["title"], plan["text"], plan["kind"])


def read_gold(gold: Path, documents: Path) -> Iterator[Case]:
    for label, plan in labelled_plans(gold, documents):
        yield from case(label["id"], plan.title, plan.text, label["kind"], weight=OF_GOLD)


def case(name: str, title: str, text: str, kind: str, *, weight: float = 1.0) -> Iterator[Case]:
    """One case, or none for a report: what makes those is not learnt."""
    if PlanKind(kind) is not PlanKind.REPORT:
        yield Case(name, as_rules_read(title), as_rules_read(text), PlanKind(kind), weight)


def fit(cases: Sequence[Case], verbose: int) -> Model:
    sentence = fit_sentences(cases)
    read = [(c, kind_features(text, title=title, sentence=sentence)) for c in cases for title, text in c.variants]
    values = np.array([features for _, features in read])
    back, ahead = (np.array([c.kind is not no for c, _ in read]) for no in (PlanKind.PLAN, PlanKind.SUMMARY))
    counts = np.array([c.weight for c, _ in read])
    model = Model(
        sentence, logistic(values, back, OF_BACK, counts=counts), logistic(values, ahead, OF_AHEAD, counts=counts)
    )
    if verbose:
        print(stored(model))
    return model


def fit_sentences(cases: Sequence[Case]) -> Weights:
    """Plans and summaries count alike, sentences by their length; one without any sign says nothing."""
    told = [(c.text[s:e], c.kind) for c in cases if c.kind is not PlanKind.MIXED for s, e in sentence_spans(c.text)]
    values = np.array([sentence_features(sentence) for sentence, _ in told])
    back = np.array([kind is PlanKind.SUMMARY for _, kind in told])
    weights = np.array([float(min(len(sentence), LONGEST)) for sentence, _ in told])
    weights *= len(told) / 2 / np.where(back, weights[back].sum(), weights[~back].sum())
    fitted = LogisticRegression(C=STRENGTH_OF_SENTENCE, fit_intercept=False, max_iter=3000).fit(values, back, weights)
    return Weights(0.0, tuple(map(float, fitted.coef_[0])))


def logistic(values: Matrix, labels: NDArray[np.bool_], names: Sequence[str], *, counts: Matrix) -> Weights:
    """Weights of the named columns of `values` (texts, features); the others get none. `counts`: (texts,)."""
    chosen = [OF_TEXT.index(name) for name in names]
    mean, spread = values[:, chosen].mean(axis=0), values[:, chosen].std(axis=0) + 1e-6
    fitted = LogisticRegression(C=STRENGTH, max_iter=3000).fit((values[:, chosen] - mean) / spread, labels, counts)
    weights = np.zeros(len(OF_TEXT))
    weights[chosen] = fitted.coef_[0] / spread
    return Weights(float(fitted.intercept_[0] - (fitted.coef_[0] / spread) @ mean), tuple(map(float, weights)))


def tell(name: str, tried: Sequence[tuple[Model, Sequence[Case]]]) -> None:
    """Print how many are right with their titles and without, and which are not."""
    found = [(c, title, model.kind(c, title=title)) for model, cases in tried for c in cases for title in c.titles]
    for which, part in (("with title", [f for f in found if f[1]]), ("without", [f for f in found if not f[1]])):
        right = sum(kind is c.kind for c, _, kind in part)
        wrong = Counter(f"{c.name} {c.kind}→{kind}" for c, _, kind in part if kind is not c.kind)
        print(f"{name}, {which}: {right}/{len(part)}", *wrong, sep="  ")


def stored(model: Model) -> str:
    """The model as YAML, features of no weight left out."""
    parts = ((model.sentence, OF_SENTENCE), (model.back, OF_TEXT), (model.ahead, OF_TEXT))
    lines = []
    for part, (weights, names) in zip(("sentence", "back", "ahead"), parts, strict=True):
        lines += [f"{part}:", f"  intercept: {weights.intercept:.3f}", "  weights:"]
        lines += [f"    {name}: {weight:.3f}" for name, weight in zip(names, weights.weights, strict=True) if weight]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
