"""Borrowed sentences made right for another year: exact texts, and invariants on the sample documents."""

import re
from datetime import date
from pathlib import Path

import pytest

from assistant.datatypes import Edit
from assistant.timeline import Timeline

TIMELINE = Timeline.load()
DOCUMENTS = sorted((Path(__file__).parents[1] / "corpus" / "documents").glob("*.txt"))


def refreshed(text: str, *, year: int, drafted: date | None = None) -> str | None:
    edits = TIMELINE.refresh(text, year=year, drafted=drafted)
    return None if edits is None else applied(text, edits)


def applied(text: str, edits: tuple[Edit, ...]) -> str:
    for edit in reversed(edits):
        assert text[edit.start : edit.end] == edit.before
        text = text[: edit.start] + edit.after + text[edit.end :]
    return text


CASES_2026 = {
    "list of two": (
        "深入贯彻落实党的十八大、十八届三中全会精神，围绕生产经营目标。",
        "深入贯彻落实党的二十大和二十届历次全会精神，围绕生产经营目标。",
    ),
    "spirit twice": (
        "深入学习贯彻党的十八大精神和十八届三中全会精神。",
        "深入学习贯彻党的二十大和二十届历次全会精神。",
    ),
    "second mention": (
        "学习党的十八大精神，落实十八届三中全会部署。",
        "学习党的二十大和二十届历次全会精神，落实党的二十届四中全会部署。",
    ),
    "wrong form": ("以十八大三中全会精神为主导。", "以党的二十大和二十届历次全会精神为主导。"),
    "quotes inside": ("以党的“十六届六中全会”精神为指针。", "以党的二十大和二十届历次全会精神为指针。"),
    "no 精神 before 为指导": ("以党的十七大为指导，开展工作。", "以党的二十大和二十届历次全会精神为指导，开展工作。"),
    "会议精神": ("领会党的十八届六中全会会议精神。", "领会党的二十大和二十届历次全会精神。"),
    "report": ("学习党的十八大报告。", "学习党的二十大报告。"),
    "masked meetings and union": (
        "深入贯彻党的〔届次〕届三中、四中全会和中国工会〔届次〕大精神。",
        "深入贯彻党的二十大和二十届历次全会精神和中国工会十八大精神。",
    ),
    "masked raw": (
        "抓好党的xx大、xx届三中、四中全会精神、《中国工会章程》等学习。",
        "抓好党的二十大和二十届历次全会精神、《中国工会章程》等学习。",
    ),
    "local congress kept": ("贯彻全总xx大和省总十二大精神。", "贯彻中国工会十八大和省总十二大精神。"),
    "union twice": ("学习全总十五大精神和中国工会十五大精神。", "学习中国工会十八大精神。"),
    "union session": ("按照全总十四届三次执委会议的要求。", "按照中国工会十八大的要求。"),
    "formula": (
        "坚持以邓小平理论和三个代表重要思想为指导，开展工作。",
        "坚持以习近平新时代中国特色社会主义思想为指导，开展工作。",
    ),
    "formula with ancestors": (
        "以马列主义、毛泽东思想、邓小平理论和“三个代表”重要思想为指导。",
        "以习近平新时代中国特色社会主义思想为指导。",
    ),
    "formula in two clauses": (
        "以邓小平理论和“三个代表”重要思想为指导，深入贯彻落实科学发展观。",
        "以习近平新时代中国特色社会主义思想为指导，深入贯彻落实新发展理念。",
    ),
    "practised": ("紧紧围绕践行科学发展观，开展教育。", "紧紧围绕践行新发展理念，开展教育。"),
    "speeches after a list": (
        "深入贯彻党的十八届四中、五中全会和习近平总书记系列重要讲话精神。",
        "深入贯彻党的二十大和二十届历次全会精神和习近平新时代中国特色社会主义思想。",
    ),
    "masked thought": (
        "以邓小平理论和“〔口号〕”重要思想为指导。",
        "以习近平新时代中国特色社会主义思想为指导。",
    ),
    "banner": ("高举邓小平理论伟大旗帜。", "高举中国特色社会主义伟大旗帜。"),
    "plan": ("为实现“xx五”规划建功立业。", "为实现“十五五”规划建功立业。"),
    "plan twice": ("围绕“十二五”规划目标，为“十二五”规划建功。", "围绕“十五五”规划目标，为“十五五”规划建功。"),
    "phase": ("今年是“十二五”规划的收官之年。", "今年是“十五五”规划的开局之年。"),
    "law renamed": (
        "落实《妇女权益保障法》、《女职工劳动保护规定》。",
        "落实《妇女权益保障法》、《女职工劳动保护特别规定》。",
    ),
    "law beside its successor": (
        "贯彻《工会法》、《女职工劳动保护规定》、《女职工劳动保护特别规定》。",
        "贯彻《工会法》、《女职工劳动保护特别规定》。",
    ),
    "two laws in one code": ("贯彻《婚姻法》、《继承法》等法律。", "贯彻《民法典》等法律。"),
    "no longer new": ("学习新修改的《安全生产法》。", "学习《安全生产法》。"),
    "two concepts in one": (
        "开展社会主义荣辱观和社会主义核心价值体系教育。",
        "开展社会主义核心价值观教育。",
    ),
    "leading clause": (
        "以开展党的群众路线教育实践活动为契机，提高工会干部的素质。",
        "提高工会干部的素质。",
    ),
    "last clause": ("加强作风建设，深入开展创先争优活动。", "加强作风建设。"),
    "anniversary": ("以庆祝建党100周年为契机。", "以庆祝建党105周年为契机。"),
    "no round anniversary": ("今年是建国xx年大庆，组织文艺汇演。", None),
    "look back": ("党的十八大以来，工会工作成效明显。", "党的十八大以来，工会工作成效明显。"),
    "title": ("学习《关于学习贯彻党的十八大精神的意见》。", "学习《关于学习贯彻党的十八大精神的意见》。"),
    "nothing to do": ("组织职工学习《工会法》，做好送温暖工作。", "组织职工学习《工会法》，做好送温暖工作。"),
    "welcome": ("迎接党的十八大胜利召开。", None),
    "quotation of a plenum": ("落实党的十八届三中全会《决定》的要求。", None),
    "masked quotation": ("党的〔届次〕届〔届次〕中全会提出了新的要求。", None),
    "slogan": ("开展“当好主力军、收获‘十一五’、构建和谐乡镇”竞赛。", None),
    "name of an activity": ("参加“庆祝十八大”知识竞赛。", None),
    "campaign as subject": ("把开展创先争优活动作为强大动力。", None),
    "realised": ("为人师表就是实现三个代表的具体体现。", None),
    "both items of a list": ("贯彻《企业工会工作条例（试行）》。", "贯彻《企业工会工作条例》。"),
}


