"""Files and folders into the library, one document a transaction.

Stopping at any moment (Ctrl-C, kill, power) leaves whole documents only; running again passes over what is held,
by content, before parsing anything.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpus.errors import BadDocument, BadRequest
from corpus.library import Library
from corpus.load import SUFFIXES, load_bytes, read_bytes
from corpus.read import read

Progress = Callable[[int, int, Path], None]  # (files done, files in all, the file in hand)


class FileOutcome(StrEnum):
    """What became of a file; the values are shown to users."""

    ADDED = "已入库"
    HELD = "已在库中"
    REFUSED = "未入库"
    REREAD = "已重读"


@dataclass(frozen=True, slots=True)
class FileState:
    """One file's end. `document_id` is "" and `message` says why when it was refused."""

    path: Path
    outcome: FileOutcome
    document_id: str = ""
    plans: int = 0  # plans found in a document that was added
    passages: int = 0
    message: str = ""


def ingest(
    library: Library, paths: Iterable[Path], *, collection: str, progress: Progress | None = None
) -> Iterator[FileState]:
    """Add files, and the files below folders, in order; yields each file's state once it is safe in the library.

    `progress` is told before each file and once at the end. Raises BadRequest for an empty collection name.
    """
    if not collection.strip():
        raise BadRequest("集合名称是空的。请给一个名称，如“范文”或“本单位”。")
    files = list(walk(paths))
    for done, path in enumerate(files):
        if progress is not None:
            progress(done, len(files), path)
        try:
            yield _ingest_file(library, path, collection=collection)
        except BadDocument as error:
            yield FileState(path, FileOutcome.REFUSED, message=str(error))
    if progress is not None and files:
        progress(len(files), len(files), files[-1])


def reread(library: Library, *, progress: Progress | None = None) -> Iterator[FileState]:
    """Read every held document anew from its stored text, after the rules of reading have improved; users'
    corrections stay. `progress` as for `ingest`.
    """
    held = library.documents()
    for done, document in enumerate(held):
        if progress is not None:
            progress(done, len(held), Path(document.name))
        reading = read(library.document(document.id), collection=document.collection)
        library.replace(reading)
        plans, passages = len(reading.plans), len(reading.passages)
        yield FileState(Path(document.name), FileOutcome.REREAD, document.id, plans, passages)
    if progress is not None and held:
        progress(len(held), len(held), Path(held[-1].name))


def walk(paths: Iterable[Path]) -> Iterator[Path]:
    """The given files, and below folders every visible file with a suffix we read, sorted by path."""
    for path in paths:
        if path.is_dir():
            inside = (p for p in sorted(path.rglob("*")) if p.suffix.lower() in SUFFIXES and p.is_file())
            yield from (p for p in inside if not _is_hidden(p.relative_to(path)))
        else:
            yield path


def _is_hidden(relative: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in relative.parts)  # ~$… is the lock file of an open document


def _ingest_file(library: Library, path: Path, *, collection: str) -> FileState:
    data = read_bytes(path)
    sha256 = hashlib.sha256(data).hexdigest()
    if library.holds(sha256):
        return FileState(path, FileOutcome.HELD, sha256[:12])
    reading = read(load_bytes(path.name, data), collection=collection)
    outcome = FileOutcome.ADDED if library.add(reading, collection=collection) else FileOutcome.HELD
    return FileState(path, outcome, sha256[:12], len(reading.plans), len(reading.passages))
