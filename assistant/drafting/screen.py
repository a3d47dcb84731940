"""Why a sentence of a sample may not stand in a new plan: tense, fragments, contradictions of law, sector words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from corpus.datatypes import OrganisationType

_FOLDER = Path(__file__).parent
_WIDE = str.maketrans(",;:()", "，；：（）")  # many samples were typed with these; the patterns know the wide ones


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something samples say that law or union rules do not allow, from plan year `first` on."""

    id: str
    pattern: re.Pattern[str]
    reason: str  # Chinese, for the user
    first: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that ties a sentence to some organisation types."""

    pattern: re.Pattern[str]
    types: frozenset[OrganisationType]


@dataclass(frozen=True, slots=True)
class Screens:
    """The compiled patterns of screens.yaml."""

    summary: re.Pattern[str]
    leaning: re.Pattern[str]
    introducing: re.Pattern[str]
    lecture: re.Pattern[str]
    broken: re.Pattern[str]
    unsuitable: re.Pattern[str]
    contradictions: tuple[Contradiction, ...]


@cache
def screens() -> Screens:
    """Every screen, read once."""
    data: dict[str, Any] = yaml.safe_load((_FOLDER / "screens.yaml").read_text(encoding="utf-8"))
    return Screens(
        **{name: _joined(data[name]) for name in ("summary", "leaning", "introducing", "lecture", "broken")},
        unsuitable=_joined(data["unsuitable"]),
        contradictions=tuple(
            Contradiction(each["id"], re.compile(each["pattern"]), each["reason"], each.get("from", 0))
            for each in data["contradictions"]
        ),
    )


@cache
def marks() -> tuple[Mark, ...]:
    """Every sector mark, read once."""
    data: list[Mapping[str, Any]] = yaml.safe_load((_FOLDER / "marks.yaml").read_text(encoding="utf-8"))
    return tuple(Mark(re.compile(each["match"]), frozenset(map(OrganisationType, each["types"]))) for each in data)


def is_summary(sentence: str) -> bool:
    """Whether the sentence tells what was done."""
    return bool(screens().summary.search(sentence))


def leans(sentence: str) -> bool:
    """Whether the sentence needs the one before it."""
    return bool(screens().leaning.search(sentence))


def is_unusable(sentence: str) -> bool:
    """Whether no draft of any type or year may borrow the sentence."""
    found, sentence = screens(), sentence.translate(_WIDE)
    patterns = (found.summary, found.introducing, found.lecture, found.broken, found.unsuitable)
    return any(pattern.search(sentence) for pattern in patterns)


def contradiction(sentence: str, *, year: int) -> Contradiction | None:
    """What in the sentence contradicts the law or union rules of a plan year, if anything."""
    for each in screens().contradictions:
        if year >= each.first and each.pattern.search(sentence):
            return each
    return None


def fits(sentence: str, *, organisation: OrganisationType) -> bool:
    """Whether no word of the sentence ties it to other types than `organisation`."""
    return not any(organisation not in mark.types and mark.pattern.search(sentence) for mark in marks())


def _joined(patterns: str | list[str]) -> re.Pattern[str]:
    return re.compile(patterns if isinstance(patterns, str) else "|".join(f"(?:{each})" for each in patterns))
