"""Measures of retrieval, against values worked out by hand."""

import json
from math import log2
from pathlib import Path

import pytest
from small_index import PASSAGES, SmallLibrary, write_model

from corpus.datatypes import OrganisationType
from corpus.errors import BadRequest
from index.baselines import bm25_run, dense_run, lsa_run
from index.datatypes import Filter
from index.embed import load_embedder
from index.evaluate import (
    JudgedQuery,
    Judgement,
    Run,
    Scores,
    ShownHit,
    evaluate,
    fold,
    judge,
    read_queries,
    search_run,
)
from index.generation import rebuild

GOLD = (
    Judgement("a.txt", "慰问困难职工", 2, "g1"),
    Judgement("b.txt", "慰问困难职工", 2, "g1"),
    Judgement("c.txt", "建立档案", 1, "g2"),
)
A, B, C, OTHER = (ShownHit(f"{name}.txt", "一是慰问困难、职工；建立档案。") for name in "abcd")


def shown(run: list[ShownHit], *, collapse: bool) -> tuple[float, ...]:
    return tuple(round(value, 6) for value in judge(run, GOLD, collapse=collapse))


def gain(*grades: int) -> float:
    return sum((2**grade - 1) / log2(rank + 2) for rank, grade in enumerate(grades))


def test_perfect_list() -> None:
    assert shown([A, B, C], collapse=False) == (1, 1, 1, 1)


def test_every_hit_counts_once_and_late_hits_count_less() -> None:
    ndcg = gain(0, 2, 0, 1) / gain(2, 2, 1)
    assert shown([OTHER, A, A, C], collapse=False) == (round(ndcg, 6), round(2 / 3, 6), 1, 0.5)


def test_collapsed_duplicates_are_all_found_by_one() -> None:
    assert shown([A, C], collapse=True) == (1, 1, 1, 1)
    assert shown([A, B, C], collapse=True)[0] == round(gain(2, 0, 1) / gain(2, 1), 6)


def test_nothing_found() -> None:
    assert shown([], collapse=False) == shown([OTHER], collapse=True) == (0, 0, 0, 0)
    assert judge([A], (), collapse=False) == (0, 0, 0, 0)


def test_only_the_first_ten_hits_and_thousand_characters_count() -> None:
    assert shown([OTHER] * 10 + [A], collapse=False) == (0, 0, 0, 0)
    assert shown([ShownHit("a.txt", "长" * 1000 + "慰问困难职工")], collapse=False) == (0, 0, 0, 0)


def test_two_quotes_in_one_passage_are_one_ideal_hit() -> None:
    both = (Judgement("a.txt", "慰问", 2, "g1"), Judgement("a.txt", "建立档案", 2, "g2"))
    assert judge([A], both, collapse=False) == (1, 1, 1, 1)


def test_fold_ignores_width_and_punctuation() -> None:
    assert fold("“安康杯”　竞赛（２０２６）") == "安康杯竞赛2026"


def test_means_by_type() -> None:
    queries = [
        JudgedQuery(str(n), "慰问", kind, GOLD, Filter()) for n, kind in enumerate(["keyword", "month", "month"])
    ]
    answers = iter([[A, B, C], [], [A, B, C]])
    scores = evaluate(queries, lambda query: next(answers), collapse=False)
    assert scores == {
        "keyword": Scores(1, 1, 1, 1, 1),
        "month": Scores(2, 0.5, 0.5, 0.5, 0.5),
        "ALL": Scores(3, *[pytest.approx(2 / 3)] * 4),
    }


def test_queries_are_read(tmp_path: Path) -> None:
    file = tmp_path / "查询.jsonl"
    row = {
        "id": "Q1",
        "query": "医院送温暖",
        "type": "org_scoped",
        "filters": {"org_type": "医院"},
        "relevant": [{"file": "a.txt", "quote": "慰问", "grade": 2, "dup": "g"}],
    }
    file.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    (query,) = read_queries(file)
    assert query.relevant == (Judgement("a.txt", "慰问", 2, "g"),)
    assert query.filter == Filter(organisations=frozenset({OrganisationType.HOSPITAL}))


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"id": 1, "query": "a", "relevant": 3}'])
def test_bad_line_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(BadRequest, match=r"q\.jsonl 第 1 行"):
        read_queries(file)


def test_systems_run_side_by_side(tmp_path: Path) -> None:
    embedder = load_embedder(str(write_model(tmp_path / "m")))
    index = rebuild(tmp_path / "index", SmallLibrary(), embedder)
    quote = Judgement("5.txt", "按时召开教代会", 2, "g")
    query = JudgedQuery("Q", "按时召开教代会，落实校务公开制度", "keyword", (quote,), Filter())
    runs: dict[str, Run] = {
        "bm25": bm25_run(PASSAGES),
        "dense": dense_run(PASSAGES, embedder),
        "lsa": lsa_run(PASSAGES),
        "search": search_run(index),
    }
    assert {name: evaluate([query], run, collapse=True)["ALL"].mrr for name, run in runs.items()} == dict.fromkeys(
        runs, 1
    )
