"""Words added to a query: other names of what it names (职代会 = 职工代表大会 = 教代会) and what plans call what people
say (看病钱 -> 医疗补助). The table is the one the embedding is trained on; sector words are the corpus's families.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from corpus.datatypes import OrganisationType
from corpus.families import FAMILIES
from index.fusion import Fusion
from index.keyword import index_words

TABLE = Path(__file__).parent / "training" / "data" / "synonyms.yaml"  # [{plan: words, everyday: words}]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Cue -> what it adds, by origin: "same" names, "everyday" wording, sector "family"."""

    added: Mapping[str, Mapping[str, tuple[str, ...]]]
    pattern: Mapping[str, re.Pattern[str]]


def expansions(text: str, *, organisations: Iterable[OrganisationType]) -> dict[str, tuple[str, ...]]:
    """Phrases to add to a query by origin, in order, none of which it already holds."""
    synonyms = load_synonyms()
    found = {
        origin: [phrase for cue in synonyms.pattern[origin].findall(text) for phrase in added[cue]]
        for origin, added in synonyms.added.items()
    }
    wanted = set(organisations)
    if wanted:
        ours = {word for family in FAMILIES.values() for kind in wanted for word in family.words.get(kind, ())}
        found["family"] = [word for word in found["family"] if word in ours]
    return {origin: tuple(p for p in dict.fromkeys(phrases) if p not in text) for origin, phrases in found.items()}


def weighted_words(text: str, added: Mapping[str, tuple[str, ...]], *, fusion: Fusion) -> dict[str, float]:
    """The words to look up with their weights: those of the query count 1, added ones what their origin is worth."""
    words = dict.fromkeys(index_words(text), 1.0)
    for origin, phrases in added.items():
        for word in index_words(" ".join(phrases)):
            words.setdefault(word, fusion.expansion[origin])
    return words


@cache
def load_synonyms() -> Synonyms:
    """Read the table and the sector families."""
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    families = [
        tuple(dict.fromkeys(word for words in family.words.values() for word in words))
        for family in FAMILIES.values()
        if not family.self_reference
    ]
    everyday: dict[str, tuple[str, ...]] = {}
    for entry in table:
        for cue in entry["everyday"]:
            everyday[cue] = (*everyday.get(cue, ()), *entry["plan"])
    added = {
        "same": _each_for_all(entry["plan"] for entry in table),
        "everyday": everyday,
        "family": _each_for_all(families),
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
