"""What the project wrote itself: queries as staff type them, passages on today's matters, synonyms, wordings."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
KINDS = ("keyword", "paraphrase", "question", "colloquial", "long", "org_scoped", "month", "typo")
CHECKED = 10  # one query in ten, and one text in twenty with all its queries, is kept out of training for the check


@dataclass(frozen=True, slots=True)
class Query:
    """A query as typed, and what kind it is (one of `KINDS`)."""

    kind: str
    text: str

    @property
    def checked(self) -> bool:
        """Kept for the check, never trained on."""
        return _draw(self.text, CHECKED)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Queries answered by the passage of `file` that holds `quote`; `facet` names the matter it is about."""

    file: str
    quote: str
    facet: str
    queries: tuple[Query, ...]

    @property
    def checked(self) -> bool:
        """The whole text is kept for the check."""
        return _draw(self.quote, 2 * CHECKED)


@dataclass(frozen=True, slots=True)
class WrittenPassage:
    """A passage of our own on a matter the sample documents lack, and the queries it answers."""

    id: str
    organisation: str
    topic: str
    heading: str
    text: str
    queries: tuple[Query, ...]

    @property
    def checked(self) -> bool:
        """The whole text is kept for the check."""
        return _draw(self.id, 2 * CHECKED)

    @property
    def embedding_text(self) -> str:
        """As `Passage.embedding_text`: title › heading, then the passage."""
        return f"{self.organisation}工会工作计划 › {self.heading}\n{self.text}"


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Plan wording and everyday wording of one thing."""

    plan: tuple[str, ...]
    everyday: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter as plans name it, and the many ways staff ask about it."""

    plan: tuple[str, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Domain:
    """All of it."""

    anchors: tuple[Anchor, ...]
    passages: tuple[WrittenPassage, ...]
    synonyms: tuple[Synonyms, ...]
    matters: tuple[Matter, ...]
    wrappings: tuple[tuple[str, str], ...]

    @property
    def queries(self) -> list[Query]:
        """Every query, in file order."""
        owned = [owner.queries for owner in self.anchors] + [owner.queries for owner in self.passages]
        return [query for queries in owned for query in queries]


def _draw(text: str, one_in: int) -> bool:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % one_in == 0


def _queries(rows: Sequence[Sequence[str]]) -> tuple[Query, ...]:
    queries = tuple(Query(kind, text) for kind, text in rows)
    for query in queries:
        if query.kind not in KINDS or not query.text:
            raise ValueError(f"bad query {query!r}: kind is one of {KINDS}, text is not empty")
    return queries


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _rows(path: Path) -> list[Any]:
    rows: list[Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return rows


@cache
def load_domain(folder: Path = DATA) -> Domain:
    """The authored data. Raises ValueError for a record of the wrong shape."""
    anchors = tuple(
        Anchor(row["file"], row["quote"], row["facet"], _queries(row["queries"]))
        for row in _lines(folder / "queries.jsonl")
    )
    passages = tuple(
        WrittenPassage(**{**row, "queries": _queries(row["queries"])}) for row in _lines(folder / "passages.jsonl")
    )
    synonyms = tuple(Synonyms(tuple(row["plan"]), tuple(row["everyday"])) for row in _rows(folder / "synonyms.yaml"))
    matters = tuple(Matter(tuple(row["plan"]), tuple(row["asked"])) for row in _rows(folder / "matters.yaml"))
    wrappings = tuple((before, after) for before, after in _rows(folder / "wrappings.yaml"))
    return Domain(anchors, passages, synonyms, matters, wrappings)
