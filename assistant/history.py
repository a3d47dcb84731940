"""What each user wrote: drafts with all their versions, and conversations, in the library's database.

    history = History.open(library.engine)
    saved = history.start("wang", draft)
    saved = history.record("wang", saved.id, revision.draft, label=revision.message, after=saved.version)
    saved = history.undo("wang", saved.id)

A version is never changed. Undo steps back to the version another was made from; a new change after an undo grows a
branch, so that nothing is lost. Every method asks for the user and sees nothing of others.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
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
from sqlalchemy import delete as deleting

from assistant.datatypes import Draft
from corpus import tables
from corpus.database import writing
from corpus.errors import BadRequest, NotInLibrary
from corpus.records import from_record, to_record

_LONGEST_NAME = 80

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


class History:
    """The drafts and conversations of all users; one object serves all threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, engine: Engine) -> "History":
        """The history kept in a library's database; its tables are made when they are not there."""
        tables.metadata.create_all(engine, tables=[drafts, versions, conversations])
        return cls(engine)

    # -- drafts -------------------------------------------------------------------------------------------------

    def start(self, user: str, draft: Draft, *, name: str | None = None, label: str = "起草") -> SavedDraft:
        """Keep a new draft; it is called by its title unless named."""
        key, now = secrets.token_hex(8), _now()
        with writing(self._engine).begin() as connection:
            called = _name(name) if name is not None else draft.title[:_LONGEST_NAME]
            row = {"id": key, "user": user, "name": called, "current": 1, "created": now, "changed": now}
            connection.execute(insert(drafts).values(row))
            _insert_version(connection, key, 1, None, label, draft, now)
            return _saved(connection, user, key)

    def record(self, user: str, draft_id: str, draft: Draft, *, label: str, after: int) -> SavedDraft:
        """Keep a changed draft as the newest version. An unchanged draft adds none.

        Raises NotInLibrary, or BadRequest when `after` is no longer the version shown: another window was quicker.
        """
        with writing(self._engine).begin() as connection:
            held = _saved(connection, user, draft_id)
            if held.version != after:
                raise BadRequest(f"《{held.name}》刚在别的窗口里改过，这一步没有保存。请刷新后再改。")
            if held.draft != draft:
                number, now = _newest(connection, draft_id) + 1, _now()
                _insert_version(connection, draft_id, number, after, label, draft, now)
                _show(connection, draft_id, number, now)
            return _saved(connection, user, draft_id)

    def undo(self, user: str, draft_id: str) -> SavedDraft:
        """One step back. Raises NotInLibrary, or BadRequest at the first version."""
        with writing(self._engine).begin() as connection:
            held = _saved(connection, user, draft_id)
            parent = _version_row(connection, draft_id, held.version)["parent"]
            if parent is None:
                raise BadRequest("这已经是最初的一版，没有可以撤销的了。")
            _show(connection, draft_id, parent, _now())
            return _saved(connection, user, draft_id)

    def redo(self, user: str, draft_id: str) -> SavedDraft:
        """One step forward along the newest branch. Raises NotInLibrary, or BadRequest where nothing was undone."""
        with writing(self._engine).begin() as connection:
            held = _saved(connection, user, draft_id)
            child = _newest_child(connection, draft_id, held.version)
            if child is None:
                raise BadRequest("没有撤销过的步骤可以重做。")
            _show(connection, draft_id, child, _now())
            return _saved(connection, user, draft_id)

    def restore(self, user: str, draft_id: str, number: int) -> SavedDraft:
        """Show an earlier version again, as a new one. Raises NotInLibrary."""
        with writing(self._engine).begin() as connection:
            held = _saved(connection, user, draft_id)
            draft, newest, now = _draft(connection, draft_id, number), _newest(connection, draft_id) + 1, _now()
            _insert_version(connection, draft_id, newest, held.version, f"恢复到第 {number} 版", draft, now)
            _show(connection, draft_id, newest, now)
            return _saved(connection, user, draft_id)

    def draft(self, user: str, draft_id: str) -> SavedDraft:
        """The draft as it is now. Raises NotInLibrary."""
        with self._engine.connect() as connection:
            return _saved(connection, user, draft_id)

    def version(self, user: str, draft_id: str, number: int) -> Draft:
        """The draft as it was. Raises NotInLibrary."""
        with self._engine.connect() as connection:
            _draft_row(connection, user, draft_id)
            return _draft(connection, draft_id, number)

    def versions(self, user: str, draft_id: str) -> tuple[Version, ...]:
        """Every version, the first one first. Raises NotInLibrary."""
        columns = (versions.c.number, versions.c.parent, versions.c.label, versions.c.created)
        with self._engine.connect() as connection:
            _draft_row(connection, user, draft_id)
            wanted = select(*columns).where(versions.c.draft_id == draft_id).order_by(versions.c.number)
            return tuple(Version(*row) for row in connection.execute(wanted))

    def drafts(self, user: str) -> tuple[ListedDraft, ...]:
        """The user's drafts, the one changed last first."""
        count = func.count(versions.c.number)
        wanted = (
            select(drafts.c.id, drafts.c.name, count, drafts.c.created, drafts.c.changed)
            .join(versions, versions.c.draft_id == drafts.c.id)
            .where(drafts.c.user == user)
            .group_by(drafts.c.id, drafts.c.name, drafts.c.created, drafts.c.changed)
            .order_by(drafts.c.changed.desc(), drafts.c.id)
        )
        with self._engine.connect() as connection:
            return tuple(ListedDraft(*row) for row in connection.execute(wanted))

    def rename(self, user: str, draft_id: str, name: str) -> None:
        """Call a draft otherwise. Raises NotInLibrary, or BadRequest for an empty or overlong name."""
        with writing(self._engine).begin() as connection:
            _draft_row(connection, user, draft_id)
            connection.execute(update(drafts).where(drafts.c.id == draft_id).values(name=_name(name)))

    def delete(self, user: str, draft_id: str) -> None:
        """Delete a draft with all its versions; conversations stay. Raises NotInLibrary."""
        with writing(self._engine).begin() as connection:
            _draft_row(connection, user, draft_id)
            connection.execute(deleting(drafts).where(drafts.c.id == draft_id))

    # -- conversations ------------------------------------------------------------------------------------------

    def keep(
        self,
        user: str,
        messages: Sequence[Message],
        *,
        conversation_id: str | None = None,
        draft_id: str | None = None,
    ) -> Conversation:
        """Keep a conversation as it stands; without an id it is a new one, called by its first words.

        Raises NotInLibrary for a conversation or draft that is not the user's.
        """
        now, said = _now(), to_record(tuple(messages))
        with writing(self._engine).begin() as connection:
            if draft_id is not None:
                _draft_row(connection, user, draft_id)
            if conversation_id is None:
                conversation_id = secrets.token_hex(8)
                name = next((each.text for each in messages if each.role == "user"), "新对话")[:_LONGEST_NAME]
                row = {"id": conversation_id, "user": user, "name": name, "created": now, "changed": now}
                connection.execute(insert(conversations).values(row | {"draft_id": draft_id, "messages": said}))
            else:
                held = _conversation_row(connection, user, conversation_id)
                values = {"messages": said, "changed": now, "draft_id": draft_id or held["draft_id"]}
                one = conversations.c.id == conversation_id
                connection.execute(update(conversations).where(one).values(values))
            return _conversation(_conversation_row(connection, user, conversation_id))

    def conversation(self, user: str, conversation_id: str) -> Conversation:
        """A conversation. Raises NotInLibrary."""
        with self._engine.connect() as connection:
            return _conversation(_conversation_row(connection, user, conversation_id))

    def conversations(self, user: str) -> tuple[Conversation, ...]:
        """The user's conversations, the one changed last first."""
        wanted = select(conversations).where(conversations.c.user == user)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(conversations.c.changed.desc(), conversations.c.id)).mappings()
            return tuple(map(_conversation, rows))

    def forget(self, user: str, conversation_id: str) -> None:
        """Delete a conversation; its draft stays. Raises NotInLibrary."""
        with writing(self._engine).begin() as connection:
            _conversation_row(connection, user, conversation_id)
            connection.execute(deleting(conversations).where(conversations.c.id == conversation_id))


