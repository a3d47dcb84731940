"""Last year's own plan made this year's: what changes, what stays, what is told."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import astuple
from hashlib import sha256
from pathlib import Path

import docx
import pytest

from assistant.cli import main
from assistant.datatypes import Edit, PlanRequest, ProvenanceKind
from assistant.drafting import apply_edits, draft_plan
from assistant.export.docx import docx_bytes
from assistant.export.text import plain_text
from assistant.rollover import ChangeKind, Rollover, roll_over
from assistant.timeline import Timeline
from corpus.datatypes import Document, OrganisationType, Passage, Plan, Topic
from corpus.errors import BadRequest
from corpus.load import load_bytes

LAST_YEAR = """青禾市第三中学工会2025年工作计划

　　2025年是“十四五”规划的收官之年，也是我校“三年提升行动”的第二年。校工会深入贯彻党的二十大和二十届三中全会精神，在2024年工作的基础上开创新局面。
　　2024年，校工会组织了教职工运动会，慰问困难教职工12人，取得了较好成绩。

　　一、指导思想
　　认真落实《青禾市总工会2025年工作要点》（青工发〔2025〕3号），深入开展深入贯彻中央八项规定精神学习教育。
　　二、主要工作
　　（一）加强民主管理
　　1.3月召开八届四次教代会，审议学校2025年预算。
　　2.深化校务公开，每学期公开不少于两次。
　　（二）丰富文体生活。举办第三届教职工运动会，庆祝第41个教师节。完成教职工之家改造。
　　（三）2019年建成的母婴室继续开放。评选2024年度先进工会小组，迎接第五届工会委员会换届。
　　三、月度安排
　　3月15日（星期六）：组织健步走。
　　10月：中秋节（10月6日）慰问教职工。
　　四、展望
　　为2026年工作打好基础。

青禾市第三中学工会委员会
2025年2月20日
"""
THIS_YEAR = """青禾市第三中学工会2026年工作计划

　　2026年是“十五五”规划的开局之年，也是我校“三年提升行动”的第三年。校工会深入贯彻党的二十大和二十届历次全会精神，在2025年工作的基础上开创新局面。
　　【待填：2025年实际完成情况，下文是原计划里的】2024年，校工会组织了教职工运动会，慰问困难教职工12人，取得了较好成绩。

　　一、指导思想
　　认真落实《青禾市总工会2026年工作要点》（【待填：文号】）。
　　二、主要工作
　　（一）加强民主管理
　　1.3月召开【待填：届次】教代会，审议学校2026年预算。
　　2.深化校务公开，每学期公开不少于两次。
　　（二）丰富文体生活。举办第【待填：届数】届教职工运动会，庆祝第42个教师节。完成教职工之家改造。
　　（三）2019年建成的母婴室继续开放。评选2025年度先进工会小组，迎接第五届工会委员会换届。
　　三、月度安排
　　3月15日（星期日）：组织健步走。
　　10月：中秋节（9月25日）慰问教职工。
　　四、展望
　　为2027年工作打好基础。

