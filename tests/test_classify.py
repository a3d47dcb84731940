from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.classify import label_plan
from corpus.cues import Zone, confidence, load_table, score
from corpus.datatypes import Labels, OrganisationType, Period, PlanKind
from corpus.organisation import label_union

DATA = Path(__file__).parent / "data"
PLANS = yaml.safe_load((DATA / "plans.yaml").read_text(encoding="utf-8"))
OPENINGS = yaml.safe_load((DATA / "openings.yaml").read_text(encoding="utf-8"))
POINTS = "一、加强学习，提高素质。认真组织学习，提高认识。\n二、加强工会自身建设，推进建家工作。"
TO_DO = "一、加强学习，组织职工学习会议精神。\n二、开展劳动竞赛，评选先进。\n三、进一步加强自身建设。"
DONE = (
    "一、加强学习。开展了5次活动，取得了较好成效。\n二、开展劳动竞赛，共有200人参加，评选出先进20名，受到好评。\n"
    "三、做好慰问工作，走访了困难职工30户，发放慰问金2万元。"
)


def labels(text: str, *, title: str = "", file_name: str = "1.txt") -> Labels:
    return label_plan(text, title=title, file_name=file_name)


@pytest.mark.parametrize("plan", PLANS, ids=[plan["title"] for plan in PLANS])
def test_labels_of_plans_of_every_type(plan: dict[str, Any]) -> None:
    found = labels(plan["text"], title=plan["title"])
    assert found.organisation == plan["organisation"]
    assert (found.kind, found.period, found.year) == (plan["kind"], plan.get("period", "年度"), plan.get("year"))
    assert found.is_union is plan.get("union", True)


@pytest.mark.parametrize(("organisation", "opening"), OPENINGS["organisations"])
def test_the_first_sentence_says_who_speaks(organisation: str, opening: str) -> None:
    found = labels(f"{opening}\n{POINTS}")
    assert (found.organisation, found.is_union) == (organisation, True)


@pytest.mark.parametrize("opening", OPENINGS["others"])
def test_plans_of_other_bodies(opening: str) -> None:
    assert labels(f"{opening}\n一、加强学习，提高素质。\n二、抓好落实，提高水平。").is_union is False


@pytest.mark.parametrize(
    ("unit", "organisation"),
    [
        ("红旗小学", "学校"),
        ("市第三中学", "学校"),
        ("临江大学", "学校"),
        ("县公安局", "公安"),
        ("市交警支队", "公安"),
        ("红星机械厂", "企业"),
        ("临江县教育局", "机关"),
        ("中国邮政集团临江分公司", "邮政(国企)"),
        ("市疾控中心", "医院"),
        ("滨河社区", "社区(村)"),
        ("青禾市第三中学", "学校"),
        ("市轻纺产业", "其他"),
    ],
)
def test_where_the_text_says_nothing_the_unit_s_name_does(unit: str, organisation: str) -> None:
    neutral = "一、加强学习。认真学习会议精神，提高认识。\n二、开展活动。组织会员参加各类活动。"
    for title in (f"{unit}工会2025年工作计划", f"{unit}2025年工会工作计划"):
        found = labels(neutral, title=title)
        assert found.organisation == organisation
        assert found.unit in (unit, f"{unit}工会")


def test_a_text_in_traditional_characters_reads_like_any_other() -> None:
    text = "2025年，沙頭鎮第一中學工會將圍繞教學工作，開好教代會，落實校務公開，關心教職工生活。"
    found = labels(text, title="沙頭鎮第一中學工會工作計劃")
    assert (found.organisation, found.is_union, found.kind) == (OrganisationType.SCHOOL, True, PlanKind.PLAN)
    assert found.unit == "沙頭鎮第一中學工會"


def test_half_width_punctuation_reads_like_any_other() -> None:
    full = labels("2024年，我校工会在党支部领导下，围绕教学工作，开好教代会，关心教师。")
    half = labels("2024年,我校工会在党支部领导下,围绕教学工作,开好教代会,关心教师。")
    assert (full.organisation, full.kind, full.year) == (half.organisation, half.kind, half.year)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("", "5月6日，县总工会召开全委会议。会议传达了上级精神。会议强调，要抓好落实。县领导出席会议。"),
        ("公司工会召开动员会", "近日，公司工会召开动员会。会议指出，要抓好班组建设。李主席出席会议并讲话。"),
    ],
)
def test_news_is_a_report_of_no_period(title: str, text: str) -> None:
    found = labels(text, title=title)
    assert (found.kind, found.period) == (PlanKind.REPORT, Period.NONE)


