"""A model's answer as sentences with provenance: marks are checked, sentences aligned, made-up things stopped."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.datatypes import Paragraph, Provenance, ProvenanceKind, Sentence
from assistant.llm.align import Aligned, align
from assistant.llm.brief import Brief, Source
from assistant.llm.guard import Allowed, judge_sentence
from corpus.words import sentence_spans
from index.embed import Embedder

_MARK = re.compile(r"\s*[\[［]\s*(?:材料|来源|要点|\^)?\s*(\d{1,3}(?:\s*[,，、]\s*\d{1,3})*)\s*[\]］]")
_HEAD = re.compile(
    r"^\s*(?:[-*•·●>#]+|\d{1,2}\s*[.．、)）]|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)\s*"
)
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)\*|\*(?!\w)")
_NARROW = str.maketrans({",": "，", ";": "；", "?": "？", "!": "！", ":": "："})


@dataclass(frozen=True, slots=True)
class Cited:
    """Paragraphs ready to stand in the draft, and what the user should know about them, in Chinese."""

    paragraphs: tuple[Paragraph, ...]
    reports: tuple[str, ...]
    written: int  # sentences the model wrote
    stopped: int  # of these, sentences that may not stand


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence without its marks; `marks` are source numbers as written, counted from 1."""

    text: str
    marks: tuple[int, ...]


def cite(answer: str, *, brief: Brief, embedder: Embedder) -> Cited:
    """The answer to a section's prompt. A sentence that says word for word what the offline draft says keeps that
    provenance; any other is the model's, with the passage it stands on or none.
    """
    known = {one.text: one for one in brief.points}
    paragraphs: list[Paragraph] = []
    reports: list[str] = []
    written = stopped = 0
    for lines in read_answer(answer):
        aligned = align([line.text for line in lines], [one.text for one in brief.sources], embedder=embedder)
        kept: list[Sentence] = []
        for line, found in zip(lines, aligned, strict=True):
            written += 1
            sentence, told = _sentence(line, found, brief, known)
            reports += told
            stopped += sentence is None
            kept += [sentence] if sentence else []
        if kept:
            paragraphs.append(Paragraph(tuple(kept)))
    return Cited(tuple(paragraphs), tuple(dict.fromkeys(reports)), written, stopped)


def read_answer(answer: str) -> Iterator[tuple[Line, ...]]:
    """The lines of an answer as sentences, numbering, bullets and marks taken off."""
    for raw in answer.splitlines():
        line = _EMPHASIS.sub("", _HEAD.sub("", raw)).strip()
        found = [_read_sentence(line[start:end]) for start, end in _spans(line)]
        found = [each for each in found if re.search(r"\w", each.text)]
        if found:
            yield (*found[:-1], replace(found[-1], text=re.sub("；$", "。", found[-1].text)))


def allowed_of(brief: Brief, cited: Sequence[Source]) -> Allowed:
    """What a sentence may name: the request, the points of the offline draft, the facts, what it cites."""
    request = brief.request
    return Allowed.of(
        (
            *(request.name or "", request.short_name or "", f"{request.year}年", *request.emphasis, *request.facts),
            *(point.text for point in (*brief.points, *brief.own)),
            *(brief.facts),
            *(brief.setting.unit.words.values()),
            *(source.text for source in cited),
        )
    )


def _sentence(
    line: Line, found: Aligned | None, brief: Brief, known: dict[str, Sentence]
) -> tuple[Sentence | None, list[str]]:
    if line.text in known:
        return known[line.text], []
    unknown = [mark for mark in line.marks if not 1 <= mark <= len(brief.sources)]
    reports = [f"材料编号[{mark}]不存在，已去掉" for mark in unknown]
    source = brief.sources[found.source] if found else None
    judged = judge_sentence(line.text, allowed=allowed_of(brief, [source] if source else []), setting=brief.setting)
    reports += judged.reports
    if judged.text is None:
        return None, reports
    if source is None or found is None:
        if line.marks and len(unknown) < len(line.marks):
            reports.append(f"标注的材料与这句话不符，改标“无出处”：“{line.text[:24]}…”")
        return Sentence(judged.text, Provenance(ProvenanceKind.MODEL)), reports
    told = Provenance(ProvenanceKind.MODEL, source.passage_id, source.start, source.end, score=found.score)
    return Sentence(judged.text, told), reports


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
    marks = tuple(int(number) for match in _MARK.finditer(raw) for number in re.findall(r"\d+", match[1]))
    text = _MARK.sub("", raw).strip()
    if text.endswith("."):
        text = text[:-1] + "。"
    wide = re.sub(r"(?<=[㐀-鿿”》）】])[,;?!:]", lambda match: match[0].translate(_NARROW), text)
    return Line(wide if wide[-1:] in "。！？；" else wide.rstrip("，、：") + "。", marks)
