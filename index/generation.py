"""A generation on disk: built beside the live one, verified, made current by one atomic rename.

    index/current                 the name of the current generation
    index/generation-7/           dense.faiss  tokens.bin  tokens.npy  keyword/  passages.jsonl  passages.npy
                                  attributes.npy  manifest.json

A generation never changes once it is current, so whoever opened one keeps reading it while the next is built and
swapped in. When the library has changed, the next generation takes over the rows of unchanged passages and embeds only
the new ones.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from filelock import BaseFileLock, FileLock

from corpus.errors import IndexProblem
from index.building import Changes, fill, find_changes
from index.contents import Contents, PassageSource, Progress
from index.datatypes import Manifest
from index.dense import read_dense
from index.embed import Embedder
from index.fusion import load_fusion
from index.keyword import open_keyword
from index.manifest import (
    REBUILD,
    VERSION,
    check_embedder,
    current_name,
    outdated,
    read_manifest,
    write_manifest,
    write_whole,
)
from index.payload import read_payload
from index.search import PassageIndex
from index.tokens import read_tokens

ABANDONED_AFTER = 86_400  # seconds


def open_index(
    folder: Path, library: PassageSource, embedder: Embedder, *, progress: Progress | None = None
) -> PassageIndex:
    """The index over the library as it is now: built when there is none, brought up to date when the library changed,
    built anew when an earlier version of the program made it: with another layout, or with its built-in model of then.

    Raises IndexProblem when the stored one is damaged or was made by another embedder that the user chose.
    """
    _require_folder(folder)
    contents = _current(folder, embedder)
    if contents is None or contents.manifest.library_revision != library.revision:
        with _alone(folder):
            if contents is None or contents.folder.name != current_name(folder):
                contents = _current(folder, embedder)  # another process has built it while we waited
            if contents is None:
                contents = _build_all(folder, library, embedder, progress=progress or _silent)
            elif contents.manifest.library_revision != library.revision:
                contents = _update(folder, library, embedder, progress=progress or _silent, previous=contents)
    return PassageIndex(contents, library, embedder)


def rebuild(
    folder: Path, library: PassageSource, embedder: Embedder, *, progress: Progress | None = None
) -> PassageIndex:
    """Build a new generation from nothing, whatever stands in the folder, and make it current."""
    _require_folder(folder)
    with _alone(folder):
        contents = _build_all(folder, library, embedder, progress=progress or _silent)
    return PassageIndex(contents, library, embedder)


def _alone(folder: Path) -> BaseFileLock:
    """Held while a generation is made: another process that makes one would take it away as an older one."""
    return FileLock(folder.with_name(folder.name + ".lock"))


def _current(folder: Path, embedder: Embedder) -> Contents | None:
    """The current generation, None where there is none or an earlier version of the program made it."""
    if outdated(folder, embedder):
        return None
    contents = _load_current(folder)
    if contents is not None:
        check_embedder(contents.manifest, embedder)
    return contents


def _require_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IndexProblem(
            f"建不了索引的文件夹 {str(folder)!r}：请检查有没有同名的文件、有没有写入权限，"
            "或用 GONGBI_HOME 指定别的文件夹。"
        ) from error


def _update(
    folder: Path, library: PassageSource, embedder: Embedder, *, progress: Progress, previous: Contents
) -> Contents:
    revision = library.revision
    changes = find_changes(previous, library.passages())
    if changes.added or len(changes.kept) < previous.manifest.passages:
        return _build(folder, changes, embedder, revision=revision, progress=progress)
    manifest = replace(previous.manifest, library_revision=revision)  # nothing that is indexed changed
    write_manifest(previous.folder, manifest)
    return replace(previous, manifest=manifest)


def _build_all(folder: Path, library: PassageSource, embedder: Embedder, *, progress: Progress) -> Contents:
    revision = library.revision  # before reading: a change meanwhile makes this generation outdated, not wrong
    everything = Changes(None, np.zeros(0, np.int64), library.passages())
    return _build(folder, everything, embedder, revision=revision, progress=progress)


def _build(folder: Path, changes: Changes, embedder: Embedder, *, revision: int, progress: Progress) -> Contents:
    building = _new_folder(folder)
    try:
        count = fill(building, changes, embedder, progress=progress)
        manifest = Manifest(
            version=VERSION,
            embedder=embedder.name,
            embedder_hash=embedder.hash,
            dimension=embedder.dimension,
            passages=count,
            library_revision=revision,
            built=datetime.now(UTC).isoformat(timespec="seconds"),
            checksums=_checksums(building),
        )
        write_manifest(building, manifest)
        _sync(building)
        finished = building.replace(building.with_suffix(""))
    finally:
        shutil.rmtree(building, ignore_errors=True)  # only there when something failed
    contents = _load(finished)  # read back and verified before anyone depends on it
    _make_current(folder, finished.name)
    _remove_others(folder, finished.name)
    return contents


def _load_current(folder: Path) -> Contents | None:
    """The current generation; a swap while we open it makes us open the newer one."""
    name = current_name(folder)
    while name is not None:
        try:
            return _load(folder / name)
        except (FileNotFoundError, IndexProblem) as error:
            newer = current_name(folder)
            if newer == name:
                message = str(error) if isinstance(error, IndexProblem) else f"索引 {name!r} 缺少文件。{REBUILD}。"
                raise IndexProblem(message) from error
            name = newer
    return None


def _load(folder: Path) -> Contents:
    manifest = read_manifest(folder)
    found = _checksums(folder)
    wrong = sorted(
        name for name in manifest.checksums.keys() | found if manifest.checksums.get(name) != found.get(name)
    )
    if wrong:
        raise IndexProblem(f"索引文件缺失或损坏：{'、'.join(wrong)}。{REBUILD}。")
    contents = Contents(
        folder=folder,
        manifest=manifest,
        dense=read_dense((folder / "dense.faiss").read_bytes()),
        tokens=read_tokens(folder),
        keyword=open_keyword(folder / "keyword", field_weights=load_fusion().field_weights),
        attributes=np.load(folder / "attributes.npy", allow_pickle=False),
        payload=read_payload(folder),
    )
    sizes = {contents.dense.rows, len(contents.tokens), len(contents.attributes), len(contents.payload)}
    sizes |= {contents.keyword.passages}
    if sizes != {manifest.passages} or contents.dense.dimension != manifest.dimension:
        raise IndexProblem(f"索引各部分的段落数不一致：{sorted(sizes)}，清单为 {manifest.passages}。{REBUILD}。")
    return contents


def _checksums(folder: Path) -> dict[str, str]:
    """sha256 of every file but the manifest itself and tantivy's lock files, by path inside the folder."""
    files = [p for p in _files(folder) if p.name != "manifest.json" and p.suffix != ".lock"]
    with ThreadPoolExecutor() as pool:
        digests = pool.map(_sha256, files)
    return {file.relative_to(folder).as_posix(): digest for file, digest in zip(files, digests, strict=True)}


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _new_folder(folder: Path) -> Path:
    """An empty folder of our own, numbered after every other: two processes that build at once take two numbers."""
    numbers = [p.name.removeprefix("generation-").partition(".")[0] for p in folder.glob("generation-*")]
    number = max((int(n) for n in numbers if n.isdigit()), default=0) + 1
    while True:
        building = folder / f"generation-{number}.building"
        try:
            building.mkdir()
        except FileExistsError:
            number += 1
        else:
            return building


def _sync(folder: Path) -> None:
    """Force every file to disk, so that a power cut cannot leave a current generation with holes."""
    for file in _files(folder):
        with file.open("rb+") as stream:
            os.fsync(stream.fileno())


def _make_current(folder: Path, name: str) -> None:
    write_whole(folder / "current", name + "\n")


def _remove_others(folder: Path, name: str) -> None:
    """Remove older generations and, after a day, what a killed build left. What Windows will not remove because a
    reader has it open, the next build removes.
    """
    number = int(name.removeprefix("generation-"))
    for other in folder.glob("generation-*"):
        digits, _, building = other.name.removeprefix("generation-").partition(".")
        abandoned = building and time.time() - other.stat().st_mtime > ABANDONED_AFTER
        if digits.isdigit() and int(digits) < number and (abandoned or not building):
            shutil.rmtree(other, ignore_errors=True)


def _silent(what: str, done: int, total: int) -> None:
    """Report nothing."""
