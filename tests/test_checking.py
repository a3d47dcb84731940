"""体检: what each kind of check finds, what it leaves alone, and what its findings promise."""

from datetime import date

import pytest

from assistant.checking import CheckRequest, apply_fixes, check
from assistant.datatypes import Finding, FindingKind, Severity
from assistant.timeline import Timeline
from corpus.datatypes import OrganisationType, Period, Reading
from corpus.errors import BadRequest

HOSPITAL = OrganisationType.HOSPITAL
SCHOOL = OrganisationType.SCHOOL


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    return Timeline.load()


def plan(*items: str, title: str = "青川县人民医院工会2026年工作计划") -> str:
    numbered = "\n".join(f"{number}.{item}" for number, item in enumerate(items, start=1))
    return f"{title}\n一、重点工作\n{numbered}\n二、保障措施\n1.由工会主席牵头，每月检查一次进度。"


def found(
    text: str,
    timeline: Timeline,
    kind: FindingKind,
    *,
    organisation: OrganisationType | None = HOSPITAL,
    period: Period = Period.YEAR,
    name: str | None = "青川县人民医院",
    year: int = 2026,
    drafted: date | None = None,
) -> list[tuple[str, str | None]]:
    request = CheckRequest(year, drafted, organisation, period, name)
    findings = check(text, request=request, timeline=timeline)
    return [(each.text, each.replacement) for each in findings if each.kind is kind]


def test_a_clean_plan_has_no_findings(timeline: Timeline) -> None:
    text = plan("三月召开职代会，审议医院工作报告。", "五月举办护理技能竞赛，各科室组队参加。")
    request = CheckRequest(2026, organisation=HOSPITAL, period=Period.YEAR, name="青川县人民医院")
    assert check(text, request=request, timeline=timeline) == ()
    assert check(" \n", request=request, timeline=timeline) == ()


def test_a_reference_overtaken_is_replaced_and_one_not_yet_known_is_found(timeline: Timeline) -> None:
    old = plan("组织职工学习党的十九大精神，每月一次。")
    assert found(old, timeline, FindingKind.STALE) == [("党的十九大", "党的二十大和二十届历次全会")]
    new = plan("组织职工学习党的二十大精神，每月一次。", title="工会2019年工作计划")
    assert len(found(new, timeline, FindingKind.ANACHRONISTIC, year=2019)) == 1
    assert found(new, timeline, FindingKind.STALE, year=2019) == []


@pytest.mark.parametrize(
    "item",
    [
        "学习中国工会十八大精神，每月一次。",
        "党的十八大以来，职工生活明显改善，五月举办图片展。",
        "通读《中共中央关于全面深化改革若干重大问题的决定》，写一篇心得。",
        "每个分会推选三个代表参加四月的趣味运动会。",
    ],
)
def test_names_and_looks_back_are_not_stale(item: str, timeline: Timeline) -> None:
    assert found(plan(item), timeline, FindingKind.STALE) == []


def test_a_review_of_last_year_may_name_what_is_over(timeline: Timeline) -> None:
    review = (
        "一、2025年工作回顾\n扎实开展了深入贯彻中央八项规定精神学习教育，走访慰问了职工三十户。\n二、2026年工作安排\n"
    )
    text = f"某院工会2026年工作计划\n{review}1.四月举办读书会。"
    assert found(text, timeline, FindingKind.STALE) == []
    assert found(text, timeline, FindingKind.SUMMARY_TENSE) == []
    assert found(text, timeline, FindingKind.YEAR_MISMATCH) == []


def test_another_unit_and_place_are_left_over_and_our_own_are_not(timeline: Timeline) -> None:
    text = plan("由桃源县人民医院工会组织体检，六月完成。", "参加青川县总工会举办的技能比武。")
    assert [quote for quote, _ in found(text, timeline, FindingKind.ENTITY)] == ["桃源县人民医院工会"]
    trip = plan("七月赴井冈山开展红色教育。", "学习借鉴苏州工业园区工会的做法。")
    assert found(trip, timeline, FindingKind.ENTITY) == []


