"""Authored queries that the embedding never saw, as a file of judged queries over the sample documents.

    python -m index.validation tests/data/retrieval.jsonl
    gongbi eval retrieval tests/data/retrieval.jsonl

A query's own passage and its near-duplicates answer it; what else may help is not judged, so figures are low.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.datatypes import Passage
from index.evaluate import fold
from index.fit import SAME_TEXT
from index.selection import overlap
from index.training.__main__ import DOCUMENTS
from index.training.asking import find_anchor
from index.training.domain import Anchor, Domain, load_domain
from index.training.recipe import read_passages

QUOTED = 40  # characters of a passage that tell it apart
Judgement = dict[str, str | int]


def judged_queries(domain: Domain, passages: Sequence[Passage]) -> Iterator[dict[str, object]]:
    """Every query on the sample documents that was kept out of training, with what answers it."""
    for anchor in domain.anchors:
        asked = [query for query in anchor.queries if anchor.checked or query.checked]
        passage = find_anchor(anchor, passages) if asked else None
        if passage is not None:
            relevant = list(_judgements(anchor, passage, passages))
            for query in asked:
                yield {"query": query.text, "type": query.kind, "relevant": relevant}


def _judgements(anchor: Anchor, passage: Passage, passages: Sequence[Passage]) -> Iterator[Judgement]:
    """The quote, and the beginnings of the near-duplicates of its passage."""
    quote = anchor.quote if fold(anchor.quote) in fold(passage.text) else passage.text[:QUOTED]
    yield {"file": anchor.file, "quote": quote, "grade": 2, "dup": passage.id}
    for other in passages:
        if other.id != passage.id and overlap(other.text, passage.text) >= SAME_TEXT:
            yield {"file": other.file, "quote": other.text[:QUOTED], "grade": 2, "dup": passage.id}


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    rows = judged_queries(load_domain(), read_passages(DOCUMENTS))
    lines = [
        json.dumps({"id": f"v{n:03d}", **row}, ensure_ascii=False, separators=(",", ":"))
        for n, row in enumerate(rows, start=1)
    ]
    options.file.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
