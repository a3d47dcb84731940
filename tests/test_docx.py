import re
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from drafts import DRAFT

from assistant.export.docx import docx_bytes, signature_indents, title_lines

MILLIMETRE = 1440 / 25.4  # twips
DATA = docx_bytes(DRAFT)


@pytest.fixture(scope="module")
def document() -> docx.document.Document:  # type: ignore[name-defined]
    return docx.Document(BytesIO(DATA))


def part(name: str) -> str:
    return zipfile.ZipFile(BytesIO(DATA)).read(name).decode()


def style_fonts(document: docx.document.Document, name: str) -> tuple[str, str, float]:  # type: ignore[name-defined]
    properties = document.styles[name].element.rPr
    fonts = properties.find(qn("w:rFonts"))
    return fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii")), int(properties.find(qn("w:sz")).get(qn("w:val"))) / 2


def test_text_is_the_draft(document: docx.document.Document) -> None:  # type: ignore[name-defined]
    assert [(p.style.name, p.text) for p in document.paragraphs if p.text] == [
        ("Title", "某某市人民医院2026年工会工作计划"),
        ("Body Text", "2026年是“十五五”规划开局之年。现将工作安排如下。"),
        ("Heading 1", "一、指导思想"),
        ("Body Text", "围绕医院中心工作——团结动员全院职工……建功立业。"),
        ("Heading 1", "二、加强民主管理"),
        ("Body Text", "（一）召开职工代表大会。会前向医务人员征集提案。"),
        ("Body Text", "（二）按季度公开院务，满意率达到95%以上。"),
        ("Heading 1", "三、提升职工素质"),
        ("Body Text", "（一）劳动竞赛。开展岗位练兵，不少于【待填：次数】次。"),
        ("Body Text", "（二）选树典型。宣讲身边的先进。"),
        ("Heading 1", "四、月度工作安排"),
        ("Body Text", "各分会要抓好落实。"),
        ("Signature", "某某市人民医院工会委员会"),
        ("Date", "2026年2月15日"),
    ]


def test_page_is_a4_with_the_type_area_of_the_standard(document: docx.document.Document) -> None:  # type: ignore[name-defined]
    page = document.sections[0]
    sizes = [
        page.page_width,
        page.page_height,
        page.top_margin,
        page.bottom_margin,
        page.left_margin,
        page.right_margin,
    ]
    assert [round(size.mm) for size in sizes] == [210, 297, 37, 35, 28, 26]


def test_22_lines_of_28_characters_fit(document: docx.document.Document) -> None:  # type: ignore[name-defined]
    grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    pitch = int(grid.get(qn("w:linePitch")))
    assert 22 * pitch <= 225 * MILLIMETRE < 23 * pitch
    normal = document.styles["Normal"].element
    spacing = normal.pPr.find(qn("w:spacing"))
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == (str(pitch), "exact")
    width = 2 * 160 + int(normal.rPr.find(qn("w:spacing")).get(qn("w:val")))  # 3号 is 16 pt = 320 twips
    assert 28 * width <= 156 * MILLIMETRE < 29 * width


def test_styles_name_the_standard_fonts(document: docx.document.Document) -> None:  # type: ignore[name-defined]
    assert style_fonts(document, "Title") == ("方正小标宋简体", "方正小标宋简体", 22)
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    assert defaults.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert defaults.find(qn("w:sz")).get(qn("w:val")) == "32"
    for name, font in (("heading 1", "黑体"), ("heading 2", "楷体_GB2312"), ("二级标题", "楷体_GB2312")):
        assert document.styles[name].element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == font


def test_no_theme_can_override_a_font() -> None:
    names = zipfile.ZipFile(BytesIO(DATA)).namelist()
    assert not [name for name in names if "theme" in name]
    assert "Theme" not in part("word/styles.xml").replace("themeFontLang", "")
    assert "Theme" not in part("word/document.xml")


def test_every_font_has_fallbacks() -> None:
    alternatives = dict(re.findall(r'w:name="([^"]+)">\s*<w:altName w:val="([^"]+)"', part("word/fontTable.xml")))
    assert alternatives["仿宋_GB2312"].startswith("FangSong_GB2312,仿宋,FangSong")
    used = set(re.findall(r'w:eastAsia="([^"]+)"', part("word/styles.xml") + part("word/document.xml"))) - {"zh-CN"}
    assert used <= set(alternatives)


