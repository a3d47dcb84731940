"""Drafts written by a model: what it is told, what of its answer may stand, what happens when it fails."""

from collections.abc import Callable
from typing import Any

import pytest
from fake_models import Recorder, saying
from model_server import Reply, model_server

from assistant.datatypes import Draft, Length, PlanRequest, ProvenanceKind
from assistant.drafting import draft_plan
from assistant.export.text import plain_text
from assistant.llm.ask import Limits
from assistant.llm.brief import brief_of
from assistant.llm.model import chat_model
from assistant.llm.settings import ModelSettings
from assistant.llm.troubles import ModelProblem, Trouble
from assistant.llm.write import State, Step, write_draft, write_sections
from assistant.llm.writer import Writer
from assistant.resources import Resources
from corpus.datatypes import OrganisationType, Topic

REQUEST = PlanRequest(OrganisationType.HOSPITAL, "临江市人民医院", 2026, facts=("去年新建职工书屋一个",))


@pytest.fixture
def writer_of(resources: Resources) -> Callable[[Recorder], Writer]:
    def writer(model: Recorder) -> Writer:
        limits = Limits(attempts=2, sleep=lambda _: None)
        return Writer(model, resources.embedder, resources.passages, resources.timeline, resources.samples, limits)

    return writer


@pytest.fixture(scope="module")
def offline(resources: Resources) -> Draft:
    return draft_plan(REQUEST, passages=resources.passages, timeline=resources.timeline)


def echo(offline: Draft) -> Callable[[list[object]], str]:
    """A model that gives back the points it was told, a line each, in other words."""

    def script(messages: list[object]) -> str:
        told = str(messages[-1].content)
        points = told.partition("这一部分必须覆盖的要点")[2].partition("可以借鉴的材料")[0]
        lines = [line for line in points.splitlines() if line.endswith("。")]
        return "\n".join(line.replace("组织", "安排").replace("开展", "组织开展") for line in lines)

    return script


def finished(steps: list[Step]) -> list[tuple[str, State]]:
    return [(step.section, step.state) for step in steps if step.state is not State.WRITING]


def test_every_section_but_the_schedule_is_asked_for_once(
    writer_of: Callable[[Recorder], Writer], offline: Draft
) -> None:
    model = Recorder(script=echo(offline))
    steps = list(write_draft(REQUEST, writer=writer_of(model)))
    written = [section.id for section in offline.sections if section.topic is not Topic.MONTHLY]
    assert [section for section, _ in finished(steps)] == written
    assert len(model.asked) == len(written)
    assert [section.id for section in steps[-1].draft.sections] == [section.id for section in offline.sections]
    assert {state for _, state in finished(steps)} == {State.WRITTEN}


def test_the_prompt_holds_points_facts_outline_and_what_stands_before(
    writer_of: Callable[[Recorder], Writer], offline: Draft
) -> None:
    model = Recorder(script=echo(offline))
    list(write_draft(REQUEST, writer=writer_of(model)))
    first, third = model.prompt(0), model.prompt(2)
    assert "临江市人民医院" in first
    assert "会议精神：党的二十大和二十届历次全会" in first
    assert "（这是第一部分）" in first
    section = offline.sections[2]
    assert f"写其中一个部分：{section.heading}" in third
    assert all(sentence.text in third for paragraph in section.paragraphs for sentence in paragraph.sentences)
    assert f"{offline.sections[1].heading}：" in third
    assert "；".join(one.heading or str(one.topic) for one in offline.sections) in third


def test_sections_grow_in_steps_and_no_draft_is_changed(
    writer_of: Callable[[Recorder], Writer], offline: Draft
) -> None:
    steps = list(write_draft(REQUEST, writer=writer_of(Recorder(script=echo(offline)))))
    writing = [step for step in steps if step.state is State.WRITING and step.section == "thought"]
    assert len(writing) > 3
    assert all(len(one.text) <= len(two.text) for one, two in zip(writing, writing[1:], strict=False))
    assert steps[0].draft == offline
    assert steps[-1].draft != offline


def test_own_facts_stay_word_for_word(writer_of: Callable[[Recorder], Writer], offline: Draft) -> None:
    draft = list(write_draft(REQUEST, writer=writer_of(Recorder(script=echo(offline)))))[-1].draft
    own = [one.text for one in draft.sentences if one.provenance.kind is ProvenanceKind.USER]
    assert own == ["去年新建职工书屋一个。"]


