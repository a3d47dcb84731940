"""How the built-in model is made: data, tokeniser, augmentation, training, the built-in check."""

import gzip
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.chunk import bare_passage
from corpus.datatypes import OrganisationType, Passage, Period, Topic
from corpus.errors import BadRequest
from index.training.asking import Slips, find_anchor, folded, query_sources, retell, word_sources
from index.training.augment import Rates, augment, known, prepare, vocabulary
from index.training.domain import Anchor, Domain, Matter, Query, Synonyms, WrittenPassage, load_domain
from index.training.library import clauses, library_sources, plain_heading
from index.training.overlap import find_overlap, without
from index.training.pairs import Pair, Source, read_public_pairs
from index.training.ragged import ragged
from index.training.sounds import same_sound, syllables
from index.training.vocabulary import build_tokenizer, choose_words, count_words, normalised

TEXTS = ["做好困难职工慰问工作，深入开展送温暖活动。", "组织教职工乒乓球比赛", "按时足额上缴工会经费，接受经费审查。"]


def passage(text: str, *, start: int = 0, headings: tuple[str, ...] = (), file: str = "甲.txt") -> Passage:
    return replace(
        bare_passage(text, plan_id=f"{file}-1", file=file),
        id=f"{file}-1:{start}",
        title="学校工会工作计划",
        headings=headings,
        start=start,
        end=start + len(text),
        organisation=OrganisationType.SCHOOL,
        topics=(Topic.RELIEF,),
        period=Period.YEAR,
        is_union=True,
        collection="范文",
    )


SAMPLES = tuple(passage(text, start=i * 100, headings=("一、主要工作",)) for i, text in enumerate(TEXTS))
KEYS = {sample.id: sample.id for sample in SAMPLES}
SMALL = Domain(
    anchors=(
        Anchor(
            "甲.txt", "深入开展送温暖", "care", (Query("colloquial", "穷人谁来管"), Query("keyword", "送温暖 慰问"))
        ),
        Anchor("乙.txt", "不在库里的话", "care", (Query("colloquial", "没有这一段"),)),
    ),
    passages=(
        WrittenPassage(
            "驿站-1",
            "企业",
            "送温暖与帮扶",
            "建设驿站",
            "建好工会驿站，供户外劳动者歇脚。",
            (Query("question", "驿站怎么建"),),
        ),
    ),
    synonyms=(Synonyms(("慰问",), ("看望",)),),
    matters=(Matter(("经费审查", "经审"), ("查账",)),),
    wrappings=(("请问", "怎么写"),),
)


@pytest.fixture(scope="module")
def tokenizer():  # noqa: ANN201
    counts = count_words([*TEXTS, "请问怎么写", "穷人谁来管看望查账"] * 3, ["送温暖"])
    return build_tokenizer(choose_words(counts, terms=["送温暖", "工会驿站"], size=9000))


# --- the authored data ---


def test_authored_queries_are_many_of_every_kind_and_none_twice() -> None:
    domain = load_domain()
    kinds = Counter(query.kind for query in domain.queries)
    assert len(domain.queries) > 3000
    assert min(kinds.values()) >= 50
    assert len(kinds) == 8
    for owner in (*domain.anchors, *domain.passages):
        texts = [query.text for query in owner.queries]
        assert len(set(texts)) == len(texts)


def test_every_quote_is_in_the_sample_documents(passages: tuple[Passage, ...]) -> None:
    anchors = load_domain().anchors
    assert [anchor.quote for anchor in anchors if find_anchor(anchor, passages) is None] == []


def test_synonyms_name_each_word_once_a_side() -> None:
    for group in load_domain().synonyms:
        assert len({*group.plan, *group.everyday}) == len(group.plan) + len(group.everyday)


def test_a_query_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "queries.jsonl").write_text(
        '{"file": "甲", "quote": "乙", "facet": "", "queries": [["猜", "丙"]]}', encoding="utf-8"
    )
    with pytest.raises(ValueError, match="猜"):
        load_domain(tmp_path)


# --- public pairs ---


def test_public_pairs_become_a_source_per_file_and_type(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "laws.tsv.gz", "wt", encoding="utf-8") as file:
        file.write(
            "head\t总则\t为了保障职工权益，制定本法。\nict\t工会是群众组织\t职工自愿结合。\nhead\t附则\t本法自公布之日起施行。\n"
        )
    sources = {source.name: source for source in read_public_pairs(tmp_path)}
    assert {name: len(source.pairs) for name, source in sources.items()} == {"laws/head": 2, "laws/ict": 1}
    assert sources["laws/head"].asked
    assert not sources["laws/ict"].asked