@pytest.mark.parametrize("case", CASES_2026)
def test_sentences_for_2026(case: str) -> None:
    text, expected = CASES_2026[case]
    assert refreshed(text, year=2026) == expected


@pytest.mark.parametrize(
    ("year", "text", "expected"),
    [
        (2017, "学习党的十七大精神。", "学习党的十八大和十八届三中、四中、五中、六中全会精神。"),
        (2017, "迎接党的十八大胜利召开。", "迎接党的十九大胜利召开。"),
        (2012, "喜迎党的十九大，唱响主旋律。", "喜迎党的十八大，唱响主旋律。"),
        (2012, "自党的十八大以来，工会取得成绩。", "自党的十七大以来，工会取得成绩。"),
        (
            2012,
            "以邓小平理论和“xxxx”重要思想为指导，牢固树立科学发展观。",
            "以邓小平理论和“三个代表”重要思想为指导，牢固树立科学发展观。",
        ),
        (2014, "以“三个代表”重要思想和科学发展观统领工作。", "以“三个代表”重要思想和科学发展观统领工作。"),
        (2012, "贯彻习近平总书记系列重要讲话精神。", "贯彻邓小平理论和“三个代表”重要思想。"),
        (
            2012,
            "贯彻党的十八大和习近平总书记系列重要讲话精神。",
            "贯彻党的十七大和十七届三中、四中、五中、六中全会精神。",
        ),
        (2014, "深入开展创先争优活动。", "深入开展党的群众路线教育实践活动。"),
        (2005, "贯彻《企业工会工作条例》、《企业工会主席产生办法》，抓好建家。", None),
        (2010, "按照社会主义核心价值观的要求，开展教育。", "按照社会主义核心价值体系的要求，开展教育。"),
        (2026, "开展“六五”普法活动。", None),
        (2027, "开展“六五”普法活动。", "开展“九五”普法活动。"),
        (2027, "学习党的十八大精神。", "学习党的二十大和二十届历次全会精神。"),
        (2027, "学习党的二十届五中全会精神。", "学习党的二十大和二十届历次全会精神。"),
        (2028, "学习党的十八大精神。", None),
        (2028, "党的十八大以来，工会取得成绩。", "党的十八大以来，工会取得成绩。"),
        (2029, "学习中国工会十五大精神。", None),
    ],
)
def test_sentences_for_other_years(year: int, text: str, expected: str | None) -> None:
    assert refreshed(text, year=year) == expected