def test_long_plans_are_whole(writer_of: Callable[[Recorder], Writer], resources: Resources) -> None:
    request = PlanRequest(OrganisationType.SCHOOL, "临江市第三中学", 2026, length=Length.LONG)
    offline = draft_plan(request, passages=resources.passages, timeline=resources.timeline)
    draft = list(write_draft(request, writer=writer_of(Recorder(script=echo(offline)))))[-1].draft
    assert len(plain_text(draft)) >= 0.85 * len(plain_text(offline)) > 2900
    assert len(draft.sections) == len(offline.sections)


def test_a_long_plan_on_a_small_budget_is_whole(resources: Resources) -> None:
    request = PlanRequest(OrganisationType.SCHOOL, "临江市第三中学", 2026, length=Length.LONG)
    budget = 240  # characters of one answer

    def cut(asked: dict[str, Any]) -> Reply:
        messages = asked["messages"]
        told = messages[1]["content"].partition("这一部分必须覆盖的要点")[2].partition("可以借鉴的材料")[0]
        whole = "\n".join(line for line in told.splitlines() if line.endswith("。")).replace("组织", "安排")
        rest = whole[len(messages[2]["content"]) :] if len(messages) > 2 else whole
        return Reply(rest[:budget], finish="length" if len(rest) > budget else "stop")

    with model_server(cut) as server:
        model = chat_model(ModelSettings("test", server.url, "sk-1", seconds=10))
        limits = Limits(attempts=4, sleep=lambda _: None)
        r = resources
        writer = Writer(model, r.embedder, r.passages, r.timeline, r.samples, limits)
        steps = list(write_draft(request, writer=writer))
        going_on = [one for one in server.requests if len(one["messages"]) > 2]
    offline = draft_plan(request, passages=resources.passages, timeline=resources.timeline)
    assert len(going_on) > 3
    assert {state for _, state in finished(steps)} == {State.WRITTEN}
    assert len(plain_text(steps[-1].draft)) >= 0.9 * len(plain_text(offline))


INVENTED = (
    "全年慰问职工320人次，发放慰问金12万元。\n"
    "委托海天集团承办疗休养活动，四月份组织到杭州考察。\n"
    "认真贯彻党的二十届九中全会精神。\n"
    "建立健全困难职工档案，坚持走访慰问制度，做到经常联系、及时帮助[7]。\n"
    "关心职工身心健康，工会小组长平时多到职工家中走走，了解实际困难并及时反映。\n"
    "对生病住院的职工，工会及时看望并协助办理互助保障手续[99]。\n"
    "节假日期间看望坚守岗位的医护人员，改善夜班就餐和值班休息条件，让大家感受到集体的温暖。\n"
    "发挥本院专业力量，为急诊、重症等压力较大的科室组织心理疏导，遇到突发事件及时跟进、耐心劝慰。"
)


def test_what_the_model_made_up_does_not_stand(writer_of: Callable[[Recorder], Writer], offline: Draft) -> None:
    steps = list(write_sections(offline, writer=writer_of(Recorder(script=saying(INVENTED))), only=["relief"]))
    (section,) = [one for one in steps[-1].draft.sections if one.id == "relief"]
    text = "".join(paragraph.text for paragraph in section.paragraphs)
    assert "慰问职工【待填：数量】" in text
    assert not any(word in text for word in ("320", "12万", "海天", "杭州", "九中全会", "[7]", "[99]"))
    told = "\n".join(steps[-1].messages)
    assert all(word in told for word in ("320人次", "海天集团", "九中全会", "[99]不存在"))


