"""The tokens of every passage, beside its vector: what token matching compares a query's words with."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexProblem

Tokens = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class TokenRows:
    """Distinct tokens of n texts, one text after the other; none is empty: a text without known tokens is [0].

    Text i has `ids[starts[i]:starts[i + 1]]`; `starts` is (n + 1,).
    """

    ids: Tokens
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        """Number of texts."""
        return len(self.starts) - 1

    def take(self, rows: NDArray[np.int64]) -> "TokenRows":
        """Those of the texts with these numbers (m,), in this order."""
        sizes = self.starts[rows + 1] - self.starts[rows]
        starts = np.r_[0, sizes.cumsum()]
        places = np.repeat(self.starts[rows] - starts[:-1], sizes) + np.arange(starts[-1])
        return TokenRows(self.ids[places], starts)


def distinct(ids: Sequence[int]) -> list[int]:
    """The known ones among the ids of a text, each once, ascending."""
    return sorted(set(ids) - {0}) or [0]


def token_rows(texts: Sequence[Sequence[int]]) -> TokenRows:
    """Put together what `distinct` gave for each text."""
    sizes = [len(ids) for ids in texts]
    flat = (token for ids in texts for token in ids)
    return TokenRows(np.fromiter(flat, np.uint32, sum(sizes)), np.r_[0, np.cumsum(sizes, dtype=np.int64)])


@contextmanager
def tokens_writer(folder: Path) -> Iterator[Callable[[TokenRows], None]]:
    """Give a function that appends texts to `tokens.bin`; where each begins is written at the end."""
    starts = [np.zeros(1, np.int64)]
    with (folder / "tokens.bin").open("wb") as file:

        def append(rows: TokenRows) -> None:
            file.write(rows.ids.astype("<u4").tobytes())
            starts.append(rows.starts[1:] + file.tell() // 4 - len(rows.ids))

        yield append
    np.save(folder / "tokens.npy", np.concatenate(starts), allow_pickle=False)


def read_tokens(folder: Path) -> TokenRows:
    """Map the tokens of a generation; raises IndexProblem when ids and offsets disagree."""
    starts = np.load(folder / "tokens.npy", allow_pickle=False)
    file = folder / "tokens.bin"
    if file.stat().st_size != 4 * starts[-1]:
        raise IndexProblem("索引中的词元文件不完整。请运行 gongbi index --rebuild 重建。")
    ids = np.asarray(np.memmap(file, "<u4", mode="r")) if starts[-1] else np.zeros(0, np.uint32)
    return TokenRows(ids, starts)
