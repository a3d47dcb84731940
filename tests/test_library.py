"""The library database: whole documents in and out, exactly; corrections win and stay."""

import hashlib
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from corpus import tables
from corpus.datatypes import (
    Document,
    Entity,
    EntityKind,
    Item,
    Labels,
    OrganisationType,
    Passage,
    Period,
    Plan,
    PlanKind,
    Reading,
    Repair,
    RepairKind,
    Section,
    Slot,
    SlotKind,
    Topic,
)
from corpus.errors import BadRequest, LibraryProblem, NotInLibrary
from corpus.library import Library
from corpus.records import from_record, to_record

FIRST = "一、指导思想\n全面贯彻党的精神，服务〔单位〕中心工作。\n"
SECOND = "二、女职工工作\n3月，开展庆祝三八节活动，做好120名女职工体检。\n"
LABELS = Labels(
    organisation=OrganisationType.SCHOOL,
    organisation_confidence=0.55,
    unit=None,
    period=Period.TERM,
    period_confidence=0.9,
    kind=PlanKind.PLAN,
    kind_confidence=0.8,
    year=None,
    era=(2013, 2017),
    evidence=("党的十八大", "教代会"),
    is_union=True,
)


def reading(*texts: str, name: str = "计划.txt", collection: str = "范文", labels: Labels = LABELS) -> Reading:
    """A document of one plan per text, each with two sections and two passages."""
    plans, passages, start, whole = [], [], 0, "\n".join(texts)
    sha256 = hashlib.sha256(whole.encode()).hexdigest()
    for number, text in enumerate(texts, 1):
        cut = text.index("二、")
        plan = Plan(
            id=f"{sha256[:12]}-{number}",
            title=f"工作计划{number}",
            text=text,
            start=start,
            end=start + len(text),
            labels=labels,
            sections=(
                Section("一、指导思想", 1, 0, cut, (Topic.GUIDING,)),
                Section("二、女职工工作", 1, cut, len(text), (Topic.WOMEN, Topic.SPORTS)),
            ),
            items=(Item("3月", 1, cut + 8, len(text), 3),),
            entities=(Entity(cut + 20, cut + 24, "120名", EntityKind.COUNT, True),),
            slots=(Slot(17, 21, SlotKind.UNIT),),
        )
        plans.append(plan)
        spans = ((0, cut, (Topic.GUIDING,)), (cut, len(text), (Topic.WOMEN, Topic.SPORTS)))
        passages += [passage(plan, s, e, topics, name=name, collection=collection) for s, e, topics in spans]
        start += len(text) + 1
    repairs = (Repair(RepairKind.SPAM, 0, 2, "广告", ""), Repair(RepairKind.MASKED, 9, 11, "xx", "〔单位〕"))
    return Reading(Document(name, sha256, "txt", "广告" + whole), whole, repairs, tuple(plans), tuple(passages))


def passage(plan: Plan, start: int, end: int, topics: tuple[Topic, ...], *, name: str, collection: str) -> Passage:
    labels = plan.labels
    return Passage(
        id=f"{plan.id}:{start}",
        plan_id=plan.id,
        file=name,
        title=plan.title,
        headings=("二、女职工工作",) if start else (),
        text=plan.text[start:end],
        start=start,
        end=end,
        organisation=labels.organisation,
        topics=topics,
        months=(3,) if start else (),
        period=labels.period,
        kind=labels.kind,
        year=labels.year,
        era=labels.era,
        is_union=labels.is_union,
        collection=collection,
        entities=(Entity(1, 3, "月，", EntityKind.DATE, False),) if start else (),
        slots=(),
    )


ONE = reading(FIRST + SECOND)
TWO = reading("〔年份〕年\n" + FIRST + SECOND, FIRST + "为了职工。\n" + SECOND, name="另一份.docx", collection="本单位")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "工会 资料" / "library.db")


# -- round trip ---------------------------------------------------------------------------------------------------


def test_an_empty_library(library: Library) -> None:
    assert library.revision == 0
    assert (library.documents(), library.plans(), library.passages()) == ((), (), ())
    assert library.coverage() == {}
    assert library.collections() == {}


