"""The word lists of the checks, rules.yaml, compiled and validated."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from corpus.datatypes import OrganisationType, Topic

_FILE = Path(__file__).with_name("rules.yaml")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Part:
    """How a plan says that it treats a topic."""

    topic: Topic
    name: str  # what the user reads
    words: re.Pattern[str]
    heading: re.Pattern[str]
    least: int  # paragraphs with such a word that make a part


@dataclass(frozen=True, slots=True)
class Rules:
    """rules.yaml, compiled. `patterns` holds every plain pattern by its dotted name: tense.done, years.back …"""

    patterns: Mapping[str, re.Pattern[str]]
    festivals: tuple[tuple[re.Pattern[str], frozenset[int]], ...]
    ambiguous: frozenset[str]
    ambiguous_for: Mapping[OrganisationType, frozenset[str]]
    trades: Mapping[OrganisationType, re.Pattern[str]]  # how names of units of the type end
    parts: tuple[Part, ...]
    cities: Mapping[str, str]  # prefecture-level city -> its province

    def __getitem__(self, name: str) -> re.Pattern[str]:
        """The pattern of a dotted name. Raises KeyError for an unknown one (a bug of ours)."""
        return self.patterns[name]


@cache
def rules() -> Rules:
    """Read and compile rules.yaml once. Raises ValueError naming the pattern that does not compile."""
    data: dict[str, Any] = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506
    patterns = {
        f"{group}.{name}": _joined(pattern, f"{group}.{name}")
        for group in ("zones", "tense", "years", "months", "blanks", "leftovers", "others", "sector", "talk", "repeats")
        for name, pattern in data[group].items()
    }
    stock = sorted(data["talk"]["stock"].split("|"), key=len, reverse=True)  # 积极性 before 积极
    patterns["talk.stock"] = _joined("|".join(stock), "talk.stock")
    return Rules(
        MappingProxyType(patterns),
        tuple((_joined(each["match"], "festivals"), frozenset(each["months"])) for each in data["festivals"]),
        frozenset(data["ambiguous"]["everywhere"]),
        MappingProxyType({OrganisationType(n): frozenset(w) for n, w in data["ambiguous"]["types"].items()}),
        MappingProxyType({OrganisationType(n): _joined(end, f"trades.{n}") for n, end in data["trades"].items()}),
        tuple(
            Part(Topic(name), each["name"], _joined(each["words"], name), _joined(each["heading"], name), each["least"])
            for name, each in data["parts"].items()
        ),
        MappingProxyType({city: province for province, line in data["cities"].items() for city in line.split()}),
    )


def _joined(pattern: str | Sequence[str], name: str) -> re.Pattern[str]:
    """One pattern of a string, or of a list of alternatives."""
    whole = pattern if isinstance(pattern, str) else "|".join(f"(?:{each})" for each in pattern)
    try:
        return re.compile(whole)
    except re.error as problem:
        raise ValueError(f"{_FILE.name}: {name}: {problem}") from problem
