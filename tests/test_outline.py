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


def test_a_plan_may_begin_with_its_months() -> None:
    months = "一至二月份：走访慰问困难职工。\n三月份：召开会员会议。\n四至五月份：组织春游。"
    assert [(s.heading, s.start, s.end) for s in outline(months).sections] == [(None, 0, len(months))]
    text = months + "\n一、女职工工作\n做好体检。\n二、文体活动\n办比赛。"
    assert [s.heading for s in outline(text).sections] == [None, "一、女职工工作", "二、文体活动"]


def items(text: str) -> list[tuple[str, int, str]]:
    return [(item.marker, item.level, text[item.start : item.end]) for item in outline(text).items]


def test_items_nest_by_their_markers() -> None:
    text = "一、主要工作\n（一）学习\n1、读书。\n①每月一本。\n2、交流。\n（二）文体\n——跳绳。\n——拔河。"
    assert items(text) == [
        ("（一）", 1, "（一）学习"),
        ("1、", 2, "1、读书。"),
        ("①", 3, "①每月一本。"),
        ("2、", 2, "2、交流。"),
        ("（二）", 1, "（二）文体"),
        ("——", 2, "——跳绳。"),
        ("——", 2, "——拔河。"),
    ]


def test_an_outer_style_ends_an_inner_one() -> None:
    text = "一、工作\n（1）竞赛。\n（2）比武。\n第一，加强领导。\n第二，保证经费。"
    assert [(marker, level) for marker, level, _ in items(text)] == [
        ("（1）", 1),
        ("（2）", 1),
        ("第一，", 1),
        ("第二，", 1),
    ]


def test_points_on_one_line() -> None:
    text = "一、工作\n1、抓学习。一是读书，二是交流；三是考试。\n2、抓活动：①跳绳；②拔河。"
    assert items(text) == [
        ("1、", 1, "1、抓学习。"),
        ("一是", 2, "一是读书，"),
        ("二是", 2, "二是交流；"),
        ("三是", 2, "三是考试。"),
        ("2、", 1, "2、抓活动："),
        ("①", 2, "①跳绳；"),
        ("②", 2, "②拔河。"),
    ]


def test_the_month_holds_for_the_points_below_it() -> None:
    text = "一、安排\n三月份：\n1、植树。\n2、座谈。\n四月份：体检。"
    assert [(item.marker, item.month) for item in outline(text).items] == [
        ("三月份", 3),
        ("1、", 3),
        ("2、", 3),
        ("四月份", 4),
    ]


def test_headings_whose_line_break_was_lost() -> None:
    text = "今年的计划如下。一、夯实组织基础。推进建会。二、维护职工权益。开展协商。三、做好服务。"
    found = outline(text).sections
    assert [(s.heading, text[s.start : s.end]) for s in found[:3]] == [
        (None, "今年的计划如下。"),
        ("一、夯实组织基础。", "推进建会。"),
        ("二、维护职工权益。", "开展协商。"),
    ]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("指导思想\n以党的二十大精神为指导，扎实工作。\n工作目标\n争创先进职工之家。", ["指导思想", "工作目标"]),
        (
            "【工作重点】\n● 落实职代会职权，推进公开。\n【工作要求】\n各小组要高度重视，确保工作落到实处。",
            ["【工作重点】", "【工作要求】"],
        ),
        ("（一）抓学习\n组织读书。\n（二）抓活动\n组织比赛。", ["（一）抓学习", "（二）抓活动"]),
        ("1、抓学习\n组织职工读书，交流体会。\n2、抓活动\n组织职工比赛，评选先进。", ["1、抓学习", "2、抓活动"]),
        ("一、指导思想:\n坚持服务。\n二、具体工作:做好慰问。", ["一、指导思想:", "二、具体工作:"]),
        ("开展劳动竞赛。\n\n做好慰问工作。", [None, None]),
    ],
)
def test_headings_of_every_style(text: str, headings: list[str | None]) -> None:
    assert [section.heading for section in outline(text).sections] == headings


@pytest.mark.parametrize("text", ["", " \n"])
def test_nothing(text: str) -> None:
    assert outline(text).sections == outline(text).items == ()


def test_sections_cover_the_sample_plans(plans: tuple[Plan, ...]) -> None:
    for plan in plans:
        reached = 0
        for section in plan.sections:
            between = plan.text[reached : section.start].strip()
            assert between.endswith(section.heading) if section.heading else between == ""
            reached = section.end
        assert plan.text[reached:].strip() == ""


def test_sections_of_a_sample_plan(plans: tuple[Plan, ...]) -> None:
    (plan,) = [p for p in plans if p.text.startswith("我院工会工作总的指导思想")]
    assert [s.heading for s in plan.sections] == [
        None,
        "一、积极履行工会的基本职责,抓住重点,做好各项常规工作。",
        "二、加强工会组织的自身建设,积极开创工会工作新局面",
        "三、增强医院管理的透明度,推进院务公开工作深入开展。",
        "四、紧紧围绕医院中心工作,积极开展优质、满意服务",
        "五、评优创先,提高工会委员工作积极性",
        None,
    ]


def test_a_keyword_and_its_slogan_are_one_heading() -> None:
    text = "一、凝心：强化政治引领\n一是每月学习。\n二、暖心：用好福利。按规定发放。\n三、时间：5月8日。地点在礼堂。"
    found = outline(text).sections
    assert [section.heading for section in found] == ["一、凝心：强化政治引领", "二、暖心：用好福利。", "三、时间："]
    assert [text[section.start : section.end] for section in found][1:] == ["按规定发放。", "5月8日。地点在礼堂。"]


def test_a_colon_inside_a_time_or_a_ratio_ends_no_heading() -> None:
    text = "一、按8:30上班的要求严格考勤\n每月公布一次出勤情况。\n二、按1:1比例配套经费\n专款专用，年底审计。"
    found = outline(text).sections
    assert [section.heading for section in found] == ["一、按8:30上班的要求严格考勤", "二、按1:1比例配套经费"]
