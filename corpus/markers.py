"""What stands at the head of a line: 一、 （一） 1. ① 一是 —— 三月份 …, and which number it carries."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from corpus.cues import load_yaml

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}


class MarkerStyle(IntEnum):
    """Kinds of markers, from the outermost to the innermost level of official writing."""

    PART = 0  # 第一部分
    HAN = 1  # 一、
    HAN_BRACKET = 2  # （一）
    DIGIT = 3  # 1、 1. 1）
    DIGIT_BRACKET = 4  # （1）
    CIRCLE = 5  # ①
    ENUMERATION = 6  # 一是 一要
    ORDINAL = 7  # 第一，
    DASH = 8  # —— ● -
    MONTH = 9  # 三月份： 一至二月份 〔年份〕年3月


HEADING_STYLES = (MarkerStyle.PART, MarkerStyle.HAN, MarkerStyle.HAN_BRACKET)


@dataclass(frozen=True, slots=True)
class Marker:
    """A line's marker: `line[:end]` holds it; `ordinal` is its number, 0 where it has none."""

    style: MarkerStyle
    text: str
    end: int
    ordinal: int = 0
    months: tuple[int, ...] = ()


def number(han: str) -> int:
    """The value of 一 … 九十九, or of plain digits; 0 for anything else."""
    if han.isascii() and han.isdigit():
        return int(han)
    if han in ("元", "正"):
        return 1
    if han == "腊":
        return 12
    tens, ten, ones = han.partition("十")
    try:
        if not ten:
            return _DIGITS[han] if han else 0
        return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
    except KeyError:
        return 0


@cache
def _patterns() -> tuple[tuple[MarkerStyle, re.Pattern[str]], ...]:
    """Compiled `lexicon/markers.yaml`, in its order. Raises ValueError for a style that does not exist."""
    data = load_yaml("markers.yaml")
    parts = {name: value.format() for name, value in data["parts"].items()}
    return tuple(
        (MarkerStyle[name.upper()], re.compile(pattern.format(**parts))) for name, pattern in data["styles"].items()
    )


def marker(line: str) -> Marker | None:
    """The marker at the head of `line` (blanks before it allowed), or None."""
    for style, pattern in _patterns():
        match = pattern.match(line)
        if match is None:
            continue
        text = match.group("marker")
        if style is MarkerStyle.MONTH:
            months = _months(text)
            if not months:
                continue
            if numbered := _numbered_month(line):
                return numbered
            return Marker(style, text.strip(), match.end("marker"), months[0], months)
        ordinal = match.groupdict().get("ordinal") or ""
        return Marker(style, text.strip(), match.end("marker"), _circle(ordinal) or number(ordinal))
    return None


def heads(line: str, *, stops: str) -> bool:
    """Whether a line is numbered as headings are and holds none of the characters `stops`, as no heading does."""
    mark = marker(line)
    return mark is not None and mark.style in HEADING_STYLES and not any(stop in line for stop in stops)


def months(label: str) -> tuple[int, ...]:
    """The months a label such as 一至二月份, 7月8月 or 第二季度 names, in order; empty when it names none."""
    return _months(label) if re.search("月|季度", label) else ()


_MONTH_NUMBER = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,3}|元|正|腊)(?:月份?)?")
_QUARTER = re.compile(r"([一二三四1-4])\s*季度")
_YEAR = re.compile(r"^.*年(?:度)?")


def _months(label: str) -> tuple[int, ...]:
    label = _YEAR.sub("", label)
    if quarter := _QUARTER.search(label):
        first = 3 * number(quarter[1]) - 2
        return (first, first + 1, first + 2)
    found: list[int] = []
    previous_end = 0
    for match in _MONTH_NUMBER.finditer(label):
        value = number(match.group(1))
        if not 1 <= value <= 12:
            return ()
        between = label[previous_end : match.start()]
        if found and re.search("[—–~～至到-]", between):
            step = (
                range(found[-1] + 1, value + 1)
                if value > found[-1]
                else (*range(found[-1] + 1, 13), *range(1, value + 1))
            )
            found.extend(step)
        elif value not in found:
            found.append(value)
        previous_end = match.end()
    return tuple(found)


def _numbered_month(line: str) -> Marker | None:
    """二、五月份 is the fifth month under number two; 四、五月份 are two months."""
    match = re.match(r"\s*((\d{1,2}|[一二三四五六七八九十]{1,3})\s*、)\s*(\d{1,2}|[一二三四五六七八九十]{1,3})月", line)
    if match is None or number(match[3]) == number(match[2]) + 1:
        return None
    style = MarkerStyle.DIGIT if match[2].isascii() else MarkerStyle.HAN
    return Marker(style, match[1].strip(), match.end(1), number(match[2]), (number(match[3]),))


def _circle(mark: str) -> int:
    for first, count in (("①", 20), ("⑴", 20), ("⒈", 20), ("❶", 10)):
        if mark and 0 <= ord(mark[0]) - ord(first) < count:
            return ord(mark[0]) - ord(first) + 1
    return 0
