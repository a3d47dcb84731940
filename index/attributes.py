"""What a filter may ask of a passage, one numpy row each: filtering a million passages takes a millisecond."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from hashlib import blake2b
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.datatypes import OrganisationType, Passage, Period, PlanKind, Topic
from index.datatypes import Filter

ROW = np.dtype(
    [
        ("uid", "<i8"),  # number for life, ascending
        ("key", "<u8"),  # digest of the passage id
        ("content", "<u8"),  # digest of the whole passage: another one means it changed
        ("organisation", "u1"),  # positions in the closed lists
        ("period", "u1"),
        ("kind", "u1"),
        ("topics", "<u4"),  # one bit each
        ("months", "<u2"),
        ("collection", "<u8"),  # digest of the name
        ("first", "<i2"),  # era, inclusive; first > last when unknown
        ("last", "<i2"),
        ("union", "?"),
        ("characters", "<u4"),
        ("terms", "<u2"),  # different words of our field in it
    ]
)
Attributes = NDArray[np.void]
Mask = NDArray[np.bool_]

T = TypeVar("T", bound=StrEnum)

_ORGANISATIONS = {value: position for position, value in enumerate(OrganisationType)}
_PERIODS = {value: position for position, value in enumerate(Period)}
KINDS = {value: position for position, value in enumerate(PlanKind)}
_TOPICS = {value: position for position, value in enumerate(Topic)}


def digest(data: str | bytes) -> int:
    """64 bits of BLAKE2b."""
    raw = data.encode() if isinstance(data, str) else data
    return int.from_bytes(blake2b(raw, digest_size=8).digest(), "little")


def attributes_row(uid: int, passage: Passage, record: bytes, *, terms: int) -> tuple[int | bool, ...]:
    """The row of one passage, in the order of `ROW`; `record` is its stored form, `terms` counts words of our field."""
    first, last = passage.era or (1, 0)
    return (
        uid,
        digest(passage.id),
        digest(record),
        _ORGANISATIONS[passage.organisation],
        _PERIODS[passage.period],
        KINDS[passage.kind],
        topic_bits(passage.topics),
        month_bits(passage.months),
        digest(passage.collection),
        first,
        last,
        passage.is_union,
        len(passage.text),
        terms,
    )


def passing(attributes: Attributes, filter: Filter) -> Mask | None:
    """Which rows (n,) the filter lets through; None when it lets through all."""
    masks = [
        *_one_of(attributes["organisation"], filter.organisations, _ORGANISATIONS),
        *_one_of(attributes["period"], filter.periods, _PERIODS),
        *_one_of(attributes["kind"], filter.kinds, KINDS),
        *([(attributes["topics"] & topic_bits(filter.topics)) != 0] if filter.topics else []),
        *([(attributes["months"] & month_bits(filter.months)) != 0] if filter.months else []),
        *([np.isin(attributes["collection"], _collections(filter.collections))] if filter.collections else []),
        *([_overlapping(attributes, *filter.years)] if filter.years else []),
        *([attributes["union"]] if filter.union_only else []),
    ]
    return np.logical_and.reduce(masks) if masks else None


def organisation_rows(attributes: Attributes, organisations: Sequence[OrganisationType]) -> Mask:
    """Which rows belong to one of these organisation types."""
    return np.isin(attributes["organisation"], [_ORGANISATIONS[value] for value in organisations])


def period_rows(attributes: Attributes, period: Period) -> Mask:
    """Which rows belong to plans of this period."""
    same: Mask = attributes["period"] == _PERIODS[period]
    return same


def topic_bits(topics: Iterable[Topic]) -> int:
    """One bit for each topic."""
    return sum(1 << _TOPICS[topic] for topic in set(topics))


def month_bits(months: Iterable[int]) -> int:
    """One bit for each month from 1 to 12."""
    return sum(1 << month for month in set(months))


def _one_of(column: NDArray[np.uint8], wanted: frozenset[T], codes: dict[T, int]) -> list[Mask]:
    return [np.isin(column, [codes[value] for value in wanted])] if wanted else []


def _collections(names: Iterable[str]) -> NDArray[np.uint64]:
    return np.array([digest(name) for name in names], dtype=np.uint64)


def _overlapping(attributes: Attributes, first: int, last: int) -> Mask:
    known = attributes["first"] <= attributes["last"]
    overlapping: Mask = known & (attributes["first"] <= last) & (attributes["last"] >= first)
    return overlapping
