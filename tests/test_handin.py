"""What is handed in: 审核稿, 出处附件, 修订稿 and 任务分解表, reopened as Word and Excel would."""

from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from drafts import DRAFT, paragraph, section
from openpyxl import load_workbook

from assistant.datatypes import Draft, PlanRequest, ProvenanceKind
from assistant.drafting import draft_plan
from assistant.export.docx import docx_bytes
from assistant.export.origins import origins
from assistant.export.review import APPENDIX, AUTHOR, review_docx, sourced_docx
from assistant.export.revision import tracked_docx
from assistant.export.xlsx import tasks_xlsx
from assistant.revising import Material, Op, Operation, apply
from assistant.rollover import Rollover, roll_over
from assistant.tasks import NO_DEPARTMENT, NO_RESULT, NO_TIME, Task, tasks
from assistant.timeline import Timeline
from corpus.datatypes import Document, OrganisationType, Passage, Topic

LAST_YEAR = """青禾市第三中学工会2025年工作计划

　　2025年是“十四五”规划收官之年，校工会贯彻党的二十届三中全会精神。
一、民主管理
　　3月召开八届四次教代会。
　　深化校务公开，每学期公开不少于两次。

青禾市第三中学工会委员会
2025年2月20日
"""
OWN = "由院工会办公室每月通报一次。"


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    return Timeline.load()


@pytest.fixture(scope="module")
def draft(passages: tuple[Passage, ...], timeline: Timeline) -> Draft:
    request = PlanRequest(OrganisationType.POST, "中国邮政青禾市分公司", 2014)
    made = draft_plan(request, passages=passages, timeline=timeline)
    where = f"{made.sections[1].id}/0/0"
    return apply(made, Operation(Op.EDIT, where, OWN), material=Material(passages, timeline)).draft


@pytest.fixture(scope="module")
def rolled(passages: tuple[Passage, ...], timeline: Timeline) -> Rollover:
    document = Document("去年.txt", sha256(LAST_YEAR.encode()).hexdigest(), "txt", LAST_YEAR)
    return roll_over(document, year=2026, name=None, passages=passages, timeline=timeline)


def opened(data: bytes) -> Any:
    return docx.Document(BytesIO(data))


def texts(document: Any) -> list[str]:
    """Every printed paragraph, tables included, in order."""
    found = []
    for element in document.element.body.iter(qn("w:p")):
        found.append("".join(run.text or "" for run in element.iter(qn("w:t"))))
    return found


def commented(document: Any) -> dict[int, str]:
    """Comment id -> the text it is about."""
    found: dict[int, str] = {}
    for start in document.element.body.iter(qn("w:commentRangeStart")):
        key = start.get(qn("w:id"))
        parts = []
        for element in start.itersiblings():
            if element.tag == qn("w:commentRangeEnd") and element.get(qn("w:id")) == key:
                break
            parts += [text.text for text in element.iter(qn("w:t"), qn("w:delText"))]
        found[int(key)] = "".join(parts)
    return found


# -- 审核稿 --------------------------------------------------------------------------------------------------------


def test_every_paragraph_with_sentences_has_one_comment(
    draft: Draft, passages: tuple[Passage, ...], timeline: Timeline
) -> None:
    document = opened(review_docx(draft, passages=passages, timeline=timeline))
    comments = list(document.comments)
    assert len(comments) == sum(len(one.paragraphs) for one in draft.sections)
    assert {comment.author for comment in comments} == {AUTHOR}
    about = commented(document)
    printed = [p.text for one in draft.sections for p in one.paragraphs]
    assert [text for text in about.values() if not any(text.endswith(one) for one in printed)] == []


