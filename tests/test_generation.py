"""A generation is built beside the live one, verified, swapped in whole; what is wrong with it is said."""

import json
import shutil
import threading
from pathlib import Path

import pytest
from small_index import PASSAGES, SmallLibrary, passage, write_model

from corpus.datatypes import Passage
from corpus.errors import IndexProblem
from index.embed import Embedder, load_embedder
from index.generation import open_index, rebuild
from index.search import PassageIndex

NEW = passage(20, "为新入职的教师举办拜师结对仪式。")


class CountingEmbedder:
    """Counts the documents it is asked for."""

    def __init__(self, embedder: Embedder) -> None:
        self.inner, self.documents = embedder, 0
        self.name, self.hash, self.dimension = embedder.name, embedder.hash, embedder.dimension
        self.encode_queries = embedder.encode_queries

    def encode_documents(self, texts: list[str]) -> object:
        self.documents += len(texts)
        return self.inner.encode_documents(texts)


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    return load_embedder(str(write_model(tmp_path_factory.mktemp("模型") / "m", texts=[NEW.text])))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "工会 资料" / "index"


def texts(index: PassageIndex, query: str) -> set[str]:
    return {hit.passage.text for hit in index.search(f"“{query}”", k=20).hits}


def held(index: PassageIndex) -> list[Passage]:
    return sorted((index.passage(row) for row in range(index.manifest.passages)), key=lambda one: one.id)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_first_opening_builds_and_reports(folder: Path, embedder: Embedder) -> None:
    told: list[tuple[str, int, int]] = []
    index = open_index(folder, SmallLibrary(), embedder, progress=lambda *state: told.append(state))
    assert told == [("建立索引", len(PASSAGES), len(PASSAGES))]
    assert names(folder) == ["current", "generation-1"]
    assert (folder / "current").read_text(encoding="utf-8") == "generation-1\n"
    assert held(index) == sorted(PASSAGES, key=lambda one: one.id)
    manifest = index.manifest
    assert (manifest.passages, manifest.library_revision, manifest.dimension) == (len(PASSAGES), 1, embedder.dimension)
    assert (manifest.embedder, manifest.embedder_hash) == (embedder.name, embedder.hash)
    assert {"dense.faiss", "passages.jsonl", "passages.npy", "attributes.npy"} < set(manifest.checksums)
    assert not list(folder.rglob("*.pkl"))


def test_opening_again_does_no_work(folder: Path, embedder: Embedder) -> None:
    library, counting = SmallLibrary(), CountingEmbedder(embedder)
    open_index(folder, library, counting)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.suffix != ".lock"}
    index = open_index(folder, library, counting)
    assert counting.documents == len(PASSAGES)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.suffix != ".lock"} == before
    assert held(index) == sorted(PASSAGES, key=lambda one: one.id)


def test_changes_embed_only_what_is_new(folder: Path, embedder: Embedder) -> None:
    library, counting = SmallLibrary(), CountingEmbedder(embedder)
    open_index(folder, library, counting)
    library.add(NEW)
    library.remove(3)
    changed = passage(5, "按时召开教代会，落实校务公开制度，并接受监督。")
    library.held[library.held.index(PASSAGES[4])] = changed
    counting.documents = 0
    index = open_index(folder, library, counting)
    assert counting.documents == 2
    assert held(index) == sorted(library.held, key=lambda one: one.id)
    assert names(folder) == ["current", "generation-2"]
    assert texts(index, "拜师结对") == {NEW.text}
    assert texts(index, "困难职工") == set()
    assert texts(index, "教代会") == {changed.text}


def test_updated_index_answers_like_a_rebuilt_one(folder: Path, embedder: Embedder) -> None:
    library = SmallLibrary()
    open_index(folder, library, embedder)
    library.add(NEW)
    library.remove(1)
    updated = open_index(folder, library, embedder)
    rebuilt = rebuild(folder.with_name("again"), library, embedder)
    for query in ("慰问女教职工", "教师节", "院务公开 职代会", "拜师结对"):
        found = [
            [(hit.passage.id, pytest.approx(hit.dense, abs=1e-6)) for hit in index.search(query, understand=False).hits]
            for index in (updated, rebuilt)
        ]
        assert found[0] == found[1]


