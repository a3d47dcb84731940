"""The library: the one truth about documents, their plans and passages, and what users corrected.

    library = Library.open(path)
    library.add(reading)
    library.passages(collection="范文")

Every method uses its own connection, so one Library serves all threads of a web application. A document enters and
leaves in one transaction: nobody ever sees half of it. `revision` counts changes; an index built at another revision
is outdated.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, func, select, update

from corpus import tables
from corpus.corrections import Correction, make_correction, moved_corrections
from corpus.database import open_database, writing
from corpus.datatypes import Document, OrganisationType, Passage, Plan, Reading, Repair, Topic
from corpus.errors import NotInLibrary
from corpus.queries import (
    HeldDocument,
    count_change,
    count_coverage,
    delete_document,
    document_row,
    held_documents,
    insert_reading,
    is_held,
    plan_row,
    store_correction,
    stored_corrections,
    stored_passages,
    stored_plans,
)
from corpus.rows import document_from_row, plan_from_row, repairs_from_row

__all__ = ["HeldDocument", "Library"]


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
            if is_held(connection, reading.document.sha256):
                return False
            insert_reading(connection, reading, collection or _collection_of(reading), added=_now())
            count_change(connection)
        return True

    def replace(self, reading: Reading) -> None:
        """Store a new reading of a held document; the user's corrections move to it. Raises NotInLibrary."""
        document_id = reading.document.sha256[:12]
        with self._change() as connection:
            held = document_row(connection, document_id)
            kept = moved_corrections(stored_corrections(connection, document_id=document_id), reading)
            delete_document(connection, document_id)
            insert_reading(connection, reading, held["collection"], added=held["added"])
            for correction in kept:
                store_correction(connection, correction, document_id=document_id)
            count_change(connection)

    def remove(self, document_id: str) -> str:
        """Delete a document with its plans, passages and corrections; returns its full id. Raises NotInLibrary."""
        with self._change() as connection:
            full_id: str = document_row(connection, document_id)["id"]
            delete_document(connection, full_id)
            count_change(connection)
        return full_id

    def correct(self, target: str, field: str, value: object) -> None:
        """Set a label: `target` is a plan id, or for "topics" a passage id or section id ("{plan_id}#{start}").

        Raises NotInLibrary, or BadRequest for an unknown field or a value outside its list.
        """
        plan_id = target.replace("#", ":").partition(":")[0]
        with self._change() as connection:
            row = plan_row(connection, plan_id)
            plan = plan_from_row(row)
            target = plan.id + target[len(plan_id) :]
            passages = stored_passages(connection, tables.passages.c.plan_id == plan.id)
            correction = make_correction(plan, passages, target=target, field=field, value=value)
            store_correction(connection, correction, document_id=row["document_id"])
            count_change(connection)

    def withdraw(self, target: str, field: str) -> bool:
        """Forget a correction of the full target, so that what was read counts again; False when there was none."""
        table = tables.corrections
        with self._change() as connection:
            gone = connection.execute(delete(table).where(table.c.target == target, table.c.field == field))
            if gone.rowcount:
                count_change(connection)
        return gone.rowcount > 0

    # -- looking ------------------------------------------------------------------------------------------------

    @property
    def revision(self) -> int:
        """The number of changes so far; 0 for a library never written to."""
        with self._engine.connect() as connection:
            revision: int = connection.execute(select(tables.library.c.revision)).scalar_one()
        return revision

    @property
    def rules(self) -> str:
        """Fingerprint of the rules that read the documents; "" when unknown."""
        with self._engine.connect() as connection:
            rules: str = connection.execute(select(tables.library.c.rules)).scalar_one()
        return rules

    def set_rules(self, fingerprint: str) -> None:
        """Note that every document was read by these rules."""
        with writing(self._engine).begin() as connection:
            connection.execute(update(tables.library).values(rules=fingerprint))

    def holds(self, sha256: str) -> bool:
        """Whether a document with these bytes is held."""
        with self._engine.connect() as connection:
            return is_held(connection, sha256)

    def documents(self, collection: str | None = None) -> tuple[HeldDocument, ...]:
        """All documents in the order they came."""
        with self._engine.connect() as connection:
            return held_documents(connection, collection)

    def collections(self) -> Mapping[str, int]:
        """How many documents each collection has."""
        column = tables.documents.c.collection
        with self._engine.connect() as connection:
            rows = connection.execute(select(column, func.count()).group_by(column).order_by(column))
            return {name: count for name, count in rows}

    def document(self, document_id: str) -> Document:
        """A document as it was read. Raises NotInLibrary."""
        with self._engine.connect() as connection:
            return document_from_row(document_row(connection, document_id))

    def reading_repairs(self, document_id: str) -> tuple[Repair, ...]:
        """What was repaired in a document. Raises NotInLibrary."""
        with self._engine.connect() as connection:
            return repairs_from_row(document_row(connection, document_id))

    def reading(self, document_id: str) -> Reading:
        """Everything about a document, corrections applied. Raises NotInLibrary."""
        with self._engine.connect() as connection:
            row = document_row(connection, document_id)
            return Reading(
                document_from_row(row),
                row["cleaned"],
                repairs_from_row(row),
                stored_plans(connection, tables.plans.c.document_id == row["id"]),
                stored_passages(connection, tables.plans.c.document_id == row["id"]),
            )

    def plan(self, plan_id: str) -> Plan:
        """A plan, corrections applied. Raises NotInLibrary."""
        with self._engine.connect() as connection:
            return stored_plans(connection, tables.plans.c.id == plan_row(connection, plan_id)["id"])[0]

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
                conditions.append(tables.plans.c.document_id == document_row(connection, document_id)["id"])
            found = stored_plans(connection, *conditions)
        return tuple(plan for plan in found if organisation in (None, plan.labels.organisation))

    def passage(self, passage_id: str) -> Passage:
        """A passage, corrections applied. Raises NotInLibrary."""
        with self._engine.connect() as connection:
            found = stored_passages(connection, tables.passages.c.id == passage_id)
        if not found:
            raise NotInLibrary(f"范文库里没有段落 {passage_id!r}：它所在的文档可能已删除或重读。请重新查找。")
        return found[0]

    def passages(self, collection: str | None = None) -> tuple[Passage, ...]:
        """All passages in library order, corrections applied."""
        conditions = [] if collection is None else [tables.documents.c.collection == collection]
        with self._engine.connect() as connection:
            return stored_passages(connection, *conditions)

    def passage_ids(self) -> tuple[str, ...]:
        """The ids of all passages, in no particular order; much quicker than `passages`."""
        with self._engine.connect() as connection:
            return tuple(connection.scalars(select(tables.passages.c.id)))

    def coverage(self, collection: str | None = None) -> Mapping[tuple[OrganisationType, Topic], int]:
        """How many passages there are of each organisation type and topic; absent pairs have none."""
        with self._engine.connect() as connection:
            return count_coverage(connection, collection)

    def corrections(self, plan_id: str) -> tuple[Correction, ...]:
        """What users corrected in a plan."""
        with self._engine.connect() as connection:
            return tuple(stored_corrections(connection, plan_ids=[plan_row(connection, plan_id)["id"]]))

    @contextmanager
    def _change(self) -> Iterator[Connection]:
        with writing(self._engine).begin() as connection:
            yield connection


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _collection_of(reading: Reading) -> str:
    return reading.passages[0].collection if reading.passages else "范文"
