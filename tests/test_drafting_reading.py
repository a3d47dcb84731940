"""What a chairman reads: headings keep their promises, time words fit, nothing said double, emphasis is seen."""

import re
from dataclasses import replace

import pytest

from assistant.checking.run import check_draft
from assistant.checking.samples import Samples
from assistant.datatypes import Draft, FindingKind, Length, PlanRequest, ProvenanceKind
from assistant.drafting import draft_plan
from assistant.drafting.adapt import apply_edits, borrow
from assistant.drafting.outline import promises_of
from assistant.drafting.setting import setting_of
from assistant.drafting.timing import in_time
from assistant.export.text import plain_text
from assistant.timeline import Timeline
from corpus.chunk import bare_passage
from corpus.datatypes import OrganisationType, Passage, Period, Topic
from corpus.load import load_bytes
from corpus.read import read

TIMELINE = Timeline.load()
TYPES = tuple(each for each in OrganisationType if each is not OrganisationType.PEOPLES_CONGRESS)


def drafted(request: PlanRequest, passages: tuple[Passage, ...]) -> Draft:
    return draft_plan(request, passages=passages, timeline=TIMELINE)


def adapted(text: str, source: OrganisationType, target: OrganisationType, period: Period = Period.YEAR) -> str | None:
    passage = replace(
        bare_passage(text, plan_id="0123456789ab-1", file="样例.txt"),
        title="工会工作计划",
        organisation=source,
        topics=(Topic.DEMOCRACY,),
        period=Period.YEAR,
        is_union=True,
        collection="范文",
    )
    setting = setting_of(PlanRequest(target, None, 2026, period), timeline=TIMELINE)
    sentence = borrow(passage, 0, len(text), setting=setting)
    if sentence is None:
        return None
    assert apply_edits(text, sentence.provenance.edits) == sentence.text
    return sentence.text


@pytest.mark.parametrize("organisation", TYPES)
@pytest.mark.parametrize("year", [2013, 2026])
def test_what_a_heading_names_stands_in_its_section(
    organisation: OrganisationType, year: int, passages: tuple[Passage, ...]
) -> None:
    draft = drafted(PlanRequest(organisation, None, year, length=Length.STANDARD), passages)
    promised = [(section, pattern) for section in draft.sections for pattern in promises_of(section.heading)]
    assert promised
    for section, pattern in promised:
        assert any(pattern.search(paragraph.text) for paragraph in section.paragraphs), section.heading


def test_members_of_a_list_that_became_the_same_word_are_one() -> None:
    school, hospital = OrganisationType.SCHOOL, OrganisationType.HOSPITAL
    assert adapted("按期召开教代会、职代会，落实决议。", school, hospital) == "按期召开职代会，落实决议。"
    assert adapted("完成省总工会、市教育工会交办的调研。", school, hospital) == "完成上级工会交办的调研。"


def test_papers_of_the_samples_own_unit_are_not_borrowed() -> None:
    hospital = OrganisationType.HOSPITAL
    assert adapted("按照《职工之家管理细则》开放活动室。", hospital, hospital) is None
    assert adapted("宣传《工会法》，组织知识问答。", hospital, hospital) == "宣传《工会法》，组织知识问答。"


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period.YEAR, "每年组织一次技能比武。"),
        (Period.FIRST_HALF, "上半年组织一次技能比武。"),
        (Period.SECOND_HALF, "下半年组织一次技能比武。"),
        (Period.QUARTER_1, None),
    ],
)
def test_how_often_is_said_for_the_plans_own_time(period: Period, expected: str | None) -> None:
    police = OrganisationType.POLICE
    assert adapted("每年组织一次技能比武。", police, police, period) == expected


@pytest.mark.parametrize("period", [Period.FIRST_HALF, Period.SECOND_HALF, Period.QUARTER_2, Period.SECOND_TERM])
def test_short_plans_promise_nothing_for_a_year(period: Period, passages: tuple[Passage, ...]) -> None:
    draft = drafted(PlanRequest(OrganisationType.SCHOOL, None, 2026, period, length=Length.LONG), passages)
    assert not [sentence.text for sentence in draft.sentences if re.search("每年|每半年|一年一次", sentence.text)]


