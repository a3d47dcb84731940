import re
from dataclasses import replace
from io import BytesIO

import pytest
from drafts import DRAFT, paragraph, section
from openpyxl import load_workbook

from assistant.datatypes import Comparison, ComparisonColumn
from assistant.export.lines import chinese_number, draft_lines
from assistant.export.markdown import escape, markdown
from assistant.export.text import plain_text
from assistant.export.xlsx import comparison_xlsx, schedule_xlsx
from corpus.datatypes import OrganisationType, Passage, Topic
from index.datatypes import Hit


def test_numbers_are_continuous_at_every_level() -> None:
    assert [(line.number, line.title, line.kind.value) for line in draft_lines(DRAFT)] == [
        ("", "", "text"),
        ("一、", "指导思想", "heading"),
        ("", "", "text"),  # a section's only paragraph needs no number
        ("二、", "加强民主管理", "heading"),
        ("（一）", "", "item"),
        ("（二）", "", "item"),
        ("三、", "提升职工素质", "heading"),
        ("（一）", "劳动竞赛。", "item"),
        ("（二）", "选树典型。", "item"),
        ("四、", "月度工作安排", "heading"),
        ("1月", "", "month"),
        ("3月", "", "month"),
        ("3月", "", "month"),
        ("", "", "text"),
    ]


@pytest.mark.parametrize(
    ("value", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")]
)
def test_chinese_numbers(value: int, text: str) -> None:
    assert chinese_number(value) == text


@pytest.mark.parametrize("value", [0, 100])
def test_sections_beyond_99_are_a_bug(value: int) -> None:
    with pytest.raises(ValueError, match=str(value)):
        chinese_number(value)


def test_a_lead_in_without_a_full_stop_gets_one() -> None:
    drafted = replace(
        DRAFT, sections=(section("a", "帮扶", Topic.RELIEF, paragraph("走访。", title="送温暖"), paragraph("建档。")),)
    )
    assert [line.text for line in draft_lines(drafted)] == ["帮扶", "送温暖。走访。", "建档。"]


def test_plain_text() -> None:
    assert plain_text(DRAFT) == (
        "某某市人民医院2026年工会工作计划\n"
        "\n"
        "　　2026年是“十五五”规划开局之年。现将工作安排如下。\n"
        "　　一、指导思想\n"
        "　　围绕医院中心工作——团结动员全院职工……建功立业。\n"
        "　　二、加强民主管理\n"
        "　　（一）召开职工代表大会。会前向医务人员征集提案。\n"
        "　　（二）按季度公开院务，满意率达到95%以上。\n"
        "　　三、提升职工素质\n"
        "　　（一）劳动竞赛。开展岗位练兵，不少于【待填：次数】次。\n"
        "　　（二）选树典型。宣讲身边的先进。\n"
        "　　四、月度工作安排\n"
        "　　1月：走访慰问困难职工\n"
        "　　3月：1.召开职工代表大会；2.庆祝“三八”国际妇女节\n"
        "　　各分会要抓好落实。\n"
        "\n"
        "　　　　　　　　　　　　　　某某市人民医院工会委员会\n"
        "　　　　　　　　　　　　　　　　　　　2026年2月15日\n"
    )


def test_markdown() -> None:
    text = markdown(DRAFT)
    assert text.startswith("# 某某市人民医院2026年工会工作计划\n\n2026年是“十五五”规划开局之年。")
    assert "\n\n## 二、加强民主管理\n\n（一）召开职工代表大会。会前向医务人员征集提案。\n\n（二）按季度" in text
    assert "\n\n（一）**劳动竞赛。**开展岗位练兵" in text
    assert (
        "| 月份 | 主要工作 |\n| --- | --- |\n| 1月 | 走访慰问困难职工 |\n| 3月 | 1.召开职工代表大会<br>2.庆祝" in text
    )
    assert text.endswith("\n\n某某市人民医院工会委员会\n\n2026年2月15日\n")


def test_what_markdown_would_take_for_marks_is_escaped() -> None:
    assert escape("**重点** <b>一|二</b> [a](b) `c` 3_4") == (r"\*\*重点\*\* \<b\>一\|二\</b\> \[a\](b) \`c\` 3\_4")


def test_every_sentence_of_the_draft_is_in_every_format() -> None:
    plain = plain_text(DRAFT)
    marked = re.sub(r"\\(.)", r"\1", markdown(DRAFT))
    for sentence in DRAFT.sentences:
        assert sentence.text in plain
        assert sentence.text in marked


def _hit(text: str, rank: int = 1) -> Hit:
    passage = Passage(
        f"p-1:{rank}", "p-1", "甲.txt", "计划", (), text, 0, len(text), OrganisationType.SCHOOL, (Topic.DEMOCRACY,), (),
        "年度", "plan", None, None, True, "范文", (), (),  # type: ignore[arg-type]
    )  # fmt: skip
    return Hit(passage, 1.0, rank, 0.0, 0.0)


def test_comparison_as_a_table() -> None:
    school = ComparisonColumn(OrganisationType.SCHOOL, False, (_hit("=开好教代会"), _hit("校务公开", 2)), ("教代会",))
    post = ComparisonColumn(OrganisationType.POST, True, (), ())
    data = comparison_xlsx(Comparison(Topic.DEMOCRACY, (school, post), ("公开",)))
    sheet = load_workbook(BytesIO(data)).active
    assert sheet is not None
    assert sheet.title == "民主管理"
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["主题：民主管理", None],
        ["共同的说法：公开", None],
        ["学校", "邮政(国企)"],
        ["特有：教代会", None],
        ["=开好教代会\n——甲.txt", "范文库中没有相关内容"],
        ["校务公开\n——甲.txt", None],
    ]
    assert sheet["A5"].data_type == "s"  # a passage that begins with "=" is no formula
    assert sheet["A5"].alignment.wrap_text


def test_schedule_as_a_table() -> None:
    sheet = load_workbook(BytesIO(schedule_xlsx(DRAFT))).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["月份", "主要工作"],
        ["1月", "走访慰问困难职工"],
        ["3月", "1.召开职工代表大会\n2.庆祝“三八”国际妇女节"],
    ]