def test_comments_name_file_place_and_changes(draft: Draft, passages: tuple[Passage, ...], timeline: Timeline) -> None:
    document = opened(review_docx(draft, passages=passages, timeline=timeline))
    told = {about: document.comments.get(key).text for key, about in commented(document).items()}
    by_id = {passage.id: passage for passage in passages}
    borrowed = [s for s in draft.sentences if s.provenance.kind is ProvenanceKind.BORROWED]
    assert len(borrowed) >= 2
    for sentence in borrowed:
        comment = next(text for about, text in told.items() if sentence.text in about)
        assert by_id[sentence.provenance.source].file in comment
        for edit in sentence.provenance.edits:
            if edit.why != "标点" and edit.before and edit.after:
                assert f"“{edit.before}”→“{edit.after}”（{edit.why}）" in comment
    assert any("本单位自己写的" in text for about, text in told.items() if OWN in about)


def test_the_review_copy_prints_what_the_clean_one_prints(
    draft: Draft, passages: tuple[Passage, ...], timeline: Timeline
) -> None:
    clean = texts(opened(docx_bytes(draft)))
    assert texts(opened(review_docx(draft, passages=passages, timeline=timeline))) == clean
    assert texts(opened(sourced_docx(draft, passages=passages, timeline=timeline)))[: len(clean)] == clean


# -- 出处附件 ------------------------------------------------------------------------------------------------------


def test_the_appendix_lists_every_sentence_on_a_page_of_its_own(
    draft: Draft, passages: tuple[Passage, ...], timeline: Timeline
) -> None:
    document = opened(sourced_docx(draft, passages=passages, timeline=timeline))
    heading = next(p for p in document.paragraphs if p.text == APPENDIX)
    assert heading.paragraph_format.page_break_before
    rows = [[cell.text for cell in row.cells] for row in document.tables[-1].rows]
    assert rows[0] == ["位置", "语句", "来历和改动"]
    by_id = {passage.id: passage for passage in passages}
    found = [
        origin
        for one in draft.sections
        for p in one.paragraphs
        for origin in origins(p.sentences, by_id=by_id, timeline=timeline)
    ]
    assert sum(len(origin.sentences) for origin in found) == len(draft.sentences)
    assert sorted(row[1] for row in rows[1:]) == sorted(origin.head for origin in found)
    assert rows[1][0] == "开头"
    assert rows[-1][0] == "结尾"
    assert all(row[2] for row in rows)


def test_a_source_that_left_the_library_is_told(timeline: Timeline) -> None:
    sentence = DRAFT.sections[2].paragraphs[0].sentences[1]
    (origin,) = origins([sentence], by_id={}, timeline=timeline)
    assert origin.source == "范文（9d13d2f7942e-1:12，已不在范文库中）"
    assert origin.changes == "“教职工”→“医务人员”（行业用语）"


# -- 修订稿 --------------------------------------------------------------------------------------------------------


def marked(document: Any, name: str, tag: str) -> list[str]:
    return [
        "".join(text.text for text in mark.iter(qn(f"w:{tag}")))
        for mark in document.element.body.iter(qn(f"w:{name}"))
        if mark.find(qn("w:r")) is not None
    ]


def lines(document: Any, tags: Sequence[str], left_out: str) -> list[str]:
    found = []
    for element in document.element.body.iter(qn("w:p")):
        parts = [
            text.text
            for text in element.iter(*(qn(tag) for tag in tags))
            if not any(parent.tag == qn(left_out) for parent in text.iterancestors())
        ]
        found.append("".join(parts))
    return [line for line in found if line]


def test_refusing_every_revision_gives_last_year_and_accepting_this_year(rolled: Rollover) -> None:
    document = opened(tracked_docx(rolled))
    flat = [line.strip() for line in rolled.text_before.splitlines() if line.strip()]
    assert [line.strip() for line in lines(document, ("w:t", "w:delText"), "w:ins")] == flat
    new = [line.strip() for line in rolled.text_after.splitlines() if line.strip()]
    assert [line.strip() for line in lines(document, ("w:t",), "w:del")] == new


