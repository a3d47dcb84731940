"""References are found whatever they look like, and only where they are."""

from pathlib import Path

import pytest

from assistant.timeline import Cue, EntryKind, Timeline
from assistant.timeline.numerals import chinese, read
from assistant.timeline.squeeze import balanced, squeeze

TIMELINE = Timeline.load()
DOCUMENTS = sorted((Path(__file__).parents[1] / "corpus" / "documents").glob("*.txt"))


@pytest.mark.parametrize(
    ("text", "alias", "id"),
    [
        ("学习党的十八大精神", "党的十八大", "pc-18"),
        ("学习中共十八大精神", "中共十八大", "pc-18"),
        ("学习党的18大精神", "党的18大", "pc-18"),
        ("学习党的１８大精神", "党的１８大", "pc-18"),
        ("学习党的“十八大”精神", "党的“十八大”", "pc-18"),
        ("中国共产党第十八次全国代表大会", "中国共产党第十八次全国代表大会", "pc-18"),
        ("党的二十一大", "党的二十一大", "pc-21"),
        ("党的十九届 四中全会", "党的十九届 四中全会", "plenum-19-4"),
        ("19届4中全会", "19届4中全会", "plenum-19-4"),
        ("中国共产党第十九届中央委员会第四次全体会议", "中国共产党第十九届中央委员会第四次全体会议", "plenum-19-4"),
        ("十八大三中全会", "十八大三中全会", "plenum-18-3"),
        ("中国工会第十八次全国代表大会", "中国工会第十八次全国代表大会", "uc-18"),
        ("中国工会18大", "中国工会18大", "uc-18"),
        ("全国总工会十七大", "全国总工会十七大", "uc-17"),
        ("第十四个五年规划", "第十四个五年规划", "fyp-14"),
        ("“十·五”计划", "“十·五”计划", "fyp-10"),
        ("十五五时期", "十五五", "fyp-15"),
        ("八五普法", "八五普法", "ca-pufa-8"),
        ("“八五”法治宣传教育", "“八五”", "ca-pufa-8"),
        ("两学一做", "两学一做", "ca-2xue1zuo"),
        ("学习“两学一做”", "“两学一做”", "ca-2xue1zuo"),
        ("道路自信，理论自信，制度自信，文化自信", "道路自信，理论自信，制度自信，文化自信", "gc-4conf"),
        ("《中华人民共和国安全生产法》", "《中华人民共和国安全生产法》", "law-anquan-2002"),
        ("企业工会主席产生办法（试行）", "企业工会主席产生办法（试行）", "ur-zhuxi"),
        ("工会“十四五”发展规划", "工会“十四五”发展规划", "up-145-gh"),
    ],
)
def test_forms(text: str, alias: str, id: str) -> None:
    assert [(reference.alias, reference.id) for reference in TIMELINE.find(text)] == [(alias, id)]


@pytest.mark.parametrize(
    "text",
    [
        "省工会十五大、市总工会十六大、团十八大、中国妇女十三大、中国文联十一大",
        "前二十大企业，十八大类，二十大举措，全国十五大品牌",
        "十五日前，第十五条，二十五名职工，15大项",
        "选派三个代表参加，存在两个普遍问题",
        "开展企业形势任务主题教育活动",
        "劳动法律法规，监察法规，公司法人",
        "xx大部分代表座谈会",
        "八届四次教代会，十二届全国人大",
        "",
    ],
)
def test_ordinary_words_are_no_references(text: str) -> None:
    assert TIMELINE.find(text) == ()


