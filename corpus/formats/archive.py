"""Zipped documents within limits that a zip bomb breaks."""

import io
import struct
import zipfile
import zlib

from corpus.errors import BadDocument
from corpus.formats.advice import FETCH_AGAIN, UNPROTECT

MAX_EXPANDED = 300_000_000  # bytes of all parts together
MAX_PART = 60_000_000  # bytes of a part that we read
MAX_RATIO = 200  # expanded : packed; XML packs 10 to 30 : 1
RATIO_FREE = 5_000_000  # below this many expanded bytes any ratio is harmless
MAX_PARTS = 10_000


def open_archive(data: bytes, *, name: str) -> zipfile.ZipFile:
    """An archive within the limits. Raises BadDocument."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError) as error:
        raise BadDocument(f"{name!r} 已损坏，打不开。{FETCH_AGAIN}") from error
    parts = archive.infolist()
    expanded = sum(part.file_size for part in parts)
    ratio = expanded / max(1, len(data))
    if expanded > MAX_EXPANDED or (expanded > RATIO_FREE and ratio > MAX_RATIO) or len(parts) > MAX_PARTS:
        archive.close()
        raise BadDocument(
            f"{name!r} 展开后有 {expanded / 1e6:,.0f} MB（压缩了 {ratio:,.0f} 倍），可能是压缩炸弹，没有打开。"
            "若确是文稿，请去掉图片后另存为 .docx。"
        )
    return archive


def read_part(archive: zipfile.ZipFile, part: str, *, name: str) -> bytes:
    """A part's bytes; never more than it declares are expanded. Raises BadDocument."""
    if archive.getinfo(part).file_size > MAX_PART:
        raise BadDocument(f"{name!r} 的正文展开后超过 {MAX_PART / 1e6:,.0f} MB，没有打开。请拆成几个文件。")
    try:
        return archive.read(part)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError) as error:
        raise BadDocument(f"{name!r} 已损坏，读不全。{FETCH_AGAIN}") from error
    except RuntimeError as error:  # zipfile's way to ask for a password
        raise BadDocument(f"{name!r} 有密码，打不开。{UNPROTECT}") from error
