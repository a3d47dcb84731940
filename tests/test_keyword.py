"""BM25 over our words: weights, groups, filters before the top k, changes in one commit."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from small_index import PASSAGES, passage

from corpus.datatypes import OrganisationType, Passage, Period, PlanKind, Topic
from corpus.errors import IndexProblem
from index.attributes import ROW, attributes_row, passing
from index.datatypes import Filter
from index.keyword import KeywordIndex, Wanted, index_words, keyword_writer, open_keyword, passage_words
from index.payload import record_of

EQUAL = {"headings": 1.0, "text": 1.0}
FILTERS = [
    Filter(),
    Filter(organisations=frozenset({OrganisationType.ENTERPRISE})),
    Filter(organisations=frozenset({OrganisationType.ENTERPRISE, OrganisationType.HOSPITAL})),
    Filter(topics=frozenset({Topic.MONTHLY})),
    Filter(periods=frozenset({Period.TERM})),
    Filter(kinds=frozenset({PlanKind.SUMMARY})),
    Filter(months=frozenset({3, 9})),
    Filter(collections=frozenset({"本厂"})),
    Filter(years=(2012, 2013)),
    Filter(years=(2017, 2020)),
    Filter(union_only=True),
    Filter(organisations=frozenset({OrganisationType.SCHOOL}), months=frozenset({9}), union_only=True),
]


def write(folder: Path, passages: Iterable[Passage]) -> KeywordIndex:
    folder.mkdir(exist_ok=True)
    with keyword_writer(folder) as writer:
        for uid, one in enumerate(passages):
            writer.add(uid, one, passage_words(one))
    return open_keyword(folder, field_weights=EQUAL)


@pytest.fixture
def keyword(tmp_path: Path) -> KeywordIndex:
    return write(tmp_path / "关键词", PASSAGES)


def found(keyword: KeywordIndex, *words: str, filter: Filter = Filter()) -> list[int]:  # noqa: B008  frozen
    return sorted(keyword.search(Wanted(dict.fromkeys(words, 1.0)), k=10, filter=filter)[0].tolist())


def test_index_words_fold_width_case_and_months() -> None:
    assert index_words("（三）１２月份 KTV、慰问！") == ["三", "ktv", "慰问", "12月"]
    assert {"大会", "职工代表大会"} <= set(index_words("召开职工代表大会"))
    assert index_words("……。") == []


def test_search_ranks_by_words(keyword: KeywordIndex) -> None:
    uids, scores = keyword.search(Wanted({"慰问": 1.0, "困难": 1.0}), k=10, filter=Filter())
    assert uids.tolist() == [2, 1]
    assert scores[0] > scores[1] > 0
    assert found(keyword, "没有的词") == []


def test_headings_are_searched(tmp_path: Path) -> None:
    headed = passage(1, "按时召开会议。", headings=("一、民主管理",))
    assert found(write(tmp_path / "k", [headed]), "民主") == [0]


def test_word_weights_decide(keyword: KeywordIndex) -> None:
    first = keyword.search(Wanted({"校务公开": 3.0, "院务公开": 1.0}), k=1, filter=Filter())[0]
    second = keyword.search(Wanted({"校务公开": 1.0, "院务公开": 3.0}), k=1, filter=Filter())[0]
    assert (first.tolist(), second.tolist()) == ([4], [3])


def test_only_the_best_of_a_group_counts(keyword: KeywordIndex) -> None:
    one = keyword.search(Wanted({}, [[{"慰问": 1.0}]]), k=10, filter=Filter())
    many = keyword.search(Wanted({}, [[{"慰问": 1.0}, {"慰问": 1.0}, {"走访": 0.1}]]), k=10, filter=Filter())
    assert sorted(many[0].tolist()) == sorted(one[0].tolist()) == [1, 2]
    assert sorted(many[1].tolist()) == pytest.approx(sorted(one[1].tolist()))


def test_months_match_however_written(keyword: KeywordIndex) -> None:
    assert found(keyword, *index_words("9月")) == [7]


@pytest.mark.parametrize("filter", FILTERS, ids=[str(i) for i in range(len(FILTERS))])
def test_filter_agrees_with_the_attributes(keyword: KeywordIndex, filter: Filter) -> None:
    everything = {word for one in PASSAGES for word in index_words(one.text)}
    rows = [attributes_row(uid, one, record_of(one), terms=0) for uid, one in enumerate(PASSAGES)]
    mask = passing(np.array(rows, dtype=ROW), filter)
    expected = list(range(len(PASSAGES))) if mask is None else np.flatnonzero(mask).tolist()
    assert found(keyword, *everything, filter=filter) == expected


def test_filters_select_what_they_say() -> None:
    rows = np.array([attributes_row(uid, one, b"", terms=0) for uid, one in enumerate(PASSAGES)], dtype=ROW)
    selected = [mask if mask is None else np.flatnonzero(mask).tolist() for mask in (passing(rows, f) for f in FILTERS)]
    assert selected == [None, [2, 5], [2, 3, 5], [7], [1], [6], [1, 7], [2], [0, 1, 2, 3, 4, 5, 7], [], [0, 1, 2, 3, 4, 5, 7], [7]]  # fmt: skip # noqa: E501


def test_filter_works_before_the_top_k(tmp_path: Path) -> None:
    crowd = [passage(n, "慰问困难职工。") for n in range(50)]
    wanted = passage(50, "慰问。", organisation=OrganisationType.HOSPITAL)
    keyword = write(tmp_path / "k", [*crowd, wanted])
    hospitals = Filter(organisations=frozenset({OrganisationType.HOSPITAL}))
    assert keyword.search(Wanted({"慰问": 1.0}), k=1, filter=hospitals)[0].tolist() == [50]


def test_only_and_without(keyword: KeywordIndex) -> None:
    everyone = Wanted({"慰问": 1.0})
    assert keyword.search(everyone, k=10, filter=Filter(), only=np.array([1]))[0].tolist() == [1]
    assert keyword.search(everyone, k=10, filter=Filter(), without=np.array([1]))[0].tolist() == [2]


def test_changes_in_one_commit(tmp_path: Path, keyword: KeywordIndex) -> None:
    with keyword_writer(tmp_path / "关键词") as writer:
        writer.remove([2, 3])
        new = passage(99, "慰问一线职工。")
        writer.add(99, new, passage_words(new))
    changed = open_keyword(tmp_path / "关键词", field_weights=EQUAL)
    assert found(changed, "慰问") == [1, 99]
    assert changed.passages == len(PASSAGES) - 1
    assert found(keyword, "慰问") == [1, 2]  # the open one keeps its view


def test_frequency_and_rarity(keyword: KeywordIndex) -> None:
    held = keyword.frequency(["慰问", "教代会", "没有的词"])
    assert held.tolist() == [2, 1, 0]
    rare = keyword.rarity(held)
    assert rare[0] < rare[1] < rare[2]


def test_vocabulary_counts_passages(keyword: KeywordIndex) -> None:
    assert keyword.vocabulary()["慰问"] == 2


def test_no_index_names_the_rebuild(tmp_path: Path) -> None:
    with pytest.raises(IndexProblem, match="gongbi index --rebuild"):
        open_keyword(tmp_path, field_weights=EQUAL)


def test_words_that_stand_everywhere_are_not_looked_up_in_a_large_library(
    keyword: KeywordIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = found(keyword, "慰问", "院务公开")
    monkeypatch.setattr("index.keyword.READ_UP_TO", 1)
    monkeypatch.setattr("index.keyword.COMMON", 0.2)
    assert found(keyword, "慰问", "院务公开") == [3]
    assert set(found(keyword, "慰问")) == set(everything) - {3}
