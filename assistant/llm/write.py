"""A draft written by a model, section by section, over the offline draft: same outline, points, wording and facts.

    for step in write_draft(request, writer=open_writer(settings, resources)):
        show(step.draft, step.text, step.messages)

Every step holds a whole draft: sections not yet written, and those the model failed at, are the offline composer's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.datatypes import Draft, DraftSection, OutlineItem, Paragraph, PlanRequest, ProvenanceKind
from assistant.drafting import draft_plan
from assistant.drafting.choose import Ledger
from assistant.drafting.likeness import overlap, shape
from assistant.llm.ask import ask, messages_of
from assistant.llm.brief import Brief, brief_of, fewer_sources, section_values
from assistant.llm.cite import Cited, cite
from assistant.llm.inspect import inspected
from assistant.llm.prompts import fill_prompt
from assistant.llm.troubles import HOPELESS, ModelProblem, Trouble
from assistant.llm.writer import Writer
from corpus.datatypes import Topic

_FRAMED = (Topic.GUIDING, Topic.CLOSING)
_LEAST_SHARE = 0.5  # of the offline section's characters that a written one must have
_MOST_REASONS = 3  # told where a whole answer was put aside
_SAME = 0.85  # likeness from which two sentences of a section are one
_MOST_SHARE, _ROOM = 2.5, 200  # and how many times as many, and characters more, it may have
_MOST_STOPPED = 0.5  # of a section's sentences: beyond it the answer cannot be trusted


class State(StrEnum):
    """How far a section is."""

    WRITING = "正在写"
    CHECKED = "已核对，就要放进文稿"
    WRITTEN = "已写好"
    KEPT = "沿用离线稿"


@dataclass(frozen=True, slots=True)
class Step:
    """A moment of writing. `text` is the model's raw words while WRITING: to look at, not yet checked."""

    draft: Draft
    section: str
    heading: str
    state: State
    text: str = ""
    messages: tuple[str, ...] = ()  # Chinese, a line each
    why: str = ""  # for KEPT


def write_draft(
    request: PlanRequest, *, writer: Writer, outline: Sequence[OutlineItem] | None = None
) -> Iterator[Step]:
    """Write a whole plan; the last step holds the finished draft. Closing the iterator stops the model.

    Raises BadRequest where the request cannot be met; troubles of the model are messages, never errors.
    """
    draft = draft_plan(request, passages=writer.passages, timeline=writer.timeline, outline=outline)
    yield from write_sections(draft, writer=writer)


def write_sections(draft: Draft, *, writer: Writer, only: Sequence[str] | None = None) -> Iterator[Step]:
    """Write the sections of a draft anew, all or those of the ids `only`. Locked ones, the schedule and the user's
    own sentences stay as they are.
    """
    hopeless: Trouble | None = None
    for section in to_write(draft, only=only):
        if hopeless is not None:
            yield _kept(draft, section, str(hopeless))
            continue
        try:
            for step in _section(draft, section, writer):
                draft = step.draft
                yield step
        except ModelProblem as problem:
            hopeless = problem.trouble if problem.trouble in HOPELESS else None
            yield _kept(draft, section, str(problem.trouble))


def to_write(draft: Draft, *, only: Sequence[str] | None = None) -> tuple[DraftSection, ...]:
    """The sections a model writes, in order."""
    free = (each for each in draft.sections if not each.locked and each.topic is not Topic.MONTHLY)
    return tuple(section for section in free if only is None or section.id in only)