def test_a_folder_without_pairs_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match=tmp_path.name):
        read_public_pairs(tmp_path)


# --- pairs of a library ---


@pytest.mark.parametrize(
    ("heading", "plain"),
    [("一、民主管理", "民主管理"), ("（二）送温暖", "送温暖"), ("3. 文体活动：", "文体活动"), ("指导思想", "指导思想")],
)
def test_headings_lose_their_numbers(heading: str, plain: str) -> None:
    assert plain_heading(heading) == plain


def test_clauses_are_long_enough_and_without_markers() -> None:
    assert clauses("1、完善教代会制度建设。好。\n2、深入开展校务公开工作；") == [
        "完善教代会制度建设。",
        "深入开展校务公开工作；",
    ]


def test_library_pairs_point_at_their_passage() -> None:
    sources = {source.name: source for source in library_sources(SAMPLES, keys=KEYS, seed=1, repeat=2)}
    assert {pair.query for pair in sources["library/headings"].pairs} == {"主要工作", "学校 主要工作"}
    for pair in sources["library/crops"].pairs:
        assert pair.query in next(s.text for s in SAMPLES if s.id == pair.key)
    assert sources["library/copies"].pairs == ()


def test_near_duplicates_are_pairs_of_one_key() -> None:
    twins = (SAMPLES[0], replace(SAMPLES[0], id="乙.txt-1:0"))
    sources = library_sources(twins, keys=dict.fromkeys((twins[0].id, twins[1].id), "同"), seed=1, repeat=1)
    assert [pair.key for pair in sources[-1].pairs] == ["同"]


# --- authored pairs ---


def test_queries_lead_to_the_passage_that_holds_the_quote() -> None:
    samples, written = query_sources(SMALL, SAMPLES, keys=KEYS, seed=1, repeat=1, held_out=False)
    assert {pair.key for pair in samples.pairs} == {SAMPLES[0].id}
    assert {"穷人谁来管", "送温暖 慰问"} <= {pair.query for pair in samples.pairs}
    assert {pair.key for pair in written.pairs} == {"驿站-1"}


def test_held_out_queries_are_not_trained_on(passages: tuple[Passage, ...]) -> None:
    domain, keys = load_domain(), {p.id: p.id for p in passages}
    sources = query_sources(domain, passages, keys=keys, seed=1, repeat=1, held_out=True)
    trained = {pair.query for source in sources for pair in source.pairs}
    held = {query.text for query in domain.queries if query.checked}
    assert len(held) > 200
    assert trained.isdisjoint(held)


def test_words_and_matters_lead_to_plan_wording() -> None:
    texts = {sample.id: sample.text for sample in SAMPLES}
    sources = {s.name: s.pairs for s in word_sources(SMALL, texts, seed=1, repeat=1)}
    assert {(p.query, p.text) for p in sources["domain/words"]} == {
        ("看望", "慰问"),
        ("查账", "经费审查"),
        ("查账", "经审"),
    }
    assert {(p.query, p.key) for p in sources["domain/matters"]} == {("查账", SAMPLES[2].id)}


def test_retelling_changes_plan_words_only() -> None:
    import re

    told = {
        retell("开展慰问活动", re.compile("慰问"), {"慰问": SMALL.synonyms[0]}, random.Random(seed))
        for seed in range(9)
    }
    assert told == {"开展慰问活动", "开展看望活动"}


def test_slips_sound_the_same() -> None:
    slips = Slips(random.Random(3))
    wrong = slips.homophone("慰问")
    assert wrong != "慰问"
    assert syllables(wrong) == ("wei", "wen")
    assert slips.pinyin("慰问") == "weiwen"
    assert slips.homophone("2026") == slips.pinyin("2026") == "2026"
    assert "未" in same_sound()["wei"]


def test_folding_ignores_slots_and_masks() -> None:
    assert folded("〔年份〕年我局工会，xx年") == folded("20年我局工会年").removeprefix("20")


# --- tokeniser ---


def test_the_tokeniser_cuts_like_jieba_and_knows_every_character(tokenizer) -> None:  # noqa: ANN001
    assert tokenizer.encode("2026年３月，教职工ＰＫ！").tokens == ["2026", "年", "3月", "教职工", "p", "k"]
    assert "[UNK]" not in tokenizer.encode("龘饕餮慰问weiwen").tokens[2:]
    assert tokenizer.encode("weiwen").tokens == ["wei", "wen"]
    assert tokenizer.encode("送温暖").tokens == ["送温暖"]