def test_revision_without_a_change_builds_nothing(folder: Path, embedder: Embedder) -> None:
    library = SmallLibrary()
    open_index(folder, library, embedder)
    library.revision = 7
    assert open_index(folder, library, embedder).manifest.library_revision == 7
    assert names(folder) == ["current", "generation-1"]
    assert open_index(folder, library, embedder).manifest.library_revision == 7


def test_deleted_document_vanishes_at_once(folder: Path, embedder: Embedder) -> None:
    library = SmallLibrary()
    index = open_index(folder, library, embedder)
    assert texts(index, "困难职工") == {PASSAGES[2].text}
    library.remove(3)
    assert texts(index, "困难职工") == set()
    assert PASSAGES[2].text not in {hit.passage.text for hit in index.search("困难职工", k=20).hits}
    assert texts(index, "女教职工") == {PASSAGES[1].text}


def test_empty_library(folder: Path, embedder: Embedder) -> None:
    library = SmallLibrary([])
    index = open_index(folder, library, embedder)
    result = index.search("困难职工")
    assert (result.hits, result.abstained) == ((), True)
    library.add(*PASSAGES)
    assert open_index(folder, library, embedder).manifest.passages == len(PASSAGES)


def test_another_embedder_names_the_rebuild(folder: Path, embedder: Embedder, tmp_path: Path) -> None:
    library = SmallLibrary()
    open_index(folder, library, embedder)
    other = load_embedder(str(write_model(tmp_path / "other", seed=9)))
    with pytest.raises(IndexProblem, match=r"另一个嵌入模型.*gongbi index --rebuild"):
        open_index(folder, library, other)
    assert rebuild(folder, library, other).manifest.embedder_hash == other.hash


def test_index_of_an_earlier_built_in_model_is_built_anew(
    folder: Path, embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = SmallLibrary()
    then = load_embedder(str(write_model(tmp_path / "old place" / "index" / "model", seed=9)))
    open_index(folder, library, then)
    monkeypatch.setattr("index.manifest.BUILT_IN", Path(embedder.name))
    told: list[tuple[str, int, int]] = []
    index = open_index(folder, library, embedder, progress=lambda *state: told.append(state))
    assert index.manifest.embedder_hash == embedder.hash
    assert told == [("建立索引", len(PASSAGES), len(PASSAGES))]
    assert texts(index, "教代会") == {PASSAGES[4].text}


@pytest.mark.parametrize("version", [1, 2])
def test_index_of_an_earlier_layout_is_built_anew(folder: Path, embedder: Embedder, version: int) -> None:
    open_index(folder, SmallLibrary(), embedder)
    file = folder / "generation-1" / "manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), "version": version}), encoding="utf-8")
    (folder / "generation-1" / "tokens.npy").unlink()
    assert open_index(folder, SmallLibrary(), embedder).manifest.version > version


def test_index_of_a_later_layout_is_left_alone(folder: Path, embedder: Embedder) -> None:
    open_index(folder, SmallLibrary(), embedder)
    file = folder / "generation-1" / "manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), "version": 99}), encoding="utf-8")
    with pytest.raises(IndexProblem, match=r"版本.*gongbi index --rebuild"):
        open_index(folder, SmallLibrary(), embedder)


FILES = [
    "dense.faiss",
    "tokens.bin",
    "tokens.npy",
    "passages.jsonl",
    "passages.npy",
    "attributes.npy",
    "keyword/meta.json",
]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("harm", ["removed", "cut", "changed"])
def test_damaged_file_is_named(folder: Path, embedder: Embedder, name: str, harm: str) -> None:
    library = SmallLibrary()
    open_index(folder, library, embedder)
    file = folder / "generation-1" / name
    data = file.read_bytes()
    file.unlink()
    if harm != "removed":
        file.write_bytes(data[: len(data) // 2] if harm == "cut" else data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(IndexProblem, match=rf"{name}.*gongbi index --rebuild"):
        open_index(folder, library, embedder)
    assert rebuild(folder, library, embedder).manifest.passages == len(PASSAGES)


@pytest.mark.parametrize(
    ("manifest", "message"),
    [("{", "清单损坏"), ("{}", "清单损坏"), (None, "缺少文件"), ("version", "版本")],
    ids=["not json", "fields missing", "absent", "other version"],
)
def test_damaged_manifest(folder: Path, embedder: Embedder, manifest: str | None, message: str) -> None:
    open_index(folder, SmallLibrary(), embedder)
    file = folder / "generation-1" / "manifest.json"
    if manifest is None:
        file.unlink()
    elif manifest == "version":
        file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), "version": 0}), encoding="utf-8")
    else:
        file.write_text(manifest, encoding="utf-8")
    with pytest.raises(IndexProblem, match=rf"{message}.*gongbi index --rebuild"):
        open_index(folder, SmallLibrary(), embedder)


