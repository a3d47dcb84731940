"""The new text as a draft: the same lines, headings and numbers, every sentence the user's own with its edits."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.datatypes import Draft, DraftSection, Edit, Paragraph, PlanRequest, Provenance, ProvenanceKind, Sentence
from assistant.rolling.datatypes import Change
from assistant.rolling.rules import rules
from corpus.classify import label_section_topics
from corpus.datatypes import Section, Topic
from corpus.markers import MarkerStyle, marker, number
from corpus.outline import outline
from corpus.words import sentence_spans

_LONGEST_TITLE = 60
_ROWS = 2  # rows of months that make a table
_ROW = re.compile(r"\s*(?P<month>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?\s*\|\s*(?P<what>[^|\n]+?)\s*")
_HEAD = re.compile(r"\s*(?:月份?|时间)\s*\|[^|\n]*")
Line = tuple[int, int]


def shaped(text: str, changes: Sequence[Change], *, request: PlanRequest) -> Draft:
    """The draft that prints `text`, whose headings are counted only where that gives the numbers they have."""
    lines = [(start, end) for start, end in _lines(text) if text[start:end].strip()]
    title, lines = _title(text, lines)
    signature, dated, lines = _ending(text, lines)
    first, last = (lines[0][0], lines[-1][1]) if lines else (0, 0)
    body = text[first:last]
    sections = outline(body).sections
    counted = _counted(sections)
    made = tuple(_sections(body, first, sections, counted, changes))
    return Draft(request, title, made, signature, dated)


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line.rstrip())
        start += len(line)


def _title(text: str, lines: list[Line]) -> tuple[str, list[Line]]:
    """The lines above the first sentence or heading, joined."""
    taken = []
    for start, end in lines:
        line = text[start:end].strip()
        if line[-1] in "。；：，、！？" or marker(line) or len(line) > _LONGEST_TITLE:
            break
        taken.append(line)
        if any(word in line for word in ("计划", "要点", "安排", "方案")):
            break
    if not taken or len(taken) > 3 or len(taken) == len(lines):
        return "", lines
    return "".join(taken), lines[len(taken) :]


def _ending(text: str, lines: list[Line]) -> tuple[str, str, list[Line]]:
    """Signature and date, where they stand below the text."""
    dated = signature = ""
    last = text[lines[-1][0] : lines[-1][1]].strip() if lines else ""
    if last.startswith("【待填：日期】") or rules()["date_line"].match(last):
        dated, lines = last, lines[:-1]
    last = text[lines[-1][0] : lines[-1][1]] if lines else ""
    if len(lines) > 1 and rules()["signature_line"].match(last) and not marker(last):
        signature, lines = last.strip(), lines[:-1]
    return signature, dated, lines


def _counted(sections: Sequence[Section]) -> bool:
    """Whether 一、二、… of the headings are what counting them gives."""
    marks = [marker(section.heading) for section in sections if section.heading]
    ordinals = [mark.ordinal for mark in marks if mark is not None and mark.style is MarkerStyle.HAN]
    return bool(marks) and ordinals == list(range(1, len(marks) + 1))


def _sections(
    body: str, offset: int, sections: Sequence[Section], counted: bool, changes: Sequence[Change]
) -> Iterator[DraftSection]:
    place = 0
    for count, section in enumerate(sections, start=1):
        heading = section.heading or ""
        found = body.find(heading, place) if heading else place
        alone = counted and "\n" in body[found + len(heading) : section.start]
        begin = section.start if alone or not heading else found
        mark = marker(heading)
        shown = heading[mark.end :].strip() if alone and mark else ""
        lines = [(begin + start, begin + end) for start, end in _lines(body[begin : section.end])]
        paragraphs = tuple(_paragraphs(body, offset, lines, changes))
        topics = label_section_topics(body[section.start : section.end], headings=(heading,) if heading else ())
        usual = Topic.GUIDING if count == 1 else Topic.SERVICE
        yield DraftSection(f"part-{count}", shown, topics[0] if topics else usual, paragraphs)
        place = section.end


def _paragraphs(body: str, offset: int, lines: Sequence[Line], changes: Sequence[Change]) -> Iterator[Paragraph]:
    """A paragraph a line; the rows of a table of months (1月 | 慰问…) become points of a schedule."""
    rows = {line: match for line in lines if (match := _ROW.fullmatch(body, *line))}
    table = len(rows) >= _ROWS
    for start, end in lines:
        row = rows.get((start, end)) if table else None
        if row is not None:
            paragraph = _paragraph(body, offset, row.span("what"), changes)
            yield replace(paragraph, month=number(row["month"]))
        elif body[start:end].strip() and not (table and _HEAD.fullmatch(body, start, end)):
            yield _paragraph(body, offset, (start, end), changes)


def _paragraph(body: str, offset: int, line: Line, changes: Sequence[Change]) -> Paragraph:
    start, end = line
    sentences = [
        _sentence(body[start + first : start + last], offset + start + first, changes)
        for first, last in sentence_spans(body[start:end])
    ]
    return Paragraph(tuple(sentences), numbered=False)


def _sentence(text: str, start: int, changes: Sequence[Change]) -> Sentence:
    """A sentence of the new text with the span of the old it was made from. What a change crosses has no span."""
    end = start + len(text)
    before = after = 0
    inside: list[Edit] = []
    shift = 0
    for change in changes:
        last = change.after_start + len(change.after)
        grown = len(change.after) - len(change.before)
        if last <= start and not (last == start and not change.after):
            before += grown
        elif change.after_start >= start and last <= end:
            inside.append(Edit(change.start, change.end, change.before, change.after, change.why))
            after += grown
        elif change.after_start < end and last > start:
            return Sentence(text, Provenance(ProvenanceKind.USER))
    shift = start - before
    edits = tuple(Edit(e.start - shift, e.end - shift, e.before, e.after, e.why) for e in inside)
    return Sentence(text, Provenance(ProvenanceKind.USER, "", shift, end - before - after, edits))