def _saved(connection: Connection, user: str, draft_id: str) -> SavedDraft:
    row = _draft_row(connection, user, draft_id)
    shown = _version_row(connection, draft_id, row["current"])
    return SavedDraft(
        id=row["id"],
        name=row["name"],
        draft=from_record(Draft, shown["draft"]),
        version=shown["number"],
        label=shown["label"],
        can_undo=shown["parent"] is not None,
        can_redo=_newest_child(connection, draft_id, shown["number"]) is not None,
        changed=row["changed"],
    )


def _draft_row(connection: Connection, user: str, draft_id: str) -> RowMapping:
    wanted = select(drafts).where(drafts.c.id == draft_id, drafts.c.user == user)
    row = connection.execute(wanted).mappings().first()
    if row is None:
        raise NotInLibrary(f"您的文稿里没有 {draft_id!r}：它可能已被删除。请到“我的文稿”里看看。")
    return row


def _version_row(connection: Connection, draft_id: str, number: int) -> RowMapping:
    wanted = select(versions).where(versions.c.draft_id == draft_id, versions.c.number == number)
    row = connection.execute(wanted).mappings().first()
    if row is None:
        raise NotInLibrary(f"这份文稿没有第 {number} 版。")
    return row


def _draft(connection: Connection, draft_id: str, number: int) -> Draft:
    record: Any = _version_row(connection, draft_id, number)["draft"]
    return from_record(Draft, record)


def _newest(connection: Connection, draft_id: str) -> int:
    wanted = select(func.max(versions.c.number)).where(versions.c.draft_id == draft_id)
    number: int = connection.execute(wanted).scalar_one()
    return number


def _newest_child(connection: Connection, draft_id: str, number: int) -> int | None:
    wanted = select(func.max(versions.c.number)).where(versions.c.draft_id == draft_id, versions.c.parent == number)
    child: int | None = connection.execute(wanted).scalar_one()
    return child


def _insert_version(
    connection: Connection, draft_id: str, number: int, parent: int | None, label: str, draft: Draft, now: str
) -> None:
    row = {"draft_id": draft_id, "number": number, "parent": parent, "label": label, "created": now}
    connection.execute(insert(versions).values(row | {"draft": to_record(draft)}))


def _show(connection: Connection, draft_id: str, number: int, now: str) -> None:
    connection.execute(update(drafts).where(drafts.c.id == draft_id).values(current=number, changed=now))


def _conversation_row(connection: Connection, user: str, conversation_id: str) -> RowMapping:
    one = (conversations.c.id == conversation_id, conversations.c.user == user)
    row = connection.execute(select(conversations).where(*one)).mappings().first()
    if row is None:
        raise NotInLibrary(f"您的对话里没有 {conversation_id!r}：它可能已被删除。")
    return row


def _conversation(row: RowMapping) -> Conversation:
    messages = from_record(tuple[Message, ...], row["messages"])
    return Conversation(row["id"], row["name"], row["draft_id"], messages, row["changed"])


def _name(name: str) -> str:
    called = " ".join(name.split())
    if not called or len(called) > _LONGEST_NAME:
        raise BadRequest(f"名称“{called[:20]}”不合适：请给一个 {_LONGEST_NAME} 字以内的名称。")
    return called


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
