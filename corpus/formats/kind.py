"""What a file really is, by its bytes. Names lie: sites serve web pages as .doc, users rename."""

import re
from enum import Enum, auto
from pathlib import Path

from corpus.errors import BadDocument
from corpus.formats.advice import ORIGINAL, RECOGNISE, RESAVE, UNPACK, UNPROTECT
from corpus.formats.archive import open_archive, read_part
from corpus.formats.doc import is_encrypted
from corpus.formats.html import MESSAGE
from corpus.formats.ole import SIGNATURE, CompoundFile


class FileKind(Enum):
    """The kinds we read."""

    TEXT = auto()
    HTML = auto()
    MHTML = auto()  # a web page with its pictures in one file, as Word saves it
    DOCX = auto()
    PDF = auto()
    DOC = auto()  # .doc and .wps: LibreOffice converts them, or we read the bare text
    OFFICE = auto()  # .rtf .odt: only LibreOffice


# First bytes of what is no text document: (bytes, what it is, next step).
STRANGERS: tuple[tuple[bytes, str, str], ...] = (
    (b"MZ", "Windows 程序", ORIGINAL),
    (b"\x7fELF", "程序", ORIGINAL),
    (b"\xcf\xfa\xed\xfe", "程序", ORIGINAL),
    (b"\xca\xfe\xba\xbe", "程序", ORIGINAL),
    (b"\x89PNG", "图片", RECOGNISE),
    (b"\xff\xd8\xff", "图片", RECOGNISE),
    (b"GIF8", "图片", RECOGNISE),
    (b"BM", "图片", RECOGNISE),
    (b"II*\0", "图片", RECOGNISE),
    (b"MM\0*", "图片", RECOGNISE),
    (b"RIFF", "音视频或图片", ORIGINAL),
    (b"ID3", "音频", ORIGINAL),
    (b"Rar!", "压缩包", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "压缩包", UNPACK),
    (b"\x1f\x8b", "压缩包", UNPACK),
    (b"SQLite format 3\0", "数据库", ORIGINAL),
)
WEB_PAGE = re.compile(
    rb"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|h[1-6]|span)\b",
    re.I | re.S,
)
WHOLE_PAGE = re.compile(rb"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html)\b", re.I | re.S)  # saved as .txt
PLAIN = frozenset({".txt", ".text", ".md", ".markdown"})


def kind_of(name: str, data: bytes) -> FileKind:
    """The kind of a file. Raises BadDocument for an empty one and for what is no text document."""
    suffix = Path(name).suffix.lower()
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xfe\xff"):
        raise BadDocument(f"{name!r} 是空文件。请检查是否保存完整，或换一个文件。")
    if data.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and suffix not in PLAIN):
        return FileKind.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive_kind(name, data)
    if data.startswith(SIGNATURE):
        return _compound_kind(name, data)
    if data.startswith(b"{\\rtf"):
        return FileKind.OFFICE
    for signature, what, advice in STRANGERS:
        if data.startswith(signature) and (len(signature) > 3 or b"\0" in data[:4096]):
            raise BadDocument(f"{name!r} 是{what}，不是文稿。{advice}")
    if suffix not in PLAIN and MESSAGE.match(data[:200]):
        return FileKind.MHTML
    if suffix in (".html", ".htm") or _looks_like_web_page(data, WHOLE_PAGE if suffix in PLAIN else WEB_PAGE):
        return FileKind.HTML
    if suffix in (".docx", ".pdf", ".odt"):
        raise BadDocument(f"{name!r} 不是真正的 {suffix} 文件，可能已损坏或改过名字。{ORIGINAL}")
    return FileKind.TEXT


def _looks_like_web_page(data: bytes, pattern: re.Pattern[bytes]) -> bool:
    start = data[:4096]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16
        start = start[2:].replace(b"\0", b"")
    return pattern.match(start.removeprefix(b"\xef\xbb\xbf")) is not None


def _archive_kind(name: str, data: bytes) -> FileKind:
    with open_archive(data, name=name) as archive:
        parts = set(archive.namelist())
        mimetype = read_part(archive, "mimetype", name=name) if "mimetype" in parts else b""
    if any(part.startswith("word/") for part in parts):
        return FileKind.DOCX
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return FileKind.OFFICE
    if any(part.startswith("xl/") for part in parts):
        raise BadDocument(f"{name!r} 是 Excel 表格，不是文稿。请把文字部分另存为 .docx 或 .txt。")
    if any(part.startswith("ppt/") for part in parts):
        raise BadDocument(f"{name!r} 是演示文稿，不是文稿。请把文字部分另存为 .docx 或 .txt。")
    if "OFD.xml" in parts:
        raise BadDocument(f"{name!r} 是 OFD 版式文件，工笔读不了。请用 OFD 阅读器另存为 PDF 或文本后再加入。")
    raise BadDocument(f"{name!r} 是压缩包，不是文稿。{UNPACK}")


def _compound_kind(name: str, data: bytes) -> FileKind:
    file = CompoundFile(data, name=name)
    if "EncryptedPackage" in file.names or is_encrypted(file.read("WordDocument")):
        raise BadDocument(f"{name!r} 有密码，打不开。{UNPROTECT}")
    if "WordDocument" in file.names:
        return FileKind.DOC
    if file.names & {"Workbook", "Book"}:
        raise BadDocument(f"{name!r} 是 Excel 表格，不是文稿。请把文字部分另存为 .docx 或 .txt。")
    if "PowerPoint Document" in file.names:
        raise BadDocument(f"{name!r} 是演示文稿，不是文稿。请把文字部分另存为 .docx 或 .txt。")
    if any(stream.endswith("CONTENTS") for stream in file.names):  # Microsoft Works, early WPS
        return FileKind.OFFICE
    raise BadDocument(f"{name!r} 里没有 Word 文稿。{RESAVE}")
