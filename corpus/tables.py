"""The tables of the library database, for SQLAlchemy Core. Other modules add theirs to `metadata`.

`library` holds one row: the schema's version, the revision, which counts changes, and which rules read the documents.
Documents, plans and passages are stored as read; what a user corrected stands apart in `corrections` and wins when
plans and passages are loaded. A passage's text is not stored: it is `plan.text[start:end]`.
"""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, MetaData, String, Table, Text

SCHEMA_VERSION = 2
MIGRATIONS: dict[int, tuple[str, ...]] = {  # statements that lead from version N to N + 1
    1: ("alter table library add column rules varchar(64) not null default ''",),
}

metadata = MetaData()

library = Table(
    "library",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("schema_version", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("rules", String(64), nullable=False),  # fingerprint of the rules that read the documents, "" = unknown
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(12), primary_key=True),  # sha256[:12]
    Column("sha256", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("collection", Text, nullable=False, index=True),
    Column("format", String(8), nullable=False),
    Column("original", Text, nullable=False),  # Document.text
    Column("cleaned", Text, nullable=False),
    Column("repairs", JSON, nullable=False),
    Column("repair_count", Integer, nullable=False),
    Column("added", String(32), nullable=False),  # ISO 8601, UTC
)

plans = Table(
    "plans",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("organisation", Text, nullable=False, index=True),  # as in `labels`, for filters
    Column("is_union", Boolean, nullable=False),
    Column("labels", JSON, nullable=False),
    Column("sections", JSON, nullable=False),
    Column("items", JSON, nullable=False),
    Column("entities", JSON, nullable=False),
    Column("slots", JSON, nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("plan_id", ForeignKey("plans.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("topics", JSON, nullable=False),
    Column("rest", JSON, nullable=False),  # the other fields of Passage that neither plan nor document holds
)

corrections = Table(
    "corrections",
    metadata,
    Column("target", String(36), primary_key=True),  # a plan id, a passage id or a section id
    Column("field", String(16), primary_key=True),
    Column("document_id", String(12), ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("plan_id", String(24), nullable=False, index=True),
    Column("anchor", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("value", JSON, nullable=False),
)
