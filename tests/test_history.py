"""Drafts, versions and conversations per user, through restarts and from many threads."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from drafts import DRAFT

from assistant.datatypes import Draft, PlanRequest
from assistant.difference import Difference, DifferenceKind, differences
from assistant.drafting import draft_plan
from assistant.history import History, Message
from assistant.timeline import Timeline
from corpus.datatypes import OrganisationType, Passage, Period
from corpus.errors import BadRequest, NotInLibrary
from corpus.library import Library
from corpus.records import from_record, to_record

RENAMED = replace(DRAFT, title="改了标题的计划")
TWICE = replace(RENAMED, dated="2026年3月1日")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "文稿 库.db"


@pytest.fixture
def history(database: Path) -> Iterator[History]:
    library = Library.open(database)
    yield History.open(library.engine)
    library.close()


def test_a_draft_is_found_again_after_a_restart(database: Path, history: History) -> None:
    saved = history.start("王干事", DRAFT)
    history.record("王干事", saved.id, RENAMED, label="改标题", after=saved.version)
    library = Library.open(database)
    again = History.open(library.engine).draft("王干事", saved.id)
    library.close()
    assert (again.draft, again.version, again.label, again.name) == (RENAMED, 2, "改标题", DRAFT.title)


@pytest.mark.parametrize(
    "request_",
    [
        PlanRequest(
            OrganisationType.SCHOOL, "青禾市第三中学", 2026, Period.FIRST_TERM, ("女职工",), facts=("会员120人。",)
        ),
        PlanRequest(OrganisationType.POST, None, 2024, drafted=date(2024, 1, 8), short_name="我公司", seed=7),
    ],
)
def test_drafts_go_through_json_exactly(request_: PlanRequest, passages: tuple[Passage, ...]) -> None:
    draft = draft_plan(request_, passages=passages, timeline=Timeline.load())
    assert from_record(Draft, json.loads(json.dumps(to_record(draft)))) == draft


def test_undo_and_redo_walk_the_versions(history: History) -> None:
    first = history.start("王", DRAFT)
    assert (first.can_undo, first.can_redo) == (False, False)
    second = history.record("王", first.id, RENAMED, label="一", after=1)
    third = history.record("王", first.id, TWICE, label="二", after=second.version)
    assert (third.version, third.can_undo, third.can_redo) == (3, True, False)
    assert history.undo("王", first.id).draft == RENAMED
    back = history.undo("王", first.id)
    assert (back.draft, back.can_undo, back.can_redo) == (DRAFT, False, True)
    with pytest.raises(BadRequest, match="最初的一版"):
        history.undo("王", first.id)
    assert history.redo("王", first.id).draft == RENAMED
    assert history.redo("王", first.id).draft == TWICE
    with pytest.raises(BadRequest, match="没有撤销过"):
        history.redo("王", first.id)


def test_a_change_after_an_undo_grows_a_branch_and_loses_nothing(history: History) -> None:
    saved = history.start("王", DRAFT)
    history.record("王", saved.id, RENAMED, label="一", after=1)
    history.undo("王", saved.id)
    branch = history.record("王", saved.id, TWICE, label="另一条路", after=1)
    assert (branch.version, branch.can_redo) == (3, False)
    assert history.undo("王", saved.id).draft == DRAFT
    assert history.redo("王", saved.id).draft == TWICE
    assert history.version("王", saved.id, 2) == RENAMED
    assert [(v.number, v.parent, v.label) for v in history.versions("王", saved.id)] == [
        (1, None, "起草"),
        (2, 1, "一"),
        (3, 1, "另一条路"),
    ]
    restored = history.restore("王", saved.id, 2)
    assert (restored.draft, restored.version, restored.label) == (RENAMED, 4, "恢复到第 2 版")


def test_an_unchanged_draft_makes_no_version(history: History) -> None:
    saved = history.start("王", DRAFT)
    assert history.record("王", saved.id, DRAFT, label="没变", after=1) == saved


def test_the_slower_of_two_windows_is_told(history: History) -> None:
    saved = history.start("王", DRAFT)
    history.record("王", saved.id, RENAMED, label="快的窗口", after=1)
    with pytest.raises(BadRequest, match="别的窗口"):
        history.record("王", saved.id, TWICE, label="慢的窗口", after=1)
    assert history.draft("王", saved.id).draft == RENAMED


def test_nobody_sees_or_touches_what_is_anothers(history: History) -> None:
    saved = history.start("王", DRAFT)
    talk = history.keep("王", [Message("user", "写一份计划")], draft_id=saved.id)
    assert history.drafts("李") == ()
    assert history.conversations("李") == ()
    for attempt in (
        lambda: history.draft("李", saved.id),
        lambda: history.record("李", saved.id, RENAMED, label="偷改", after=1),
        lambda: history.undo("李", saved.id),
        lambda: history.version("李", saved.id, 1),
        lambda: history.versions("李", saved.id),
        lambda: history.rename("李", saved.id, "我的"),
        lambda: history.delete("李", saved.id),
        lambda: history.conversation("李", talk.id),
        lambda: history.forget("李", talk.id),
        lambda: history.keep("李", [], draft_id=saved.id),
    ):
        with pytest.raises(NotInLibrary):
            attempt()
    assert history.draft("王", saved.id).draft == DRAFT


def test_drafts_are_listed_renamed_and_deleted(history: History) -> None:
    one = history.start("王", DRAFT, name="第一份")
    two = history.start("王", RENAMED)
    history.record("王", one.id, TWICE, label="改", after=1)
    assert [(each.name, each.versions) for each in history.drafts("王")] == [("第一份", 2), ("改了标题的计划", 1)]
    history.rename("王", two.id, "  第二份 ")
    assert history.draft("王", two.id).name == "第二份"
    with pytest.raises(BadRequest, match="名称"):
        history.rename("王", two.id, "字" * 81)
    talk = history.keep("王", [Message("user", "你好")], draft_id=two.id)
    history.delete("王", two.id)
    assert [each.id for each in history.drafts("王")] == [one.id]
    assert history.conversation("王", talk.id).draft_id is None
    with pytest.raises(NotInLibrary):
        history.draft("王", two.id)


def test_conversations_are_kept_turn_by_turn(history: History) -> None:
    said = [Message("user", "写一份2026年的计划"), Message("assistant", "请问是哪一类单位？")]
    talk = history.keep("王", said)
    assert talk.name == "写一份2026年的计划"
    saved = history.start("王", DRAFT)
    more = history.keep("王", [*said, Message("user", "医院")], conversation_id=talk.id, draft_id=saved.id)
    assert (more.id, more.draft_id, len(more.messages)) == (talk.id, saved.id, 3)
    assert history.conversations("王") == (more,)
    history.forget("王", talk.id)
    assert history.conversations("王") == ()
    assert history.draft("王", saved.id).draft == DRAFT


def test_many_threads_lose_no_step(history: History) -> None:
    saved = history.start("王", DRAFT)

    def add(count: int) -> int:
        while True:
            now = history.draft("王", saved.id)
            changed = replace(now.draft, title=f"{now.draft.title}{count}")
            try:
                return history.record("王", saved.id, changed, label=str(count), after=now.version).version
            except BadRequest:
                continue  # another thread was quicker: take its version and try again

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(add, range(12)))
    assert sorted(numbers) == list(range(2, 14))
    final = history.draft("王", saved.id).draft.title.removeprefix(DRAFT.title)
    assert sorted(final) == sorted("".join(map(str, range(12))))


def test_differences_name_section_and_wording() -> None:
    first, second, third, *rest = DRAFT.sections
    sentence = replace(third.paragraphs[1].sentences[0], text="每月公开院务。")
    changed = replace(third, paragraphs=(third.paragraphs[0], replace(third.paragraphs[1], sentences=(sentence,))))
    new = replace(RENAMED, sections=(first, changed, replace(second, heading="总体要求"), *rest[:-1]))
    assert differences(DRAFT, new) == (
        Difference(DifferenceKind.CHANGED, "标题", DRAFT.title, "改了标题的计划"),
        Difference(DifferenceKind.MOVED, "加强民主管理", "加强民主管理", "加强民主管理"),
        Difference(DifferenceKind.CHANGED, "加强民主管理", "按季度公开院务，满意率达到95%以上。", "每月公开院务。"),
        Difference(DifferenceKind.RENAMED, "总体要求", "指导思想", "总体要求"),
        Difference(DifferenceKind.REMOVED, "结语", "各分会要抓好落实。", ""),
    )
    assert differences(DRAFT, DRAFT) == ()
