"""Readings to table rows and back."""

from typing import Any

from sqlalchemy import RowMapping

from corpus.datatypes import (
    Document,
    Entity,
    Item,
    Labels,
    OrganisationType,
    Passage,
    Period,
    Plan,
    PlanKind,
    Reading,
    Repair,
    Section,
    Slot,
    Topic,
)
from corpus.records import Restore, from_record, restorer, to_record

Row = RowMapping  # column name -> value; JSON columns already decoded

# What a passage's row keeps in its JSON column `rest`, and what restores it.
PASSAGE_REST: dict[str, Restore] = {
    "headings": restorer(tuple[str, ...]),
    "months": restorer(tuple[int, ...]),
    "period": Period,
    "kind": PlanKind,
    "year": restorer(int | None),
    "era": restorer(tuple[int, int] | None),
    "is_union": bool,
    "entities": restorer(tuple[Entity, ...]),
    "slots": restorer(tuple[Slot, ...]),
}
TOPICS = restorer(tuple[Topic, ...])


def document_to_row(reading: Reading, *, collection: str, added: str) -> dict[str, Any]:
    """The row of `documents`; its id is the first twelve digits of the bytes' sha256."""
    document = reading.document
    return {
        "id": document.sha256[:12],
        "sha256": document.sha256,
        "name": document.name,
        "collection": collection,
        "format": document.format,
        "original": document.text,
        "cleaned": reading.text,
        "repairs": to_record(reading.repairs),
        "repair_count": len(reading.repairs),
        "added": added,
    }


def document_from_row(row: Row) -> Document:
    """The document as it was read."""
    return Document(row["name"], row["sha256"], row["format"], row["original"])


def repairs_from_row(row: Row) -> tuple[Repair, ...]:
    """The repairs of a document row."""
    return from_record(tuple[Repair, ...], row["repairs"])


def plan_to_row(plan: Plan, *, document_id: str, ordinal: int) -> dict[str, Any]:
    """The row of `plans`; `ordinal` counts from 0 within the document."""
    return {
        "id": plan.id,
        "document_id": document_id,
        "ordinal": ordinal,
        "title": plan.title,
        "text": plan.text,
        "start": plan.start,
        "end": plan.end,
        "organisation": str(plan.labels.organisation),
        "is_union": plan.labels.is_union,
        "labels": to_record(plan.labels),
        "sections": to_record(plan.sections),
        "items": to_record(plan.items),
        "entities": to_record(plan.entities),
        "slots": to_record(plan.slots),
    }


def plan_from_row(row: Row) -> Plan:
    """The plan as it was read, without corrections."""
    return Plan(
        id=row["id"],
        title=row["title"],
        text=row["text"],
        start=row["start"],
        end=row["end"],
        labels=from_record(Labels, row["labels"]),
        sections=from_record(tuple[Section, ...], row["sections"]),
        items=from_record(tuple[Item, ...], row["items"]),
        entities=from_record(tuple[Entity, ...], row["entities"]),
        slots=from_record(tuple[Slot, ...], row["slots"]),
    )


def passage_to_row(passage: Passage, *, ordinal: int) -> dict[str, Any]:
    """The row of `passages`; `ordinal` counts from 0 within the document."""
    return {
        "id": passage.id,
        "plan_id": passage.plan_id,
        "ordinal": ordinal,
        "start": passage.start,
        "end": passage.end,
        "organisation": str(passage.organisation),
        "topics": to_record(passage.topics),
        "rest": {name: to_record(getattr(passage, name)) for name in PASSAGE_REST},
    }


def passage_from_row(row: Row, plan: Row) -> Passage:
    """The passage as it was read; `plan` gives title, text, file name (`name`) and collection."""
    stored = row["rest"]
    rest: dict[str, Any] = {name: restore(stored[name]) for name, restore in PASSAGE_REST.items()}
    return Passage(
        id=row["id"],
        plan_id=row["plan_id"],
        file=plan["name"],
        title=plan["title"],
        text=plan["text"][row["start"] : row["end"]],
        start=row["start"],
        end=row["end"],
        organisation=OrganisationType(row["organisation"]),
        topics=TOPICS(row["topics"]),
        collection=plan["collection"],
        **rest,
    )
