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

from sqlalchemy import Engine, func, insert, select, update
from sqlalchemy import delete as deleting

from assistant.datatypes import Draft
from assistant.stored import (
    LONGEST_NAME,
    Conversation,
    ListedDraft,
    Message,
    SavedDraft,
    Version,
    checked_name,
    conversation_row,
    conversations,
    draft_row,
    drafts,
    insert_version,
    newest,
    newest_child,
    now,
    saved_draft,
    show,
    stored_conversation,
    stored_draft,
    version_row,
    versions,
)
from corpus import tables
from corpus.database import writing
from corpus.errors import BadRequest
from corpus.records import to_record

__all__ = ["Conversation", "History", "ListedDraft", "Message", "SavedDraft", "Version"]


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
        key, moment = secrets.token_hex(8), now()
        with writing(self._engine).begin() as connection:
            called = checked_name(name) if name is not None else draft.title[:LONGEST_NAME]
            row = {"id": key, "user": user, "name": called, "current": 1, "created": moment, "changed": moment}
            connection.execute(insert(drafts).values(row))
            insert_version(connection, key, 1, None, label, draft, moment)
            return saved_draft(connection, user, key)

    def record(self, user: str, draft_id: str, draft: Draft, *, label: str, after: int) -> SavedDraft:
        """Keep a changed draft as the newest version. An unchanged draft adds none.

        Raises NotInLibrary, or BadRequest when `after` is no longer the version shown: another window was quicker.
        """
        with writing(self._engine).begin() as connection:
            held = saved_draft(connection, user, draft_id)
            if held.version != after:
                raise BadRequest(f"《{held.name}》刚在别的窗口里改过，这一步没有保存。请刷新后再改。")
            if held.draft != draft:
                number, moment = newest(connection, draft_id) + 1, now()
                insert_version(connection, draft_id, number, after, label, draft, moment)
                show(connection, draft_id, number, moment)
            return saved_draft(connection, user, draft_id)

    def undo(self, user: str, draft_id: str) -> SavedDraft:
        """One step back. Raises NotInLibrary, or BadRequest at the first version."""
        with writing(self._engine).begin() as connection:
            held = saved_draft(connection, user, draft_id)
            parent = version_row(connection, draft_id, held.version)["parent"]
            if parent is None:
                raise BadRequest("这已经是最初的一版，没有可以撤销的了。")
            show(connection, draft_id, parent, now())
            return saved_draft(connection, user, draft_id)

    def redo(self, user: str, draft_id: str) -> SavedDraft:
        """One step forward along the newest branch. Raises NotInLibrary, or BadRequest where nothing was undone."""
        with writing(self._engine).begin() as connection:
            held = saved_draft(connection, user, draft_id)
            child = newest_child(connection, draft_id, held.version)
            if child is None:
                raise BadRequest("没有撤销过的步骤可以重做。")
            show(connection, draft_id, child, now())
            return saved_draft(connection, user, draft_id)

    def restore(self, user: str, draft_id: str, number: int) -> SavedDraft:
        """Show an earlier version again, as a new one. Raises NotInLibrary."""
        with writing(self._engine).begin() as connection:
            held = saved_draft(connection, user, draft_id)
            draft, count, moment = stored_draft(connection, draft_id, number), newest(connection, draft_id) + 1, now()
            insert_version(connection, draft_id, count, held.version, f"恢复到第 {number} 版", draft, moment)
            show(connection, draft_id, count, moment)
            return saved_draft(connection, user, draft_id)

    def draft(self, user: str, draft_id: str) -> SavedDraft:
        """The draft as it is now. Raises NotInLibrary."""
        with self._engine.connect() as connection:
            return saved_draft(connection, user, draft_id)

    def version(self, user: str, draft_id: str, number: int) -> Draft:
        """The draft as it was. Raises NotInLibrary."""
        with self._engine.connect() as connection:
            draft_row(connection, user, draft_id)
            return stored_draft(connection, draft_id, number)

    def versions(self, user: str, draft_id: str) -> tuple[Version, ...]:
        """Every version, the first one first. Raises NotInLibrary."""
        columns = (versions.c.number, versions.c.parent, versions.c.label, versions.c.created)
        with self._engine.connect() as connection:
            draft_row(connection, user, draft_id)
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
            draft_row(connection, user, draft_id)
            connection.execute(update(drafts).where(drafts.c.id == draft_id).values(name=checked_name(name)))

    def delete(self, user: str, draft_id: str) -> None:
        """Delete a draft with all its versions; conversations stay. Raises NotInLibrary."""
        with writing(self._engine).begin() as connection:
            draft_row(connection, user, draft_id)
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
        moment, said = now(), to_record(tuple(messages))
        with writing(self._engine).begin() as connection:
            if draft_id is not None:
                draft_row(connection, user, draft_id)
            if conversation_id is None:
                conversation_id = secrets.token_hex(8)
                name = next((each.text for each in messages if each.role == "user"), "新对话")[:LONGEST_NAME]
                row = {"id": conversation_id, "user": user, "name": name, "created": moment, "changed": moment}
                connection.execute(insert(conversations).values(row | {"draft_id": draft_id, "messages": said}))
            else:
                held = conversation_row(connection, user, conversation_id)
                values = {"messages": said, "changed": moment, "draft_id": draft_id or held["draft_id"]}
                one = conversations.c.id == conversation_id
                connection.execute(update(conversations).where(one).values(values))
            return stored_conversation(conversation_row(connection, user, conversation_id))

    def conversation(self, user: str, conversation_id: str) -> Conversation:
        """A conversation. Raises NotInLibrary."""
        with self._engine.connect() as connection:
            return stored_conversation(conversation_row(connection, user, conversation_id))

    def conversations(self, user: str) -> tuple[Conversation, ...]:
        """The user's conversations, the one changed last first."""
        wanted = select(conversations).where(conversations.c.user == user)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(conversations.c.changed.desc(), conversations.c.id)).mappings()
            return tuple(map(stored_conversation, rows))

    def forget(self, user: str, conversation_id: str) -> None:
        """Delete a conversation; its draft stays. Raises NotInLibrary."""
        with writing(self._engine).begin() as connection:
            conversation_row(connection, user, conversation_id)
            connection.execute(deleting(conversations).where(conversations.c.id == conversation_id))
