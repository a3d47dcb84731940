"""Sections and items from every kind of numbering, and from none; see tests/data/clean_plans.yaml."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.datatypes import Plan
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