def test_an_early_plan_does_not_know_later_words() -> None:
    months, company = tuple(range(1, 13)), OrganisationType.ENTERPRISE
    for text, first in (("每周更新公众号。", 2014), ("推广扫码入会。", 2016), ("征集短视频。", 2018)):
        for year in (first - 1, first):
            assert in_time(text, months=months, period=Period.YEAR, year=year, organisation=company) is (year == first)


@pytest.mark.parametrize(
    ("organisation", "emphasis"),
    [
        (OrganisationType.HOSPITAL, "心理关爱"),
        (OrganisationType.ENTERPRISE, "安全生产"),
        (OrganisationType.ENTERPRISE, "产业工人队伍建设改革"),
        (OrganisationType.COUNTY_UNION, "新就业形态"),
        (OrganisationType.SCHOOL, "师德师风"),
        (OrganisationType.GOVERNMENT, "数智工会"),
        (OrganisationType.POLICE, "女职工"),
        (OrganisationType.COMMUNITY, "送温暖"),
        (OrganisationType.POST, "集体协商"),
        (OrganisationType.OTHER, "职工书屋"),
    ],
)
def test_emphasis_is_named_in_the_opening_and_answered(
    organisation: OrganisationType, emphasis: str, passages: tuple[Passage, ...]
) -> None:
    draft = drafted(PlanRequest(organisation, None, 2026, emphasis=(emphasis,)), passages)
    assert emphasis in draft.sections[0].paragraphs[0].text
    whole = "".join(sentence.text for sentence in draft.sentences)
    assert "【待填：具体做法" not in whole


def test_emphasis_nothing_answers_is_a_point_to_fill_in(passages: tuple[Passage, ...]) -> None:
    draft = drafted(PlanRequest(OrganisationType.HOSPITAL, None, 2026, emphasis=("食堂改造",)), passages)
    assert [sentence.text for sentence in draft.sentences if "【待填：具体做法" in sentence.text] == [
        "围绕食堂改造制定专门方案，明确责任人、完成时限和检查办法，【待填：具体做法和预期成果】。"
    ]


@pytest.mark.parametrize("organisation", TYPES)
def test_every_month_of_a_year_has_two_points(organisation: OrganisationType, passages: tuple[Passage, ...]) -> None:
    draft = drafted(PlanRequest(organisation, None, 2026), passages)
    schedule = next(section for section in draft.sections if section.topic is Topic.MONTHLY)
    by_month = [sum(paragraph.month == month for paragraph in schedule.paragraphs) for month in range(1, 13)]
    assert by_month == [2] * 12


@pytest.mark.parametrize("organisation", TYPES)
def test_a_tenth_of_the_points_and_more_comes_from_samples(
    organisation: OrganisationType, passages: tuple[Passage, ...]
) -> None:
    draft = drafted(PlanRequest(organisation, None, 2026, length=Length.LONG), passages)
    points = [
        sentence
        for section in draft.sections
        if section.heading and section.topic is not Topic.MONTHLY
        for paragraph in section.paragraphs
        for sentence in paragraph.sentences
    ]
    borrowed = sum(sentence.provenance.kind is ProvenanceKind.BORROWED for sentence in points)
    assert 10 * borrowed >= len(points)  # more would take in what only sounds well


@pytest.mark.parametrize(
    ("organisation", "name", "never", "says"),
    [
        (OrganisationType.SCHOOL, "青禾市实验幼儿园", "课堂|板书|毕业班|校园|学科|校务", "园务公开"),
        (OrganisationType.HOSPITAL, "青禾市疾病预防控制中心", "患者|病人|护理|门诊|医德|医院", "实验室"),
        (OrganisationType.ENTERPRISE, "青禾银行柳溪支行", "车间|生产|降耗|厂务", "网点"),
        (OrganisationType.ENTERPRISE, "青禾建设有限公司滨河项目部", "车间|集团", "工地"),
        (OrganisationType.POLICE, "青禾市公安局城东派出所", "科所队|代表大会|局工会", "所工会"),
        (OrganisationType.COMMUNITY, "上河村", "社区工会|工会联合会|我社区", "村工会"),
        (OrganisationType.TOWNSHIP, "青禾高新区工会联合会", "总工会将|总工会以|社区治理", "工会联合会"),
    ],
)
def test_the_name_tells_what_kind_of_unit_it_is(
    organisation: OrganisationType, name: str, never: str, says: str, passages: tuple[Passage, ...]
) -> None:
    for seed in range(3):
        draft = drafted(PlanRequest(organisation, name, 2026, seed=seed), passages)
        text = "\n".join(sentence.text for sentence in draft.sentences)
        headings = "".join(section.heading for section in draft.sections)
        assert not re.search(never, text + headings), re.search(never, text + headings)
        assert says in text + headings


