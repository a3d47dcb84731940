"""Lines that name a text: numbered headings of a collection (篇一, 第二篇, 范文三) and titles of their own."""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from corpus.cues import load_yaml
from corpus.markers import MarkerStyle, marker, number

_LONGEST = 80  # characters of a heading line
_HAN = "一二三四五六七八九十"
_COUNTING = (
    MarkerStyle.HAN,
    MarkerStyle.HAN_BRACKET,
    MarkerStyle.DIGIT,
    MarkerStyle.DIGIT_BRACKET,
    MarkerStyle.CIRCLE,
)


@dataclass(frozen=True, slots=True)
class CollectionHeading:
    """A line that numbers a text of a collection; `style` names its form, `stem` what is numbered.

    `name` is what to call the text; the text begins behind `line[:end]`, on the same line where its break was lost.
    """

    style: str
    ordinal: int
    stem: str
    name: str
    end: int


def collection_heading(line: str) -> CollectionHeading | None:
    """What a line such as 某某计划篇一, 【第三篇】 or 工作计划(二)： says, or None."""
    if len(line) > _LONGEST:
        match = titles().leading.match(line)
        head = collection_heading(match["heading"]) if match else None
        return replace(head, end=match.end()) if match and head else None
    body = line.strip().lstrip("#").strip()
    for style, pattern in titles().collection.items():
        match = pattern.fullmatch(body) if body else None
        if match is not None:
            stem, title = match["stem"].strip(), match["title"].strip()
            name = title if len(title) > len(stem) else _unwrapped(body).rstrip(":： ")
            return CollectionHeading(style, number(match["ordinal"]), stem, name, len(line))
    return None


def counted_title(line: str) -> CollectionHeading | None:
    """What a line says that numbers a text as it could number a part: 1.学校工会工作计划, 第2部分, or None.

    A name behind the number must be that of a text. 第一部分 without a name numbers a part as well, so there the stem
    is empty.
    """
    body = line.strip()
    match = titles().counted.fullmatch(body) if len(body) <= _LONGEST else None
    if match is not None:
        stem, name = match["stem"] or "", (match["title"] or match["named"] or "").strip()
        if name and not is_first_title(name):
            return None
        ordinal = match["ordinal"] or match["other"]
        counted = stem or name or ordinal.strip(_HAN)
        return CollectionHeading("counted", number(ordinal), counted, name or body, len(line))
    mark = marker(body)
    if mark is None or mark.style not in _COUNTING or not mark.ordinal:
        return None
    name = body[mark.end :].strip()
    if not is_first_title(name):
        return None
    return CollectionHeading(mark.style.name, mark.ordinal, name, name, len(line))


def is_union_title(name: str) -> bool:
    """Whether a line is the title of a union's text."""
    return "工会" in name and is_title(name)


def _unwrapped(heading: str) -> str:
    return heading[1:-1] if heading[0] in "【〖[" and heading[-1] in "】〗]" else heading


def is_title(line: str) -> bool:
    """Whether a whole line is the title of a text: 某某学校工会工作计划, not 具体工作安排."""
    line = line.strip()
    return bool(titles().title.fullmatch(line) and titles().owner.search(line)) and not is_part(line)


def is_first_title(line: str) -> bool:
    """Whether a line is a title where a text begins: 2024年工作计划 will do there, and so will one with a comma."""
    line = line.strip()
    return bool(is_title(line) or titles().first_title.fullmatch(line)) and not is_part(line)


def is_part(line: str) -> bool:
    """Whether a line that may look like a title heads a part of a plan."""
    return titles().part.search(line) is not None or marker(line) is not None


def is_opening(paragraph: str) -> bool:
    """Whether a paragraph reads like the first of a plan."""
    return any(pattern.match(paragraph) for pattern in titles().openings)


def is_closing(line: str) -> bool:
    """Whether a line or paragraph reads like the end of a plan: a closing formula or the date below a signature."""
    return any(pattern.match(line) for pattern in titles().closings)


@dataclass(frozen=True, slots=True)
class TitlePatterns:
    """Compiled `lexicon/titles.yaml`."""

    collection: dict[str, re.Pattern[str]]
    counted: re.Pattern[str]
    leading: re.Pattern[str]
    title: re.Pattern[str]
    first_title: re.Pattern[str]
    owner: re.Pattern[str]
    part: re.Pattern[str]
    openings: tuple[re.Pattern[str], ...]
    closings: tuple[re.Pattern[str], ...]


@cache
def titles() -> TitlePatterns:
    """The patterns, read once."""
    data: dict[str, Any] = load_yaml("titles.yaml")
    parts = {name: value.format() for name, value in data["parts"].items()}

    def pattern(entry: str) -> re.Pattern[str]:
        return re.compile(entry.format(**parts))

    return TitlePatterns(
        {style: pattern(entry) for style, entry in data["collection"].items()},
        pattern(data["counted"]),
        pattern(data["leading"]),
        pattern(data["title"]),
        pattern(data["first_title"]),
        pattern(data["title_owner"]),
        pattern(data["part_title"]),
        tuple(pattern(entry) for entry in data["openings"]),
        tuple(pattern(entry) for entry in data["closings"]),
    )
