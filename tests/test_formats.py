"""The parts behind loading: printed lines to paragraphs, Word's numbers and tables, web pages, old Word files."""

import base64
import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.errors import BadDocument
from corpus.formats.counting import written
from corpus.formats.doc import doc_text
from corpus.formats.layout import text_of_pages
from corpus.formats.lines import Line
from corpus.formats.ole import CompoundFile
from corpus.load import load_bytes

DATA = Path(__file__).parent / "data"

# -- printed lines ------------------------------------------------------------------------------------------------

EM = 10.0  # a character; the text block is 20 characters wide, from 100 to 300


def printed(*lines: tuple[float, str], pitch: float = 15.0, top: float = 700.0) -> list[Line]:
    """Lines under each other, each `(indent in characters, text)`."""
    return [
        Line(text, 100 + indent * EM, 100 + (indent + len(text)) * EM, top - n * pitch, top - n * pitch + 9)
        for n, (indent, text) in enumerate(lines)
    ]


def row(height: float, *cells: tuple[float, str]) -> list[Line]:
    return [Line(text, 100 + at * EM, 100 + (at + len(text)) * EM, height, height + 9) for at, text in cells]


FULL = "职工之家建设职工之家建设职工之家建设职工"  # 20 characters
INDENTED = FULL[:18]


def test_indented_paragraphs() -> None:
    page = printed((2, INDENTED), (0, FULL), (0, "到此为止。"), (2, INDENTED), (0, FULL), (2, "另一段。"))
    assert text_of_pages([page]).splitlines() == [INDENTED + FULL + "到此为止。", INDENTED + FULL, "另一段。"]


def test_a_full_line_and_a_heading_that_follows() -> None:
    page = printed((2, INDENTED), (0, FULL), (0, "二、女职工工作"), (2, INDENTED), (0, "一是慰问；"))
    assert text_of_pages([page]).splitlines() == [INDENTED + FULL, "二、女职工工作", INDENTED + "一是慰问；"]


def test_hanging_numbers() -> None:
    page = printed((0, "1." + INDENTED), (2, INDENTED), (2, "完。"), (0, "2." + INDENTED), (2, "完。"), (0, FULL))
    assert text_of_pages([page]).splitlines() == ["1." + INDENTED * 2 + "完。", "2." + INDENTED + "完。", FULL]


def test_blocks_parted_by_distance() -> None:
    first, second = printed((0, FULL), (0, FULL)), printed((0, FULL), (0, "末行。"), top=650)
    assert text_of_pages([first + second]).splitlines() == [FULL * 2, FULL + "末行。"]


def test_a_line_that_broke_early_because_of_a_punctuation_mark() -> None:
    page = printed((0, FULL), (0, FULL), (0, FULL), (0, FULL[:18]), (0, "家”，完。"))
    assert text_of_pages([page]).splitlines() == [FULL * 3 + FULL[:18] + "家”，完。"]


def test_a_paragraph_across_pages_and_what_stands_at_their_edges() -> None:
    first = [*printed((0, "某县总工会文件"), top=780), *printed((2, INDENTED), (0, FULL), (0, FULL))]
    second = [*printed((0, "某县总工会文件"), top=780), *printed((0, "到此为止。"), (2, "新段。"))]
    for number, page in enumerate((first, second), 1):
        page += printed((9, f"- {number} -"), top=50)
    assert text_of_pages([first, second]).splitlines() == [
        "某县总工会文件",
        "- 1 -",
        "某县总工会文件",
        "- 2 -",
        INDENTED + FULL * 2 + "到此为止。",
        "新段。",
    ]


def test_a_table_with_wrapped_cells_is_rows() -> None:
    page = [
        *row(700, (0, "时间"), (4, "内容"), (14, "部门")),
        *row(685, (0, "一月"), (4, "走访慰问困难职工和")),
        *row(670, (4, "劳动模范")),
        *row(685, (14, "办公室")),
        *row(655, (0, "三月"), (4, "女职工活动"), (14, "女工委")),
        *printed((0, FULL), (0, FULL), top=630),
    ]
    assert text_of_pages([page]).splitlines() == [
        "时间 | 内容 | 部门",
        "一月 | 走访慰问困难职工和劳动模范 | 办公室",
        "三月 | 女职工活动 | 女工委",
        FULL * 2,
    ]


def test_numbers_with_a_tab_are_no_table() -> None:
    page = [*row(700, (0, "1."), (4, "慰问职工")), *row(685, (0, "2."), (4, "组织比赛"))]
    assert text_of_pages([page]).splitlines() == ["1.慰问职工", "2.组织比赛"]


def test_latin_words_keep_their_space_over_the_line_end() -> None:
    page = printed((0, FULL[:17] + "the"), (0, "union" + FULL[:15]), (0, FULL), (0, "完"))
    assert "the union职工" in text_of_pages([page])


def test_no_pages() -> None:
    assert text_of_pages([]) == "\n"
    assert text_of_pages([[], []]) == "\n"