@pytest.mark.parametrize(
    ("text", "kind", "alias"),
    [
        ("党的〔届次〕大精神", EntryKind.CONGRESS, "党的〔届次〕大"),
        ("党的xx届x中全会", EntryKind.PLENUM, "党的xx届x中全会"),
        ("党的〔届次〕届〔届次〕中全会", EntryKind.PLENUM, "党的〔届次〕届〔届次〕中全会"),
        ("以xx届中全会为指导", EntryKind.PLENUM, "xx届中全会"),
        ("党的十x届四中、五中全会", EntryKind.PLENUM, "党的十x届四中、五中全会"),
        ("全总**大精神", EntryKind.UNION_CONGRESS, "全总**大"),
        ("工会〔届次〕大", EntryKind.UNION_CONGRESS, "工会〔届次〕大"),
        ("“xx五”规划", EntryKind.PLAN, "“xx五”规划"),
        ("“〔规划〕”规划", EntryKind.PLAN, "“〔规划〕”规划"),
        ("“〔口号〕”重要思想", EntryKind.THEORY, "“〔口号〕”重要思想"),
        ("今年是建国〔周年〕年大庆", EntryKind.ANNIVERSARY, "建国〔周年〕年"),
    ],
)
def test_masked_forms(text: str, kind: EntryKind, alias: str) -> None:
    (reference,) = TIMELINE.find(text)
    assert (reference.kind, reference.alias, reference.masked, reference.ids) == (kind, alias, True, ())


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("党的十八大以来", Cue.BACK),
        ("自党的十八大", Cue.BACK),
        ("党的十八大召开后", Cue.BACK),
        ("迎接党的十八大", Cue.WELCOME),
        ("谋划“十五五”", Cue.AHEAD),
        ("“十四五”圆满收官", Cue.BACK),
        ("党的十八届三中全会提出", Cue.BOUND),
        ("党的十九大报告中指出", Cue.BOUND),
        ("党史学习教育常态化长效化", Cue.LASTING),
        ("去年，开展党史学习教育", Cue.BACK),
        ("学习党的十八大精神", Cue.NONE),
    ],
)
def test_cues(text: str, cue: Cue) -> None:
    (reference,) = TIMELINE.find(text)
    assert reference.cue is cue


def test_a_plenum_list_names_its_members() -> None:
    (reference,) = TIMELINE.find("十八届三中、四中、五中全会")
    assert reference.members == ("plenum-18-3", "plenum-18-4", "plenum-18-5")
    assert reference.id == "plenum-18-5"


def test_a_bare_plenum_takes_the_term_before_it() -> None:
    first, second = TIMELINE.find("党的十八大和三中全会精神")
    assert (first.id, second.id) == ("pc-18", "plenum-18-3")


def test_titles_of_other_documents_are_names() -> None:
    inside, law = TIMELINE.find("《关于党的十八大精神的通知》和《工会法》")
    assert inside.in_title
    assert not law.in_title
    assert law.alias == "《工会法》"


def test_peers_are_those_of_the_sentence() -> None:
    first, second, third = TIMELINE.find("邓小平理论和科学发展观。党的十八大")
    assert first.peers == second.peers == {"gt-deng", "gt-sdo"}
    assert third.peers == {"pc-18"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name[:3])
def test_spans_are_exact_ordered_and_apart(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    references = TIMELINE.find(text)
    assert references
    assert all(text[each.start : each.end] == each.alias for each in references)
    assert all(left.end <= right.start for left, right in zip(references, references[1:], strict=False))


@pytest.mark.parametrize("number", range(1, 100))
def test_numerals_round_trip(number: int) -> None:
    assert read(chinese(number)) == read(str(number)) == number


@pytest.mark.parametrize(("text", "number"), [("一百", 100), ("一百零五", 105), ("一百一十", 110), ("105", 105)])
def test_numerals_beyond_a_hundred(text: str, number: int) -> None:
    assert read(text) == number


@pytest.mark.parametrize("text", ["", "xx", "十十", "二一", "百", "二百", "一百百"])
def test_what_is_no_numeral(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("source", "inner", "expected"),
    [
        ("学“三个代表”重要思想", "三个代表”重要思想", "“三个代表”重要思想"),
        ("学“两学一做”好", "两学一做", "“两学一做”"),
        ("学“党的十八大精神”", "党的十八大", "党的十八大"),
        ("学党的“十八大”精神", "党的“十八大", "党的“十八大”"),
        ('学"三个代表"重要思想', '三个代表"重要思想', '"三个代表"重要思想'),
        ("学《工会法》", "工会法", "《工会法》"),
    ],
)
def test_quotes_stay_with_their_partners(source: str, inner: str, expected: str) -> None:
    start, end = balanced(source, source.index(inner), source.index(inner) + len(inner))
    assert source[start:end] == expected


def test_squeezing_keeps_the_way_back() -> None:
    squeezed = squeeze("党的 “１８ 大”，\n二")
    assert squeezed.text == "党的18大、\n二"
    assert squeezed.span(0, 5) == (0, 9)
