"""Weighted cue lists: the data behind every classifier of the corpus, and how a text is scored with them.

A table maps label -> cue -> weight; a cue is a literal string. The contribution of a cue grows with the logarithm of
how often it occurs, so that one repeated word cannot outvote many different ones.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, log, log1p
from typing import Any, TypeAlias

import yaml

from corpus.words import LEXICON

Table: TypeAlias = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of text and how much a cue inside it counts (1.0 = like the body)."""

    text: str
    weight: float


def load_yaml(name: str) -> Any:  # noqa: ANN401 - the caller knows the shape
    """Return the parsed content of `lexicon/{name}`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times as fast
    return yaml.load((LEXICON / name).read_text(encoding="utf-8"), Loader=loader)


def load_table(entry: Mapping[str, Mapping[str, float]], *, labels: Iterable[str]) -> dict[str, dict[str, float]]:
    """Return `entry` as a checked table. Raises ValueError for a label outside `labels` or a weight that is none."""
    known = set(labels)
    for label, cues in entry.items():
        if label not in known:
            raise ValueError(f"unknown label {label!r} in a cue table; expected one of {sorted(known)}")
        for cue, weight in cues.items():
            if not isinstance(cue, str) or not isinstance(weight, int | float):
                raise ValueError(f"cue {cue!r} of {label!r} has weight {weight!r}; expected text: number")
    return {label: {cue: float(weight) for cue, weight in cues.items()} for label, cues in entry.items()}


def score(zones: Iterable[Zone], table: Table) -> dict[str, float]:
    """Return label -> sum over zones and cues of zone weight x cue weight x log2(1 + count)."""
    totals = dict.fromkeys(table, 0.0)
    for zone in zones:
        for label, cues in table.items():
            for cue, weight in cues.items():
                count = zone.text.count(cue)
                if count:
                    totals[label] += zone.weight * weight * log1p(count) / log(2)
    return totals


def confidence(scores: Mapping[str, float], *, scale: float) -> float:
    """Return the softmax share of the best score, in (0, 1]; `scale` score points make a factor e."""
    best = max(scores.values())
    return 1.0 / sum(exp((value - best) / scale) for value in scores.values())
