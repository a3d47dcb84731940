import re
from datetime import date

import pytest

from assistant.chat import answer, plan_request
from assistant.datatypes import Length
from assistant.resources import Resources
from assistant.understand import Intent, Understanding, understand
from assistant.understanding.replies import NOT_ASKED
from corpus.datatypes import OrganisationType, Period

TODAY = date(2026, 11, 20)


def reply(*utterances: str, resources: Resources, seed: int = 0) -> str:
    return answer(utterances, seed=seed, today=TODAY, resources=resources).reply


def test_a_request_becomes_a_draft(resources: Resources) -> None:
    turn = answer(["帮我写一份2026年医院工会工作计划，单位是某某市人民医院"], seed=0, today=TODAY, resources=resources)
    assert turn.draft is not None
    assert "某某市人民医院" in turn.draft.title
    assert turn.draft.title in turn.reply
    assert "我按年度计划、标准篇幅来写" in turn.reply
    assert "2026年、" not in turn.reply  # what was said is not reported as assumed


def test_the_type_is_asked_for_with_every_choice(resources: Resources) -> None:
    turn = answer(["写一份明年的计划"], seed=0, today=TODAY, resources=resources)
    assert turn.draft is None
    assert set(turn.choices) == set(OrganisationType) - set(NOT_ASKED)
    chosen = answer(["写一份明年的计划", "学校"], seed=0, today=TODAY, resources=resources)
    assert chosen.draft is not None
    assert (chosen.draft.request.organisation, chosen.draft.request.year) == (OrganisationType.SCHOOL, 2027)


def test_what_was_assumed_is_said(resources: Resources) -> None:
    told = reply("写学校计划", resources=resources)
    assert "我按2027年、年度计划、标准篇幅来写" in told
    assert "单位名称先空着" in told


def test_impossible_requests_are_declined_with_a_reason(resources: Resources) -> None:
    assert "1890" in reply("写一份1890年的学校工会计划", resources=resources)
    turn = answer(["写一份2026年人大工作计划"], seed=0, today=TODAY, resources=resources)
    assert turn.draft is None
    assert "人大" in turn.reply


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("你好", "您好"),
        ("写首诗", "帮不上"),
        ("学校和医院的民主管理有什么不同", "**民主管理**，学校、医院各自的写法"),
        ("帮我检查一下计划", "[体检](#page-checkup)"),
        ("把去年的计划续写成今年的", "[年度续写](#page-rollover)"),
        ("第三部分短一点", "桌上还没有文稿"),
        ("找几段教代会的话", "范文里是这样写的"),
        ("查查量子计算机芯片光刻", "没有相关内容"),
    ],
)
def test_other_intents(said: str, told: str, resources: Resources) -> None:
    assert told in reply(said, resources=resources)


def test_another_seed_is_another_version(resources: Resources) -> None:
    said = ["写一份2026年学校工会计划"]
    first, second = (answer(said, seed=seed, today=TODAY, resources=resources).draft for seed in (0, 1))
    again = answer(said, seed=0, today=TODAY, resources=resources).draft
    assert first == again
    assert first is not None
    assert second is not None
    assert first.sections != second.sections


def test_defaults_of_a_request() -> None:
    request = plan_request(understand(["写学校计划"], today=TODAY), seed=3, today=TODAY)
    assert (request.year, request.period, request.length, request.seed) == (2027, Period.YEAR, Length.STANDARD, 3)


def test_a_request_without_a_type_is_our_bug() -> None:
    with pytest.raises(ValueError, match="organisation"):
        plan_request(Understanding(Intent.DRAFT), seed=0, today=TODAY)


def test_several_changes_of_one_turn_are_made_to_the_parts_as_they_stood(resources: Resources) -> None:
    first = "写一份2027年学校工会工作计划"
    drafted = answer([first], seed=0, today=TODAY, resources=resources).draft
    assert drafted is not None
    headed = [section for section in drafted.sections if section.heading]
    turn = answer([first, "删掉第二、第三部分"], seed=0, today=TODAY, resources=resources, draft=drafted)
    assert turn.draft is not None
    left = {section.id for section in turn.draft.sections}
    assert {section.id for section in headed} - left == {headed[1].id, headed[2].id}


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("标题改成晨光小学工会2027年工作要点", "title"),
        ("落款改成晨光小学工会委员会", "signature"),
        ("日期改成2027年1月10日", "dated"),
    ],
)
def test_lines_outside_the_parts_are_changed_by_chat(said: str, line: str, resources: Resources) -> None:
    first = "写一份2027年学校工会工作计划"
    drafted = answer([first], seed=0, today=TODAY, resources=resources).draft
    turn = answer([first, said], seed=0, today=TODAY, resources=resources, draft=drafted)
    assert turn.draft is not None
    assert getattr(turn.draft, line) == said.partition("改成")[2]


def test_a_quoted_number_makes_no_list(resources: Resources) -> None:
    told = reply("找几段师德的话", resources=resources)
    assert "> " in told
    assert not re.search(r"^> \d+\. ", told, re.MULTILINE)
