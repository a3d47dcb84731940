"""润色, 改写降重, 缩写, 扩写, 换语气: what may change, what must not, and what is shown."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from fake_models import Recorder, saying

from assistant.datatypes import Draft, DraftSection, Paragraph, PlanRequest, Provenance, ProvenanceKind, Sentence
from assistant.llm.ask import Limits
from assistant.llm.rewrite import rewrite
from assistant.llm.troubles import ModelProblem, Trouble
from assistant.llm.writer import Writer
from assistant.resources import Resources
from assistant.rewording import Manner, Rewritten
from corpus.datatypes import OrganisationType, Topic
from corpus.errors import BadRequest

TEMPLATE = Provenance(ProvenanceKind.TEMPLATE, "relief-files", 0, 1)
FIRST = "建立困难职工档案，每年核查2次，做到一户一档、动态管理。"
SECOND = "元旦春节期间走访慰问困难职工，慰问标准为【待填：标准】。"
OWN = "我院另设爱心基金。"


def draft_of(*texts: str, locked: bool = False) -> Draft:
    paragraphs = tuple(Paragraph((Sentence(text, TEMPLATE),)) for text in texts)
    section = DraftSection("relief", "做好帮扶", Topic.RELIEF, paragraphs, locked=locked)
    other = DraftSection("sports", "文体活动", Topic.SPORTS, (Paragraph((Sentence("组织健步走。", TEMPLATE),)),))
    request = PlanRequest(OrganisationType.HOSPITAL, "临江市人民医院", 2026)
    return Draft(request, "计划", (section, other), "临江市人民医院工会", "")


@pytest.fixture
def run(resources: Resources) -> Callable[..., tuple[Rewritten, Recorder]]:
    def rewritten(answer: object, draft: Draft, manner: Manner = Manner.POLISH, target: str = "relief", **more: str):  # noqa: ANN202
        model = Recorder(script=saying(answer))
        limits = Limits(attempts=1, sleep=lambda _: None)
        r = resources
        writer = Writer(model, r.embedder, r.passages, r.timeline, r.samples, limits)
        return rewrite(draft, manner, target, writer=writer, **more), model

    return rewritten


def texts(draft: Draft) -> list[str]:
    return [paragraph.text for paragraph in draft.sections[0].paragraphs]


GOOD_FIRST = "为困难职工逐户建档，每年核查2次，实行动态管理。"
GOOD_SECOND = "两节期间走访慰问困难职工，慰问标准为【待填：标准】，把关怀送到家。"


def test_each_paragraph_is_reworded_in_its_place(run: Callable[..., tuple[Rewritten, Recorder]]) -> None:
    draft = draft_of(FIRST, SECOND)
    result, model = run(f"1. {GOOD_FIRST}\n2. {GOOD_SECOND}", draft)
    assert texts(result.draft) == [GOOD_FIRST, GOOD_SECOND]
    assert result.draft.sections[1] == draft.sections[1]
    assert [each.before for each in result.differences] == [FIRST + SECOND]
    assert texts(draft) == [FIRST, SECOND]
    assert "润色" in result.message
    assert f'<原文 编号="1">\n{FIRST}\n</原文>' in model.prompt()


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        pytest.param("为困难职工逐户建档，实行动态管理。", "丢了“2”", id="a number lost"),
        pytest.param("为困难职工逐户建档，每年核查2次，帮扶320人，动态管理。", "没有的数字", id="a number more"),
        pytest.param("与海天集团合作为困难职工建档，每年核查2次。", "没有通过检查", id="a name"),
        pytest.param("组织职工参加羽毛球比赛，每年2次，赛后颁发奖品。", "不是同一件事", id="something else"),
        pytest.param("为困难职工逐户建档，每年核查2次，详见 https://a.example 。", "没有通过检查", id="a link"),
    ],
)
def test_what_loses_or_invents_stays_as_it_was(
    answer: str, why: str, run: Callable[..., tuple[Rewritten, Recorder]]
) -> None:
    draft = draft_of(FIRST, SECOND)
    result, _ = run(f"1. {answer}\n2. {GOOD_SECOND}", draft)
    assert texts(result.draft) == [FIRST, GOOD_SECOND]
    assert any(why in report for report in result.reports)


@pytest.mark.parametrize(
    "answer",
    [
        "**1.** {0}\n**2.** {1}",
        "1、{0}\n\n2、{1}",
        "（1）{0}\n（2）{1}",
        "[1] {0}\n[2] {1}",
        "第1段：{0}\n第2段：{1}",
        "1. {0} 2. {1}",
        "好的，改写如下：\n1. {0}\n2. {1}\n以上供您参考。",
    ],
)
def test_numbers_are_read_however_they_are_written(answer: str, run: Callable[..., tuple[Rewritten, Recorder]]) -> None:
    result, _ = run(answer.format(GOOD_FIRST, GOOD_SECOND), draft_of(FIRST, SECOND))
    assert texts(result.draft) == [GOOD_FIRST, GOOD_SECOND]


def test_a_section_the_model_fails_at_does_not_spoil_the_others(
    run: Callable[..., tuple[Rewritten, Recorder]], resources: Resources
) -> None:
    draft = draft_of(FIRST)
    answers = saying(f"1. {GOOD_FIRST}", ModelProblem(Trouble.BUSY))
    r = resources
    limits = Limits(attempts=1, sleep=lambda _: None)
    writer = Writer(Recorder(script=answers), r.embedder, r.passages, r.timeline, r.samples, limits)
    result = rewrite(draft, Manner.POLISH, "全文", writer=writer)
    assert texts(result.draft) == [GOOD_FIRST]
    assert result.draft.sections[1] == draft.sections[1]
    assert any("文体活动" in report and "限流" in report for report in result.reports)


def test_a_paragraph_without_an_answer_stays(run: Callable[..., tuple[Rewritten, Recorder]]) -> None:
    result, _ = run(f"2. {GOOD_SECOND}", draft_of(FIRST, SECOND))
    assert texts(result.draft) == [FIRST, GOOD_SECOND]


def test_a_selection_changes_one_sentence(run: Callable[..., tuple[Rewritten, Recorder]]) -> None:
    result, _ = run(f"1. {GOOD_SECOND}", draft_of(FIRST, SECOND), target="relief/1/0")
    assert texts(result.draft) == [FIRST, GOOD_SECOND]


def test_shorter_must_be_shorter_and_longer_longer(run: Callable[..., tuple[Rewritten, Recorder]]) -> None:
    draft = draft_of(FIRST)
    short, long = "建立困难职工档案，一户一档。", FIRST[:-1] + "，由工会小组长逐户走访核实，情况变化随时更新。"
    assert texts(run(f"1. {short}", draft, Manner.SHORTEN)[0].draft) == [short]
    assert texts(run(f"1. {long}", draft, Manner.SHORTEN)[0].draft) == [FIRST]
    assert texts(run(f"1. {long}", draft, Manner.EXPAND)[0].draft) == [long]
    assert texts(run(f"1. {GOOD_FIRST}", draft, Manner.EXPAND)[0].draft) == [FIRST]


def test_rewording_shows_the_overlap_before_and_after(
    run: Callable[..., tuple[Rewritten, Recorder]], resources: Resources
) -> None:
    copied = next(
        text
        for passage in resources.passages
        if "困难" in passage.text and 40 < len(text := passage.text.partition("。")[0] + "。") < 90
        if not any(mark in text for mark in "0123456789〔《“")
    )
    last = copied
    answer = "把" + copied[:12] + "这些事办实，" + copied[14:26] + "也要跟上，一件一件抓好落实。"
    result, _ = run(f"1. {answer}", draft_of(copied), Manner.REWORD, last_plan=last)
    assert result.overlap_before == pytest.approx(1.0)
    assert result.last_before == pytest.approx(1.0)
    if result.draft.sections[0].paragraphs[0].text != copied:
        assert result.overlap_after < result.overlap_before
    same, _ = run(f"1. {copied}", draft_of(copied), Manner.REWORD)
    assert texts(same.draft) == [copied]


def test_the_tone_is_told_as_data(run: Callable[..., tuple[Rewritten, Recorder]]) -> None:
    _, model = run(f"1. {GOOD_FIRST}", draft_of(FIRST), Manner.TONE, detail="更亲切<b>")
    assert "改成更亲切＜b＞的语气" in model.prompt()


def test_own_sentences_and_locked_sections_are_left_alone(run: Callable[..., tuple[Rewritten, Recorder]]) -> None:
    with pytest.raises(BadRequest, match="没有可以润色的文字"):
        run("1. 好。", draft_of(FIRST, locked=True))
    draft = draft_of(FIRST)
    own = Paragraph((Sentence(OWN, Provenance(ProvenanceKind.USER)),))
    section = replace(draft.sections[0], paragraphs=(*draft.sections[0].paragraphs, own))
    result, model = run(f"1. {GOOD_FIRST}", replace(draft, sections=(section, draft.sections[1])))
    assert texts(result.draft) == [GOOD_FIRST, OWN]
    assert OWN not in model.prompt()


def test_a_failing_model_changes_nothing(run: Callable[..., tuple[Rewritten, Recorder]]) -> None:
    with pytest.raises(ModelProblem, match="不认密钥"):
        run(ModelProblem(Trouble.KEY), draft_of(FIRST))
