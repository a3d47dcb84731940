"""The SQL behind the library: one function per question or change, each on a given connection."""

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Select, String, cast, delete, func, insert, select, update

from corpus import tables
from corpus.corrections import Correction, corrected_passage, corrected_plan
from corpus.datatypes import OrganisationType, Passage, Plan, Reading, Topic
from corpus.errors import NotInLibrary
from corpus.rows import Row, document_to_row, passage_from_row, passage_to_row, plan_from_row, plan_to_row


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


def count_change(connection: Connection) -> None:
    """Note in the library that something changed."""
    connection.execute(update(tables.library).values(revision=tables.library.c.revision + 1))


def is_held(connection: Connection, sha256: str) -> bool:
    """Whether a document with these bytes is held."""
    return connection.scalar(select(tables.documents.c.id).where(tables.documents.c.sha256 == sha256)) is not None


def insert_reading(connection: Connection, reading: Reading, collection: str, *, added: str) -> None:
    """Store a document with its plans and passages."""
    row = document_to_row(reading, collection=collection, added=added)
    connection.execute(insert(tables.documents), [row])
    plans = [plan_to_row(plan, document_id=row["id"], ordinal=n) for n, plan in enumerate(reading.plans)]
    passages = [passage_to_row(passage, ordinal=n) for n, passage in enumerate(reading.passages)]
    for table, rows in ((tables.plans, plans), (tables.passages, passages)):
        if rows:
            connection.execute(insert(table), rows)


def delete_document(connection: Connection, document_id: str) -> None:
    """Delete a document with its plans, passages and corrections."""
    connection.execute(delete(tables.documents).where(tables.documents.c.id == document_id))  # the rest cascades


def store_correction(connection: Connection, correction: Correction, *, document_id: str) -> None:
    """Store a correction in place of an earlier one of the same target and field."""
    table = tables.corrections
    same = (table.c.target == correction.target) & (table.c.field == correction.field)
    connection.execute(delete(table).where(same))
    connection.execute(insert(table).values(**asdict(correction), document_id=document_id))


def document_row(connection: Connection, document_id: str) -> Row:
    """The row whose id is, or whose sha256 begins with, `document_id`. Raises NotInLibrary."""
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


def plan_row(connection: Connection, plan_id: str) -> Row:
    """The row of a plan; its document may be given by a beginning. Raises NotInLibrary."""
    query = select(tables.plans)
    row = connection.execute(query.where(tables.plans.c.id == plan_id)).mappings().first()
    head, _, number = plan_id.rpartition("-")
    if row is None and head:
        full_id = f"{document_row(connection, head)['id']}-{number}"
        row = connection.execute(query.where(tables.plans.c.id == full_id)).mappings().first()
    if row is None:
        raise NotInLibrary(f"范文库里没有计划 {plan_id!r}。用 gongbi corpus list 看有哪些。")
    return row


def held_documents(connection: Connection, collection: str | None) -> tuple[HeldDocument, ...]:
    """The list of documents, in the order they came."""
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


def stored_corrections(
    connection: Connection, *, document_id: str | None = None, plan_ids: Collection[str] | None = None
) -> list[Correction]:
    """Corrections, of a document or of some plans if given."""
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
    for correction in stored_corrections(connection, plan_ids=plan_ids if few else None):
        grouped.setdefault(correction.plan_id, []).append(correction)
    return grouped


def stored_plans(connection: Connection, *conditions: Any) -> tuple[Plan, ...]:  # noqa: ANN401  SQL conditions
    """Plans in library order, corrections applied."""
    d, p = tables.documents.c, tables.plans.c
    query = select(tables.plans).join_from(tables.plans, tables.documents).where(*conditions)
    rows = connection.execute(query.order_by(d.added, d.id, p.ordinal)).mappings().all()
    corrections = _corrections_by_plan(connection, [row["id"] for row in rows])
    return tuple(corrected_plan(plan_from_row(row), corrections.get(row["id"], ())) for row in rows)


def stored_passages(connection: Connection, *conditions: Any) -> tuple[Passage, ...]:  # noqa: ANN401  SQL conditions
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


def count_coverage(connection: Connection, collection: str | None) -> dict[tuple[OrganisationType, Topic], int]:
    """Passages by organisation type and topic, corrections applied."""
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
    for passage in stored_passages(connection, s.plan_id.in_(corrected), *here):
        counts.update((passage.organisation, topic) for topic in passage.topics)
    return dict(counts)