# -- counting -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCountingThousand", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "japaneseCounting", "二十"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"),
        (1005, "taiwaneseCountingThousand", "一千零五"),
        (2024, "ideographDigital", "二〇二四"),
        (3, "chineseLegalSimplified", "叁"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (2, "decimalEnclosedParen", "⑵"),
        (2, "decimalEnclosedFullstop", "⒉"),
        (4, "lowerRoman", "iv"),
        (28, "upperLetter", "BB"),
        (3, "ideographTraditional", "丙"),
        (12, "ideographZodiac", "亥"),
        (7, "decimalZero", "07"),
        (7, "decimalFullWidth", "７"),
        (7, "hebrew1", "7"),
        (7, "none", ""),
        (0, "chineseCounting", "0"),
    ],
)
def test_written(number: int, form: str, text: str) -> None:
    assert written(number, form) == text


# -- Word ---------------------------------------------------------------------------------------------------------


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def lines_of(document: Any) -> list[str]:
    return load_bytes("a.docx", saved(document)).text.splitlines()


def list_definition(document: Any, number: int, *levels: str, overrides: str = "") -> None:
    """A list of this number whose levels are given as XML."""
    part = document.part.numbering_part.element
    inner = "".join(f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/>{xml}</w:lvl>' for n, xml in enumerate(levels))
    part.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{inner}</w:abstractNum>'))
    list_of(document, number, number, overrides=overrides)


def list_of(document: Any, number: int, definition: int, *, overrides: str = "") -> None:
    xml = f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'
    document.part.numbering_part.element.append(parse_xml(xml))


def numbered(document: Any, text: str, number: int, level: int = 0) -> None:
    xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    document.add_paragraph(text)._p.get_or_add_pPr().append(parse_xml(xml))


CHINESE = '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/>'
DECIMAL = '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/>'


def test_built_in_list_styles_count() -> None:
    document = Document()
    for text in ("走访慰问", "技能竞赛"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("文体活动", style="List Bullet")
    document.add_paragraph("女职工活动", style="List Number")
    assert lines_of(document) == ["1. 走访慰问", "2. 技能竞赛", "● 文体活动", "3. 女职工活动"]


def test_levels_restart_and_isolated_levels_show_decimals() -> None:
    document = Document()
    list_definition(document, 90, CHINESE, DECIMAL + "<w:isLgl/>")
    for text, level in (("甲", 0), ("乙", 1), ("丙", 1), ("丁", 0), ("戊", 1)):
        numbered(document, text, 90, level)
    assert lines_of(document) == ["一、甲", "1.1 乙", "1.2 丙", "二、丁", "2.1 戊"]


def test_lists_of_one_definition_share_counters_unless_one_starts_anew() -> None:
    document = Document()
    list_definition(document, 90, CHINESE)
    list_of(document, 91, 90)
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    list_of(document, 92, 90, overrides=start)
    for text, number in (("甲", 90), ("乙", 91), ("丙", 92), ("丁", 92), ("戊", 0), ("己", 77)):
        numbered(document, text, number)
    assert lines_of(document) == ["一、甲", "二、乙", "五、丙", "六、丁", "戊", "己"]


def test_a_style_can_bring_the_number() -> None:
    document = Document()
    list_definition(document, 90, '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1章"/>')
    properties = document.styles["Heading 1"].element.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="90"/></w:numPr>'))
    document.add_heading("总则", level=1)
    document.add_paragraph("正文。")
    document.add_heading("附则", level=1)
    assert lines_of(document) == ["第一章 总则", "正文。", "第二章 附则"]


def test_an_empty_numbered_paragraph_counts() -> None:
    document = Document()
    list_definition(document, 90, CHINESE)
    for text in ("甲", "", "丙"):
        numbered(document, text, 90)
    assert lines_of(document) == ["一、甲", "", "三、丙"]


def body(xml: str) -> list[str]:
    """The lines of a document whose body is `xml`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("word/document.xml", f"<w:document {nsdecls('w')}><w:body>{xml}</w:body></w:document>")
    return load_bytes("a.docx", buffer.getvalue()).text.splitlines()


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("xml", "lines"),
    [
        (f"<w:p><w:ins>{run('补入')}</w:ins><w:del><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>", ["补入"]),
        (f"<w:p><w:smartTag>{run('2025年')}</w:smartTag>{run('计划')}</w:p>", ["2025年计划"]),
        (f"<w:p><w:hyperlink>{run('链接')}</w:hyperlink></w:p>", ["链接"]),
        (f"<w:sdt><w:sdtContent><w:p>{run('控件里的字')}</w:p></w:sdtContent></w:sdt>", ["控件里的字"]),
        (f"<w:p>{run('看得见')}{run('看不见', '<w:vanish/>')}</w:p>", ["看得见"]),
        (f"<w:p>{run('看得见', '<w:vanish w:val=&quot;0&quot;/>'.replace('&quot;', chr(34)))}</w:p>", ["看得见"]),
        (f"<w:p>{run('一')}<w:r><w:br/></w:r>{run('二')}<w:r><w:tab/></w:r>{run('三')}</w:p>", ["一", "二\t三"]),
        (
            f"<w:p>{run('正文')}<w:r><w:pict><w:txbxContent><w:p>{run('文本框')}</w:p></w:txbxContent></w:pict></w:r></w:p>",
            ["正文", "文本框"],
        ),
        (
            "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
            f"{run('3')}{run('页')}</w:p>",
            ["3页"],
        ),
    ],
    ids=["revision", "smart tag", "link", "control", "hidden", "shown", "breaks", "text box", "field"],
)
def test_what_paragraphs_hold(xml: str, lines: list[str]) -> None:
    assert body(xml) == lines


def cell(*paragraphs: str) -> str:
    return "<w:tc>" + "".join(f"<w:p>{run(text)}</w:p>" for text in paragraphs) + "</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_tables_in_tables_and_layout_rows() -> None:
    inner = table(cell("甲") + cell("乙"), cell("丙") + cell("丁"))
    xml = table(
        cell("一月") + cell("慰问", "座谈"), cell("整段一。", "整段二。"), f"<w:tc>{inner}</w:tc>", cell("") + cell("")
    )
    assert body(xml) == ["一月 | 慰问 座谈", "整段一。", "整段二。", "甲 | 乙", "丙 | 丁"]


# -- web pages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>一</p><div>二<span>三</span></div>四<br>五", "一\n二三\n四\n五\n"),
        ("<p>甲&nbsp;&nbsp;乙  丙\n丁</p>", "甲 乙 丙 丁\n"),
        (
            "<ol start=3><li>甲<li>乙</ol><ol type=a><li>丙</ol><ol><li>1、丁</ol><ul><li>戊</ul>",
            "3. 甲\n4. 乙\na. 丙\n1、丁\n戊\n",
        ),
        ("<table><tr><td><p>整页放在表格里。</p><p>第二段。</p></td></tr></table>", "整页放在表格里。\n第二段。\n"),
        ("<table><tr><td>左<td><table><tr><td>内<td>表</table></table>", "左\n内 | 表\n"),
        (f"<table><tr><td>导航<td>{'长文。' * 150}</table>", "导航\n" + "长文。" * 150 + "\n"),
        (
            "<table><tr><th>月份<th>内容<tr><td>一月<td><p>慰问</p><p>座谈</p></table>",
            "月份 | 内容\n一月 | 慰问 座谈\n",
        ),
        ("<div hidden>藏</div><p style='display: none'>藏</p><nav>藏</nav><script>藏</script><p>露</p>", "露\n"),
        ("<ul><li><a>首页</a><li><a>新闻</a><li><a>下载</a></ul><p>见<a>附件</a>。</p>", "见附件。\n"),
        ("<p>A &lt; B &amp; C</p>", "A < B & C\n"),
        ("<pre>一\n  二</pre>", "一\n二\n"),
    ],
)
def test_pages(markup: str, text: str) -> None:
    assert load_bytes("a.html", f"<html><body>{markup}</body></html>".encode()).text == text


def test_a_web_archive() -> None:
    page = (DATA / "page.html").read_bytes()
    archive = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n--B\r\n'
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(page)
        + b"\r\n--B\r\nContent-Type: image/png\r\n\r\nx\r\n--B--\r\n"
    )
    assert load_bytes("a.doc", archive).text == load_bytes("a.html", page).text


# -- old Word files -----------------------------------------------------------------------------------------------


def test_streams_of_a_compound_file() -> None:
    file = CompoundFile((DATA / "plan.doc").read_bytes(), name="plan.doc")
    assert {"WordDocument", "1Table"} <= file.names
    assert struct.unpack_from("<H", file.read("WordDocument"), 0) == (0xA5EC,)
    assert file.read("没有") == b""


@pytest.mark.parametrize("offset", range(0x18, 0x4C + 16, 2))
@pytest.mark.parametrize("value", [b"\xff\xff", b"\0\0", b"\x01\x80"])
def test_a_damaged_header_ends_in_a_message(offset: int, value: bytes) -> None:
    data = bytearray((DATA / "plan.doc").read_bytes())
    data[offset : offset + 2] = value
    read_or_refused(doc_text, bytes(data))


@pytest.mark.parametrize("seed", range(40))
def test_random_damage_ends_in_a_message(seed: int) -> None:
    data = bytearray((DATA / "plan.doc").read_bytes())
    chance = random.Random(seed)
    for _ in range(30):
        data[chance.randrange(8, len(data))] = chance.randrange(256)
    read_or_refused(doc_text, bytes(data))


def read_or_refused(read: Callable[..., str], data: bytes) -> None:
    try:
        text = read(data, name="坏.doc")
    except BadDocument as error:
        assert "坏.doc" in str(error)  # noqa: PT017
    else:
        assert "\x07" not in text
