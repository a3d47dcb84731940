"""A site's lines of facts, buttons and menus around a text, see `lexicon/facts.yaml`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.cleaning.lines import Line
from corpus.cues import load_yaml

_LONGEST, _LONGEST_VALUE = 220, 45  # characters of a line of facts and of one fact
_LONGEST_NAME = 10  # characters behind 编辑：
_SEPARATORS = r"\s|｜丨┊·•★☆,，/／\-—\[\]【】()（）▼▲"
_SENTENCE = re.compile("[。；！？]")
_LABEL = re.compile(r"(?![\d一二三四五六七八九十]{1,3}月)[^，。:：]{1,10}[:：]")  # 组长：…
_BESIDE = 3  # lines in which an activity names its place beside its time
_MENU = 4  # entries


def is_facts(found: Sequence[Line], i: int) -> bool:
    """Whether a line above or below the text says of the page what only a site says."""
    body = found[i].body
    if len(body) > _LONGEST or _SENTENCE.search(body):
        return False
    return _is_buttons(body) or _is_menu(body) or _is_keyed(found, i)


def may_be_facts(body: str) -> bool:
    """Whether a line could be a fact of the page, if lines beside it are: 文号：…, 标签：…"""
    key = _data().keys.match(body)
    return len(body) <= _LONGEST and key is not None and key.lastgroup != "dated" and not _SENTENCE.search(body)


def _is_keyed(found: Sequence[Line], i: int) -> bool:
    body, data = found[i].body, _data()
    keys = list(data.keys.finditer(body))
    if not keys or data.activity.search(body):
        return False
    values = [body[a.end() : b.start()] for a, b in zip(keys, keys[1:], strict=False)] + [body[keys[-1].end() :]]
    lead = body[: keys[0].start()].strip()
    kinds = [key.lastgroup for key in keys]
    if any(len(value.strip()) > _LONGEST_VALUE for value in values) or (lead and not _is_trimming(lead)):
        return False
    if len(keys) > 1:
        return "sure" in kinds or not any(key[0].endswith("\t") for key in keys)  # 名称 | 时间 may head a table
    if kinds[0] in ("sure", "staff"):
        listed = re.sub(r"\W", "", keys[0][0]) in data.jobs and i > 0 and _LABEL.match(found[i - 1].body)
        named = kinds[0] == "sure" or len(values[0].strip()) <= _LONGEST_NAME
        return named and not re.search("[，、由]", values[0]) and not (listed and not _is_keyed(found, i - 1))
    beside = found[max(0, i - _BESIDE) : i + _BESIDE + 1]
    stamped = not values[0].strip() or data.date.match(values[0].strip())
    return kinds[0] == "dated" and bool(stamped) and not any(map(_is_activity, beside))


def _is_activity(line: Line) -> bool:
    return _data().activity.search(line.body) is not None


def _is_trimming(lead: str) -> bool:
    """Whether what stands before the first key is a date or buttons."""
    return all(token in _data().buttons or token.isdigit() for token in _tokens(_data().date.sub("", lead)))


def _is_buttons(body: str) -> bool:
    body = _data().date.sub("", body)
    bare = re.sub(r"\s", "", body) if "[" in body or "【" in body else body  # [ 打 印 ]
    alone = re.fullmatch(r"[\[【](.{1,8})[\]】]", bare)
    return _all_buttons(_tokens(body)) or _all_buttons(_tokens(bare)) or (alone and alone[1]) in _data().buttons


def _all_buttons(tokens: Sequence[str]) -> bool:
    words = [token for token in tokens if token in _data().buttons]
    counted = len(words) > 1 or (len(words) == 1 and len(tokens) > 1) or "分享收藏点赞在看" in words
    return counted and all(token in _data().buttons or token.isdigit() for token in tokens)


def _is_menu(body: str) -> bool:
    entries = [entry for entry in re.split(r"\s*[|｜·•>＞»]\s*|\s+", body) if entry]
    if len(entries) < _MENU or any(len(entry) > _LONGEST_NAME for entry in entries[1:]):
        return False
    named = sum(entry.endswith(_data().menu) or entry.startswith(_data().menu) for entry in entries)
    return named > 1 and not any(word in body for word in _data().menu_not)


def _tokens(text: str) -> list[str]:
    return [token for token in re.split(f"[{_SEPARATORS}:：]+", text) if token]


@dataclass(frozen=True, slots=True)
class _Data:
    keys: re.Pattern[str]  # a group for each kind of key
    jobs: frozenset[str]
    date: re.Pattern[str]
    activity: re.Pattern[str]
    buttons: frozenset[str]
    menu: tuple[str, ...]
    menu_not: tuple[str, ...]


@cache
def _data() -> _Data:
    data = load_yaml("facts.yaml")
    kinds = "|".join(
        f"(?P<{kind}>{'|'.join(map(_spaced, sorted(data[kind].split(), key=len, reverse=True)))})"
        for kind in ("sure", "staff", "shared", "dated")
    )
    return _Data(
        keys=re.compile(rf"(?:(?<=^)|(?<=[{_SEPARATORS}:：\d次文]))(?:{kinds})(?:[ \u3000]*[:：](?!//)|\t)"),
        jobs=frozenset(data["jobs"].split()),
        date=re.compile(data["date"]),
        activity=re.compile(data["activity"]),
        buttons=frozenset(data["buttons"].split()),
        menu=tuple(data["menu"].split()),
        menu_not=tuple(data["menu_not"].split()),
    )


def _spaced(key: str) -> str:
    """The key with blanks allowed between its characters: 文    号."""
    return r"[ \u3000]*".join(key)
