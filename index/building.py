"""Filling a generation's folder: every passage is written, cut into words and embedded once, a batch at a time, so that
memory holds the vectors and nothing else of a large library.
"""

import shutil
from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from corpus.datatypes import Passage
from index.attributes import ROW, Attributes, attributes_row, digest
from index.contents import Contents, Progress
from index.dense import Numbers, build_dense
from index.embed import Embedder, Rows, StaticEmbedder
from index.keyword import keyword_writer, passage_words
from index.payload import payload_writer, record_of
from index.tokens import TokenRows, token_rows, tokens_writer

BATCH = 1024  # passages


@dataclass(frozen=True, slots=True)
class Changes:
    """What a new generation takes over and what it adds. `kept` are row numbers of `previous`, ascending."""

    previous: Contents | None
    kept: Numbers
    added: Iterable[Passage]


def find_changes(previous: Contents, passages: Iterable[Passage]) -> Changes:
    """Compare a generation with the library's passages; a passage with the same id and other content is added anew."""
    known = {int(content): row for row, content in enumerate(previous.attributes["content"])}
    kept, added = [], []
    for passage in passages:
        row = known.get(digest(record_of(passage)))
        if row is None:
            added.append(passage)
        else:
            kept.append(row)
    return Changes(previous, np.unique(np.array(kept, dtype=np.int64)), added)


def fill(folder: Path, changes: Changes, embedder: Embedder, *, progress: Progress) -> int:
    """Write every file of a generation but its manifest; the number of passages in it."""
    vectors, attributes = _taken_over(folder, changes, embedder)
    parts: list[Rows] = [vectors]
    rows: list[tuple[int | bool, ...]] = []
    next_uid = int(attributes["uid"].max(initial=-1)) + 1
    total = len(changes.added) if isinstance(changes.added, Sized) else 0
    with (
        payload_writer(folder) as append,
        tokens_writer(folder) as append_tokens,
        keyword_writer(folder / "keyword") as keyword,
    ):
        for record in _kept_records(changes):
            append(record)
        if changes.previous is not None:
            append_tokens(changes.previous.tokens.take(changes.kept))
        keyword.remove(_removed_uids(changes))
        for batch in _batches(changes.added):
            vectors, tokens = _encoded(embedder, [passage.embedding_text for passage in batch])
            parts.append(vectors)
            append_tokens(tokens)
            for passage in batch:
                record, uid, words = record_of(passage), next_uid + len(rows), passage_words(passage)
                append(record)
                keyword.add(uid, passage, words)
                rows.append(attributes_row(uid, passage, record, terms=words.terms))
            progress("建立索引", len(rows), total)
    attributes = np.concatenate([attributes, np.array(rows, dtype=ROW)])
    np.save(folder / "attributes.npy", attributes, allow_pickle=False)
    dense = build_dense(np.concatenate(parts), like=changes.previous.dense if changes.previous else None)
    (folder / "dense.faiss").write_bytes(dense.to_bytes())
    return len(attributes)


def _encoded(embedder: Embedder, texts: list[str]) -> tuple[Rows, TokenRows]:
    """Vectors, and the tokens that only static models can match."""
    if isinstance(embedder, StaticEmbedder):
        return embedder.encode_with_tokens(texts)
    return embedder.encode_documents(texts), token_rows([[0]] * len(texts))


def _taken_over(folder: Path, changes: Changes, embedder: Embedder) -> tuple[Rows, Attributes]:
    """Vectors and attributes of the kept rows; the previous words are copied, to be changed in place."""
    if changes.previous is None:
        (folder / "keyword").mkdir()
        return np.zeros((0, embedder.dimension), np.float32), np.zeros(0, ROW)
    shutil.copytree(changes.previous.folder / "keyword", folder / "keyword", ignore=shutil.ignore_patterns("*.lock"))
    return changes.previous.dense.vectors(changes.kept), changes.previous.attributes[changes.kept]


def _kept_records(changes: Changes) -> Iterator[bytes]:
    if changes.previous is not None:
        yield from (changes.previous.payload.record(row) for row in changes.kept.tolist())


def _removed_uids(changes: Changes) -> list[int]:
    if changes.previous is None:
        return []
    removed: list[int] = np.delete(changes.previous.attributes["uid"], changes.kept).tolist()
    return removed


def _batches(passages: Iterable[Passage]) -> Iterator[list[Passage]]:
    waiting = iter(passages)
    while batch := list(islice(waiting, BATCH)):
        yield batch
