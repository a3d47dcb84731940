"""What one user has on the table in 起草: a saved draft with its versions, and the conversation about it."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.chat import Turn, heard, told_back
from assistant.datatypes import Draft, Finding, FindingKind
from assistant.export.markdown import escape
from assistant.history import History, Message, SavedDraft
from assistant.llm.agent import Said, responding
from assistant.mending import mend, written
from assistant.profile import Profile, Profiles, filled_in
from assistant.resources import Resources
from assistant.revising import Material, Operation, apply
from corpus.errors import BadRequest, UserError

BY_MODEL = "模型撰写"  # how versions written by a model are called


@dataclass(frozen=True, slots=True)
class Desk:
    """One browser tab's work. `user` is "" until it is known who sits there; `aside` are findings put aside."""

    user: str = ""
    saved: SavedDraft | None = None
    conversation: str | None = None
    messages: tuple[Message, ...] = ()
    aside: frozenset[tuple[FindingKind, str]] = frozenset()

    @property
    def draft(self) -> Draft | None:
        """The draft on the table."""
        return self.saved.draft if self.saved else None


@dataclass(frozen=True, slots=True)
class Under:
    """A turn under way: what the chat says for now (Markdown), as much of a new draft as stands; `done` at the end."""

    note: str = ""
    draft: Draft | None = None
    done: tuple[Desk, Turn] | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """Where everybody's work is done."""

    resources: Resources
    history: History
    profiles: Profiles

    @classmethod
    def open(cls, resources: Resources) -> "Room":
        """The room of a library: what users wrote stands in its database."""
        engine = resources.library.engine
        return cls(resources, History.open(engine), Profiles.open(engine))

    def profile(self, desk: Desk) -> Profile:
        """What the user at the desk told of the unit."""
        return self.profiles.of(desk.user) if desk.user else Profile()

    @property
    def material(self) -> Material:
        """What new wording is made of."""
        return Material(self.resources.passages, self.resources.timeline)


def say(desk: Desk, utterance: str, *, room: Room, today: date) -> tuple[Desk, Turn]:
    """One turn: the draft on the table follows what was said, and both are kept."""
    *_, last = saying(desk, utterance, room=room, today=today)
    assert last.done is not None  # the last one holds what came of it
    return last.done


def saying(desk: Desk, utterance: str, *, room: Room, today: date) -> Generator[Under]:
    """One turn step by step: what was understood, the parts of a new draft, the reply line by line, the end. Nothing is
    kept before the end: who stops earlier finds everything as it was.
    """
    messages = (*desk.messages, Message("user", utterance))
    spoken = [each.text for each in messages if each.role == "user"]
    known = room.profile(desk)
    line = told_back(heard(spoken, today=today, profile=known))
    yield Under(line)
    said = [Said(message.role, message.text) for message in messages]
    came, turn = False, Turn("")  # whether the words came one by one already
    for step in responding(said, draft=desk.draft, seed=0, today=today, resources=room.resources, profile=known):
        turn, came = step.turn or turn, came or bool(step.note)
        if step.turn is None:
            yield Under(step.note or line)
    if turn.draft and turn.is_new:
        yield from _growing(line, turn.draft)
    lines = [] if came else turn.reply.split("\n\n")
    yield from (Under("\n\n".join(lines[:count])) for count in range(1, len(lines)))
    yield Under(done=_ended(desk, messages, turn, room))


def _growing(line: str, draft: Draft) -> Iterator[Under]:
    """A new draft part by part."""
    for count, section in enumerate(draft.sections, start=1):
        part = replace(draft, sections=draft.sections[:count], signature="", dated="")
        yield Under(f"{line}\n\n正在写“{escape(section.heading or str(section.topic))}”……", part)


def _ended(desk: Desk, said: tuple[Message, ...], turn: Turn, room: Room) -> tuple[Desk, Turn]:
    """The desk after a turn, draft and conversation kept."""
    try:
        desk = _followed(desk, turn, room.history)
    except UserError as error:
        turn = Turn(str(error))
    messages = (*said, Message("assistant", turn.reply))
    return kept(replace(desk, messages=messages), room.history), turn