def test_current_must_name_a_generation(folder: Path, embedder: Embedder) -> None:
    open_index(folder, SmallLibrary(), embedder)
    (folder / "current").write_text("../../etc\n", encoding="utf-8")
    with pytest.raises(IndexProblem, match=r"current.*gongbi index --rebuild"):
        open_index(folder, SmallLibrary(), embedder)


def test_failed_build_leaves_the_live_one(folder: Path, embedder: Embedder) -> None:
    library = SmallLibrary()
    open_index(folder, library, embedder)
    failing = CountingEmbedder(embedder)
    failing.encode_documents = lambda texts: 1 / 0  # type: ignore[method-assign]
    library.add(NEW)
    with pytest.raises(ZeroDivisionError):
        open_index(folder, library, failing)
    assert names(folder) == ["current", "generation-1"]
    assert open_index(folder, library, embedder).manifest.passages == len(PASSAGES) + 1


def test_leftovers_of_a_killed_build_do_not_matter(folder: Path, embedder: Embedder) -> None:
    (folder / "generation-5.building" / "keyword").mkdir(parents=True)
    (folder / "generation-4").mkdir()
    index = open_index(folder, SmallLibrary(), embedder)
    assert index.manifest.passages == len(PASSAGES)
    assert names(folder) == ["current", "generation-5.building", "generation-6"]


def test_readers_go_on_while_generations_are_swapped(folder: Path, embedder: Embedder) -> None:
    library = SmallLibrary()
    first = open_index(folder, library, embedder)
    problems: list[BaseException] = []
    seen: set[int] = set()
    stop = threading.Event()
    agreeing = SmallLibrary()
    agreeing.revision = AnyRevision()  # whatever is current is right, so that a reader never builds

    def read() -> None:
        try:
            while not stop.is_set():
                reader = open_index(folder, agreeing, embedder)
                seen.add(reader.manifest.passages)
                assert texts(reader, "教代会")
        except BaseException as problem:  # noqa: BLE001  shown by the main thread
            problems.append(problem)

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(30, 36):
        library.add(passage(number, f"第{number}项工作。"))
        open_index(folder, library, embedder)
    stop.set()
    for thread in threads:
        thread.join()
    assert problems == []
    assert max(seen) > len(PASSAGES)
    assert texts(first, "教代会") == {PASSAGES[4].text}  # its folder is gone from the disk, it answers still


class AnyRevision(int):
    """Equal to every other."""

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False

    __hash__ = int.__hash__


def test_folder_can_be_moved(folder: Path, embedder: Embedder) -> None:
    library = SmallLibrary()
    open_index(folder, library, embedder)
    moved = folder.with_name("搬到新电脑")
    shutil.copytree(folder, moved)
    shutil.rmtree(folder)
    assert texts(open_index(moved, library, embedder), "教代会") == {PASSAGES[4].text}


def test_a_file_in_the_folders_place(tmp_path: Path, embedder: Embedder) -> None:
    (tmp_path / "index").write_text("", encoding="utf-8")
    with pytest.raises(IndexProblem, match="同名的文件"):
        open_index(tmp_path / "index", SmallLibrary(), embedder)


def test_those_who_find_the_index_outdated_at_once_build_it_once(folder: Path, embedder: Embedder) -> None:
    counting = CountingEmbedder(embedder)
    found: list[int] = []
    start = threading.Barrier(4)

    def ask() -> None:
        start.wait()
        found.append(open_index(folder, SmallLibrary(), counting).manifest.passages)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [len(PASSAGES)] * 4
    assert counting.documents == len(PASSAGES)
    assert names(folder) == ["current", "generation-1"]
