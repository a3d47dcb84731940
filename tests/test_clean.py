"""Scraped pages come out as their authors wrote them; see tests/data/scraped_pages.yaml."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.clean import clean, find_slots
from corpus.datatypes import Reading, Slot, SlotKind
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


CASES = [  # (kind, raw, clean)
    ("masked", "20xx年工作计划", "〔年份〕年工作计划"),
    ("masked", "20**-20**学年度", "〔年份〕-〔年份〕学年度"),
    ("masked", "二〇××年", "〔年份〕年"),
    ("masked", "党的xx届x中全会", "党的〔届次〕届〔届次〕中全会"),
    ("masked", "贯彻工会**大精神", "贯彻工会〔届次〕大精神"),
    ("masked", "完成“xx五”规划", "完成“〔规划〕”规划"),
    ("masked", "实施xx五规划", "实施〔规划〕规划"),
    ("masked", "庆祝建国xx周年", "庆祝建国〔周年〕周年"),
    ("masked", "主席xxx同志讲话", "主席〔姓名〕同志讲话"),
    ("masked", "学习xx在大会上的讲话", "学习〔姓名〕在大会上的讲话"),
    ("masked", "xx市xx局工会", "〔地名〕市〔单位〕局工会"),
    ("masked", "建设美丽xx", "建设美丽〔地名〕"),
    ("masked", "开展‘**’活动", "开展‘〔口号〕’活动"),
    ("masked", "建功‘’、树新风", "建功‘〔口号〕’、树新风"),
    ("masked", "在“”的最后一年里", "在“〔口号〕”的最后一年里"),
    ("masked", "总工发[20xx]8号", "总工发[〔文号〕]8号"),
    ("masked", "落实党的大精神", "落实党的〔届次〕大精神"),
    ("masked", "年，公司工会将努力工作。", "〔年份〕年，公司工会将努力工作。"),
    ("masked", "履行__职责", "履行〔词语〕职责"),
    ("stray_symbol", "大家庭的`温暖", "大家庭的温暖"),
    ("stray_symbol", "丰富职工生活,。", "丰富职工生活。"),
    ("stray_symbol", "构建和-谐企业", "构建和谐企业"),
    ("stray_symbol", "1.?组织学习", "1.组织学习"),
    ("whitespace", "工\u200b会\ufeff计划", "工会计划"),
    ("whitespace", "甲。\n\n\n\n\n乙。", "甲。\n\n乙。"),
    ("markup", "## 一、指导思想", "一、指导思想"),
    ("markup", "请看[说明](http://a.cn/b.html)。", "请看说明。"),
    ("markup", "- 1、组织学习", "1、组织学习"),
    ("markup", "[_TAG_h2]工会工作计划篇二", "工会工作计划篇二"),
    ("repeated", "加强加强民主管理", "加强民主管理"),
    ("repeated", "2012年年3月开会", "2012年3月开会"),
    ("repeated", "发挥桥梁纽带的的作用", "发挥桥梁纽带的作用"),
    ("boilerplate", "一、学习制度………………3", ""),
    ("boilerplate", "下面是小编整理的计划供大家参阅1.围绕生产，抓好技能比武活动。", "1.围绕生产，抓好技能比武活动。"),
    ("boilerplate", "以下是小编整理的计划，希望有帮助！一、办好职工书屋和读书会。", "一、办好职工书屋和读书会。"),
    ("boilerplate", "一、办好书屋。【本文由某范文网整理】二、组织徒步。", "一、办好书屋。二、组织徒步。"),
    ("whitespace", "一、办好书屋。\\n\\u3000二、组织徒步。", "一、办好书屋。\n二、组织徒步。"),
]


@pytest.mark.parametrize(("kind", "raw", "expected"), CASES, ids=[case[1] for case in CASES])
def test_one_repair(kind: str, raw: str, expected: str) -> None:
    cleaned = clean(raw)
    assert cleaned.text == expected
    assert {repair.kind for repair in cleaned.repairs} == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "二○○八年是抗震救灾的一年。",
        "使用X光机和XX染色体检查仪的科室",
        "访问www.xxx.com或发邮件到xx@xx.cn",
        "3×5米的展板",
        "目的的确定要符合实际，有的放矢。",
        "为了了解职工的需求，研究研究办法。",
        "上海-北京的疗休养线路",
        "2012年年底召开总结会，年年有进步。",
        "基层工会工会主席和工会工会小组长",
        "落实“三重一大”制度，开展“五一”“十一”活动。",
        "职工们说：“好！好！”",
        "今年是建会20年，工龄满20年的职工有30名。",
        "各级组织组织的活动",
        "本站将为旅客做好春运服务，我站工会慰问一线职工。",
        "教职工工资待遇和职工工作条件",
        "为大家带来欢乐，供大家参考学习，欢迎大家参加。",
        "操作粉碎机、搅拌机的职工要参加培训。",
        "我局工会将完善各项制度，做好以下工作：\n建立职工学习资料库\n编制计划的原则：\n量力而行，尽力而为。",
        "一、主要工作\n我局工会今年的工作如下。\n1．开展走访慰问活动\n2．下基层送清凉\n3．与社区联欢\n4．推荐阅读\n5．全年报送信息20篇",
        "我校工会今年的工作安排如下。\n时间：3月8日\n地点：工会活动室\n主办：校工会\n承办：语文组\n联系电话：0512-65221234",
        "一、提高认识，加强领导\n二、突出重点，务求实效\n三、强化考核，确保落实\n四、总结经验，推广典型",
        "（一）范围：在岗职工（含劳务派遣工）；（二）标准：每人500元（见附件2）。",
    ],
)
def test_what_only_looks_like_noise_stays(text: str) -> None:
    assert clean(text).repairs == ()


def test_slots() -> None:
    assert find_slots("〔年份〕年〔地名〕市〔2021〕3号〔名称〕") == (
        Slot(0, 4, SlotKind.YEAR),
        Slot(5, 9, SlotKind.PLACE),
    )


def test_repairs_of_the_sample_documents(readings: tuple[Reading, ...]) -> None:
    kinds = [sorted({repair.kind.value for repair in reading.repairs}) for reading in readings]
    assert kinds == [
        ["boilerplate", "broken_line", "markup", "masked", "merged_heading", "repeated", "whitespace"],
        ["boilerplate", "masked"],
        ["boilerplate", "masked", "merged_heading", "repeated"],
        ["boilerplate", "broken_line", "masked", "merged_heading", "repeated", "spam", "splice", "stray_symbol"],
        ["boilerplate", "masked", "repeated", "stray_symbol"],
    ]


@pytest.mark.parametrize(
    ("document", "kept"),
    [
        (0, "培养和建设工会积极分子队伍"),
        (0, "丰富多彩、寓教于乐的群众性文体活动"),
        (0, "继续推进学校发展民主建设\n1、继续完善学校教代会制度"),
        (2, "2、宣传五一国际劳动节\n〔年份〕年6月"),
        (3, "统一广大职工的思想，使富民创业"),
        (3, "为契机，大力推进建会工作"),
        (3, "如《工会法》……\n坚持不懈地抓新《工会法》"),
        (3, "切实履行工会维护职工合法权益的基本职能。"),
        (4, "认真落实工会〔词语〕观"),
    ],
)
def test_repaired_places_of_the_sample_documents(readings: tuple[Reading, ...], document: int, kept: str) -> None:
    assert kept in readings[document].text
