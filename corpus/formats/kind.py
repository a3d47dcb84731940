"""What a file really is, by its bytes. Names lie: sites serve web pages as .doc, users rename."""

import re
from enum import Enum, auto
from pathlib import Path

from corpus.errors import BadDocument


class FileKind(Enum):
    """The kinds we read."""

    TEXT = auto()
    HTML = auto()
    DOCX = auto()
    PDF = auto()
    OFFICE = auto()  # .doc .wps .rtf .odt: LibreOffice converts it


WORD = "请用 Word 或 WPS 打开，另存为 .docx 后再加入。"
OTHER_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "Windows 程序"),
    (b"\x7fELF", "程序"),
    (b"\xcf\xfa\xed\xfe", "程序"),
    (b"\xca\xfe\xba\xbe", "程序"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
    (b"RIFF", "音视频"),
    (b"ID3", "音频"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"SQLite format 3", "数据库"),
)
NEXT_STEP = {
    "压缩包": "请先解压，再加入里面的文件。",
    "图片": "请先用文字识别（OCR）软件转成文字。",
}
HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|div|p|table)\b", re.I | re.S
)
TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ""})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(name: str, data: bytes) -> FileKind:
    """The kind of a file. Raises BadDocument for an empty one and for what is no text document."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise BadDocument(f"{name!r} 是空文件。请检查是否保存完整，或换一个文件。")
    if data.lstrip(b"\0\t\r\n ")[:5] == b"%PDF-" or b"%PDF-" in data[:1024]:
        return FileKind.PDF
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        from corpus.formats.archive import archive_kind

        return archive_kind(data, name=name)
    if data.startswith(OLE):
        return FileKind.OFFICE
    if data.startswith(b"{\\rtf"):
        return FileKind.OFFICE
    for signature, what in OTHER_SIGNATURES:
        if data.startswith(signature) and b"\0" in data[:4096]:
            raise BadDocument(f"{name!r} 是{what}，不是文稿。{NEXT_STEP.get(what, '请换成计划的原文件。')}")
    suffix = Path(name).suffix.lower()
    if (
        suffix not in TEXT_SUFFIXES
        and HTML_START.match(data[:4096].lstrip(b"\xef\xbb\xbf"))
        or suffix in (".html", ".htm")
    ):
        return FileKind.HTML
    if suffix in (".docx", ".pdf", ".odt"):
        raise BadDocument(f"{name!r} 不是真正的 {suffix} 文件，可能已损坏或改过名字。{WORD}")
    return FileKind.TEXT
