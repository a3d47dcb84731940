"""Read and validate the fact table: `assistant/facts/timeline.yaml` and the user's own `facts.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant.timeline.entries import Entry, EntryKind
from assistant.timeline.rows import Problem, day_of, read_entries
from corpus.errors import BadDocument

TABLE = Path(__file__).parents[1] / "facts" / "timeline.yaml"


@dataclass(frozen=True, slots=True)
class Facts:
    """The validated table. `by_kind` keeps the order of the file."""

    entries: Mapping[str, Entry]
    by_kind: Mapping[EntryKind, tuple[Entry, ...]]
    known_until: date

    def of(self, kind: EntryKind) -> tuple[Entry, ...]:
        """Every entry of a kind, in the file's order."""
        return self.by_kind.get(kind, ())


def load_facts(extra: Path | None) -> Facts:
    """The product's table with the user's entries over it: the same id replaces, a new one adds.

    Raises BadDocument naming file, line and entry when the user's file is malformed.
    """
    entries, known_until = _product()
    if extra is not None:
        entries = {**entries, **_read_user_file(extra)}
        known_until = max(known_until, _known_until(extra) or known_until)
    try:
        linked = _link(entries)
    except Problem as problem:
        if extra is None:
            raise ValueError(f"{TABLE.name}: {problem.where}: {problem}") from problem
        raise _bad(extra, extra.read_text(encoding="utf-8"), problem) from problem
    return Facts(linked, _grouped(linked), known_until)


@cache
def _product() -> tuple[dict[str, Entry], date]:
    document = _parse(TABLE.read_text(encoding="utf-8"))
    try:
        return read_entries(document), day_of(document["known_until"], last=True)
    except Problem as problem:
        raise ValueError(f"{TABLE.name}: {problem.where}: {problem}") from problem


def _parse(text: str) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = yaml.load(text, Loader=loader)  # noqa: S506  (both are safe loaders)
    return document if isinstance(document, dict) else {}


def _read_user_file(path: Path) -> dict[str, Entry]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise BadDocument(f"无法读取您的事实文件 {path}：{problem}。请确认文件存在并以 UTF-8 保存。") from problem
    try:
        document = yaml.safe_load(text)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise BadDocument(
            f"您的事实文件 {path} 第 {line} 行不是有效的 YAML：{problem.problem}。请检查缩进、冒号和引号。"
        ) from problem
    except yaml.YAMLError as problem:
        raise BadDocument(f"您的事实文件 {path} 不是有效的 YAML：{problem}。请以纯文本重新保存。") from problem
    if document is None:
        return {}
    try:
        if not isinstance(document, dict):
            raise Problem("文件开头", "应为“类别: 条目列表”的形式")
        return read_entries(document)
    except Problem as problem:
        raise _bad(path, text, problem) from problem


def _known_until(path: Path) -> date | None:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    value = document.get("known_until") if isinstance(document, dict) else None
    return None if value is None else day_of(value, last=True)


def _bad(path: Path, text: str, problem: Problem) -> BadDocument:
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if problem.where in line]
    place = f"第 {lines[0]} 行，" if lines else ""
    advice = "请照 assistant/facts/README.md 的格式改好。"
    return BadDocument(f"您的事实文件 {path} 有误：{place}条目 {problem.where!r}：{problem}。{advice}")


def _link(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Check `by` and fill in `until`; aliases may be shared only by entries of one name or of disjoint times."""
    linked: dict[str, Entry] = {}
    for entry in entries.values():
        if entry.by is not None:
            if entry.by not in entries:
                raise Problem(entry.id, f"by 指向的条目 {entry.by!r} 不存在")
            if entry.until is None:
                entry = replace(entry, until=entries[entry.by].start)
        linked[entry.id] = entry
    _refuse_loops(linked)
    for entry in linked.values():
        missing = sorted(id for anchor in entry.anchors for id in anchor if id not in linked)
        if missing:
            raise Problem(entry.id, f"anchors 指向的条目 {missing[0]!r} 不存在")
    _refuse_ambiguity(linked)
    return linked


def _refuse_loops(entries: Mapping[str, Entry]) -> None:
    for entry in entries.values():
        seen, step = {entry.id}, entry
        while step.by is not None:
            step = entries[step.by]
            if step.id in seen:
                raise Problem(entry.id, "by 相互取代，形成循环")
            seen.add(step.id)


def _refuse_ambiguity(entries: Mapping[str, Entry]) -> None:
    """Two entries may share a form only when they are told apart by time: none of their spans may coincide."""
    holders: dict[str, Entry] = {}
    for entry in entries.values():
        for form in {entry.name, *entry.aliases} if entry.match else ():
            other = holders.setdefault(form, entry)
            if other.id != entry.id and other.start == entry.start:
                raise Problem(entry.id, f"写法 {form!r} 与条目 {other.id!r} 相同，又不能按时间区分")


def _grouped(entries: Mapping[str, Entry]) -> dict[EntryKind, tuple[Entry, ...]]:
    return {kind: tuple(entry for entry in entries.values() if entry.kind is kind) for kind in EntryKind}
