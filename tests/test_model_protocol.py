"""Calls over the wire: langchain-openai against a real server on loopback."""

from pathlib import Path

import pytest
from model_server import ModelServer, Reply, model_server

from assistant.llm.ask import Limits, Piece, ask, messages_of
from assistant.llm.model import can_call_tools, chat_model
from assistant.llm.settings import ModelSettings
from assistant.llm.troubles import ModelProblem, Trouble

GOOD = "建立困难职工档案，逐户走访慰问。\n组织职工参加文体活动。"


def settings(server: ModelServer, **changes: object) -> ModelSettings:
    return ModelSettings(**{"name": "test", "url": server.url, "key": "sk-secret", **changes})


def asked(server: ModelServer, *, seconds: float = 10, attempts: int = 1, key: str = "sk-secret") -> list[Piece]:
    pauses: list[float] = []
    limits = Limits(seconds=seconds, attempts=attempts, sleep=pauses.append)
    model = chat_model(settings(server, key=key, seconds=seconds))
    return list(ask(model, messages_of("系统", "请写"), limits=limits))


def trouble(server: ModelServer, **options: object) -> Trouble:
    with pytest.raises(ModelProblem) as told:
        asked(server, **options)
    assert "sk-secret" not in str(told.value)
    return told.value.trouble


def test_an_answer_comes_in_pieces_that_grow() -> None:
    with model_server([Reply(GOOD)], key="sk-secret") as server:
        pieces = asked(server)
    assert pieces[-1] == Piece(GOOD)
    assert len(pieces) > 3
    assert all(after.text.startswith(before.text.rstrip()) for before, after in zip(pieces, pieces[1:], strict=False))
    assert [message["role"] for message in server.requests[0]["messages"]] == ["system", "user"]
    assert server.requests[0]["max_tokens"] == 2000
    assert server.requests[0]["model"] == "test"
    assert server.requests[0]["stream"] is True


def test_reasoning_is_not_part_of_the_answer() -> None:
    with model_server([Reply(f"<think>先想一想怎么写</think>{GOOD}")]) as server:
        assert asked(server)[-1].text == GOOD


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        pytest.param(Reply(status=401), Trouble.KEY, id="wrong key"),
        pytest.param(Reply(status=404), Trouble.UNKNOWN, id="no such model"),
        pytest.param(Reply(status=429), Trouble.BUSY, id="rate limit"),
        pytest.param(Reply(status=500), Trouble.SERVER, id="server error"),
        pytest.param(Reply(status=503), Trouble.SERVER, id="overloaded"),
        pytest.param(Reply(status=422), Trouble.REFUSED, id="refused"),
        pytest.param(
            Reply(status=400, error={"message": "maximum context length is 4096", "code": "context_length_exceeded"}),
            Trouble.TOO_LONG,
            id="context too long",
        ),
        pytest.param(Reply(GOOD, cut=3), Trouble.HALF, id="half a stream"),
        pytest.param(Reply(GOOD, finish="length"), Trouble.CUT, id="budget used up"),
        pytest.param(Reply(GOOD, finish="content_filter"), Trouble.REFUSED, id="filtered"),
        pytest.param(Reply(""), Trouble.EMPTY, id="empty"),
        pytest.param(Reply("<think>想不出来"), Trouble.EMPTY, id="only reasoning"),
        pytest.param(Reply("I cannot help with that request, sorry."), Trouble.FOREIGN, id="English"),
        pytest.param(Reply("12345 67890"), Trouble.FOREIGN, id="digits"),
    ],
)
def test_troubles_are_told_apart(reply: Reply, expected: Trouble) -> None:
    with model_server([reply]) as server:
        assert trouble(server) is expected


def test_a_server_that_speaks_another_protocol() -> None:
    with model_server([Reply(raw=b'{"result": "ok"}')]) as server:
        assert trouble(server) in (Trouble.SERVER, Trouble.EMPTY)


def test_a_wrong_key_is_refused_by_the_server() -> None:
    with model_server([Reply(GOOD)], key="sk-other") as server:
        assert trouble(server) is Trouble.KEY
    assert server.requests == []


def test_nobody_listens() -> None:
    with model_server([Reply(GOOD)]) as server:
        pass
    assert trouble(server) is Trouble.ABSENT


@pytest.mark.parametrize("reply", [Reply(GOOD, delay=1.5), Reply(GOOD, stall=1.5)], ids=["silent", "stalled"])
def test_a_slow_server_is_given_up(reply: Reply) -> None:
    with model_server([reply]) as server:
        assert trouble(server, seconds=1) is Trouble.TIMEOUT


def test_asking_again_after_a_rate_limit_and_half_a_stream() -> None:
    with model_server([Reply(status=429), Reply(GOOD, cut=3), Reply(GOOD)]) as server:
        pieces = asked(server, attempts=3)
    assert pieces[-1] == Piece(GOOD, retried=f"{Trouble.HALF}，已重试")
    assert len(server.requests) == 3


def test_an_answer_cut_by_its_budget_goes_on_where_it_ended() -> None:
    first, rest = GOOD[:20], GOOD[14:]  # the model says some of it again
    with model_server([Reply(first, finish="length"), Reply(rest)]) as server:
        pieces = asked(server, attempts=2)
    assert pieces[-1] == Piece(GOOD, retried=f"{Trouble.CUT}，已接着写")
    assert [message["role"] for message in server.requests[1]["messages"]] == ["system", "user", "assistant", "user"]
    assert server.requests[1]["messages"][2]["content"] == first
    assert all(after.text.startswith(before.text[:14]) for before, after in zip(pieces, pieces[1:], strict=False))


def test_a_model_that_does_not_stop_is_interrupted() -> None:
    with model_server([Reply(GOOD * 600)]) as server:
        assert trouble(server, attempts=3) is Trouble.ENDLESS
    assert len(server.requests) == 1


def test_a_model_without_tools_is_told_apart() -> None:
    error = {"message": '"auto" tool choice requires --enable-auto-tool-choice to be set'}
    with model_server([Reply(status=400, error=error)]) as server:
        assert trouble(server) is Trouble.NO_TOOLS


def test_pauses_grow_and_end() -> None:
    pauses: list[float] = []
    with model_server([Reply(status=500)]) as server:
        limits = Limits(attempts=4, pause=0.5, sleep=pauses.append)
        with pytest.raises(ModelProblem):
            list(ask(chat_model(settings(server)), messages_of("系统", "请写"), limits=limits))
    assert pauses == [0.5, 1.0, 2.0]
    assert len(server.requests) == 4


def test_a_wrong_key_is_not_tried_again() -> None:
    with model_server([Reply(status=401)]) as server:
        assert trouble(server, attempts=3) is Trouble.KEY
    assert len(server.requests) == 1


def test_the_model_object_hides_the_key(tmp_path: Path) -> None:
    model = chat_model(ModelSettings("test", "http://127.0.0.1:9/v1", "sk-secret"))
    assert "sk-secret" not in repr(model) + str(model)
    assert can_call_tools(model)
