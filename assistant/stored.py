"""Saved drafts and conversations as rows of the library's database, and back. `history` is the door to them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    ForeignKey,
    Integer,
    RowMapping,
    String,
    Table,
    Text,
    func,
    insert,
    select,
    update,
)

from assistant.datatypes import Draft
from corpus import tables
from corpus.errors import BadRequest, NotInLibrary
from corpus.records import from_record, to_record

LONGEST_NAME = 80

drafts = Table(
    "drafts",
    tables.metadata,
    Column("id", String(16), primary_key=True),
    Column("user", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("current", Integer, nullable=False),  # number of the version shown
    Column("created", String(32), nullable=False),  # ISO 8601, UTC
    Column("changed", String(32), nullable=False),
)
versions = Table(
    "draft_versions",
    tables.metadata,
    Column("draft_id", ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),  # from 1
    Column("parent", Integer),  # the version it was made from
    Column("label", Text, nullable=False),
    Column("draft", JSON, nullable=False),
    Column("created", String(32), nullable=False),
)
conversations = Table(
    "conversations",
    tables.metadata,
    Column("id", String(16), primary_key=True),
    Column("user", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("draft_id", ForeignKey("drafts.id", ondelete="SET NULL")),
    Column("messages", JSON, nullable=False),
    Column("created", String(32), nullable=False),
    Column("changed", String(32), nullable=False),
)


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft as it is now. `changed` and `created` are ISO 8601, UTC."""

    id: str
    name: str
    draft: Draft
    version: int
    label: str  # what made this version
    can_undo: bool
    can_redo: bool
    changed: str


@dataclass(frozen=True, slots=True)
class ListedDraft:
    """A line of 我的文稿."""

    id: str
    name: str
    versions: int
    created: str
    changed: str


@dataclass(frozen=True, slots=True)
class Version:
    """One state a draft was in; `parent` is the version it was made from."""

    number: int
    parent: int | None
    label: str
    created: str


@dataclass(frozen=True, slots=True)
class Message:
    """One utterance of a conversation; `role` is "user" or "assistant"."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation with the draft it is about, if any."""

    id: str
    name: str
    draft_id: str | None
    messages: tuple[Message, ...]
    changed: str


def saved_draft(connection: Connection, user: str, draft_id: str) -> SavedDraft:
    """The draft as it is now. Raises NotInLibrary."""
    row = draft_row(connection, user, draft_id)
    shown = version_row(connection, draft_id, row["current"])
    return SavedDraft(
        id=row["id"],
        name=row["name"],
        draft=from_record(Draft, shown["draft"]),
        version=shown["number"],
        label=shown["label"],
        can_undo=shown["parent"] is not None,
        can_redo=newest_child(connection, draft_id, shown["number"]) is not None,
        changed=row["changed"],
    )


def draft_row(connection: Connection, user: str, draft_id: str) -> RowMapping:
    """The row of a user's draft. Raises NotInLibrary."""
    wanted = select(drafts).where(drafts.c.id == draft_id, drafts.c.user == user)
    row = connection.execute(wanted).mappings().first()
    if row is None:
        raise NotInLibrary(f"您的文稿里没有 {draft_id!r}：它可能已被删除。请到“我的文稿”里看看。")
    return row


def version_row(connection: Connection, draft_id: str, number: int) -> RowMapping:
    """The row of a version. Raises NotInLibrary."""
    wanted = select(versions).where(versions.c.draft_id == draft_id, versions.c.number == number)
    row = connection.execute(wanted).mappings().first()
    if row is None:
        raise NotInLibrary(f"这份文稿没有第 {number} 版。")
    return row


def stored_draft(connection: Connection, draft_id: str, number: int) -> Draft:
    """A version's draft. Raises NotInLibrary."""
    record: Any = version_row(connection, draft_id, number)["draft"]
    return from_record(Draft, record)


def newest(connection: Connection, draft_id: str) -> int:
    """The number of the newest version."""
    wanted = select(func.max(versions.c.number)).where(versions.c.draft_id == draft_id)
    number: int = connection.execute(wanted).scalar_one()
    return number


def newest_child(connection: Connection, draft_id: str, number: int) -> int | None:
    """The newest version made from one, None where there is none."""
    wanted = select(func.max(versions.c.number)).where(versions.c.draft_id == draft_id, versions.c.parent == number)
    child: int | None = connection.execute(wanted).scalar_one()
    return child


def insert_version(
    connection: Connection, draft_id: str, number: int, parent: int | None, label: str, draft: Draft, now: str
) -> None:
    """Keep a version."""
    row = {"draft_id": draft_id, "number": number, "parent": parent, "label": label, "created": now}
    connection.execute(insert(versions).values(row | {"draft": to_record(draft)}))


def show(connection: Connection, draft_id: str, number: int, now: str) -> None:
    """Make a version the one shown."""
    connection.execute(update(drafts).where(drafts.c.id == draft_id).values(current=number, changed=now))


def conversation_row(connection: Connection, user: str, conversation_id: str) -> RowMapping:
    """The row of a user's conversation. Raises NotInLibrary."""
    one = (conversations.c.id == conversation_id, conversations.c.user == user)
    row = connection.execute(select(conversations).where(*one)).mappings().first()
    if row is None:
        raise NotInLibrary(f"您的对话里没有 {conversation_id!r}：它可能已被删除。")
    return row


def stored_conversation(row: RowMapping) -> Conversation:
    """A conversation of its row."""
    messages = from_record(tuple[Message, ...], row["messages"])
    return Conversation(row["id"], row["name"], row["draft_id"], messages, row["changed"])


def checked_name(name: str) -> str:
    """The name without needless blanks. Raises BadRequest for an empty or overlong one."""
    called = " ".join(name.split())
    if not called or len(called) > LONGEST_NAME:
        raise BadRequest(f"名称“{called[:20]}”不合适：请给一个 {LONGEST_NAME} 字以内的名称。")
    return called


def now() -> str:
    """The time now, ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
