"""The command line as scripts see it: exit codes, JSON on stdout, messages on stderr."""

import errno
import io
import json
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import docx
import pytest

from assistant.cli import main
from assistant.commands.values import organisation_type
from corpus.errors import BadRequest

Run = Callable[..., tuple[int, str, str]]  # (exit code, stdout, stderr)
PLAN = """某某市第三小学2024年工会工作计划

一、加强民主管理
1.三月召开教代会，审议学校工作报告，征集办理提案。
2.校务公开栏每月更新，接受教职工监督。
二、关心教职工生活
1.坚持走访慰问制度，教职工生病住院工会必到场。
2.组织教职工健康体检，建立健康档案。
"""


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    path = tmp_path / "三小 计划.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(arguments)
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_read_prints_a_line_of_json_per_file(run: Run, plan_file: Path) -> None:
    code, out, _ = run("read", "--json", str(plan_file), str(plan_file))
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [row["file"] for row in rows] == ["三小 计划.txt"] * 2
    (plan,) = rows[0]["plans"]
    assert (plan["organisation"], plan["year"], plan["kind"], plan["period"]) == ("学校", 2024, "plan", "年度")
    assert rows[0]["text"][plan["start"] : plan["end"]] == plan["text"]
    assert [s["heading"] for s in plan["sections"]] == ["一、加强民主管理", "二、关心教职工生活"]


