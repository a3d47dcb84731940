"""A file to a Document: what it really is, its limits, its characters.

The content decides, not the name: web pages and .docx files saved as ".doc" are read as what they are, and a program
renamed to ".docx" is refused. Every refusal is a BadDocument that says what, which file, and what to do.
"""

import hashlib
from pathlib import Path

from corpus.characters import simplified, without_radicals
from corpus.datatypes import Document
from corpus.errors import BadDocument
from corpus.formats.kind import FileKind, kind_of

MAX_FILE = 50_000_000  # bytes
MAX_TEXT = 5_000_000  # characters
__all__ = ["MAX_FILE", "MAX_TEXT", "SUFFIXES", "load", "load_bytes", "read_bytes", "simplified"]
SUFFIXES = frozenset(
    {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".mht", ".mhtml"}
    | {".docx", ".docm", ".pdf", ".doc", ".wps", ".rtf", ".odt"}
)


def load(path: Path) -> Document:
    """Read a file. Raises BadDocument when it is absent, too large, protected, damaged, or holds no text."""
    return load_bytes(path.name, read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that is not too large. Raises BadDocument."""
    if path.is_dir():
        raise BadDocument(
            f"{path.name!r} 是文件夹，不是文件。请给出里面的文件，或用 gongbi corpus add 加入整个文件夹。"
        )
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            raise BadDocument(_too_large(path.name, size))
        return path.read_bytes()
    except FileNotFoundError:
        raise BadDocument(f"找不到文件 {str(path)!r}。请检查路径和文件名。") from None
    except OSError as error:
        raise BadDocument(f"打不开文件 {str(path)!r}：请检查权限，或关闭正在使用它的程序。") from error


def load_bytes(name: str, data: bytes) -> Document:
    """Read a file's bytes; `name` is its file name. Raises BadDocument."""
    if len(data) > MAX_FILE:
        raise BadDocument(_too_large(name, len(data)))
    text = _text_of(kind_of(name, data), name, data)
    text = without_radicals(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise BadDocument(f"{name!r} 里没有文字。请换一个有内容的文件。")
    if len(text) > MAX_TEXT:
        raise BadDocument(f"{name!r} 有 {len(text):,} 个字符，超过上限 {MAX_TEXT:,}。请拆成几个文件再加入。")
    format_ = Path(name).suffix.lower().removeprefix(".") or "txt"
    return Document(name, hashlib.sha256(data).hexdigest(), format_, text)


def _too_large(name: str, size: int) -> str:
    return f"{name!r} 有 {size / 1e6:,.0f} MB，超过上限 {MAX_FILE / 1e6:,.0f} MB。请去掉图片、拆分文件，或另存为 .txt。"


def _text_of(kind: FileKind, name: str, data: bytes) -> str:
    match kind:
        case FileKind.TEXT:
            from corpus.formats.plain import plain_text

            return plain_text(data, name=name)
        case FileKind.HTML:
            from corpus.formats.html import html_text

            return html_text(data)
        case FileKind.MHTML:
            from corpus.formats.html import mhtml_text

            return mhtml_text(data)
        case FileKind.DOCX:
            from corpus.formats.docx import docx_text

            return docx_text(data, name=name)
        case FileKind.PDF:
            from corpus.formats.pdf import pdf_text

            return pdf_text(data, name=name)
        case FileKind.DOC:
            from corpus.formats.office import word_text

            return word_text(data, name=name)
        case FileKind.OFFICE:
            from corpus.formats.office import office_text

            return office_text(data, name=name)