@pytest.mark.parametrize(
    "text",
    [
        "7月28日，集团工会副主席李明一行4人带着慰问品来到项目部工地。大家表示一定努力工作，确保工程完工。",
        "县总工会到税务局调研工会工作\n8月18日下午，县总工会领导到税务局调研指导工会工作，局领导陪同调研。",
        "为丰富生活，5月7日、8日两天，机关工会组织开展了登山活动。职工踊跃报名，活动取得了圆满成功。",
    ],
    ids=["visit", "inspection", "event"],
)
def test_news_of_visits_and_events(text: str) -> None:
    assert (labels(text).kind, labels(text).period) == (PlanKind.REPORT, Period.NONE)


def test_a_plan_that_speaks_of_meetings_is_no_news() -> None:
    text = "一、召开工会委员会会议，会议由主席主持。\n二、3月5日举办女职工活动。\n三、组织职工出席会议并交流。"
    assert labels(text, title="2024年工会工作计划").kind is PlanKind.PLAN


@pytest.mark.parametrize("title", ["教职工篮球比赛活动方案", "关于开展慰问活动的通知", "工会工作三年规划"])
def test_one_event_and_several_years_have_no_period(title: str) -> None:
    assert labels("2024年，工会将组织教职工参加比赛。", title=title).period is Period.NONE


