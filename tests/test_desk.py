"""A user's table in 起草: what is said and pressed becomes versions, conversations and words, without a browser."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from drafts import DRAFT

from assistant.datatypes import ProvenanceKind
from assistant.desk import Desk, Room, mended, opened, operate, rewrite, say, saying, started, step
from assistant.export.text import plain_text
from assistant.history import History
from assistant.inserting import adapted, insert_passage, sections_for
from assistant.mending import mend, spot_of, spots
from assistant.pages.insertion import inserted, insertion
from assistant.pages.mine import compared, draft_list, draft_view
from assistant.pages.outline import operation_of, outline_list
from assistant.pages.person import identified
from assistant.pages.sheet import dealt, findings_of, opened_drawer, sheet
from assistant.pages.talk import unanswered
from assistant.profile import Profile, Profiles
from assistant.resources import Resources
from assistant.revising import Material, Op, Operation
from corpus.datatypes import OrganisationType, Topic
from corpus.errors import BadRequest, NotInLibrary
from corpus.library import Library

TODAY = date(2026, 11, 20)
REQUEST = "写一份2026年小学工会计划，单位是阳光镇中心小学"


@pytest.fixture
def room(resources: Resources, tmp_path: Path) -> Iterator[Room]:
    """The sample library to look at, a history of its own to write in."""
    library = Library.open(tmp_path / "library.db")
    yield Room(resources, History.open(library.engine), Profiles.open(library.engine))
    library.close()


def talk(desk: Desk, *utterances: str, room: Room) -> tuple[Desk, str]:
    told = ""
    for utterance in utterances:
        desk, turn = say(desk, utterance, room=room, today=TODAY)
        told = turn.reply
    return desk, told


# -- a turn step by step -------------------------------------------------------------------------------------------


def test_a_turn_comes_in_steps(room: Room) -> None:
    steps = list(saying(Desk("甲"), REQUEST, room=room, today=TODAY))
    assert steps[0].note == "起草 · 学校 · 阳光镇中心小学 · 2026年"
    parts = [each.draft for each in steps if each.draft]
    desk, turn = steps[-1].done or (Desk(), None)
    assert desk.draft
    assert turn
    assert [len(each.sections) for each in parts] == list(range(1, len(desk.draft.sections) + 1))
    assert all(desk.draft.sections[: len(each.sections)] == each.sections for each in parts)
    told = [each.note for each in steps if not each.draft][1:-1]
    assert told
    assert all(turn.reply.startswith(each) for each in told)


def test_who_stops_before_the_end_finds_everything_as_it_was(room: Room) -> None:
    desk, _ = talk(Desk("甲"), REQUEST, room=room)
    before = room.history.drafts("甲"), room.history.conversations("甲")
    count = len(list(saying(desk, "我们是阳光县中医院，写2027年计划", room=room, today=TODAY)))
    after = room.history.drafts("甲"), room.history.conversations("甲")
    assert after != before
    for wanted in range(1, count):
        steps = saying(desk, "我们是阳光县第二中学，写2027年计划", room=room, today=TODAY)
        for _ in range(wanted):
            next(steps)
        steps.close()
        assert (room.history.drafts("甲"), room.history.conversations("甲")) == after


def test_words_that_were_stopped_go_back_into_the_box(room: Room) -> None:
    desk, _ = talk(Desk("甲"), REQUEST, room=room)
    assert unanswered(desk.messages, REQUEST) == ""
    assert unanswered(desk.messages, "") == ""
    assert unanswered(desk.messages, "第二部分短一点") == "第二部分短一点"


# -- who sits there ------------------------------------------------------------------------------------------------


def test_a_login_name_wins_over_the_browser() -> None:
    user, own = identified("张三", "", session="a")
    assert user == "login:张三"
    assert identified(None, own, session="b") == (f"browser:{own}", own)
    assert identified(None, "", session="a")[1] == own
    assert identified(None, "", session="b")[1] != own
    assert identified(None, "", session=None) != identified(None, "", session=None)


@pytest.mark.parametrize("stored", [None, "", "login:张三", "x" * 21, {"a": 1}])
def test_an_id_nobody_gave_is_replaced(stored: object) -> None:
    user, own = identified(None, stored, session=None)
    assert user == f"browser:{own}"
    assert own != stored
    assert len(own) == 22


# -- saying ---------------------------------------------------------------------------------------------------------


def test_a_conversation_writes_changes_and_steps_back(room: Room) -> None:
    desk, told = talk(Desk("甲"), REQUEST, room=room)
    assert desk.saved is not None
    assert "已写好" in told
    first = desk.saved.draft
    desk, told = talk(desk, "把第二部分删掉", room=room)
    assert desk.draft is not None
    assert len(desk.draft.sections) == len(first.sections) - 1
    desk, told = talk(desk, "撤销", room=room)
    assert desk.draft == first
    assert "撤销" in told
    desk, _ = talk(desk, "重做一步", room=room)
    assert desk.draft != first
    assert [message.role for message in desk.messages] == ["user", "assistant"] * 4


def test_nothing_to_undo_is_told_in_the_chat(room: Room) -> None:
    desk, told = talk(Desk("甲"), REQUEST, "撤销", room=room)
    assert "最初的一版" in told


def test_another_unit_is_another_draft(room: Room) -> None:
    desk, _ = talk(Desk("甲"), REQUEST, "写一份2026年医院工会计划，单位是阳光县人民医院", room=room)
    assert sorted(each.name for each in room.history.drafts("甲")) == [
        "阳光县人民医院工会2026年工作计划",
        "阳光镇中心小学工会2026年工作计划",
    ]
    assert desk.draft is not None
    assert desk.draft.request.organisation is OrganisationType.HOSPITAL


def test_a_changed_request_keeps_what_was_typed(room: Room) -> None:
    desk, _ = talk(Desk("甲"), REQUEST, room=room)
    assert desk.draft is not None
    place = next(
        f"{s.id}/0/0" for s in desk.draft.sections if s.heading and s.topic not in (Topic.MONTHLY, Topic.GUIDING)
    )
    desk, _ = operate(desk, Operation(Op.EDIT, place, "每月十日为校长接待日。"), room=room)
    desk, _ = talk(desk, "写2027年的", room=room)
    assert desk.draft is not None
    assert desk.draft.request.year == 2027
    assert "每月十日为校长接待日。" in [sentence.text for sentence in desk.draft.sentences]


def test_drafts_and_conversations_are_found_again_by_their_owner_only(room: Room) -> None:
    desk, _ = talk(Desk("甲"), REQUEST, "第二部分短一点", room=room)
    assert desk.saved is not None
    again = opened(Desk("甲"), desk.saved.id, history=room.history)
    assert again.draft == desk.draft
    assert again.messages == desk.messages
    assert again.conversation == desk.conversation
    with pytest.raises(NotInLibrary):
        opened(Desk("乙"), desk.saved.id, history=room.history)
    assert room.history.drafts("乙") == ()


def test_a_page_that_does_not_know_its_user_keeps_nothing(room: Room) -> None:
    desk, told = talk(Desk(), REQUEST, room=room)
    assert desk.saved is None
    assert "刷新" in told


def test_the_profile_is_used_without_being_asked(room: Room) -> None:
    profile = Profile(
        name="阳光县人民医院",
        organisation=OrganisationType.HOSPITAL,
        facts=("全院设工会小组26个，困难职工建档12户。",),
    )
    room.profiles.keep("甲", profile)
    desk, _ = talk(Desk("甲"), "写一份2026年的计划", room=room)
    assert desk.draft is not None
    assert desk.draft.request.name == "阳光县人民医院"
    own = [s.text for s in desk.draft.sentences if s.provenance.kind is ProvenanceKind.USER]
    assert own == ["全院设工会小组26个，困难职工建档12户。"]
    other, _ = talk(Desk("甲"), REQUEST, room=room)
    assert other.draft is not None
    assert other.draft.request.name == "阳光镇中心小学"
    assert other.draft.request.facts == ()


# -- pressing -------------------------------------------------------------------------------------------------------


def test_buttons_and_their_operations() -> None:
    assert operation_of("up", "s3", "") == Operation(Op.REORDER, "s3", "上移")
    assert operation_of("add", "", " 女职工 ") == Operation(Op.ADD, "女职工")
    assert operation_of("edit", "s3/0/1", "新的一句。") == Operation(Op.EDIT, "s3/0/1", "新的一句。")
    assert operation_of("swap", "s3/0/1#2", "") == Operation(Op.SWAP, "s3/0/1", "2")
    assert operation_of("sentence", "s3/0/1", "") is None


def test_parts_are_listed_with_the_tools_they_allow() -> None:
    locked = replace(DRAFT, sections=tuple(replace(s, locked=s.id == "s3") for s in DRAFT.sections))
    html = outline_list(locked)
    assert 'data-pick="unlock" data-value="s3"' in html
    assert 'data-pick="lock" data-value="s4"' in html
    assert 'data-pick="up" data-value="s1"' not in html  # the opening stays where it is
    assert "二、加强民主管理" in html


def test_a_moved_part_is_a_version(room: Room) -> None:
    desk = started(Desk("甲"), DRAFT, "起草", history=room.history)
    desk, told = dealt(desk, "down", "s3", "", room=room)
    assert desk.draft is not None
    assert [section.id for section in desk.draft.sections][2:4] == ["s4", "s3"]
    assert "加强民主管理" in told
    back = step(desk, room.history.undo)
    assert back.draft == DRAFT
    with pytest.raises(BadRequest, match="最初的一版"):
        step(back, room.history.undo)


def test_an_operation_without_a_draft_is_refused(room: Room) -> None:
    with pytest.raises(BadRequest, match="桌上还没有文稿"):
        operate(Desk("甲"), Operation(Op.SHORTEN), room=room)


def test_title_signature_and_date_by_hand(room: Room) -> None:
    desk = started(Desk("甲"), DRAFT, "起草", history=room.history)
    for place, text in (("title", "新的标题"), ("signature", "新的落款"), ("dated", "2026年3月1日")):
        desk = rewrite(desk, place, text, room=room)
    assert desk.draft is not None
    assert (desk.draft.title, desk.draft.signature, desk.draft.dated) == ("新的标题", "新的落款", "2026年3月1日")
    assert "新的落款" in opened_drawer(desk, "line", "signature", room)


def test_a_part_opens_with_its_name_to_change(room: Room) -> None:
    desk = started(Desk("甲"), DRAFT, "起草", history=room.history)
    assert "加强民主管理</textarea>" in opened_drawer(desk, "section", "s3", room)
    assert "已经变了" in opened_drawer(desk, "section", "gone", room)


def test_a_sentence_offers_candidates_and_takes_one(room: Room) -> None:
    desk, _ = talk(Desk("甲"), REQUEST, room=room)
    assert desk.draft is not None
    section = next(s for s in desk.draft.sections if s.topic is Topic.DEMOCRACY)
    place = f"{section.id}/0/0"
    html = opened_drawer(desk, "sentence", place, room)
    assert f'data-pick="swap" data-value="{place}#1"' in html
    after, told = dealt(desk, "swap", f"{place}#1", "", room=room)
    assert "另一种写法" in told
    assert after.draft != desk.draft


# -- findings of a draft --------------------------------------------------------------------------------------------


def stale_draft(room: Room) -> Desk:
    """A draft whose second part cites a congress that is over."""
    sections = list(DRAFT.sections)
    held = sections[1].paragraphs[0]
    old = replace(held.sentences[0], text="深入学习贯彻党的十九大精神，团结动员全院职工建功立业。")
    sections[1] = replace(sections[1], paragraphs=(replace(held, sentences=(old,)),))
    return started(Desk("甲"), replace(DRAFT, sections=tuple(sections)), "起草", history=room.history)


def test_every_sentence_has_its_spot() -> None:
    text = plain_text(DRAFT)
    found = spots(DRAFT, text)
    assert [text[s.start : s.end] for s in found if s.place.count("/") == 2] == [s.text for s in DRAFT.sentences]
    assert [text[s.start : s.end] for s in found if s.place in ("title", "signature", "dated")] == [
        DRAFT.title,
        DRAFT.signature,
        DRAFT.dated,
    ]


def test_findings_light_up_and_are_mended(room: Room) -> None:
    desk = stale_draft(room)
    line, page, _ = sheet(desk, room)
    assert "必改" in line
    assert 'class="sentence template must" id="at-s2/0/0"' in page
    text, findings = findings_of(desk, room)
    stale = next(each for each in findings if each.text == "党的十九大")
    spot = spot_of(stale, spots(desk.draft, text)) if desk.draft else None
    assert spot is not None
    assert spot.place == "s2/0/0"
    after, count = mended(desk, findings, text, room=room)
    assert count == 1
    assert after.draft is not None
    sentence = after.draft.sections[1].paragraphs[0].sentences[0]
    assert "十九大" not in sentence.text
    assert [edit.before for edit in sentence.provenance.edits] == ["党的十九大"]


def test_a_finding_put_aside_stays_away(room: Room) -> None:
    desk = stale_draft(room)
    _, findings = findings_of(desk, room)
    desk, _ = dealt(desk, "ignore-kind", "stale", "", room=room)
    assert "stale" not in {each.kind for each in findings_of(desk, room)[1]}
    room.profiles.keep("甲", Profile(off=tuple({each.kind for each in findings})))
    assert findings_of(stale_draft(room), room)[1] == ()


def test_locked_parts_are_not_mended(room: Room) -> None:
    desk = stale_draft(room)
    assert desk.draft is not None
    locked = replace(desk.draft, sections=tuple(replace(s, locked=True) for s in desk.draft.sections))
    text = plain_text(locked)
    _, findings = findings_of(desk, room)
    assert mend(locked, findings, text=text) == (locked, 0)


# -- 用到草稿里 ------------------------------------------------------------------------------------------------------


def test_a_passage_goes_into_a_part_as_borrowed(room: Room) -> None:
    material = Material(room.resources.passages, room.resources.timeline)
    passage = next(
        p
        for p in room.resources.passages
        if p.organisation is OrganisationType.SCHOOL and Topic.RELIEF in p.topics and adapted(p, DRAFT, material)
    )
    after = insert_passage(DRAFT, passage, "s3", material).draft
    added = after.sections[2].paragraphs[-1].sentences
    assert {s.provenance.kind for s in added} == {ProvenanceKind.BORROWED}
    assert {s.provenance.source for s in added} == {passage.id}
    assert [s for s in after.sentences if s not in added] == list(DRAFT.sentences)
    with pytest.raises(BadRequest, match="用不上"):
        insert_passage(after, passage, "s3", material)
    with pytest.raises(BadRequest, match="没有这一部分"):
        insert_passage(DRAFT, passage, "gone", material)


def test_the_drawer_asks_where_a_passage_goes(room: Room) -> None:
    passage = room.resources.passages[0]
    assert "桌上还没有文稿" in insertion(Desk("甲"), passage.id, room=room)
    desk = started(Desk("甲"), DRAFT, "起草", history=room.history)
    material = Material(room.resources.passages, room.resources.timeline)
    fitting = next(p for p in room.resources.passages if adapted(p, DRAFT, material))
    html = insertion(desk, fitting.id, room=room)
    offered = [section.id for section in sections_for(DRAFT, fitting)]
    assert set(offered) == {"s3", "s4"}
    assert all(f'data-value="{fitting.id}|{key}"' in html for key in offered)
    after, told = inserted(desk, f"{fitting.id}|s4", room=room)
    assert "提升职工素质" in told
    assert after.saved is not None
    assert after.saved.version == 2


# -- 我的文稿 ---------------------------------------------------------------------------------------------------------


def test_drafts_are_listed_with_versions_and_compared(room: Room) -> None:
    desk = started(Desk("甲"), DRAFT, "起草", history=room.history)
    assert desk.saved is not None
    desk, _ = operate(desk, Operation(Op.EDIT, "s3/1/0", "按月公开院务。"), room=room)
    assert desk.saved is not None
    (listed,) = room.history.drafts("甲")
    assert "2 版" in draft_list([listed])
    html = draft_view(listed, room.history.versions("甲", listed.id))
    assert html.index("第 2 版") < html.index("第 1 版")
    found = compared("甲", listed.id, 2, 1, history=room.history)
    assert "<del>按季度公开院务，满意率达到95%以上。</del><ins>按月公开院务。</ins>" in found
    assert "这两版一样" in compared("甲", listed.id, 1, 1, history=room.history)
    assert "还没有文稿" in draft_list(())
