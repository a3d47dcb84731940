"""单位档案: kept per user, found again, used for the unit's own drafts only."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from drafts import DRAFT, sentence

from assistant.datatypes import Edit, FindingKind, PlanRequest, ProvenanceKind
from assistant.drafting import draft_plan
from assistant.drafting.adapt import apply_edits
from assistant.pages.settings import profile_from, values_of
from assistant.profile import Profile, Profiles, checked, filled_in, hidden, put, with_profile
from assistant.resources import Resources
from corpus.datatypes import OrganisationType
from corpus.errors import BadRequest
from corpus.library import Library

HOSPITAL = Profile(
    name="阳光县人民医院",
    short_name="我院",
    organisation=OrganisationType.HOSPITAL,
    superior="阳光县总工会",
    chairman="李明",
    members=820,
    facts=("全院设工会小组26个。",),
    off=(FindingKind.EMPTY_TALK,),
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "library.db")
    yield opened
    opened.close()


def test_a_profile_is_found_again_by_its_user_only(library: Library) -> None:
    Profiles.open(library.engine).keep("甲", HOSPITAL)
    again = Profiles.open(library.engine)
    assert again.of("甲") == HOSPITAL
    assert again.of("乙") == Profile()
    again.keep("甲", Profile(name="别的医院"))
    assert again.of("甲") == Profile(name="别的医院")


def test_the_form_shows_what_is_kept() -> None:
    assert profile_from(values_of(HOSPITAL)) == HOSPITAL
    assert profile_from(values_of(Profile())) == Profile()


@pytest.mark.parametrize(
    ("profile", "told"),
    [
        (Profile(name="长" * 61), "单位全称"),
        (Profile(chairman="李明。张三"), "工会主席"),
        (Profile(members=0), "会员人数"),
        (Profile(facts=("事" * 201,)), "超过 200 字"),
        (Profile(facts=("一件事。",) * 21), "写了 21 条"),
    ],
)
def test_what_cannot_be_is_refused(profile: Profile, told: str, library: Library) -> None:
    with pytest.raises(BadRequest, match=told):
        Profiles.open(library.engine).keep("甲", profile)
    assert Profiles.open(library.engine).of("甲") == Profile()


def test_blanks_are_trimmed() -> None:
    assert checked(Profile(name=" 阳光小学 ", facts=("", " 一件事。 "))) == Profile(
        name="阳光小学", facts=("一件事。",)
    )


def test_a_request_without_a_name_gets_the_units_own() -> None:
    asked = PlanRequest(OrganisationType.HOSPITAL, None, 2026)
    assert with_profile(asked, HOSPITAL) == replace(
        asked, name="阳光县人民医院", short_name="我院", facts=("全院设工会小组26个。", "现有会员820人。")
    )
    told = replace(asked, facts=("会员830人",))
    assert with_profile(told, HOSPITAL).facts == ("会员830人", "全院设工会小组26个。")


def test_a_draft_says_what_the_profile_knows(resources: Resources) -> None:
    request = with_profile(PlanRequest(OrganisationType.HOSPITAL, None, 2027), HOSPITAL)
    plain = draft_plan(request, passages=resources.passages, timeline=resources.timeline)
    filled = filled_in(plain, HOSPITAL)
    opening = filled.sections[0].paragraphs[0]
    assert "阳光县总工会领导下" in opening.text
    assert "上级工会" not in opening.text
    assert any(edit.why.endswith("按单位档案填写") for one in opening.sentences for edit in one.provenance.edits)
    assert filled_in(filled, HOSPITAL) == filled
    own = [each.text for each in filled.sentences if each.provenance.kind is ProvenanceKind.USER]
    assert own == ["全院设工会小组26个。", "现有会员820人。"]
    unknown = filled_in(plain, Profile(name=HOSPITAL.name))
    assert unknown == plain
    locked = replace(plain, sections=tuple(replace(each, locked=True) for each in plain.sections))
    assert filled_in(locked, HOSPITAL) == locked


def test_the_chairman_answers_for_the_work() -> None:
    asked = sentence("工会主席负总责，工会委员分工负责。", ProvenanceKind.TEMPLATE, "x", end=17)
    held = replace(DRAFT.sections[1], paragraphs=(replace(DRAFT.sections[1].paragraphs[0], sentences=(asked,)),))
    draft = replace(DRAFT, request=replace(DRAFT.request, name=HOSPITAL.name), sections=(held,))
    (filled,) = filled_in(draft, HOSPITAL).sentences
    assert filled.text == "工会主席李明负总责，工会委员分工负责。"


def test_a_language_model_is_not_told_of_the_unit() -> None:
    text = "在阳光县总工会领导下，李明负总责。全院设工会小组26个。现有会员820人。"
    for secret, plain in hidden(HOSPITAL):
        text = text.replace(secret, plain)
    assert text == "在上级工会领导下，负总责。"
    assert hidden(Profile()) == ()


@pytest.mark.parametrize(
    "asked",
    [
        PlanRequest(OrganisationType.HOSPITAL, "某某市第二医院", 2026),
        PlanRequest(OrganisationType.SCHOOL, None, 2026),
    ],
    ids=["another unit", "another type"],
)
def test_another_unit_gets_nothing_of_it(asked: PlanRequest) -> None:
    assert with_profile(asked, HOSPITAL) == asked


def test_known_blanks_are_filled_and_unknown_ones_stay() -> None:
    blank = sentence("由【待填：工会主席】牵头，向【待填：上级工会】报告，经费【待填：金额】元。")
    held = replace(DRAFT.sections[1], paragraphs=(replace(DRAFT.sections[1].paragraphs[0], sentences=(blank,)),))
    draft = replace(DRAFT, request=replace(DRAFT.request, name=HOSPITAL.name), sections=(held,))
    (filled,) = filled_in(draft, HOSPITAL).sentences
    assert filled.text == "由李明牵头，向阳光县总工会报告，经费【待填：金额】元。"
    assert apply_edits(blank.text, filled.provenance.edits) == filled.text
    assert filled_in(replace(draft, request=replace(draft.request, name="别的医院")), HOSPITAL).sentences == (blank,)


def test_a_change_keeps_the_way_from_the_source() -> None:
    source = "组织教职工学习十九大精神。"
    once = sentence(
        "组织医务人员学习十九大精神。",
        ProvenanceKind.BORROWED,
        "1",
        end=13,
        edits=(Edit(2, 5, "教职工", "医务人员", "用语"),),
    )
    twice = put(once, 8, 11, "二十大", why="时效")
    assert twice.text == "组织医务人员学习二十大精神。"
    assert apply_edits(source, twice.provenance.edits) == twice.text
    own = sentence("我写的一句。", ProvenanceKind.USER, "")
    assert put(own, 0, 1, "你", why="改").provenance == own.provenance
