"""Observances fall on their real days, in every year and for every type of organisation."""

from datetime import date

import pytest

from assistant.timeline import Observance, Timeline
from corpus.datatypes import OrganisationType
from corpus.errors import BadRequest

TIMELINE = Timeline.load()


def on(year: int, id: str) -> Observance:
    (found,) = [each for each in TIMELINE.observances(year) if each.id == id]
    return found


@pytest.mark.parametrize(
    ("year", "id", "day", "text"),
    [
        (2000, "ob-chunjie", date(2000, 2, 5), "2月5日（农历正月初一）"),
        (2026, "ob-chunjie", date(2026, 2, 17), "2月17日（农历正月初一）"),
        (2026, "ob-yuanxiao", date(2026, 3, 3), "3月3日（农历正月十五）"),
        (2026, "ob-duanwu", date(2026, 6, 19), "6月19日（农历五月初五）"),
        (2026, "ob-zhongqiu", date(2026, 9, 25), "9月25日（农历八月十五）"),
        (2025, "ob-zhongqiu", date(2025, 10, 6), "10月6日（农历八月十五）"),
        (2020, "ob-zhongqiu", date(2020, 10, 1), "10月1日（农历八月十五）"),
        (2027, "ob-chongyang", date(2027, 10, 8), "10月8日（农历九月初九）"),
        (2024, "ob-qingming", date(2024, 4, 4), "4月4日"),
        (2026, "ob-qingming", date(2026, 4, 5), "4月5日"),
        (2024, "ob-fengshou", date(2024, 9, 22), "9月22日"),
        (2026, "ob-zhucan", date(2026, 5, 17), "5月17日"),
        (2026, "ob-anquanjy", date(2026, 3, 30), "3月30日"),
        (2026, "ob-guofang", date(2026, 9, 19), "9月19日"),
        (2026, "ob-yishi", date(2026, 8, 19), "8月19日"),
    ],
)
def test_days(year: int, id: str, day: date, text: str) -> None:
    observance = on(year, id)
    assert (observance.start, observance.end, observance.text) == (day, day, text)
    assert observance.months == (day.month,)


@pytest.mark.parametrize(
    ("id", "start", "end", "text", "months"),
    [
        ("ob-zhiyebing", date(2026, 4, 25), date(2026, 5, 1), "4月25日至5月1日", (4, 5)),
        ("ob-jiatingzhou", date(2026, 5, 11), date(2026, 5, 17), "5月11日至17日", (5,)),
        ("ob-wangan", date(2026, 9, 21), date(2026, 9, 27), "9月第三周", (9,)),
        ("ob-anquanyue", None, None, "6月", (6,)),
        ("ob-songqingliang", None, None, "6月至9月", (6, 7, 8, 9)),
        ("ob-songwennuan", None, None, "12月至次年2月", (12, 1, 2)),
        ("ob-yusuan", None, None, "10月至次年2月", (10, 11, 12, 1, 2)),
    ],
)
def test_weeks_and_seasons(id: str, start: date | None, end: date | None, text: str, months: tuple[int, ...]) -> None:
    observance = on(2026, id)
    assert (observance.start, observance.end, observance.text, observance.months) == (start, end, text, months)


def ids(year: int, **only: object) -> list[str]:
    return [each.id for each in TIMELINE.observances(year, **only) if each.core]  # type: ignore[arg-type]


def test_by_type_and_month() -> None:
    may_hospital = ids(2026, months=[5], organisation=OrganisationType.HOSPITAL)
    assert may_hospital == ["ob-wuyibz", "ob-zhiyebing", "ob-wuyi", "ob-wusi", "ob-hushi"]
    may_school = ids(2026, months=[5], organisation=OrganisationType.SCHOOL)
    assert "ob-hushi" not in may_school
    assert "ob-jiaoshijie" in ids(2026, months=[9], organisation=OrganisationType.SCHOOL)
    assert "ob-jiaoshijie" not in ids(2026, months=[9], organisation=OrganisationType.ENTERPRISE)
    assert "ob-jingchajie" in ids(2026, months=[1], organisation=OrganisationType.POLICE)
    assert "ob-youzheng" in ids(2026, months=[10], organisation=OrganisationType.POST)
    both = ids(2026, organisation=OrganisationType.EDUCATION_HEALTH)
    assert {"ob-hushi", "ob-jiaoshijie", "ob-yishi"} <= set(both)


@pytest.mark.parametrize(
    ("id", "first"),
    [("ob-yishi", 2018), ("ob-jingchajie", 2021), ("ob-xianfari", 2014), ("ob-lieshi", 2014), ("ob-jianshen", 2009)],
)
def test_nothing_before_it_began(id: str, first: int) -> None:
    years = [year for year in range(2000, 2031) if id in {each.id for each in TIMELINE.observances(year)}]
    assert years == list(range(first, 2031))


def test_the_old_law_day_gives_way_to_constitution_day() -> None:
    assert "ob-fazhi-old" in {each.id for each in TIMELINE.observances(2013)}
    assert "ob-fazhi-old" not in {each.id for each in TIMELINE.observances(2014)}


def test_months_select() -> None:
    january = TIMELINE.observances(2026, months=[1])
    assert all(1 in each.months for each in january)
    assert TIMELINE.observances(2026, months=[]) == ()


def test_spring_festival_moves_between_months() -> None:
    assert "ob-chunjie" in ids(2023, months=[1])
    assert "ob-chunjie" not in ids(2026, months=[1])


def test_other_years_are_refused() -> None:
    with pytest.raises(BadRequest, match="计划年度 2040"):
        TIMELINE.observances(2040)
