"""体检 and 年度续写 as pages: plain functions, no browser."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest

from assistant.checkup import Checkup, accept, key_of, put_aside, revised, year_of, year_said
from assistant.datatypes import Finding, FindingKind, Severity
from assistant.drafting.adapt import apply_edits
from assistant.export.text import plain_text
from assistant.pages import checkup, rollover
from assistant.pages.findings import annotated, finding_list, keys_chosen, lights
from assistant.profile import Profile
from assistant.resources import Resources
from assistant.rolling.filling import fill_gap
from corpus.datatypes import Topic
from corpus.errors import BadDocument, BadRequest

PLAN = """阳光镇中心小学工会2025年工作计划

2025年，我校工会深入学习贯彻党的十九大精神，团结全体教职工，不断开创工作新局面。

一、主要工作
1.开好教代会，征集提案不少于二十件，逐件答复。
2.组织教职工踢毽子比赛和春季登山，丰富文体生活。

阳光镇中心小学工会
2025年2月20日
"""
NOBODY = Profile()


def examined(
    text: str, resources: Resources, *, year: str = "2026", last: str = "", profile: Profile = NOBODY
) -> Checkup:
    return checkup.examined(
        text,
        name="计划.txt",
        year=year,
        organisation="学校",
        period="由文中判断",
        unit="",
        last_plan=last,
        profile=profile,
        resources=resources,
    )


def text_of(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


# -- 体检 -------------------------------------------------------------------------------------------------------------


def test_accepting_everything_mends_the_text_and_keeps_every_step(resources: Resources) -> None:
    held = examined(PLAN, resources)
    kinds = {each.kind for each in held.findings}
    assert {FindingKind.STALE, FindingKind.YEAR_MISMATCH} <= kinds
    after, told = checkup.pressed(held, "accept-all", "", resources=resources)
    assert re.fullmatch(r"改了 \d+ 处。", told)
    assert "十九大" not in after.text
    assert after.text.startswith("阳光镇中心小学工会2026年工作计划")
    assert apply_edits(PLAN, after.edits) == after.text
    assert not {FindingKind.STALE} & {each.kind for each in after.findings}


def test_one_finding_is_accepted_alone(resources: Resources) -> None:
    held = examined(PLAN, resources)
    stale = next(each for each in held.findings if each.kind is FindingKind.STALE)
    after, count = accept(held, [key_of(stale)], timeline=resources.timeline, samples=resources.samples)
    assert count == 1
    assert after.text == PLAN[: stale.start] + str(stale.replacement) + PLAN[stale.end :]


def test_what_is_put_aside_stays_away_after_later_changes(resources: Resources) -> None:
    held = examined(PLAN, resources)
    wrong_years = [key_of(each) for each in held.findings if each.kind is FindingKind.YEAR_MISMATCH]
    held = put_aside(held, wrong_years)
    after, _ = checkup.pressed(held, "accept-kind", "stale", resources=resources)
    assert FindingKind.YEAR_MISMATCH not in {each.kind for each in after.findings}
    assert "2025年工作计划" in after.text


def test_a_key_of_another_text_changes_nothing(resources: Resources) -> None:
    held = examined(PLAN, resources)
    assert checkup.pressed(held, "accept", "stale-9999-9999", resources=resources)[0] is held


def test_switched_off_checks_say_nothing(resources: Resources) -> None:
    held = examined(PLAN, resources, profile=Profile(off=tuple(FindingKind)))
    assert held.findings == ()
    assert "没有发现问题" in finding_list(held.findings)


def test_likeness_names_the_sample_and_last_years_plan(resources: Resources) -> None:
    passage = max(resources.passages, key=lambda each: len(each.text))
    held = examined(f"阳光小学工会2026年工作计划\n{passage.text}", resources, last=passage.text)
    html = checkup.likeness(held)
    assert held.overlap.against_samples > 0.8
    assert held.overlap.against_last is not None
    assert held.overlap.against_last > 0.8
    assert f"{held.overlap.against_samples:.0%}" in html
    assert f'data-pick="plan" data-value="{held.overlap.copies[0].passage.id}"' in html
    assert "未提供" in checkup.likeness(examined(PLAN, resources))


def test_the_corrected_file_tracks_every_change(resources: Resources, tmp_path: Path) -> None:
    after, _ = checkup.pressed(examined(PLAN, resources), "accept-all", "", resources=resources)
    path = Path(checkup.corrected(after, folder=tmp_path))
    assert path.name == "计划（体检修订）.docx"
    document = docx.Document(BytesIO(path.read_bytes()))
    xml = document.element.xml
    assert xml.count("<w:del ") >= len(after.edits)
    assert "十九大" in xml
    rolled = revised(after)
    assert rolled.text_after == after.text
    for change in rolled.changes:
        assert rolled.text_after[change.after_start :].startswith(change.after)


@pytest.mark.parametrize("text", ["", " \n　", "字" * 200_001])
def test_no_text_and_too_much_are_refused(text: str, resources: Resources) -> None:
    with pytest.raises(BadRequest):
        examined(text, resources)


@pytest.mark.parametrize(("typed", "year"), [("", None), ("2026", 2026), ("２０２６年", 2026), (" 2027 ", 2027)])
def test_years_as_typed(typed: str, year: int | None) -> None:
    assert year_said(typed) == year


def test_a_year_that_is_none_is_told() -> None:
    with pytest.raises(BadRequest, match="明年"):
        year_said("明年")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (PLAN, 2025),
        ("工会工作计划", 2027),
        ("红旗小学工会2026年工作计划\n一、12月总结全年工作，谋划2027年工作。", 2026),
        ("红旗小学工会2026年工作计划\n十二月：编制2027年工会经费预算，制订2027年计划。", 2026),
        ("红旗小学工会二〇二六年工作计划\n一、开好教代会。", 2026),
        ("红旗小学2026—2027学年第一学期工会工作计划\n一、开好教代会。", 2026),
    ],
)
def test_the_year_is_the_one_the_plan_states(text: str, year: int) -> None:
    assert year_of(text, today=date(2026, 11, 20)) == year


# -- findings as HTML -------------------------------------------------------------------------------------------------


def finding(kind: FindingKind, severity: Severity, start: int, end: int, replacement: str | None = None) -> Finding:
    return Finding(kind, severity, start, end, "原文<b>", "说明<i>", replacement)


def test_the_more_severe_mark_shows() -> None:
    found = [
        finding(FindingKind.OVERLAP, Severity.HINT, 0, 6),
        finding(FindingKind.STALE, Severity.MUST, 2, 4, "新"),
    ]
    html = annotated("一二三四五六\n<script>", found)
    assert re.findall(r'<mark class="finding ([a-z-]+)"[^>]*>([^<]+)', html) == [
        ("hint-lamp", "一二"),
        ("must", "三四"),
        ("hint-lamp", "五六"),
    ]
    assert "<script>" not in html
    assert html.count('id="mark-overlap-0-6"') == 1


def test_findings_are_grouped_with_counts_and_escaped() -> None:
    found = [finding(FindingKind.STALE, Severity.MUST, n, n + 1, "新") for n in (0, 3)]
    html = finding_list([*found, finding(FindingKind.NUMBERING, Severity.SHOULD, 8, 9)])
    assert "提法过时" in html
    assert 'data-pick="accept-kind" data-value="stale"' in html
    assert 'data-pick="accept" data-value="numbering-8-9"' not in html  # nothing to put in its place
    assert 'data-pick="ignore" data-value="numbering-8-9"' in html
    assert "<b>" not in html.replace("<b>提", "")
    assert text_of(lights(found)) == "必改 2"
    assert text_of(lights(())) == "体检无问题"


def test_what_a_press_means() -> None:
    found = [finding(FindingKind.STALE, Severity.MUST, n, n + 1, "新") for n in (0, 3)]
    assert keys_chosen("accept", "stale-0-1", found) == ["stale-0-1"]
    assert keys_chosen("ignore-kind", "stale", found) == ["stale-0-1", "stale-3-4"]
    assert keys_chosen("accept-kind", "numbering", found) == []


# -- 年度续写 ---------------------------------------------------------------------------------------------------------


def test_a_roll_over_shows_every_change_with_its_reason(resources: Resources) -> None:
    rolled = rollover.rolled_over(PLAN, None, year="2026", name="", profile=NOBODY, resources=resources)
    html = rollover.new_text(rolled)
    assert "<del>2025</del><ins>2026</ins>" in html
    assert html.count('class="turned"') == len(rolled.changes)
    listed = rollover.lists(rolled)
    for change in rolled.changes:
        assert change.why in text_of(listed)
    assert f"缺项 {len(rolled.gaps)} 个" in rollover.summary(rolled)


def test_a_gap_is_filled_as_one_more_change(resources: Resources, tmp_path: Path) -> None:
    rolled = rollover.rolled_over(PLAN, None, year="2026", name="", profile=NOBODY, resources=resources)
    gap = next(each for each in rolled.gaps if each.items)
    after = fill_gap(rolled, gap.topic)
    assert gap.topic not in {each.topic for each in after.gaps}
    assert after.draft.sections[-1].paragraphs == gap.items
    position, parts = 0, []
    for change in after.changes:
        parts += [after.text_before[position : change.start], change.after]
        position = change.end
        assert after.text_after[change.after_start :].startswith(change.after)
    assert "".join(parts) + after.text_before[position:] == after.text_after
    assert after.text_after.index(gap.items[0].text) < after.text_after.index("阳光镇中心小学工会\n", 20)
    assert gap.items[0].text in plain_text(after.draft)
    for kind, ending in (("clean", "工作计划.docx"), ("tracked", "（修订稿）.docx")):
        assert rollover.saved(after, kind, folder=tmp_path).endswith(ending)
    with pytest.raises(BadRequest, match="没有可补"):
        fill_gap(after, gap.topic)


def test_the_profiles_unit_is_taken_where_none_is_named(resources: Resources) -> None:
    profile = Profile(name="阳光镇第二小学")
    rolled = rollover.rolled_over(PLAN, None, year="2026", name="", profile=profile, resources=resources)
    assert "阳光镇第二小学" in rolled.text_after
    assert rolled.draft.request.name == "阳光镇第二小学"


@pytest.mark.parametrize(
    ("text", "year", "told"),
    [
        ("", "2026", "还没有去年的计划"),
        (PLAN, "", "请填新计划的年份"),
        (PLAN, "2024", "不能续写"),
        (PLAN, "今年", "今年"),
    ],
)
def test_what_cannot_be_rolled_over_is_told(text: str, year: str, told: str, resources: Resources) -> None:
    with pytest.raises((BadRequest, BadDocument), match=told):
        rollover.rolled_over(text, None, year=year, name="", profile=NOBODY, resources=resources)


def test_a_topic_without_a_gap_is_told(resources: Resources) -> None:
    rolled = rollover.rolled_over(PLAN, None, year="2026", name="", profile=NOBODY, resources=resources)
    with pytest.raises(BadRequest, match="没有可补"):
        fill_gap(rolled, Topic.DEMOCRACY)
