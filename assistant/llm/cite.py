"""A model's answer as sentences with provenance: marks are checked, sentences aligned, made-up things stopped."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.datatypes import Paragraph, Provenance, ProvenanceKind, Sentence
from assistant.llm.align import Aligned, align
from assistant.llm.answer import Line, read_answer
from assistant.llm.brief import Brief, Source
from assistant.llm.guard import Allowed, judge_sentence
from index.embed import Embedder


@dataclass(frozen=True, slots=True)
class Cited:
    """Paragraphs ready to stand in the draft, and what the user should know about them, in Chinese."""

    paragraphs: tuple[Paragraph, ...]
    reports: tuple[str, ...]
    written: int  # sentences the model wrote
    stopped: int  # of these, sentences that may not stand


def cite(answer: str, *, brief: Brief, embedder: Embedder, headings: Sequence[str] = ()) -> Cited:
    """The answer to a section's prompt. A sentence that says word for word what the offline draft says keeps that
    provenance; any other is the model's, with the passage it stands on or none. `headings` of the draft are not
    taken for sentences.
    """
    known = {one.text: one for one in brief.points}
    paragraphs: list[Paragraph] = []
    read = read_answer(answer, headings=headings)
    reports = [f"最后一句没有写完，已删去：“{read.unfinished[:24]}…”"] if read.unfinished else []
    written = stopped = 0
    for lines in read.lines:
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