def test_a_past_year_in_the_sentence_excuses_nothing() -> None:
    """Years are changed after the references, so a borrowed 2014 must not keep what 2014 said."""
    text = "2014年，深入贯彻党的十八届三中全会精神。"
    assert refreshed(text, year=2026) == "2014年，深入贯彻党的二十大和二十届历次全会精神。"


def test_edits_tell_why() -> None:
    edits = TIMELINE.refresh("学习党的十八大精神。", year=2026)
    assert edits == (
        Edit(2, 7, "党的十八大", "党的二十大和二十届历次全会", "党的十八大之后已召开党的二十大（2022年10月）"),
    )


@pytest.mark.parametrize("year", [2004, 2008, 2012, 2014, 2017, 2020, 2023, 2026, 2027, 2029])
def test_sample_sentences_stand_after_refreshing(year: int) -> None:
    kept = 0
    for sentence in _sentences():
        renewed = refreshed(sentence, year=year)
        if renewed is None or renewed == sentence:
            continue
        kept += 1
        assert TIMELINE.refresh(renewed, year=year) == ()
        judged = TIMELINE.judged(renewed, year=year)
        assert [reference.alias for reference, verdict in judged if not verdict.fine and verdict.firm] == []
        assert not re.search(r"[，、。；][，、。；]|党的党的|精神精神|和和|、和|和、|《《|““", renewed)
    assert kept > (20 if year < 2028 else 5)


def _sentences() -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in DOCUMENTS]
    parts = [part.strip() for text in texts for part in re.split(r"(?<=[。！？])|\n", text)]
    return [part for part in dict.fromkeys(parts) if part and not re.search(r"[，、。；][，、。；]|党的党的", part)]


def test_corrections_are_grammatical_in_place() -> None:
    text = "以科学发展观为指导，贯彻党的十八大、十八届三中全会精神和中国工会十八大精神。落实“十四五”规划。"
    found = [(each.before, each.after, each.verdict.status) for each in TIMELINE.corrections(text, year=2026)]
    assert found == [
        ("科学发展观", "习近平新时代中国特色社会主义思想", "stale"),
        ("党的十八大、十八届三中全会", "党的二十大和二十届历次全会", "stale"),
        ("“十四五”规划", "“十五五”规划", "finished"),
    ]


def test_corrections_leave_a_named_past_year_alone() -> None:
    assert TIMELINE.corrections("2025年是“十四五”规划收官之年。", year=2026) == ()
