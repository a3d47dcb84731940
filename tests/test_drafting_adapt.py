from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.datatypes import Edit, PlanRequest, ProvenanceKind
from assistant.drafting.adapt import apply_edits, borrow, is_sound
from assistant.drafting.pieces import Piece
from assistant.drafting.pool import Pool, pool_of
from assistant.drafting.setting import Setting, setting_of
from assistant.timeline import Timeline
from corpus.chunk import bare_passage
from corpus.datatypes import Entity, EntityKind, OrganisationType, Passage, Period, Slot, SlotKind, Topic

TIMELINE = Timeline.load()
NAMES = {
    OrganisationType.GOVERNMENT: "青禾市财政局",
    OrganisationType.POLICE: "青禾市公安局交警大队",
    OrganisationType.SCHOOL: "青禾市第三中学",
    OrganisationType.HOSPITAL: "青禾市人民医院",
    OrganisationType.ENTERPRISE: "青禾机械有限公司",
    OrganisationType.COUNTY_UNION: "青禾县总工会",
}


def setting(organisation: OrganisationType, *, year: int = 2026, period: Period = Period.YEAR) -> Setting:
    return setting_of(PlanRequest(organisation, NAMES[organisation], year, period), timeline=TIMELINE)


def passage(text: str, organisation: OrganisationType, *entities: Entity, slots: tuple[Slot, ...] = ()) -> Passage:
    return replace(
        bare_passage(text, plan_id="0123456789ab-1", file="样例.txt"),
        title="工会工作计划",
        organisation=organisation,
        topics=(Topic.DEMOCRACY,),
        period=Period.YEAR,
        is_union=True,
        collection="范文",
        entities=entities,
        slots=slots,
    )


def adapted(
    text: str, source: OrganisationType, target: OrganisationType, *, year: int = 2026, period: Period = Period.YEAR
) -> str | None:
    sentence = borrow(passage(text, source), 0, len(text), setting=setting(target, year=year, period=period))
    return sentence.text if sentence else None


@pytest.mark.parametrize(
    ("text", "source", "target", "expected"),
    [
        (
            "充分发挥教代会的作用,深化校务公开,切实为教职工办实事;",
            OrganisationType.SCHOOL,
            OrganisationType.HOSPITAL,
            "充分发挥职代会的作用，深化院务公开，切实为职工办实事。",
        ),
        (
            "完善职代会制度，推进院务公开，办好职工关心的实事。",
            OrganisationType.HOSPITAL,
            OrganisationType.SCHOOL,
            "完善教代会制度，推进校务公开，办好教职工关心的实事。",
        ),
        (
            "认真做好本职工作，组织职工参加职工医疗互助，建好职工之家。",
            OrganisationType.HOSPITAL,
            OrganisationType.SCHOOL,
            "认真做好本职工作，组织教职工参加职工医疗互助，建好教工之家。",
        ),
        (
            "关心女职工，落实女职工委员会工作制度。",
            OrganisationType.HOSPITAL,
            OrganisationType.SCHOOL,
            "关心女教职工，落实女职工委员会工作制度。",
        ),
        (
            "在学校党支部和区教育工会的领导下，做好台帐工作。",
            OrganisationType.SCHOOL,
            OrganisationType.SCHOOL,
            "在学校党组织和上级工会的领导下，做好台账工作。",
        ),
        (
            "召开警员代表大会，听取警员对我大队工作的意见。",
            OrganisationType.POLICE,
            OrganisationType.POLICE,
            "召开民警代表大会，听取民警对我大队工作的意见。",
        ),
        (
            "深入学习贯彻党的十七大精神，落实《女职工劳动保护规定》。",
            OrganisationType.ENTERPRISE,
            OrganisationType.ENTERPRISE,
            "深入学习贯彻党的二十大和二十届历次全会精神，落实《女职工劳动保护特别规定》。",
        ),
        (
            "关心员工生活，听取员工意见，帮助员工解决困难。",
            OrganisationType.ENTERPRISE,
            OrganisationType.GOVERNMENT,
            "关心干部职工生活，听取干部职工意见，帮助干部职工解决困难。",
        ),
    ],
    ids=[
        "school to hospital",
        "hospital to school",
        "fixed names",
        "women",
        "superiors",
        "police",
        "references",
        "office",
    ],
)
def test_a_sentence_is_put_into_the_units_words(
    text: str, source: OrganisationType, target: OrganisationType, expected: str
) -> None:
    assert adapted(text, source, target) == expected


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("认真备课上课，关爱每一名学生，提高课堂教学质量。", OrganisationType.SCHOOL, OrganisationType.HOSPITAL),
        ("深入开展“六比六赛”活动，激发职工热情。", OrganisationType.ENTERPRISE, OrganisationType.HOSPITAL),
        ("全面实现xx年各项工作目标和任务。", OrganisationType.HOSPITAL, OrganisationType.HOSPITAL),
        ("个人会费按工资总额的2%上缴工会。", OrganisationType.HOSPITAL, OrganisationType.HOSPITAL),
        ("三是要加强学习，二是要转变作风，", OrganisationType.HOSPITAL, OrganisationType.POLICE),
        ("2007年组织职工参加培训和考试。", OrganisationType.HOSPITAL, OrganisationType.HOSPITAL),
    ],
    ids=["sector", "own slogan", "mask", "against the law", "cut off", "another year"],
)
def test_what_no_edit_makes_right_is_not_borrowed(
    text: str, source: OrganisationType, target: OrganisationType
) -> None:
    result = adapted(text, source, target)
    assert result is None or result == "三是要加强学习，二是要转变作风。"


