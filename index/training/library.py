"""Pairs that passages yield by themselves: heading and item, clause and rest, crops, near-duplicates."""

import random
import re
from collections.abc import Mapping, Sequence

from corpus.datatypes import Passage
from index.training.pairs import Pair, Source

CLAUSE_END = re.compile(r"(?<=[。；！？;!?])|\n+")
MARKER = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[一二三四五六七八九十]是要?|——|-)\s*")
SHORTEST = 8  # characters of a clause that says enough to be found by


def plain_heading(heading: str) -> str:
    """A heading without its number."""
    return MARKER.sub("", heading).strip(" 。:：")


def clauses(text: str) -> list[str]:
    """The clauses of a passage that are long enough to stand alone, without their markers."""
    found = (MARKER.sub("", clause).strip() for clause in CLAUSE_END.split(text))
    return [clause for clause in found if len(clause) >= SHORTEST]


def duplicate_keys(passages: Sequence[Passage], threshold: float = 0.7) -> dict[str, str]:
    """Passage id -> the id that stands for its near-duplicate group (its own where it has none)."""
    from corpus.duplicates import near_duplicates

    keys = {passage.id: passage.id for passage in passages}
    for group in near_duplicates({passage.id: passage.text for passage in passages}, threshold=threshold):
        keys |= dict.fromkeys(group.members, group.best)
    return keys


def library_sources(
    passages: Sequence[Passage], *, keys: Mapping[str, str], seed: int, repeat: int
) -> tuple[Source, ...]:
    """Self-supervised sources of a library; `keys` as `duplicate_keys` gives them."""
    chance = random.Random(seed)
    headed, rests, crops, copies = [], [], [], []
    by_key: dict[str, list[Passage]] = {}
    for passage in passages:
        key = keys[passage.id]
        by_key.setdefault(key, []).append(passage)
        headings = [plain_heading(heading) for heading in passage.headings]
        if headings and len(headings[-1]) > 1:
            headed.append(Pair(headings[-1], passage.text, key))
            headed.append(Pair(f"{passage.organisation.value} {headings[-1]}", passage.embedding_text, key))
        parts = clauses(passage.text)
        for i, part in enumerate(parts):
            rest = "".join(parts[:i] + parts[i + 1 :]) or " ".join(headings)
            if rest:
                rests.append(Pair(part, f"{' '.join(headings)}\n{rest}", key))
            crops.append(Pair(_crop(part, chance), passage.embedding_text, key))
    for key, members in by_key.items():
        copies += [Pair(a.text, b.text, key) for a in members for b in members if a.id < b.id]
    made = {"headings": headed, "rests": rests, "crops": crops, "copies": copies}
    return tuple(
        Source(f"library/{name}", tuple(pairs), repeat, name != "copies", matched=True) for name, pairs in made.items()
    )


def _crop(clause: str, chance: random.Random) -> str:
    """A run of a third to the whole of a clause."""
    length = max(min(SHORTEST, len(clause)), chance.randint(len(clause) // 3, len(clause)))
    start = chance.randint(0, len(clause) - length)
    return clause[start : start + length]
