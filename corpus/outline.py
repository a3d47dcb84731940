"""A plan's text to its sections and items, from 一、（一）1. ① 一是 —— X月份, or from nothing at all."""

from corpus.cleaning.script import as_rules_read
from corpus.datatypes import Item, Outline, Section
from corpus.structure.items import items
from corpus.structure.rows import rows
from corpus.structure.sections import cuts


def outline(text: str) -> Outline:
    """Sections in order, covering the plan, with items inside; topics stay empty."""
    lines = rows(as_rules_read(text))
    if not lines:
        return Outline((), ())
    beginnings = cuts(lines)
    rows_after = [cut.row for cut in beginnings[1:]] + [len(lines)]
    sections: list[Section] = []
    points: list[Item] = []
    for cut, after in zip(beginnings, rows_after, strict=True):
        row = lines[cut.row]
        stop = lines[after].start if after < len(lines) else len(text)
        heading = text[row.start : row.start + cut.heading_end].strip() or None
        body = text[row.start + cut.heading_end : stop]
        start = row.start + cut.heading_end + len(body) - len(body.lstrip())
        if not body.strip():
            continue  # 第一部分 above 一、: its parts are the sections
        section = Section(heading, cut.level, start, start + len(body.strip()))
        sections.append(section)
        points.extend(items(text, lines[cut.row : after], section.start, section.end))
    return Outline(tuple(sections), tuple(points))
