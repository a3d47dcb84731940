"""What search takes and gives."""

from dataclasses import dataclass, field

from corpus.datatypes import OrganisationType, Passage, Period, PlanKind, Topic


@dataclass(frozen=True, slots=True)
class Filter:
    """Which passages may answer. An empty set, or None, is no restriction; the conditions are joined by *and*."""

    organisations: frozenset[OrganisationType] = frozenset()
    topics: frozenset[Topic] = frozenset()
    periods: frozenset[Period] = frozenset()
    kinds: frozenset[PlanKind] = frozenset()
    months: frozenset[int] = frozenset()
    collections: frozenset[str] = frozenset()
    years: tuple[int, int] | None = None  # inclusive; passages whose era overlaps it
    union_only: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer. `score` is comparable only within one search; `rank` counts from 1."""

    passage: Passage
    score: float
    rank: int
    dense: float  # cosine in [-1, 1]
    keyword: float  # BM25, 0 when no word matched
    matched: tuple[str, ...] = ()  # telling words of the query, and other names of what it names, in the passage
    also_in: tuple[Passage, ...] = ()  # near-duplicates folded into this hit


@dataclass(frozen=True, slots=True)
class Understood:
    """What a query says besides its words; each becomes a chip the user can remove."""

    text: str  # the query after correction
    organisations: tuple[OrganisationType, ...] = ()
    topics: tuple[Topic, ...] = ()
    months: tuple[int, ...] = ()
    period: Period | None = None
    phrases: tuple[str, ...] = ()  # quoted: must occur
    corrected: tuple[tuple[str, str], ...] = ()  # (as typed, as read)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """`abstained` is true when nothing in the library answers the query; then `hits` is empty."""

    hits: tuple[Hit, ...]
    abstained: bool
    understood: Understood


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was built from; checked before it is loaded."""

    version: int
    embedder: str
    embedder_hash: str
    dimension: int
    passages: int
    library_revision: int
    built: str  # ISO 8601
    checksums: dict[str, str] = field(default_factory=dict)  # file name -> sha256
