"""The library: the one truth about documents, their plans and passages, and what users corrected.

    library = Library.open(path)
    library.add(reading)
    library.passages(collection="范文")

Every method uses its own connection, so one Library serves all threads of a web application. A document enters and
leaves in one transaction: nobody ever sees half of it. `revision` counts changes; an index built at another revision
is outdated.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, String, cast, delete, func, insert, select, update

from corpus import tables
from corpus.corrections import Correction, corrected_passage, corrected_plan, make_correction, moved_corrections
from corpus.database import open_database, writing
from corpus.datatypes import Document, OrganisationType, Passage, Plan, Reading, Repair, Topic
from corpus.errors import NotInLibrary
from corpus.rows import (
    Row,
    document_from_row,
    document_to_row,
    passage_from_row,
    passage_to_row,
    plan_from_row,
    plan_to_row,
    repairs_from_row,
)


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A line of the list of documents. `added` is ISO 8601 in UTC; `characters` counts the cleaned text."""

    id: str
    name: str
    collection: str
    format: str
    sha256: str
    added: str
    characters: int
    plans: int
    passages: int
    repairs: int


class Library:
    """An open library database. Ids may be given by an unambiguous beginning: "9d13" and "9d13-2" will do."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, database: Path | str) -> "Library":
        """Open or create the library in a SQLite file or at a SQLAlchemy URL.

        Raises BadRequest when the file is no library, is damaged, or was written by a newer version.
        """
        return cls(open_database(database))

    @property
    def engine(self) -> Engine:
        """For modules that keep tables of their own in the same database: add them to `tables.metadata` and call
        `tables.metadata.create_all(library.engine)` once.
        """
        return self._engine

    def close(self) -> None:
        """Close all pooled connections."""
        self._engine.dispose()

    # -- changes ------------------------------------------------------------------------------------------------

    def add(self, reading: Reading, *, collection: str | None = None) -> bool:
        """Store a reading; False when a document with the same bytes is already held (nothing changes then).

        The collection is the passages' own unless given.
        """
        with self._change() as connection:
            if _held(connection, reading.document.sha256):
                return False
            _insert_reading(connection, reading, collection or _collection_of(reading), added=_now())
            _count_change(connection)
        return True

    def replace(self, reading: Reading) -> None:
        """Store a new reading of a held document; the user's corrections move to it. Raises NotInLibrary."""
        document_id = reading.document.sha256[:12]
        with self._change() as connection:
            held = _document_row(connection, document_id)
            kept = moved_corrections(_corrections(connection, document_id=document_id), reading)
            _delete_document(connection, document_id)
            _insert_reading(connection, reading, held["collection"], added=held["added"])
            for correction in kept:
                _store_correction(connection, correction, document_id=document_id)
            _count_change(connection)

    def remove(self, document_id: str) -> str:
        """Delete a document with its plans, passages and corrections; returns its full id. Raises NotInLibrary."""
        with self._change() as connection:
            full_id: str = _document_row(connection, document_id)["id"]
            _delete_document(connection, full_id)
            _count_change(connection)
        return full_id

    def correct(self, target: str, field: str, value: object) -> None:
        """Set a label: `target` is a plan id, or for "topics" a passage id or section id ("{plan_id}#{start}").

        Raises NotInLibrary, or BadRequest for an unknown field or a value outside its list.
        """
        plan_id = target.replace("#", ":").partition(":")[0]
        with self._change() as connection:
            row = _plan_row(connection, plan_id)
            plan = plan_from_row(row)
            target = plan.id + target[len(plan_id) :]
            passages = _passages(connection, tables.passages.c.plan_id == plan.id)
            correction = make_correction(plan, passages, target=target, field=field, value=value)
            _store_correction(connection, correction, document_id=row["document_id"])
            _count_change(connection)

    def withdraw(self, target: str, field: str) -> bool:
        """Forget a correction of the full target, so that what was read counts again; False when there was none."""
        table = tables.corrections
        with self._change() as connection:
            gone = connection.execute(delete(table).where(table.c.target == target, table.c.field == field))
            if gone.rowcount:
                _count_change(connection)
        return gone.rowcount > 0

    # -- looking ------------------------------------------------------------------------------------------------

    @property
    def revision(self) -> int:
        """The number of changes so far; 0 for a library never written to."""
        with self._engine.connect() as connection:
            revision: int = connection.execute(select(tables.library.c.revision)).scalar_one()
        return revision

    def holds(self, sha256: str) -> bool:
        """Whether a document with these bytes is held."""
        with self._engine.connect() as connection:
            return _held(connection, sha256)

    def documents(self, collection: str | None = None) -> tuple[HeldDocument, ...]:
        """All documents in the order they came."""
        with self._engine.connect() as connection:
            return _held_documents(connection, collection)

    def collections(self) -> Mapping[str, int]:
        """How many documents each collection has."""
        column = tables.documents.c.collection
        with self._engine.connect() as connection:
            rows = connection.execute(select(column, func.count()).group_by(column).order_by(column))
            return {name: count for name, count in rows}

    def document(self, document_id: str) -> Document:
        """A document as it was read. Raises NotInLibrary."""
        with self._engine.connect() as connection:
            return document_from_row(_document_row(connection, document_id))

    def reading_repairs(self, document_id: str) -> tuple[Repair, ...]:
        """What was repaired in a document. Raises NotInLibrary."""
        with self._engine.connect() as connection:
            return repairs_from_row(_document_row(connection, document_id))

    def reading(self, document_id: str) -> Reading:
        """Everything about a document, corrections applied. Raises NotInLibrary."""
        with self._engine.connect() as connection:
            row = _document_row(connection, document_id)
            return Reading(
                document_from_row(row),
                row["cleaned"],
                repairs_from_row(row),
                _plans(connection, tables.plans.c.document_id == row["id"]),
                _passages(connection, tables.plans.c.document_id == row["id"]),
            )

    def plan(self, plan_id: str) -> Plan:
        """A plan, corrections applied. Raises NotInLibrary."""
        with self._engine.connect() as connection:
            return _plans(connection, tables.plans.c.id == _plan_row(connection, plan_id)["id"])[0]

    def plans(
        self,
        *,
        collection: str | None = None,
        document_id: str | None = None,
        organisation: OrganisationType | None = None,
    ) -> tuple[Plan, ...]:
        """All plans that meet the conditions, in library order, corrections applied."""
        with self._engine.connect() as connection:
            conditions = [] if collection is None else [tables.documents.c.collection == collection]
            if document_id is not None:
                conditions.append(tables.plans.c.document_id == _document_row(connection, document_id)["id"])
            found = _plans(connection, *conditions)
        return tuple(plan for plan in found if organisation in (None, plan.labels.organisation))

    def passage(self, passage_id: str) -> Passage:
        """A passage, corrections applied. Raises NotInLibrary."""
        with self._engine.connect() as connection:
            found = _passages(connection, tables.passages.c.id == passage_id)
        if not found:
            raise NotInLibrary(f"范文库里没有段落 {passage_id!r}：它所在的文档可能已删除或重读。请重新查找。")
        return found[0]

    def passages(self, collection: str | None = None) -> tuple[Passage, ...]:
        """All passages in library order, corrections applied."""
        conditions = [] if collection is None else [tables.documents.c.collection == collection]
        with self._engine.connect() as connection:
            return _passages(connection, *conditions)

    def coverage(self, collection: str | None = None) -> Mapping[tuple[OrganisationType, Topic], int]:
        """How many passages there are of each organisation type and topic; absent pairs have none."""
        with self._engine.connect() as connection:
            return _coverage(connection, collection)

    def corrections(self, plan_id: str) -> tuple[Correction, ...]:
        """What users corrected in a plan."""
        with self._engine.connect() as connection:
            return tuple(_corrections(connection, plan_ids=[_plan_row(connection, plan_id)["id"]]))

    @contextmanager
    def _change(self) -> Iterator[Connection]:
        with writing(self._engine).begin() as connection:
            yield connection


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _collection_of(reading: Reading) -> str:
    return reading.passages[0].collection if reading.passages else "范文"


