"""Rewording without a language model, and what of a draft a rewording may touch."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.datatypes import Draft, DraftSection, Paragraph, PlanRequest, Provenance, ProvenanceKind, Sentence
from assistant.edits import source_of
from assistant.pages.rewording import changes, compared
from assistant.resources import Resources
from assistant.revising import Material
from assistant.rewording import Manner, Rewritten, parts_of, reword_offline, spoken_rewording
from assistant.rewording.offline import trimmed
from corpus.datatypes import OrganisationType, Topic
from corpus.errors import BadRequest

TEMPLATE = Provenance(ProvenanceKind.TEMPLATE, "relief-files", 0, 1)
USER = Provenance(ProvenanceKind.USER)
OWN = "我院另设爱心基金。"
PLAIN = "为困难职工逐户建档，实行动态管理。"
Reword = Callable[..., Rewritten]


def paragraph(*texts: str, provenance: Provenance = TEMPLATE) -> Paragraph:
    return Paragraph(tuple(Sentence(text, USER if text == OWN else provenance) for text in texts))


def draft_of(*paragraphs: Paragraph, locked: bool = False) -> Draft:
    sections = (
        DraftSection("relief", "做好帮扶，送去温暖", Topic.RELIEF, paragraphs, locked=locked),
        DraftSection("sports", "文体活动", Topic.SPORTS, (paragraph("组织健步走。"),)),
        DraftSection("monthly", "月度安排", Topic.MONTHLY, (replace(paragraph("走访慰问。"), month=1),)),
    )
    return Draft(PlanRequest(OrganisationType.HOSPITAL, "临江市人民医院", 2026), "计划", sections, "工会", "")


@pytest.fixture
def reword(resources: Resources) -> Reword:
    def reworded(draft: Draft, manner: Manner, target: str = "relief", **more: str) -> Rewritten:
        material = Material(resources.passages, resources.timeline)
        return reword_offline(draft, manner, target, material=material, samples=resources.samples, **more)

    return reworded


@pytest.fixture
def copied(resources: Resources) -> str:
    """A sentence that stands in the samples word for word."""
    return next(
        text
        for passage in resources.passages
        if "困难" in passage.text and 40 < len(text := passage.text.partition("。")[0] + "。") < 90
        if not any(mark in text for mark in "0123456789〔《“")
    )


def texts(draft: Draft) -> list[str]:
    return [one.text for one in draft.sections[0].paragraphs]


def test_sentences_like_the_samples_are_exchanged_and_the_rest_stays(reword: Reword, copied: str) -> None:
    result = reword(draft_of(paragraph(copied), paragraph(PLAIN), paragraph(OWN)), Manner.REWORD)
    assert texts(result.draft)[1:] == [PLAIN, OWN]
    assert texts(result.draft)[0] != copied
    assert result.overlap_after < result.overlap_before
    assert "1 句" in result.message
    assert result.reports == ("您自己写的 1 句没有动。",)


def test_overlap_with_last_years_plan_counts_too(reword: Reword) -> None:
    draft = draft_of(paragraph("院里的困难职工由工会小组长每月上门走访一回，听取意见并记入台账，年底统一上报。"))
    result = reword(draft, Manner.REWORD, last_plan=texts(draft)[0])
    assert (result.last_before, result.overlap_before) == (pytest.approx(1.0), pytest.approx(0.0))
    assert result.last_after == pytest.approx(0.0)


def test_facts_are_not_exchanged(reword: Reword, copied: str) -> None:
    with pytest.raises(BadRequest, match="没有别的写法可换.*设置"):
        reword(draft_of(paragraph(copied.rstrip("。") + "，慰问标准为【待填：标准】。")), Manner.REWORD)


def test_ornament_goes_and_the_traces_lead_back() -> None:
    text = "走访慰问困难职工，切实解决后顾之忧，每年核查2次，不断增强职工的归属感，让职工感受到组织的温暖。"
    short = trimmed(Sentence(text, TEMPLATE))
    assert short.text == "走访慰问困难职工，每年核查2次。"
    assert source_of(short.text, short.provenance.edits) == text
    assert trimmed(Sentence(PLAIN, TEMPLATE)).text == PLAIN


@pytest.mark.parametrize(
    "text",
    [
        "举办讲座，让3名职工受益。",  # a number is substance
        "开好“以职工为本，切实减负”座谈会。",  # inside quotes
        "切实解决困难。",  # the only clause
        "建档，切实把关心、帮助、慰问和救助都做到每一名困难职工的心坎上去。",  # too little would be left
    ],
)
def test_what_is_not_ornament_stays(text: str) -> None:
    assert trimmed(Sentence(text, TEMPLATE)).text == text


def test_a_part_is_shortened_and_lengthened(reword: Reword) -> None:
    draft = draft_of(paragraph(PLAIN), paragraph("走访慰问困难职工，送去慰问品。", "年底核对名册。"))
    shorter, longer = reword(draft, Manner.SHORTEN), reword(draft, Manner.EXPAND)
    assert len("".join(texts(shorter.draft))) < len("".join(texts(draft))) < len("".join(texts(longer.draft)))
    assert texts(longer.draft)[:2] == texts(draft)


def test_spoken_words_become_written_ones(reword: Reword) -> None:
    draft = draft_of(paragraph("马上给大伙儿办好体检。"))
    for manner, detail in ((Manner.POLISH, ""), (Manner.TONE, "更正式")):
        assert texts(reword(draft, manner, detail=detail).draft) == ["及时给职工办好体检。"]


@pytest.mark.parametrize(
    ("manner", "target", "detail"),
    [
        (Manner.EXPAND, "relief/0/0", ""),
        (Manner.TONE, "relief", "更亲切"),
        (Manner.POLISH, "relief", ""),
        (Manner.REWORD, "relief", ""),
    ],
)
def test_what_needs_a_model_says_how_to_set_one_up(reword: Reword, manner: Manner, target: str, detail: str) -> None:
    with pytest.raises(BadRequest, match="请到“设置”里接一个大模型") as told:
        reword(draft_of(paragraph(PLAIN)), manner, target, detail=detail)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("draft", "target"),
    [
        (draft_of(paragraph(PLAIN), locked=True), "relief"),
        (draft_of(paragraph(PLAIN), locked=True), "relief/0/0"),
        (draft_of(paragraph(OWN)), "relief/0/0"),
        (draft_of(paragraph(PLAIN)), "monthly"),
        (draft_of(paragraph(PLAIN)), "monthly/0/0"),
        (draft_of(paragraph(PLAIN)), "relief/7/0"),
    ],
)
def test_what_may_not_be_touched_is_no_part(draft: Draft, target: str) -> None:
    assert parts_of(draft, target) == ()


def test_a_selection_is_runs_of_sentences_without_the_users_own() -> None:
    draft = draft_of(paragraph("甲。", "乙。", OWN, "丙。"), paragraph("丁。"))
    selected = "relief/1/0+relief/0/1+relief/0/0+relief/0/2"
    assert [part.text for part in parts_of(draft, selected)] == ["甲。乙。", "丁。"]
    with pytest.raises(BadRequest):
        parts_of(draft, "relief/0/x")


@pytest.mark.parametrize(
    ("words", "manner", "target", "detail"),
    [
        ("给第一部分降重", Manner.REWORD, "relief", ""),
        ("把文体活动那块润色一下", Manner.POLISH, "sports", ""),
        ("全文换个更亲切的语气", Manner.TONE, "全文", "更亲切"),
        ("润色全文", Manner.POLISH, "全文", ""),
        ("帮我润色一下", Manner.POLISH, "全文", ""),
    ],
)
def test_rewording_is_heard_in_what_is_said(words: str, manner: Manner, target: str, detail: str) -> None:
    asked = spoken_rewording(words, draft=draft_of(paragraph(PLAIN)))
    assert asked is not None
    assert (asked.manner, asked.target, asked.detail) == (manner, target, detail)


@pytest.mark.parametrize("words", ["把第一部分删掉", "第一部分短一点", "女职工怎么写", "加上退休职工"])
def test_other_wishes_are_no_rewording(words: str) -> None:
    assert spoken_rewording(words, draft=draft_of(paragraph(PLAIN))) is None


@pytest.mark.parametrize("words", ["这一段润色一下", "把这几句降重"])
def test_here_is_nowhere_in_words(words: str) -> None:
    with pytest.raises(BadRequest, match="选中那几句"):
        spoken_rewording(words, draft=draft_of(paragraph(PLAIN)), target="全文")


def test_a_part_that_is_not_there_is_told() -> None:
    with pytest.raises(BadRequest, match="指的是哪一部分"):
        spoken_rewording("把量子计算润色一下", draft=draft_of(paragraph(PLAIN)))


def test_changes_are_shown_word_by_word_and_as_data() -> None:
    shown = compared("建立<b>困难</b>职工档案，逐户走访。", "建立困难职工台账，逐户走访。")
    assert "<del>" in shown
    assert "<ins>" in shown
    assert "<b>" not in shown
    assert "逐户走访" in shown.replace("<del>", "").replace("</del>", "")
    assert compared("健步走。", "开好职代会。") == "<del>健步走</del><ins>开好职代会</ins>。"


def test_only_what_differs_is_shown() -> None:
    before = draft_of(paragraph("甲组走访。"), paragraph(PLAIN))
    after = draft_of(paragraph("甲组慰问。"), paragraph(PLAIN), paragraph("乙组走访。"))
    first, second = changes(before, after)
    assert "<del>走访</del><ins>慰问</ins>" in first
    assert second == "<ins>乙组走访。</ins>"
