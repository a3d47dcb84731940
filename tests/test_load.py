"""Files as real programs write them, and files that must be refused."""

import hashlib
import io
import os
import random
import sys
import zipfile
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped,unused-ignore]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import BadDocument
from corpus.formats import archive, office
from corpus.load import MAX_FILE, load, load_bytes, simplified

DATA = Path(__file__).parent / "data"
DOCUMENTS = Path(__file__).parent.parent / "corpus" / "documents"

OPENING = (
    "2025年，公司工会在公司党委和上级工会的领导下，围绕企业改革发展中心任务，团结动员广大职工立足岗位、"
    "建功立业，切实履行维护职工合法权益、竭诚服务职工群众的基本职责，为公司高质量发展作出新的贡献。"
)
PLAN = f"""某某实业公司工会2025年工作计划
{OPENING}
一、加强思想引领，凝聚职工力量
（一）组织职工学习党的二十届三中全会精神
利用班前会、职工书屋等载体，每月至少组织一次集中学习，做到有计划、有记录、有讨论，使职工明确方向。
（二）开展“中国梦·劳动美”主题宣传
1. 四月份举办职工演讲比赛，各分会选派选手参加，评出一等奖一名、二等奖二名、三等奖三名，在五一大会上表彰；
2. 九月份组织职工书画摄影展。
二、维护职工权益，构建和谐劳动关系
（一）坚持和完善职工代表大会制度
凡涉及职工切身利益的重大事项，一律提交职代会审议。
时间 | 工作内容 | 责任部门
一月 | 开展元旦、春节送温暖活动 | 工会办公室
三月 | 庆祝三八国际妇女节，组织女职工健康讲座 | 女职工委员会
七至九月 | 高温慰问一线职工
某某实业公司工会
"""
PAGE = f"""某某实业公司工会2025年工作计划
{OPENING}
一、加强思想引领
每月至少组织一次集中学习。
做到有计划、有记录。
1. 四月份举办演讲比赛；
2. 九月份组织书画展。
二、重点工作安排
时间 | 工作内容 | 责任部门
一月 | 开展元旦、春节送温暖活动 | 工会办公室
三月 | 庆祝三八国际妇女节，组织女职工健康讲座 | 女职工委员会
{OPENING}
"""


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(BadDocument) as caught:
        load_bytes(name, data)
    message = str(caught.value)
    assert repr(name) in message
    assert message.endswith("。")
    return message


# -- files by real programs ---------------------------------------------------------------------------------------


def test_docx_gives_automatic_numbers_and_table_rows() -> None:
    document = load(DATA / "plan.docx")
    assert document.text == PLAN
    assert (document.name, document.format) == ("plan.docx", "docx")
    assert document.sha256 == hashlib.sha256((DATA / "plan.docx").read_bytes()).hexdigest()


def test_doc_through_libreoffice() -> None:
    """On a machine of CI LibreOffice must be there; elsewhere the bare text is what we promise."""
    assert office.find_office() or not os.environ.get("CI"), "CI must install libreoffice-writer"
    document = load(DATA / "plan.doc")
    assert document.text == (PLAN if office.find_office() else without_numbers(PLAN))
    assert document.format == "doc"


def without_numbers(text: str) -> str:
    for number in ("一、", "二、", "（一）", "（二）", "1. ", "2. "):
        text = text.replace("\n" + number, "\n")
    return text


def test_doc_and_wps_without_libreoffice_give_the_bare_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    data = (DATA / "plan.doc").read_bytes()
    assert load_bytes("plan.doc", data).text == without_numbers(PLAN)
    assert load_bytes("计划.wps", data).text == without_numbers(PLAN)


def test_rtf_without_libreoffice_names_the_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    message = refusal("计划.rtf", b"{\\rtf1\\ansi\\ansicpg936 hello}")
    assert "LibreOffice" in message
    assert "另存为 .docx" in message


def test_pdf_by_libreoffice_gives_paragraphs_and_rows() -> None:
    lines = load(DATA / "plan.pdf").text.splitlines()
    furniture = ["- 1 -", "公司工会文件"]
    assert sorted(lines[:2]) == furniture
    assert "\n".join(lines[2:]) + "\n" == PLAN.replace("\n1. ", "\n1.").replace("\n2. ", "\n2.")


def test_pdf_by_chromium_gives_paragraphs_rows_and_whole_characters() -> None:
    text = load(DATA / "printed.pdf").text
    assert PAGE.replace("1. ", "1.").replace("2. ", "2.") in text
    assert "⼯" not in text  # Chromium writes radicals for some characters


@pytest.mark.parametrize("matrix", [(0, 1, -1, 0, 842, 0), (0, -1, 1, 0, 0, 842)])
def test_pdf_with_text_turned_on_the_page(matrix: tuple[float, ...]) -> None:
    document = pypdfium2.PdfDocument(DATA / "plan.pdf")
    page = document[0]
    for piece in page.get_objects(max_depth=1):
        piece.transform(pypdfium2.PdfMatrix(*matrix))
    page.gen_content()
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    turned, upright = load_bytes("plan.pdf", buffer.getvalue()).text, load(DATA / "plan.pdf").text
    if matrix[1] == 1:
        assert turned == upright
    prose = [line for line in upright.splitlines() if " | " not in line]
    assert [line for line in prose if line not in turned.splitlines()] == []


