"""Names, people, numbers and words of other units that a check finds without knowing the samples."""

from datetime import date

import pytest

from assistant.checking.request import CheckRequest
from assistant.checking.run import check
from assistant.datatypes import FindingKind
from assistant.timeline import Timeline
from corpus.datatypes import OrganisationType, Period

TIMELINE = Timeline.load()
SCHOOL, FACTORY = OrganisationType.SCHOOL, OrganisationType.ENTERPRISE


def found(
    text: str,
    kind: FindingKind,
    *,
    organisation: OrganisationType | None = SCHOOL,
    name: str | None = "明德小学",
    year: int = 2025,
    period: Period | None = Period.YEAR,
) -> list[str]:
    request = CheckRequest(year, date(year, 3, 1), organisation, period, name)
    told = (each.text for each in check(text, request=request, timeline=TIMELINE) if each.kind is kind)
    return [text.removesuffix("工会") for text in told] if kind is FindingKind.ENTITY else list(told)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.三月召开教代会。\n2.青石小学工会要把提案征集工作做细。", ["青石小学"]),
        ("1.三月召开教代会。\n2.明德小学工会要把提案征集工作做细。", []),
        ("1.校工会每月召开一次会议。\n2.各年级工会小组每月活动一次。", []),
        ("1.上级教育工会组织比赛时，明德小学工会积极参加。", []),
        ("1.由工会主席赵志远同志牵头，三月底前完成。", ["赵志远"]),
        ("1.学习张桂梅同志事迹，每学期组织一次宣讲。", []),
        ("1.优先推荐长期担任班主任的教师。", []),
        ("1.维权热线0531-86540000每天有人值守。", ["0531-86540000"]),
        ("1.学校现有教职工126人。\n2.把全校现有教职工218人分为十二个小组。", ["全校现有教职工218人"]),
    ],
)
def test_what_may_be_another_units(text: str, expected: list[str]) -> None:
    assert found(text, FindingKind.ENTITY) == expected


def test_without_a_name_the_title_says_whose_plan_it_is() -> None:
    text = "东湖化工有限公司工会2025年工作计划\n1.每月检查一次安全。\n2.西岭水泥厂工会要组织好技术比武。"
    assert found(text, FindingKind.ENTITY, organisation=FACTORY, name=None) == ["西岭水泥厂"]
    twice = "1.东湖化工公司工会要每月检查一次安全。\n2.西岭水泥厂工会要组织好技术比武。"
    assert found(twice, FindingKind.ENTITY, organisation=FACTORY, name=None) == ["西岭水泥厂"]


def test_a_union_of_an_area_names_the_unions_it_leads() -> None:
    text = "1.青石小学工会要把提案征集工作做细。"
    assert found(text, FindingKind.ENTITY, organisation=OrganisationType.TOWNSHIP, name="柳溪镇总工会") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.推进厂务公开，按月公布经费收支。", ["厂务公开"]),
        ("1.推进校务、院务、厂务公开，按月公布。", []),
        ("1.学习厂务公开民主管理有关规定。", []),
        ("1.学习《厂务公开条例》。", []),
    ],
)
def test_openness_of_works_is_not_a_schools(text: str, expected: list[str]) -> None:
    assert found(text, FindingKind.SECTOR_WORD) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.九月慰问教师。\n4.12月底前完成经费决算，迎接上级检查。", ["12月"]),
        ("1.为下半年（10月）职工运动会做好器材准备。", []),
        ("1.筹备10月的职工运动会。", []),
    ],
)
def test_months_of_another_time(text: str, expected: list[str]) -> None:
    period = Period.QUARTER_3 if expected else Period.FIRST_HALF
    assert found(text, FindingKind.MONTH_OUTSIDE_PERIOD, period=period) == expected


def test_a_deed_among_plans_is_found_in_a_few_lines() -> None:
    text = "1.逐户上门宣传。\n2.全年共走访慰问困难职工56户，受到了职工的一致好评。\n3.每半年召开一次例会。"
    assert found(text, FindingKind.SUMMARY_TENSE) == ["2.全年共走访慰问困难职工56户，受到了职工的一致好评。"]


def test_a_paragraph_of_slogans_by_itself_is_empty() -> None:
    text = "进一步提高认识，统一思想，振奋精神，开拓进取，真抓实干，不断开创工会工作新局面。"
    assert found(text, FindingKind.EMPTY_TALK) == [text]


def test_two_lines_are_no_summary() -> None:
    text = "1.校工会去年被评为先进教工之家，今年要再创佳绩。\n2.开展了丰富多彩的文体活动，受到教师欢迎。"
    assert found(text, FindingKind.SUMMARY_TENSE) == ["2.开展了丰富多彩的文体活动，受到教师欢迎。"]
