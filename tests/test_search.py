"""The whole search on a small library: filters, chips, phrases, folding, order, abstention."""

from dataclasses import replace
from pathlib import Path

import pytest
from small_index import PASSAGES, SmallLibrary, passage, write_model

from corpus.datatypes import OrganisationType, Topic
from index.datatypes import Filter, Understood
from index.embed import Embedder, load_embedder
from index.fusion import FEATURES, load_fusion
from index.generation import rebuild
from index.search import PassageIndex

COPY = replace(PASSAGES[2], id="doc30-1:0", plan_id="doc30-1", file="30.txt", title="另一份计划")
TWIN = passage(31, "对困难职工进行走访慰问，建立困难职工档案，", organisation=OrganisationType.ENTERPRISE)


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    return load_embedder(str(write_model(tmp_path_factory.mktemp("model") / "m")))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> PassageIndex:
    return never_abstaining(rebuild(tmp_path_factory.mktemp("index"), SmallLibrary(), embedder))


def never_abstaining(index: PassageIndex) -> PassageIndex:
    """The random vectors of the test model say nothing about meaning, so abstention is tested on its own."""
    fusion = load_fusion()
    return index.with_fusion(replace(fusion, abstain={**fusion.abstain, "bias": 1e6}))


def texts(index: PassageIndex, query: str, **options: object) -> list[str]:
    return [hit.passage.text for hit in index.search(query, **options).hits]  # type: ignore[arg-type]


def test_the_passage_with_the_words_comes_first(index: PassageIndex) -> None:
    hit = index.search("困难职工档案").hits[0]
    assert hit.passage == PASSAGES[2]
    assert (hit.rank, hit.also_in) == (1, ())
    assert hit.keyword > 0
    assert -1 <= hit.dense <= 1
    assert {"困难职工", "档案"} <= set(hit.matched)


def test_ranks_scores_and_k(index: PassageIndex) -> None:
    hits = index.search("慰问", k=4).hits
    assert [hit.rank for hit in hits] == [1, 2, 3, 4]
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_search_is_deterministic(index: PassageIndex) -> None:
    assert index.search("工会工作 安排") == index.search("工会工作 安排")


def test_filter_comes_before_the_top_k(index: PassageIndex) -> None:
    only = Filter(organisations=frozenset({OrganisationType.ENTERPRISE}))
    assert set(texts(index, "慰问女教职工", filter=only)) == {PASSAGES[2].text, PASSAGES[5].text}
    assert texts(index, "慰问女教职工", filter=Filter(topics=frozenset({Topic.RETIRED}))) == []


def test_slip_is_read_as_meant_and_shown(index: PassageIndex) -> None:
    result = index.search("困难职工挡案")
    assert result.understood.corrected == (("困难职工挡案", "困难职工档案"),)
    assert result.hits[0].passage == PASSAGES[2]


def test_month_raises_what_stands_under_it(index: PassageIndex) -> None:
    result = index.search("3月份的工作")
    assert result.understood.months == (3,)
    assert result.hits[0].passage == PASSAGES[1]


def test_a_chip_can_be_taken_back(index: PassageIndex) -> None:
    meaning = index.search("医院工会 民主管理").understood
    assert meaning.organisations == (OrganisationType.HOSPITAL,)
    without = index.search("医院工会 民主管理", understood=replace(meaning, organisations=()))
    assert without.understood.organisations == ()


def test_taken_back_correction_searches_what_was_typed(index: PassageIndex) -> None:
    result = index.search("困难职工挡案", understood=Understood(text="困难职工挡案"))
    assert result.understood.corrected == ()
    assert "档案" not in result.hits[0].matched


def test_understanding_can_be_switched_off(index: PassageIndex) -> None:
    result = index.search("医院困难职工挡案", understand=False)
    assert result.understood == Understood(text="医院困难职工挡案")


def test_quoted_phrase_must_occur(index: PassageIndex) -> None:
    assert texts(index, "“校务公开”制度") == [PASSAGES[4].text]
    assert texts(index, "“校务公开”和“院务公开”") in ([PASSAGES[3].text, PASSAGES[4].text], [PASSAGES[4].text, PASSAGES[3].text])  # fmt: skip # noqa: E501
    assert texts(index, "“哪里也没有的话”") == []


def test_phrase_that_nothing_holds_does_not_hide_the_rest(index: PassageIndex) -> None:
    result = index.search("“大走访”怎么慰问困难职工")
    assert result.understood.phrases == ()
    assert result.hits[0].passage == PASSAGES[2]