def test_html_leaves_out_navigation_scripts_and_comments() -> None:
    assert load(DATA / "page.html").text == PAGE


@pytest.mark.parametrize("name", ["plan.doc", "plan.docx", "plan.wps"])
def test_a_web_page_called_doc_is_read_as_what_it_is(name: str) -> None:
    document = load_bytes(name, (DATA / "page.html").read_bytes())
    assert document.text == PAGE
    assert document.format == name.partition(".")[2]


def test_a_pdf_called_txt_is_read_as_what_it_is() -> None:
    data = (DATA / "plan.pdf").read_bytes()
    assert load_bytes("计划.txt", data).text == load_bytes("计划.pdf", data).text


def test_a_web_page_called_txt_is_read_as_what_it_is() -> None:
    assert load_bytes("plan.txt", (DATA / "page.html").read_bytes()).text == PAGE
    assert load_bytes("plan.txt", "<p>不是整个网页</p>".encode()).text == "<p>不是整个网页</p>"


def test_a_docx_that_holds_a_whole_web_page() -> None:
    xml = '<w:document xmlns:w="w" xmlns:r="r"><w:body><w:altChunk r:id="c"/></w:body></w:document>'
    data = zipped({"word/document2.xml": xml.encode(), "word/chunk.html": (DATA / "page.html").read_bytes()})
    assert load_bytes("plan.docx", data).text == PAGE


def test_a_docx_called_doc_is_read_as_what_it_is() -> None:
    assert load_bytes("plan.doc", (DATA / "plan.docx").read_bytes()).text == PLAN


@pytest.mark.parametrize("suffix", ["docx", "doc", "pdf"])
def test_password(suffix: str) -> None:
    message = refusal(f"password.{suffix}", (DATA / f"password.{suffix}").read_bytes())
    assert "有密码" in message
    assert "去掉密码" in message


def test_scanned_pdf() -> None:
    assert "扫描件" in refusal("scanned.pdf", (DATA / "scanned.pdf").read_bytes())


# -- encodings ----------------------------------------------------------------------------------------------------

SIMPLIFIED = "一、加强职工思想教育，开展“中国梦、劳动美”活动。\n二、做好女职工工作……\n"
TRADITIONAL = "一、加強職工思想教育，開展「中國夢、勞動美」活動。\n二、做好女職工工作……\n"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        *((e, SIMPLIFIED) for e in ("utf-8", "utf-8-sig", "gb2312", "gbk", "gb18030")),
        *((e, SIMPLIFIED) for e in ("utf-16", "utf-16-le", "utf-16-be", "utf-32")),
        *((e, TRADITIONAL) for e in ("utf-8", "big5", "gbk", "utf-16", "utf-16-be")),
    ],
)
def test_encodings(encoding: str, text: str) -> None:
    assert load_bytes("计划.txt", text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda p: p.name[:3])
def test_every_sample_document_survives_another_encoding(path: Path, encoding: str) -> None:
    text = load(path).text
    assert load_bytes("a.txt", text.encode(encoding)).text == text


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda p: p.name[:3])
def test_sample_documents_are_read_verbatim(path: Path) -> None:
    assert load(path).text == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda p: p.name[:3])
def test_big5_is_told_from_gb18030(path: Path) -> None:
    from opencc import OpenCC

    traditional = OpenCC("s2t").convert(load(path).text)[:3000].encode("big5", errors="ignore")
    assert load_bytes("a.txt", traditional).text == traditional.decode("big5")


def test_a_broken_byte_does_not_change_the_encoding() -> None:
    text = SIMPLIFIED * 20
    assert (
        load_bytes("a.txt", text[:50].encode() + b"\xff" + text[50:].encode()).text == text[:50] + "\ufffd" + text[50:]
    )


def test_declared_charset_of_a_page() -> None:
    page = '<html><head><meta charset="gb2312"></head><body><p>工会工作</p></body></html>'
    assert load_bytes("a.html", page.encode("gb18030")).text == "工会工作\n"


def test_lying_charset_of_a_page() -> None:
    page = f'<html><head><meta charset="gb2312"></head><body><p>{SIMPLIFIED}</p></body></html>'
    assert load_bytes("a.html", page.encode("utf-8")).text == SIMPLIFIED.replace("\n", " ").strip() + "\n"


def test_line_ends_and_radicals() -> None:
    assert load_bytes("a.txt", "⼀、⼯会\r\n⼆、部⻔\r三".encode()).text == "一、工会\n二、部门\n三"


# -- simplified ---------------------------------------------------------------------------------------------------


def test_simplified_keeps_length_and_place() -> None:
    text = "乾淨瞭解：臺灣職工乾隆，麵粉後勤皇后"
    assert simplified(text) == "干净了解：台湾职工乾隆，面粉后勤皇后"
    assert len(simplified(text)) == len(text)


