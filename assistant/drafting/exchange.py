"""The words of one sector put into those of another: adapt.yaml over the sector families of the corpus."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from assistant.drafting.units import Unit
from corpus.datatypes import OrganisationType, Period
from corpus.families import FAMILIES, Family, find_foreign_words, word_for

_FILE = Path(__file__).with_name("adapt.yaml")


@dataclass(frozen=True, slots=True)
class Rules:
    """adapt.yaml, compiled."""

    concepts: Mapping[str, str]
    by_family: tuple[str, ...]
    never: frozenset[str]
    own_way: Mapping[OrganisationType, tuple[tuple[re.Pattern[str], str], ...]]
    areas: frozenset[OrganisationType]
    common_quotes: re.Pattern[str]
    common_titles: re.Pattern[str]
    cadence: Mapping[Period, tuple[tuple[re.Pattern[str], str], ...]]
    superiors: re.Pattern[str]
    trims: re.Pattern[str]
    parties: re.Pattern[str]
    this_period: re.Pattern[str]
    typos: tuple[tuple[re.Pattern[str], str], ...]


@cache
def rules_of_exchange() -> Rules:
    """The rules, read once."""
    data: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    own_way = {
        OrganisationType(name): tuple((re.compile(each["match"]), each["slot"]) for each in entries)
        for name, entries in data["own_way"].items()
    }
    return Rules(
        concepts=MappingProxyType(data["concepts"]),
        by_family=tuple(data["by_family"]),
        never=frozenset(data["never"]),
        own_way=MappingProxyType(own_way),
        areas=frozenset(map(OrganisationType, data["areas"])),
        common_quotes=re.compile(data["common_quotes"]),
        common_titles=re.compile(data["common_titles"]),
        cadence=MappingProxyType(
            {
                Period(name): tuple((re.compile(pattern), word) for pattern, word in words.items())
                for name, words in data["cadence"].items()
            }
        ),
        superiors=re.compile(data["superiors"]),
        trims=re.compile(data["trims"]),
        parties=re.compile(data["parties"]),
        this_period=re.compile(data["this_period"]),
        typos=tuple((re.compile(each["match"]), each["right"]) for each in data["typos"]),
    )


_known_exchanges: dict[tuple[OrganisationType, str], tuple[Mapping[str, str], re.Pattern[str]]] = {}


def exchanges(organisation: OrganisationType, unit: Unit) -> tuple[Mapping[str, str], re.Pattern[str]]:
    """Word of any sector -> the unit's word, and a pattern that finds them, the longest first."""
    key = (organisation, unit.name + unit.words["我单位"])
    if key not in _known_exchanges:
        if len(_known_exchanges) > 64:
            _known_exchanges.clear()
        _known_exchanges[key] = _build(organisation, unit)
    return _known_exchanges[key]


def _own(word: str, family: Family) -> bool:
    """Whether the word names one unit of our own type in its own way, so that another unit says it differently."""
    return family.self_reference and (
        word[0] in "我本全" or family.concept in ("party_body", "union_name", "superior_union")
    )


def _build(organisation: OrganisationType, unit: Unit) -> tuple[Mapping[str, str], re.Pattern[str]]:
    rules = rules_of_exchange()
    words: dict[str, str] = {}
    every: set[str] = set(unit.words.values()) | rules.never
    for concept in (*rules.concepts, *rules.by_family):
        if concept == "administration" and is_area(organisation):
            continue
        family = FAMILIES[concept]
        native = {word for word in family.words.get(organisation, ()) if not _own(word, family)}
        ours = unit.words[rules.concepts[concept]] if concept in rules.concepts else word_for(concept, organisation)
        for theirs in family.words.values():
            every.update(theirs)
            if ours:
                words.update({word: ours for word in theirs if word not in native | rules.never and word not in words})
    pattern = re.compile("|".join(map(re.escape, sorted(every - {""}, key=lambda word: (-len(word), word)))))
    return MappingProxyType({word: ours for word, ours in words.items() if word != ours}), pattern


def is_area(organisation: OrganisationType) -> bool:
    """Whether unions of the type look after an area or a system of many units."""
    return organisation in rules_of_exchange().areas


def foreign_in(text: str, *, organisation: OrganisationType) -> tuple[str, ...]:
    """Words of the text that only other sectors use; what an unspecified unit says is at home everywhere."""
    found = find_foreign_words(text, organisation=organisation)
    return tuple(each.word for each in found if each.word not in _common_words())


@cache
def _common_words() -> frozenset[str]:
    families = [family for family in FAMILIES.values() if not family.self_reference]
    return frozenset(word for family in families for word in family.words.get(OrganisationType.OTHER, ()))
