"""How well a gold file's conversations are understood: each slot, and whole turns."""

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.understanding.datatypes import Intent, Understanding
from corpus.errors import BadRequest

SLOTS = ("intent", "org_type", "org_name", "year", "period", "month", "topics", "edit_op", "edit_target")


@dataclass(frozen=True, slots=True)
class Miss:
    """A slot read wrong."""

    id: str
    slot: str
    wanted: Any
    read: Any


@dataclass(frozen=True, slots=True)
class UnderstandingScores:
    """Shares in [0, 1] over `turns` conversations; `slots` is the mean over all slots of all turns."""

    turns: int
    whole: float
    slots: float
    by_slot: dict[str, float]
    misses: tuple[Miss, ...]


def prediction(said: Understanding) -> dict[str, Any]:
    """The slots as DESIGN §10 promises them; organisation types are a list when the turn compares."""
    types = [str(kind) for kind in said.organisations]
    adds = said.edit is not None and said.edit.op in ("tell", "emphasise")
    edit = replace(said.edit, op="add") if said.edit and adds else said.edit
    return {
        "intent": str(said.intent),
        "org_type": types if said.intent is Intent.COMPARE and len(types) > 1 else (types[-1] if types else None),
        "org_name": said.name,
        "year": said.year,
        "period": str(said.period) if said.period else None,
        "month": said.month,
        "topics": [str(topic) for topic in said.topics],
        "edit": {"op": edit.op, "target": edit.target, "detail": edit.detail} if edit else None,
    }


def evaluate_understanding(gold: Path) -> UnderstandingScores:
    """Score `understand` on a file of {"id", "today", "utterances", "expected", "accept"} lines.

    Raises BadRequest for a line that is none.
    """
    from assistant.understand import understand

    whole, right, misses = 0, Counter[str](), []
    rows = _rows(gold)
    for row in rows:
        read = prediction(understand(row["utterances"], today=date.fromisoformat(row["today"])))
        wrong = [_miss(row, slot, read) for slot in SLOTS if not _fits(row, slot, read)]
        right.update(set(SLOTS) - {miss.slot for miss in wrong})
        whole += not wrong
        misses += wrong
    count = len(rows) or 1
    by_slot = {slot: right[slot] / count for slot in SLOTS}
    return UnderstandingScores(len(rows), whole / count, sum(by_slot.values()) / len(SLOTS), by_slot, tuple(misses))


def _rows(path: Path) -> list[dict[str, Any]]:
    rows = []
    for line_number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            date.fromisoformat(row["today"])
            row["id"], row["utterances"], row["expected"]["intent"]
        except (ValueError, KeyError, TypeError):
            raise BadRequest(
                f"{path.name} 第 {line_number} 行读不懂：每行要有 id、today、utterances、expected。"
            ) from None
        rows.append(row)
    return rows


def _fits(row: dict[str, Any], slot: str, read: dict[str, Any]) -> bool:
    """Whether the slot is what was expected, or one of what is accepted as well; nothing is as good as empty."""
    accepted = [_value(row["expected"], slot), *row.get("accept", {}).get(slot, [])]
    return (_value(read, slot) or None) in [sorted(v) if isinstance(v, list) and v else v or None for v in accepted]


def _miss(row: dict[str, Any], slot: str, read: dict[str, Any]) -> Miss:
    return Miss(row["id"], slot, _value(row["expected"], slot), _value(read, slot))


def _value(slots: dict[str, Any], slot: str) -> Any:  # noqa: ANN401  a string, a number or a list
    value = (slots.get("edit") or {}).get(slot[5:]) if slot.startswith("edit_") else slots.get(slot)
    return sorted(value) if isinstance(value, list) else value
