"""Scraped pages come out as their authors wrote them; see tests/data/scraped_pages.yaml."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.clean import clean
from corpus.split import split

DATA = Path(__file__).parent / "data"
PAGES: list[dict[str, Any]] = yaml.safe_load((DATA / "scraped_pages.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=[page["name"] for page in PAGES])
def test_page_is_repaired(page: dict[str, Any]) -> None:
    assert clean(page["raw"]).text == page["clean"]


@pytest.mark.parametrize("page", PAGES, ids=[page["name"] for page in PAGES])
def test_page_is_split(page: dict[str, Any]) -> None:
    text = clean(page["raw"]).text
    spans = split(text, name=page["name"])
    assert [span.title for span in spans] == [title for title, _, _ in page["plans"]]
    for span, (_, first, last) in zip(spans, page["plans"], strict=True):
        assert text[span.start : span.end].startswith(first)
        assert text[span.start : span.end].endswith(last)


PLANS: list[dict[str, Any]] = yaml.safe_load((DATA / "clean_plans.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("plan", PLANS, ids=[plan["name"] for plan in PLANS])
def test_a_filed_plan_is_not_touched(plan: dict[str, Any]) -> None:
    cleaned = clean(plan["text"])
    assert cleaned.repairs == ()
    assert cleaned.text == plan["text"]