def test_blanks_are_found_and_a_blank_year_is_filled(timeline: Timeline) -> None:
    text = plan("20xx年由xxx负责组织竞赛。", "**工作重点**：四月读书会。")
    assert found(text, timeline, FindingKind.MASKED) == [("20xx", "2026"), ("xxx", None)]
    own = plan("某某市人民医院工会组织体检。")
    assert found(own, timeline, FindingKind.MASKED, name="某某市人民医院") == []


def test_open_placeholders_are_found(timeline: Timeline) -> None:
    text = plan("由【待填：责任部门】牵头，六月召开大会（此处填写名称）。", "【重点】四月读书会。")
    quotes = [quote for quote, _ in found(text, timeline, FindingKind.PLACEHOLDER)]
    assert quotes == ["【待填：责任部门】", "（此处填写名称）"]


def test_months_and_festivals_outside_half_a_year(timeline: Timeline) -> None:
    text = plan("三月召开座谈会。", "开展“三八”国际妇女节活动。", "九月举办球赛。", "总结上半年五月开展的竞赛。")
    got = found(text, timeline, FindingKind.MONTH_OUTSIDE_PERIOD, period=Period.SECOND_HALF)
    assert [quote for quote, _ in got] == ["三月", "“三八”"]
    assert found(text, timeline, FindingKind.MONTH_OUTSIDE_PERIOD) == []


def test_a_year_left_from_an_old_plan_is_mended(timeline: Timeline) -> None:
    title = "青川县人民医院工会2024年工作计划"
    assert found(plan("四月读书。", title=title), timeline, FindingKind.YEAR_MISMATCH) == [("2024", "2026")]
    text = plan("制定2025年度工会工作计划，分解任务。", "2023年要着力抓好小组建设。")
    assert found(text, timeline, FindingKind.YEAR_MISMATCH) == [("2025", "2026"), ("2023", "2026")]


@pytest.mark.parametrize(
    "item",
    [
        "2025年是“十四五”规划收官之年，要总结经验再出发。",
        "做好2025年度先进小组评选表彰。",
        "力争到2030年建成省级模范职工之家。",
        "落实《2023—2027年全国工会干部培训规划》。",
        "按照总工办发〔2024〕12号文件执行。",
        "用好2024年建成的职工书屋。",
        "十二月谋划2027年工作。",
    ],
)
def test_other_years_named_rightly(item: str, timeline: Timeline) -> None:
    assert found(plan(item), timeline, FindingKind.YEAR_MISMATCH) == []


def test_deeds_told_in_a_plan(timeline: Timeline) -> None:
    text = plan("走访慰问了困难职工二十户。", "对完成了任务的小组给予表彰。", "为了解需求发放问卷。")
    assert [quote for quote, _ in found(text, timeline, FindingKind.SUMMARY_TENSE)] == ["1.走访慰问了困难职工二十户。"]


def test_words_of_another_sector(timeline: Timeline) -> None:
    text = plan("推进校务公开，每月公示。", "邀请民警来院讲反诈，患者和学生可以参加。")
    assert found(text, timeline, FindingKind.SECTOR_WORD) == [("校务公开", "院务公开")]
    school = plan("提高我院教职工健康水平。", title="启明中学工会2026年工作计划")
    assert found(school, timeline, FindingKind.SECTOR_WORD, organisation=SCHOOL, name="启明中学") == [("我院", "我校")]


def test_sentences_said_twice(timeline: Timeline) -> None:
    twice = "五月举办护理技能竞赛，各科室组队参加。"
    text = plan(twice, "四月举办读书会。", "三月召开职代会。" + twice)
    assert found(text, timeline, FindingKind.REPEATED) == [(twice, "")]
    months = "工会2026年计划\n3月：召开工会委员会会议研究工作。\n4月：召开工会委员会会议研究工作。"
    assert found(months, timeline, FindingKind.REPEATED) == []


