"""`gongbi draft` with a model behind a real server, without one, and with one that fails."""

import json
from pathlib import Path

import pytest
from model_server import Reply, model_server

from app import main
from assistant.llm.settings import ModelSettings, save_model

ASKED = ["draft", "--organisation", "医院", "--name", "临江市人民医院", "--year", "2026", "--json"]


def points(request: dict[str, object]) -> Reply:
    """The points the prompt holds, a line each, slightly reworded."""
    prompt = str(request["messages"][-1]["content"])  # type: ignore[index]
    told = prompt.partition("这一部分必须覆盖的要点")[2].partition("可以借鉴的材料")[0]
    lines = [line for line in told.splitlines() if line.endswith("。")]
    return Reply("\n".join(line.replace("组织", "安排") for line in lines))


def kinds(payload: dict[str, object]) -> set[str]:
    return {
        sentence["provenance"]["kind"]
        for section in payload["sections"]  # type: ignore[attr-defined]
        for paragraph in section["paragraphs"]
        for sentence in paragraph["sentences"]
    }


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GONGBI_MODEL", "GONGBI_MODEL_URL", "GONGBI_MODEL_KEY"):
        monkeypatch.delenv(name, raising=False)


def test_a_configured_model_writes_unless_offline(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASKED, "--offline"]) == 0
    offline = json.loads(capsys.readouterr().out)
    assert "model" not in kinds(offline)
    with model_server(points, key="sk-secret") as server:
        save_model(home, ModelSettings("test", server.url, "sk-secret", seconds=20))
        assert main(ASKED) == 0
        written, told = capsys.readouterr()
        asked = len(server.requests)
        assert main([*ASKED, "--offline"]) == 0
        assert json.loads(capsys.readouterr().out) == offline
        assert len(server.requests) == asked
    payload = json.loads(written)
    assert "model" in kinds(payload)
    assert [one["heading"] for one in payload["sections"]] == [one["heading"] for one in offline["sections"]]
    assert asked == len(offline["sections"]) - 1  # all but the schedule
    assert "已写好" in told
    assert "sk-secret" not in written + told


def test_a_model_that_is_not_there_leaves_the_offline_plan(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASKED, "--offline"]) == 0
    offline = json.loads(capsys.readouterr().out)
    with model_server(points) as server:
        pass
    save_model(home, ModelSettings("test", server.url, "sk-secret", seconds=5, attempts=1))
    assert main(ASKED) == 0
    written, told = capsys.readouterr()
    assert json.loads(written) == offline
    assert told.count("连不上模型服务") == len(offline["sections"]) - 1


def test_model_and_offline_exclude_each_other(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*ASKED, "--offline", "--model", "qwen"])
    assert stopped.value.code == 2
    assert "不能与" in capsys.readouterr().err


def test_the_figures_of_tracing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "alignment", "tests/data/alignment.jsonl", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["whole"]["sentences"] == 264
    assert figures["whole"]["precision"] >= 0.95