def test_normalising_keeps_letters_digits_and_han() -> None:
    assert normalised("《工会法》 第１０条：Ａ_b") == "工会法 第10条 a b"


# --- rows and augmentation ---


def test_rows_are_taken_in_order_and_keep_one_value() -> None:
    rows = ragged([[1, 2], [], [3]])
    assert rows.take(np.array([2, 0])).values.tolist() == [3, 1, 2]
    kept = rows.keep(np.array([False, False, True]))
    assert kept.values.tolist() == [1, 3]
    assert kept.starts.tolist() == [0, 1, 1, 2]


def test_rows_are_padded_to_the_longest() -> None:
    assert ragged([[1, 2], [], [3]]).padded().tolist() == [[1, 2], [-1, -1], [3, -1]]
    assert ragged([[], []]).padded().tolist() == [[-1], [-1]]


def test_augmenting_spells_words_out_and_wraps_requests(tokenizer) -> None:  # noqa: ANN001
    words = vocabulary(tokenizer)
    queries = ragged([known(tokenizer, "送温暖活动")])

    def changed(rates: Rates, *, asked: bool) -> list[str]:
        how = prepare(tokenizer, rates=rates, wrappings=SMALL.wrappings)
        return [words[i] for i in augment(queries, how=how, asked=asked, random=np.random.default_rng(1)).values]

    assert changed(Rates(0, 0, 0), asked=True) == ["送温暖", "活动"]
    assert changed(Rates(0, 1, 0), asked=True) == ["送", "温", "暖", "活", "动"]
    assert "".join(changed(Rates(0, 0, 1), asked=True)) == "请问送温暖活动怎么写"
    assert changed(Rates(0, 0, 1), asked=False) == ["送温暖", "活动"]
    assert changed(Rates(1, 0, 0), asked=False) == ["送温暖"]


# --- training ---


@pytest.fixture(scope="module")
def trained(tokenizer) -> Callable[..., np.ndarray]:  # noqa: ANN001
    from index.training.fit import Recipe, train

    pairs = tuple(Pair(query, text, text) for query, text in zip(["穷人谁来管", "打球", "查账"], TEXTS, strict=True))

    def run(seed: int, start: np.ndarray | None = None) -> np.ndarray:
        recipe = Recipe(seed=seed, dimension=32, epochs=30, threads=1)
        return train(
            [Source("查", pairs, 1, True)],
            tokenizer,
            recipe=recipe,
            wrappings=(),
            start=start,
            progress=lambda *_: None,
        )

    return run


def test_training_brings_query_and_answer_together(trained, tokenizer) -> None:  # noqa: ANN001
    table = trained(1)

    def vector(text: str) -> np.ndarray:
        mean = table[known(tokenizer, text)].mean(axis=0)
        return mean / np.linalg.norm(mean)

    scores = np.stack([vector(q) for q in ("穷人谁来管", "打球", "查账")]) @ np.stack([vector(t) for t in TEXTS]).T
    assert scores.argmax(axis=1).tolist() == [0, 1, 2]
    assert not table[0].any()


def test_training_depends_on_nothing_but_data_and_seed(trained) -> None:  # noqa: ANN001
    first = trained(1)
    assert np.array_equal(first, trained(1))
    assert not np.array_equal(first, trained(2))


def test_training_goes_on_from_a_table(trained) -> None:  # noqa: ANN001
    first = trained(1)
    further = trained(2, first)
    untouched = np.abs(further - first).max(axis=1) == 0  # rows of tokens that no pair holds
    assert untouched.sum() > len(first) / 2
    assert not untouched.all()


def test_matching_in_training_is_matching_in_search(tokenizer) -> None:  # noqa: ANN001
    import torch

    from index.matching import TokenMatcher
    from index.training.table import best_matches

    table = np.random.default_rng(0).normal(size=(tokenizer.get_vocab_size(), 16)).astype(np.float32)
    queries = ["慰问困难职工", "乒乓球"]
    matcher = TokenMatcher(table, tokenizer)
    searched = np.stack([matcher.scores(query, matcher.tokens(TEXTS)) for query in queries])
    sides = [ragged([known(tokenizer, text) for text in side]) for side in (queries, TEXTS)]
    assert np.abs(best_matches(torch.from_numpy(table), *sides).numpy() - searched).max() < 1e-6


