"""A document to its plans and passages: the straight line through the corpus."""

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path

from corpus.chunk import chunk
from corpus.classify import label_plan, label_section_topics
from corpus.clean import clean, find_slots
from corpus.datatypes import Document, Plan, PlanSpan, Reading
from corpus.entities import find_entities
from corpus.outline import outline
from corpus.split import split

RULE_SUFFIXES = frozenset({".py", ".yaml", ".txt", ".tsv", ".json", ".npz"})


def read(document: Document, *, collection: str = "范文") -> Reading:
    """Read `document` to its end: repaired text, plans with labels, sections, items and entities, and passages."""
    cleaned = clean(document.text)
    spans = split(cleaned.text, name=document.name)
    plans = tuple(_plan(document, cleaned.text, span, ordinal) for ordinal, span in enumerate(spans, 1))
    passages = tuple(p for plan in plans for p in chunk(plan, file=document.name, collection=collection))
    return Reading(document, cleaned.text, cleaned.repairs, plans, passages)


@cache
def rules_fingerprint() -> str:
    """SHA-256 over the modules and word lists that decide what `read` finds: another one means reading anew."""
    room = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(p for p in room.rglob("*") if p.suffix in RULE_SUFFIXES and p.parent.name != "documents"):
        digest.update(path.relative_to(room).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _plan(document: Document, cleaned: str, span: PlanSpan, ordinal: int) -> Plan:
    text = cleaned[span.start : span.end]
    found = outline(text)
    signed = f"{text}\n{span.signature}" if span.signature else text
    labels = label_plan(signed, title=span.title, file_name=document.name)
    sections = tuple(
        replace(s, topics=label_section_topics(text[s.start : s.end], headings=(s.heading,) if s.heading else ()))
        for s in found.sections
    )
    return Plan(
        id=f"{document.sha256[:12]}-{ordinal}",
        title=span.title,
        text=text,
        start=span.start,
        end=span.end,
        labels=labels,
        sections=sections,
        items=found.items,
        entities=find_entities(text, organisation=labels.organisation),
        slots=find_slots(text),
    )
