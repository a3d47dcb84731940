"""Read and validate the fact table: `assistant/facts/timeline.yaml` and the user's own `facts.yaml`."""

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant.timeline.entries import Certainty, Entry, EntryKind
from assistant.timeline.numerals import chinese
from corpus.datatypes import Topic
from corpus.errors import BadDocument

TABLE = Path(__file__).parents[1] / "facts" / "timeline.yaml"
# names in the file -> fields of Entry, where they differ
RENAMED = {"from": "start", "to": "end", "for": "sectors"}
DATES = frozenset({"adopted", "start", "end", "mention", "until", "fades", "expected", "whole_from"})
NUMBERS = frozenset({"number", "session", "recall_to"})
FLAGS = frozenset({"older", "listed", "lasting", "match", "core"})
TEXTS = frozenset({"id", "name", "short", "by", "instead", "note", "text", "when"})
FIELDS = frozenset(field.name for field in fields(Entry)) | {"versions"}


@dataclass(frozen=True, slots=True)
class Facts:
    """The validated table. `by_kind` keeps the order of the file."""

    entries: Mapping[str, Entry]
    by_kind: Mapping[EntryKind, tuple[Entry, ...]]
    known_until: date

    def of(self, kind: EntryKind) -> tuple[Entry, ...]:
        """Every entry of a kind, in the file's order."""
        return self.by_kind.get(kind, ())


