import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from corpus.datatypes import EntityKind, OrganisationType, Plan, Reading
from corpus.entities import find_entities
from corpus.places import find_places, is_ordinary

DATA = Path(__file__).parent / "data"
READ = yaml.safe_load((DATA / "entities_read.yaml").read_text(encoding="utf-8"))
MARKED = yaml.safe_load((DATA / "entities_marked.yaml").read_text(encoding="utf-8"))


def found(text: str, organisation: OrganisationType = OrganisationType.ENTERPRISE) -> list[tuple[str, str, bool]]:
    return [(each.text, each.kind.value, each.hard) for each in find_entities(text, organisation=organisation)]


def unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without ⟦ and ⟧, and the spans that stood between them."""
    plain, spans, start = "", [], 0
    for part in re.split("([⟦⟧])", text):
        if part == "⟦":
            start = len(plain)
        elif part == "⟧":
            spans.append((start, len(plain)))
        else:
            plain += part
    return plain, spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("慰问职工53人次，发放1600元。", [("53人次", "count", True), ("1600元", "count", True)]),
        ("会员率达95.5%，征集建议1,200余条", [("95.5%", "count", True), ("1,200余条", "count", True)]),
        ("慰问三百二十人，就餐九折", [("三百二十人", "count", True), ("九折", "count", True)]),
        ("筹备县工会第九次代表大会", [("县工会", "unit_term", False), ("第九次代表大会", "session", True)]),
        ("庆祝建校六十周年，获乒乓球三连冠", [("建校六十周年", "session", True), ("三连冠", "award", True)]),
        ("用好“金点子”信箱，建“税友之家”", [("“金点子”", "programme", True), ("“税友之家”", "programme", True)]),
        ("联系人短号66218", [("66218", "phone", True)]),
        ("每月组织一次学习", [("每月组织一次", "count", False)]),
        ("四次以上会议", [("四次以上", "count", False)]),
        ("2024年3月5日前", [("2024年3月5日", "date", True)]),
        ("5月12日护士节，6月18日比赛", [("6月18日", "date", False)]),
        ("每天7：00-7：30开放", [("7：00-7：30", "time", True)]),
        ("召开八届四次教代会", [("八届四次教代会", "session", True)]),
        ("庆祝第三十九个教师节", [("第三十九个教师节", "session", True)]),
        ("抓好宣办发[2008]6号文件", [("宣办发[2008]6号", "doc_number", True)]),
        ("电话0571-87654321", [("0571-87654321", "phone", True)]),
        ("被县总工会评为先进单位", [("被县总工会评为先进单位", "award", True)]),
        ("贯彻《湖南省劳动保障监察条例》", [("《湖南省劳动保障监察条例》", "law", True)]),
        ("开展“情系教工，服务社会”活动", [("“情系教工，服务社会”", "programme", True)]),
        ("举办小康杯足球赛", [("小康杯", "programme", True)]),
        ("推进四型机关建设", [("四型机关", "programme", True)]),
        ("我院护理部", [("我院", "unit_term", False), ("护理部", "unit_term", False)]),
        ("〔年份〕年，〔地名〕市卫生局", [("〔年份〕", "mask", True), ("〔地名〕市卫生局", "org", True)]),
        ("20xx年**市", [("xx", "mask", True), ("**", "mask", True)]),
        ("为开原市松山乡送医", [("开原市松山乡", "place", True)]),
        ("结核医院王丽娟获一等奖", [("结核医院", "org", True), ("王丽娟", "person", True), ("一等奖", "award", True)]),
        ("青禾市第三中学", [("青禾市第三中学", "org", True)]),
        ("红山机械厂、海湾重工等企业", [("红山机械厂", "org", True), ("海湾重工", "org", True)]),
        ("到桃花村慰问，赴红旗村开展帮扶", [("桃花村", "place", True), ("红旗村", "place", True)]),
        ("看望李秀英老人，由办公室张立新负责", [("李秀英", "person", True), ("张立新", "person", True)]),
        ("责任人：李明、王红", [("李明", "person", True), ("王红", "person", True)]),
        ("（记者 朱玉玲）", [("朱玉玲", "person", True)]),
        ("河北正阳纺织有限公司工会委员会", [("河北正阳纺织有限公司工会委员会", "org", True)]),
    ],
)  # fmt: skip
def test_what_belongs_to_one_unit(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "学习贯彻党的二十大和中国工会十八大精神，以习近平新时代中国特色社会主义思想为指导。",
        "贯彻《工会法》《劳动合同法》《女职工劳动保护特别规定》和《企业工会工作条例》。",
        "开展“安康杯”竞赛、“工人先锋号”创建和“创建学习型组织、争做知识型职工”活动。",
        "庆祝“三八”节、“五一”国际劳动节，做好“送温暖”“金秋助学”工作。",
        "建设“职工之家”，落实“五必访”，当好职工的“娘家人”，发挥桥梁和纽带作用。",
        "十八届三中全会提出，贯彻党的群众路线，增强“四个意识”，做到“两个维护”。",
        "提高安全意识，推广安全知识，沟通化解矛盾，工会理论创新会议，公开平等竞争，维护长治久安。",
        "加强工会自身建设，提高工会干部素质，推动工会工作再上新台阶。",
        "贯彻中国工会第十八次代表大会精神，征集“金点子”，建“司机之家”，拨打12351热线。",
        "1、加强学习。2、完善制度。（一）建家。①调研。",
        "助力乡村振兴，建设美丽乡村，争创文明村，关爱高龄老人。",
        "工会小组长集中学习，近几年因公司改制，组建商圈联合工会和楼宇联合工会，保险公司、物业公司建会。",
    ],
    ids=[
        "congresses",
        "laws",
        "campaigns",
        "holidays",
        "words-in-quotes",
        "plenum",
        "national union",
        "seams",
        "prose",
        "numbering",
        "villages",
        "kinds",
    ],
)
def test_national_names_and_prose_are_no_entities(text: str) -> None:
    assert found(text) == []


def test_business_of_a_town_government_only_in_its_own_texts() -> None:
    text = "检查新型农村合作医疗和水库移民工作。"
    assert [kind for _, kind, _ in found(text, OrganisationType.PEOPLES_CONGRESS)] == ["programme", "programme"]
    assert found(text, OrganisationType.TOWNSHIP) == []


def test_the_sample_read_by_hand_is_right(readings: tuple[Reading, ...]) -> None:
    plans = {
        (reading.document.name, number): plan for reading in readings for number, plan in enumerate(reading.plans, 1)
    }
    right = wrong = 0
    for entry in READ:
        for entity in plans[entry["file"], entry["plan"]].entities:
            fine = entity.text in entry["right"]
            right, wrong = right + fine, wrong + (not fine)
    assert right > 300
    assert right / (right + wrong) >= 0.95


def test_marked_sentences() -> None:
    right = wrong = missed = 0
    for entry in MARKED:
        text, spans = unmarked(entry["text"])
        entities = find_entities(text, organisation=OrganisationType(entry["organisation"]))
        hits = [any(each.start < end and start < each.end for start, end in spans) for each in entities]
        right, wrong = right + sum(hits), wrong + len(hits) - sum(hits)
        missed += sum(not any(each.start < end and start < each.end for each in entities) for start, end in spans)
    assert right / (right + wrong) >= 0.95
    assert right / (right + missed) >= 0.97


def test_entities_are_ordered_apart_and_verbatim(plans: tuple[Plan, ...]) -> None:
    for plan in plans:
        spans = [(each.start, each.end) for each in plan.entities]
        assert all(plan.text[each.start : each.end] == each.text != "" for each in plan.entities)
        assert all(one[1] <= two[0] for one, two in zip(spans, spans[1:], strict=False))


def test_every_slot_is_covered(plans: tuple[Plan, ...]) -> None:
    for plan in plans:
        for slot in plan.slots:
            assert any(each.start <= slot.start and slot.end <= each.end for each in plan.entities)


@given(st.text(alphabet="工会市县王李2年0月日一二三届第名“”《》〔〕（）xX*_、，。\n杯局院校公司", max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    entities = find_entities(text, organisation=OrganisationType.OTHER)
    assert all(text[each.start : each.end] == each.text for each in entities)
    assert all(isinstance(each.kind, EntityKind) for each in entities)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("赴遵义学习，到桐乡市、内蒙古自治区参观", ["遵义", "桐乡市", "内蒙古自治区"]),
        ("提高安全意识，巩固安全成果，其中卫生、定结对帮扶", []),
        ("安康杯竞赛，安康保险，周年大庆，行政和工会", []),
        ("庆元旦迎新春", []),
        ("", []),
    ],
)
def test_places(text: str, places: list[str]) -> None:
    assert [text[start:end] for start, end in find_places(text)] == places


def test_ordinary_words() -> None:
    assert is_ordinary("参加")
    assert not is_ordinary("滨江")


def test_no_text_of_the_marks_is_lost() -> None:
    entry: dict[str, Any] = {"text": "甲⟦乙⟧丙"}
    assert unmarked(entry["text"]) == ("甲乙丙", [(1, 2)])


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("帮扶金统一打入账号6222021234567890123，当日公示。", "6222021234567890123"),
        ("QQ群123456789接受报名，过时不候。", "123456789"),
        ("关注微信号gh_abc123了解详情。", "gh_abc123"),
        ("登记身份证号42010619800101123X，凭证领取。", "42010619800101123X"),
        ("对口帮扶西峰乡石门坎村困难职工。", "西峰乡石门坎村"),
        ("慰问困难职工老李一家。", "老李"),
        ("在清溪区委领导下开展工作。", "清溪区"),
        ("全公司十七个支局一律建立分会。", "十七个支局"),
    ],
)
def test_what_names_one_unit_or_person_is_hard(text: str, quote: str) -> None:
    found = find_entities(text, organisation=OrganisationType.OTHER)
    at = text.index(quote)
    assert any(e.hard and e.start <= at and e.end >= at + len(quote) for e in found)
