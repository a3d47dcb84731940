"""The planted-error set: every kind holds its bars of precision and recall, and clean plans are left alone."""

import json
from pathlib import Path

import pytest

from assistant.checking.evaluate import CheckScores, evaluate_check, read_cases
from assistant.cli import main
from assistant.datatypes import FindingKind
from assistant.timeline import Timeline
from corpus.errors import BadRequest

CASES = Path(__file__).parent / "data" / "check_cases.jsonl"


@pytest.fixture(scope="module")
def scores() -> CheckScores:
    return evaluate_check(read_cases(CASES), timeline=Timeline.load())


def test_the_set_is_large_and_half_clean(scores: CheckScores) -> None:
    assert scores.cases >= 300
    assert 0.35 <= scores.clean_cases / scores.cases <= 0.65


@pytest.mark.parametrize("kind", FindingKind)
def test_precision_and_recall(kind: FindingKind, scores: CheckScores) -> None:
    score = scores.kinds[kind]
    assert score.faults >= 8
    assert score.precision >= 0.95
    assert score.recall >= 0.90
    assert score.right_replacements >= 0.95 * score.replacements


def test_clean_plans_are_left_alone(scores: CheckScores) -> None:
    assert scores.clean_characters > 50_000
    assert scores.false_musts_per_3000 <= 1


def test_eval_check_prints_the_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    some = tmp_path / "用例.jsonl"
    lines = CASES.read_text(encoding="utf-8").splitlines()
    some.write_text("\n".join(lines[:4]), encoding="utf-8")
    assert main(["eval", "check", str(some), "--json"]) == 0
    payload = json.loads(capsys.readouterr().out)
    assert payload["cases"] == 4
    assert set(payload["kinds"]) == {str(kind) for kind in FindingKind}
    assert payload["kinds"]["stale"]["recall"] == 1.0
    assert main(["eval", "check", str(some)]) == 0
    assert "stale" in capsys.readouterr().out


def test_a_broken_case_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "坏.jsonl"
    broken.write_text('{"id": "1", "text": "甲"}\n', encoding="utf-8")
    with pytest.raises(BadRequest, match="第 1 行"):
        read_cases(broken)
    assert main(["eval", "check", str(tmp_path / "没有.jsonl")]) == 2
    assert "没有.jsonl" in capsys.readouterr().err
