"""Operations on a draft: what each does, and what survives every sequence of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from drafts import DRAFT
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.datatypes import Draft, DraftSection, Edit, Length, PlanRequest, ProvenanceKind, Sentence
from assistant.drafting import apply_edits, draft_plan
from assistant.drafting.periods import months_of
from assistant.drafting.templates import load_templates
from assistant.edits import amended, source_of
from assistant.export.lines import LineKind, chinese_number, draft_lines
from assistant.revising import Material, Op, Operation, Place, apply, change_request, choices, find_section
from assistant.revising.keeping import is_own
from assistant.timeline import Timeline
from corpus.datatypes import OrganisationType, Passage, Period, Topic
from corpus.errors import BadRequest

TEMPLATES = {template.id: template.text for template in load_templates()}
OWN = "3月20日前由工会办公室汇总各科室意见，报院长办公会。"


@pytest.fixture(scope="module")
def material(passages: tuple[Passage, ...]) -> Material:
    return Material(passages, Timeline.load())


@pytest.fixture(scope="module")
def draft(material: Material) -> Draft:
    request = PlanRequest(OrganisationType.HOSPITAL, "青禾市人民医院", 2026)
    return draft_plan(request, passages=material.passages, timeline=material.timeline)


class Desk:
    """Draft and material without the megabyte of a repr that hypothesis would print."""

    def __init__(self, draft: Draft, material: Material) -> None:
        self.draft, self.material = draft, material


@pytest.fixture(scope="module")
def desk(draft: Draft, material: Material) -> Desk:
    return Desk(draft, material)


def section(draft: Draft, key: str) -> DraftSection:
    return next(each for each in draft.sections if each.id == key)


def place(draft: Draft, key: str) -> str:
    """How a user names a part by its place: 第五部分."""
    headed = [each.id for each in draft.sections if each.heading]
    return f"第{'一二三四五六七八九十'[headed.index(key)]}部分"


def length(one: DraftSection) -> int:
    return sum(len(paragraph.text) for paragraph in one.paragraphs)


def own_texts(draft: Draft) -> Counter[str]:
    return Counter(sentence.text for sentence in draft.sentences if is_own(sentence))


def assert_sound(draft: Draft, by_id: dict[str, Passage]) -> None:
    for sentence in draft.sentences:
        assert_true_provenance(sentence, by_id)
    open_sections = [one for one in draft.sections if not one.locked]  # a locked schedule keeps its months
    months = [p.month for one in open_sections for p in one.paragraphs if p.month is not None]
    wanted = months_of(draft.request)
    assert set(months) <= set(wanted)
    assert [wanted.index(month) for month in months] == sorted(wanted.index(month) for month in months)
    lines = draft_lines(draft)
    headings = [line.number for line in lines if line.kind is LineKind.HEADING]
    assert headings == [chinese_number(count) + "、" for count in range(1, len(headings) + 1)]
    for one in draft.sections:
        numbers = [line.number for line in lines if line.section == one.id and line.kind is LineKind.ITEM]
        assert numbers in (
            [f"{count}." for count in range(1, len(numbers) + 1)],
            [f"（{chinese_number(count)}）" for count in range(1, len(numbers) + 1)],
        )
        assert one.paragraphs
        assert all(paragraph.sentences and paragraph.text for paragraph in one.paragraphs)
    assert len({one.id for one in draft.sections}) == len(draft.sections)


def assert_true_provenance(sentence: Sentence, by_id: dict[str, Passage]) -> None:
    provenance = sentence.provenance
    if provenance.kind is ProvenanceKind.BORROWED:
        source = by_id[provenance.source].text
    elif provenance.kind is ProvenanceKind.TEMPLATE:
        source = TEMPLATES[provenance.source]
    else:
        assert provenance.kind in (ProvenanceKind.USER, ProvenanceKind.FACT)
        return
    assert apply_edits(source[provenance.start : provenance.end], provenance.edits) == sentence.text


# -- finding a section --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("第三部分", "s4"),
        ("三", "s4"),
        ("第3块", "s4"),
        ("第二部分", "s3"),
        ("最后一部分", "s5"),
        ("倒数第二部分", "s4"),
        ("民主管理", "s3"),
        ("民主管理那一块", "s3"),
        ("“加强民主管理”这部分", "s3"),
        ("提升素质", "s4"),
        ("月度安排", "s5"),
        ("每个月的安排", "s5"),
        ("教代会那段", "s3"),
        ("结尾", "s6"),
        ("开头那段", "s1"),
        ("劳动竞赛", "s4"),
        ("s3", "s3"),
    ],
)
def test_sections_are_found_as_staff_name_them(said: str, key: str) -> None:
    assert find_section(DRAFT, said).id == key


@pytest.mark.parametrize("said", ["第九部分", "航天发射", "第20部分"])
def test_a_section_that_is_not_there_is_refused_with_what_is(said: str) -> None:
    with pytest.raises(BadRequest) as caught:
        find_section(DRAFT, said)
    assert "部分" in str(caught.value)


# -- single operations --------------------------------------------------------------------------------------------


def test_a_section_is_removed_and_nothing_else(draft: Draft, material: Material) -> None:
    done = apply(draft, Operation(Op.REMOVE, "民主管理"), material=material)
    assert [one for one in draft.sections if one.id != "democracy"] == list(done.draft.sections)
    assert done.changed == ("democracy",)
    assert done.message == "已删去“深化民主管理，推进院务公开”。"


def test_points_on_a_topic_without_a_section_are_removed(draft: Draft, material: Material) -> None:
    assert Topic.FINANCE not in {one.topic for one in draft.sections}
    done = apply(draft, Operation(Op.REMOVE, "经费那一段"), material=material)
    assert len(done.draft.sentences) < len(draft.sentences)
    assert not any("经费使用" in sentence.text for sentence in done.draft.sentences)


def test_a_section_is_added_where_such_plans_have_it(draft: Draft, material: Material) -> None:
    done = apply(draft, Operation(Op.ADD, "女职工那块"), material=material)
    (key,) = done.changed
    added = section(done.draft, key)
    assert added.topic is Topic.WOMEN
    assert length(added) > 80
    order = [one.topic for one in done.draft.sections]
    assert order.index(Topic.WOMEN) < order.index(Topic.ORGANISATION)
    with pytest.raises(BadRequest, match="已有"):
        apply(done.draft, Operation(Op.ADD, "女职工"), material=material)


def test_what_nobody_knows_becomes_a_section_to_fill_in(draft: Draft, material: Material) -> None:
    done = apply(draft, Operation(Op.ADD, "无人机编队"), material=material)
    (key,) = done.changed
    assert "【待填" in section(done.draft, key).paragraphs[-1].text


@pytest.mark.parametrize(
    ("detail", "order"),
    [
        ("与第四部分对调", ["s2", "s5", "s4", "s3"]),
        ("移到最后", ["s2", "s4", "s5", "s3"]),
        ("放到第三部分后面", ["s2", "s4", "s3", "s5"]),
        ("放到指导思想前面", ["s3", "s2", "s4", "s5"]),
        ("往下移", ["s2", "s4", "s3", "s5"]),
        ("上移一位", ["s3", "s2", "s4", "s5"]),
        ("1", ["s3", "s2", "s4", "s5"]),
    ],
)
def test_sections_move(detail: str, order: list[str], material: Material) -> None:
    done = apply(DRAFT, Operation(Op.REORDER, "第二部分", detail), material=material)
    assert [one.id for one in done.draft.sections] == ["s1", *order, "s6"]
    assert set(done.draft.sections) == set(DRAFT.sections)


def test_opening_and_closing_do_not_move(material: Material) -> None:
    with pytest.raises(BadRequest, match="位置是固定的"):
        apply(DRAFT, Operation(Op.REORDER, "结尾", "1"), material=material)
    with pytest.raises(BadRequest, match="不明白"):
        apply(DRAFT, Operation(Op.REORDER, "第二部分", "随便"), material=material)


def test_a_section_is_renamed(material: Material) -> None:
    done = apply(DRAFT, Operation(Op.RENAME, "第二部分", "民主管理和院务公开"), material=material)
    assert section(done.draft, "s3") == replace(section(DRAFT, "s3"), heading="民主管理和院务公开")
    with pytest.raises(BadRequest, match="小标题"):
        apply(DRAFT, Operation(Op.RENAME, "第二部分", " "), material=material)


def test_shorter_and_longer(draft: Draft, material: Material) -> None:
    fifth = place(draft, "relief")
    shorter = apply(draft, Operation(Op.SHORTEN, fifth), material=material)
    assert shorter.changed == ("relief",)
    assert 0.3 * length(section(draft, "relief")) <= length(section(shorter.draft, "relief"))
    assert length(section(shorter.draft, "relief")) <= 0.75 * length(section(draft, "relief"))
    longer = apply(draft, Operation(Op.EXPAND, "院务公开"), material=material)
    assert longer.changed == ("democracy",)
    kept = section(draft, "democracy").paragraphs
    assert section(longer.draft, "democracy").paragraphs[: len(kept)] == kept
    assert length(section(longer.draft, "democracy")) >= 1.2 * length(section(draft, "democracy"))


def test_the_schedule_grows_by_a_point_a_month(draft: Draft, material: Material) -> None:
    done = apply(draft, Operation(Op.EXPAND, "月度安排"), material=material)
    before = Counter(p.month for p in section(draft, "monthly").paragraphs)
    after = Counter(p.month for p in section(done.draft, "monthly").paragraphs)
    assert set(after) == set(range(1, 13))
    assert sum(after.values()) > sum(before.values())
    assert max(after.values()) == max(before.values()) + 1
    marks = [[p.text[-1] for p in section(done.draft, "monthly").paragraphs if p.month == m] for m in range(1, 13)]
    assert all(ends == ["；"] * (len(ends) - 1) + ["。"] for ends in marks)


def test_more_about_a_matter(draft: Draft, material: Material) -> None:
    done = apply(draft, Operation(Op.EMPHASISE, "全文", "困难职工帮扶"), material=material)
    assert done.draft.request.emphasis == ("困难职工帮扶",)
    new = [s.text for s in done.draft.sentences if s not in draft.sentences]
    assert any("困难" in text for text in new)
    assert [s for s in done.draft.sentences if s in draft.sentences] == list(draft.sentences)


def test_another_version_keeps_the_outline(draft: Draft, material: Material) -> None:
    done = apply(draft, Operation(Op.REPLACE), material=material)
    assert [(one.id, one.heading) for one in done.draft.sections] == [(one.id, one.heading) for one in draft.sections]
    same = set(draft.sentences) & set(done.draft.sentences)
    assert len(same) < 0.8 * len(draft.sentences)
    one = apply(draft, Operation(Op.REPLACE, place(draft, "relief")), material=material)
    assert one.changed == ("relief",)
    old, new = (section(each, "relief").paragraphs for each in (draft, one.draft))
    assert not {p.text for p in old} & {p.text for p in new}


def test_words_are_replaced_and_their_provenance_tells(draft: Draft, material: Material) -> None:
    done = apply(draft, Operation(Op.REPLACE, "全文", "职工→员工"), material=material)
    assert not any("职工" in sentence.text for sentence in done.draft.sentences)
    assert_sound(done.draft, {passage.id: passage for passage in material.passages})
    back = apply(done.draft, Operation(Op.REPLACE, "全文", "把“员工”改成“职工”".removeprefix("把")), material=material)
    assert [s.text for s in back.draft.sentences] == [s.text for s in draft.sentences]


def test_replaced_words_survive_another_year(draft: Draft, material: Material) -> None:
    done = apply(draft, Operation(Op.REPLACE, "全文", "患者→病友"), material=material)
    told = sum("病友" in sentence.text for sentence in done.draft.sentences)
    later = apply(done.draft, Operation(Op.CHANGE, "年份", "2027"), material=material)
    assert told >= 2
    assert sum("病友" in sentence.text for sentence in later.draft.sentences) == told


def test_a_sentence_is_swapped_for_a_candidate_with_its_source(draft: Draft, material: Material) -> None:
    place = Place("relief", 0, 0)
    offered = choices(draft, place, material=material)
    assert len(offered) >= 3
    assert all(one.source and one.paragraph.sentences for one in offered)
    done = apply(draft, Operation(Op.SWAP, str(place), "2"), material=material)
    assert section(done.draft, "relief").paragraphs[0].sentences == offered[1].paragraph.sentences
    assert section(done.draft, "relief").paragraphs[1:] == section(draft, "relief").paragraphs[1:]
    with pytest.raises(BadRequest, match="没有第 99 个"):
        apply(draft, Operation(Op.SWAP, str(place), "99"), material=material)


def test_a_sentence_edited_by_hand_is_the_users(draft: Draft, material: Material) -> None:
    done = apply(draft, Operation(Op.EDIT, "skills/0/0", OWN), material=material)
    sentence = section(done.draft, "skills").paragraphs[0].sentences[0]
    assert (sentence.text, sentence.provenance.kind) == (OWN, ProvenanceKind.USER)
    gone = apply(done.draft, Operation(Op.EDIT, "skills/0/0", ""), material=material)
    assert OWN not in {one.text for one in gone.draft.sentences}


@pytest.mark.parametrize("target", ["skills/99/0", "skills/0/99", "nowhere/0/0", "第三部分"])
def test_a_place_that_is_gone_is_refused(target: str, draft: Draft, material: Material) -> None:
    with pytest.raises(BadRequest):
        apply(draft, Operation(Op.EDIT, target, OWN), material=material)


def test_another_unit_of_the_same_type_changes_names_alone(draft: Draft, material: Material) -> None:
    done = apply(draft, Operation(Op.CHANGE, "单位名称", "柳溪县中医院"), material=material)
    assert done.draft.title == "柳溪县中医院工会2026年工作计划"
    assert done.draft.signature == "柳溪县中医院工会委员会"
    assert [s.text for s in done.draft.sentences] == [s.text for s in draft.sentences]


def test_another_type_speaks_its_own_words(draft: Draft, material: Material) -> None:
    own = apply(draft, Operation(Op.EDIT, "skills/0/0", OWN), material=material).draft
    request = replace(own.request, organisation=OrganisationType.SCHOOL, name="青禾市第三中学")
    done = change_request(own, request, material).draft
    rest = "".join(s.text for s in done.sentences if not is_own(s)) + "".join(one.heading for one in done.sections)
    assert not any(word in rest for word in ("医院", "院务", "医务人员", "患者", "我院"))
    assert "校务公开" in rest
    assert own_texts(done) == Counter([OWN])
    assert [one.id for one in done.sections] == [one.id for one in draft.sections]


def test_another_period_has_its_own_months(draft: Draft, material: Material) -> None:
    done = apply(draft, Operation(Op.CHANGE, "周期", "下半年"), material=material).draft
    assert {p.month for p in section(done, "monthly").paragraphs} == set(range(7, 13))
    assert done.title == "青禾市人民医院工会2026年下半年工作计划"
    assert not any("上半年" in sentence.text for sentence in done.sentences)


def test_length_dial(draft: Draft, material: Material) -> None:
    short = apply(draft, Operation(Op.CHANGE, "篇幅", "简版"), material=material).draft
    long = apply(draft, Operation(Op.CHANGE, "篇幅", "详版"), material=material).draft
    sizes = [sum(map(length, one.sections)) for one in (short, draft, long)]
    assert sizes[0] < 0.75 * sizes[1] < sizes[1] < 0.8 * sizes[2]
    assert short.request.length is Length.SHORT


@pytest.mark.parametrize(
    ("field", "value"),
    [("年份", "明年"), ("年份", "1890"), ("单位类型", "银河系"), ("周期", "十年"), ("颜色", "红")],
)
def test_impossible_changes_are_refused(field: str, value: str, draft: Draft, material: Material) -> None:
    with pytest.raises(BadRequest):
        apply(draft, Operation(Op.CHANGE, field, value), material=material)


def test_tones(draft: Draft, material: Material) -> None:
    spoken = apply(draft, Operation(Op.REPLACE, "全文", "做好→搞好"), material=material).draft
    formal = apply(spoken, Operation(Op.RESTYLE, "全文", "更正式"), material=material).draft
    assert [s.text for s in formal.sentences] == [s.text for s in draft.sentences]
    company = apply(draft, Operation(Op.RESTYLE, "全文", "企业口吻"), material=material).draft
    assert company.request.organisation is OrganisationType.ENTERPRISE
    with pytest.raises(BadRequest, match="口吻"):
        apply(draft, Operation(Op.RESTYLE, "全文", "鲁迅那样"), material=material)


def test_locked_sections_refuse_and_are_passed_over(draft: Draft, material: Material) -> None:
    locked = apply(draft, Operation(Op.LOCK, "第三部分"), material=material).draft
    for op, detail in ((Op.SHORTEN, ""), (Op.REMOVE, ""), (Op.RENAME, "别的"), (Op.REPLACE, ""), (Op.REORDER, "1")):
        with pytest.raises(BadRequest, match="已锁定"):
            apply(locked, Operation(op, "第三部分", detail), material=material)
    again = apply(locked, Operation(Op.REPLACE), material=material).draft
    assert section(again, "skills") == section(locked, "skills")
    assert apply(again, Operation(Op.UNLOCK), material=material).draft.sections[3].locked is False


def test_a_section_with_the_users_words_goes_only_when_said_so(draft: Draft, material: Material) -> None:
    own = apply(draft, Operation(Op.EDIT, "skills/0/0", OWN), material=material).draft
    with pytest.raises(BadRequest, match="您自己写的 1 句"):
        apply(own, Operation(Op.REMOVE, "第三部分"), material=material)
    gone = apply(own, Operation(Op.REMOVE, "第三部分", "连同手写的一起删"), material=material).draft
    assert "skills" not in {one.id for one in gone.sections}


# -- every sequence -----------------------------------------------------------------------------------------------

TARGETS = ["全文", "第一部分", "第二部分", "第三部分", "第六部分", "最后一部分", "月度安排", "开头", "结尾", "文体"]
DETAILS: dict[Op, tuple[list[str], list[str]]] = {
    Op.SHORTEN: (TARGETS, [""]),
    Op.EXPAND: ([*TARGETS, "心理关爱"], [""]),
    Op.REPLACE: (TARGETS, ["", "", "职工→员工", "工会→职工之家", "组织→"]),
    Op.LOCK: (TARGETS, [""]),
    Op.UNLOCK: (TARGETS, [""]),
    Op.ADD: (["女职工", "经费", "退休职工", "食堂", "保障措施"], [""]),
    Op.REMOVE: (["女职工", "经费", "第二部分", "月度安排"], [""]),
    Op.EMPHASISE: (["全文"], ["心理健康", "劳动竞赛", "职工书屋"]),
    Op.REORDER: (TARGETS, ["移到最后", "上移", "与第一部分对调", "2"]),
    Op.RENAME: (TARGETS[1:], ["新的小标题", "另一个小标题"]),
    Op.RESTYLE: (["全文"], ["更正式", "学校口吻", "简洁些"]),
}
CHANGES = {
    "周期": ["上半年", "下半年", "第三季度", "年度"],
    "年份": ["2012", "2020", "2026"],
    "单位类型": ["学校", "企业", "机关"],
    "篇幅": ["简版", "详版"],
}
HAND_TEXTS = [OWN, "以2026年3月医院实际安排为准（民警、教职工均可参加）！", "5月：院工会自定"]
OPERATIONS = st.one_of(
    *(st.builds(Operation, st.just(op), *map(st.sampled_from, said)) for op, said in DETAILS.items()),
    *(st.builds(Operation, st.just(Op.CHANGE), st.just(f), st.sampled_from(values)) for f, values in CHANGES.items()),
)
WHERE = st.tuples(st.integers(0, 9), st.integers(0, 4), st.integers(0, 2))
HANDS = st.tuples(WHERE, st.sampled_from(HAND_TEXTS))
STEPS = st.lists(st.one_of(OPERATIONS, HANDS, WHERE), min_size=2, max_size=6)
Step = Operation | tuple[tuple[int, int, int], str] | tuple[int, int, int]


def as_operation(step: Step, draft: Draft) -> Operation:
    """Hands write at, and swaps aim at, places counted in the draft as it is."""
    if isinstance(step, Operation):
        return step
    where, text = step if isinstance(step[0], tuple) else (step, None)
    number, paragraph, sentence = where  # type: ignore[misc]
    one = draft.sections[number % len(draft.sections)]
    row = paragraph % len(one.paragraphs)
    place = Place(one.id, row, sentence % len(one.paragraphs[row].sentences))
    return Operation(Op.SWAP, str(place)) if text is None else Operation(Op.EDIT, str(place), str(text))


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_locks_hands_and_form_survive_every_sequence(steps: Sequence[Step], desk: Desk) -> None:
    draft, material = desk.draft, desk.material
    by_id = {passage.id: passage for passage in material.passages}
    now = draft
    for step in steps:
        operation = as_operation(step, now)
        wanted, before = own_texts(now), now
        if operation.op is Op.EDIT:
            place = Place.read(operation.target)
            held = section(now, place.section).paragraphs[place.paragraph].sentences[place.sentence]
            free = not section(now, place.section).locked and held.text != operation.detail
            wanted += Counter([operation.detail] if free else [])
            wanted -= Counter([held.text] if free and is_own(held) else [])
        try:
            done = apply(now, operation, material=material)
        except BadRequest:
            continue
        now = done.draft
        assert own_texts(now) == wanted
        assert_sound(now, by_id)
        if operation.op not in (Op.LOCK, Op.UNLOCK):
            assert {one for one in before.sections if one.locked} <= set(now.sections)
        differing = {one.id for one in set(before.sections) ^ set(now.sections)}
        assert differing <= set(done.changed)


# -- edit lists ---------------------------------------------------------------------------------------------------


@given(
    source=st.text("甲乙丙丁戊", min_size=1, max_size=12),
    cuts=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3), st.text("子丑寅", max_size=3)), max_size=3),
    change=st.tuples(st.integers(0, 20), st.integers(0, 6), st.text("ABC", max_size=3)),
)
def test_amended_edits_lead_from_the_source_to_the_new_text(
    source: str, cuts: list[tuple[int, int, str]], change: tuple[int, int, str]
) -> None:
    edits: list[Edit] = []
    position = 0
    for start, size, after in sorted(cuts):
        if start >= position and start <= len(source) and (not edits or start > edits[-1].end):
            end = min(start + size, len(source))
            if source[start:end] != after:
                edits.append(Edit(start, end, source[start:end], after, "一"))
            position = end
    text = apply_edits(source, edits)
    assert source_of(text, edits) == source
    start = min(change[0], len(text))
    end = min(start + change[1], len(text))
    new = amended(text, edits, start=start, end=end, after=change[2], why="二")
    assert apply_edits(source, new) == text[:start] + change[2] + text[end:]
    assert all(source[edit.start : edit.end] == edit.before for edit in new)
    assert all(one.end <= other.start for one, other in zip(new, new[1:], strict=False))


def test_periods_are_named_in_the_request(draft: Draft, material: Material) -> None:
    done = apply(draft, Operation(Op.CHANGE, "周期", "第三季度"), material=material)
    assert done.draft.request.period is Period.QUARTER_3
    assert "周期由“年度”改为“第三季度”" in done.message


def test_two_sections_become_one(draft: Draft, material: Material) -> None:
    headed = [each for each in draft.sections if each.heading and each.topic is not Topic.MONTHLY]
    first, second = headed[1], headed[2]
    merged = apply(draft, Operation(Op.MERGE, "第三部分", "与第二部分合并"), material=material)
    joined = section(merged.draft, first.id)
    assert joined.paragraphs == (*first.paragraphs, *second.paragraphs)
    assert second.id not in {each.id for each in merged.draft.sections}
    assert set(merged.changed) == {first.id, second.id}
    with pytest.raises(BadRequest, match="两处都是"):
        apply(draft, Operation(Op.MERGE, "第二部分", "与第二部分合并"), material=material)
    locked = apply(draft, Operation(Op.LOCK, "第三部分"), material=material).draft
    with pytest.raises(BadRequest, match="已锁定"):
        apply(locked, Operation(Op.MERGE, "第二部分", "与第三部分合并"), material=material)


def test_a_fact_told_stands_where_it_belongs(draft: Draft, material: Material) -> None:
    told = apply(draft, Operation(Op.TELL, "", "困难职工帮扶资金8万元"), material=material)
    home = next(each for each in told.draft.sections if "困难职工帮扶资金8万元。" in each.paragraphs[-1].text)
    assert home.topic is Topic.RELIEF
    assert own_texts(told.draft) == {"困难职工帮扶资金8万元。": 1}
    with pytest.raises(BadRequest, match="一句话"):
        apply(draft, Operation(Op.TELL, "", "  "), material=material)
