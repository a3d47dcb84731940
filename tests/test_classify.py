from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.classify import label_plan
from corpus.cues import Zone, confidence, load_table, score
from corpus.datatypes import Labels, OrganisationType, Period, PlanKind
from corpus.organisation import label_union

PLANS = yaml.safe_load((Path(__file__).parent / "data" / "plans.yaml").read_text(encoding="utf-8"))


def labels(text: str, *, title: str = "", file_name: str = "1.txt") -> Labels:
    return label_plan(text, title=title, file_name=file_name)


@pytest.mark.parametrize("plan", PLANS, ids=[plan["title"] for plan in PLANS])
def test_labels_of_plans_of_every_type(plan: dict[str, Any]) -> None:
    found = labels(plan["text"], title=plan["title"])
    assert found.organisation == plan["organisation"]
    assert (found.kind, found.period, found.year) == (plan["kind"], plan.get("period", "年度"), plan.get("year"))
    assert found.is_union is plan.get("union", True)


def test_titles_are_hardly_needed() -> None:
    right: Counter[str] = Counter()
    for plan in PLANS:
        found = labels(plan["text"])
        right["organisation"] += found.organisation == plan["organisation"]
        right["kind"] += found.kind == plan["kind"]
        right["period"] += found.period == plan.get("period", "年度")
        right["year"] += found.year == plan.get("year")
        right["union"] += found.is_union is plan.get("union", True)
    assert min(right.values()) >= len(PLANS) - 1


def test_the_body_outweighs_a_lying_title_and_file_name() -> None:
    found = labels(
        "2023年，全市各级工会要在市委的领导下，推动县（市、区）总工会建设，开展非公有制企业建会行动。",
        title="乡镇工会女职工工作计划篇六",
        file_name="镇工会.txt",
    )
    assert found.organisation is OrganisationType.COUNTY_UNION


def test_who_leads_us_is_not_who_we_are() -> None:
    text = "本学期，我校工会在县总工会、区教育工会的领导下，落实教代会制度，关心教师。"
    assert labels(text).organisation is OrganisationType.SCHOOL


def test_a_text_that_says_nothing_is_other_with_low_confidence() -> None:
    found = labels("做好各项工作。")
    assert found.organisation is OrganisationType.OTHER
    assert found.organisation_confidence < 0.6
    assert (found.kind, found.period, found.unit, found.year, found.era) == (
        PlanKind.PLAN, Period.YEAR, None, None, None,
    )  # fmt: skip


def test_an_empty_text_has_labels() -> None:
    assert labels("").organisation is OrganisationType.OTHER


def test_confidences_are_shares() -> None:
    for plan in PLANS:
        found = labels(plan["text"], title=plan["title"])
        shares = (found.organisation_confidence, found.period_confidence, found.kind_confidence)
        assert all(0.0 < share <= 1.0 for share in shares)


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("", "今年以来，工会组织了技能比武，慰问了困难职工，得到了职工好评。", PlanKind.SUMMARY),
        ("", "一、继续开展劳动竞赛。二、加强工会组织建设。三、做好帮扶工作。", PlanKind.PLAN),
        ("工会年度总结", "加强组织建设。新增会员〔词语〕人。举办了运动会。推进书屋建设。", PlanKind.SUMMARY),
        ("", "上半年，完成换届，举办了培训班。下半年，将推进集体协商。", PlanKind.MIXED),
        ("工会法执行情况汇报", "现将有关情况汇报如下：存在认识不足等问题。建议加大督查力度。", PlanKind.REPORT),
    ],
    ids=["past", "imperatives", "title-says-summary", "both", "report"],
)  # fmt: skip
def test_kind_is_the_voice_of_the_sentences(title: str, text: str, kind: PlanKind) -> None:
    assert labels(text, title=title).kind is kind


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("本学期，校工会将开展以下工作。", Period.TERM),
        ("2023学年，我校工会工作计划如下。", Period.SCHOOL_YEAR),
        ("2024年下半年，公司工会将开展技能竞赛。", Period.SECOND_HALF),
        ("第二季度工会工作计划：开展安全生产月活动。", Period.QUARTER),
        ("学校工会活动安排：\n九月：教师节\n十月：登山\n十一月：教代会\n十二月：迎新", Period.TERM),
        ("局工会活动安排：\n一月：慰问\n三月：植树\n六月：讲座\n九月：书画\n十二月：总结", Period.YEAR),
        (
            "〔年份〕年，公司工会将围绕生产经营中心，团结动员全体职工建功立业，着力做好组织建设、民主管理、"
            "职工服务和文体活动等各项工作。上半年组织一次检查。",
            Period.YEAR,
        ),
    ],
)
def test_period(text: str, period: Period) -> None:
    assert labels(text).period is period


