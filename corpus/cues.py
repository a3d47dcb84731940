"""Weighted cue lists: the data behind every classifier of the corpus, and how a text is scored with them.

In the files a table maps label -> cue -> weight; a cue is a literal string. The contribution of a cue grows with the
logarithm of how often it occurs, so that one repeated word cannot outvote many different ones.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import exp, log, log1p
from typing import Any

import yaml

from corpus.words import LEXICON

_LOG_2 = log(2)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is ten times as fast where it is built


@dataclass(frozen=True, slots=True)
class Table:
    """Cues by their first two characters, so that only cues whose start stands in a text are counted there."""

    labels: tuple[str, ...]
    starts: Mapping[str, tuple[tuple[str, str, float], ...]]  # (cue, label, weight)


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of text and how much a cue inside it counts (1.0 = like the body)."""

    text: str
    weight: float


@cache
def load_yaml(name: str) -> Any:  # noqa: ANN401 - the caller knows the shape
    """Return the parsed content of `lexicon/{name}`, read once: nobody may change it."""
    return yaml.load((LEXICON / name).read_text(encoding="utf-8"), Loader=_LOADER)


def any_of(patterns: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """Return one pattern that matches what any of these does, the earlier first."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)


def load_table(entry: Mapping[str, Mapping[str, float]], *, labels: Iterable[str]) -> Table:
    """Return `entry` as a checked table. Raises ValueError for a label outside `labels` or a weight that is none."""
    known = set(labels)
    starts: dict[str, list[tuple[str, str, float]]] = {}
    for label, cues in entry.items():
        if label not in known:
            raise ValueError(f"unknown label {label!r} in a cue table; expected one of {sorted(known)}")
        for cue, weight in cues.items():
            if not isinstance(cue, str) or not isinstance(weight, int | float):
                raise ValueError(f"cue {cue!r} of {label!r} has weight {weight!r}; expected text: number")
            starts.setdefault(cue[:2], []).append((cue, label, float(weight)))
    return Table(tuple(entry), {start: tuple(cues) for start, cues in starts.items()})


def score(zones: Iterable[Zone], table: Table) -> dict[str, float]:
    """Return label -> sum over zones and cues of zone weight x cue weight x log2(1 + count)."""
    totals = dict.fromkeys(table.labels, 0.0)
    for zone in zones:
        text = zone.text
        found = table.starts.keys() & ({*text} | set(map(str.__add__, text, text[1:])))
        for start in sorted(found):  # sums of floats depend on their order
            for cue, label, weight in table.starts[start]:
                count = text.count(cue)
                if count:
                    totals[label] += zone.weight * weight * log1p(count) / _LOG_2
    return totals


def confidence(scores: Mapping[str, float], *, scale: float) -> float:
    """Return the softmax share of the best score, in (0, 1]; `scale` score points make a factor e."""
    best = max(scores.values())
    return 1.0 / sum(exp((value - best) / scale) for value in scores.values())