def test_everything_comes_back_exactly(library: Library) -> None:
    assert library.add(ONE)
    assert library.add(TWO)
    assert library.reading(ONE.document.sha256[:12]) == ONE
    assert library.reading(TWO.document.sha256) == TWO
    assert library.plans() == ONE.plans + TWO.plans
    assert library.passages() == ONE.passages + TWO.passages
    assert library.plan(TWO.plans[1].id) == TWO.plans[1]
    assert library.passage(TWO.passages[3].id) == TWO.passages[3]
    assert sorted(library.passage_ids()) == sorted(p.id for p in ONE.passages + TWO.passages)
    assert library.document(ONE.document.sha256[:12]) == ONE.document
    assert library.reading_repairs(ONE.document.sha256[:12]) == ONE.repairs


def test_the_sample_documents_come_back_exactly(library: Library, readings: tuple[Reading, ...]) -> None:
    for one in readings:
        assert library.add(one)
    assert tuple(library.reading(one.document.sha256) for one in readings) == readings
    assert library.passages() == tuple(passage for one in readings for passage in one.passages)
    counts = {(p.organisation, t): 0 for one in readings for p in one.passages for t in p.topics}
    for one in readings:
        for p in one.passages:
            for topic in p.topics:
                counts[p.organisation, topic] += 1
    assert library.coverage() == counts


def test_records_refuse_what_does_not_fit() -> None:
    record = to_record(ONE.plans[0])
    assert from_record(Plan, record) == ONE.plans[0]
    section = ONE.plans[0].sections[0]
    older = {name: value for name, value in to_record(section).items() if name != "topics"}
    assert from_record(Section, older) == replace(section, topics=())
    with pytest.raises(ValueError, match="not a"):
        from_record(Plan, {**record, "sections": [{"heading": None}]})
    with pytest.raises(ValueError, match="Topic"):
        from_record(Topic, "没有的主题")
    with pytest.raises(ValueError, match="no JSON form"):
        from_record(bytes, "x")


def test_filters_and_lists(library: Library) -> None:
    library.add(ONE)
    library.add(TWO)
    assert library.plans(collection="本单位") == TWO.plans
    assert library.plans(document_id=ONE.document.sha256[:5]) == ONE.plans
    assert library.plans(organisation=OrganisationType.HOSPITAL) == ()
    assert library.passages("范文") == ONE.passages
    assert library.passages("没有") == ()
    assert library.collections() == {"范文": 1, "本单位": 1}
    held = library.documents("本单位")[0]
    assert (held.name, held.plans, held.passages, held.repairs) == ("另一份.docx", 2, 4, 2)
    assert (held.id, held.characters) == (TWO.document.sha256[:12], len(TWO.text))
    assert [document.name for document in library.documents()] == ["计划.txt", "另一份.docx"]


def test_coverage_counts_passages(library: Library) -> None:
    library.add(ONE)
    library.add(TWO)
    school = OrganisationType.SCHOOL
    assert library.coverage() == {(school, Topic.GUIDING): 3, (school, Topic.WOMEN): 3, (school, Topic.SPORTS): 3}
    assert library.coverage("范文") == {(school, Topic.GUIDING): 1, (school, Topic.WOMEN): 1, (school, Topic.SPORTS): 1}


# -- change -------------------------------------------------------------------------------------------------------


def test_the_same_bytes_are_held_once(library: Library) -> None:
    assert library.add(ONE)
    assert not library.add(replace(ONE, document=replace(ONE.document, name="改名.txt")))
    assert library.revision == 1
    assert library.holds(ONE.document.sha256)
    assert not library.holds(TWO.document.sha256)


def test_remove_takes_everything(library: Library, tmp_path: Path) -> None:
    library.add(ONE)
    library.add(TWO)
    library.correct(ONE.plans[0].id, "unit", "某某中学")
    revision = library.revision
    assert library.remove(ONE.document.sha256[:6]) == ONE.document.sha256[:12]
    assert library.revision == revision + 1
    assert library.passages() == TWO.passages
    with sqlite3.connect(tmp_path / "工会 资料" / "library.db") as connection:
        left = {n: connection.execute(f"select count(*) from {n}").fetchone()[0] for n in tables.metadata.tables}
    connection.close()
    assert {n: left[n] for n in ("documents", "plans", "passages", "corrections")} == {
        "documents": 1,
        "plans": 2,
        "passages": 4,
        "corrections": 0,
    }
    assert library.add(ONE)
    assert library.plan(ONE.plans[0].id) == ONE.plans[0]


