"""Lines that name a text: numbered headings of a collection (篇一, 第二篇, 范文三) and titles of their own."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from corpus.cues import load_yaml
from corpus.markers import marker, number

_LONGEST = 80  # characters of a heading line


@dataclass(frozen=True, slots=True)
class CollectionHeading:
    """A line that numbers a text of a collection; `style` names its form, `stem` what is numbered."""

    style: str
    ordinal: int
    stem: str
    title: str


def collection_heading(line: str) -> CollectionHeading | None:
    """What a whole line such as 某某计划篇一, 【第三篇】 or 工作计划(二)： says, or None."""
    line = line.strip().lstrip("#").strip()
    if not line or len(line) > _LONGEST:
        return None
    for style, pattern in titles().collection.items():
        match = pattern.fullmatch(line)
        if match is not None:
            return CollectionHeading(style, number(match["ordinal"]), match["stem"].strip(), match["title"].strip())
    return None


def is_title(line: str) -> bool:
    """Whether a whole line is the title of a text: 某某学校工会工作计划, not 具体工作安排."""
    line = line.strip()
    return bool(
        titles().title.fullmatch(line)
        and titles().owner.search(line)
        and not titles().part.search(line)
        and marker(line) is None
    )


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
    title: re.Pattern[str]
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
        pattern(data["title"]),
        pattern(data["title_owner"]),
        pattern(data["part_title"]),
        tuple(pattern(entry) for entry in data["openings"]),
        tuple(pattern(entry) for entry in data["closings"]),
    )
