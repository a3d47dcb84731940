"""用到草稿里: where in the draft a sample's passage goes, and how it would read there."""

from markupsafe import Markup

from assistant.desk import Desk, Room, recorded
from assistant.inserting import adapted, insert_passage, sections_for
from assistant.pages.markup import button, joined, notice
from assistant.pages.sources import changed, drawer, place


def insertion(desk: Desk, passage_id: str, *, room: Room) -> Markup:
    """The drawer that asks where in the draft a passage goes, in the words it would have there."""
    passage = room.resources.library.passage(passage_id)
    if desk.draft is None:
        return drawer("用到草稿里", notice("桌上还没有文稿", "先到起草里写一份，或到我的文稿里打开一份，再回来取用。"))
    fitting = adapted(passage, desk.draft, room.material)
    if not fitting:
        told = "它已经在文稿里了，或写的是别家单位的人和事、别的时间。可以复制后自己改写。"
        return drawer("用到草稿里", place(passage), notice("这段话不能直接用", told))
    sentences = joined(
        changed(passage.text[s.provenance.start : s.provenance.end], s.provenance.edits) for s in fitting
    )
    rows = joined(
        button(section.heading, pick="insert", value=f"{passage_id}|{section.id}", kind="entry")
        for section in sections_for(desk.draft, passage)
    )
    return drawer(
        "用到草稿里",
        place(passage),
        Markup("<h4>在文稿里会这样写</h4><blockquote class='original'>{}</blockquote>").format(sentences),
        Markup("<h4>放进哪一部分</h4><div class='entries'>{}</div>").format(rows),
    )


def inserted(desk: Desk, value: str, *, room: Room) -> tuple[Desk, str]:
    """The draft with the passage in the part chosen, and what to say. Raises BadRequest and NotInLibrary."""
    passage_id, _, section_id = value.partition("|")
    passage = room.resources.library.passage(passage_id)
    if desk.draft is None:
        return desk, "桌上还没有文稿。"
    revision = insert_passage(desk.draft, passage, section_id, room.material)
    return recorded(desk, revision.draft, "用到草稿里", history=room.history), revision.message
