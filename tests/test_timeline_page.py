"""The page of a year: exact enumerations, formulas, phases, claims and notes."""

from datetime import date

import pytest

from assistant.timeline import Timeline, page_record, render_page
from corpus.datatypes import OrganisationType, Topic
from corpus.errors import BadRequest

TIMELINE = Timeline.load()

# year: (formula, enumeration, five-year plan, phase, union congress, year of the charter, year of 工会法)
YEARS = {
    2000: ("gf-1", "十五大和十五届三中、四中全会", 9, "收官之年", 13, 1998, 1992),
    2001: ("gf-1", "十五大和十五届三中、四中、五中全会", 10, "开局之年", 13, 1998, 1992),
    2003: ("gf-2", "十六大", 10, "第三年", 13, 1998, 2001),
    2004: ("gf-2", "十六大和十六届三中全会", 10, "第四年", 14, 2003, 2001),
    2006: ("gf-2", "十六大和十六届三中、四中、五中全会", 11, "开局之年", 14, 2003, 2001),
    2008: ("gf-3", "十七大", 11, "第三年", 14, 2003, 2001),
    2010: ("gf-3", "十七大和十七届三中、四中全会", 11, "收官之年", 15, 2008, 2009),
    2012: ("gf-3", "十七大和十七届三中、四中、五中、六中全会", 12, "第二年", 15, 2008, 2009),
    2013: ("gf-4", "十八大", 12, "第三年", 15, 2008, 2009),
    2014: ("gf-4", "十八大和十八届三中全会", 12, "第四年", 16, 2013, 2009),
    2015: ("gf-4", "十八大和十八届三中、四中全会", 12, "收官之年", 16, 2013, 2009),
    2016: ("gf-4", "十八大和十八届三中、四中、五中全会", 13, "开局之年", 16, 2013, 2009),
    2017: ("gf-4", "十八大和十八届三中、四中、五中、六中全会", 13, "第二年", 16, 2013, 2009),
    2018: ("gf-5", "十九大和十九届二中全会", 13, "第三年", 16, 2013, 2009),
    2019: ("gf-5", "十九大和十九届二中、三中全会", 13, "第四年", 17, 2018, 2009),
    2020: ("gf-5", "十九大和十九届二中、三中、四中全会", 13, "收官之年", 17, 2018, 2009),
    2021: ("gf-5", "十九大和十九届二中、三中、四中、五中全会", 14, "开局之年", 17, 2018, 2009),
    2022: ("gf-5", "十九大和十九届二中、三中、四中、五中、六中全会", 14, "第二年", 17, 2018, 2021),
    2023: ("gf-5", "二十大", 14, "第三年", 17, 2018, 2021),
    2024: ("gf-5", "二十大和二十届二中全会", 14, "第四年", 18, 2023, 2021),
    2025: ("gf-5", "二十大和二十届二中、三中全会", 14, "收官之年", 18, 2023, 2021),
    2026: ("gf-5", "二十大和二十届二中、三中、四中全会", 15, "开局之年", 18, 2023, 2021),
    2027: ("gf-5", "二十大和二十届二中、三中、四中、五中全会", 15, "第二年", 18, 2023, 2021),
}


@pytest.mark.parametrize("year", YEARS)
def test_page_names_what_is_newest(year: int) -> None:
    page = TIMELINE.page(year)
    formula, enumeration, plan, phase, union, charter, law = YEARS[year]
    assert page.five_year_plan
    assert page.phase
    assert page.union_congress
    assert page.charter
    assert page.union_law
    assert (
        page.formula.facts[0],
        page.enumeration,
        page.five_year_plan.facts[0],
        page.phase.text,
        page.union_congress.facts[0],
        page.charter.facts[0],
        page.union_law.facts[0],
    ) == (formula, enumeration, f"fyp-{plan}", phase, f"uc-{union}", f"uzc-{charter}", f"law-gonghui-{law}")


