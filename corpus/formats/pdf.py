"""PDF files to text through PDFium, which reads the character maps of Chinese fonts that others lack."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from corpus.errors import BadDocument
from corpus.formats.layout import Line, text_of_lines

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MAX_PAGES = 1_000
SCANNED = 20  # characters a page of pictures may have (a page number, a stamp)
MAX_UNKNOWN = 0.2  # share of characters that the font's maps leave unknown
PASSWORD_NEEDED = 4  # FPDF_ERR_PASSWORD
_one_at_a_time = threading.Lock()  # PDFium is not thread safe


def pdf_text(data: bytes, *, name: str) -> str:
    """Paragraphs and table rows, a line each. Raises BadDocument for a PDF that is protected, damaged, scanned, or
    whose characters cannot be told."""
    with _one_at_a_time, _opened(data, name=name) as document:
        if len(document) > MAX_PAGES:
            raise BadDocument(f"{name!r} 有 {len(document):,} 页，超过上限 {MAX_PAGES:,} 页。请拆成几个文件再加入。")
        pages, pictures = [], 0
        for page in _pages(document):
            lines = _lines(page)
            has_text = sum(len(line.text) for line in lines) > SCANNED
            pictures += not has_text and _has_picture(page)
            pages.append(lines)
    text = text_of_lines(pages)
    _check(text, pages=len(pages), pictures=pictures, name=name)
    return text


def _check(text: str, *, pages: int, pictures: int, name: str) -> None:
    if pictures == pages:
        raise BadDocument(f"{name!r} 是扫描件，里面只有图片没有文字。请先用文字识别（OCR）软件转成 .docx 或 .txt。")
    unknown = sum(character == "\ufffd" or "\ue000" <= character <= "\uf8ff" for character in text)
    if unknown > MAX_UNKNOWN * len(text):
        raise BadDocument(f"{name!r} 的字体没有编码信息，文字读不出来。请用文字识别（OCR）软件转成 .docx 或 .txt。")


@contextmanager
def _opened(data: bytes, *, name: str) -> Iterator["PdfDocument"]:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        if error.err_code == PASSWORD_NEEDED:
            raise BadDocument(f"{name!r} 有密码，打不开。请先去掉密码再加入。") from error
        raise BadDocument(f"{name!r} 已损坏，读不出来。请重新下载，或换成 .docx 原稿。") from error
    try:
        yield document
    finally:
        document.close()


def _pages(document: "PdfDocument") -> Iterator["PdfPage"]:
    for index in range(len(document)):
        page = document[index]
        try:
            yield page
        finally:
            page.close()


def _has_picture(page: "PdfPage") -> bool:
    from pypdfium2 import raw

    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _lines(page: "PdfPage") -> list[Line]:
    """The visual lines of a page in content order, cut where a gap is wider than a character."""
    from pypdfium2 import raw

    textpage = page.get_textpage()
    lines: list[Line] = []
    characters: list[tuple[str, tuple[float, float, float, float]]] = []
    for index in range(textpage.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(textpage, index))
        ...
    return lines
