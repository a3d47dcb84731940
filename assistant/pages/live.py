"""起草 while a language model writes: what the chat says meanwhile, and when the sheet is to be drawn anew."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.desk import Desk, Room, kept
from assistant.export.markdown import escape
from assistant.history import Message
from assistant.llm.write import State
from assistant.writing import write_on, writer_of
from corpus.errors import UserError

_SHOWN = 60  # characters of what is being written, in the chat
_EACH = 20  # new characters that are worth drawing


@dataclass(frozen=True, slots=True)
class Moment:
    """The desk as it is; `note` stands in the chat for now, as Markdown; `drawn` asks for the sheet anew."""

    desk: Desk
    note: str
    drawn: bool


def live(desk: Desk, *, room: Room) -> Iterator[Moment]:
    """Moments of the configured model writing the draft on the table; none where no model is configured. The last one
    holds, in its messages, what was written and what stayed as it was.
    """
    try:
        writer = writer_of(room)
        if writer is None or desk.draft is None:
            return
        states: list[State] = []
        notes: list[str] = []
        length = 0
        for desk, step in write_on(desk, room=room, writer=writer):  # noqa: B020  the desk goes on
            if step.state is State.WRITING:
                if abs(len(step.text) - length) >= _EACH:
                    length = len(step.text)
                    yield Moment(desk, f"正在写“{escape(step.heading)}”……{escape(step.text[-_SHOWN:])}", drawn=False)
                continue
            states.append(step.state)
            notes += [step.messages[0]] if step.state is State.KEPT else []
            yield Moment(desk, f"“{escape(step.heading)}”{step.state}。", drawn=True)
        told = [
            f"大模型写了 {states.count(State.WRITTEN)} 个部分，每句都已核对出处、数字和提法。",
            *dict.fromkeys(notes),
        ]
    except UserError as error:
        told = [str(error)]
    messages = (*desk.messages, Message("assistant", "\n\n".join(map(escape, told))))
    yield Moment(kept(replace(desk, messages=messages), room.history), "", drawn=True)
