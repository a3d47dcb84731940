from dataclasses import replace
from datetime import date

import pytest

from assistant.datatypes import Draft, Length, OutlineItem, PlanRequest, ProvenanceKind
from assistant.drafting import candidates, check_request, draft_plan, plan_outline
from assistant.drafting.likeness import overlap, shape
from assistant.timeline import Timeline
from corpus.datatypes import OrganisationType, Passage, Period, Topic
from corpus.errors import BadRequest

HOSPITAL = PlanRequest(OrganisationType.HOSPITAL, "青禾市人民医院", 2026)
SCHOOL = PlanRequest(OrganisationType.SCHOOL, "青禾市第三中学", 2026)


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    return Timeline.load()


def drafted(request: PlanRequest, passages: tuple[Passage, ...], timeline: Timeline) -> Draft:
    return draft_plan(request, passages=passages, timeline=timeline)


def text_of(draft: Draft) -> str:
    return "\n".join(paragraph.text for section in draft.sections for paragraph in section.paragraphs)


def test_a_draft_has_title_opening_sections_schedule_closing_and_signature(
    passages: tuple[Passage, ...], timeline: Timeline
) -> None:
    draft = drafted(HOSPITAL, passages, timeline)
    assert draft.title == "青禾市人民医院工会2026年工作计划"
    assert (draft.signature, draft.dated) == ("青禾市人民医院工会委员会", "【待填：日期】")
    assert [section.topic for section in draft.sections][:1] == [Topic.GUIDING]
    assert [section.topic for section in draft.sections][-2:] == [Topic.MONTHLY, Topic.CLOSING]
    assert [section.heading == "" for section in draft.sections] == [True, *[False] * (len(draft.sections) - 2), True]
    opening = draft.sections[0].paragraphs[0].text
    assert opening.startswith("2026年是“十五五”规划开局之年")
    assert "以习近平新时代中国特色社会主义思想为指导" in opening
    assert opening.endswith("特制定本计划。")
    assert "党的二十大和二十届历次全会精神" in draft.sections[0].paragraphs[0].text
    months = [paragraph.month for paragraph in draft.sections[-2].paragraphs]
    assert sorted(set(filter(None, months))) == list(range(1, 13))


def test_the_points_of_a_month_end_in_semicolons_and_a_full_stop(
    passages: tuple[Passage, ...], timeline: Timeline
) -> None:
    schedule = drafted(SCHOOL, passages, timeline).sections[-2].paragraphs
    for point, following in zip(schedule, [*schedule[1:], None], strict=True):
        same_month = following is not None and following.month == point.month
        assert point.text[-1] == ("；" if same_month else "。")


def test_without_a_name_the_unit_is_left_to_fill_in(passages: tuple[Passage, ...], timeline: Timeline) -> None:
    draft = drafted(replace(HOSPITAL, name=None), passages, timeline)
    assert draft.title == "【待填：单位名称】工会2026年工作计划"
    assert draft.signature == "【待填：单位名称】工会委员会"


@pytest.mark.parametrize(
    ("organisation", "name", "title", "signature"),
    [
        (OrganisationType.COUNTY_UNION, "青禾县总工会", "青禾县总工会2026年工作计划", "青禾县总工会"),
        (OrganisationType.COMMUNITY, "柳溪社区工会联合会", "柳溪社区工会联合会2026年工作计划", "柳溪社区工会联合会"),
        (OrganisationType.OTHER, "青禾剧院工会委员会", "青禾剧院工会2026年工作计划", "青禾剧院工会委员会"),
    ],
)
def test_a_name_that_is_a_union_already_is_not_doubled(
    organisation: OrganisationType,
    name: str,
    title: str,
    signature: str,
    passages: tuple[Passage, ...],
    timeline: Timeline,
) -> None:
    draft = drafted(PlanRequest(organisation, name, 2026), passages, timeline)
    assert (draft.title, draft.signature) == (title, signature)


def test_the_same_request_gives_the_same_draft_and_another_seed_other_sources(
    passages: tuple[Passage, ...], timeline: Timeline
) -> None:
    first = drafted(SCHOOL, passages, timeline)
    assert drafted(SCHOOL, passages, timeline) == first
    other = drafted(replace(SCHOOL, seed=1), passages, timeline)

    def points(draft: Draft) -> set[str]:
        return {one.text for section in draft.sections[1:-2] for one in section.paragraphs}

    assert len(points(first) & points(other)) < 0.6 * len(points(first))


@pytest.mark.parametrize(("length", "characters"), [(Length.SHORT, 1000), (Length.STANDARD, 2000), (Length.LONG, 3500)])
@pytest.mark.parametrize("organisation", [each for each in OrganisationType if each.name != "PEOPLES_CONGRESS"])
def test_lengths_are_met_within_fifteen_percent(
    organisation: OrganisationType,
    length: Length,
    characters: int,
    passages: tuple[Passage, ...],
    timeline: Timeline,
) -> None:
    draft = drafted(PlanRequest(organisation, "青禾", 2026, length=length), passages, timeline)
    printed = len(draft.title) + len(draft.signature) + len(draft.dated)
    for section in draft.sections:
        printed += len(section.heading) + 2 + sum(len(paragraph.text) + 2 for paragraph in section.paragraphs)
    assert 0.85 * characters <= printed <= 1.15 * characters