@given(
    st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x2FFFF, exclude_categories=["Cs"]), max_size=60)
)
def test_simplified_keeps_any_length(text: str) -> None:
    assert len(simplified(text)) == len(text)


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda p: p.name[:3])
def test_simplified_texts_stay_as_they_are(path: Path) -> None:
    text = load(path).text
    assert simplified(text) == text


# -- refused ------------------------------------------------------------------------------------------------------


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(BadDocument, match="找不到文件.*没有 的.txt.*请检查"):
        load(tmp_path / "没有 的.txt")
    with pytest.raises(BadDocument, match="是文件夹"):
        load(tmp_path)


def test_a_file_of_200_mb_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "大 文件.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("read into memory"))
    with pytest.raises(BadDocument, match=r"大 文件.txt' 有 200 MB，超过上限 50 MB"):
        load(path)


def test_too_many_bytes() -> None:
    assert "50 MB" in refusal("大.txt", b"a" * (MAX_FILE + 1))


def test_too_many_characters() -> None:
    assert "5,000,000" in refusal("长.txt", "工".encode() * 5_000_001)


@pytest.mark.parametrize("data", [b"", b"\n \r\n\t", b"\xef\xbb\xbf", "　\n".encode(), b"\0" * 100])
def test_empty(data: bytes) -> None:
    message = refusal("空.txt", data)
    assert "空文件" in message or "没有文字" in message


@pytest.mark.parametrize("name", ["计划.docx", "计划.txt", "计划.doc", "计划.pdf"])
def test_renamed_program(name: str) -> None:
    assert "Windows 程序" in refusal(name, b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff" + bytes(range(256)) * 20)


def test_a_running_program_of_this_machine(tmp_path: Path) -> None:
    data = Path(sys.executable).resolve().read_bytes()[:100_000]
    assert "程序" in refusal("计划.docx", data)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("照片.docx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "图片"),
        ("包.txt", b"Rar!\x1a\x07\x00\0\0", "压缩包"),
        ("乱.txt", bytes(range(1, 32)) * 40, "不是文本文件"),
        ("噪声.txt", bytes((i * i * 7919 + i * 104729) // 13 % 256 for i in range(20_000)), "不是文本文件"),
        ("假.docx", "其实是文本".encode(), "不是真正的 .docx"),
        ("假.pdf", "其实是文本".encode(), "不是真正的 .pdf"),
        ("断.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<", "已损坏"),
        ("断.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "已损坏"),
        ("断.docx", b"PK\x03\x04" + b"\0" * 60, "已损坏"),
    ],
)
def test_strangers(name: str, data: bytes, said: str) -> None:
    assert said in refusal(name, data)


@pytest.mark.parametrize("name", ["plan.docx", "plan.doc", "plan.pdf", "printed.pdf", "password.docx"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_read_or_refused(name: str, share: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")  # the bare reader of .doc, not LibreOffice
    data = (DATA / name).read_bytes()
    try:
        text = load_bytes(name, data[: int(len(data) * share)]).text
    except BadDocument as error:
        assert repr(name) in str(error)  # noqa: PT017
    else:
        assert text.strip()


@pytest.mark.parametrize("name", ["plan.docx", "plan.doc", "plan.pdf", "printed.pdf", "page.html", "password.docx"])
@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_file_is_read_or_refused(name: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    chance = random.Random(seed)
    data = bytearray((DATA / name).read_bytes())
    if seed % 2:
        for _ in range(20):
            data[chance.randrange(len(data))] = chance.randrange(256)
    else:
        start = chance.randrange(len(data))
        del data[start : start + chance.randrange(2_000)]
    try:
        text = load_bytes(name, bytes(data)).text
    except BadDocument as error:
        assert repr(name) in str(error)  # noqa: PT017
    else:
        assert text.strip()


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"word/document.xml": b" " * 60_000_000}, "压缩炸弹"),  # by ratio
        ({"a.txt": b"a"}, "压缩包"),
        ({"xl/workbook.xml": b"a"}, "Excel"),
        ({"ppt/presentation.xml": b"a"}, "演示文稿"),
        ({"OFD.xml": b"a"}, "OFD"),
        ({"word/other.xml": b"a"}, "没有正文"),
        ({"word/document.xml": b"<broken"}, "已损坏"),
    ],
)
def test_archives_that_are_no_document(parts: dict[str, bytes], said: str) -> None:
    assert said in refusal("文.docx", zipped(parts))


def test_a_bomb_by_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_EXPANDED", 20_000_000)
    parts = {f"word/media/{n}.bin": os.urandom(8_000) * 1_000 for n in range(3)}
    assert "展开后有 24 MB" in refusal("文.docx", zipped(parts))


def test_an_entity_bomb_expands_nothing() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><d><p><r><t>&l9;</t></r></p></d>'
    message = refusal("文.docx", zipped({"word/document.xml": xml.encode()}))
    assert "没有文字" in message or "已损坏" in message
