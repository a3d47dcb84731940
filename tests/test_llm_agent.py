"""Chat with a model that calls tools: it does what the user asked for, once, and nothing else."""

from datetime import date

import pytest
from fake_models import Caller, Recorder, calling, saying
from langchain_core.messages import ToolMessage
from model_server import Reply, model_server

from assistant.datatypes import Draft, PlanRequest
from assistant.drafting import draft_plan
from assistant.llm.agent import MOST_MESSAGES, Said, converse, safe_reply
from assistant.llm.ask import Limits
from assistant.llm.model import chat_model
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

    def say(self, *texts: str):  # noqa: ANN201
        limits = Limits(attempts=1, sleep=lambda _: None)
        r = self.resources
        writer = Writer(self.model, r.embedder, r.passages, r.timeline, r.samples, limits)
        said = [Said("user", text) for text in texts]
        return converse(said, draft=self.draft, seed=0, today=TODAY, writer=writer, resources=r)


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