def test_a_sentence_of_the_model_names_its_passage_or_none(
    writer_of: Callable[[Recorder], Writer], offline: Draft, resources: Resources
) -> None:
    brief = brief_of(
        next(one for one in offline.sections if one.id == "sports"),
        offline,
        passages=resources.passages,
        timeline=resources.timeline,
    )
    source = brief.sources[0]
    reworded = f"{source.text.rstrip('。')}，力求取得实效"
    answer = (
        f"{reworded}[1]。\n"
        "利用傍晚时间在院内空地跳一跳集体舞，让大家在音乐声中放松身心、交流感情。\n"
        "请科室自己出题目、自己当裁判，把趣味比赛办得热热闹闹，输赢都开心。"
    )
    steps = list(write_sections(offline, writer=writer_of(Recorder(script=saying(answer))), only=["sports"]))
    assert steps[-1].state is State.WRITTEN, steps[-1].messages
    (section,) = [one for one in steps[-1].draft.sections if one.id == "sports"]
    first, second, _ = [sentence for paragraph in section.paragraphs for sentence in paragraph.sentences]
    assert first.provenance.kind is second.provenance.kind is ProvenanceKind.MODEL
    assert (first.provenance.source, first.provenance.start) == (source.passage_id, source.start)
    assert first.provenance.score is not None
    assert first.provenance.score > 0.6
    assert (second.provenance.source, second.provenance.score) == ("", None)


def test_a_sentence_taken_word_for_word_keeps_its_provenance(
    writer_of: Callable[[Recorder], Writer], offline: Draft
) -> None:
    section = next(one for one in offline.sections if one.id == "organisation")
    answer = "\n".join(paragraph.text for paragraph in section.paragraphs)
    steps = list(write_sections(offline, writer=writer_of(Recorder(script=saying(answer))), only=["organisation"]))
    after = next(one for one in steps[-1].draft.sections if one.id == "organisation")
    before = [sentence for paragraph in section.paragraphs for sentence in paragraph.sentences]
    assert [sentence for paragraph in after.paragraphs for sentence in paragraph.sentences] == before


@pytest.mark.parametrize(
    ("trouble", "calls"),
    [
        pytest.param(Trouble.BUSY, 2, id="asked again"),
        pytest.param(Trouble.REFUSED, 1, id="not asked again"),
        pytest.param(Trouble.TOO_LONG, 2, id="asked with fewer sources"),
    ],
)
def test_a_section_the_model_fails_at_stays_offline(
    trouble: Trouble, calls: int, writer_of: Callable[[Recorder], Writer], offline: Draft
) -> None:
    model = Recorder(script=saying(ModelProblem(trouble)))
    steps = [step for step in write_sections(offline, writer=writer_of(model), only=["relief", "sports"])]
    assert finished(steps) == [("relief", State.KEPT), ("sports", State.KEPT)]
    assert steps[-1].draft == offline
    assert all(str(trouble) in step.messages[0] and "沿用离线稿" in step.messages[0] for step in steps)
    assert len(model.asked) == 2 * calls


def test_a_wrong_key_is_not_tried_on_every_section(writer_of: Callable[[Recorder], Writer], offline: Draft) -> None:
    model = Recorder(script=saying(ModelProblem(Trouble.KEY)))
    steps = list(write_sections(offline, writer=writer_of(model)))
    assert len(model.asked) == 1
    assert steps[-1].draft == offline
    assert len(finished(steps)) == sum(one.topic is not Topic.MONTHLY for one in offline.sections)


def relief(answer: str, writer: Callable[[Recorder], Writer], offline: Draft) -> tuple[list[str], Step]:
    """The sentences of the section after this answer, and its last step."""
    last = list(write_sections(offline, writer=writer(Recorder(script=saying(answer))), only=["relief"]))[-1]
    (section,) = [one for one in last.draft.sections if one.id == "relief"]
    return [one.text for paragraph in section.paragraphs for one in paragraph.sentences], last


