"""Does the authored data share wording with an evaluation file? Counts only: the texts compared are never shown."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.training.asking import folded
from index.training.domain import Domain

RUN = 8  # characters
ASKED = ("query", "utterance", "utterances", "question", "text")  # where evaluation files keep what was asked


@dataclass(frozen=True, slots=True)
class Overlap:
    """Which of our texts (by position) repeat an evaluation text whole, or share a run of `RUN` characters with one."""

    same: tuple[int, ...]
    runs: tuple[int, ...]


def asked_texts(path: Path) -> list[str]:
    """What is asked in an evaluation file of JSON lines."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [text for row in rows for text in _strings(row)]


def _strings(row: Mapping[str, Any]) -> Iterable[str]:
    for name in ASKED:
        value = row.get(name, ())
        yield from (value,) if isinstance(value, str) else value


def authored_texts(domain: Domain) -> dict[str, list[str]]:
    """What the project wrote, by kind. Words are names of things, so an evaluation query may well be one of them."""
    return {
        "queries": [query.text for query in domain.queries],
        "passages": [text for passage in domain.passages for text in (passage.heading, passage.text)],
        "words": [word for group in domain.synonyms for word in (*group.plan, *group.everyday)],
        "matters": [name for matter in domain.matters for name in (*matter.plan, *matter.asked)],
    }


def runs(text: str) -> set[str]:
    """All runs of `RUN` letters, digits and Han."""
    plain = folded(text)
    return {plain[i : i + RUN] for i in range(len(plain) - RUN + 1)}


def find_overlap(ours: Iterable[str], theirs: Iterable[str]) -> Overlap:
    """Compare without regard to punctuation, width and case."""
    others = list(theirs)
    whole = {folded(text) for text in others}
    seen = {run for text in others for run in runs(text)}
    texts = list(ours)
    same = tuple(i for i, text in enumerate(texts) if folded(text) in whole)
    return Overlap(same, tuple(i for i, text in enumerate(texts) if not seen.isdisjoint(runs(text))))


def without(folder: Path, unwanted: set[str]) -> int:
    """Take the queries in `unwanted` out of the authored files of `folder`; how many lines changed."""
    changed = 0
    for path in (folder / "queries.jsonl", folder / "passages.jsonl"):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for row in rows:
            kept = [query for query in row["queries"] if query[1] not in unwanted]
            changed += len(kept) != len(row["queries"])
            row["queries"] = kept
        lines = [json.dumps(row, ensure_ascii=False) for row in rows if row["queries"]]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return changed