def test_a_year_slot_becomes_the_plan_year() -> None:
    text = "〔年份〕年工会继续开展送温暖活动。"
    source = passage(text, OrganisationType.HOSPITAL, slots=(Slot(0, 4, SlotKind.YEAR),))
    sentence = borrow(source, 0, len(text), setting=setting(OrganisationType.HOSPITAL, year=2025))
    assert sentence is not None
    assert sentence.text == "2025年工会继续开展送温暖活动。"
    assert sentence.provenance.kind is ProvenanceKind.BORROWED
    assert sentence.provenance.edits == (Edit(0, 5, "〔年份〕年", "2025年", "年份"),)


def test_the_samples_own_time_becomes_the_plans() -> None:
    text = "本学期组织一次教职工座谈，听取意见。"
    assert adapted(text, OrganisationType.SCHOOL, OrganisationType.SCHOOL) == "今年组织一次教职工座谈，听取意见。"
    term = adapted(
        "今年组织一次教职工座谈，听取意见。",
        OrganisationType.SCHOOL,
        OrganisationType.SCHOOL,
        period=Period.FIRST_TERM,
    )
    assert term == "本学期组织一次教职工座谈，听取意见。"


@pytest.mark.parametrize(
    ("hard", "target", "kept"),
    [
        (True, OrganisationType.HOSPITAL, False),
        (True, OrganisationType.SCHOOL, False),
        (False, OrganisationType.HOSPITAL, True),
        (False, OrganisationType.SCHOOL, False),
    ],
)
def test_entities_stay_at_home(hard: bool, target: OrganisationType, kept: bool) -> None:
    text = "每季召开三次座谈会，听取职工意见建议。"
    entity = Entity(4, 6, "三次", EntityKind.COUNT, hard)
    source = passage(text, OrganisationType.HOSPITAL, entity)
    assert (borrow(source, 0, len(text), setting=setting(target)) is not None) is kept


@pytest.mark.parametrize(
    "text",
    [
        "加强学习，，提高素质。",
        "加强学习、提高素质",
        "做好职工职工的服务工作。",
        "开展“送温暖活动。",
        "，组织职工学习培训。",
        "学习、《工会法》等法律法规。",
    ],
    ids=["double mark", "no end", "doubled word", "open quote", "mark first", "gap in a list"],
)
def test_unsound_sentences_are_told(text: str) -> None:
    place = setting(OrganisationType.HOSPITAL)
    sentence = borrow(passage(text, OrganisationType.HOSPITAL), 0, len(text), setting=place)
    assert not is_sound(text, setting=place) or sentence is None


EDITS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3), st.text("职工会", max_size=3)), max_size=4)


@given(text=st.text("甲乙丙丁，。", min_size=31, max_size=40), pieces=EDITS)
def test_edits_apply_in_order_and_touch_nothing_else(text: str, pieces: list[tuple[int, int, str]]) -> None:
    edits, position = [], 0
    for start, length, after in sorted(pieces):
        if start >= position:
            edits.append(Edit(start, start + length, text[start : start + length], after, ""))
            position = start + length + 1
    result = apply_edits(text, edits)
    expected, place = "", 0
    for edit in edits:
        expected += text[place : edit.start] + edit.after
        place = edit.end
    assert result == expected + text[place:]
    assert len(result) == len(text) + sum(len(edit.after) - len(edit.before) for edit in edits)


def all_pieces(pool: Pool) -> list[Piece]:
    found = {piece.id: piece for each in OrganisationType for some in pool.pieces(each).values() for piece in some}
    return list(found.values())


@pytest.mark.parametrize("organisation", [each for each in OrganisationType if each.name != "PEOPLES_CONGRESS"])
def test_every_borrowable_sentence_of_the_samples_is_its_source_with_its_edits(
    organisation: OrganisationType, passages: tuple[Passage, ...]
) -> None:
    request = PlanRequest(organisation, None, 2026)
    place = setting_of(request, timeline=TIMELINE)
    borrowed = 0
    for piece in all_pieces(pool_of(passages)):
        for start, end in piece.spans:
            sentence = borrow(piece.passage, start, end, setting=place)
            if sentence is None:
                continue
            borrowed += 1
            source = piece.passage.text[start:end]
            edits = sentence.provenance.edits
            assert apply_edits(source, edits) == sentence.text
            assert all(source[edit.start : edit.end] == edit.before for edit in edits)
            assert all(one.end <= two.start for one, two in zip(edits, edits[1:], strict=False))
            assert borrow(piece.passage, start, end, setting=replace(place)) == sentence
    assert borrowed >= 25
