"""The model at a user's desk: settings of the page, drafts written and reworded with versions, chat with the agent."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fake_models import Recorder, saying
from model_server import Reply, model_server

from assistant.config import Settings
from assistant.datatypes import PlanRequest
from assistant.desk import Desk, Room, operate, say, started
from assistant.drafting import draft_plan
from assistant.llm.ask import Limits
from assistant.llm.settings import ModelSettings, save_model
from assistant.llm.write import State
from assistant.llm.writer import Writer
from assistant.pages.live import live
from assistant.pages.model import NONE, drop_model, keep_model, state_of
from assistant.profile import Profile, filled_in, hidden
from assistant.resources import open_resources
from assistant.revising import Op, Operation
from assistant.rewording import Manner, Rewritten
from assistant.writing import accepted, offered, rewording_on, write_on, writer_of
from corpus.datatypes import OrganisationType
from corpus.errors import BadRequest

USER = "browser:abc"
TODAY = date(2025, 12, 1)


@pytest.fixture
def room(tmp_path: Path, resources: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.delenv("GONGBI_MODEL", raising=False)
    home = tmp_path / "home"
    shutil.copytree(resources.settings.home, home)  # type: ignore[attr-defined]
    opened = open_resources(Settings.from_environment({"GONGBI_HOME": str(home)}))
    yield Room.open(opened)
    opened.library.engine.dispose()


@pytest.fixture
def desk(room: Room) -> Desk:
    request = PlanRequest(OrganisationType.HOSPITAL, "临江市人民医院", 2026)
    r = room.resources
    draft = draft_plan(request, passages=r.passages, timeline=r.timeline)
    return started(Desk(user=USER), draft, "起草", history=room.history)


def writer(room: Room, answer: object) -> Writer:
    r = room.resources
    model = Recorder(script=saying(answer))
    return Writer(model, r.embedder, r.passages, r.timeline, r.samples, Limits(attempts=1, sleep=lambda _: None))


def test_the_page_tells_the_model_and_never_the_key(room: Room) -> None:
    assert state_of(room) == NONE
    told = keep_model(room, USER, " qwen-plus ", "http://127.0.0.1:8000/v1", "sk-secret")
    assert "qwen" in told
    assert "已设密钥" in told
    assert "sk-secret" not in told
    held = writer_of(room)
    assert held is not None
    assert "sk-secret" not in repr(held)
    assert drop_model(room, USER) == NONE
    assert writer_of(room) is None


def test_who_logs_in_does_not_choose_the_model(room: Room) -> None:
    with pytest.raises(BadRequest, match="环境变量"):
        keep_model(room, "login:wang", "qwen", "http://127.0.0.1:8000/v1", "")
    assert state_of(room) == NONE


def test_a_page_drawn_before_the_model_wrote_a_part_may_still_change_others(room: Room, desk: Desk) -> None:
    section = next(one for one in desk.draft.sections if one.id == "sports")  # type: ignore[union-attr]
    text = "\n".join(f"{paragraph.text.rstrip('。')}，务求实效。" for paragraph in section.paragraphs)
    list(write_on(desk, room=room, writer=writer(room, text), only=["sports"]))
    with pytest.raises(BadRequest, match="刚刚写好"):
        operate(desk, Operation(Op.EDIT, "sports/0/0", "每月十日健步走。"), room=room)
    changed, _ = operate(desk, Operation(Op.EDIT, "relief/0/0", "每月十日健步走。"), room=room)
    said = [one.text for one in changed.draft.sentences]  # type: ignore[union-attr]
    assert "每月十日健步走。" in said
    assert any("务求实效" in one for one in said)


def test_rewording_tells_the_model_no_more_and_puts_it_back(room: Room, desk: Desk) -> None:
    known = Profile("临江市人民医院", superior="临江市总工会", chairman="李明")
    room.profiles.keep(USER, known)
    desk = started(desk, filled_in(desk.draft, known), "起草", history=room.history)  # type: ignore[arg-type]
    opening = desk.draft.sections[0]  # type: ignore[union-attr]
    answer = opening.paragraphs[0].text.replace("临江市总工会", "上级工会").replace("特制定本计划", "制定本计划")
    with model_server([Reply(f"1. {answer}")]) as server:
        save_model(room.resources.settings.home, ModelSettings("test", server.url, "sk-1", seconds=10))
        *_, last = rewording_on(desk, Manner.POLISH, opening.id, room=room)
        assert "临江市总工会" not in server.prompt()
    assert last.result is not None
    text = last.result.draft.sections[0].paragraphs[0].text
    assert "临江市总工会" in text
    assert text != opening.paragraphs[0].text


def test_every_written_section_is_a_version(room: Room, desk: Desk) -> None:
    section = next(one for one in desk.draft.sections if one.id == "sports")  # type: ignore[union-attr]
    text = "\n".join(f"{paragraph.text.rstrip('。')}，务求实效。" for paragraph in section.paragraphs)
    steps = list(write_on(desk, room=room, writer=writer(room, text), only=["sports"]))
    after, last = steps[-1]
    assert last.state is State.WRITTEN
    assert after.draft == last.draft != desk.draft
    assert after.saved is not None
    assert after.saved.label == f"模型撰写“{section.heading}”"
    assert room.history.undo(USER, after.saved.id).draft == desk.draft


def test_what_the_unit_keeps_to_itself_is_not_told_to_the_model(room: Room, desk: Desk) -> None:
    known = Profile(
        "临江市人民医院", superior="临江市总工会", chairman="李明", members=820, facts=("全院设小组26个。",)
    )
    room.profiles.keep(USER, known)
    draft = filled_in(desk.draft, known)  # type: ignore[arg-type]
    desk = started(desk, draft, "起草", history=room.history)
    opening = draft.sections[0]
    assert "临江市总工会" in opening.paragraphs[0].text
    answer = opening.paragraphs[0].text.replace("临江市总工会", "上级工会")
    told = writer(room, answer)
    *_, (after, last) = write_on(desk, room=room, writer=told, only=[opening.id])
    asked = "".join(str(message.content) for messages in told.model.asked for message in messages)  # type: ignore[attr-defined]
    assert "临江市人民医院" in asked
    assert not any(secret in asked for secret, _ in hidden(known))
    assert last.state is State.WRITTEN
    assert "临江市总工会" in after.draft.sections[0].paragraphs[0].text  # type: ignore[union-attr]


def reworded(desk: Desk, room: Room, manner: Manner, target: str, detail: str = "") -> Rewritten:
    *_, last = rewording_on(desk, manner, target, room=room, detail=detail)
    assert last.result is not None
    return last.result


def test_rewording_is_offered_and_becomes_a_version_when_taken(room: Room, desk: Desk) -> None:
    sentence = desk.draft.sections[1].paragraphs[0].sentences[0]  # type: ignore[union-attr]
    place = f"{desk.draft.sections[1].id}/0/0"  # type: ignore[union-attr]
    with model_server([Reply(f"1. {sentence.text.rstrip('。')}，并抓好落实。")]) as server:
        save_model(room.resources.settings.home, ModelSettings("test", server.url, "sk-1", seconds=10))
        moments = list(rewording_on(desk, Manner.POLISH, place, room=room))
    result = moments[-1].result
    assert result is not None
    assert len(result.differences) == 1
    assert len(moments) > 3  # the words came in pieces
    assert room.history.draft(USER, desk.saved.id).draft == desk.draft  # type: ignore[union-attr]
    offer = offered(desk, Manner.POLISH, result)
    after = accepted(desk, offer, room=room)
    assert after.draft == result.draft != desk.draft
    desk = replace(desk, saved=room.history.undo(USER, after.saved.id))  # type: ignore[union-attr]
    assert desk.draft == offer.before
    other, _ = operate(desk, Operation(Op.SHORTEN, "democracy"), room=room)  # elsewhere in the draft meanwhile
    both = accepted(other, offer, room=room)
    assert both.draft.sections[1] == result.draft.sections[1]  # type: ignore[union-attr]
    assert both.draft.sections[2] == other.draft.sections[2]  # type: ignore[union-attr]
    with pytest.raises(BadRequest, match="又改过"):
        accepted(both, offer, room=room)
    elsewhere = started(Desk(user=USER), desk.draft, "起草", history=room.history)  # type: ignore[arg-type]
    with pytest.raises(BadRequest, match="另一份"):
        accepted(elsewhere, offer, room=room)


def test_rewording_without_a_model_says_how_far_it_goes(room: Room, desk: Desk) -> None:
    result = reworded(desk, room, Manner.SHORTEN, "democracy")
    assert len(result.draft.sections[2].paragraphs) < len(desk.draft.sections[2].paragraphs)  # type: ignore[union-attr]
    with pytest.raises(BadRequest, match="接一个大模型"):
        reworded(desk, room, Manner.EXPAND, "democracy/0/0")


def test_a_failing_model_is_replaced_by_the_rules(room: Room, desk: Desk) -> None:
    with model_server([Reply(status=401)]) as server:
        save_model(room.resources.settings.home, ModelSettings("test", server.url, "sk-1", seconds=10))
        result = reworded(desk, room, Manner.SHORTEN, "democracy")
        with pytest.raises(BadRequest, match="不认密钥.*接一个大模型"):
            reworded(desk, room, Manner.EXPAND, "democracy/0/0")
    assert result.message.startswith("模型服务不认密钥")
    assert result.draft != desk.draft


def test_last_years_plan_is_compared_where_it_is_known(room: Room, desk: Desk) -> None:
    assert reworded(desk, room, Manner.SHORTEN, "democracy").last_before is None
    r = room.resources
    before = draft_plan(
        PlanRequest(OrganisationType.HOSPITAL, "临江市人民医院", 2025), passages=r.passages, timeline=r.timeline
    )
    started(Desk(user=USER), before, "起草", history=room.history)
    assert reworded(desk, room, Manner.SHORTEN, "democracy").last_before is not None


def test_what_the_user_does_meanwhile_stays(room: Room, desk: Desk) -> None:
    ids = ["relief", "sports"]
    texts = {
        one.id: "\n".join(f"{paragraph.text.rstrip('。')}，务求实效。" for paragraph in one.paragraphs)
        for one in desk.draft.sections  # type: ignore[union-attr]
        if one.id in ids
    }
    model = Recorder(script=saying(texts["relief"], texts["sports"]))
    r = room.resources
    mine = Writer(model, r.embedder, r.passages, r.timeline, r.samples, Limits(attempts=1, sleep=lambda _: None))
    steps = write_on(desk, room=room, writer=mine, only=ids)
    next(steps)
    changed, _ = operate(desk, Operation(Op.EDIT, "sports/0/0", "每月十日健步走。"), room=room)
    after, last = list(steps)[-1]
    assert last.state is State.KEPT
    assert "您刚改过" in last.messages[0]
    assert after.draft is not None
    assert after.draft.sections[1] == changed.draft.sections[1]  # type: ignore[union-attr]
    assert any(one.text == "每月十日健步走。" for one in after.draft.sentences)
    relief = next(one for one in after.draft.sections if one.id == "relief")
    assert "务求实效" in relief.paragraphs[0].text


def test_chat_uses_the_configured_model_and_falls_back(room: Room) -> None:
    with model_server([Reply(tools=[("draft", {})]), Reply("计划写好了，请您过目。")]) as server:
        save_model(room.resources.settings.home, ModelSettings("test", server.url, "sk-1", seconds=10))
        desk, turn = say(Desk(user=USER), "写一份2026年医院工会计划", room=room, today=TODAY)
        assert "请您过目" in turn.reply
        assert desk.draft is not None
        assert desk.draft.request.organisation is OrganisationType.HOSPITAL
    desk, turn = say(Desk(user=USER), "写一份2026年学校工会计划", room=room, today=TODAY)
    assert "这一轮由离线功能回答" in turn.reply
    assert desk.draft is not None


def test_the_page_follows_the_writing(room: Room, desk: Desk) -> None:
    assert list(live(desk, room=room)) == []
    with model_server([Reply("好。"), Reply(status=401)]) as server:
        save_model(room.resources.settings.home, ModelSettings("test", server.url, "sk-1", seconds=10))
        moments = list(live(desk, room=room))
    assert moments[-1].desk.draft == desk.draft
    told = moments[-1].desk.messages[-1].text
    assert "写了 0 个部分" in told
    assert "模型写得太短" in told
    assert "模型服务不认密钥" in told
    assert all(moment.drawn for moment in moments[-2:])