def _count_change(connection: Connection) -> None:
    connection.execute(update(tables.library).values(revision=tables.library.c.revision + 1))


def _held(connection: Connection, sha256: str) -> bool:
    return connection.scalar(select(tables.documents.c.id).where(tables.documents.c.sha256 == sha256)) is not None


def _insert_reading(connection: Connection, reading: Reading, collection: str, *, added: str) -> None:
    row = document_to_row(reading, collection=collection, added=added)
    connection.execute(insert(tables.documents), [row])
    plans = [plan_to_row(plan, document_id=row["id"], ordinal=n) for n, plan in enumerate(reading.plans)]
    passages = [passage_to_row(passage, ordinal=n) for n, passage in enumerate(reading.passages)]
    for table, rows in ((tables.plans, plans), (tables.passages, passages)):
        if rows:
            connection.execute(insert(table), rows)


def _delete_document(connection: Connection, document_id: str) -> None:
    connection.execute(delete(tables.documents).where(tables.documents.c.id == document_id))  # the rest cascades


def _store_correction(connection: Connection, correction: Correction, *, document_id: str) -> None:
    table = tables.corrections
    same = (table.c.target == correction.target) & (table.c.field == correction.field)
    connection.execute(delete(table).where(same))
    connection.execute(insert(table).values(**asdict(correction), document_id=document_id))


def _document_row(connection: Connection, document_id: str) -> Row:
    """The row whose id is, or whose sha256 begins with, `document_id`."""
    table = tables.documents
    exact = connection.execute(select(table).where(table.c.id == document_id)).mappings().first()
    if exact is not None:
        return exact
    query = select(table).where(table.c.sha256.startswith(document_id, autoescape=True)).limit(2)
    rows = connection.execute(query).mappings().all() if document_id else []
    if not rows:
        raise NotInLibrary(f"范文库里没有文档 {document_id!r}。用 gongbi corpus list 看有哪些。")
    if len(rows) > 1:
        raise NotInLibrary(f"{document_id!r} 开头的文档不止一份（{rows[0]['id']}、{rows[1]['id']}……）。请多写几位。")
    return rows[0]


