"""The fact table is sound, and a mistake in the user's own file is told by line and entry."""

from datetime import date
from pathlib import Path

import pytest

from assistant.timeline import Certainty, EntryKind, Timeline
from corpus.errors import BadDocument

TIMELINE = Timeline.load()


def user_file(folder: Path, text: str) -> Path:
    path = folder / "facts.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_kind_is_filled() -> None:
    assert [kind for kind in EntryKind if not TIMELINE.facts.of(kind)] == []
    assert len(TIMELINE.entries) > 500


def test_successors_begin_later() -> None:
    for entry in TIMELINE.entries.values():
        successor = TIMELINE.entries[entry.by] if entry.by else None
        if successor and successor.start and entry.start:
            assert entry.start <= successor.start, entry.id


def test_known_entries_have_a_first_day() -> None:
    undated = [
        entry.id
        for entry in TIMELINE.entries.values()
        if entry.start is None and entry.known and entry.kind is not EntryKind.OBSERVANCE
    ]
    assert undated == []


def test_numbers_run_on() -> None:
    for kind in (EntryKind.CONGRESS, EntryKind.UNION_CONGRESS, EntryKind.PLAN, EntryKind.PUFA):
        numbers = [entry.number for entry in TIMELINE.facts.of(kind)]
        first = numbers[0]
        assert first is not None
        assert numbers == list(range(first, first + len(numbers)))


def test_versions_become_entries() -> None:
    law = TIMELINE.entries["law-gonghui-2001"]
    assert law.by == "law-gonghui-2009"
    assert law.until == date(2009, 8, 27)
    assert TIMELINE.entries["law-gonghui-2021"].start == date(2022, 1, 1)
    assert TIMELINE.entries["law-gonghui-2021"].adopted == date(2021, 12, 24)


def test_unknown_ones_are_marked() -> None:
    unknown = {entry.id for entry in TIMELINE.entries.values() if entry.certainty is Certainty.UNKNOWN}
    assert {"pc-21", "uc-19", "plenum-20-6", "fyp-16", "up-155-gh"} <= unknown
    assert TIMELINE.entries["plenum-20-5"].certainty is Certainty.ANNOUNCED


def test_user_entries_are_added_and_replace(tmp_path: Path) -> None:
    path = user_file(
        tmp_path,
        "known_until: 2027-12\n"
        "rule:\n"
        "- {id: my-rule, name: 某省基层工会经费收支管理实施细则, from: 2018-06-01, topics: [经费与经审]}\n"
        "plenum:\n"
        "- {id: plenum-20-5, number: 20, session: 5, adopted: 2026-10-26, from: 2026-10-29, by: plenum-20-6}\n",
    )
    timeline = Timeline.load(path)
    assert timeline.facts.known_until == date(2027, 12, 31)
    assert timeline.entries["my-rule"].short == "《某省基层工会经费收支管理实施细则》"
    assert [each.id for each in timeline.find("按照《某省基层工会经费收支管理实施细则》执行")] == ["my-rule"]
    plenum = timeline.page(2027).plenum
    assert plenum is not None
    assert plenum.text == "党的二十届五中全会"
    assert TIMELINE.page(2027).plenum is None


def test_an_empty_user_file_changes_nothing(tmp_path: Path) -> None:
    assert Timeline.load(user_file(tmp_path, "# 还没有条目\n")).entries == TIMELINE.entries


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rule: [\n", "第 2 行不是有效的 YAML"),
        ("- 一\n", "应为“类别: 条目列表”的形式"),
        ("lawz:\n- {id: a}\n", "第 1 行，条目 'lawz'：没有这个类别"),
        ("rule: 一\n", "第 1 行，条目 'rule'：类别下应为列表"),
        ("rule:\n- 一\n", "第 1 个条目不是“字段: 值”的形式"),
        ("rule:\n- {name: 甲}\n", "条目 '甲'：第 1 个条目没有 id"),
        ("rule:\n- {id: x-1, from: 2018}\n", "第 2 行，条目 'x-1'：缺少 name"),
        ("rule:\n- {id: x-1, name: 甲}\n", "第 2 行，条目 'x-1'：缺少 from"),
        ("rule:\n\n- {id: x-1, name: 甲, from: 明年}\n", "第 3 行，条目 'x-1'：日期 '明年' 应写作"),
        ("rule:\n- {id: x-1, name: 甲, from: 2018-13}\n", "日期 '2018-13' 应写作"),
        ("rule:\n- {id: x-1, name: 甲, from: 2018, colour: 红}\n", "没有这些字段：colour"),
        ("rule:\n- {id: x-1, name: 甲, from: 2018, by: nobody}\n", "by 指向的条目 'nobody' 不存在"),
        ("rule:\n- {id: x-1, name: 甲, from: 2018, to: 2017}\n", "早于 from 2018-01-01"),
        ("rule:\n- {id: x-1, name: 甲, from: 2018}\n- {id: x-1, name: 乙, from: 2018}\n", "条目 'x-1'：id 重复"),
        ("rule:\n- {id: x-1, name: 甲, from: 2018, topics: [钓鱼]}\n", "topics 中的 '钓鱼' 不是主题"),
        ("rule:\n- {id: x-1, name: 甲, from: 2018, aliases: 乙}\n", "aliases 的值 '乙' 应为列表"),
        ("rule:\n- {id: x-1, name: 甲, from: 2018, certainty: 大概}\n", "certainty 的值 '大概' 应为"),
        ("plenum:\n- {id: x-1, number: 二十, session: 5, from: 2026}\n", "number 的值 '二十' 应为整数"),
        ("rule:\n- {id: x-1, name: 企业民主管理规定, from: 2012-02-13}\n", "相同，又不能按时间区分"),
        ("rule:\n- {id: x-1, name: 甲, from: 2018, by: x-2}\n- {id: x-2, name: 乙, from: 2019, by: x-1}\n", "形成循环"),
        ("known_until: 后天\n", "日期 '后天' 应写作"),
        ("observance:\n- {id: x-1, name: 甲日, when: 某天}\n", "when 的值 '某天' 不是可以推算的日期"),
    ],
)
def test_mistakes_are_told_by_line_and_entry(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BadDocument) as caught:
        Timeline.load(user_file(tmp_path, text))
    assert message in str(caught.value)
    assert "facts.yaml" in str(caught.value)


def test_a_missing_user_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadDocument, match="无法读取您的事实文件"):
        Timeline.load(tmp_path / "nothing.yaml")
