"""Teaching the built-in model a library's own wording."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import index.adapt
from corpus.chunk import bare_passage
from corpus.datatypes import OrganisationType, Passage, Period, Topic
from corpus.errors import BadRequest
from index.adapt import adapt, own_score
from index.embed import load_embedder
from index.training.domain import Anchor, Domain, Matter, Query, Synonyms, WrittenPassage
from index.training.storing import save_model
from index.training.vocabulary import build_tokenizer, choose_words, count_words

PLACES = ("车间", "码头", "茶园", "林场", "矿山", "渔港", "剧院", "机场", "仓库", "菜场", "牧场", "砖窑")
DEEDS = ("慰问值夜班的职工", "举办技能比武", "检查劳动保护", "召开民主恳谈会")


def passage(text: str, number: int, file: str) -> Passage:
    return replace(
        bare_passage(text, plan_id=f"{file}-1", file=file),
        id=f"{file}-1:{number}",
        title="工会工作计划",
        headings=("主要工作",),
        start=number,
        end=number + len(text),
        organisation=OrganisationType.ENTERPRISE,
        topics=(Topic.RELIEF,),
        period=Period.YEAR,
        is_union=True,
        collection="本单位",
    )


OWN = tuple(
    passage(f"到{place}{deed}，请{place}的班组长参加。听取{place}职工对此事的意见建议。", i * 10 + j, "本单位.docx")
    for i, place in enumerate(PLACES)
    for j, deed in enumerate(DEEDS)
)
SAMPLES = tuple(passage(text, i, "范文.txt") for i, text in enumerate(["深入开展送温暖活动。", "按时上缴工会经费。"]))
SMALL = Domain(
    anchors=tuple(
        Anchor("范文.txt", sample.text[:-1], "", tuple(Query("keyword", f"{sample.text[2:-1]}{n}") for n in range(40)))
        for sample in SAMPLES
    ),
    passages=(WrittenPassage("驿站-1", "企业", "送温暖与帮扶", "驿站", "建好工会驿站。", (Query("keyword", "驿站"),)),),
    synonyms=(Synonyms(("慰问",), ("看望",)),),
    matters=(Matter(("送温暖",), ("帮困难的人",)),),
    wrappings=(),
)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table that knows nothing yet."""
    tokenizer = build_tokenizer(choose_words(count_words([p.text for p in OWN], []), terms=(), size=9000))
    table = np.random.default_rng(5).normal(size=(tokenizer.get_vocab_size(), 32)).astype(np.float32)
    folder = tmp_path_factory.mktemp("models") / "base"
    save_model(folder, table=table, tokenizer=tokenizer)
    return folder


@pytest.fixture
def base(stored: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, with little authored data to learn along."""
    monkeypatch.setattr(index.adapt, "load_domain", lambda: SMALL)
    monkeypatch.setattr(index.adapt, "EPOCHS", 8.0)
    return stored


def test_the_model_learns_the_library_and_is_put_in_place(base: Path, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    output = tmp_path / "模型"
    found = adapt(OWN, samples=SAMPLES, base=base, output=output, threads=1, progress=lambda *s: steps.append(s))
    assert found.kept
    assert found.folder == output
    assert found.own_after > found.own_before
    assert found.check_after >= found.check_before - index.adapt.WORSE
    assert steps[-1][0] == steps[-1][1] == len(steps)
    assert own_score(load_embedder(str(output)), OWN) == pytest.approx(found.own_after)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["模型"]


def test_a_worse_model_is_thrown_away(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.adapt, "WORSE", -2.0)  # nothing is good enough
    output = tmp_path / "模型"
    output.mkdir()
    (output / "mark").write_text("before", encoding="utf-8")
    found = adapt(OWN, samples=SAMPLES, base=base, output=output, threads=1, progress=lambda *_: None)
    assert not found.kept
    assert found.folder == base
    assert (output / "mark").read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["模型"]


def test_the_sample_documents_alone_teach_nothing(base: Path, tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="只有 0 段"):
        adapt(SAMPLES, samples=SAMPLES, base=base, output=tmp_path / "模型", progress=lambda *_: None)
    assert not (tmp_path / "模型").exists()


def test_nothing_held_out_scores_nothing(base: Path) -> None:
    assert own_score(load_embedder(str(base)), ()) == 0.0