@pytest.fixture
def good(offline: Draft) -> list[str]:
    """The offline points of a section, a line each: a model that adds nothing."""
    section = next(one for one in offline.sections if one.id == "relief")
    return [paragraph.text for paragraph in section.paragraphs]


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        pytest.param("# 做实关爱帮扶\n**一、困难帮扶**\n（一）建档：", "---", id="headings in Markdown"),
        pytest.param("五、{heading}", "", id="the section's heading"),
        pytest.param("好的，以下是为您撰写的内容：", "希望对您有帮助！如需修改请告诉我。", id="chatter"),
        pytest.param("", "| 月份 | 工作 |\n|---|---|\n| 1月 | 慰问 |", id="a table"),
        pytest.param(
            "单位：临江市人民医院；单位类型：医院\n全文结构", "只标注真正借鉴的材料；自己写的不标。", id="the prompt"
        ),
        pytest.param("", "Provide support to all staff.", id="a line of English"),
        pytest.param("", "去年我们慰问了大批困难职工，取得了显著成绩。", id="what was done"),
        pytest.param("", "依据职工福利保障条例，足额提取福利费。", id="a made-up law"),
        pytest.param("", "由工会主席王建国牵头落实。", id="a made-up person"),
        pytest.param("", "{again}", id="everything twice"),
    ],
)
def test_what_is_no_point_of_the_section_does_not_stand(
    before: str, behind: str, good: list[str], writer_of: Callable[[Recorder], Writer], offline: Draft
) -> None:
    heading = next(one.heading for one in offline.sections if one.id == "relief")
    answer = "\n".join((before.format(heading=heading), *good, behind.format(again="\n".join(good))))
    texts, last = relief(answer, writer_of, offline)
    assert "".join(texts) == "".join(good)
    assert last.state is State.WRITTEN


def test_traditional_characters_are_simplified(
    good: list[str], writer_of: Callable[[Recorder], Writer], offline: Draft
) -> None:
    texts, _ = relief("\n".join((*good, "節日慰問堅守崗位的職工，讓職工感受到組織的溫暖。")), writer_of, offline)
    assert "节日慰问坚守岗位的职工，让职工感受到组织的温暖。" in texts


def test_marks_in_any_brackets_are_read(
    good: list[str], writer_of: Callable[[Recorder], Writer], offline: Draft
) -> None:
    added = ("关心单亲职工家庭〔1〕。", "慰问住院职工【1】。", "看望离岗职工（材料1）。", "探望生育女职工^[1]。")
    texts, _ = relief("\n".join((*good, *added)), writer_of, offline)
    assert texts[-4:] == ["关心单亲职工家庭。", "慰问住院职工。", "看望离岗职工。", "探望生育女职工。"]


def test_a_sentence_that_breaks_off_does_not_stand(
    good: list[str], writer_of: Callable[[Recorder], Writer], offline: Draft
) -> None:
    texts, last = relief("\n".join((*good, "对生病住院的职工，工会及时看望并")), writer_of, offline)
    assert texts[-1] == good[-1].split("。")[-2] + "。"
    assert any("没有写完" in told for told in last.messages)


def test_the_whole_plan_for_one_section_is_put_aside(writer_of: Callable[[Recorder], Writer], offline: Draft) -> None:
    model = Recorder(script=saying(plain_text(offline)))
    (step,) = [one for one in write_sections(offline, writer=writer_of(model), only=["relief"]) if one.messages]
    said = [one.text for one in step.draft.sentences]
    assert len(said) == len(set(said))
    assert sum(map(len, said)) <= 1.1 * sum(len(one.text) for one in offline.sentences)


@pytest.mark.parametrize("answer", ["好。", "I would rather not write this plan today.", ""])
def test_poor_answers_change_nothing(answer: str, writer_of: Callable[[Recorder], Writer], offline: Draft) -> None:
    steps = list(write_sections(offline, writer=writer_of(Recorder(script=saying(answer))), only=["relief"]))
    assert finished(steps) == [("relief", State.KEPT)]
    assert steps[-1].draft == offline


def test_what_was_written_before_a_failure_stays(writer_of: Callable[[Recorder], Writer], offline: Draft) -> None:
    script = echo(offline)
    model = Recorder(script=script)
    count = 0

    def failing(messages: list[object]) -> object:
        nonlocal count
        count += 1
        return script(messages) if count <= 3 else ModelProblem(Trouble.KEY)

    model.script = failing
    steps = list(write_sections(offline, writer=writer_of(model)))
    states = [state for _, state in finished(steps)]
    assert states[:3] == [State.WRITTEN] * 3
    assert set(states[3:]) == {State.KEPT}
    assert steps[-1].draft.sections[1] != offline.sections[1]
    assert steps[-1].draft.sections[4:] == offline.sections[4:]


def test_closing_the_iterator_stops_the_model(writer_of: Callable[[Recorder], Writer], offline: Draft) -> None:
    model = Recorder(script=echo(offline))
    steps = write_sections(offline, writer=writer_of(model))
    next(steps)
    steps.close()
    assert len(model.asked) == 1
