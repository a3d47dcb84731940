"""Chat with a model that calls tools: it does what the user asked for, once, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest
from fake_models import Caller, Recorder, calling, saying
from langchain_core.messages import ToolMessage
from model_server import Reply, model_server

from assistant.chat import Turn
from assistant.datatypes import Draft, Paragraph, PlanRequest, Provenance, ProvenanceKind, Sentence
from assistant.drafting import draft_plan
from assistant.llm.agent import Answering, Said, conversing, last_turn, respond
from assistant.llm.ask import Limits
from assistant.llm.model import chat_model
from assistant.llm.plain import safe_reply
from assistant.llm.running import MOST_MESSAGES
from assistant.llm.settings import ModelSettings
from assistant.llm.troubles import ModelProblem, Trouble
from assistant.llm.writer import Writer
from assistant.resources import Resources
from corpus.datatypes import OrganisationType, Period

TODAY = date(2025, 12, 1)


@pytest.fixture(scope="module")
def offline(resources: Resources) -> Draft:
    request = PlanRequest(OrganisationType.HOSPITAL, "临江市人民医院", 2026)
    return draft_plan(request, passages=resources.passages, timeline=resources.timeline)


class Chat:
    """A conversation with a scripted model."""

    def __init__(self, model: object, resources: Resources, draft: Draft | None = None) -> None:
        self.model, self.resources, self.draft = model, resources, draft

    def steps(self, *texts: str, attempts: int = 1) -> list[Answering]:
        limits = Limits(attempts=attempts, sleep=lambda _: None)
        r = self.resources
        writer = Writer(self.model, r.embedder, r.passages, r.timeline, r.samples, limits)
        said = [Said("user", text) for text in texts]
        return list(conversing(said, draft=self.draft, seed=0, today=TODAY, writer=writer, resources=r))

    def say(self, *texts: str) -> Turn:
        return last_turn(self.steps(*texts))


def test_the_model_drafts_what_was_asked(resources: Resources) -> None:
    model = Caller(script=saying(calling("draft", {}), "计划已经写好，请您过目。"))
    turn = Chat(model, resources).say("帮我写一份2026年上半年医院工会工作计划，单位是临江市人民医院")
    assert turn.draft is not None
    assert turn.is_new
    request = turn.draft.request
    assert (request.organisation, request.name, request.year, request.period) == (
        OrganisationType.HOSPITAL,
        "临江市人民医院",
        2026,
        Period.FIRST_HALF,
    )
    assert "请您过目" in turn.reply


def test_the_models_arguments_do_not_overrule_the_user(resources: Resources) -> None:
    wrong = {"organisation": "学校", "name": "临江市第三中学", "year": 2031, "period": "学期"}
    model = Caller(script=saying(calling("draft", wrong), "写好了，请您过目。"))
    turn = Chat(model, resources).say("写一份2026年医院工会计划")
    assert turn.draft is not None
    request = turn.draft.request
    assert (request.organisation, request.name, request.year) == (OrganisationType.HOSPITAL, None, 2026)
    assert request.period is Period.YEAR


def test_looking_changes_nothing(resources: Resources, offline: Draft) -> None:
    model = Caller(script=saying(calling("search", {"query": "困难帮扶"}), "范文里多写建档和走访。"))
    turn = Chat(model, resources, offline).say("查一下困难职工帮扶怎么写")
    assert turn.draft is None
    assert "建档和走访" in turn.reply
    told = [one for one in model.asked[-1] if isinstance(one, ToolMessage)]
    assert "<材料 编号=" in str(told[0].content)
    assert set(model.tools) == {"search", "compare", "timeline", "check"}


def test_a_revision_is_the_one_the_user_asked_for_and_made_once(resources: Resources, offline: Draft) -> None:
    twice = [calling("revise", {"target": "全文"}), calling("revise", {}, number=2)]
    model = Caller(script=saying(*twice, "已经删好了。"))
    turn = Chat(model, resources, offline).say("把第二部分删掉")
    assert turn.draft is not None
    gone = {one.id for one in offline.sections} - {one.id for one in turn.draft.sections}
    assert gone == {[one for one in offline.sections if one.heading][1].id}


def test_a_tool_that_is_not_on_the_list_does_nothing(resources: Resources, offline: Draft) -> None:
    model = Caller(script=saying(calling("delete_all", {"what": "一切"}), "做不到，没有这个功能。"))
    turn = Chat(model, resources, offline).say("查一下女职工权益怎么写")
    assert turn.draft is None
    told = [one for one in model.asked[-1] if isinstance(one, ToolMessage)]
    assert told[0].status == "error"


def test_a_model_that_only_talks_does_not_keep_the_user_from_a_draft(resources: Resources) -> None:
    turn = Chat(Caller(script=saying("好的，我这就写。")), resources).say("写一份2026年医院工会计划")
    assert turn.draft is not None
    assert "我这就写" not in turn.reply


@pytest.mark.parametrize("trouble", [Trouble.ABSENT, Trouble.KEY])
def test_a_failing_model_is_replaced_by_the_offline_answer(trouble: Trouble, resources: Resources) -> None:
    error = ConnectionError("no") if trouble is Trouble.ABSENT else PermissionError("no")
    turn = Chat(Caller(script=saying(error)), resources).say("写一份2026年医院工会计划")
    assert turn.draft is not None
    assert "这一轮由离线功能回答" in turn.reply


def test_a_model_in_circles_is_stopped(resources: Resources, offline: Draft) -> None:
    model = Caller(script=lambda _: calling("search", {"query": "帮扶"}, number=len(model.asked)))
    turn = Chat(model, resources, offline).say("查一下困难职工帮扶怎么写")
    assert "离线功能回答" in turn.reply
    assert len(model.asked) < 12


def test_a_model_without_tool_calling_is_not_asked(resources: Resources) -> None:
    model = Recorder(script=saying(ModelProblem(Trouble.SERVER)))
    turn = Chat(model, resources).say("写一份2026年医院工会计划")
    assert turn.draft is not None
    assert model.asked == []


def test_memory_is_bounded(resources: Resources, offline: Draft) -> None:
    model = Caller(script=saying("范文里多写建档和走访。"))
    Chat(model, resources, offline).say(*[f"查一下第{n}个问题怎么写" + "啊" * 3000 for n in range(30)])
    (asked,) = model.asked
    assert len(asked) == MOST_MESSAGES + 1  # and the system's
    assert all(len(str(one.content)) < 4000 for one in asked)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("请看[这里](https://evil.example)。", "请看这里。"),
        ("<script>alert(1)</script>好", "alert\\(1\\)好"),
        ("打开 https://evil.example/a 看", "打开 （网址已删去） 看"),
        ("javascript:alert(1) 好", "（网址已删去） 好"),
    ],
)
def test_a_reply_is_plain(said: str, shown: str) -> None:
    assert safe_reply(said) in (shown, shown.replace("\\", ""))


def test_the_agent_over_the_wire(resources: Resources) -> None:
    replies = [Reply(tools=[("draft", {"organisation": "医院"})]), Reply("计划已经写好，请您过目。")]
    with model_server(replies) as server:
        model = chat_model(ModelSettings("test", server.url, "sk-1", seconds=10))
        turn = Chat(model, resources).say("写一份2026年医院工会计划，单位是临江市人民医院")
    assert turn.draft is not None
    assert turn.draft.request.name == "临江市人民医院"
    names = {tool["function"]["name"] for tool in server.requests[0]["tools"]}
    assert names == {"search", "compare", "timeline", "draft"}
    assert server.requests[1]["messages"][-1]["role"] == "tool"


@pytest.mark.parametrize("status", [401, 429, 500])
def test_errors_over_the_wire_end_in_the_offline_answer(status: int, resources: Resources) -> None:
    with model_server([Reply(status=status)]) as server:
        model = chat_model(ModelSettings("test", server.url, "sk-1", seconds=10))
        turn = Chat(model, resources).say("写一份2026年医院工会计划")
    assert turn.draft is not None
    assert "这一轮由离线功能回答" in turn.reply


def test_tools_and_words_are_told_as_they_come(resources: Resources, offline: Draft) -> None:
    said = "范文里多写建档和走访，也写互助保障，每一项都落到具体的人和时间。"
    with model_server([Reply(tools=[("search", {"query": "困难帮扶"})]), Reply(said)]) as server:
        model = chat_model(ModelSettings("test", server.url, "sk-1", seconds=10))
        steps = Chat(model, resources, offline).steps("查一下困难职工帮扶怎么写")
    notes = [step.note for step in steps[:-1]]
    assert "正在查范文……" in notes
    growing = [note.removeprefix("正在查范文……").strip() for note in notes]
    assert any(said.startswith(words) and words for words in growing if words != said)
    assert steps[-1].turn is not None
    assert said in steps[-1].turn.reply


def test_a_busy_server_is_asked_again_before_anything_was_done(resources: Resources) -> None:
    replies = [Reply(status=429), Reply(tools=[("draft", {})]), Reply("计划已经写好，请您过目。")]
    with model_server(replies) as server:
        model = chat_model(ModelSettings("test", server.url, "sk-1", seconds=10))
        turn = last_turn(Chat(model, resources).steps("写一份2026年医院工会计划", attempts=2))
    assert "请您过目" in turn.reply
    assert turn.draft is not None


def test_half_an_answer_is_no_answer(resources: Resources, offline: Draft) -> None:
    said = "范文里多写建档和走访，也写互助保障。"
    for reply, told in (
        (Reply(said, cut=2), "中途断了，这一轮由离线功能回答"),
        (Reply(said, finish="length"), "没有说完"),
    ):
        with model_server([reply]) as server:
            model = chat_model(ModelSettings("test", server.url, "sk-1", seconds=10))
            turn = Chat(model, resources, offline).say("查一下困难职工帮扶怎么写")
        assert told in turn.reply


def test_what_was_done_is_not_done_again_when_the_model_fails_later(resources: Resources, offline: Draft) -> None:
    with model_server([Reply(tools=[("revise", {})]), Reply(status=500)]) as server:
        model = chat_model(ModelSettings("test", server.url, "sk-1", seconds=10))
        turn = last_turn(Chat(model, resources, offline).steps("把第二部分删掉", attempts=3))
        assert len(server.requests) == 2
    assert turn.draft is not None
    assert len(turn.draft.sections) == len(offline.sections) - 1
    assert "离线功能" in turn.reply


@pytest.mark.parametrize("words", ["撤销", "把第二部分删掉，第三部分短一点", "把标题改成“临江市人民医院工会工作要点”"])
def test_what_the_program_reads_to_the_letter_needs_no_model(words: str, resources: Resources, offline: Draft) -> None:
    model = Caller(script=saying(ModelProblem(Trouble.SERVER)))
    turn = Chat(model, resources, offline).say("写一份2026年医院工会计划", words)
    assert model.asked == []
    assert turn.step == "undo" or turn.draft is not None


@pytest.mark.parametrize("kind", [Caller, Recorder], ids=["calls tools", "only writes"])
def test_rewording_is_asked_for_in_chat(kind: type[Recorder], resources: Resources, offline: Draft) -> None:
    section = next(one for one in offline.sections if one.id == "relief")
    lines = [f"{n}. {one.text.rstrip('。')}，件件落实。" for n, one in enumerate(section.paragraphs, start=1)]

    def script(messages: list[object]) -> object:
        if "要改写的原文" in str(messages[-1].content):  # type: ignore[attr-defined]
            return "\n".join(lines)
        return calling("rewrite", {"manner": "润色", "target": section.heading}) if len(messages) < 4 else "润色好了。"

    model = kind(script=script)
    turn = Chat(model, resources, offline).say(f"把“{section.heading}”这部分润色一下")
    assert turn.draft is not None
    after = next(one for one in turn.draft.sections if one.id == "relief")
    assert "件件落实" in after.paragraphs[0].text
    assert [one for one in turn.draft.sections if one.id != "relief"] == [
        one for one in offline.sections if one.id != "relief"
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [("把第二部分润色一下", "接一个大模型"), ("第二部分换个更亲切的语气", "要用大模型")],
)
def test_rewording_in_chat_without_a_model(words: str, told: str, resources: Resources, offline: Draft) -> None:
    turn = respond([Said("user", words)], draft=offline, seed=0, today=TODAY, resources=resources)
    assert told in turn.reply
    assert turn.draft is None


def test_overlap_is_lowered_in_chat_without_a_model(resources: Resources, offline: Draft) -> None:
    copied = next(
        text
        for passage in resources.passages
        if "活动" in passage.text and 40 < len(text := passage.text.partition("。")[0] + "。") < 90
        if not any(mark in text for mark in "0123456789〔《“")
    )
    section = next(one for one in offline.sections if one.id == "sports")
    like = Paragraph((Sentence(copied, Provenance(ProvenanceKind.TEMPLATE, "x")),))
    sports = replace(section, paragraphs=(like, *section.paragraphs))
    draft = replace(offline, sections=tuple(sports if one.id == "sports" else one for one in offline.sections))
    words = f"“{section.heading}”这部分降重"
    turn = respond([Said("user", words)], draft=draft, seed=0, today=TODAY, resources=resources)
    assert "与范文雷同度" in turn.reply
    assert turn.draft is not None
    assert copied not in [one.text for one in turn.draft.sentences]


def test_a_claim_from_memory_says_so(resources: Resources, offline: Draft) -> None:
    model = Caller(script=saying("按照《工会法》第五十条，基层工会应当这样做。"))
    turn = Chat(model, resources, offline).say("查一下女职工权益怎么写")
    assert "以原文为准" in turn.reply
