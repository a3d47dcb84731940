"""Files and folders into the library: each file's state, interruption and resumption."""

import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from corpus.datatypes import Document, Reading
from corpus.errors import BadRequest
from corpus.ingest import FileOutcome, ingest, reread, walk
from corpus.library import Library
from corpus.read import read

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"
PLAN = """某某中学工会2025年工作计划

一、指导思想
全面贯彻党的教育方针，服务教职工。

二、女职工工作
三月，开展庆祝三八节活动。
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "library.db")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three plans below a folder with Chinese names and spaces, and what lies about in such folders."""
    folder = tmp_path / "范文 收集"
    (folder / "学校 工会").mkdir(parents=True)
    (folder / "a 计划.txt").write_text(PLAN, encoding="utf-8")
    (folder / "b 复件.txt").write_text(PLAN, encoding="utf-8")
    (folder / "c 空.txt").write_text(" \n", encoding="utf-8")
    (folder / "学校 工会" / "旧 计划.TXT").write_bytes(PLAN.replace("2025", "2012").encode("gb18030"))
    (folder / "学校 工会" / "计划.docx").write_bytes((DATA / "plan.docx").read_bytes())
    (folder / "学校 工会" / "~$计划.docx").write_bytes(b"lock")
    (folder / "照片.jpg").write_bytes(b"\xff\xd8\xff\0")
    (folder / ".隐藏").mkdir()
    (folder / ".隐藏" / "x.txt").write_text(PLAN, encoding="utf-8")
    return folder


def test_each_file_has_its_state(library: Library, folder: Path) -> None:
    states = list(ingest(library, [folder], collection="本单位"))
    assert [(state.path.relative_to(folder).as_posix(), state.outcome) for state in states] == [
        ("a 计划.txt", FileOutcome.ADDED),
        ("b 复件.txt", FileOutcome.HELD),
        ("c 空.txt", FileOutcome.REFUSED),
        ("学校 工会/旧 计划.TXT", FileOutcome.ADDED),
        ("学校 工会/计划.docx", FileOutcome.ADDED),
    ]
    assert [bool(state.message) for state in states] == [False, False, True, False, False]
    assert "'c 空.txt' 是空文件" in states[2].message
    assert states[0].document_id == states[1].document_id == library.documents()[0].id
    assert [document.name for document in library.documents()] == ["a 计划.txt", "旧 计划.TXT", "计划.docx"]
    assert library.collections() == {"本单位": 3}
    assert {passage.collection for passage in library.passages()} == {"本单位"}
    assert sum(state.passages for state in states) == len(library.passages())
    assert sum(state.plans for state in states) == len(library.plans())


def test_a_second_run_parses_nothing(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    list(ingest(library, [folder], collection="范文"))
    revision = library.revision
    monkeypatch.setattr("corpus.ingest.read", lambda *_: pytest.fail("parsed again"))
    states = list(ingest(library, [folder], collection="范文"))
    assert {state.outcome for state in states} == {FileOutcome.HELD, FileOutcome.REFUSED}
    assert library.revision == revision


def test_files_given_by_name_are_tried_whatever_they_are(library: Library, folder: Path) -> None:
    paths = [folder / "照片.jpg", folder / "没有.txt", folder / "a 计划.txt"]
    states = list(ingest(library, paths, collection="范文"))
    assert [state.outcome for state in states] == [FileOutcome.REFUSED, FileOutcome.REFUSED, FileOutcome.ADDED]
    assert "图片" in states[0].message
    assert "找不到" in states[1].message


def test_progress_tells_each_file_and_the_end(library: Library, folder: Path) -> None:
    told: list[tuple[int, int, str]] = []
    states = ingest(
        library, [folder], collection="范文", progress=lambda done, total, path: told.append((done, total, path.name))
    )
    next(states)
    assert told == [(0, 5, "a 计划.txt")]
    list(states)
    assert told[1:] == [
        (1, 5, "b 复件.txt"),
        (2, 5, "c 空.txt"),
        (3, 5, "旧 计划.TXT"),
        (4, 5, "计划.docx"),
        (5, 5, "计划.docx"),
    ]


def test_nothing_to_do(library: Library, tmp_path: Path) -> None:
    (tmp_path / "空 文件夹").mkdir()
    assert list(ingest(library, [tmp_path / "空 文件夹"], collection="范文")) == []
    assert list(walk([])) == []
    with pytest.raises(BadRequest, match="集合名称是空的"):
        next(iter(ingest(library, [], collection=" ")))


def test_stopping_between_files_keeps_the_finished_ones(library: Library, folder: Path) -> None:
    states = ingest(library, [folder], collection="范文")
    next(states)
    del states
    assert len(library.documents()) == 1
    assert [state.outcome for state in ingest(library, [folder], collection="范文")].count(FileOutcome.ADDED) == 2


def test_ctrl_c_while_reading_keeps_the_finished_ones(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(document: Document, *, collection: str) -> Reading:
        if library.revision == 1:
            raise KeyboardInterrupt
        return read(document, collection=collection)

    monkeypatch.setattr("corpus.ingest.read", interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(ingest(library, [folder], collection="范文"))
    assert len(library.documents()) == 1
    assert library.reading(library.documents()[0].id).passages == library.passages()


def test_kill_leaves_whole_documents_and_a_second_run_ends_it(tmp_path: Path) -> None:
    """The process kills itself while it stores the passages of the twentieth document."""
    folder = tmp_path / "很多 计划"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:03d}.txt").write_text(PLAN.replace("2025", str(2000 + number)), encoding="utf-8")
    code = f"""
        import os, signal
        from pathlib import Path
        from sqlalchemy import event
        from corpus.ingest import ingest
        from corpus.library import Library
        library = Library.open({str(tmp_path / "library.db")!r})
        @event.listens_for(library.engine, "before_cursor_execute")
        def kill(connection, cursor, statement, *others):
            if statement.startswith("INSERT INTO passages") and library.revision == 19:
                os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        list(ingest(library, [Path({str(folder)!r})], collection="范文"))
    """
    assert subprocess.run([sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, check=False).returncode != 0
    library = Library.open(tmp_path / "library.db")
    held = library.documents()
    assert [document.name for document in held] == [f"{number:03d}.txt" for number in range(19)]
    assert library.revision == 19
    for document in held:
        reading = library.reading(document.id)
        assert (len(reading.plans), len(reading.passages)) == (document.plans, document.passages)
        assert document.passages > 0
    outcomes = [state.outcome for state in ingest(library, [folder], collection="范文")]
    assert outcomes == [FileOutcome.HELD] * 19 + [FileOutcome.ADDED] * 21
    assert len(library.documents()) == 40
    library.close()


def test_reread_keeps_corrections_and_reads_stored_text(library: Library, folder: Path) -> None:
    list(ingest(library, [folder], collection="本单位"))
    plan = library.plans()[0]
    library.correct(plan.id, "unit", "某某市第一中学")
    before = library.passages()
    shutil.rmtree(folder)  # the files themselves are not needed any more
    states = list(reread(library))
    assert [state.outcome for state in states] == [FileOutcome.REREAD] * 3
    assert library.plan(plan.id).labels.unit == "某某市第一中学"
    assert library.passages() == before


def test_a_removed_document_can_come_again(library: Library, folder: Path) -> None:
    state = next(iter(ingest(library, [folder], collection="范文")))
    library.remove(state.document_id)
    assert next(iter(ingest(library, [folder], collection="范文"))).outcome is FileOutcome.ADDED
