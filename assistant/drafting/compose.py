"""Draft a whole plan without a language model: outline, points, schedule, opening, closing, signature."""

from collections.abc import Mapping, Sequence
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
from assistant.drafting.choose import Choice, Ledger, choose
from assistant.drafting.frame import closing, fact_paragraphs, opening
from assistant.drafting.offers import Shelf
from assistant.drafting.outline import FIXED, expectations, guests_of, outline_of, shapes
from assistant.drafting.periods import title_period
from assistant.drafting.pool import pool_of
from assistant.drafting.request import check_request
from assistant.drafting.schedule import monthly_paragraphs
from assistant.drafting.setting import Setting, setting_of
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
    shelf = Shelf(setting, pool)
    target = shapes().lengths[request.length].characters
    tried: list[tuple[int, tuple[DraftSection, ...]]] = []
    frame = len(_title(setting)) + len(setting.unit.committee) + len(NO_DATE)
    body = float(target - frame)
    for _ in range(_ROUNDS):
        sections = _sections(items, body, shelf)
        length = _length(sections) + frame
        tried.append((abs(length - target), sections))
        if tried[-1][0] <= _CLOSE * target:
            break
        body *= (target - frame) / (length - frame)
    sections = min(tried, key=lambda each: each[0])[1]
    return Draft(request, _title(setting), sections, setting.unit.committee, _dated(request.drafted))


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


def _sections(items: Sequence[OutlineItem], body: float, shelf: Shelf) -> tuple[DraftSection, ...]:
    """Every section of the outline, filled so that the whole has about `body` characters."""
    ledger = Ledger()
    framed = _framed(items, shelf.setting, ledger)
    told = fact_paragraphs(items, setting=shelf.setting)
    for paragraph in (paragraph for paragraphs in told.values() for paragraph in paragraphs):
        ledger.enter(paragraph)
    room = body - sum(len(paragraph.text) for paragraphs in framed.values() for paragraph in paragraphs)
    room -= sum(len(item.heading) + 2 for item in items) + _schedule_length(items, shelf.setting)
    guests = _guests(items, shelf)
    weights = {item.id: _weight(item, guests.get(item.topic, ())) for item in items if item.id not in framed}
    found: list[DraftSection] = []
    for item in items:
        if item.topic is Topic.MONTHLY:
            found.append(_section(item, ()))
            continue
        paragraphs = framed.get(item.id)
        if paragraphs is None:
            share = int(room * weights[item.id] / sum(weights.values()))
            choices = choose((item.topic, *guests.get(item.topic, ())), characters=share, shelf=shelf, ledger=ledger)
            paragraphs = (*told.get(item.id, ()), *_laid_out(choices))
        found.append(_section(item, paragraphs))
    return _scheduled(found, shelf)


def _framed(items: Sequence[OutlineItem], setting: Setting, ledger: Ledger) -> dict[str, tuple[Paragraph, ...]]:
    """Opening and closing by section id."""
    found: dict[str, tuple[Paragraph, ...]] = {}
    for item in items:
        if item.topic in (Topic.GUIDING, Topic.CLOSING):
            paragraph = opening(setting) if item.topic is Topic.GUIDING else closing(setting)
            found[item.id] = (paragraph,)
            ledger.enter(paragraph)
    return found


def _guests(items: Sequence[OutlineItem], shelf: Shelf) -> Mapping[Topic, tuple[Topic, ...]]:
    request = shelf.setting.request
    topics = [item.topic for item in items if item.topic not in FIXED]
    expected = expectations(request, pool=shelf.pool)
    return guests_of(topics, expected=expected, threshold=shapes().lengths[request.length].guests)


def _weight(item: OutlineItem, guests: Sequence[Topic]) -> float:
    if item.topic is Topic.MONTHLY:
        return 0.0
    return 0.7 if item.topic in FIXED else 1.0 + 0.45 * len(guests)


def _laid_out(choices: Sequence[Choice]) -> tuple[Paragraph, ...]:
    """Points as paragraphs. Lead-ins print only where every point of the section has one."""
    paragraphs = [choice.paragraph for choice in choices]
    titled = len(paragraphs) > 1 and all(paragraph.title for paragraph in paragraphs)
    return tuple(replace(one, title=one.title + "。" if titled else "") for one in paragraphs)


def _section(item: OutlineItem, paragraphs: Sequence[Paragraph]) -> DraftSection:
    return DraftSection(item.id, item.heading, item.topic, tuple(paragraphs), item.support)


def _scheduled(sections: Sequence[DraftSection], shelf: Shelf) -> tuple[DraftSection, ...]:
    """The sections with the schedule filled from what the others plan; sections without content are left out."""
    most = shapes().lengths[shelf.setting.request.length].monthly
    found = [
        replace(section, paragraphs=monthly_paragraphs(shelf.setting, pool=shelf.pool, sections=sections, most=most))
        if section.topic is Topic.MONTHLY
        else section
        for section in sections
    ]
    return tuple(section for section in found if section.paragraphs)


def _schedule_length(items: Sequence[OutlineItem], setting: Setting) -> int:
    most = shapes().lengths[setting.request.length].monthly
    return 17 * most * len(setting.months) if any(item.topic is Topic.MONTHLY for item in items) else 0


def _length(sections: Sequence[DraftSection]) -> int:
    """Characters as printed: every heading and point has a number of two characters before it."""
    return sum(
        len(section.heading) + 2 + sum(len(paragraph.text) + 2 for paragraph in section.paragraphs)
        for section in sections
    )


def _title(setting: Setting) -> str:
    return f"{setting.unit.union}{title_period(setting.request)}工作计划"


def _dated(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else NO_DATE