@pytest.mark.parametrize(
    ("title", "text", "kind", "period", "year"),
    [
        ("2024年工会工作计划", TO_DO, PlanKind.PLAN, Period.YEAR, 2024),
        ("2023年工会工作总结", DONE, PlanKind.SUMMARY, Period.YEAR, 2023),
        ("2023年工会工作总结及2024年工作计划", f"{DONE}\n2024年工作计划\n{TO_DO}", PlanKind.MIXED, Period.YEAR, 2024),
        (
            "2023年上半年工会工作总结和下半年工作打算",
            f"{DONE}\n下半年工作打算\n{TO_DO}",
            PlanKind.MIXED,
            Period.FIRST_HALF,
            2023,
        ),
        ("2022年下半年工会工作计划", TO_DO, PlanKind.PLAN, Period.SECOND_HALF, 2022),
        ("2024—2025学年度第二学期工会工作计划", TO_DO, PlanKind.PLAN, Period.TERM, 2025),
        ("2021-2022学年第一学期工会工作计划", TO_DO, PlanKind.PLAN, Period.TERM, 2021),
        ("2020学年工会工作计划", TO_DO, PlanKind.PLAN, Period.SCHOOL_YEAR, 2020),
        ("2019年第一季度工会工作计划", TO_DO, PlanKind.PLAN, Period.QUARTER, 2019),
        ("2018年3月份工会工作计划", TO_DO, PlanKind.PLAN, Period.MONTH, 2018),
        ("关于工会工作情况的汇报", f"现将2023年工会工作情况汇报如下：\n{DONE}", PlanKind.REPORT, Period.YEAR, 2023),
        ("二〇一五年工会工作要点", TO_DO, PlanKind.PLAN, Period.YEAR, 2015),
        ("某某公司工会2016年度工作安排", TO_DO, PlanKind.PLAN, Period.YEAR, 2016),
        (
            "工会工作计划",
            f"2017年是实施规划的关键一年，工会工作要围绕中心。\n{TO_DO}",
            PlanKind.PLAN,
            Period.YEAR,
            2017,
        ),
        ("工会工作计划", f"{TO_DO}\n2019年12月25日", PlanKind.PLAN, Period.YEAR, 2020),
        ("工会工作计划", f"{TO_DO}\n2019年2月25日", PlanKind.PLAN, Period.YEAR, 2019),
        (
            "2020年工会工作计划",
            f"回顾2019年，工会工作取得了成绩。2020年，工会将继续努力。\n{TO_DO}",
            PlanKind.PLAN,
            Period.YEAR,
            2020,
        ),
        (
            "",
            f"2022年，我局工会在局党组领导下，认真履行职责，做了以下工作：\n{DONE}",
            PlanKind.SUMMARY,
            Period.YEAR,
            2022,
        ),
        ("春季学期工会工作计划", TO_DO, PlanKind.PLAN, Period.TERM, None),
        ("2023年秋季学期工会工作计划", TO_DO, PlanKind.PLAN, Period.TERM, 2023),
        ("2024年度上半年工会工作总结", DONE, PlanKind.SUMMARY, Period.FIRST_HALF, 2024),
        ("工会2025年上半年工作总结", DONE, PlanKind.SUMMARY, Period.FIRST_HALF, 2025),
        ("2021年工会工作思路", TO_DO, PlanKind.PLAN, Period.YEAR, 2021),
        ("2021年工会目标任务分解", TO_DO, PlanKind.PLAN, Period.YEAR, 2021),
        (
            "2020年工会工作报告",
            f"各位代表：\n我代表工会委员会作工作报告，请予审议。\n"
            f"一、2019年工作回顾\n{DONE}\n二、2020年工作任务\n{TO_DO}{TO_DO}",
            PlanKind.MIXED,
            Period.YEAR,
            2020,
        ),
        (
            "关于印发《2023年工会工作要点》的通知",
            "各分工会：\n现将《2023年工会工作要点》印发给你们，请认真贯彻落实。\n"
            f"2023年工会工作要点\n2023年，工会工作的总体要求是：围绕中心、服务大局。\n{TO_DO}",
            PlanKind.PLAN,
            Period.YEAR,
            2023,
        ),
        ("2022年工会半年工作小结", DONE, PlanKind.SUMMARY, Period.FIRST_HALF, 2022),
        ("工会九月份工作计划", TO_DO, PlanKind.PLAN, Period.MONTH, None),
        ("2022年第二季度工会工作计划", f"{TO_DO}\n四、公示一季度会费。", PlanKind.PLAN, Period.QUARTER, 2022),
        ("学院工会2007年工作计划", f"1. 上半年开好二级教代会。\n{TO_DO}", PlanKind.PLAN, Period.YEAR, 2007),
        ("工会二O一五年工作要点", TO_DO, PlanKind.PLAN, Period.YEAR, 2015),
        ("2015年工会工作总结和2016年工作设想", f"{DONE}\n2016年工作设想\n{TO_DO}", PlanKind.MIXED, Period.YEAR, 2016),
        ("2019－2020学年度第一学期工会工作总结", DONE, PlanKind.SUMMARY, Period.TERM, 2019),
    ],
)
def test_kind_period_and_year_together(title: str, text: str, kind: PlanKind, period: Period, year: int | None) -> None:
    found = labels(text, title=title)
    assert (found.kind, found.period, found.year) == (kind, period, year)


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
        ("", "镇工会完成了各项工作。" + DONE + "2025年，镇党委重视工会工作，配备了专职干部。", 2025),
        ("", "〔年份〕年，工会举办了运动会。" + DONE + "2012年度，组织了友谊赛。", 2012),
    ],
    ids=[
        "opening",
        "second-term",
        "first-term",
        "ahead",
        "signed-in-december",
        "bare",
        "re-dated",
        "in-passing",
        "only-one",
        "left-unmasked",
    ],
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
        ("", "青禾市第三中学工会在校党总支的领导下开展工作。", "青禾市第三中学工会"),
        ("青禾市第三中学2025年工会工作计划", "做好各项工作。", "青禾市第三中学工会"),
        ("", "深入推进学校工会工作，加强教育工会建设。", None),
        ("记临江市公安局工会", "建设和谐警营。", "临江市公安局工会"),
        ("光明中学工会2025年3月工作安排", "做好各项工作。", "光明中学工会"),
        ("二〇一六年河口新区总工会工作要点", "做好各项工作。", "河口新区总工会"),
        ("县发展和改革局机关工会2018年工作安排", "做好各项工作。", "县发展和改革局机关工会"),
        ("锦绣社区2014年工会工作计划", "锦绣社区联合工会将服务职工。", "锦绣社区联合工会"),
        ("镇总工会工作总结", "镇总工会做了大量工作。", None),
        ("最新学校工会工作计划", "经学校工会研究，做好工作。", None),
        ("北岭镇2018年人大工作计划", "镇人大要依法履职。", "北岭镇人大"),
    ],
    ids=[
        "company",
        "title",
        "alias",
        "signature",
        "superior",
        "masked",
        "generic",
        "whole",
        "year-between",
        "prose",
        "feature",
        "ordinary-word",
        "year-before",
        "with-and",
        "said-in-full",
        "township",
        "collector",
        "congress",
    ],
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
