"""The model at a user's desk: the draft on the table written or reworded, every result kept as a version.

for desk, step in write_on(desk, room=room, writer=writer):
show(step.draft, step.text, step.messages)
"""

from collections.abc import Iterator, Sequence

from assistant.desk import Desk, Room, on_table, recorded
from assistant.llm.rewrite import Manner, Rewritten, rewrite
from assistant.llm.settings import read_model
from assistant.llm.write import State, Step, write_sections
from assistant.llm.writer import Writer, open_writer


def writer_of(room: Room) -> Writer | None:
    """The configured model with all it needs, None where none is configured.

    Raises BadRequest for settings that cannot be, ServiceProblem when the provider's package is not installed.
    """
    settings = read_model(room.resources.settings.home)
    return open_writer(settings, room.resources) if settings else None


def write_on(
    desk: Desk, *, room: Room, writer: Writer, only: Sequence[str] | None = None
) -> Iterator[tuple[Desk, Step]]:
    """Have the model write the draft on the table, all sections or those of the ids `only`; one version a section, so
    that a page closed half-way loses nothing. Undo is the history's.

    Raises BadRequest when there is no draft, or another window changed it meanwhile.
    """
    for step in write_sections(on_table(desk), writer=writer, only=only):
        if step.state is State.WRITTEN and step.draft != on_table(desk):
            desk = recorded(desk, step.draft, f"模型撰写“{step.heading}”", history=room.history)
        yield desk, step


def reword_on(
    desk: Desk,
    manner: Manner,
    target: str,
    *,
    room: Room,
    writer: Writer,
    detail: str = "",
    last_plan: str | None = None,
) -> tuple[Desk, Rewritten]:
    """润色, 改写降重, 缩写, 扩写 or 换语气 on sections (第二部分, 全文, an id) or one sentence (`thought/0/2`).

    Raises BadRequest where the target names nothing that may be changed, ModelProblem when the model gives no answer.
    """
    result = rewrite(on_table(desk), manner, target, writer=writer, detail=detail, last_plan=last_plan)
    if result.draft != on_table(desk):
        desk = recorded(desk, result.draft, f"{manner}：{target}", history=room.history)
    return desk, result
