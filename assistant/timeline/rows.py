"""One row of the fact table -> entries, every field checked."""

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from assistant.timeline.dating import datable
from assistant.timeline.entries import Certainty, Entry, EntryKind
from assistant.timeline.numerals import chinese
from corpus.datatypes import Topic

# names in the file -> fields of Entry, where they differ
RENAMED = {"from": "start", "to": "end", "for": "sectors"}
DATES = frozenset({"adopted", "start", "end", "mention", "until", "fades", "expected", "whole_from"})
NUMBERS = frozenset({"number", "session", "recall_to"})
FLAGS = frozenset({"older", "listed", "lasting", "match", "core"})
TEXTS = frozenset({"id", "name", "short", "by", "instead", "note", "text", "when"})
FIELDS = frozenset(field.name for field in fields(Entry)) | {"versions"}


class Problem(Exception):
    """Something wrong with one entry; `where` is its id or its place, the message is Chinese."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(message)
        self.where = where


def read_entries(document: Mapping[str, Any]) -> dict[str, Entry]:
    """Every entry of a parsed table by id. Raises Problem naming the first bad one."""
    found: dict[str, Entry] = {}
    for section, rows in document.items():
        if section == "known_until":
            _checked_day("known_until", rows, last=True)
            continue
        if section not in list(EntryKind):
            raise Problem(str(section), f"没有这个类别，可用：{'、'.join(EntryKind)}")
        for row in _rows(section, rows):
            for entry in _expand(row, EntryKind(section)):
                if entry.id in found:
                    raise Problem(entry.id, "id 重复")
                found[entry.id] = entry
    return found


def _rows(section: str, rows: object) -> Iterator[dict[str, Any]]:
    if rows is None:
        return
    if not isinstance(rows, list):
        raise Problem(section, "类别下应为列表，每个条目以“- ”开头")
    for place, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise Problem(section, f"第 {place} 个条目不是“字段: 值”的形式")
        if not isinstance(row.get("id"), str) or not row["id"].strip():
            raise Problem(str(row.get("name", section)), f"第 {place} 个条目没有 id")
        yield {RENAMED.get(str(key), str(key)): value for key, value in row.items()}


def _expand(row: dict[str, Any], kind: EntryKind) -> Iterator[Entry]:
    """One entry, or one per version: id-year, each replaced by the next."""
    versions = row.pop("versions", None)
    if versions is None:
        yield _entry(row, kind)
        return
    if not isinstance(versions, dict) or not versions:
        raise Problem(row["id"], "versions 应为“年份: 日期”")
    ids = [f"{row['id']}-{year}" for year in versions]
    for place, (identifier, days) in enumerate(zip(ids, versions.values(), strict=True)):
        adopted, start = days if isinstance(days, list) and len(days) == 2 else (None, days)
        version = {**row, "id": identifier, "adopted": adopted, "start": start}
        if place + 1 < len(ids):
            version = {key: value for key, value in version.items() if key != "until"} | {"by": ids[place + 1]}
        yield _entry(version, kind)


def _entry(row: Mapping[str, Any], kind: EntryKind) -> Entry:
    identifier = str(row["id"])
    unknown = sorted(set(map(str, row)) - FIELDS)
    if unknown:
        raise Problem(identifier, f"没有这些字段：{'、'.join(unknown)}")
    values: dict[str, Any] = {}
    for key, value in row.items():
        if value is not None:
            values[key] = _value(identifier, key, value)
    values["kind"] = kind
    values.setdefault("name", _numbered_name(kind, values))
    if not values["name"]:
        raise Problem(identifier, "缺少 name")
    values.setdefault("short", _short(kind, values))
    entry = Entry(**values)
    if entry.start is None and entry.kind is not EntryKind.OBSERVANCE and entry.known:
        raise Problem(identifier, "缺少 from（从哪一天起可用）；不知道就写 certainty: unknown")
    if kind is EntryKind.OBSERVANCE and not datable(entry.when):
        raise Problem(identifier, f"when 的值 {entry.when!r} 不是可以推算的日期")
    if entry.start and entry.end and entry.end < entry.start:
        raise Problem(identifier, f"to {entry.end} 早于 from {entry.start}")
    return entry


def _value(identifier: str, key: str, value: object) -> object:
    if key in DATES:
        return _checked_day(identifier, value, last=key == "end")
    if key in NUMBERS or key in FLAGS:
        wanted = int if key in NUMBERS else bool
        if type(value) is not wanted:
            raise Problem(identifier, f"{key} 的值 {value!r} 应为{'整数' if wanted is int else 'true 或 false'}")
        return value
    if key in TEXTS:
        return str(value).strip()
    if key == "certainty":
        if value not in list(Certainty):
            raise Problem(identifier, f"certainty 的值 {value!r} 应为 {'、'.join(Certainty)} 之一")
        return Certainty(str(value))
    if key == "wordings":
        return {day_of(day, last=False): str(text) for day, text in _mapping(identifier, key, value).items()}
    return _list_value(identifier, key, value)


def _list_value(identifier: str, key: str, value: object) -> object:
    if not isinstance(value, list):
        raise Problem(identifier, f"{key} 的值 {value!r} 应为列表 […]")
    if key == "anchors":
        return tuple(frozenset(map(str, each)) for each in value)
    if key == "topics":
        wrong = [each for each in value if each not in list(Topic)]
        if wrong:
            raise Problem(identifier, f"topics 中的 {wrong[0]!r} 不是主题")
        return tuple(Topic(each) for each in value)
    return tuple(str(each) for each in value)


def _mapping(identifier: str, key: str, value: object) -> Mapping[Any, Any]:
    if not isinstance(value, dict):
        raise Problem(identifier, f"{key} 的值应为“日期: 文字”")
    return value


def _checked_day(identifier: str, value: object, *, last: bool) -> date:
    try:
        return day_of(value, last=last)
    except ValueError:
        raise Problem(identifier, f"日期 {value!r} 应写作 2026、2026-07 或 2026-07-15") from None


def day_of(value: object, *, last: bool) -> date:
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
