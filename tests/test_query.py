"""What a query says besides its words."""

import pytest

from corpus.datatypes import OrganisationType, Period, Topic
from corpus.words import dictionary_share, lexicon_terms
from index.query import content, cue_words, load_cues, normalised, speaks_of_other_fields, understand_query
from index.spelling import Speller, build_speller

SCHOOL, HOSPITAL, COUNTY = OrganisationType.SCHOOL, OrganisationType.HOSPITAL, OrganisationType.COUNTY_UNION


def nowhere(typed: str) -> bool:
    """A library in which nothing stands as it was typed."""
    return False


@pytest.fixture(scope="module")
def speller() -> Speller:
    library = {"送温暖": 9, "院务公开": 5, "职代会": 8}
    return build_speller(library, lexicon=(*lexicon_terms(), *cue_words()), share=dictionary_share)


@pytest.mark.parametrize(
    ("query", "organisations"),
    [
        ("医院工会怎么开展送温暖", (HOSPITAL,)),
        ("护士节慰问", (HOSPITAL,)),
        ("老师生病了怎么帮", (SCHOOL,)),
        ("医院里给老师看病", (HOSPITAL,)),
        ("学校和医院的女职工工作", (SCHOOL, HOSPITAL)),
        ("区总工会组建工作", (COUNTY,)),
        ("企业文化怎么写", ()),
        ("女职工工作", ()),
    ],
)
def test_organisations(speller: Speller, query: str, organisations: tuple[OrganisationType, ...]) -> None:
    assert understand_query(query, speller=speller, stands=nowhere).organisations == organisations


@pytest.mark.parametrize(
    ("query", "months"),
    [
        ("十月份学校安排", (10,)),
        ("6、7月的活动", (6, 7)),
        ("教师节表彰", (9,)),
        ("国庆前后的活动", (10,)),
        ("迎元旦联欢", (1, 12)),
        ("每月一次小组会", ()),
    ],
)
def test_months(speller: Speller, query: str, months: tuple[int, ...]) -> None:
    assert understand_query(query, speller=speller, stands=nowhere).months == months


@pytest.mark.parametrize(
    ("query", "period"),
    [
        ("下半年工作打算", Period.SECOND_HALF),
        ("第二学期教工活动", Period.SECOND_TERM),
        ("三季度重点", Period.QUARTER_3),
        ("本学年安排", Period.SCHOOL_YEAR),
        ("全年打算", None),
    ],
)
def test_period(speller: Speller, query: str, period: Period | None) -> None:
    assert understand_query(query, speller=speller, stands=nowhere).period == period


def test_topics_come_from_the_corpus_cues(speller: Speller) -> None:
    assert understand_query("职代会和院务公开", speller=speller, stands=nowhere).topics[0] == Topic.DEMOCRACY
    assert understand_query("随便写点", speller=speller, stands=nowhere).topics == ()


def test_quoted_phrases_bind_and_are_never_corrected(speller: Speller) -> None:
    meaning = understand_query("哪里写了“送问暖”和「三必访」", speller=speller, stands=nowhere)
    assert meaning.phrases == ("送问暖", "三必访")
    assert meaning.corrected == ()


def test_slips_and_width_and_traditional_characters(speller: Speller) -> None:
    meaning = understand_query("醫院　送問暖ＡＢＣ", speller=speller, stands=nowhere)
    assert meaning.text == "医院 送温暖abc"
    assert meaning.corrected == (("送问暖", "送温暖"),)
    assert meaning.organisations == (HOSPITAL,)


def test_normalised_keeps_what_it_does_not_know() -> None:
    assert normalised(" １２月、教代會 ") == "12月、教代会"


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("请问工会经费怎么管理？", "工会经费 管理"),
        ("帮我找几段送清凉的范文", "送清凉"),
        ("有没有可以参考的劳模宣传", "劳模宣传"),
        ("怎么写", "怎么写"),
    ],
)
def test_content_drops_the_wording_of_the_request(query: str, left: str) -> None:
    assert content(query).strip(" ？的").split() == left.split()


@pytest.mark.parametrize("query", ["你好", "今天会下雨吗", "手机怎么录屏", "讲个笑话"])
def test_other_fields_are_noticed(query: str) -> None:
    assert speaks_of_other_fields(query)


def test_union_wording_is_no_other_field() -> None:
    assert not speaks_of_other_fields("组织职工体检，看望生病的老师")


def test_every_cue_means_something() -> None:
    cues = load_cues()
    assert set(cues.people.values()) <= set(OrganisationType)
    assert all(1 <= month <= 12 for months in cues.days.values() for month in months)
    assert {period for period, _ in cues.periods} < set(Period)
