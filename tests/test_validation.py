"""The committed validation queries: never trained on, and answered by the sample documents as they are read now."""

from pathlib import Path

from corpus.datatypes import Passage
from index.evaluate import fold, read_queries
from index.training.domain import KINDS, load_domain
from index.validation import judged_queries

FILE = Path(__file__).with_name("data") / "retrieval.jsonl"


def test_every_query_was_kept_out_of_training() -> None:
    domain = load_domain()
    kept = {q.text for owner in domain.anchors for q in owner.queries if owner.checked or q.checked}
    asked = read_queries(FILE)
    assert len(asked) >= 300
    assert {query.text for query in asked} <= kept
    assert {query.type for query in asked} == set(KINDS)


def test_its_quotes_stand_in_the_passages(passages: tuple[Passage, ...]) -> None:
    held: dict[str, list[str]] = {}
    for passage in passages:
        held.setdefault(passage.file, []).append(fold(passage.embedding_text))
    quotes = {(r.file, fold(r.quote)) for query in read_queries(FILE) for r in query.relevant}
    missing = [quote for file, quote in quotes if not any(quote in text for text in held[file])]
    assert len(missing) <= len(quotes) / 50  # passages may be cut otherwise since the file was written


def test_queries_come_with_what_answers_them(passages: tuple[Passage, ...]) -> None:
    rows = list(judged_queries(load_domain(), passages))
    assert len({str(row["query"]) for row in rows}) == len(rows)
    assert all(row["relevant"] for row in rows)
