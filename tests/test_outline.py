"""Sections and items from every kind of numbering, and from none; see tests/data/clean_plans.yaml."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.outline import outline
from corpus.split import split

DATA = Path(__file__).parent / "data"
PLANS: list[dict[str, Any]] = yaml.safe_load((DATA / "clean_plans.yaml").read_text(encoding="utf-8"))


def body(plan: dict[str, Any]) -> str:
    """The plan's text below its title."""
    text: str = plan["text"]
    (span,) = split(text, name=plan["name"])
    return text[span.start : span.end]


@pytest.mark.parametrize("plan", PLANS, ids=[plan["name"] for plan in PLANS])
def test_headings(plan: dict[str, Any]) -> None:
    assert [section.heading for section in outline(body(plan)).sections] == plan["sections"]


@pytest.mark.parametrize("plan", PLANS, ids=[plan["name"] for plan in PLANS])
def test_months(plan: dict[str, Any]) -> None:
    from corpus.markers import months

    named = [month for item in outline(body(plan)).items for month in months(item.marker)]
    assert named == plan["months"]


def test_a_plan_may_begin_with_its_months() -> None:
    months = "一至二月份：走访慰问困难职工。\n三月份：召开会员会议。\n四至五月份：组织春游。"
    assert [(s.heading, s.start, s.end) for s in outline(months).sections] == [(None, 0, len(months))]
    text = months + "\n一、女职工工作\n做好体检。\n二、文体活动\n办比赛。"
    assert [s.heading for s in outline(text).sections] == [None, "一、女职工工作", "二、文体活动"]
