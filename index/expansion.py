"""Words added to a query: other names of what it names (职代会 = 职工代表大会 = 教代会) and what plans call what people
say (看病钱 -> 医疗补助). The table is the one the embedding is trained on; sector words are the corpus's families.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log10
from pathlib import Path

import yaml

from corpus.datatypes import OrganisationType
from corpus.families import FAMILIES
from corpus.words import dictionary_share
from index.fusion import Fusion
from index.keyword import Wanted, index_words

YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is ten times as fast where it is built
TABLE = Path(__file__).parent / "training" / "data" / "synonyms.yaml"  # [{plan: words, everyday: words}]

EVERYDAY = "everyday"  # wording of people for what plans name otherwise: a guess, not a name
LEAST_TELLING = 0.1  # words that say no more are not looked up: 的 了 是


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Cue -> what it adds, by origin: "same" names, "everyday" wording, sector "family"."""

    added: Mapping[str, Mapping[str, tuple[str, ...]]]
    pattern: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Added:
    """What one cue of the query adds; `origin` decides how much it counts."""

    cue: str
    origin: str
    phrases: tuple[str, ...]


def expansions(text: str, *, organisations: Iterable[OrganisationType]) -> tuple[Added, ...]:
    """What the cues of a query add, in order of origin and place; nothing the query already says."""
    synonyms = load_synonyms()
    kinds = tuple(organisations)
    ours = {word for family in FAMILIES.values() for kind in kinds for word in family.words.get(kind, ())}
    found = []
    for origin, added in synonyms.added.items():
        for cue in dict.fromkeys(synonyms.pattern[origin].findall(text)):
            phrases = [phrase for phrase in dict.fromkeys(added[cue]) if phrase not in text]
            if origin == "family" and ours:
                phrases = [phrase for phrase in phrases if phrase in ours]
            if phrases:
                found.append(Added(cue, origin, tuple(phrases)))
    return tuple(found)


def wanted_words(text: str, added: Iterable[Added], *, fusion: Fusion) -> Wanted:
    """The words to look up: those of the query by how much they say, and a group for each cue."""
    words = {word: telling(word) for word in index_words(text)}
    words = {word: weight for word, weight in words.items() if weight > LEAST_TELLING} or words
    groups = [[_phrase(phrase, fusion.expansion[item.origin]) for phrase in item.phrases] for item in added]
    return Wanted(words, groups)


def _phrase(phrase: str, weight: float) -> dict[str, float]:
    parts = index_words(phrase)
    return {word: weight * telling(word) / max(1, len(parts)) ** 0.5 for word in parts}


@lru_cache(maxsize=65_536)
def telling(word: str) -> float:
    """How much a word says, in [0.1, 1], by its share of the language at large: 的 0.1, 人 0.2, 活动 0.7, 体检 1."""
    share = dictionary_share(word)
    return 1.0 if share <= 0 else min(1.0, max(LEAST_TELLING, (-log10(share) - 2) / 3))


@cache
def load_synonyms() -> Synonyms:
    """Read the table and the sector families."""
    table = yaml.load(TABLE.read_text(encoding="utf-8"), Loader=YAML)
    families: dict[str, tuple[str, ...]] = {}
    for family in FAMILIES.values():
        if not family.self_reference:
            preferred = tuple(dict.fromkeys(words[0] for words in family.words.values() if words))
            for word in {word for words in family.words.values() for word in words}:
                families[word] = (*families.get(word, ()), *(other for other in preferred if other != word))
    everyday: dict[str, tuple[str, ...]] = {}
    for entry in table:
        for cue in entry["everyday"]:
            everyday[cue] = (*everyday.get(cue, ()), *entry["plan"])
    added = {
        "same": _each_for_all(entry["plan"] for entry in table),
        EVERYDAY: everyday,
        "family": families,
    }
    return Synonyms(added, {origin: _longest_first(entries) for origin, entries in added.items()})


def _each_for_all(groups: Iterable[Iterable[str]]) -> dict[str, tuple[str, ...]]:
    added: dict[str, tuple[str, ...]] = {}
    for group in map(tuple, groups):
        for word in group:
            added[word] = (*added.get(word, ()), *(other for other in group if other != word))
    return added


def _longest_first(cues: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted((cue for cue in cues if len(cue) > 1), key=lambda cue: (-len(cue), cue))
    return re.compile("|".join(map(re.escape, ordered)) if ordered else r"(?!)")