青禾市第三中学工会委员会
【待填：日期】
"""
Roll = Callable[..., Rollover]


@pytest.fixture(scope="module")
def roll(passages: tuple[Passage, ...]) -> Roll:
    timeline = Timeline.load()

    def rolled(text: str, *, year: int = 2026, name: str | None = None, file: str = "去年.txt") -> Rollover:
        document = Document(file, sha256(text.encode()).hexdigest(), file.rpartition(".")[2], text)
        return roll_over(document, year=year, name=name, passages=passages, timeline=timeline)

    return rolled


@pytest.fixture(scope="module")
def school(roll: Roll) -> Rollover:
    return roll(LAST_YEAR)


def letters(text: str) -> str:
    """The text without blanks and without what draws a table of months: its head and its lines."""
    plain = re.sub(r"月份\|(?:主要工作|工作内容)", "", "".join(text.split()))
    return re.sub(r"(?<=月)[：|]", "", plain)


def assert_consistent(rolled: Rollover) -> None:
    edits = [Edit(c.start, c.end, c.before, c.after, c.why) for c in rolled.changes]
    assert apply_edits(rolled.text_before, edits) == rolled.text_after
    for change in rolled.changes:
        assert rolled.text_before[change.start : change.end] == change.before != change.after
        assert rolled.text_after[change.after_start : change.after_start + len(change.after)] == change.after
        assert change.why
    assert all(rolled.text_before[note.start : note.end] == note.text for note in rolled.notes)
    for sentence in rolled.draft.sentences:
        provenance = sentence.provenance
        assert provenance.kind is ProvenanceKind.USER
        source = rolled.text_before[provenance.start : provenance.end]
        assert not source or apply_edits(source, provenance.edits) == sentence.text
    assert letters(plain_text(rolled.draft)) == letters(rolled.text_after)


def test_the_whole_plan(school: Rollover) -> None:
    assert school.text_before == LAST_YEAR
    assert school.text_after == THIS_YEAR
    assert school.from_year == 2025
    assert_consistent(school)


def test_every_change_has_its_kind(school: Rollover) -> None:
    kinds = {(change.before, change.after): change.kind for change in school.changes}
    assert kinds["2025", "2026"] is ChangeKind.YEAR
    assert kinds["八届四次", "【待填：届次】"] is ChangeKind.ORDINAL
    assert kinds["党的二十大和二十届三中全会", "党的二十大和二十届历次全会"] is ChangeKind.REFERENCE
    assert kinds["，深入开展深入贯彻中央八项规定精神学习教育", ""] is ChangeKind.FINISHED
    assert kinds["10月6日", "9月25日"] is ChangeKind.DATE
    assert kinds["", "【待填：2025年实际完成情况，下文是原计划里的】"] is ChangeKind.REVIEW
    assert "八届五次" in next(change.why for change in school.changes if change.before == "八届四次")


def test_what_only_the_user_can_decide_is_noted(school: Rollover) -> None:
    told = {note.text: note.message for note in school.notes}
    assert "一次性的工作" in told["完成教职工之家改造。"]
    assert "如换届" in told["第五届"]
    assert told["中秋"] == "2026年中秋在9月25日，早于这里的10月，请调整月份。"
    assert "核对这份文件" in told["《青禾市总工会2025年工作要点》"]


def test_gaps_against_peers_come_with_points_to_put_in(school: Rollover) -> None:
    topics = {gap.topic: gap for gap in school.gaps}
    assert Topic.SKILLS in topics
    assert topics.keys().isdisjoint({Topic.DEMOCRACY, Topic.SPORTS})
    assert topics[Topic.SKILLS].reason == "7 份学校计划中有 7 份写了"
    assert all(gap.items for gap in school.gaps)


def test_sentences_not_affected_stay_byte_for_byte(school: Rollover) -> None:
    before, after = LAST_YEAR.split("\n"), school.text_after.split("\n")
    assert len(before) == len(after)
    changed = {LAST_YEAR.count("\n", 0, change.start) for change in school.changes}
    assert [line for n, line in enumerate(before) if n not in changed] == [
        line for n, line in enumerate(after) if n not in changed
    ]


def test_the_draft_keeps_headings_numbers_and_signature(school: Rollover) -> None:
    draft = school.draft
    assert draft.title == "青禾市第三中学工会2026年工作计划"
    assert [section.heading for section in draft.sections] == ["", "指导思想", "主要工作", "月度安排", "展望"]
    assert (draft.signature, draft.dated) == ("青禾市第三中学工会委员会", "【待填：日期】")
    assert [p.text[:3] for p in draft.sections[2].paragraphs] == ["（一）", "1.3", "2.深", "（二）", "（三）"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("二〇二五年工会工作", "二〇二六年工会工作"),
        ("2025—2026学年第一学期工会工作。", "2026—2027学年第一学期工会工作。"),
        ("与2024年相比会员增加。", "与2025年相比会员增加。"),
        ("实施2024—2028年职工素质规划。", "实施2024—2028年职工素质规划。"),
        ("自2021年起，每年走访。", "自2021年起，每年走访。"),
        ("2025年3月获得模范职工之家称号。", "2025年3月获得模范职工之家称号。"),
        ("职工热线20255000。", "职工热线20255000。"),
        ("到2030年建成全覆盖。", "到2030年建成全覆盖。"),
        ("举办第十届职工运动会。", "举办第【待填：届数】届职工运动会。"),
        ("选举第三届工会委员会。", "选举第三届工会委员会。"),
        ("迎接第114个国际劳动妇女节。", "迎接第115个国际劳动妇女节。"),
        ("这是第三个工作日。", "这是第三个工作日。"),
        ("召开五届二次职工代表大会。", "召开【待填：届次】职工代表大会。"),
        ("五年规划行动进入第五年。", "五年规划行动进入第【待填：年次】年。"),
        ("建院60周年系列活动。", "建院60周年系列活动。"),
    ],
)
def test_years_and_counts(before: str, after: str, roll: Roll) -> None:
    frame = "青禾市人民医院工会2025年工作计划\n{}\n做好职工帮扶工作。\n"
    rolled = roll(frame.format(before))
    assert rolled.text_after == frame.format(after).replace("工会2025年", "工会2026年", 1)
    assert_consistent(rolled)


def test_two_years_at_once_move_by_two(roll: Roll) -> None:
    rolled = roll("青禾局工会2024年工作计划\n2024年做好工作，庆祝第40个教师节，为2025年打基础。\n", year=2026)
    assert rolled.text_after == "青禾局工会2026年工作计划\n2026年做好工作，庆祝第42个教师节，为2027年打基础。\n"


def test_a_review_section_is_marked_once_and_left_alone(roll: Roll) -> None:
    text = (
        "青禾公司工会2025年工作计划\n一、2024年工作回顾\n2024年开展劳动竞赛6次，参赛300人。\n帮扶职工20名。\n"
        "二、2025年工作安排\n2025年开展劳动竞赛。\n"
    )
    rolled = roll(text)
    lines = rolled.text_after.split("\n")
    assert lines[2] == "【待填：2025年实际完成情况，下文是原计划里的】2024年开展劳动竞赛6次，参赛300人。"
    assert lines[3] == "帮扶职工20名。"
    assert lines[4:6] == ["二、2026年工作安排", "2026年开展劳动竞赛。"]


@pytest.mark.parametrize("number", ["1.", "（一）", "一是"])
def test_the_mark_of_a_review_stands_behind_its_number(number: str, roll: Roll) -> None:
    text = (
        f"青禾公司工会2025年工作计划\n一、2024年工作回顾\n{number}开展劳动竞赛6次，参赛300人。\n"
        "二、2025年工作安排\n2025年开展劳动竞赛。\n"
    )
    rolled = roll(text)
    wanted = f"{number}【待填：2025年实际完成情况，下文是原计划里的】开展劳动竞赛6次，参赛300人。"
    assert rolled.text_after.split("\n")[2] == wanted
    assert_consistent(rolled)


def test_the_name_changes_only_when_it_differs(roll: Roll, school: Rollover) -> None:
    same = roll(LAST_YEAR, name="青禾市第三中学")
    assert same.text_after == school.text_after
    other = roll(LAST_YEAR, name="青禾市第三高级中学")
    names = [change for change in other.changes if change.kind is ChangeKind.NAME]
    assert [(change.before, change.after) for change in names] == [("青禾市第三中学", "青禾市第三高级中学")] * 2
    assert other.draft.signature == "青禾市第三高级中学工会委员会"
    assert_consistent(other)


def test_the_same_year_refreshes_references_alone(roll: Roll) -> None:
    rolled = roll(LAST_YEAR.replace("2025", "2026"), year=2026)
    assert {change.kind for change in rolled.changes} <= {ChangeKind.REFERENCE, ChangeKind.FINISHED}


def test_an_earlier_year_is_refused(roll: Roll) -> None:
    with pytest.raises(BadRequest, match="2025 年的计划，不能续写成 2024 年"):
        roll(LAST_YEAR, year=2024)


def test_a_plan_without_a_year_says_so(roll: Roll) -> None:
    rolled = roll("青禾局工会工作计划\n做好帮扶工作。\n")
    assert rolled.from_year is None
    assert rolled.text_after == rolled.text_before.replace("工会工作计划", "工会2026年工作计划", 1)
    assert "没有写明年份" in rolled.notes[0].message


@pytest.mark.parametrize("year", [2016, 2026])
def test_every_sample_plan_rolls_over_consistently(year: int, roll: Roll, plans: tuple[Plan, ...]) -> None:
    for plan in plans[:: 2 if year == 2016 else 5]:
        if plan.labels.year is None or plan.labels.year <= year:
            rolled = roll(f"{plan.title}\n{plan.text}", year=year)
            edits = [Edit(c.start, c.end, c.before, c.after, c.why) for c in rolled.changes]
            assert apply_edits(rolled.text_before, edits) == rolled.text_after
            untouched = {s.text for s in rolled.draft.sentences if not s.provenance.edits}
            assert all(text in rolled.text_before for text in untouched if not text.startswith("【待填"))


def test_a_word_file_of_our_own_comes_back_whole(passages: tuple[Passage, ...]) -> None:
    timeline = Timeline.load()
    request = PlanRequest(OrganisationType.SCHOOL, "青禾市第三中学", 2025)
    draft = draft_plan(request, passages=passages, timeline=timeline)
    document = load_bytes("去年.docx", docx_bytes(draft))
    rolled = roll_over(document, year=2026, name=None, passages=passages, timeline=timeline)
    assert_consistent(rolled)
    assert rolled.draft.title == "青禾市第三中学工会2026年工作计划"
    assert [one.heading for one in rolled.draft.sections if one.heading] == [
        one.heading for one in draft.sections if one.heading
    ]
    assert (rolled.draft.signature, rolled.draft.dated) == (draft.signature, draft.dated)
    changed = {change.before for change in rolled.changes}
    for sentence in draft.sentences:
        if not any(before in sentence.text for before in changed):
            assert sentence.text in rolled.text_after


def test_the_command(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], school: Rollover) -> None:
    file, out = tmp_path / "去年.txt", tmp_path / "今年.docx"
    file.write_text(LAST_YEAR, encoding="utf-8")
    assert main(["rollover", str(file), "--year", "2026", "--name", "青禾市第三中学", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["text_after"] == THIS_YEAR
    assert [tuple(each.values()) for each in told["changes"]] == [astuple(each) for each in school.changes]
    assert main(["rollover", str(file), "--year", "2026", "-o", str(out), "--tracked"]) == 0
    assert out.read_bytes().startswith(b"PK")
    assert "改动 " in capsys.readouterr().err
    assert main(["rollover", str(file), "--year", "明年"]) == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("三月召开第七届教代会第三次会议。", "三月召开第七届教代会第【待填：次数】次会议。"),
        ("为实现“十四五”规划圆满收官作贡献。", "为实现“十五五”规划良好开局作贡献。"),
        ("2025年是中华全国总工会成立100周年。", "2026年是中国共产党成立105周年。"),
        ("在2024年技能竞赛基础上增设急救项目。", "在2025年技能竞赛基础上增设急救项目。"),
        ("针对2024年教职工体检中发现的问题开设讲座。", "针对2025年教职工体检中发现的问题开设讲座。"),
        ("在2019年建成的书屋中开展活动。", "在2019年建成的书屋中开展活动。"),
    ],
)
def test_single_sentences_of_a_plan(before: str, after: str, roll: Roll) -> None:
    head = "青禾市第三中学工会2025年工作计划\n\n一、民主管理\n1.每月召开一次工会委员会会议。\n2."
    assert roll(f"{head}{before}\n").text_after == head.replace("2025", "2026") + after + "\n"


@pytest.mark.parametrize("once", ["成立教职工合唱团，每周辅导一次。", "组织职工参加第14期医疗互助保障。"])
def test_what_may_not_come_again_is_noted(once: str, roll: Roll) -> None:
    done = roll(f"青禾市第三中学工会2025年工作计划\n\n一、工作安排\n1.每月召开一次例会。\n2.{once}\n")
    assert once in done.text_after
    assert any(note.text in once or once in note.text for note in done.notes)


def test_what_was_true_of_one_year_only_is_not_carried_on(roll: Roll) -> None:
    before = (
        "红旗小学工会2023年工作计划\n\n2023年是全面贯彻党的二十大精神的开局之年，"
        "是实施“十四五”规划承上启下的关键一年。\n一、思想引领\n1.深入开展主题教育，每月集中学习一次。\n"
    )
    rolled = roll(before)
    assert "2026年是【待填：今年的特点】，是实施“十五五”规划开局之年。" in rolled.text_after
    assert any(note.text == "主题教育" for note in rolled.notes)


def test_changes_of_references_keep_their_places(roll: Roll) -> None:
    before = (
        "红旗小学工会2025年工作计划\n\n2025年，校工会深入学习贯彻党的二十届三中全会精神，"
        "为实现“十四五”规划目标任务圆满收官作贡献，迎接中国工会十八大召开。\n一、民主管理\n1.三月召开教代会。\n"
    )
    rolled = roll(before)
    assert "为实现“十五五”规划良好开局作贡献，" in rolled.text_after
    assert rolled.text_after.endswith("1.三月召开教代会。\n")


def test_the_signature_of_a_web_page_comes_along(roll: Roll) -> None:
    rolled = roll(f"首页 > 校务公开\n{LAST_YEAR}\n责任编辑：校办\n上一篇：校历", file="去年.html")
    assert rolled.draft.signature == "青禾市第三中学工会委员会"
    assert "校办" not in rolled.text_before


def test_a_summary_is_not_rolled_over(roll: Roll) -> None:
    text = (
        "红旗小学工会2025年工作总结\n\n2025年，校工会认真履行职责，取得了较好成绩。\n一、师德建设\n"
        "全年组织师德学习12次，评选师德标兵5名，受到上级好评。\n二、民主管理\n三月召开了教代会，收到提案23件，全部答复。\n"
    )
    with pytest.raises(BadRequest, match="是工作总结"):
        roll(text)


def test_a_table_of_months_stays_a_table(roll: Roll) -> None:
    text = (
        "红旗小学工会2025年工作计划\n\n一、民主管理\n1.三月召开教代会，审议工作报告。\n二、月度安排\n"
        "月份 | 工作内容\n1月 | 慰问困难教职工。\n9月 | 庆祝第41个教师节。\n红旗小学工会委员会\n"
    )
    draft = roll(text).draft
    points = [(one.month, one.text) for section in draft.sections for one in section.paragraphs if one.month]
    assert points == [(1, "慰问困难教职工。"), (9, "庆祝第42个教师节。")]
    assert "|" not in plain_text(draft)
    assert len(docx.Document(io.BytesIO(docx_bytes(draft))).tables) == 1
