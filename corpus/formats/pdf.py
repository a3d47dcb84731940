"""PDF files to text through PDFium, which reads the character maps of Chinese fonts that others lack."""

import ctypes
import math
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from corpus.errors import BadDocument
from corpus.formats.advice import RECOGNISE, UNPROTECT
from corpus.formats.layout import text_of_pages
from corpus.formats.lines import Line

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage  # type: ignore[import-untyped,unused-ignore]

MAX_PAGES = 1_000
SCANNED = 80  # characters a page of pictures may have (a stamp, page number, running head)
MAX_UNKNOWN = 0.2  # share of characters that the font's maps leave unknown
FULL_WIDTH = "\u2e80"  # characters from here on are as wide as high
Turn = Callable[[float, float], tuple[float, float]]
TURNS: tuple[Turn, ...] = (  # by the quarters that text is turned to the left
    lambda x, y: (x, y),
    lambda x, y: (y, -x),
    lambda x, y: (-x, -y),
    lambda x, y: (-y, x),
)
LINE_GRID = 6.0  # points: text lines are farther apart
BULLET = re.compile("^[\ue000-\uf8ff]")  # symbol fonts draw bullets at private codes
PASSWORD_NEEDED = 4  # FPDF_ERR_PASSWORD


class Character(NamedTuple):
    """A printed character and its box, in points."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


_one_at_a_time = threading.Lock()  # PDFium is not thread safe


def pdf_text(data: bytes, *, name: str) -> str:
    """Paragraphs and table rows, a line each.

    Raises BadDocument for a PDF that is protected, damaged, scanned, or whose characters cannot be told.
    """
    with _one_at_a_time, _opened(data, name=name) as document:
        if len(document) > MAX_PAGES:
            raise BadDocument(f"{name!r} 有 {len(document):,} 页，超过上限 {MAX_PAGES:,} 页。请拆成几个文件再加入。")
        pages, pictures = [], 0
        for page in _pages(document):
            lines = _lines(page)
            has_text = sum(len(line.text) for line in lines) > SCANNED
            pictures += not has_text and _has_picture(page)
            pages.append(lines)
    text = text_of_pages(pages)
    _check(text, pages=len(pages), pictures=pictures, name=name)
    return text


def _check(text: str, *, pages: int, pictures: int, name: str) -> None:
    if pictures == pages or not text.strip():
        raise BadDocument(f"{name!r} 是扫描件，里面只有图片没有文字。{RECOGNISE}")
    unknown = sum(character == "\ufffd" or "\ue000" <= character <= "\uf8ff" for character in text)
    if unknown > MAX_UNKNOWN * len(text):
        raise BadDocument(f"{name!r} 的字体没有编码信息，文字读不出来。{RECOGNISE}")


@contextmanager
def _opened(data: bytes, *, name: str) -> Iterator["PdfDocument"]:
    from pypdfium2 import PdfDocument, PdfiumError  # type: ignore[import-untyped,unused-ignore]

    try:
        document = PdfDocument(data)
        try:
            yield document
        finally:
            document.close()
    except PdfiumError as error:  # while opening, or later on a damaged page
        if error.err_code == PASSWORD_NEEDED:
            raise BadDocument(f"{name!r} 有密码，打不开。{UNPROTECT}") from error
        raise BadDocument(f"{name!r} 已损坏，读不出来。请重新下载，或换成 .docx 原稿。") from error


def _pages(document: "PdfDocument") -> Iterator["PdfPage"]:
    for index in range(len(document)):
        page = document[index]
        try:
            yield page
        finally:
            page.close()


def _has_picture(page: "PdfPage") -> bool:
    from pypdfium2 import raw  # type: ignore[import-untyped,unused-ignore]

    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _lines(page: "PdfPage") -> list[Line]:
    """The visual lines of a page in content order, cut where a gap is wide enough to part table cells."""
    lines: list[Line] = []
    run: list[Character] = []
    for character in _characters(page):
        if run and (character.text == "\n" or not _follows(run[-1], character)):
            lines.append(_line(run))
            run = []
        if character.text.strip() or run:
            run.append(character)
    if run:
        lines.append(_line(run))
    return [line for line in lines if line.text]


def _characters(page: "PdfPage") -> list[Character]:
    """What is printed, without the blanks PDFium guesses from gaps: `_line` looks at the gaps itself.

    A page whose text runs upwards or downwards is turned, so that it runs to the right.
    """
    from pypdfium2 import raw  # type: ignore[import-untyped,unused-ignore]

    textpage = page.get_textpage()
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
    found: list[tuple[str, float, float, float, float, tuple[float, float, float, float]]] = []
    quarters: Counter[int] = Counter()
    for index in range(textpage.count_chars()):
        text = chr(raw.FPDFText_GetUnicode(textpage, index))
        if raw.FPDFText_IsGenerated(textpage, index) and text != "\n":
            continue
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        raw.FPDFText_GetMatrix(textpage, index, matrix)
        em = raw.FPDFText_GetFontSize(textpage, index)
        width, height = em * math.hypot(matrix.a, matrix.b), em * math.hypot(matrix.c, matrix.d)
        if not width * height:
            continue  # text of size nothing: invisible
        box = textpage.get_charbox(index, loose=True) if text < FULL_WIDTH else (0.0, 0.0, 0.0, 0.0)
        found.append((text, x.value, y.value, width, height, box))
        quarters[round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4] += text != "\n"
    textpage.close()
    quarter = quarters.most_common(1)[0][0] if quarters else 0
    characters = [_character(TURNS[quarter], *one) for one in found]
    if quarter > 1:  # PDFium orders such text by its place on the page, from the wrong end
        characters.sort(key=lambda c: (-round((c.bottom + c.top) / 2 / LINE_GRID), c.left))
    return characters


def _character(
    turn: Turn, text: str, x: float, y: float, width: float, height: float, box: tuple[float, float, float, float]
) -> Character:
    left, base = turn(x, y)
    narrow = max(turn(*box[:2])[0], turn(*box[2:])[0])
    return Character(
        text, left, base - 0.1 * height, narrow if text < FULL_WIDTH else left + width, base + 0.8 * height
    )


def _follows(last: Character, next_: Character) -> bool:
    """Whether `next_` stands on the line of `last`, with no gap as between table cells."""
    size = max(last.top - last.bottom, next_.top - next_.bottom)
    middle = (next_.top + next_.bottom) / 2
    chinese = min(last.text, next_.text) >= FULL_WIDTH
    widest = (0.35 if chinese else 0.6) * size  # justified text; a quarter is usual beside Latin letters
    level = last.bottom - size / 2 < middle < last.top + size / 2
    return level and next_.left > last.left - size / 2 and next_.left - last.right < widest


def _line(run: Sequence[Character]) -> Line:
    text = run[0].text
    for last, character in zip(run, run[1:], strict=False):
        words = (last.text + character.text).isascii() and (last.text + character.text).isalnum()
        gap = character.left - last.right > 0.2 * (character.top - character.bottom)
        text += " " + character.text if words and gap else character.text
    bottom, top = min(c.bottom for c in run), max(c.top for c in run)
    text = BULLET.sub("●", text.strip())
    return Line(text, run[0].left, max(c.right for c in run), bottom, top)
