"""Blanked-out words — 20xx年, **大, ‘xxx’, __ — become typed slots such as 〔年份〕."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.cleaning.pieces import Edit
from corpus.cues import any_of, load_yaml
from corpus.datatypes import RepairKind, Slot, SlotKind

_CONTEXT = 60  # characters after a token that a rule may look at
_SLOT = re.compile("〔(" + "|".join(SlotKind) + ")〕")


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: SlotKind
    before: re.Pattern[str]
    token: re.Pattern[str]
    after: re.Pattern[str]


def slots(text: str) -> Iterator[Edit]:
    """An edit for every blanked-out token of `text`."""
    token, rules = _lexicon()
    for match in token.finditer(text):
        before = text[max(0, match.start() - 16) : match.start()]
        after = text[match.end() : match.end() + _CONTEXT]
        kind = next(
            r.kind for r in rules if r.token.fullmatch(match[0]) and r.before.search(before) and r.after.match(after)
        )
        yield Edit(RepairKind.MASKED, match.start(), match.end(), f"〔{kind}〕")


def find_slots(text: str) -> tuple[Slot, ...]:
    """The typed slots that stand in a cleaned text, in order."""
    return tuple(Slot(m.start(), m.end(), SlotKind(m[1])) for m in _SLOT.finditer(text))


@cache
def _lexicon() -> tuple[re.Pattern[str], tuple[_Rule, ...]]:
    """Compiled `lexicon/masks.yaml`. Raises ValueError for an unknown slot kind."""
    data = load_yaml("masks.yaml")
    rules = tuple(
        _Rule(
            SlotKind(entry["kind"]),
            re.compile(f"(?:{entry.get('before', '')})$"),
            re.compile(entry.get("token", "(?s).*")),
            re.compile(entry.get("after", "")),
        )
        for entry in data["rules"]
    )
    return any_of(data["tokens"]), rules
