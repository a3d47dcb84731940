"""起草 while a language model writes: what the chat says meanwhile, and when the sheet is to be drawn anew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.desk import Desk, Room, kept
from assistant.export.markdown import escape
from assistant.history import Message
from assistant.llm.write import State, Step
from assistant.writing import followed, to_write, write_on, writer_of
from corpus.errors import UserError

_SHOWN = 60  # characters of what is being written, in the chat
_EACH = 20  # new characters that are worth drawing
_NAMED = 3  # parts that stayed for one reason
_REPORTED = 6  # things put right that are told one by one


@dataclass(frozen=True, slots=True)
class Moment:
    """The desk as it is; `note` stands in the chat for now, as Markdown; `drawn` asks for the sheet anew."""

    desk: Desk
    note: str
    drawn: bool


def live(desk: Desk, *, room: Room) -> Iterator[Moment]:
    """Moments of the configured model writing the draft on the table; none where no model is configured. The last one
    holds, in its messages, what was written, what was put right and what stayed as it was.
    """
    ended: list[Step] = []
    try:
        writer = writer_of(room)
        if writer is None or desk.draft is None:
            return
        count, length = len(to_write(desk.draft)), 0
        yield Moment(desk, "正在请大模型来写……", drawn=False)
        for desk, step in write_on(desk, room=room, writer=writer):  # noqa: B020  the desk goes on
            if step.state is State.WRITING and abs(len(step.text) - length) < _EACH:
                continue
            ends = step.state in (State.WRITTEN, State.KEPT)
            ended += [step] if ends else []
            length = len(step.text)
            yield Moment(desk, _note(step, len(ended) + (not ends), count), drawn=ends)
        told = _told(ended)
    except UserError as error:
        told = [str(error)]
    yield Moment(_with_message(desk, told, room), "", drawn=True)


def halted(desk: Desk, *, room: Room) -> Desk:
    """The desk after the user stopped the model: what it had written stays, and the conversation says so."""
    return _with_message(desk, ["已停下。大模型写完的部分都存好了，其余是离线稿；不想要可以一步步撤销。"], room)


def _with_message(desk: Desk, lines: Sequence[str], room: Room) -> Desk:
    desk = followed(desk, room)
    messages = (*desk.messages, Message("assistant", "\n\n".join(map(escape, lines))))
    return kept(replace(desk, messages=messages), room.history)


def _note(step: Step, number: int, count: int) -> str:
    """One line about the part under way, and the last of its words."""
    place = f"（{number}/{count}）“{escape(step.heading)}”"
    if step.state is not State.WRITING:
        return f"{place}{step.state}。"
    again = f"\n\n{escape(step.messages[0])}" if step.messages else ""
    return f"正在写{place}……{escape(step.text[-_SHOWN:].replace(chr(10), ' '))}{again}"


def _told(ended: Sequence[Step]) -> list[str]:
    """What was written, what code put right in it, what stayed and why."""
    written = [step for step in ended if step.state is State.WRITTEN]
    reports = list(dict.fromkeys(line for step in written for line in step.messages))
    lines = [f"大模型写了 {len(written)} 个部分，每句都已核对出处、数字和提法。"]
    if reports:
        more = f"等 {len(reports)} 处" if len(reports) > _REPORTED else ""
        lines.append(f"核对时改正：{'；'.join(reports[:_REPORTED])}{more}。")
    kept: dict[str, list[str]] = {}
    for step in ended:
        if step.state is State.KEPT:
            kept.setdefault(step.why, []).append(step.heading)
    return [*lines, *(_kept(why, headings) for why, headings in kept.items())]


def _kept(why: str, headings: Sequence[str]) -> str:
    """Which parts stayed for one reason."""
    named = "".join(f"“{heading}”" for heading in headings[:_NAMED])
    return f"{named}{f'等 {len(headings)} 个部分' if len(headings) > _NAMED else ''}没有用大模型的：{why}。"