def test_quoted_letters_are_found_in_either_case(tmp_path: Path, embedder: Embedder) -> None:
    index = rebuild(tmp_path, SmallLibrary([*PASSAGES, passage(40, "举办KTV歌唱比赛。")]), embedder)
    assert texts(index, "“ktv”") == ["举办KTV歌唱比赛。"]


def test_what_stands_in_the_library_is_no_slip(tmp_path: Path, embedder: Embedder) -> None:
    held = passage(41, "困难职工挡案另行保管。")
    index = never_abstaining(rebuild(tmp_path, SmallLibrary([*PASSAGES, held]), embedder))
    result = index.search("困难职工挡案")
    assert result.understood.corrected == ()
    assert result.hits[0].passage == held


def test_library_of_another_field_answers_in_its_own(tmp_path: Path, embedder: Embedder) -> None:
    poets = [passage(50 + n, text, title="唐诗") for n, text in enumerate(("李白生于碎叶城。", "杜甫住在成都草堂。"))]
    fusion = load_fusion()
    refusing = replace(fusion, abstain={**fusion.abstain, "bias": -1e6})
    index = rebuild(tmp_path, SmallLibrary(poets), embedder).with_fusion(refusing)
    assert index.search("杜甫的草堂").hits[0].passage == poets[1]
    assert index.search("慰问困难职工").abstained


def test_near_duplicates_are_one_hit_that_says_where_else(tmp_path: Path, embedder: Embedder) -> None:
    index = never_abstaining(rebuild(tmp_path, SmallLibrary([*PASSAGES, COPY, TWIN]), embedder))
    hits = index.search("走访慰问困难职工，建立困难职工档案", k=3).hits
    together = {hits[0].passage.id, *(other.id for other in hits[0].also_in)}
    assert together == {PASSAGES[2].id, COPY.id, TWIN.id}
    assert len(hits) == 3
    assert not together & {hit.passage.id for hit in hits[1:]}


def test_every_copy_is_a_hit_when_asked_for(tmp_path: Path, embedder: Embedder) -> None:
    index = never_abstaining(rebuild(tmp_path, SmallLibrary([*PASSAGES, COPY, TWIN]), embedder))
    hits = index.search("走访慰问困难职工，建立困难职工档案", k=3, every=True).hits
    assert {hit.passage.id for hit in hits} == {PASSAGES[2].id, COPY.id, TWIN.id}
    assert [hit.also_in for hit in hits] == [(), (), ()]


def test_equal_scores_are_ordered_by_id(tmp_path: Path, embedder: Embedder) -> None:
    different = [passage(n, "慰问职工。", title=f"{'甲乙丙'[n]}计划") for n in (2, 0, 1)]
    index = rebuild(tmp_path, SmallLibrary(different), embedder)
    fusion = load_fusion()
    same = replace(fusion, weights=fusion.weights * 0, abstain={**fusion.abstain, "bias": 1e6})
    assert [hit.passage.file for hit in index.with_fusion(same).search("慰问", every=True).hits] == [
        "0.txt",
        "1.txt",
        "2.txt",
    ]


@pytest.mark.parametrize("query", ["", "   ", "？！", "“”"])
def test_a_query_without_words_abstains(index: PassageIndex, query: str) -> None:
    result = index.search(query)
    assert (result.hits, result.abstained) == ((), True)


def test_every_feature_has_a_weight() -> None:
    fusion = load_fusion()
    assert len(fusion.weights) == len(FEATURES)
    assert fusion.weights[FEATURES.index("cosine")] > 0
    assert 0 < fusion.same <= fusion.same_elsewhere <= 1


def test_copies_do_not_crowd_out_the_rest(tmp_path: Path, embedder: Embedder) -> None:
    copies = [passage(n, "对困难职工进行走访慰问，建立困难职工档案。") for n in range(100, 400)]
    index = never_abstaining(rebuild(tmp_path, SmallLibrary([*PASSAGES, *copies]), embedder))
    hits = index.search("走访慰问困难职工，建立困难职工档案", k=5).hits
    assert len(hits) == 5
    assert len({hit.passage.text for hit in hits}) == 5
    assert max(len(hit.also_in) for hit in hits) >= 250


def test_filter_decides_how_a_thing_is_called(index: PassageIndex) -> None:
    schools = Filter(organisations=frozenset({OrganisationType.SCHOOL}))
    hit = index.search("职代会怎么开", filter=schools).hits[0]
    assert hit.passage == PASSAGES[4]
    assert "教代会" in hit.matched


def test_lone_characters_and_empty_words_are_not_shown_as_matched(index: PassageIndex) -> None:
    for hit in index.search("困难职工和女教职工的工作怎么开展").hits:
        assert {"和", "的", "开", "工作"}.isdisjoint(hit.matched)
