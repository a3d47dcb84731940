import json
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import BadRequest
from corpus.evaluate import Rate, evaluate_corpus, labelled_sections
from corpus.folding import fold

TEXT = """工会工作计划(大全2篇)

工会工作计划篇一

20xx年，我校工会在学校党支部的领导下，围绕教育教学中心，团结教职工为学校发展作出贡献。

一、加强民主管理

开好教代会，推进校务公开，落实教职工的知情权和监督权，让每一位教师关心学校的发展大事。

二、做好送温暖工作

慰问困难教职工12名，开展金秋助学，把组织的温暖送到教师心里，做到生病必访、困难必访。

工会工作计划篇二

20xx年，我院工会在院党委的领导下，围绕医疗服务中心，关心医务人员，维护职工的合法权益。

一、推进院务公开

开好职代会，落实职工的知情权，听取医务人员对医院发展的意见，收集合理化建议，及时答复。

二、关心职工生活

组织护士体检，办好护士节活动，慰问夜班职工，改善食堂伙食，为患者提供更好的医疗服务。
"""


def section(heading: str | None, start: str, topics: list[str]) -> dict[str, Any]:
    return {"heading": heading, "start": start, "topics": topics}


def segment(number: int, first: str, last: str, organisation: str, sections: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": f"1-{number}", "file": "1.txt", "first20": first, "last20": last, "org_type": organisation,
        "period": "年度", "kind": "plan", "era": {"year_range": [2010, 2020], "evidence": []}, "sections": sections,
    }  # fmt: skip


SEGMENTS = [
    segment(1, "20xx年，我校工会在学校党支部的领导下", "教师心里，做到生病必访、困难必访。", "学校", [
        section(None, "20xx年，我校工会", ["指导思想"]),
        section("一、加强民主管理", "开好教代会", ["民主管理"]),
        section("二、做好送温暖工作", "慰问困难教职工", ["送温暖与帮扶"]),
    ]),
    segment(2, "20xx年，我院工会在院党委的领导下", "食堂伙食，为患者提供更好的医疗服务。", "企业", []),
]  # fmt: skip
FACTS = [
    {"quote": "12名", "segment": "1-1", "severity": "hard", "type": "count"},
    {"quote": "夜班职工", "segment": "1-2", "severity": "hard", "type": "count"},
    {"quote": "学校党支部", "segment": "1-1", "severity": "contextual", "type": "unit_term"},
]
INSTANCES = [
    {"file": "1.txt", "type": "boilerplate_line", "raw": "工会工作计划(大全2篇)", "repaired": "",
     "check": "line_absent", "required": True},
    {"file": "1.txt", "type": "typo", "raw": "必访", "repaired": "常访", "check": "replace", "required": False},
    {"file": "1.txt", "type": "lost_heading", "raw": "", "repaired": "", "check": "flag", "required": True},
]  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    labels = {"segments": SEGMENTS, "near_duplicate_groups": [], "shared_paragraphs": [
        {"a": "1-1", "b": "1-2", "quote_a": "知情权", "quote_b": "知情权"},
    ]}  # fmt: skip
    noise = {"instances": INSTANCES, "foreign_facts": FACTS}
    (tmp_path / "1.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "segments.json").write_text(json.dumps(labels, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "noise.json").write_text(json.dumps(noise, ensure_ascii=False), encoding="utf-8")
    return tmp_path


def test_figures_on_a_small_folder(gold: Path) -> None:
    scores = evaluate_corpus(gold, gold)
    assert (scores.documents, scores.segments, scores.boundary_f1) == (1, Rate(2, 2), 1.0)
    assert (scores.organisation, scores.kind, scores.period) == (Rate(1, 2), Rate(2, 2), Rate(2, 2))
    assert (scores.year, scores.is_union) == (Rate(0, 0), Rate(2, 2))
    assert (scores.hard_entities, scores.contextual_entities) == (Rate(1, 2), Rate(1, 1))
    assert (scores.required_repairs, scores.optional_repairs) == (Rate(1, 1), Rate(0, 1))
    assert scores.repairs == {"boilerplate_line": Rate(1, 1), "typo": Rate(0, 1)}
    assert (scores.topics_precision, scores.topics_recall, scores.topics_f1) == (1.0, 1.0, 1.0)
    assert (scores.duplicate_groups, scores.shared_paragraphs) == (Rate(0, 0), Rate(0, 1))


def test_labelled_sections_are_cut_at_the_labelled_places(gold: Path) -> None:
    rows = list(labelled_sections(gold, gold))
    assert [(file, heading, topics) for file, _, heading, topics in rows] == [
        ("1.txt", None, ["指导思想"]),
        ("1.txt", "一、加强民主管理", ["民主管理"]),
        ("1.txt", "二、做好送温暖工作", ["送温暖与帮扶"]),
    ]
    assert rows[1][1].startswith("开好教代会")
    assert "送温暖" not in rows[1][1]


@pytest.mark.parametrize("name", ["segments.json", "noise.json", "1.txt"])
def test_a_missing_file_is_named(gold: Path, name: str) -> None:
    (gold / name).unlink()
    with pytest.raises(BadRequest, match=name):
        evaluate_corpus(gold, gold)


def test_a_rate_without_cases_is_whole() -> None:
    assert Rate(0, 0).share == 1.0
    assert Rate(1, 4).share == 0.25


def test_folding_forgets_width_marks_and_masks() -> None:
    assert fold("20xx年，“工会”").text == "□年工会"
    assert fold("〔年份〕年 工会").text == "□年工会"
    assert fold("党的十x届").text == fold("党的〔届次〕届").text
    text = "甲，〔地名〕乙"
    folded = fold(text)
    assert [text[start:end] for start, end in folded.spans] == ["甲", "〔地名〕", "乙"]
    assert folded.find(fold("乙")) == (2, 2)
    assert folded.find(fold("丙")) is None
    assert folded.find(fold("，")) is None