def operate(desk: Desk, operation: Operation, *, room: Room) -> tuple[Desk, str]:
    """An operation from a button, and what to say about it. Raises BadRequest where it makes no sense."""
    desk = abreast(desk, room, section=operation.target.partition("/")[0])
    revision = apply(on_table(desk), operation, material=room.material)
    after = filled_in(revision.draft, room.profile(desk))
    return recorded(desk, after, revision.message, history=room.history), revision.message


def abreast(desk: Desk, room: Room, *, section: str = "") -> Desk:
    """The desk with the parts a model wrote since the page was drawn. Raises BadRequest when `section` is one of them:
    the words in it are no longer those that were clicked.
    """
    held = room.history.draft(desk.user, desk.saved.id) if desk.saved else None
    if held is None or desk.saved is None or held.version == desk.saved.version or not held.label.startswith(BY_MODEL):
        return desk
    seen, now = ({each.id: each for each in saved.draft.sections} for saved in (desk.saved, held))
    if section in seen and seen[section] != now.get(section):
        raise BadRequest("这一部分大模型刚刚写好，请看一眼新的再改。")
    return replace(desk, saved=held)


def rewrite(desk: Desk, place: str, text: str, *, room: Room) -> Desk:
    """Title, signature or date by hand."""
    desk = abreast(desk, room)
    return recorded(desk, written(on_table(desk), place, text), "手工修改", history=room.history)


def mended(desk: Desk, findings: tuple[Finding, ...], text: str, *, room: Room) -> tuple[Desk, int]:
    """The replacements of findings made, and how many were."""
    draft, count = mend(on_table(desk), findings, text=text)
    return (recorded(desk, draft, f"体检一键改 {count} 处", history=room.history) if count else desk), count


def step(desk: Desk, way: Callable[[str, str], SavedDraft]) -> Desk:
    """`History.undo` or `History.redo`. Raises BadRequest where there is no step."""
    if desk.saved is None:
        raise BadRequest("桌上还没有文稿。")
    return replace(desk, saved=way(desk.user, desk.saved.id))


def recorded(desk: Desk, draft: Draft, label: str, *, history: History) -> Desk:
    """The changed draft kept as a version. Raises BadRequest when another window was quicker."""
    if desk.saved is None:
        return started(desk, draft, label, history=history)
    saved = history.record(desk.user, desk.saved.id, draft, label=label.rstrip("。")[:40], after=desk.saved.version)
    return replace(desk, saved=saved)


def started(desk: Desk, draft: Draft, label: str, *, history: History) -> Desk:
    """Another draft put on the table and kept."""
    if not desk.user:
        raise BadRequest("还不知道您是谁：页面没有打开完，请刷新一下再试。")
    return replace(desk, saved=history.start(desk.user, draft, label=label), aside=frozenset())


def opened(desk: Desk, draft_id: str, *, history: History) -> Desk:
    """A kept draft put on the table with the conversation it came from. Raises NotInLibrary."""
    saved = history.draft(desk.user, draft_id)
    about = next((each for each in history.conversations(desk.user) if each.draft_id == draft_id), None)
    return Desk(desk.user, saved, about.id if about else None, about.messages if about else ())


def kept(desk: Desk, history: History) -> Desk:
    """The conversation kept as it stands."""
    if not desk.user or not desk.messages:
        return desk
    draft_id = desk.saved.id if desk.saved else None
    conversation = history.keep(desk.user, desk.messages, conversation_id=desk.conversation, draft_id=draft_id)
    return replace(desk, conversation=conversation.id)


def on_table(desk: Desk) -> Draft:
    """The draft on the table. Raises BadRequest when there is none."""
    if desk.draft is None:
        raise BadRequest("桌上还没有文稿：先在左边说说单位和年份，或到“我的文稿”里打开一份。")
    return desk.draft


def _followed(desk: Desk, turn: Turn, history: History) -> Desk:
    if turn.step:
        return step(desk, history.undo if turn.step == "undo" else history.redo)
    if turn.draft is None:
        return desk
    if turn.is_new:
        return started(desk, turn.draft, turn.label, history=history)
    return recorded(desk, turn.draft, turn.label, history=history)