@pytest.mark.parametrize(
    ("year", "text"),
    [
        (2005, "党的十六大和十六届三中、四中全会"),
        (2013, "党的十八大"),
        (2016, "党的十八大和十八届三中、四中、五中全会"),
        (2021, "党的十九大和十九届二中、三中、四中、五中全会"),
        (2022, "党的十九大和十九届历次全会"),
        (2025, "党的二十大和二十届二中、三中全会"),
        (2026, "党的二十大和二十届历次全会"),
        (2027, "党的二十大和二十届历次全会"),
    ],
)
def test_meetings_ready_to_print(year: int, text: str) -> None:
    meetings = TIMELINE.page(year).meetings
    assert meetings is not None
    assert meetings.text == text


@pytest.mark.parametrize(
    ("year", "text"),
    [
        (2000, "以邓小平理论为指导"),
        (2001, "以邓小平理论和“三个代表”要求为指导"),
        (2003, "以邓小平理论和“三个代表”重要思想为指导"),
        (2005, "以邓小平理论和“三个代表”重要思想为指导，全面落实科学发展观"),
        (2010, "以邓小平理论和“三个代表”重要思想为指导，深入贯彻落实科学发展观"),
        (2013, "以邓小平理论、“三个代表”重要思想、科学发展观为指导"),
        (2015, "以邓小平理论、“三个代表”重要思想、科学发展观为指导，深入贯彻习近平总书记系列重要讲话精神"),
        (2018, "以习近平新时代中国特色社会主义思想为指导"),
        (2026, "以习近平新时代中国特色社会主义思想为指导"),
    ],
)
def test_opening_formula(year: int, text: str) -> None:
    assert TIMELINE.page(year).opening.text == text


@pytest.mark.parametrize("year", range(2000, 2031))
def test_every_year_has_a_page(year: int) -> None:
    page = TIMELINE.page(year)
    assert page.five_year_plan is not None
    assert page.union_law is not None
    assert len(page.observances) > 50
    assert f"{year}年计划可以怎样写" in render_page(page)


@pytest.mark.parametrize("year", range(2000, 2031))
def test_no_uncertain_fact_is_claimed(year: int) -> None:
    record = page_record(TIMELINE.page(year))
    claimed = {key: value for key, value in record.items() if key not in ("notes", "observances")}
    ids = [id for id in _ids(claimed) if id in TIMELINE.entries]
    assert ids
    assert [id for id in ids if not TIMELINE.entries[id].known] == []
    drafted = TIMELINE.page(year).drafted
    early = [id for id in ids if (start := TIMELINE.entries[id].start) and start > drafted]
    assert early == []


