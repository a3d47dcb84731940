"""Passages hold all of a plan's body, keep to their sections, and say which headings and months they stand under."""

import re

import pytest

from corpus.chunk import LONG, SHORT, chunk
from corpus.classify import label_plan
from corpus.clean import find_slots
from corpus.datatypes import Passage, Plan, Reading
from corpus.outline import outline

TEXT = """2024年，学校工会将围绕中心工作，扎实做好以下几个方面的工作，努力为教职工服务。

一、主要工作

（一）加强民主管理。

1、开好教代会，审议学校工作报告和财务工作报告，听取教职工的意见和建议，落实教职工的知情权、参与权、表达权和监督权。教代会闭会期间，\
由工会委员会受理教职工的提案，督促有关部门在一个月内答复，办理结果向全体教职工公布。代表要联系本组教职工，每学期收集意见不少于两次，\
整理后交工会委员会研究，重要意见提交校务会议讨论，讨论结果由代表向本组教职工说明。学期末，工会要组织代表视察食堂、宿舍和\
实验室，写出视察报告，向学校提出改进工作的建议。

2、公开校务。

3、办好信箱。

（二）丰富文体生活。

举办教工运动会。

二、月份安排

三月份：

1、庆祝妇女节。

2、植树。

四至五月份：教工体检。
"""


def plan_of(text: str) -> Plan:
    found = outline(text)
    labels = label_plan(text, title="", file_name="计划.txt")
    return Plan(
        "0" * 12 + "-1", "学校工会计划", text, 0, len(text), labels, found.sections, found.items, (), find_slots(text)
    )


def test_passages() -> None:
    found = chunk(plan_of(TEXT), file="计划.txt", collection="范文")
    assert [(p.headings, p.months, p.text[:7]) for p in found] == [
        ((), (), "2024年，学"),
        (("一、主要工作", "（一）加强民主管理。"), (), "1、开好教代会"),
        (("一、主要工作", "（一）加强民主管理。"), (), "2、公开校务。"),
        (("一、主要工作",), (), "（二）丰富文体"),
        (("二、月份安排",), (3,), "三月份：\n\n1"),
        (("二、月份安排",), (4, 5), "四至五月份：教"),
    ]


def test_short_items_stay_together_and_a_month_keeps_its_lines() -> None:
    texts = [p.text for p in chunk(plan_of(TEXT), file="计划.txt", collection="范文")]
    assert texts[2] == "2、公开校务。\n\n3、办好信箱。"
    assert texts[4] == "三月份：\n\n1、庆祝妇女节。\n\n2、植树。"


def test_a_long_paragraph_is_cut_at_sentence_ends() -> None:
    sentence = "工会要关心职工的工作和生活，及时反映职工的意见，维护职工的合法权益，为职工办实事。"
    found = chunk(plan_of(sentence * 20), file="计划.txt", collection="范文")
    assert len(found) == 3
    assert "".join(p.text for p in found) == sentence * 20
    assert all(p.text.endswith("办实事。") and SHORT <= len(p.text) <= LONG for p in found)


def test_offsets_of_slots_are_the_passage_s_own() -> None:
    text = "学校工会的工作要点如下，请认真执行，并及时总结经验。\n一、学习\n〔年份〕年，组织学习党的〔届次〕大精神。"
    last = chunk(plan_of(text), file="计划.txt", collection="范文")[-1]
    assert [last.text[s.start : s.end] for s in last.slots] == ["〔年份〕", "〔届次〕"]


def test_a_table_of_months() -> None:
    rows = ["序号 | 时间 | 活动", "1 | 三月 | 植树", "2 | 三月 | 女职工座谈", "3 | 四至五月 | 体检"]
    found = chunk(
        plan_of("我局工会今年的工作计划如下。\n一、活动安排\n" + "\n".join(rows)), file="计划.txt", collection="范文"
    )
    assert [(p.months, p.text) for p in found[1:]] == [((3,), "\n".join(rows[:3])), ((4, 5), rows[3])]


def test_ids_and_fields() -> None:
    plan = plan_of(TEXT)
    for passage in chunk(plan, file="计划.txt", collection="本单位"):
        assert passage.id == f"{plan.id}:{passage.start}"
        assert (passage.file, passage.title, passage.collection) == ("计划.txt", plan.title, "本单位")
        assert 1 <= len(passage.topics) <= 3


@pytest.mark.parametrize("text", ["", "\n"])
def test_an_empty_plan_has_no_passages(text: str) -> None:
    assert chunk(plan_of(text), file="计划.txt", collection="范文") == ()


def uncovered(plan: Plan, passages: list[Passage]) -> list[str]:
    """The stretches of a plan that lie in no passage."""
    rest, reached = [], 0
    for passage in passages:
        assert passage.start >= reached
        rest.append(plan.text[reached : passage.start])
        reached = passage.end
    rest.append(plan.text[reached:])
    return [line.strip() for part in rest for line in part.split("\n") if line.strip()]


def test_sample_documents_are_covered(readings: tuple[Reading, ...]) -> None:
    for reading in readings:
        for plan in reading.plans:
            passages = [p for p in reading.passages if p.plan_id == plan.id]
            headings = {section.heading for section in plan.sections if section.heading}
            headings |= {heading for p in passages for heading in p.headings}
            assert [line for line in uncovered(plan, passages) if line not in headings] == []


def test_sample_passages_keep_to_their_sections(readings: tuple[Reading, ...]) -> None:
    for reading in readings:
        by_id = {plan.id: plan for plan in reading.plans}
        for passage in reading.passages:
            plan = by_id[passage.plan_id]
            assert plan.text[passage.start : passage.end] == passage.text == passage.text.strip()
            assert any(s.start <= passage.start and passage.end <= s.end for s in plan.sections)
            assert len(passage.text) <= LONG
            for entity in passage.entities:
                assert passage.text[entity.start : entity.end] == entity.text


def test_most_sample_passages_have_a_good_size(passages: tuple[Passage, ...]) -> None:
    bodies = [p for p in passages if not p.months]
    good = [p for p in bodies if SHORT <= len(p.text) <= LONG]
    assert len(good) / len(bodies) > 0.9


def test_sample_months(passages: tuple[Passage, ...]) -> None:
    (may,) = [p for p in passages if p.months == (5,) and "教师礼仪教育活动" in p.text]
    assert re.sub(r"\s+", "|", may.text) == (
        "五月份教师礼仪教育活动。|上交“在加强党的执政能力建设中充分发挥工会作用”征文。|教工羽毛球预赛(以组为单位，人人参与)。"
    )
    assert {p.months for p in passages if "走访慰问工作，召开工会会员迎春座谈会" in p.text} == {(1, 2)}