def test_a_failure_in_the_middle_leaves_nothing(library: Library) -> None:
    broken = replace(ONE, passages=(*ONE.passages, ONE.passages[0]))  # the same id twice
    with pytest.raises(Exception, match="UNIQUE"):
        library.add(broken)
    assert library.documents() == ()
    assert library.plans() == ()
    assert library.revision == 0
    assert library.add(ONE)


def test_ctrl_c_in_the_middle_leaves_nothing(library: Library) -> None:
    def interrupt(*arguments: object) -> None:
        if "passages" in str(arguments[2]):
            raise KeyboardInterrupt

    event.listen(library.engine, "before_cursor_execute", interrupt)
    with pytest.raises(KeyboardInterrupt):
        library.add(ONE)
    event.remove(library.engine, "before_cursor_execute", interrupt)
    assert library.documents() == ()
    assert library.add(ONE)
    assert library.reading(ONE.document.sha256) == ONE


def test_many_threads_read_and_write(library: Library) -> None:
    wrong: list[object] = []

    def work(number: int) -> None:
        for turn in range(5):
            one = reading(FIRST + f"{number}、{turn}\n" + SECOND)
            library.add(one)
            if library.reading(one.document.sha256) != one:
                wrong.append(one)
            if any(len(library.plans(document_id=d.id)) != d.plans for d in library.documents()):
                wrong.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert library.revision == 40
    assert len(library.passages()) == 80


def test_two_openings_see_each_other(library: Library, tmp_path: Path) -> None:
    other = Library.open(tmp_path / "工会 资料" / "library.db")
    library.add(ONE)
    assert other.revision == 1
    other.remove(ONE.document.sha256[:12])
    assert library.passages() == ()
    other.close()


# -- ids ----------------------------------------------------------------------------------------------------------


def test_beginnings_of_ids(library: Library) -> None:
    library.add(TWO)
    head = TWO.document.sha256[:4]
    assert library.document(head) == TWO.document
    assert library.plan(f"{head}-2") == TWO.plans[1]
    with pytest.raises(NotInLibrary, match="没有文档 'zz'"):
        library.document("zz")
    with pytest.raises(NotInLibrary, match="没有计划"):
        library.plan(f"{head}-9")
    with pytest.raises(NotInLibrary, match="没有段落"):
        library.passage(f"{head}-1:99999")
    for empty in ("", "%", "_"):
        with pytest.raises(NotInLibrary):
            library.document(empty)
        with pytest.raises(NotInLibrary):
            library.plan(empty)


def test_an_ambiguous_beginning_names_both(library: Library) -> None:
    alike = replace(
        ONE, document=replace(ONE.document, sha256=TWO.document.sha256[:3] + "f" * 61), plans=(), passages=()
    )
    library.add(alike)
    library.add(TWO)
    with pytest.raises(NotInLibrary, match="不止一份.*多写几位"):
        library.document(TWO.document.sha256[:3])


# -- corrections --------------------------------------------------------------------------------------------------


def test_a_correction_wins_everywhere(library: Library) -> None:
    library.add(ONE)
    plan = ONE.plans[0]
    before = library.revision
    for field, value in {
        "organisation": "医院",
        "unit": " 某某市人民医院 ",
        "period": Period.YEAR,
        "kind": "summary",
        "year": 2025,
        "is_union": False,
    }.items():
        library.correct(plan.id, field, value)
    assert library.revision == before + 6
    labels = library.plan(plan.id).labels
    assert labels == Labels(
        organisation=OrganisationType.HOSPITAL,
        organisation_confidence=1.0,
        unit="某某市人民医院",
        period=Period.YEAR,
        period_confidence=1.0,
        kind=PlanKind.SUMMARY,
        kind_confidence=1.0,
        year=2025,
        era=(2025, 2025),
        evidence=LABELS.evidence,
        is_union=False,
    )
    assert isinstance(labels.organisation, OrganisationType)
    assert library.plans()[0].labels == labels
    assert library.plans(organisation=OrganisationType.HOSPITAL)[0].labels == labels
    for found in (*library.passages(), library.passage(ONE.passages[0].id)):
        assert (found.organisation, found.period, found.kind) == ("医院", "年度", "summary")
        assert (found.year, found.era, found.is_union) == (2025, (2025, 2025), False)
    assert set(library.coverage()) == {
        (OrganisationType.HOSPITAL, t) for t in (Topic.GUIDING, Topic.WOMEN, Topic.SPORTS)
    }