def _ids(value: object) -> list[str]:
    if isinstance(value, dict):
        return [id for each in value.values() for id in _ids(each)]
    if isinstance(value, list):
        return [id for each in value for id in _ids(each)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize(
    ("year", "drafted", "running", "aftermath"),
    [
        (2005, None, ["保持共产党员先进性教育活动"], ["兴起学习贯彻“三个代表”重要思想新高潮成果"]),
        (2014, None, ["党的群众路线教育实践活动"], []),
        (2015, None, [], ["党的群众路线教育实践活动成果"]),
        (2019, None, [], []),
        (2019, date(2019, 9, 1), ["“不忘初心、牢记使命”主题教育"], []),
        (2024, None, [], ["学习贯彻习近平新时代中国特色社会主义思想主题教育成果"]),
        (2025, date(2025, 4, 1), ["深入贯彻中央八项规定精神学习教育"], ["党纪学习教育成果"]),
        (2026, None, [], ["深入贯彻中央八项规定精神学习教育成果"]),
        (2026, date(2026, 3, 15), ["树立和践行正确政绩观学习教育"], ["深入贯彻中央八项规定精神学习教育成果"]),
    ],
)
def test_party_education(year: int, drafted: date | None, running: list[str], aftermath: list[str]) -> None:
    page = TIMELINE.page(year, drafted=drafted)
    assert [claim.text for claim in page.education] == running
    assert [claim.text for claim in page.aftermath] == aftermath


@pytest.mark.parametrize(
    ("year", "drafted", "text"),
    [
        (2010, None, "“五五”普法"),
        (2021, None, "“八五”普法"),
        (2025, None, "“八五”普法"),
        (2026, None, None),
        (2026, date(2026, 8, 1), "“九五”普法"),
        (2027, None, "“九五”普法"),
    ],
)
def test_pufa_plan_is_claimed_once_issued(year: int, drafted: date | None, text: str | None) -> None:
    pufa = TIMELINE.page(year, drafted=drafted).pufa
    assert (pufa.text if pufa else None) == text


def test_the_page_knows_nothing_after_the_drafting_date() -> None:
    early = TIMELINE.page(2026, drafted=date(2025, 12, 20))
    assert early.meetings is not None
    assert early.meetings.facts == ("pc-20", "plenum-20-2", "plenum-20-3", "plenum-20-4")
    before = TIMELINE.page(2026, drafted=date(2025, 10, 1))
    assert before.meetings is not None
    assert before.meetings.text == "党的二十大和二十届二中、三中全会"
    assert before.phase is not None
    assert before.phase.text == "开局之年"


def test_what_may_have_changed_is_not_claimed() -> None:
    page = TIMELINE.page(2028)
    assert page.congress is None
    assert page.meetings is None
    assert page.plenum is None
    assert page.union_congress is not None
    assert any(note.startswith("党的二十一大") for note in page.notes)
    assert page.notes[0] == "事实表核对至2026-11-20，此后的会议、文件和活动请自行核对。"
    assert TIMELINE.page(2029).union_congress is None


def test_the_announced_plenum_is_listed_but_never_the_newest_claimed() -> None:
    page = TIMELINE.page(2027, drafted=date(2026, 12, 1))
    assert page.plenum is None
    assert page.meetings is not None
    assert "plenum-20-5" not in page.meetings.facts
    assert any(note.startswith("党的二十届五中全会：会前公布") for note in page.notes)


def test_laws_and_rules_by_topic_and_type() -> None:
    school = TIMELINE.page(2026, organisation=OrganisationType.SCHOOL)
    assert [claim.text for claim in school.rules[Topic.DEMOCRACY]] == [
        "《基层工会会员代表大会条例》",
        "《学校教职工代表大会规定》",
    ]
    enterprise = TIMELINE.page(2026, organisation=OrganisationType.ENTERPRISE)
    assert "《企业民主管理规定》" in [claim.text for claim in enterprise.rules[Topic.DEMOCRACY]]
    assert "《学校教职工代表大会规定》" not in [claim.text for claim in enterprise.rules[Topic.DEMOCRACY]]
    women = [claim.text for claim in TIMELINE.page(2012).rules[Topic.WOMEN]]
    assert women == ["《女职工劳动保护规定》"]
    assert [claim.text for claim in TIMELINE.page(2013).rules[Topic.WOMEN]] == ["《女职工劳动保护特别规定》"]


@pytest.mark.parametrize("year", [1999, 2031])
def test_other_years_are_refused(year: int) -> None:
    with pytest.raises(BadRequest, match=f"计划年度 {year} 不在 2000—2030 之间"):
        TIMELINE.page(year)


def test_record_is_plain() -> None:
    record = page_record(TIMELINE.page(2026))
    assert record["drafted"] == "2026-02-15"
    assert record["formula"] == {
        "text": "习近平新时代中国特色社会主义思想",
        "facts": ["gf-5"],
        "note": record["formula"]["note"],
    }
    assert record["observances"][0]["months"] == [1, 2, 3]


def test_rendered_page_shows_ids_and_blanks() -> None:
    text = render_page(TIMELINE.page(2026))
    assert "会议精神：党的二十大和二十届历次全会 [pc-20+plenum-20-2+plenum-20-3+plenum-20-4]" in text
    assert "普法规划：（不可写，见备注）" in text
    assert "* 9月25日（农历八月十五）　中秋节　[ob-zhongqiu]" in text


@pytest.mark.parametrize(
    ("year", "texts"),
    [
        (2021, ["中国共产党成立100周年", "红军长征胜利85周年"]),
        (2025, ["中华全国总工会成立100周年", "中国人民抗日战争暨世界反法西斯战争胜利80周年"]),
        (2026, ["中国共产党成立105周年", "红军长征胜利90周年"]),
        (2027, ["中国人民解放军建军100周年", "香港回归30周年"]),
    ],
)
def test_round_anniversaries(year: int, texts: list[str]) -> None:
    assert [claim.text for claim in TIMELINE.page(year).anniversaries] == texts
