"""A small library, and a seeded StaticEmbedding folder over its characters, for the tests of `index`."""

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, normalizers

from corpus.datatypes import OrganisationType, Passage, Period, PlanKind, Topic

DIMENSION = 32


def passage(
    number: int,
    text: str,
    *,
    organisation: OrganisationType = OrganisationType.SCHOOL,
    topics: tuple[Topic, ...] = (Topic.RELIEF,),
    headings: tuple[str, ...] = (),
    title: str = "工会工作计划",
    months: tuple[int, ...] = (),
    period: Period = Period.YEAR,
    kind: PlanKind = PlanKind.PLAN,
    era: tuple[int, int] | None = (2010, 2012),
    is_union: bool = True,
    collection: str = "范文",
) -> Passage:
    """A passage of a plan of its own; the file is "{number}.txt"."""
    return Passage(
        id=f"doc{number:02d}-1:0",
        plan_id=f"doc{number:02d}-1",
        file=f"{number}.txt",
        title=title,
        headings=headings,
        text=text,
        start=0,
        end=len(text),
        organisation=organisation,
        topics=topics,
        months=months,
        period=period,
        kind=kind,
        year=None,
        era=era,
        is_union=is_union,
        collection=collection,
        entities=(),
        slots=(),
    )


ENTERPRISE, HOSPITAL = OrganisationType.ENTERPRISE, OrganisationType.HOSPITAL
PASSAGES = (
    passage(1, "做好教职工医疗互助保障工作，为患重大疾病的教职工申请补助。", topics=(Topic.WELFARE,)),
    passage(2, "开展庆祝三八妇女节活动，慰问全体女教职工。", topics=(Topic.WOMEN,), months=(3,), period=Period.TERM),
    passage(3, "对困难职工进行走访慰问，建立困难职工档案。", organisation=ENTERPRISE, collection="本厂"),
    passage(4, "推行院务公开，重大事项提交职代会审议。", organisation=HOSPITAL, topics=(Topic.DEMOCRACY,)),
    passage(5, "按时召开教代会，落实校务公开制度。", topics=(Topic.DEMOCRACY,), headings=("一、民主管理",)),
    passage(6, "组织职工参加“安康杯”竞赛，加强劳动保护监督检查。", organisation=ENTERPRISE, era=(2013, 2016)),
    passage(7, "组织代表视察，听取专项工作报告。", era=None, is_union=False, kind=PlanKind.SUMMARY),
    passage(8, "九月份庆祝教师节，表彰优秀教师。", months=(9,), topics=(Topic.MODELS, Topic.MONTHLY)),
)


class SmallLibrary:
    """What the index asks of the library, held in memory."""

    def __init__(self, passages: Iterable[Passage] = PASSAGES) -> None:
        self.held = list(passages)
        self.revision = 1

    def passages(self) -> list[Passage]:
        return list(self.held)

    def passage_ids(self) -> list[str]:
        return [passage.id for passage in self.held]

    def add(self, *passages: Passage) -> None:
        self.held += passages
        self.revision += 1

    def remove(self, number: int) -> None:
        self.held = [passage for passage in self.held if passage.file != f"{number}.txt"]
        self.revision += 1


def write_model(folder: Path, *, seed: int = 0, half: bool = True, texts: Iterable[str] = ()) -> Path:
    """Write a static model whose tokens are characters, each with a random row, as sentence-transformers saves one."""
    characters = sorted({c for text in (*texts, *(p.embedding_text for p in PASSAGES)) for c in text if c.isalnum()})
    tokenizer = Tokenizer(models.Unigram([("[UNK]", -30.0), *((c, -8.0) for c in characters)], unk_id=0))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    rows = np.random.default_rng(seed).normal(size=(len(characters) + 1, DIMENSION))
    rows[0] = 0
    folder.mkdir(parents=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    save_file({"embedding.weight": rows.astype(np.float16 if half else np.float32)}, folder / "model.safetensors")
    kind = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"
    (folder / "modules.json").write_text(json.dumps([{"idx": 0, "name": "0", "path": "", "type": kind}]), "utf-8")
    return folder