def test_chinese_marks_stay_in_the_chinese_font_and_digits_in_the_latin_one(
    document: docx.document.Document,  # type: ignore[name-defined]
) -> None:
    opening = next(p for p in document.paragraphs if p.text.startswith("2026"))
    assert [(run.text, _fonts(run)) for run in opening.runs] == [
        ("2026", (None, None, None)),  # the style's: Times New Roman
        ("年是“十五五”规划开局之年。现将工作安排如下。", ("eastAsia", "仿宋_GB2312", "仿宋_GB2312")),
    ]
    for p in document.paragraphs:
        for run in p.runs:
            if re.search("[“”‘’—…·]", run.text):
                assert _fonts(run)[0] == "eastAsia"


def _fonts(run: docx.text.run.Run) -> tuple[str | None, ...]:  # type: ignore[name-defined]
    fonts = run._r.rPr.find(qn("w:rFonts")) if run._r.rPr is not None else None
    return tuple(None if fonts is None else fonts.get(qn(f"w:{name}")) for name in ("hint", "ascii", "eastAsia"))


def test_lead_in_is_set_in_the_second_heading_font(document: docx.document.Document) -> None:  # type: ignore[name-defined]
    item = next(p for p in document.paragraphs if p.text.startswith("（一）劳动竞赛"))
    lead_in = [run.text for run in item.runs if run.style.name == "二级标题"]
    assert lead_in == ["（一）劳动竞赛。"]


def test_months_are_a_table_whose_head_repeats(document: docx.document.Document) -> None:  # type: ignore[name-defined]
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["月份", "主要工作"],
        ["1月", "走访慰问困难职工"],
        ["3月", "1.召开职工代表大会\n2.庆祝“三八”国际妇女节"],
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in list(table.rows)[1:])
    widths = [column.width for column in table.columns]
    assert round(sum(widths).mm if hasattr(sum(widths), "mm") else sum(widths) / 36000) == 156
    rule = document.styles["表格文字"].element.pPr.find(qn("w:spacing")).get(qn("w:lineRule"))
    assert rule == "atLeast"  # exact rows would cut their text


def test_page_numbers_stand_outside_right_and_left() -> None:
    odd, even = part("word/footer1.xml"), part("word/footer2.xml")
    for xml in (odd, even):
        assert re.sub(r"\s+", " ", "".join(re.findall(r"<w:(?:t|instrText)[^>]*>([^<]*)<", xml))) == "— PAGE 1 —"
        assert 'w:eastAsia="宋体"' in part("word/styles.xml")
    assert 'w:val="right"' in odd
    assert 'w:val="left"' in even
    assert "<w:evenAndOddHeaders/>" in part("word/settings.xml")


@pytest.mark.parametrize(
    ("signature", "dated", "indents"),
    [
        ("某某市人民医院工会委员会", "2026年2月15日", (2.0, 5.5)),  # date starts two characters right of the signature
        ("某局工会", "2026年12月15日", (7.0, 2.0)),  # the longer date stands two in and pushes the signature
    ],
)
def test_signature_and_date(signature: str, dated: str, indents: tuple[float, float]) -> None:
    assert signature_indents(signature, dated) == indents


def test_signature_is_right_aligned_below_a_blank_line(document: docx.document.Document) -> None:  # type: ignore[name-defined]
    blank, signature, dated = document.paragraphs[-3:]
    assert blank.text == ""
    assert [_alignment(p) for p in (signature, dated)] == ["right", "right"]
    assert [round(p.paragraph_format.right_indent.pt / 15.75, 1) for p in (signature, dated)] == [2.0, 5.5]
    assert document.paragraphs[-4].paragraph_format.keep_with_next


def _alignment(p: Paragraph) -> str:
    return str(p.style.element.pPr.find(qn("w:jc")).get(qn("w:val")))


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("某某市人民医院2026年工会工作计划", ("某某市人民医院2026年工会工作计划",)),
        ("某某市第一人民医院工会委员会2026年工会工作计划", ("某某市第一人民医院工会委员会", "2026年工会工作计划")),
        (
            "某某省某某市某某区教育系统工会联合会上半年工会工作计划",
            ("某某省某某市某某区教育系统", "工会联合会上半年工会工作计划"),
        ),
    ],
)
def test_long_titles_break_between_words(title: str, lines: tuple[str, ...]) -> None:
    assert "".join(title_lines(title)) == title
    assert title_lines(title) == lines


def test_properties_name_the_unit(document: docx.document.Document) -> None:  # type: ignore[name-defined]
    properties = document.core_properties
    assert (properties.title, properties.author) == (DRAFT.title, DRAFT.signature)
    assert properties.language == "zh-CN"


def test_word_opens_what_was_written(tmp_path: Path) -> None:
    (tmp_path / "计划.docx").write_bytes(DATA)
    assert docx.Document(str(tmp_path / "计划.docx")).tables
