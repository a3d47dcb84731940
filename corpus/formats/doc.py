"""Old Word documents (.doc, .wps) without LibreOffice: their text, but not the numbers Word counts by itself.

Format: Microsoft [MS-DOC], the piece table: which stretches of the file, in one or two bytes a character, make up
the text.
"""

import re
import struct
from collections.abc import Iterator

from corpus.errors import BadDocument
from corpus.formats.advice import RESAVE, UNPROTECT
from corpus.formats.lines import CELL
from corpus.formats.ole import CompoundFile

WORD_97 = 0x00C1  # the first version with this layout
ENCRYPTED, TABLE_1 = 0x0100, 0x0200  # flags
FIELD_CODE = re.compile("\x13[^\x13\x14\x15]*\x14|\x13[^\x13\x14\x15]*\x15|\x15")


def is_encrypted(word: bytes) -> bool:
    """Whether a WordDocument stream says that it is protected by a password."""
    return len(word) > 12 and bool(struct.unpack_from("<H", word, 10)[0] & ENCRYPTED)


def doc_text(data: bytes, *, name: str) -> str:
    """The main text of a Word 97–2003 document. Raises BadDocument."""
    file = CompoundFile(data, name=name)
    word = file.read("WordDocument")
    try:
        _, version, flags = struct.unpack_from("<HH6xH", word, 0)
        if is_encrypted(word):
            raise BadDocument(f"{name!r} 有密码，打不开。{UNPROTECT}")
        if version < WORD_97:
            raise BadDocument(f"{name!r} 是 Word 95 或更早的文件，没有 LibreOffice 读不了。{RESAVE}")
        table = file.read("1Table" if flags & TABLE_1 else "0Table")
        length = struct.unpack_from("<I", word, 0x4C)[0]
        start, size = struct.unpack_from("<II", word, 0x01A2)
        return _readable(_pieces(word, table[start : start + size])[:length])
    except struct.error as error:
        raise BadDocument(f"{name!r} 已损坏，正文读不出来。{RESAVE}") from error


def _pieces(word: bytes, clx: bytes) -> str:
    """The text that the piece table describes."""
    at = 0
    while clx[at : at + 1] == b"\x01":  # formatting that pieces refer to: passed over
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    size = struct.unpack_from("<BI", clx, at)[1]
    count = (size - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    text = []
    for number in range(count):
        place = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * number + 2)[0]
        characters = max(0, bounds[number + 1] - bounds[number])
        if place & 0x40000000:  # one byte each
            start = (place & 0x3FFFFFFF) // 2
            text.append(word[start : start + characters].decode("cp1252", errors="replace"))
        else:
            text.append(word[place : place + 2 * characters].decode("utf-16-le", errors="replace"))
    return "".join(text)


def _readable(text: str) -> str:
    """Word's control characters as lines and table rows; field codes go, their results stay."""
    for _ in range(5):  # fields inside fields
        text = FIELD_CODE.sub("", text)
    text = text.translate({0x0D: "\n", 0x0B: "\n", 0x0C: "\n", 0x1E: "-", 0xA0: " "})
    text = re.sub("[\x00-\x06\x08\x0e-\x1f]", "", text)
    return "".join(_with_rows(text.split("\x07\x07")))


def _with_rows(parts: list[str]) -> Iterator[str]:
    """A row's cells end with a mark each, and the row with one more: `parts` are what stands between those ends.

    Where a row begins is not marked: its first cell is taken to be one line.
    """
    for part in parts[:-1]:
        head, mark, rest = part.partition("\x07")
        before, newline, first = head.rpartition("\n") if mark else ("", "", head)
        cells = [" ".join(cell.split("\n")).strip() for cell in (first, *rest.split("\x07"))] if mark else [head]
        yield before + newline + CELL.join(cell for cell in cells if cell) + "\n"
    yield parts[-1].replace("\x07", "\n")