def test_revisions_carry_author_reason_and_unique_ids(rolled: Rollover) -> None:
    document = opened(tracked_docx(rolled))
    assert "".join(marked(document, "del", "delText")) == "".join(change.before for change in rolled.changes)
    assert "".join(marked(document, "ins", "t")) == "".join(change.after for change in rolled.changes)
    marks = [mark for name in ("ins", "del") for mark in document.element.body.iter(qn(f"w:{name}"))]
    assert len({mark.get(qn("w:id")) for mark in marks}) == len(marks)
    assert {mark.get(qn("w:author")) for mark in marks} == {AUTHOR}
    assert [c.text for c in document.comments] == [f"{change.kind}：{change.why}" for change in rolled.changes]


def test_the_revised_plan_has_official_styles(rolled: Rollover) -> None:
    document = opened(tracked_docx(rolled))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[0] == "Title"
    assert "Heading 1" in styles
    assert styles[-2:] == ["Signature", "Date"]
    assert [p.paragraph_format.right_indent is not None for p in document.paragraphs[-2:]] == [True, True]


# -- 任务分解表 ----------------------------------------------------------------------------------------------------

PLANNED = section(
    "skills",
    "提升职工素质",
    Topic.SKILLS,
    paragraph("联合医务部、护理部开展技能竞赛，上半年初赛，下半年决赛，参赛率不低于90%。"),
    paragraph("由宣传科负责，结合护士节评选优秀护士。", "每季度公布一次名单。"),
    paragraph("大力弘扬工匠精神。"),
    paragraph("会前征求意见，组织职工代表巡视。", title="民主监督。"),
)
MONTHS = section("monthly", "月度安排", Topic.MONTHLY, paragraph("大力弘扬工匠精神宣传。", month=4))


def test_tasks_say_who_when_and_with_what_result() -> None:
    planned = Draft(DRAFT.request, DRAFT.title, (*DRAFT.sections[:2], PLANNED, MONTHS), "", "")
    first, second, third, fourth = tasks(planned)
    assert first == Task(
        section="提升职工素质",
        name="开展技能竞赛",
        content="联合医务部、护理部开展技能竞赛，上半年初赛，下半年决赛，参赛率不低于90%。",
        department="工会（医务部、护理部配合）",
        time="上半年、下半年",
        result=NO_RESULT,
    )
    assert (second.department, second.time) == ("宣传科", "护士节、每季度")
    assert second.result == "评选优秀护士；公布一次名单"
    assert (third.department, third.time, third.result) == (NO_DEPARTMENT, "4月", NO_RESULT)
    assert (fourth.name, fourth.time) == ("民主监督", NO_TIME)


def test_the_table_has_a_row_a_task_and_blanks_to_fill_in(draft: Draft) -> None:
    sheet = load_workbook(BytesIO(tasks_xlsx(draft))).active
    assert sheet is not None
    assert sheet.title == "任务分解表"
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == ["序号", "工作项", "主要内容", "责任部门", "责任人", "时间", "成果", "所属部分"]
    assert [row[0] for row in rows[1:]] == list(range(1, len(rows)))
    assert all(cell for row in rows for cell in row)
    contents = [row[2] for row in rows[1:]]
    skipped = (Topic.GUIDING, Topic.GOALS, Topic.MONTHLY, Topic.CLOSING, Topic.SAFEGUARDS)
    wanted = [p for one in draft.sections if one.heading and one.topic not in skipped for p in one.paragraphs]
    assert contents == ["".join(s.text for s in p.sentences) for p in wanted]
    assert sheet.freeze_panes == "A2"


def test_the_chairman_answers_for_the_unions_tasks(draft: Draft) -> None:
    sheet = load_workbook(BytesIO(tasks_xlsx(draft, chairman="李明"))).active
    assert sheet is not None
    people = {(row[3], row[4]) for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert people
    assert all(
        person == ("李明" if who.startswith(("工会", "【待填")) else "【待填：责任人】") for who, person in people
    )


def test_tasks_of_a_rolled_over_plan_lose_their_numbers(rolled: Rollover) -> None:
    assert [task.content for task in tasks(rolled.draft)] == [
        "3月召开【待填：届次】教代会。",
        "深化校务公开，每学期公开不少于两次。",
    ]
    assert tasks(rolled.draft)[0].name == "3月召开教代会"
    assert tasks(rolled.draft)[1].result == "不少于两次"
