"""Compound files (the container of .doc, .wps, .xls and of encrypted .docx): the streams at their root.

Format: Microsoft [MS-CFB]. Every chain of sectors is bounded by the file, so a damaged file ends in BadDocument,
never in a loop.
"""

import struct
from dataclasses import dataclass

from corpus.errors import BadDocument
from corpus.formats.advice import FETCH_AGAIN

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAST_SECTOR = 0xFFFFFFFA  # greater numbers are marks: end of chain, free …
ENTRY = 128  # bytes of a directory entry
STREAM, ROOT = 2, 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A directory entry; `left`, `right` and `child` are indices of entries."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class CompoundFile:
    """The streams at the root of a compound file. Raises BadDocument when it is damaged."""

    def __init__(self, data: bytes, *, name: str) -> None:
        self._data, self._name = data, name
        try:
            self._open()
        except (struct.error, IndexError) as error:
            raise self._damaged() from error

    @property
    def names(self) -> frozenset[str]:
        """The names of the streams and storages at the root."""
        return frozenset(self._root)

    def read(self, name: str) -> bytes:
        """The bytes of a stream at the root; b"" when there is none."""
        entry = self._root.get(name)
        if entry is None or entry.kind != STREAM:
            return b""
        try:
            return self._stream(entry)
        except (struct.error, IndexError) as error:
            raise self._damaged() from error

    def _damaged(self) -> BadDocument:
        return BadDocument(f"{self._name!r} 已损坏，打不开。{FETCH_AGAIN}")

    def _open(self) -> None:
        shift, mini_shift = struct.unpack_from("<HH", self._data, 0x1E)
        if shift not in (9, 12) or mini_shift != 6:
            raise self._damaged()
        self._sector, self._mini_sector = 1 << shift, 1 << mini_shift
        first_directory, _, self._cutoff, first_mini, _, next_difat = struct.unpack_from("<6I", self._data, 0x30)
        tables = list(struct.unpack_from("<109I", self._data, 0x4C))
        per_sector = self._sector // 4
        for _ in range(len(self._data) // self._sector):
            if next_difat > LAST_SECTOR:
                break
            *more, next_difat = struct.unpack(f"<{per_sector}I", self._sector_bytes(next_difat))
            tables += more
        numbers = [self._sector_bytes(table) for table in tables if table <= LAST_SECTOR]
        self._next = struct.unpack(f"<{len(numbers) * per_sector}I", b"".join(numbers))
        mini = self._chain(first_mini)
        self._next_mini = struct.unpack(f"<{len(mini) // 4}I", mini)
        entries = self._entries(self._chain(first_directory))
        self._mini_stream = self._chain(entries[0].start)
        self._root = {entry.name: entry for entry in self._siblings(entries, entries[0].child)}

    def _sector_bytes(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        sector = self._data[start : start + self._sector]
        if not sector:
            raise IndexError(number)
        return sector.ljust(self._sector, b"\0")  # the last sector may be cut short

    def _chain(self, number: int) -> bytes:
        pieces: list[bytes] = []
        while number <= LAST_SECTOR:
            if len(pieces) > len(self._next):
                raise IndexError("a circle of sectors")
            pieces.append(self._sector_bytes(number))
            number = self._next[number]
        return b"".join(pieces)

    def _stream(self, entry: Entry) -> bytes:
        if entry.size >= self._cutoff:
            return self._chain(entry.start)[: entry.size]
        pieces: list[bytes] = []
        number = entry.start
        while number <= LAST_SECTOR:
            if len(pieces) > len(self._next_mini):
                raise IndexError("a circle of sectors")
            pieces.append(self._mini_stream[number * self._mini_sector : (number + 1) * self._mini_sector])
            number = self._next_mini[number]
        return b"".join(pieces)[: entry.size]

    def _entries(self, directory: bytes) -> list[Entry]:
        entries = []
        for at in range(0, len(directory), ENTRY):
            raw_name, length, kind = struct.unpack_from("<64sHB", directory, at)
            left, right, child = struct.unpack_from("<3I", directory, at + 68)
            start, size = struct.unpack_from("<II", directory, at + 116)
            name = raw_name[: max(0, length - 2)].decode("utf-16-le", errors="replace")
            entries.append(Entry(name, kind, left, right, child, start, size))
        if not entries or entries[0].kind != ROOT:
            raise self._damaged()
        return entries

    def _siblings(self, entries: list[Entry], first: int) -> list[Entry]:
        """The tree of entries that hangs at `first`, each once."""
        found: dict[int, Entry] = {}
        waiting = [first]
        while waiting:
            index = waiting.pop()
            if index < len(entries) and index not in found:
                found[index] = entries[index]
                waiting += [entries[index].left, entries[index].right]
        return list(found.values())