def test_periods_name_themselves_and_keep_to_their_months(passages: tuple[Passage, ...], timeline: Timeline) -> None:
    term = drafted(replace(SCHOOL, period=Period.FIRST_TERM), passages, timeline)
    assert term.title == "青禾市第三中学工会2026—2027学年第一学期工作计划"
    assert list(dict.fromkeys(p.month for p in term.sections[-2].paragraphs)) == [9, 10, 11, 12, 1]
    quarter = drafted(replace(HOSPITAL, period=Period.QUARTER_3), passages, timeline)
    assert quarter.title == "青禾市人民医院工会2026年第三季度工作计划"
    assert set(p.month for p in quarter.sections[-2].paragraphs) == {7, 8, 9}
    assert "春节" not in text_of(quarter)


def test_the_users_facts_and_emphasis_stand_in_the_draft(passages: tuple[Passage, ...], timeline: Timeline) -> None:
    request = replace(HOSPITAL, emphasis=("心理关爱", "智慧病房体验周"), facts=("9月举办第三届职工运动会",))
    draft = drafted(request, passages, timeline)
    told = [
        sentence
        for section in draft.sections
        for paragraph in section.paragraphs
        for sentence in paragraph.sentences
        if sentence.provenance.kind is ProvenanceKind.USER
    ]
    assert [sentence.text for sentence in told] == ["9月举办第三届职工运动会。"]
    assert "心理" in text_of(draft)
    assert "围绕智慧病房体验周制定专门方案" in text_of(draft)
    assert text_of(draft).count("【待填：具体做法和预期成果】") == 1
    reasons = {item.topic: item.reason for item in plan_outline(request, passages=passages, timeline=timeline)}
    assert reasons[Topic.WELFARE] == "您的侧重"


def test_the_outline_tells_its_evidence_and_can_be_edited(passages: tuple[Passage, ...], timeline: Timeline) -> None:
    items = plan_outline(SCHOOL, passages=passages, timeline=timeline)
    by_topic = {item.topic: item for item in items}
    democracy = by_topic[Topic.DEMOCRACY]
    assert democracy.heading == "深化民主管理，推进校务公开"
    assert democracy.support > 0
    assert f"中有 {democracy.support} 份写了" in democracy.reason
    assert by_topic[Topic.THOUGHT].reason.startswith("2026 年要求：")
    assert 7 <= len(items) <= 10
    mine = (OutlineItem("democracy", "办好教代会", Topic.DEMOCRACY, 0, ""), by_topic[Topic.CLOSING])
    draft = draft_plan(SCHOOL, passages=passages, timeline=timeline, outline=mine)
    assert [section.heading for section in draft.sections] == ["办好教代会", ""]


def test_without_samples_templates_and_facts_still_make_a_plan(timeline: Timeline) -> None:
    draft = draft_plan(HOSPITAL, passages=(), timeline=timeline)
    kinds = {s.provenance.kind for x in draft.sections for p in x.paragraphs for s in p.sentences}
    assert kinds <= {ProvenanceKind.TEMPLATE, ProvenanceKind.FACT}
    assert len(draft.sections) >= 8


@pytest.mark.parametrize("year", [1978, 1999, 2031, 2100])
def test_years_beyond_the_timeline_name_no_dated_thing(
    year: int, passages: tuple[Passage, ...], timeline: Timeline
) -> None:
    draft = drafted(replace(HOSPITAL, year=year), passages, timeline)
    assert f"{year}年" in draft.title
    assert timeline.find(text_of(draft)) == ()


def test_candidates_offer_other_words_on_the_same_topic(passages: tuple[Passage, ...], timeline: Timeline) -> None:
    taken = "按期召开教代会，会前征集提案，会后督办决议落实。"
    found = candidates(SCHOOL, topic=Topic.DEMOCRACY, passages=passages, timeline=timeline, exclude=(taken,), k=4)
    assert len(found) == 4
    texts = [taken, *(paragraph.text for paragraph in found)]
    assert all(overlap(shape(a), shape(b)) < 0.9 for a in texts for b in texts if a is not b)


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (replace(HOSPITAL, year=1977), "1977"),
        (replace(HOSPITAL, year=2101), "1978—2100"),
        (replace(HOSPITAL, organisation=OrganisationType.PEOPLES_CONGRESS), "人大"),
        (replace(HOSPITAL, organisation="寺庙"), "寺庙"),  # type: ignore[arg-type]
        (replace(HOSPITAL, drafted=date(2021, 1, 1)), "2021-01-01"),
        (replace(HOSPITAL, name="医" * 61), "60"),
    ],
    ids=["too early", "too late", "people's congress", "unknown type", "drafted years before", "name too long"],
)
def test_requests_that_cannot_be_met_are_refused_with_the_reason(request_: PlanRequest, message: str) -> None:
    with pytest.raises(BadRequest, match=message):
        check_request(request_)


def test_a_checked_request_is_trimmed() -> None:
    checked = check_request(replace(HOSPITAL, name="  青禾 医院 ", emphasis=(" ", "女职工 "), facts=("",)))
    assert (checked.name, checked.emphasis, checked.facts) == ("青禾 医院", ("女职工",), ())
