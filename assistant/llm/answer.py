"""A model's answer as lines of sentences: numbers, bullets, tables, headings and marks taken off, the rest as it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.cleaning.script import in_simplified
from corpus.words import sentence_spans

_NUMBERS = r"(\d{1,3}(?:\s*[,，、]\s*\d{1,3})*)"
_MARK = re.compile(
    rf"\s*\^?[\[［【〔]\s*(?:材料|来源|要点)?\s*[:：^]?\s*{_NUMBERS}\s*[\]］】〕]"
    rf"|\s*[（(](?:来源\s*[:：]\s*)?(?:材料|来源)\s*{_NUMBERS}\s*[）)]"
)
_HEAD = re.compile(
    r"^\s*(?:[-*•·●>#]+|\d{1,2}\s*[.．、)）](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)\s*"
)
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)\*|\*(?!\w)|[①-⑳]")
_TABLE = re.compile(r"^\s*[|｜]|^\s*```")
_NARROW = str.maketrans({",": "，", ";": "；", "?": "？", "!": "！", ":": "："})
_ENDED = re.compile(r"[。！？；.!?;…][”’」』）)】\"]*$")
_LABEL = re.compile(r"[:：]$")
_LONGEST_HEADING = 16  # characters of a line without comma and full stop


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence without its marks; `marks` are source numbers as written, counted from 1."""

    text: str
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The lines of an answer as sentences, and whether its last one breaks off."""

    lines: tuple[tuple[Line, ...], ...]
    unfinished: str = ""


def read_answer(answer: str, *, headings: Sequence[str] = ()) -> Answer:
    """The lines of an answer. What only repeats one of the draft's `headings`, or is a heading itself, is no sentence;
    a last line without its full stop, where the others have theirs, is unfinished.
    """
    known = {_bare(part) for heading in headings for part in (heading, *heading.split("，"))} - {""}
    raws = [_plain(raw) for raw in in_simplified(answer).splitlines() if not _TABLE.search(raw)]
    raws = [raw for raw in raws if raw and not _is_heading(raw)]
    unfinished = ""
    if len(raws) > 1 and not _has_end(raws[-1]) and all(map(_has_end, raws[:-1])):
        spans = list(_spans(raws[-1]))
        start, end = spans[-1] if spans else (0, 0)
        unfinished, raws[-1] = raws[-1][start:end], raws[-1][:start]
    lines = (tuple(line for line in _line(raw) if _bare(line.text) not in known) for raw in raws)
    return Answer(tuple(line for line in lines if line), unfinished)


def _plain(raw: str) -> str:
    """The line without bullets, numbers and emphasis in front, however many."""
    line, before = raw.strip(), ""
    while line != before:
        before, line = line, _HEAD.sub("", _EMPHASIS.sub("", line)).strip()
    return line


def _is_heading(line: str) -> bool:
    bare = _MARK.sub("", line)
    return bool(_LABEL.search(bare)) or (not _ENDED.search(bare) and "，" not in bare and len(bare) <= _LONGEST_HEADING)


def _has_end(line: str) -> bool:
    return bool(_ENDED.search(_MARK.sub("", line).rstrip()))


def _line(raw: str) -> tuple[Line, ...]:
    found = [_read_sentence(raw[start:end]) for start, end in _spans(raw)]
    found = [each for each in found if re.search(r"\w", each.text)]
    return (*found[:-1], *(replace(last, text=re.sub("；$", "。", last.text)) for last in found[-1:]))


def _spans(line: str) -> Iterator[tuple[int, int]]:
    """Sentences of a line; a mark behind the full stop belongs to the sentence before."""
    spans = list(sentence_spans(line))
    for place, (start, end) in enumerate(spans):
        behind = _MARK.match(line, end)
        ahead = _MARK.match(line, start) if place else None
        first = ahead.end() if ahead else start
        if first < end:
            yield first, behind.end() if behind else end


def _read_sentence(raw: str) -> Line:
    marks = tuple(
        int(number) for match in _MARK.finditer(raw) for number in re.findall(r"\d+", match[1] or match[2] or "")
    )
    text = _MARK.sub("", raw).strip()
    if text.endswith("."):
        text = text[:-1] + "。"
    wide = re.sub(r"(?<=[㐀-鿿”》）】])[,;?!:]", lambda match: match[0].translate(_NARROW), text)
    return Line(wide if wide[-1:] in "。！？；" else wide.rstrip("，、：") + "。", marks)


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text)
