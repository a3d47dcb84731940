"""Sector word families: what each organisation type calls the same thing (职代会/教代会, 厂务公开/院务公开 …)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from corpus.cues import load_yaml
from corpus.datatypes import OrganisationType


@dataclass(frozen=True, slots=True)
class Family:
    """One concept and its words by organisation type, the preferred one first."""

    concept: str
    meaning: str
    words: Mapping[OrganisationType, tuple[str, ...]]
    self_reference: bool  # speaks of the writer's own unit: wrong in every other type's plan


@dataclass(frozen=True, slots=True)
class ForeignWord:
    """A word of another sector: `text[start:end] == word`; `ours` is our word for it."""

    start: int
    end: int
    word: str
    ours: str


def word_for(concept: str, organisation: OrganisationType) -> str:
    """Return the preferred word of `organisation` for `concept`, "" where it has none.

    Raises KeyError for an unknown concept (a bug of ours).
    """
    return next(iter(FAMILIES[concept].words.get(organisation, ())), "")


@cache
def foreign_words(organisation: OrganisationType) -> Mapping[str, str]:
    """Return word of another sector -> our word, for words that never fit `organisation`.

    A key may be part of a longer word of ours (员工 in 教职员工): `find_foreign_words` respects that.
    """
    native = _UNIVERSAL | {word for family in FAMILIES.values() for word in family.words.get(organisation, ())}
    if organisation in _BROAD:
        native |= _UNDER_BROAD
    found: dict[str, str] = {}
    for family in FAMILIES.values():
        ours = word_for(family.concept, organisation)
        if not ours or (organisation in _BROAD and not family.self_reference):
            continue
        for theirs in family.words.values():
            found.update({word: ours for word in theirs if word not in native and word not in found})
    return MappingProxyType(found)


def find_foreign_words(text: str, *, organisation: OrganisationType) -> tuple[ForeignWord, ...]:
    """Return the foreign words of `text` in order, the longest at each place, none inside a longer word of ours."""
    ours = foreign_words(organisation)
    return tuple(
        ForeignWord(match.start(), match.end(), match[0], ours[match[0]])
        for match in _pattern(organisation).finditer(text)
        if match[0] in ours
    )


@cache
def _pattern(organisation: OrganisationType) -> re.Pattern[str]:
    """Matches foreign and known words alike, longest first, so that a native word swallows a foreign part of it."""
    known = {word for family in FAMILIES.values() for theirs in family.words.values() for word in theirs} | _UNIVERSAL
    every = known | foreign_words(organisation).keys()
    return re.compile("|".join(map(re.escape, sorted(every, key=lambda word: (-len(word), word)))))


def _load() -> tuple[Mapping[str, Family], frozenset[OrganisationType], frozenset[str], frozenset[str]]:
    data: dict[str, Any] = load_yaml("families.yaml")
    families = {concept: _family(concept, entry) for concept, entry in data["concepts"].items()}
    return (
        MappingProxyType(families),
        frozenset(map(OrganisationType, data["broad"])),
        frozenset(data["universal"]),
        frozenset(data["under_broad"]),
    )


def _family(concept: str, entry: dict[str, Any]) -> Family:
    words = {OrganisationType(name): tuple(theirs) for name, theirs in entry["words"].items()}
    for theirs in words.values():
        if len(set(theirs)) < len(theirs):
            raise ValueError(f"families.yaml: {concept!r} lists a word twice: {theirs!r}")
    return Family(concept, entry["meaning"], MappingProxyType(words), bool(entry.get("self", False)))


FAMILIES, _BROAD, _UNIVERSAL, _UNDER_BROAD = _load()
