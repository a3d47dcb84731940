"""The built-in model over the five real documents: answers what they hold, abstains on everything else."""

from pathlib import Path

import pytest
from small_index import SmallLibrary

from corpus.datatypes import Passage
from index.embed import BUILT_IN, load_embedder
from index.generation import rebuild
from index.search import PassageIndex

OFFTOPIC = Path(__file__).with_name("offtopic_queries.txt").read_text(encoding="utf-8").split("\n")[:-1]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, passages: tuple[Passage, ...]) -> PassageIndex:
    return rebuild(tmp_path_factory.mktemp("index"), SmallLibrary(passages), load_embedder(str(BUILT_IN)))


def test_other_fields_and_greetings_are_not_answered(index: PassageIndex) -> None:
    assert len(OFFTOPIC) == len(set(OFFTOPIC)) >= 60
    abstained = [query for query in OFFTOPIC if index.search(query).abstained]
    assert len(abstained) / len(OFFTOPIC) >= 0.9


def test_abstaining_shows_nothing(index: PassageIndex) -> None:
    result = index.search("明天的天气怎么样")
    assert (result.hits, result.abstained) == ((), True)


def test_own_headings_and_sentences_are_answered(index: PassageIndex, passages: tuple[Passage, ...]) -> None:
    sentences = [passage.text[:40] for passage in passages if len(passage.text) >= 40]
    answered = [text for text in sentences if not index.search(text).abstained]
    assert len(answered) / len(sentences) >= 0.99


def test_a_sentence_finds_its_passage(index: PassageIndex, passages: tuple[Passage, ...]) -> None:
    found = 0
    wanted = [passage for passage in passages if len(passage.text) >= 60]
    for passage in wanted:
        hits = index.search(passage.text[10:50]).hits[:3]
        found += any(passage in (hit.passage, *hit.also_in) for hit in hits)
    assert found / len(wanted) >= 0.97


def test_hits_are_passages_of_the_library(index: PassageIndex, passages: tuple[Passage, ...]) -> None:
    hits = index.search("困难职工帮扶").hits
    assert hits
    assert {hit.passage for hit in hits} <= set(passages)
    shown = [passage.id for hit in hits for passage in (hit.passage, *hit.also_in)]
    assert len(shown) == len(set(shown))