def _plan_row(connection: Connection, plan_id: str) -> Row:
    query = select(tables.plans)
    row = connection.execute(query.where(tables.plans.c.id == plan_id)).mappings().first()
    head, _, number = plan_id.rpartition("-")
    if row is None and head:
        full_id = f"{_document_row(connection, head)['id']}-{number}"
        row = connection.execute(query.where(tables.plans.c.id == full_id)).mappings().first()
    if row is None:
        raise NotInLibrary(f"范文库里没有计划 {plan_id!r}。用 gongbi corpus list 看有哪些。")
    return row


def _held_documents(connection: Connection, collection: str | None) -> tuple[HeldDocument, ...]:
    d, p = tables.documents.c, tables.plans.c
    plans = _counts(connection, select(p.document_id, func.count()).group_by(p.document_id))
    counting = select(p.document_id, func.count()).join_from(tables.passages, tables.plans).group_by(p.document_id)
    passages = _counts(connection, counting)
    query = select(
        d.id, d.name, d.collection, d.format, d.sha256, d.added, func.length(d.cleaned).label("n"), d.repair_count
    ).order_by(d.added, d.id)
    rows = connection.execute(query if collection is None else query.where(d.collection == collection))
    return tuple(
        HeldDocument(
            r.id, r.name, r.collection, r.format, r.sha256, r.added, r.n, plans.get(r.id, 0), passages.get(r.id, 0),
            r.repair_count,
        )
        for r in rows
    )  # fmt: skip


def _counts(connection: Connection, query: Select[Any]) -> dict[str, int]:
    return {key: count for key, count in connection.execute(query)}


def _corrections(
    connection: Connection, *, document_id: str | None = None, plan_ids: Collection[str] | None = None
) -> list[Correction]:
    table = tables.corrections.c
    names = ("target", "field", "plan_id", "anchor", "start", "end", "value")
    query = select(*(table[name] for name in names)).order_by(table.target, table.field)
    if document_id is not None:
        query = query.where(table.document_id == document_id)
    if plan_ids is not None:
        query = query.where(table.plan_id.in_(plan_ids))
    return [Correction(*row) for row in connection.execute(query)]


def _corrections_by_plan(connection: Connection, plan_ids: Collection[str]) -> dict[str, list[Correction]]:
    grouped: dict[str, list[Correction]] = {}
    few = len(plan_ids) <= 100
    for correction in _corrections(connection, plan_ids=plan_ids if few else None):
        grouped.setdefault(correction.plan_id, []).append(correction)
    return grouped


def _plans(connection: Connection, *conditions: Any) -> tuple[Plan, ...]:  # noqa: ANN401  SQL conditions
    d, p = tables.documents.c, tables.plans.c
    query = select(tables.plans).join_from(tables.plans, tables.documents).where(*conditions)
    rows = connection.execute(query.order_by(d.added, d.id, p.ordinal)).mappings().all()
    corrections = _corrections_by_plan(connection, [row["id"] for row in rows])
    return tuple(corrected_plan(plan_from_row(row), corrections.get(row["id"], ())) for row in rows)


def _passages(connection: Connection, *conditions: Any) -> tuple[Passage, ...]:  # noqa: ANN401  SQL conditions
    """Passages in library order. Plans' texts are fetched once each, not once per passage."""
    d, p, s = tables.documents.c, tables.plans.c, tables.passages.c
    joined = tables.passages.join(tables.plans).join(tables.documents)
    chosen = select(s.plan_id).select_from(joined).where(*conditions)
    heads = select(p.id, p.title, p.text, d.name, d.collection).join_from(tables.plans, tables.documents)
    plans = {row["id"]: row for row in connection.execute(heads.where(p.id.in_(chosen))).mappings()}
    corrections = _corrections_by_plan(connection, plans)
    query = select(tables.passages).select_from(joined).where(*conditions)
    return tuple(
        corrected_passage(passage_from_row(row, plans[row["plan_id"]]), corrections.get(row["plan_id"], ()))
        for row in connection.execute(query.order_by(d.added, d.id, s.ordinal)).mappings()
    )


def _coverage(connection: Connection, collection: str | None) -> dict[tuple[OrganisationType, Topic], int]:
    d, s = tables.documents.c, tables.passages.c
    corrected = select(tables.corrections.c.plan_id)
    here = [] if collection is None else [d.collection == collection]
    topics = cast(s.topics, String)
    counting = (
        select(s.organisation, topics, func.count())
        .select_from(tables.passages.join(tables.plans).join(tables.documents))
        .where(s.plan_id.not_in(corrected), *here)
        .group_by(s.organisation, topics)
    )
    counts: Counter[tuple[OrganisationType, Topic]] = Counter()
    for organisation, stored, count in connection.execute(counting):
        for topic in json.loads(stored):
            counts[OrganisationType(organisation), Topic(topic)] += count
    for passage in _passages(connection, s.plan_id.in_(corrected), *here):
        counts.update((passage.organisation, topic) for topic in passage.topics)
    return dict(counts)