def test_the_second_half_looks_after_the_congress_and_does_not_hold_it(passages: tuple[Passage, ...]) -> None:
    for organisation in (OrganisationType.SCHOOL, OrganisationType.HOSPITAL, OrganisationType.ENTERPRISE):
        for seed in range(3):
            draft = drafted(PlanRequest(organisation, None, 2026, Period.SECOND_HALF, seed=seed), passages)
            text = "".join(sentence.text for sentence in draft.sentences)
            assert not re.search(r"(?:职代会|教代会|代表大会)[^。]{0,12}召开[一两]次|按时召开", text)


@pytest.mark.parametrize(("year", "named"), [(2012, False), (2026, True)])
def test_what_a_year_does_not_know_is_left_out_and_said(year: int, named: bool, passages: tuple[Passage, ...]) -> None:
    request = PlanRequest(OrganisationType.OTHER, "青禾市勘测中心", year, emphasis=("新就业形态劳动者",))
    draft = drafted(request, passages)
    text = plain_text(draft)
    assert ("新就业形态" in text) is named
    messages = [each.message for each in check_draft(draft, text, timeline=TIMELINE)]
    assert any("2020年起才有" in message for message in messages) is not named


NAMES = {
    OrganisationType.GOVERNMENT: "青禾市水利局工会",
    OrganisationType.POLICE: "青禾市公安局工会",
    OrganisationType.SCHOOL: "青禾市第三中学工会",
    OrganisationType.COMMUNITY: "幸福里社区工会",
}


@pytest.mark.parametrize("organisation", TYPES)
@pytest.mark.parametrize("length", Length)
def test_our_own_check_finds_nothing_to_mend_in_our_drafts(
    organisation: OrganisationType, length: Length, passages: tuple[Passage, ...]
) -> None:
    samples = Samples.build(passages)
    for seed in (0, 1):
        request = PlanRequest(organisation, NAMES.get(organisation), 2026, length=length, seed=seed)
        draft = drafted(request, passages)
        found = check_draft(draft, plain_text(draft), timeline=TIMELINE, samples=samples)
        assert [each.message for each in found if each.kind is not FindingKind.PLACEHOLDER] == []


RECENT = """红旗中学工会2025年工作计划

一、关心教职工生活，做实暖心服务
1.在教学楼二层设教职工休息角，配按摩椅、图书和微波炉，由工会小组轮流打扫，每周五检查一次。
2.期中考试后组织一次减压沙龙，由心理教师带领做团体辅导，参加人员自愿报名，名单不公开。
二、丰富文体活动，活跃校园生活
1.每周二、四下午放学后开放体育馆，羽毛球、乒乓球社团轮流使用，社团负责人登记人数并整理器材。
三、加强工会自身建设
1.工会委员会每月第一个周一例会，逐项对照计划销号，未完成事项写明原因和完成时间。
2.工会经费每季度由经审委员逐笔核对，结果贴在公开栏，教职工可当面查账。
"""


def test_a_recent_plan_in_the_library_is_borrowed_from(passages: tuple[Passage, ...]) -> None:
    recent = read(load_bytes("红旗中学.txt", RECENT.encode())).passages
    request = PlanRequest(OrganisationType.SCHOOL, "临江市实验小学工会", 2026)
    draft = drafted(request, (*passages, *recent))
    ours = {passage.id for passage in recent}
    borrowed = [
        sentence.text
        for section in draft.sections
        for paragraph in section.paragraphs
        for sentence in paragraph.sentences
        if sentence.provenance.source in ours
    ]
    assert len(borrowed) >= 2
    assert "红旗" not in plain_text(draft)