def test_topics_of_a_section_and_of_a_passage(library: Library) -> None:
    library.add(ONE)
    plan, second = ONE.plans[0], ONE.passages[1]
    library.correct(f"{plan.id}#{second.start}", "topics", ["福利与保障"])
    assert library.plan(plan.id).sections[1].topics == (Topic.WELFARE,)
    assert library.passage(second.id).topics == (Topic.WELFARE,)
    assert library.passage(ONE.passages[0].id).topics == (Topic.GUIDING,)
    whole = f"{plan.id}:{second.start}"
    library.correct(whole, "topics", (Topic.WOMEN, Topic.RELIEF))
    assert library.passage(second.id).topics == (Topic.WOMEN, Topic.RELIEF)
    assert library.plan(plan.id).sections[1].topics == (Topic.WELFARE,)
    assert [(c.target, c.field, c.value) for c in library.corrections(plan.id)] == [
        (f"{plan.id}#{second.start}", "topics", ["福利与保障"]),
        (whole, "topics", ["女职工", "送温暖与帮扶"]),
    ]


def test_a_correction_can_be_changed_and_withdrawn(library: Library) -> None:
    library.add(ONE)
    plan = ONE.plans[0]
    library.correct(plan.id, "organisation", "医院")
    library.correct(plan.id[:6] + "-1", "organisation", "企业")
    assert library.plan(plan.id).labels.organisation is OrganisationType.ENTERPRISE
    assert library.withdraw(plan.id, "organisation")
    assert library.plan(plan.id) == plan
    revision = library.revision
    assert not library.withdraw(plan.id, "organisation")
    assert library.revision == revision


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("organisation", "火星", "单位类型 '火星' 不对，可选：机关、公安"),
        ("period", "旬", "周期"),
        ("kind", "诗", "文种"),
        ("year", 1900, "1978 到 2100"),
        ("year", "2025", "1978 到 2100"),
        ("year", True, "1978 到 2100"),
        ("is_union", "是", "请给是或否"),
        ("unit", "", "60 字以内"),
        ("unit", 5, "60 字以内"),
        ("title", "新", "没有可改的项目 'title'"),
        ("topics", ["女职工"], "主题改在部分或段落上"),
    ],
)
def test_a_wrong_correction_changes_nothing(library: Library, field: str, value: object, said: str) -> None:
    library.add(ONE)
    with pytest.raises(BadRequest, match=said):
        library.correct(ONE.plans[0].id, field, value)
    assert library.revision == 1
    assert library.plan(ONE.plans[0].id) == ONE.plans[0]


@pytest.mark.parametrize("topics", [[], ["女职工"] * 2, ["没有"], "女职工", None, list(Topic)[:4]])
def test_wrong_topics(library: Library, topics: object) -> None:
    library.add(ONE)
    with pytest.raises(BadRequest, match="一到三个"):
        library.correct(ONE.passages[1].id, "topics", topics)


def test_a_target_that_is_not_there(library: Library) -> None:
    library.add(ONE)
    with pytest.raises(BadRequest, match="没有 .* 这一段"):
        library.correct(ONE.plans[0].id + ":77777", "topics", ["女职工"])
    with pytest.raises(BadRequest, match="不能改在"):
        library.correct(ONE.passages[1].id, "organisation", "医院")
    with pytest.raises(NotInLibrary):
        library.correct("000000000000-1", "organisation", "医院")


def reread(text: str, *, plans: tuple[str, ...]) -> Reading:
    """Another reading of the bytes of `text`."""
    again = reading(*plans)
    ids = {plan.id: f"{ONE.document.sha256[:12]}-{n}" for n, plan in enumerate(again.plans, 1)}
    return replace(
        again,
        document=replace(again.document, sha256=ONE.document.sha256),
        plans=tuple(replace(plan, id=ids[plan.id]) for plan in again.plans),
        passages=tuple(replace(p, id=f"{ids[p.plan_id]}:{p.start}", plan_id=ids[p.plan_id]) for p in again.passages),
    )


