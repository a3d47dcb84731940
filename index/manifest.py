"""What a generation says about itself, and whether it may be used."""

import json
import os
from dataclasses import asdict
from pathlib import Path

from corpus.errors import IndexProblem
from index.datatypes import Manifest
from index.embed import BUILT_IN, Embedder

VERSION = 3  # of the folder's layout
REBUILD = "请运行 gongbi index --rebuild 重建"


def current_name(folder: Path) -> str | None:
    """The name of the current generation; None when there is none yet. Raises IndexProblem for what is no name."""
    try:
        name = (folder / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    if not name.startswith("generation-") or not name.removeprefix("generation-").isdigit():
        raise IndexProblem(f"索引的 current 文件内容不对：{name!r}。{REBUILD}。")
    return name


def outdated(folder: Path, embedder: Embedder) -> bool:
    """Whether the current generation was made by an earlier version of the program, and nobody chose otherwise since:
    the embedder of then is still wanted, or then and now it is the built-in one.
    """
    name = current_name(folder)
    made = _stated(folder / name) if name else {}
    same = made.get("embedder_hash") == embedder.hash
    ours = _built_in(str(made.get("embedder", ""))) and _built_in(embedder.name)
    version = made.get("version")
    earlier = isinstance(version, int) and 0 < version < VERSION
    return (earlier and (same or ours)) or (version == VERSION and ours and not same)


def check_embedder(manifest: Manifest, embedder: Embedder) -> None:
    """Raise IndexProblem when another embedder made the vectors."""
    if manifest.embedder_hash != embedder.hash or manifest.dimension != embedder.dimension:
        raise IndexProblem(
            f"索引是用另一个嵌入模型建的：{manifest.embedder!r}，现在用的是 {embedder.name!r}。{REBUILD}。"
        )


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation; raises IndexProblem when it is damaged or of another version."""
    try:
        manifest = Manifest(**json.loads((folder / "manifest.json").read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise IndexProblem(f"索引清单损坏：{folder.name}/manifest.json。{REBUILD}。") from error
    if manifest.version != VERSION:
        raise IndexProblem(f"索引的版本是 {manifest.version!r}，本程序需要 {VERSION}。{REBUILD}。")
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a generation, replacing the one there is."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    write_whole(folder / "manifest.json", text + "\n")


def write_whole(file: Path, text: str) -> None:
    """Replace a file's text in one step: a reader sees the old or the new text, never part of it."""
    waiting = file.with_name(f"{file.name}.{os.getpid()}")
    with waiting.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    waiting.replace(file)


def _built_in(name: str) -> bool:
    """Whether an embedder of this name is the built-in one, wherever the program was installed."""
    return Path(name) == BUILT_IN or name.replace("\\", "/").endswith("/index/model")


def _stated(folder: Path) -> dict[str, object]:
    """What the manifest says, whatever its version; nothing when it cannot be read, which loading will tell."""
    try:
        stated = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return stated if isinstance(stated, dict) else {}