def test_empty_talk_and_a_lead_that_goes_on(timeline: Timeline) -> None:
    empty = "要进一步提高思想认识，切实加强组织领导，努力开创工会工作新局面。"
    assert [q for q, _ in found(plan("四月读书会。" + empty), timeline, FindingKind.EMPTY_TALK)] == [empty]
    assert found(plan(empty + "四月举办两期培训。"), timeline, FindingKind.EMPTY_TALK) == []


def test_numbers_that_skip_or_stand_twice(timeline: Timeline) -> None:
    text = "计划\n一、学习\n四月读书。\n二、文体\n五月球赛。\n四、慰问\n六月走访。"
    assert found(text, timeline, FindingKind.NUMBERING) == [("四、", "三、")]
    doubled = "计划\n一、学习\n1.四月读书。\n2.五月写作。\n2.六月演讲。\n二、文体\n1.球赛。\n2.登山。"
    assert found(doubled, timeline, FindingKind.NUMBERING) == [("2.", "3.")]
    inline = plan("分三步：一是自练；三是决赛。", "一、二季度抓学习，每人12.5分。")
    assert found(inline, timeline, FindingKind.NUMBERING) == [("三是", "二是")]


def test_a_kind_can_be_switched_off(timeline: Timeline) -> None:
    text = plan("由【待填：部门】组织学习党的十九大精神。")
    off = frozenset({FindingKind.PLACEHOLDER})
    request = CheckRequest(2026, organisation=HOSPITAL, period=Period.YEAR, off=off)
    assert {each.kind for each in check(text, request=request, timeline=timeline)} == {FindingKind.STALE}


def test_a_year_outside_the_timeline_is_refused(timeline: Timeline) -> None:
    with pytest.raises(BadRequest, match="1990"):
        check(plan("四月读书。"), request=CheckRequest(1990), timeline=timeline)


def test_fixes_are_made_where_they_do_not_overlap() -> None:
    text = "甲乙丙丁"

    def finding(start: int, end: int, severity: Severity, replacement: str | None) -> Finding:
        return Finding(FindingKind.STALE, severity, start, end, text[start:end], "", replacement)

    must, hint = finding(0, 2, Severity.MUST, "子"), finding(1, 3, Severity.HINT, "丑")
    gone, open_ = finding(3, 4, Severity.SHOULD, ""), finding(2, 3, Severity.MUST, None)
    assert apply_fixes(text, [hint, must, gone, open_]) == "子丙"
    assert apply_fixes("别的文字", [must]) == "别的文字"


def test_fixing_leaves_nothing_more_to_fix(timeline: Timeline) -> None:
    text = plan("学习党的十九大精神。", "20xx年推进校务公开。", title="青川县人民医院工会2024年工作计划")
    request = CheckRequest(2026, organisation=HOSPITAL, period=Period.YEAR, name="青川县人民医院")
    mended = apply_fixes(text, check(text, request=request, timeline=timeline))
    assert check(mended, request=request, timeline=timeline) == ()


def test_findings_on_the_samples_are_in_order_and_quote_the_text(
    readings: tuple[Reading, ...], timeline: Timeline
) -> None:
    for reading in readings:
        text = reading.document.text
        findings = check(text, request=CheckRequest(2026, name="青川县人民医院"), timeline=timeline)
        assert findings
        assert list(findings) == sorted(findings, key=lambda each: (each.start, each.end, each.kind))
        for each in findings:
            assert text[each.start : each.end] == each.text
            assert each.message.endswith("。")


def test_every_blank_of_the_samples_is_found(readings: tuple[Reading, ...], timeline: Timeline) -> None:
    for reading in readings:
        blanks = sum(len(plan.slots) for plan in reading.plans)
        got = check(reading.text, request=CheckRequest(2026), timeline=timeline)
        assert sum(each.kind is FindingKind.MASKED for each in got) >= blanks > 0
