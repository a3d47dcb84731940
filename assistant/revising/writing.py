"""New wording for a section: other points, more points, the frame, the schedule."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.datatypes import Draft, DraftSection, OutlineItem, Paragraph, PlanRequest, ProvenanceKind
from assistant.drafting.choose import choose
from assistant.drafting.compose import candidates
from assistant.drafting.frame import closing, opening
from assistant.drafting.offers import Shelf
from assistant.drafting.outline import FIXED, shapes
from assistant.drafting.pool import pool_of
from assistant.drafting.schedule import monthly_paragraphs, points_by_month
from assistant.drafting.sections import lay_out
from assistant.drafting.setting import setting_of
from assistant.revising.keeping import has_own, in_calendar, ledger_of, with_own
from assistant.revising.operations import Material, Place
from assistant.revising.targets import sentence_at
from corpus.datatypes import Passage, Topic

FRAMED = (Topic.GUIDING, Topic.CLOSING)
_SEEDS = 12  # how many other seeds are tried for a frame that differs


@dataclass(frozen=True, slots=True)
class Candidate:
    """Another way to say something: sentences ready to stand in the draft, and where they come from."""

    paragraph: Paragraph
    source: str  # for the user: 《…》第…部分 or 工笔模板
    passage_id: str | None


def shelf_of(request: PlanRequest, material: Material) -> Shelf:
    """Everything that may be offered for a request."""
    return Shelf(setting_of(request, timeline=material.timeline), pool_of(material.passages))


def topics_of(section: DraftSection, draft: Draft, shelf: Shelf) -> tuple[Topic, ...]:
    """The section's own topic and those it takes in because they have no section."""
    items = [OutlineItem(one.id, one.heading, one.topic, one.support, "") for one in draft.sections]
    return lay_out(items, shelf).topics.get(section.id, (section.topic,))


def points(
    draft: Draft,
    topics: Sequence[Topic],
    *,
    characters: int,
    request: PlanRequest,
    material: Material,
    heading: str = "",
) -> tuple[Paragraph, ...]:
    """Points on the topics, of about `characters` in all, that say nothing the draft says already; what `heading`
    names comes first.
    """
    shelf = shelf_of(request, material)
    shelf.homes = frozenset(section.topic for section in draft.sections)
    chosen = choose(topics, heading=heading, characters=characters, shelf=shelf, ledger=ledger_of(draft))
    return tuple(choice.paragraph for choice in chosen)


def framed(section: DraftSection, draft: Draft, *, request: PlanRequest, material: Material) -> tuple[Paragraph, ...]:
    """Opening or closing in other words where there are any, else as it is."""
    known = {paragraph.text for paragraph in section.paragraphs}
    first = next((one.paragraphs[0] for one in draft.sections if one.topic is Topic.GUIDING and one.paragraphs), None)
    for step in range(_SEEDS):
        setting = setting_of(replace(request, seed=request.seed + step), timeline=material.timeline)
        said = first if section.topic is Topic.CLOSING else None
        found = closing(setting, first=said) if section.topic is Topic.CLOSING else opening(setting)
        if found.text not in known:
            return (found,)
    return section.paragraphs


def schedule(
    draft: Draft, old: Sequence[Paragraph], *, most: int, request: PlanRequest, material: Material
) -> tuple[Paragraph, ...]:
    """The schedule made anew with at most `most` points a month; the user's own points stay."""
    shelf = shelf_of(request, material)
    offered = points_by_month(shelf.setting, pool=shelf.pool)
    others = [section for section in draft.sections if section.topic is not Topic.MONTHLY]
    own = tuple(paragraph for paragraph in old if has_own(paragraph))
    made = monthly_paragraphs(offered, sections=others, most=most)
    return in_calendar(with_own(own, made), months=shelf.setting.months)


def usual_most(request: PlanRequest) -> int:
    """Points a month that a draft of this length has."""
    return shapes().lengths[request.length].monthly


def even(paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """Lead-ins print only where every point of a section has one."""
    found = tuple(paragraphs)
    counted = [one for one in found if one.numbered and one.month is None]
    titled = len(counted) > 1 and all(one.title for one in counted)
    if not titled:
        return tuple(one if has_own(one) else replace(one, title="") for one in found)
    return tuple(_ended(one) if one.title else one for one in found)


def is_filled(section: DraftSection) -> bool:
    """Whether the section holds points rather than the frame or the schedule."""
    return section.topic not in (*FRAMED, Topic.MONTHLY)


def has_guests(section: DraftSection) -> bool:
    """Whether the section may take in topics without a section of their own."""
    return section.topic not in FIXED


def choices(draft: Draft, place: Place, *, material: Material, k: int = 6) -> tuple[Candidate, ...]:
    """Other wordings on the sentence's topic that repeat nothing in the draft, the best first."""
    section, _, _ = sentence_at(draft, place)
    said = [sentence.text for sentence in draft.sentences]
    found = candidates(
        draft.request,
        topic=section.topic,
        passages=material.passages,
        timeline=material.timeline,
        exclude=said,
        k=k,
    )
    by_id = pool_of(material.passages).passages
    return tuple(_candidate(paragraph, by_id) for paragraph in found)


def _candidate(paragraph: Paragraph, by_id: Mapping[str, Passage]) -> Candidate:
    provenance = paragraph.sentences[0].provenance
    if provenance.kind is not ProvenanceKind.BORROWED:
        return Candidate(paragraph, "工笔模板", None)
    passage = by_id[provenance.source]
    return Candidate(paragraph, " › ".join((f"《{passage.title or passage.file}》", *passage.headings)), passage.id)


def _ended(paragraph: Paragraph) -> Paragraph:
    return paragraph if paragraph.title.endswith("。") else replace(paragraph, title=paragraph.title + "。")