class _Problem(Exception):
    """Something wrong with one entry; `where` is its id or its place."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(message)
        self.where = where


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
    except _Problem as problem:
        if extra is None:
            raise ValueError(f"{TABLE.name}: {problem.where}: {problem}") from problem
        raise _bad(extra, extra.read_text(encoding="utf-8"), problem) from problem
    return Facts(linked, _grouped(linked), known_until)


@cache
def _product() -> tuple[dict[str, Entry], date]:
    document = _parse(TABLE.read_text(encoding="utf-8"))
    try:
        return _entries(document), _day(document["known_until"], last=True)
    except _Problem as problem:
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
            raise _Problem("文件开头", "应为“类别: 条目列表”的形式")
        return _entries(document)
    except _Problem as problem:
        raise _bad(path, text, problem) from problem


def _known_until(path: Path) -> date | None:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    value = document.get("known_until") if isinstance(document, dict) else None
    return None if value is None else _day(value, last=True)


def _bad(path: Path, text: str, problem: _Problem) -> BadDocument:
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if problem.where in line]
    place = f"第 {lines[0]} 行，" if lines else ""
    advice = "请照 assistant/facts/README.md 的格式改好。"
    return BadDocument(f"您的事实文件 {path} 有误：{place}条目 {problem.where!r}：{problem}。{advice}")


def _entries(document: Mapping[str, Any]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for section, rows in document.items():
        if section == "known_until":
            _checked_day("known_until", rows, last=True)
            continue
        if section not in list(EntryKind):
            raise _Problem(str(section), f"没有这个类别，可用：{'、'.join(EntryKind)}")
        for row in _rows(section, rows):
            for entry in _expand(row, EntryKind(section)):
                if entry.id in found:
                    raise _Problem(entry.id, "id 重复")
                found[entry.id] = entry
    return found


def _rows(section: str, rows: object) -> Iterator[dict[str, Any]]:
    if rows is None:
        return
    if not isinstance(rows, list):
        raise _Problem(section, "类别下应为列表，每个条目以“- ”开头")
    for place, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise _Problem(section, f"第 {place} 个条目不是“字段: 值”的形式")
        if not isinstance(row.get("id"), str) or not row["id"].strip():
            raise _Problem(str(row.get("name", section)), f"第 {place} 个条目没有 id")
        yield {RENAMED.get(str(key), str(key)): value for key, value in row.items()}


def _expand(row: dict[str, Any], kind: EntryKind) -> Iterator[Entry]:
    """One entry, or one per version: id-year, each replaced by the next."""
    versions = row.pop("versions", None)
    if versions is None:
        yield _entry(row, kind)
        return
    if not isinstance(versions, dict) or not versions:
        raise _Problem(row["id"], "versions 应为“年份: 日期”")
    ids = [f"{row['id']}-{year}" for year in versions]
    for place, (identifier, days) in enumerate(zip(ids, versions.values(), strict=True)):
        adopted, start = days if isinstance(days, list) and len(days) == 2 else (None, days)
        version = {**row, "id": identifier, "adopted": adopted, "start": start}
        if place + 1 < len(ids):
            version = {key: value for key, value in version.items() if key != "until"} | {"by": ids[place + 1]}
        if place > 0:
            version["older"] = True
        yield _entry(version, kind)


def _entry(row: Mapping[str, Any], kind: EntryKind) -> Entry:
    identifier = str(row["id"])
    unknown = sorted(set(map(str, row)) - FIELDS)
    if unknown:
        raise _Problem(identifier, f"没有这些字段：{'、'.join(unknown)}")
    values: dict[str, Any] = {}
    for key, value in row.items():
        if value is not None:
            values[key] = _value(identifier, key, value)
    values["kind"] = kind
    values.setdefault("name", _numbered_name(kind, values))
    if not values["name"]:
        raise _Problem(identifier, "缺少 name")
    values.setdefault("short", _short(kind, values))
    entry = Entry(**values)
    if entry.start is None and entry.kind is not EntryKind.OBSERVANCE and entry.known:
        raise _Problem(identifier, "缺少 from（从哪一天起可用）；不知道就写 certainty: unknown")
    if entry.start and entry.end and entry.end < entry.start:
        raise _Problem(identifier, f"to {entry.end} 早于 from {entry.start}")
    return entry


def _value(identifier: str, key: str, value: object) -> object:
    if key in DATES:
        return _checked_day(identifier, value, last=key == "end")
    if key in NUMBERS or key in FLAGS:
        wanted = int if key in NUMBERS else bool
        if type(value) is not wanted:
            raise _Problem(identifier, f"{key} 的值 {value!r} 应为{'整数' if wanted is int else 'true 或 false'}")
        return value
    if key in TEXTS:
        return str(value).strip()
    if key == "certainty":
        if value not in list(Certainty):
            raise _Problem(identifier, f"certainty 的值 {value!r} 应为 {'、'.join(Certainty)} 之一")
        return Certainty(str(value))
    if key == "wordings":
        return {_day(day, last=False): str(text) for day, text in _mapping(identifier, key, value).items()}
    return _list_value(identifier, key, value)


def _list_value(identifier: str, key: str, value: object) -> object:
    if not isinstance(value, list):
        raise _Problem(identifier, f"{key} 的值 {value!r} 应为列表 […]")
    if key == "anchors":
        return tuple(frozenset(map(str, each)) for each in value)
    if key == "topics":
        wrong = [each for each in value if each not in list(Topic)]
        if wrong:
            raise _Problem(identifier, f"topics 中的 {wrong[0]!r} 不是主题")
        return tuple(Topic(each) for each in value)
    return tuple(str(each) for each in value)


def _mapping(identifier: str, key: str, value: object) -> Mapping[Any, Any]:
    if not isinstance(value, dict):
        raise _Problem(identifier, f"{key} 的值应为“日期: 文字”")
    return value


def _checked_day(identifier: str, value: object, *, last: bool) -> date:
    try:
        return _day(value, last=last)
    except ValueError:
        raise _Problem(identifier, f"日期 {value!r} 应写作 2026、2026-07 或 2026-07-15") from None


def _day(value: object, *, last: bool) -> date:
    """2026, 2026-07 or 2026-07-15; `last` takes the last day of a year or month instead of the first."""
    if isinstance(value, date):
        return value
    parts = re.fullmatch(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?", str(value))
    if not parts:
        raise ValueError(value)
    year, month, day = (int(part) if part else None for part in parts.groups())
    assert year is not None  # the pattern demands it
    month = month or (12 if last else 1)
    return date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))


def _numbered_name(kind: EntryKind, values: Mapping[str, Any]) -> str:
    if kind is EntryKind.PLENUM and "number" in values and "session" in values:
        term, session = chinese(values["number"]), chinese(values["session"])
        return f"中国共产党第{term}届中央委员会第{session}次全体会议"
    return ""


def _short(kind: EntryKind, values: Mapping[str, Any]) -> str:
    """How prose names it when the table does not say."""
    number, name = values.get("number"), str(values["name"])
    numeral = chinese(number) if number else ""
    if kind is EntryKind.PLENUM:
        return f"党的{numeral}届{chinese(values['session'])}中全会"
    if kind in (EntryKind.LAW, EntryKind.CHARTER, EntryKind.RULE):
        return f"《{name.removeprefix('中华人民共和国')}》"
    short = {
        EntryKind.CONGRESS: f"党的{numeral}大",
        EntryKind.UNION_CONGRESS: f"中国工会{numeral}大",
        EntryKind.PLAN: f"“{numeral}五”{'计划' if number and number < 11 else '规划'}",
        EntryKind.PUFA: f"“{numeral}五”普法",
    }
    return short.get(kind, name)


def _link(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Check `by` and fill in `until`; aliases may be shared only by entries of one name or of disjoint times."""
    linked: dict[str, Entry] = {}
    for entry in entries.values():
        if entry.by is not None:
            if entry.by not in entries:
                raise _Problem(entry.id, f"by 指向的条目 {entry.by!r} 不存在")
            if entry.until is None:
                entry = replace(entry, until=entries[entry.by].start)
        linked[entry.id] = entry
    _refuse_loops(linked)
    for entry in linked.values():
        missing = sorted(id for anchor in entry.anchors for id in anchor if id not in linked)
        if missing:
            raise _Problem(entry.id, f"anchors 指向的条目 {missing[0]!r} 不存在")
    _refuse_ambiguity(linked)
    return linked


def _refuse_loops(entries: Mapping[str, Entry]) -> None:
    for entry in entries.values():
        seen, step = {entry.id}, entry
        while step.by is not None:
            step = entries[step.by]
            if step.id in seen:
                raise _Problem(entry.id, "by 相互取代，形成循环")
            seen.add(step.id)


def _refuse_ambiguity(entries: Mapping[str, Entry]) -> None:
    """Two entries may share a form only when they are told apart by time: none of their spans may coincide."""
    holders: dict[str, Entry] = {}
    for entry in entries.values():
        for form in {entry.name, *entry.aliases} if entry.match else ():
            other = holders.setdefault(form, entry)
            if other.id != entry.id and other.start == entry.start:
                raise _Problem(entry.id, f"写法 {form!r} 与条目 {other.id!r} 相同，又不能按时间区分")


def _grouped(entries: Mapping[str, Entry]) -> dict[EntryKind, tuple[Entry, ...]]:
    return {kind: tuple(entry for entry in entries.values() if entry.kind is kind) for kind in EntryKind}