def test_corrections_follow_their_text_through_a_reread(library: Library) -> None:
    library.add(ONE)
    plan = ONE.plans[0]
    library.correct(plan.id, "unit", "某某中学")
    library.correct(ONE.passages[1].id, "topics", ["福利与保障"])
    library.correct(f"{plan.id}#{ONE.passages[1].start}", "topics", ["送温暖与帮扶"])
    again = reread(FIRST + SECOND, plans=("一、前言\n别的。\n二、其他\n无。\n", "新开头。" + FIRST + SECOND))
    library.replace(again)
    other, found = library.plans()
    assert other == again.plans[0]
    assert found.labels == replace(LABELS, unit="某某中学")
    assert found.sections[1].topics == (Topic.RELIEF,)
    assert [p.topics for p in library.passages()[2:]] == [(Topic.GUIDING,), (Topic.WELFARE,)]
    assert library.documents()[0].plans == 2


def test_a_correction_without_its_text_waits(library: Library) -> None:
    library.add(ONE)
    library.correct(ONE.plans[0].id, "unit", "某某中学")
    gone = reread(FIRST + SECOND, plans=("一、前言\n别的。\n二、其他\n无。\n",))
    library.replace(gone)
    assert library.plans() == gone.plans
    library.replace(ONE)
    assert library.plans()[0].labels.unit == "某某中学"


def test_only_a_held_document_is_replaced(library: Library) -> None:
    with pytest.raises(NotInLibrary):
        library.replace(ONE)


# -- the file -----------------------------------------------------------------------------------------------------


def test_wal_and_reopening(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    first = Library.open(path)
    first.add(ONE)
    first.close()
    again = Library.open(str(path))
    assert again.reading(ONE.document.sha256) == ONE
    with again.engine.connect() as connection:
        assert connection.exec_driver_sql("pragma journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("pragma foreign_keys").scalar() == 1
    again.close()


def test_a_url(tmp_path: Path) -> None:
    library = Library.open(f"sqlite:///{tmp_path / 'by-url.db'}")
    assert library.add(ONE)
    assert (tmp_path / "by-url.db").exists()
    library.close()


def test_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "坏 库.db"
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    with pytest.raises(LibraryProblem, match=r"打不开范文库 .*坏 库\.db"):
        Library.open(path)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "文本.db"
    path.write_text("不是数据库" * 500, encoding="utf-8")
    with pytest.raises(LibraryProblem, match="打不开范文库"):
        Library.open(path)
    assert path.read_text(encoding="utf-8") == "不是数据库" * 500


def test_a_file_that_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.db"
    Library.open(path).close()
    monkeypatch.setattr("corpus.database.LOCK_WAIT", 0.05)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("begin exclusive")
    with pytest.raises(LibraryProblem, match="别的程序正占着它"):
        Library.open(path)
    holder.close()


@pytest.mark.parametrize("place", ["占用", "占用/里面"])
def test_a_folder_that_is_a_file(tmp_path: Path, place: str) -> None:
    (tmp_path / "占用").write_text("", encoding="utf-8")
    with pytest.raises(LibraryProblem, match="GONGBI_HOME"):
        Library.open(tmp_path / place / "library.db")


def test_a_foreign_database(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "others.db") as connection:
        connection.execute("create table notes (id integer)")
    connection.close()
    with pytest.raises(LibraryProblem, match="别的程序的数据库"):
        Library.open(tmp_path / "others.db")


def test_a_newer_library(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Library.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("update library set schema_version = 99")
    connection.close()
    with pytest.raises(LibraryProblem, match="较新的工笔写成（格式 99.*请升级"):
        Library.open(path)


def test_an_older_library_is_brought_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.db"
    old = Library.open(path)
    old.add(ONE)
    old.close()
    monkeypatch.setattr(tables, "SCHEMA_VERSION", tables.SCHEMA_VERSION + 1)
    step = ("alter table documents add column remark text default '旧'",)
    monkeypatch.setitem(tables.MIGRATIONS, tables.SCHEMA_VERSION - 1, step)
    new = Library.open(path)
    with new.engine.connect() as connection:
        assert connection.exec_driver_sql("select remark from documents").scalar() == "旧"
        version = connection.exec_driver_sql("select schema_version from library").scalar()
    assert version == tables.SCHEMA_VERSION
    assert new.reading(ONE.document.sha256) == ONE
    new.close()


@pytest.mark.parametrize("table", tables.metadata.sorted_tables, ids=lambda table: table.name)
def test_the_tables_are_valid_for_postgresql(table: Any) -> None:
    statement = str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
    assert statement.strip().startswith("CREATE TABLE")


def test_rules_are_remembered(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.db")
    assert library.rules == ""
    library.set_rules("abc")
    assert Library.open(tmp_path / "library.db").rules == "abc"
