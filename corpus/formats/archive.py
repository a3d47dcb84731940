"""Zipped documents: which one it is, and its parts, within limits that a zip bomb breaks."""

import io
import zipfile
import zlib

from corpus.errors import BadDocument
from corpus.formats.kind import NEXT_STEP, WORD, FileKind

MAX_EXPANDED = 300_000_000  # bytes of all parts together
MAX_PART = 60_000_000  # bytes of a part that we read
MAX_RATIO = 200  # expanded : packed; XML packs 10 to 30 : 1
RATIO_FREE = 5_000_000  # below this many expanded bytes any ratio is harmless
MAX_PARTS = 10_000


def archive_kind(data: bytes, *, name: str) -> FileKind:
    """The kind of document a zip file holds. Raises BadDocument for a bomb, a damaged file or anything else."""
    with open_archive(data, name=name) as archive:
        names = set(archive.namelist())
        if any(part.startswith("word/") for part in names):
            return FileKind.DOCX
        mimetype = read_part(archive, "mimetype", name=name) if "mimetype" in names else b""
        if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
            return FileKind.OFFICE
    if any(part.startswith("xl/") for part in names):
        raise BadDocument(f"{name!r} 是 Excel 表格，不是文稿。请把文字部分另存为 .docx 或 .txt。")
    if any(part.startswith("ppt/") for part in names):
        raise BadDocument(f"{name!r} 是演示文稿，不是文稿。请把文字部分另存为 .docx 或 .txt。")
    if "OFD.xml" in names:
        raise BadDocument(f"{name!r} 是 OFD 版式文件，读不了。请用 OFD 阅读器另存为 PDF 或文本后再加入。")
    raise BadDocument(f"{name!r} 是压缩包，不是文稿。{NEXT_STEP['压缩包']}")


def open_archive(data: bytes, *, name: str) -> zipfile.ZipFile:
    """An archive within the limits. Raises BadDocument."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BadDocument(f"{name!r} 已损坏，打不开。请重新下载或复制；{WORD}") from error
    parts = archive.infolist()
    expanded = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    bomb = expanded > RATIO_FREE and expanded / packed > MAX_RATIO
    if expanded > MAX_EXPANDED or bomb or len(parts) > MAX_PARTS:
        raise BadDocument(
            f"{name!r} 展开后有 {expanded / 1e6:,.0f} MB（压缩了 {expanded / packed:,.0f} 倍），"
            "可能是压缩炸弹，没有打开。若确是文稿，请去掉图片后另存为 .docx。"
        )
    return archive


def read_part(archive: zipfile.ZipFile, part: str, *, name: str) -> bytes:
    """A part's bytes; at most as many as it declares are ever expanded. Raises BadDocument."""
    if archive.getinfo(part).file_size > MAX_PART:
        raise BadDocument(f"{name!r} 的正文展开后超过 {MAX_PART / 1e6:,.0f} MB，没有打开。请拆成几个文件。")
    try:
        return archive.read(part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise BadDocument(f"{name!r} 已损坏，读不全。请重新下载或复制；{WORD}") from error
    except RuntimeError as error:  # zipfile's way to ask for a password
        raise BadDocument(f"{name!r} 有密码，打不开。请先去掉密码再加入。") from error
