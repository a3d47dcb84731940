"""Training pairs: a short side as someone might ask, a long side that answers it."""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import BadRequest

LONGEST = 400  # characters kept of either side: the mean of more words is hardly moved


@dataclass(frozen=True, slots=True)
class Pair:
    """One positive pair. Texts with the same `key` answer the same queries, so they are never each other's negatives;
    texts with the same `facet` are weak negatives only.
    """

    query: str
    text: str
    key: str
    facet: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Pairs of one origin: a batch is drawn from one source, so that its negatives come from the same kind of text.

    `repeat` is how often an epoch sees every pair; `asked` says that the short side may be wrapped in the wording of
    a request, `matched` that token matching is trained on it too.
    """

    name: str
    pairs: tuple[Pair, ...]
    repeat: int = 1
    asked: bool = False
    matched: bool = False


def read_public_pairs(folder: Path) -> tuple[Source, ...]:
    """The general pairs of `folder` (`*.tsv.gz`: type, short side, long side), one source per file and type.

    Raises BadRequest when the folder holds none.
    """
    found: dict[str, list[Pair]] = {}
    for path in sorted(folder.glob("*.tsv.gz")):
        stem = path.name.removesuffix(".tsv.gz")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                kind, query, text = line.rstrip("\n").split("\t")
                found.setdefault(f"{stem}/{kind}", []).append(Pair(query[:LONGEST], text[:LONGEST], text[:LONGEST]))
    if not found:
        raise BadRequest(f"文件夹 {str(folder)!r} 里没有 *.tsv.gz 训练数据，请用 --data 指明数据所在的文件夹。")
    return tuple(Source(name, tuple(pairs), asked=name.endswith(("/head", "/title"))) for name, pairs in found.items())


def all_texts(sources: Sequence[Source]) -> list[str]:
    """Every text of the sources once, in order of first appearance."""
    return list(dict.fromkeys(text for source in sources for pair in source.pairs for text in (pair.query, pair.text)))
