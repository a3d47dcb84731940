from datetime import date

import pytest

from assistant.datatypes import Length
from assistant.understand import Intent, next_plan_year, normalised, understand
from corpus.datatypes import OrganisationType as T
from corpus.datatypes import Period

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("said", "organisation", "name", "year", "period"),
    [
        ("帮我写一份2026年医院工会工作计划，单位是某某市人民医院", T.HOSPITAL, "某某市人民医院", 2026, None),
        ("我们是某某县第三中学，要明年的计划", T.SCHOOL, "某某县第三中学", 2027, None),
        ("名称：某某集团（上海）有限公司，写二〇二八年计划", T.ENTERPRISE, "某某集团（上海）有限公司", 2028, None),
        ("为某某市公安局交警支队起草今年下半年工会计划", T.POLICE, "某某市公安局交警支队", 2026, Period.SECOND_HALF),
        ("给医院写一份", T.HOSPITAL, None, None, None),
        ("我们是一所乡下小学，写后年的", T.SCHOOL, None, 2028, None),
        ("某某街道总工会25年计划", T.TOWNSHIP, "某某街道总工会", 2025, None),
        ("２０２７年鎮工會計劃", T.TOWNSHIP, None, 2027, None),
        ("小学2026-2027学年第一学期工会计划", T.SCHOOL, None, 2026, Period.FIRST_TERM),
        ("社区工会三季度安排，写一下", T.COMMUNITY, None, None, Period.QUARTER_3),
        ("县教育工会全年计划", T.EDUCATION_HEALTH, None, None, Period.YEAR),
    ],
)
def test_slots(said: str, organisation: T, name: str | None, year: int | None, period: Period | None) -> None:
    read = understand([said], today=TODAY)
    assert (read.organisation, read.name, read.year, read.period) == (organisation, name, year, period)
    assert read.intent is Intent.DRAFT


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("你好", Intent.SMALLTALK),
        ("找几段送温暖的话", Intent.SEARCH),
        ("学校和医院的民主管理有什么不同", Intent.COMPARE),
        ("写首诗", Intent.OUT_OF_SCOPE),
        ("弄一下", Intent.UNCLEAR),
    ],
)
def test_intents(said: str, intent: Intent) -> None:
    assert understand([said], today=TODAY).intent is intent


def test_later_turns_fill_and_override() -> None:
    read = understand(["写一份医院的计划", "明年的，单位是某某市中医院", "不对，是2028年，详细一点"], today=TODAY)
    assert (read.organisation, read.name, read.year, read.length) == (T.HOSPITAL, "某某市中医院", 2028, Length.LONG)
    assert read.intent is Intent.DRAFT


def test_emphasis_is_split() -> None:
    assert understand(["写公司计划，重点写劳动竞赛和班组建设"], today=TODAY).emphasis == ("劳动竞赛", "班组建设")


def test_no_utterance_is_unclear() -> None:
    assert understand([], today=TODAY).intent is Intent.UNCLEAR


def test_normalising_keeps_the_length_and_the_brackets() -> None:
    assert normalised("２０２６年　學校（本部）") == "2026年 学校（本部）"


@pytest.mark.parametrize(("month", "year"), [(1, 2026), (9, 2026), (10, 2027), (12, 2027)])
def test_next_plan_year(month: int, year: int) -> None:
    assert next_plan_year(date(2026, month, 1)) == year
