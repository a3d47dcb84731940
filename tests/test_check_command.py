"""`gongbi check` and `check --batch`, and findings that come with a draft."""

import io
import json
from pathlib import Path

import pytest

from assistant.cli import main

TEXT = "青川县人民医院工会2024年工作计划\n一、学习\n1.组织学习党的十九大精神，每月一次。\n"


@pytest.mark.usefixtures("home")
def test_check_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "计划.txt"
    path.write_text(TEXT, encoding="utf-8")
    asked = ["check", str(path), "--year", "2026", "--organisation", "医院", "--name", "青川县人民医院"]
    assert main([*asked, "--json"]) == 0
    findings = json.loads(capsys.readouterr().out)["findings"]
    shown = [(each["kind"], each["severity"], each["text"], each["replacement"]) for each in findings]
    assert shown == [
        ("year_mismatch", "必改", "2024", "2026"),
        ("stale", "必改", "党的十九大", "党的二十大和二十届历次全会"),
    ]
    assert all(TEXT[each["start"] : each["end"]] == each["text"] for each in findings)
    assert main(asked) == 0
    assert "第 3 行“党的十九大” → 党的二十大和二十届历次全会" in capsys.readouterr().out


@pytest.mark.usefixtures("home")
def test_check_the_standard_input_and_a_batch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert main(["check", "-", "--year", "2026", "--json"]) == 0
    single = json.loads(capsys.readouterr().out)["findings"]
    batch = tmp_path / "cases.jsonl"
    rows = [
        {"id": "甲", "text": TEXT, "year": 2026, "drafted": None, "organisation": "医院", "period": "年度"},
        {"id": "乙", "text": "", "year": 2026},
    ]
    batch.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    assert main(["check", "--batch", str(batch)]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["id"] == "甲"
    assert [each["text"] for each in first["findings"]] == [each["text"] for each in single]
    assert second == {"id": "乙", "findings": []}


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check"], "--batch"),
        (["check", "计划.txt"], "年份"),
        (["check", "计划.txt", "--year", "二〇二六"], "二〇二六"),
        (["check", "-", "--year", "2026", "--organisation", "航天"], "航天"),
    ],
)
def test_wrong_usage_says_what_to_do(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "计划.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert main(arguments) == 2
    assert message in capsys.readouterr().err


@pytest.mark.usefixtures("home")
def test_a_draft_comes_with_its_findings(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["draft", "--organisation", "医院", "--name", "青川县人民医院", "--year", "2026", "--json"]
    assert main(asked) == 0
    payload = json.loads(capsys.readouterr().out)
    open_ones = [each for each in payload["findings"] if each["kind"] == "placeholder"]
    assert len(open_ones) == payload["text"].count("【待填")
    assert {each["kind"] for each in payload["findings"]} <= {"placeholder", "empty_talk"}
    assert all(payload["text"][each["start"] : each["end"]] == each["text"] for each in payload["findings"])
