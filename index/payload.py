"""The passages themselves, a JSON line each, read one at a time from a memory-mapped file: memory does not grow with
the library, and an answer of ten passages costs ten lines.
"""

import json
import mmap
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.datatypes import Passage
from corpus.errors import IndexProblem
from corpus.records import from_record, to_record

KEPT = 4096  # passages


@dataclass(frozen=True, slots=True)
class Payload:
    """Passages by row number. `starts` (n + 1,) are byte offsets of the lines."""

    data: mmap.mmap | bytes
    starts: NDArray[np.int64]
    read: dict[int, Passage] = field(default_factory=dict, compare=False)  # those asked for last, ready made

    def __len__(self) -> int:
        """Number of passages."""
        return len(self.starts) - 1

    def record(self, row: int) -> bytes:
        """The stored line of a row, without its line end."""
        return self.data[self.starts[row] : self.starts[row + 1] - 1]

    def passage(self, row: int) -> Passage:
        """The passage of a row."""
        passage = self.read.get(row)
        if passage is None:
            passage = passage_of(self.record(row))
            if len(self.read) >= KEPT:
                self.read.clear()
            self.read[row] = passage
        return passage

    def rows_with(self, phrase: str) -> NDArray[np.int64]:
        """Rows (m,), ascending, in whose line `phrase` stands literally, in capitals or small letters."""
        letters = re.IGNORECASE if phrase.upper() != phrase.lower() else re.NOFLAG  # it is slow
        wanted = re.compile(re.escape(json.dumps(phrase, ensure_ascii=False)[1:-1].encode()), letters)
        found, place = [], wanted.search(self.data)
        while place:
            row = int(np.searchsorted(self.starts, place.start(), side="right")) - 1
            found.append(row)
            place = wanted.search(self.data, int(self.starts[row + 1]))
        return np.array(found, dtype=np.int64)


def record_of(passage: Passage) -> bytes:
    """The stored form of a passage: one line of JSON without its line end."""
    return json.dumps(to_record(passage), ensure_ascii=False, separators=(",", ":")).encode()


def passage_of(record: bytes) -> Passage:
    """The passage of a stored line."""
    return from_record(Passage, json.loads(record.decode()))


@contextmanager
def payload_writer(folder: Path) -> Iterator[Callable[[bytes], None]]:
    """Give a function that appends a record to `passages.jsonl`; the offsets are written at the end."""
    starts = [0]
    with (folder / "passages.jsonl").open("wb") as lines:

        def append(record: bytes) -> None:
            lines.write(record + b"\n")
            starts.append(starts[-1] + len(record) + 1)

        yield append
    np.save(folder / "passages.npy", np.array(starts, dtype=np.int64), allow_pickle=False)


def read_payload(folder: Path) -> Payload:
    """Map the passages of a generation; raises IndexProblem when lines and offsets disagree."""
    starts = np.load(folder / "passages.npy", allow_pickle=False)
    with (folder / "passages.jsonl").open("rb") as lines:
        data = mmap.mmap(lines.fileno(), 0, access=mmap.ACCESS_READ) if starts[-1] else b""
    if len(data) != starts[-1]:
        raise IndexProblem("索引中的段落文件不完整。请运行 gongbi index --rebuild 重建。")
    return Payload(data, starts)
