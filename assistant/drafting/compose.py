"""Draft a whole plan without a language model: outline, points, schedule, opening, closing, signature.

Numbers are not part of the text; whoever prints counts them: sections 一、二、…, points 1. 2. … or, where they carry
lead-ins, （一）（二）…; a section's only point, the opening and the closing have none. A paragraph with a month is a
point of the schedule and ends in ；, the last of its month in 。
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.datatypes import (
    Draft,
    DraftSection,
    OutlineItem,
    Paragraph,
    PlanRequest,
    Provenance,
    ProvenanceKind,
    Sentence,
)
from assistant.drafting.choose import Ledger
from assistant.drafting.offers import Shelf
from assistant.drafting.outline import outline_of, shapes
from assistant.drafting.periods import title_period
from assistant.drafting.pool import pool_of
from assistant.drafting.request import check_request
from assistant.drafting.sections import fill_sections, lay_out, printed_length
from assistant.drafting.setting import setting_of
from assistant.timeline import Timeline
from corpus.datatypes import Passage, Topic

NO_DATE = "【待填：日期】"
_ROUNDS = 4  # the sections are filled again with the length corrected
_CLOSE = 0.06  # share of the target length that is near enough


def plan_outline(request: PlanRequest, *, passages: Sequence[Passage], timeline: Timeline) -> tuple[OutlineItem, ...]:
    """The sections the draft of this request would have, to be edited before composing."""
    del timeline  # the same call as draft_plan; headings need no dated facts so far
    return outline_of(check_request(request), pool=pool_of(passages))


def draft_plan(
    request: PlanRequest,
    *,
    passages: Sequence[Passage],
    timeline: Timeline,
    outline: Sequence[OutlineItem] | None = None,
) -> Draft:
    """A complete plan, every sentence with provenance. The same request gives the same draft, another seed another.

    Raises BadRequest where the request cannot be met.
    """
    request = check_request(request)
    pool = pool_of(passages)
    setting = setting_of(request, timeline=timeline)
    items = tuple(outline) if outline is not None else outline_of(request, pool=pool)
    title = f"{setting.unit.union}{title_period(request)}工作计划"
    frame = len(title) + len(setting.unit.committee) + len(NO_DATE)
    target = shapes().lengths[request.length].characters - frame
    sections = _of_length(items, target, Shelf(setting, pool))
    return Draft(request, title, sections, setting.unit.committee, _dated(request.drafted))


def candidates(
    request: PlanRequest,
    *,
    topic: Topic,
    passages: Sequence[Passage],
    timeline: Timeline,
    exclude: Sequence[str] = (),
    k: int = 6,
) -> tuple[Paragraph, ...]:
    """Other points on a topic, the best first, none repeating the `exclude` texts: for replacing one of a draft."""
    shelf = Shelf(setting_of(check_request(request), timeline=timeline), pool_of(passages))
    ledger = Ledger()
    for text in exclude:
        ledger.enter(Paragraph((Sentence(text, Provenance(ProvenanceKind.USER)),)))
    found: list[Paragraph] = []
    for offer in shelf.offers(topic):
        paragraph = shelf.paragraph(offer)
        if paragraph and not ledger.repeats(sentence.text for sentence in paragraph.sentences):
            ledger.enter(paragraph)
            found.append(replace(paragraph, title=""))
        if len(found) == k:
            break
    return tuple(found)


def _of_length(items: Sequence[OutlineItem], target: int, shelf: Shelf) -> tuple[DraftSection, ...]:
    """The sections filled again and again with the length corrected; the attempt nearest the target wins."""
    layout = lay_out(items, shelf)
    tried: list[tuple[int, tuple[DraftSection, ...]]] = []
    characters = float(target)
    for _ in range(_ROUNDS):
        sections = fill_sections(items, layout, characters=characters, shelf=shelf)
        length = printed_length(sections)
        tried.append((abs(length - target), sections))
        if tried[-1][0] <= _CLOSE * target:
            break
        characters *= target / max(length, 1)
    return min(tried, key=lambda each: each[0])[1]


def _dated(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else NO_DATE