def test_read_goes_on_after_a_bad_file(run: Run, plan_file: Path, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    code, out, err = run("read", "--json", str(tmp_path / "空.txt"), str(plan_file))
    assert code == 1
    assert "空.txt" in err
    assert json.loads(out)["file"] == "三小 计划.txt"


def test_a_document_comes_and_goes(run: Run, plan_file: Path) -> None:
    assert run("corpus", "add", str(plan_file), "--collection", "本单位")[0] == 0
    rows = json.loads(run("corpus", "list", "--json")[1])["documents"]
    (added,) = [row for row in rows if row["collection"] == "本单位"]
    assert [plan["organisation"] for plan in added["plans"]] == ["学校"]
    shown = json.loads(run("corpus", "show", added["id"], "--json")[1])
    assert "校务公开栏每月更新" in shown["text"]

    def found() -> list[str]:
        hits = json.loads(run("search", "校务公开栏每月更新，接受教职工监督", "--json")[1])["hits"]
        return [hit["file"] for hit in hits]

    assert found()[0] == "三小 计划.txt"
    assert run("corpus", "remove", added["id"])[0] == 0
    assert "三小 计划.txt" not in found()
    assert run("corpus", "show", added["id"])[0] == 1


def test_search_filters_and_batch(run: Run, tmp_path: Path) -> None:
    answer = json.loads(run("search", "职代会", "--organisation", "医院", "--k", "3", "--json")[1])
    assert {hit["organisation"] for hit in answer["hits"]} == {"医院"}
    assert [hit["rank"] for hit in answer["hits"]] == list(range(1, len(answer["hits"]) + 1))
    queries = tmp_path / "queries.jsonl"
    queries.write_text('{"id": "q1", "query": "送温暖"}\n\n{"id": "q2", "query": "安康杯"}\n', encoding="utf-8")
    code, out, _ = run("search", "--batch", str(queries), "--k", "2")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [row["id"] for row in rows] == ["q1", "q2"]
    assert all(len(row["hits"]) == 2 and not row["abstained"] for row in rows)


def test_compare_says_where_there_is_nothing(run: Run) -> None:
    answer = json.loads(run("compare", "女职工", "--organisation", "企业", "--organisation", "公安", "--json")[1])
    assert [(c["organisation"], c["nothing"]) for c in answer["columns"]] == [("企业", False), ("公安", True)]


def test_draft_in_every_format(run: Run, tmp_path: Path) -> None:
    asked = ("draft", "--organisation", "医院", "--name", "某某市人民医院", "--year", "2026")
    answer = json.loads(run(*asked, "--json")[1])
    assert "某某市人民医院" in answer["title"]
    assert answer["declined"] is None
    assert all(
        s["provenance"]["kind"] for section in answer["sections"] for p in section["paragraphs"] for s in p["sentences"]
    )
    for suffix in (".docx", ".md", ".txt"):
        assert run(*asked, "-o", str(tmp_path / f"计划{suffix}"))[0] == 0
    text = "\n".join(p.text for p in docx.Document(str(tmp_path / "计划.docx")).paragraphs)
    assert answer["title"] in text
    assert answer["title"] in (tmp_path / "计划.md").read_text(encoding="utf-8")
    assert (tmp_path / "计划.txt").read_text(encoding="utf-8") == answer["text"]
    assert sorted(p.name for p in tmp_path.iterdir() if p.suffix == ".part") == []


def test_draft_batch_declines_what_is_no_union(run: Run, tmp_path: Path) -> None:
    requests = tmp_path / "requests.jsonl"
    rows = [
        {
            "id": "a",
            "organisation": "学校",
            "name": "某某小学",
            "year": 2025,
            "period": "第一学期",
            "emphasis": ["师德"],
        },
        {"id": "b", "organisation": "人大(非工会)", "name": "某某镇人大", "year": 2025, "period": "年度"},
        {"id": "c", "organisation": "学校", "name": None, "year": 1890, "period": "年度"},
    ]
    requests.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    code, out, _ = run("draft", "--batch", str(requests))
    answers = {row["id"]: row for row in map(json.loads, out.splitlines())}
    assert code == 0
    assert "某某小学" in answers["a"]["text"]
    assert "工会" in answers["b"]["declined"]
    assert "1890" in answers["c"]["declined"]
    assert answers["b"]["text"] == answers["c"]["text"] == ""


def test_index_rebuild_and_a_broken_folder(run: Run, home: Path) -> None:
    before = json.loads(run("index", "--json")[1])
    assert before["passages"] > 300
    current = (home / "index" / "current").read_text(encoding="utf-8").strip()
    (home / "index" / current / "dense.faiss").write_bytes(b"broken")
    code, _, err = run("search", "送温暖")
    assert code == 1
    assert "gongbi index --rebuild" in err
    assert json.loads(run("index", "--rebuild", "--json")[1])["passages"] == before["passages"]
    assert run("search", "送温暖")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "缺少参数"),
        (("fly",), "可选"),
        (("draft", "--year", "2026"), "单位类型"),
        (("draft", "--organisation", "银河", "--year", "2026"), "银河"),
        (("draft", "--organisation", "学校", "--year", "1890"), "1890"),
        (("draft", "--organisation", "学校", "--year", "二〇"), "二〇"),
        (("draft", "--organisation", "学校", "--year", "2026", "--period", "世纪"), "世纪"),
        (("draft", "--organisation", "学校", "--year", "2026", "--drafted", "2026-13-01"), "2026-13-01"),
        (("draft", "--organisation", "学校", "--year", "2026", "-o", "计划.pdf"), ".pdf"),
        (("search",), "查询"),
        (("search", "送温暖", "--topic", "天气"), "天气"),
        (("search", "送温暖", "--k", "0"), "0"),
        (("search", "--batch", "没有.jsonl"), "没有.jsonl"),
        (("compare", "女职工", "--organisation", "学校"), "两种"),
        (("serve", "--port", "99999"), "99999"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_usage_is_2_and_says_what_to_do(run: Run, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_what_cannot_be_found_is_1(run: Run, tmp_path: Path) -> None:
    assert run("read", str(tmp_path / "不在.docx"))[0] == 1
    assert run("corpus", "remove", "ffffffff")[0] == 1


def test_a_broken_batch_line_is_named(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "b.jsonl"
    broken.write_text('{"id": "a", "query": "送温暖"}\n{"id": \n', encoding="utf-8")
    code, out, err = run("search", "--batch", str(broken))
    good, bad = (json.loads(line) for line in out.splitlines())
    assert code == 1
    assert good["hits"]
    assert bad["id"] is None
    assert "第 2 行" in bad["error"]
    assert "1 行没有做成" in err


def test_a_batch_row_that_cannot_be_answered_gets_its_reason_and_the_rest_their_answers(
    run: Run, tmp_path: Path
) -> None:
    rows = tmp_path / "查询.jsonl"
    rows.write_text('{"id": "空"}\n{"id": "好", "query": "送温暖"}\n', encoding="utf-8")
    code, out, _ = run("search", "--batch", str(rows), "--k", "1")
    empty, good = (json.loads(line) for line in out.splitlines())
    assert code == 1
    assert empty["id"] == "空"
    assert "query" in empty["error"]
    assert len(good["hits"]) == 1


@pytest.mark.parametrize(
    ("verb", "row"),
    [
        ("draft", {"organisation": "学校", "year": 2026, "emphasis": 5}),
        ("draft", {"organisation": "学校", "year": 2026, "seed": "甲"}),
        ("draft", {"organisation": "学校", "year": 2026, "name": ["三小"]}),
        ("draft", {"organisation": "学校", "year": 2026, "drafted": {}, "period": ["年度"]}),
        ("check", {"text": "计划", "year": 2026, "period": {}}),
        ("check", {"text": 5.5, "year": 2026}),
        ("search", {"query": ["送温暖"]}),
        ("compare", {"topic": "女职工", "organisations": 3}),
    ],
)
def test_a_batch_row_of_wrong_types_is_answered_with_its_reason(
    run: Run, tmp_path: Path, verb: str, row: dict[str, object]
) -> None:
    rows = tmp_path / "行.jsonl"
    rows.write_text(json.dumps({"id": 1, **row}), encoding="utf-8")
    _, out, _ = run(verb, "--batch", str(rows))
    answer = json.loads(out)
    assert "收到" in (answer.get("error") or answer["declined"])


def test_a_batch_row_may_hold_any_separator(run: Run, tmp_path: Path) -> None:
    rows = tmp_path / "行.jsonl"
    rows.write_text(json.dumps({"id": 1, "query": "送温暖\u2028走访\x85"}, ensure_ascii=False), encoding="utf-8")
    code, out, _ = run("search", "--batch", str(rows), "--k", "1")
    assert code == 0
    assert json.loads(out)["hits"]


def test_a_format_that_cannot_be_written_is_refused_before_any_work(run: Run, plan_file: Path) -> None:
    out = plan_file.with_suffix(".pdf")
    code, _, err = run("rollover", str(plan_file), "--year", "2026", "-o", str(out))
    assert code == 2
    assert ".docx、.md 或 .txt" in err
    assert not out.exists()
    assert run("rollover", str(plan_file), "--year", "2026", "--tracked")[0] == 2


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("小学", "学校"),
        ("大学", "学校"),
        ("银行", "企业"),
        ("居委会", "社区(村)"),
        ("邮政", "邮政(国企)"),
        ("派出所", "公安"),
    ],
)
def test_types_are_known_by_their_everyday_words(word: str, kind: str) -> None:
    assert organisation_type(word) == kind


@pytest.mark.parametrize("word", ["", "火星", "学校和医院"])
def test_a_word_for_no_type_or_for_two_is_refused(word: str) -> None:
    with pytest.raises(BadRequest, match="可用的有"):
        organisation_type(word)


def test_a_full_disk_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    class FullDisk(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    with redirect_stdout(FullDisk()):
        assert main(["search", "送温暖"]) == 1
    assert "磁盘满了" in capsys.readouterr().err