def _section(draft: Draft, section: DraftSection, writer: Writer) -> Iterator[Step]:
    """Steps of one section; the last one is WRITTEN or KEPT. Raises ModelProblem when the model gives no answer."""
    brief = brief_of(section, draft, passages=writer.passages, timeline=writer.timeline)
    answer = ""
    try:
        for step in _streamed(draft, brief, writer):
            answer = step.text
            yield step
    except ModelProblem as problem:
        if problem.trouble is not Trouble.TOO_LONG:
            raise
        brief = fewer_sources(brief)
        for step in _streamed(draft, brief, writer):
            answer = step.text
            yield step
    headings = [each.heading for each in draft.sections]
    cited = cite(answer, brief=brief, embedder=writer.embedder, headings=headings)
    cited = inspected(cited, draft=draft, writer=writer)
    cited = _without_repeats(cited, draft, section)
    why = _unusable(cited, brief)
    if why:
        yield _kept(draft, section, why, cited.reports[:_MOST_REASONS])
        return
    written = replace(section, paragraphs=_arranged(section, cited.paragraphs))
    after = replace(draft, sections=tuple(written if each.id == section.id else each for each in draft.sections))
    yield Step(after, section.id, name_of(section), State.WRITTEN, answer, cited.reports)


def _streamed(draft: Draft, brief: Brief, writer: Writer) -> Iterator[Step]:
    """The answer as it comes."""
    section = brief.offline
    before = draft.sections[: [each.id for each in draft.sections].index(section.id)]
    values = {slot: writer.discreet(text) for slot, text in section_values(brief, draft, before).items()}
    prompt = fill_prompt("section", values)
    for piece in ask(writer.model, messages_of(fill_prompt("system", {}), prompt), limits=writer.limits):
        told = (f"“{name_of(section)}”：{piece.retried}",) if piece.retried else ()
        yield Step(draft, section.id, name_of(section), State.WRITING, piece.text, told)


def _kept(draft: Draft, section: DraftSection, why: str, reports: Sequence[str] = ()) -> Step:
    told = f"“{name_of(section)}”沿用离线稿：{why}。"
    return Step(draft, section.id, name_of(section), State.KEPT, "", (told, *reports), why)


def _unusable(cited: Cited, brief: Brief) -> str:
    """Why the answer cannot stand as the section, "" where it can."""
    written = sum(len(paragraph.text) for paragraph in cited.paragraphs)
    if cited.written and cited.stopped > _MOST_STOPPED * cited.written:
        return "模型写的大半没有依据或不合规"
    if written < _LEAST_SHARE * brief.characters:
        return "模型写得太短"
    if written > _MOST_SHARE * brief.characters + _ROOM:
        return "模型写得太长，不止这一部分"
    return ""


def _without_repeats(cited: Cited, draft: Draft, section: DraftSection) -> Cited:
    """The answer without sentences that other sections say already, and without those it says twice itself."""
    ledger = Ledger()
    for each in draft.sections:
        if each.id != section.id and each.topic is not Topic.MONTHLY:  # which only says when
            for paragraph in each.paragraphs:
                ledger.enter(paragraph)
    said: list[frozenset[str]] = []
    kept, count = [], 0
    for paragraph in cited.paragraphs:
        fresh = []
        for one in paragraph.sentences:
            twice = any(overlap(shape(one.text), other) >= _SAME for other in said)
            if not twice and not ledger.repeats([one.text]):
                fresh.append(one)
                said.append(shape(one.text))
        count += len(paragraph.sentences) - len(fresh)
        kept += [replace(paragraph, sentences=tuple(fresh))] if fresh else []
    reports = (*cited.reports, f"与别处重复，已删去 {count} 句") if count else cited.reports
    return replace(cited, paragraphs=tuple(kept), reports=reports)


def _arranged(section: DraftSection, written: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The user's own paragraphs first, as offline; the opening and closing are one paragraph without a number."""
    own = tuple(
        replace(paragraph, title="")
        for paragraph in section.paragraphs
        if any(one.provenance.kind is ProvenanceKind.USER for one in paragraph.sentences)
    )
    if section.topic in _FRAMED:
        joined = tuple(sentence for paragraph in written for sentence in paragraph.sentences)
        return (*own, Paragraph(joined, numbered=False))
    return (*own, *written)


def name_of(section: DraftSection) -> str:
    """What to call a section to the user."""
    return section.heading or {Topic.GUIDING: "开头", Topic.CLOSING: "结尾"}.get(section.topic, str(section.topic))
