"""A draft as the lines that print, numbered once for every format.

Official style: sections 一、二、…; inside a section （一）（二）… where its items carry lead-ins, 1. 2. … where not.
The opening and the closing have no heading and print without numbers; a section's only item needs none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from assistant.datatypes import Draft, DraftSection, Paragraph, Sentence

DIGITS = "零一二三四五六七八九"


class LineKind(StrEnum):
    """What a line is; every format decides how it looks."""

    HEADING = "heading"  # 一、
    ITEM = "item"  # （一） or 1.
    TEXT = "text"  # a paragraph without a number
    MONTH = "month"  # a point of the monthly schedule


@dataclass(frozen=True, slots=True)
class Line:
    """One printed paragraph. `number` is "一、", "（二）", "3." or "3月"; `title` the heading or lead-in. `section` and
    `paragraph` (position in the section, -1 for its heading) say where in the draft it stands.
    """

    kind: LineKind
    number: str
    title: str
    sentences: tuple[Sentence, ...]
    section: str
    paragraph: int

    @property
    def text(self) -> str:
        """The line without its number."""
        return self.title + "".join(sentence.text for sentence in self.sentences)


def draft_lines(draft: Draft) -> tuple[Line, ...]:
    """The body of a draft in reading order; title, signature and date stand in `Draft` itself."""
    lines: list[Line] = []
    headings = 0
    # One style of number for the whole draft: sections that turn from （一） to 1. and back look pasted together.
    with_titles = any(p.title for section in draft.sections for p in section.paragraphs)
    for section in draft.sections:
        if section.heading:
            headings += 1
            number = chinese_number(headings) + "、"
            lines.append(Line(LineKind.HEADING, number, section.heading, (), section.id, -1))
        lines.extend(_section_lines(section, with_titles=with_titles))
    return tuple(lines)


def schedule_rows(lines: tuple[Line, ...]) -> Iterator[tuple[bool, tuple[Line, ...]]]:
    """Cut lines into runs: (True, the lines of one schedule table) or (False, lines between the tables)."""
    for is_schedule, run in groupby(lines, lambda line: line.kind is LineKind.MONTH):
        yield is_schedule, tuple(run)


def month_cells(schedule: tuple[Line, ...]) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """The rows of one schedule table: month name and its points, in the draft's order (a school year starts in 9月)."""
    for month, points in groupby(schedule, lambda line: line.number):
        yield month, tuple(points)


def chinese_number(value: int) -> str:
    """一 to 九十九, as sections are numbered."""
    if not 0 < value < 100:
        raise ValueError(f"sections are numbered 1 to 99, not {value!r}")
    tens, ones = divmod(value, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return ten + (DIGITS[ones] if ones else "")


def _section_lines(section: DraftSection, *, with_titles: bool) -> Iterator[Line]:
    counted = [p for p in section.paragraphs if p.numbered and p.month is None]
    counts = bool(section.heading) and len(counted) > 1
    count = 0
    for position, paragraph in enumerate(section.paragraphs):
        kind, number = LineKind.TEXT, ""
        if paragraph.month is not None:
            kind, number = LineKind.MONTH, f"{paragraph.month}月"
        elif counts and paragraph.numbered:
            count += 1
            kind, number = LineKind.ITEM, _item_number(count, with_titles=with_titles)
        yield _line(kind, number, paragraph, section=section, position=position)


def _item_number(count: int, *, with_titles: bool) -> str:
    return f"（{chinese_number(count)}）" if with_titles else f"{count}."


def _line(kind: LineKind, number: str, paragraph: Paragraph, *, section: DraftSection, position: int) -> Line:
    title = paragraph.title
    if title and paragraph.sentences and title[-1] not in "。：:；，！？":
        title += "。"
    return Line(kind, number, title, paragraph.sentences, section.id, position)
