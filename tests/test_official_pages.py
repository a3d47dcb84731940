"""Official pages and papers: what surrounds a plan stands outside its body; see tests/data/official_pages.yaml."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.clean import clean
from corpus.load import load_bytes
from corpus.read import read
from corpus.split import split

DATA: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "data" / "official_pages.yaml").read_text(encoding="utf-8")
)
PAGES: list[dict[str, Any]] = DATA["pages"]
KEPT: list[dict[str, Any]] = DATA["kept"]


@pytest.mark.parametrize("page", PAGES, ids=[page["name"] for page in PAGES])
def test_the_body_is_found(page: dict[str, Any]) -> None:
    text = clean(page["head"] + DATA["bodies"][page["body"]] + "\n" + page["tail"]).text
    (span,) = split(text, name=page["name"])
    assert text[span.start : span.end] == DATA["bodies"][page["body"]] + page.get("body_tail", "")
    assert (span.title, span.signature) == (page["title"], page["signature"])


@pytest.mark.parametrize(
    ("title", "signed", "unit", "year"),
    [
        ("工会工作计划", "翠屏医院工会委员会\n2021年12月20日", "翠屏医院工会委员会", 2022),
        ("工会工作计划", "翠屏医院工会   2022.3.1", "翠屏医院工会", 2022),
        ("工会工作总结及计划", "翠屏医院工会\n2021-12-20", "翠屏医院工会", 2022),
    ],
)
def test_the_signature_tells_unit_and_year(title: str, signed: str, unit: str, year: int) -> None:
    body = DATA["bodies"]["hospital"].replace("2022年，", "")
    (plan,) = read(load_bytes("计划.txt", f"{title}\n{body}\n\n{signed}\n".encode())).plans
    assert (plan.text, plan.labels.unit, plan.labels.year) == (body, unit, year)


@pytest.mark.parametrize("plan", KEPT, ids=[plan["name"] for plan in KEPT])
def test_facts_of_an_activity_stay(plan: dict[str, Any]) -> None:
    text = f"{plan['title']}\n{plan['body']}"
    assert clean(text).repairs == ()
    (span,) = split(text, name=plan["name"])
    assert (span.title, text[span.start : span.end]) == (plan["title"], plan["body"])


@pytest.mark.parametrize(
    "tail",
    [
        "三、经费来源\n来源：工会经费\n预算：12000元",
        "三、版面分工\n责任编辑：王丽\n摄影：赵亮",
        "三、时间安排\n发布时间：3月1日",
    ],
)
def test_keyed_lines_below_a_heading_of_the_plan_are_the_plans(tail: str) -> None:
    text = f"某厂工会2025年工作计划\n\n一、学习\n组织职工每月学习一次。\n\n{tail}\n"
    assert clean(text).text == text