@pytest.mark.parametrize(
    ("title", "text", "year"),
    [
        ("", "2019年，镇工会要做好以下工作。", 2019),
        ("2023—2024学年第二学期工会工作计划", "本学期，我校工会将开展活动。", 2024),
        ("2023—2024学年第一学期工会工作计划", "本学期，我校工会将开展活动。", 2023),
        ("2022年工作总结和2023年工作计划", "2022年，举办了运动会。2023年工作计划：加强建设。", 2023),
        ("", "公司工会要做好以下工作。\n某公司工会\n二〇一八年十二月二十日", 2019),
        ("2016中学工会工作计划", "我校工会将贯彻党的十八大精神。", 2016),
        ("2023年工会工作计划篇3", "以党的十七大精神为指导，加强工会建设。", None),
        ("", "自2015年成立以来，工会不断发展。今年要继续努力。", None),
    ],
    ids=["opening", "second-term", "first-term", "ahead", "signed-in-december", "bare", "re-dated", "in-passing"],
)
def test_year_where_the_text_says_it(title: str, text: str, year: int | None) -> None:
    assert labels(text, title=title).year == year


@pytest.mark.parametrize(
    ("text", "era", "quote"),
    [
        ("认真学习党的十八大和十八届三中全会精神。", (2014, 2014), "十八届三中全会"),
        ("认真学习党的十八大精神。", (2013, 2017), "十八大"),
        ("贯彻中国工会十八大精神。", (2024, 2030), "工会十八大"),
        ("贯彻党的二十大和二十届二中、三中全会精神。", (2024, 2025), "二十届二中、三中全会"),
        ("深入学习实践科学发展观活动，为实现“十一五”规划努力。", (2009, 2010), "学习实践科学发展观"),
        ("以科学发展观为指导，落实“十五五”规划。", (2026, 2030), "“十五五"),
    ],
    ids=["plenum", "congress", "union-congress", "several-plenums", "campaign", "old-wording-kept"],
)
def test_era_is_the_years_its_references_allow(text: str, era: tuple[int, int], quote: str) -> None:
    found = labels(text)
    assert found.era == era
    assert any(quote in each for each in found.evidence)
    assert all(each in text for each in found.evidence)


@pytest.mark.parametrize(
    ("title", "text", "unit"),
    [
        ("", "河北正阳纺织有限公司工会委员会自成立以来，关心员工。", "河北正阳纺织有限公司工会委员会"),
        ("益阳市统计局机关工会2022年工作计划", "局党组高度重视。", "益阳市统计局机关工会"),
        ("", "2021年，滨江社区（柳家湾）联合工会将服务职工。", "滨江社区（柳家湾）联合工会"),
        ("", "我校工会要关心教师。\n绍兴市第三中学工会\n2020年2月", "绍兴市第三中学工会"),
        ("", "在杭州市总工会的领导下，我公司工会要做好以下工作。", None),
        ("", "〔地名〕县总工会要做好以下工作。", None),
        ("", "公司工会要做好以下工作。", None),
    ],
    ids=["company", "title", "alias", "signature", "superior", "masked", "generic"],
)
def test_unit_where_the_text_names_it(title: str, text: str, unit: str | None) -> None:
    assert labels(text, title=title).unit == unit


def test_a_party_branch_with_a_union_in_it_is_no_union() -> None:
    text = "党支部要抓好党员教育，落实三会一课，发展党员2名，开好组织生活会。支持工会开展活动。"
    assert label_union(text, title="")[0] is False


def test_score_grows_with_the_logarithm_of_the_count() -> None:
    table = load_table({"学校": {"教师": 2.0}, "医院": {"护士": 1.0}}, labels=["学校", "医院"])
    assert score((Zone("教师教师教师", 1.0),), table) == {"学校": 4.0, "医院": 0.0}
    assert score((Zone("护士", 1.0), Zone("护士", 0.5)), table) == {"学校": 0.0, "医院": 1.5}


def test_confidence_is_the_softmax_share_of_the_best() -> None:
    assert confidence({"a": 3.0, "b": 3.0}, scale=1.0) == 0.5
    assert confidence({"a": 9.0}, scale=1.0) == 1.0


@pytest.mark.parametrize("entry", [{"学校": {"教师": "二"}}, {"工厂": {"车间": 1.0}}])
def test_a_broken_cue_table_is_refused(entry: dict[str, dict[str, Any]]) -> None:
    with pytest.raises(ValueError, match="教师|工厂"):
        load_table(entry, labels=["学校"])
