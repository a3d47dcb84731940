"""Calls over the wire: langchain-ollama against a server on loopback that speaks Ollama's protocol."""

import gc
import warnings
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from ollama_server import Answer, OllamaServer, ollama_server

from assistant.config import Settings
from assistant.llm.agent import Said, converse
from assistant.llm.ask import Limits, Piece, ask, messages_of
from assistant.llm.model import chat_model
from assistant.llm.settings import ModelSettings
from assistant.llm.troubles import ModelProblem, Trouble
from assistant.llm.writer import open_writer
from assistant.resources import open_resources

GOOD = "建立困难职工档案，逐户走访慰问。\n组织职工参加文体活动。"
REQUEST = [Said("user", "写一份2026年医院工会计划，单位是临江市人民医院")]


@pytest.fixture(autouse=True)
def _connections_end_here() -> Iterator[None]:
    """The client of ollama leaves its connections to the garbage collector; their warnings belong to this test."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


def asked(server: OllamaServer, *, seconds: float = 10) -> list[Piece]:
    model = chat_model(ModelSettings("ollama:qwen3", server.url, "", seconds=seconds, tokens=800))
    limits = Limits(seconds=seconds, attempts=1, sleep=lambda _: None)
    return list(ask(model, messages_of("系统", "请写"), limits=limits))


def trouble(answer: Answer, *, seconds: float = 10) -> Trouble:
    with ollama_server(answer) as server, pytest.raises(ModelProblem) as told:
        asked(server, seconds=seconds)
    return told.value.trouble


def test_an_answer_streams_with_room_for_the_whole_prompt() -> None:
    with ollama_server(Answer(GOOD)) as server:
        pieces = asked(server)
    assert pieces[-1] == Piece(GOOD)
    assert len(pieces) > 3
    (request,) = server.requests
    assert (request["path"], request["model"]) == ("/api/chat", "qwen3")
    assert request["options"]["num_predict"] == 800
    assert request["options"]["num_ctx"] >= 8192  # left unset, Ollama cuts long prompts without a word


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param(Answer(status=404, error="model 'qwen9' not found"), Trouble.UNKNOWN, id="no such model"),
        pytest.param(Answer(status=500, error="boom"), Trouble.SERVER, id="server error"),
        pytest.param(Answer(""), Trouble.EMPTY, id="empty"),
    ],
)
def test_each_trouble_is_told_apart(answer: Answer, expected: Trouble) -> None:
    assert trouble(answer) is expected


def test_a_slow_model_is_given_up() -> None:
    assert trouble(Answer(GOOD, delay=3), seconds=0.5) is Trouble.TIMEOUT


def test_a_model_with_tools_drafts(home: Path) -> None:
    resources = open_resources(Settings.from_environment())
    answers = (Answer(tools=(("draft", {"organisation": "医院"}),)), Answer("计划已经写好，请您过目。"))
    with ollama_server(*answers) as server:
        writer = open_writer(ModelSettings("ollama:qwen3", server.url), resources)
        turn = converse(REQUEST, draft=None, seed=0, today=date(2025, 12, 1), writer=writer, resources=resources)
    assert turn.draft is not None
    assert turn.draft.request.name == "临江市人民医院"
    assert "draft" in {tool["function"]["name"] for tool in server.requests[0]["tools"]}


def test_a_model_without_tools_leaves_the_draft_to_us(home: Path) -> None:
    resources = open_resources(Settings.from_environment())
    with ollama_server(Answer(status=400, error="registry/gemma does not support tools")) as server:
        writer = open_writer(ModelSettings("ollama:gemma", server.url), resources)
        turn = converse(REQUEST, draft=None, seed=0, today=date(2025, 12, 1), writer=writer, resources=resources)
    assert turn.draft is not None