def test_big_public_sources_are_cut_evenly(monkeypatch: pytest.MonkeyPatch) -> None:
    from index.training import recipe

    monkeypatch.setattr(recipe, "MOST", 4)
    big, small = (Source(str(n), tuple(Pair(str(i), "文", "文") for i in range(n))) for n in (10, 4))
    cut = recipe.thinned((big, small))
    assert [[pair.query for pair in source.pairs] for source in cut] == [list("0369"), list("0123")]


def test_short_terms_are_tokens_and_long_ones_are_not() -> None:
    from index.training.recipe import make_tokenizer

    domain = replace(SMALL, synonyms=(Synonyms(("职代会", "工资集体协商"), ("谈工资",)),))
    lines: list[str] = []
    tokenizer = make_tokenizer((), library_sources(SAMPLES, keys=KEYS, seed=1, repeat=1), domain, report=lines.append)
    assert tokenizer.encode("开职代会").tokens == ["开", "职代会"]
    assert "工资集体协商" not in tokenizer.get_vocab()
    assert len(lines) == 1


def test_a_saved_model_is_read_back_and_is_the_same_each_time(tmp_path: Path, tokenizer) -> None:  # noqa: ANN001
    from index.embed import load_embedder
    from index.training.storing import load_model, save_model

    table = np.random.default_rng(0).normal(size=(tokenizer.get_vocab_size(), 16)).astype(np.float32)
    for folder in ("一", "二"):
        save_model(tmp_path / folder, table=table, tokenizer=tokenizer)
    files = sorted(path.name for path in (tmp_path / "一").iterdir())
    assert files == ["config_sentence_transformers.json", "model.safetensors", "modules.json", "tokenizer.json"]
    assert all((tmp_path / "一" / name).read_bytes() == (tmp_path / "二" / name).read_bytes() for name in files)
    again, _ = load_model(tmp_path / "一")
    assert np.abs(again - table).max() < 2e-3
    assert load_embedder(str(tmp_path / "一")).encode_queries(["送温暖"]).shape == (1, 16)


# --- check and overlap ---


def test_the_check_knows_a_good_ranking_from_none(passages: tuple[Passage, ...]) -> None:
    from index.embed import BUILT_IN, load_embedder
    from index.training.check import check, held_out_queries
    from index.training.library import duplicate_keys

    domain, keys = load_domain(), duplicate_keys(passages)
    scores = check(load_embedder(str(BUILT_IN)), domain=domain, passages=passages, keys=keys)
    assert sum(n for (_, kind), n in scores.queries.items() if kind == "ALL") == len(
        held_out_queries(domain, passages, keys=keys)
    )
    assert scores.overall > 0.7  # 0.02 by chance
    assert {split for split, _ in scores.ndcg} == {"query", "text"}


def test_overlap_counts_whole_texts_and_runs_of_eight() -> None:
    theirs = ["困难职工子女上学怎么资助？", "羽毛球"]
    ours = ["困难职工子女上学怎么资助", "给困难职工子女上学送钱", "羽毛球", "困难职工"]
    overlap = find_overlap(ours, theirs)
    assert overlap.same == (0, 2)
    assert overlap.runs == (0, 1)


def test_the_overlap_command_counts_and_shows_no_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.training.__main__ import main

    query = load_domain().queries[0].text
    (tmp_path / "judged.jsonl").write_text('{"id": "1", "query": "%s"}\n' % query, encoding="utf-8")  # noqa: UP031
    monkeypatch.setattr("sys.argv", ["training", "overlap", str(tmp_path / "judged.jsonl")])
    main()
    shown = capsys.readouterr()
    assert '"same": 1' in shown.out
    assert query not in shown.out + shown.err


def test_unwanted_queries_are_taken_out(tmp_path: Path) -> None:
    line = '{{"id": "{}", "queries": [["keyword", "甲"], ["keyword", "{}"]]}}\n'
    (tmp_path / "queries.jsonl").write_text(line.format(1, "乙") + line.format(2, "甲"), encoding="utf-8")
    (tmp_path / "passages.jsonl").write_text(line.format(3, "丙"), encoding="utf-8")
    assert without(tmp_path, {"甲"}) == 3
    assert (tmp_path / "queries.jsonl").read_text(encoding="utf-8") == '{"id": "1", "queries": [["keyword", "乙"]]}\n'
