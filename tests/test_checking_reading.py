"""Texts in traditional characters, years in Han or wide digits: found, and answered in the text's own writing."""

import pytest

from assistant.checking.reading import as_read
from assistant.checking.request import CheckRequest
from assistant.checking.run import check
from assistant.datatypes import Finding, FindingKind
from assistant.timeline import Timeline
from corpus.datatypes import OrganisationType, Period
from corpus.errors import BadRequest

TIMELINE = Timeline.load()


def checked(text: str, year: int, kind: FindingKind, period: Period = Period.YEAR) -> list[Finding]:
    request = CheckRequest(year, None, OrganisationType.SCHOOL, period, "红旗中学")
    return [each for each in check(text, request=request, timeline=TIMELINE) if each.kind is kind]


@pytest.mark.parametrize("text", ["二〇二五年工作計劃", "２０２５年，學校工會", "二○二五年三月", "plain 2025"])
def test_reading_keeps_every_place(text: str) -> None:
    assert len(as_read(text)) == len(text)


def test_an_answer_is_in_the_script_of_the_text() -> None:
    text = "紅旗中學工會工作計劃\n一、思想引領\n1.深入學習貫徹黨的十九大精神，每月一次。"
    (found,) = checked(text, 2025, FindingKind.STALE)
    assert (found.text, found.replacement) == ("黨的十九大", "黨的二十大和二十屆二中、三中全會")
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(("old", "new"), [("二〇二五", "二〇二六"), ("二○二五", "二○二六"), ("２０２５", "２０２６")])
def test_a_year_is_mended_in_its_own_digits(old: str, new: str) -> None:
    (found,) = checked(f"红旗中学工会{old}年工作计划\n一、民主管理\n1.召开教代会。", 2026, FindingKind.YEAR_MISMATCH)
    assert (found.text, found.replacement) == (old, new)


def test_next_years_plan_is_made_in_december() -> None:
    assert not checked("11月：开展运动会。\n12月：2026年总结，制订2027年计划。", 2026, FindingKind.YEAR_MISMATCH)


def test_a_plan_for_the_autumn_knows_what_the_summer_brought() -> None:
    text = "深入学习贯彻党的二十届三中全会精神，做好工会工作。"
    assert checked(text, 2024, FindingKind.ANACHRONISTIC)
    assert not checked(text, 2024, FindingKind.ANACHRONISTIC, Period.FIRST_TERM)
    older = "深入学习贯彻党的二十大和二十届二中全会精神，做好工会工作。"
    assert checked(older, 2024, FindingKind.STALE, Period.FIRST_TERM)


def test_no_replacement_leaves_a_number_alone() -> None:
    text = "一、民主管理\n1.召开教代会。\n二、贯彻中央八项规定精神学习教育。\n"
    found = checked(text, 2026, FindingKind.STALE)
    assert [each.replacement for each in found] == [None]


def test_a_text_far_too_long_for_a_plan_is_refused() -> None:
    with pytest.raises(BadRequest, match="体检一次最多 300000 字"):
        checked("做好工会工作。" * 50_000, 2026, FindingKind.STALE)


@pytest.mark.parametrize(
    ("text", "year", "found"),
    [
        ("2026年是全面贯彻党的二十大精神的开局之年。", 2026, ["贯彻党的二十大精神的开局之年"]),
        ("2023年是全面贯彻党的二十大精神的开局之年。", 2023, []),
        ("今年是实施“十五五”规划承上启下的关键一年。", 2028, []),
        ("落实“十四五”规划收官任务，抓好竞赛。", 2025, []),
    ],
)
def test_what_is_true_of_one_year_only(text: str, year: int, found: list[str]) -> None:
    assert [each.text for each in checked(text, year, FindingKind.STALE)] == found


@pytest.mark.parametrize(
    ("text", "year"),
    [("今年是实施“十五五”规划承上启下的关键一年。", 2026), ("确保落实“十四五”规划圆满收官，抓好竞赛。", 2026)],
)
def test_a_plan_is_in_its_own_phase(text: str, year: int) -> None:
    assert checked(text, year, FindingKind.STALE)


def test_a_short_year_in_the_title_is_the_plans_own() -> None:
    text = "红旗中学工会25年工作计划\n一、民主管理\n1.召开教代会。"
    assert [each.text for each in checked(text, 2026, FindingKind.YEAR_MISMATCH)] == ["25"]
    assert not checked(text, 2025, FindingKind.YEAR_MISMATCH)
