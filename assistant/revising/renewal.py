"""The draft made right for another unit, type, year or period; sentences that fit in their new dress stay."""

from collections.abc import Mapping
from dataclasses import replace

from assistant.datatypes import Draft, DraftSection, Length, Paragraph, PlanRequest, ProvenanceKind, Sentence
from assistant.drafting.adapt import borrow, is_sound
from assistant.drafting.compose import draft_plan
from assistant.drafting.fill import fill, fill_title, is_open
from assistant.drafting.offers import Shelf
from assistant.drafting.outline import heading_of, shapes
from assistant.drafting.request import check_request
from assistant.drafting.templates import Template, load_templates
from assistant.revising.keeping import has_own, is_own, name_of, with_section
from assistant.revising.lengths import resized
from assistant.revising.operations import Material, Operation, Revision, revision
from assistant.revising.traces import replaced_words, reworded
from assistant.revising.writing import FRAMED, even, framed, has_guests, points, schedule, shelf_of, topics_of
from corpus.datatypes import OrganisationType, Period, Topic
from corpus.errors import BadRequest

_FIELDS = ("单位名称", "单位类型", "年份", "周期", "篇幅")
_THIN = 0.85  # share of a section's characters below which it is filled up


def change(draft: Draft, operation: Operation, material: Material) -> Revision:
    """One field of the request changed."""
    return change_request(draft, _request(draft.request, operation.target, operation.detail.strip()), material)


def change_request(draft: Draft, request: PlanRequest, material: Material) -> Revision:
    """The draft for another request: everything re-adapted, gaps filled up, locked parts and the user's own as they
    are. Raises BadRequest for a request that cannot be met.
    """
    old, request = draft.request, check_request(request)
    if request == old:
        return revision(draft, draft, "没有变化。")
    shelf = shelf_of(request, material)
    after = _framing(draft, request, material)
    for section in draft.sections:
        if not section.locked and section.topic is not Topic.MONTHLY:
            renewed = tuple(_paragraphs(section, shelf))
            heading = _heading(section, old, request)
            after = with_section(after, replace(section, heading=heading, paragraphs=even(renewed)))
    for section in draft.sections:
        if not section.locked:
            after = _filled_up(after, section, request, material)
    if request.length is not old.length:
        after = _of_length(after, old.length, request, material)
    return revision(draft, after, _told(draft, after, old, request))


def _request(old: PlanRequest, field: str, value: str) -> PlanRequest:
    if field not in _FIELDS:
        raise BadRequest(f"改不了“{field}”。可以改：{'、'.join(_FIELDS)}。")
    lists = {"单位类型": OrganisationType, "周期": Period, "篇幅": Length}
    if field in lists and value not in set(lists[field]):
        raise BadRequest(f"没有{field}“{value}”。可用的有：{'、'.join(lists[field])}。")
    if field == "年份" and not (value.isascii() and value.isdigit()):
        raise BadRequest(f"年份 {value!r} 不对：请写四位数字，例如 2026。")
    if field == "单位名称":
        return replace(old, name=value or None, short_name=None)
    if field == "单位类型":
        return replace(old, organisation=OrganisationType(value), short_name=None)
    if field == "年份":
        return replace(old, year=int(value), drafted=None)
    return replace(old, period=Period(value)) if field == "周期" else replace(old, length=Length(value))


def _framing(draft: Draft, request: PlanRequest, material: Material) -> Draft:
    """Title, signature and date, where they are those of the old request."""

    def empty(asked: PlanRequest) -> Draft:
        return draft_plan(asked, passages=material.passages, timeline=material.timeline, outline=())

    was, new = empty(draft.request), empty(request)
    return replace(
        draft,
        request=request,
        title=new.title if draft.title == was.title else draft.title,
        signature=new.signature if draft.signature == was.signature else draft.signature,
        dated=new.dated if draft.dated == was.dated else draft.dated,
    )


def _heading(section: DraftSection, old: PlanRequest, request: PlanRequest) -> str:
    """The heading for the new request, unless the user gave another."""
    if not section.heading or section.topic is Topic.CLOSING:
        return section.heading
    for seed in (0, 1):  # the two styles
        if section.heading == heading_of(section.topic, replace(old, seed=seed)):
            return heading_of(section.topic, replace(request, seed=seed))
    return section.heading


def _paragraphs(section: DraftSection, shelf: Shelf) -> list[Paragraph]:
    found = []
    for paragraph in section.paragraphs:
        title = paragraph.title if has_own(paragraph) else _title(paragraph, shelf)
        sentences = _sentences(paragraph, shelf)
        if sentences:
            found.append(replace(paragraph, title=title, sentences=sentences))
    return found


def _sentences(paragraph: Paragraph, shelf: Shelf) -> tuple[Sentence, ...]:
    """The sentences that fit; behind one that does not, only the user's own stay: the others may lean on it."""
    found: list[Sentence] = []
    broken = False
    for sentence in paragraph.sentences:
        if is_own(sentence):
            found.append(sentence)
            continue
        renewed = None if broken else _renewed(sentence, shelf)
        if renewed is None:
            broken = True
        else:
            found.append(reworded(renewed, replaced_words(sentence.provenance)))
    return tuple(found)


def _renewed(sentence: Sentence, shelf: Shelf) -> Sentence | None:
    provenance, setting = sentence.provenance, shelf.setting
    if provenance.kind is ProvenanceKind.BORROWED:
        passage = shelf.pool.passages.get(provenance.source)
        return borrow(passage, provenance.start, provenance.end, setting=setting) if passage else None
    if provenance.kind is ProvenanceKind.TEMPLATE:
        template = _template(provenance.source)
        if template is None or not is_open(template, setting=setting):
            return None
        spans = {(one.provenance.start, one.provenance.end): one for one in fill(template, setting=setting) or ()}
        return spans.get((provenance.start, provenance.end))
    return sentence if is_sound(sentence.text, setting=setting) else None


def _title(paragraph: Paragraph, shelf: Shelf) -> str:
    provenance = paragraph.sentences[0].provenance if paragraph.sentences else None
    template = _template(provenance.source) if provenance else None
    if not paragraph.title or template is None or not is_open(template, setting=shelf.setting):
        return paragraph.title
    return fill_title(template, setting=shelf.setting) + "。" * paragraph.title.endswith("。")


def _template(identifier: str) -> Template | None:
    known: Mapping[str, Template] = {template.id: template for template in load_templates()}
    return known.get(identifier)


def _filled_up(draft: Draft, old: DraftSection, request: PlanRequest, material: Material) -> Draft:
    """Sections that lost too much get new points; the schedule is made anew, for its months may be others."""
    section = next(each for each in draft.sections if each.id == old.id)
    if section.topic is Topic.MONTHLY:
        counts = [sum(p.month == month for p in old.paragraphs) for month in range(1, 13)]
        made = schedule(draft, old.paragraphs, most=max(counts), request=request, material=material)
        return with_section(draft, replace(section, paragraphs=made))
    wanted, held = (sum(len(p.text) for p in one.paragraphs) for one in (old, section))
    if held >= _THIN * wanted and section.paragraphs:
        return draft
    if section.topic in FRAMED:
        own = any(map(has_own, section.paragraphs))
        made = section.paragraphs if own else framed(section, draft, request=request, material=material)
    else:
        topics = topics_of(section, draft, shelf_of(request, material)) if has_guests(section) else (section.topic,)
        more = points(draft, topics, characters=wanted - held, request=request, material=material)
        made = even((*section.paragraphs, *more))
    return with_section(draft, replace(section, paragraphs=made))


def _of_length(draft: Draft, old: Length, request: PlanRequest, material: Material) -> Draft:
    lengths = shapes().lengths
    ratio = lengths[request.length].characters / lengths[old].characters
    after = draft
    for section in draft.sections:
        if not section.locked and section.topic not in FRAMED:
            after = resized(after, section, ratio, request=request, material=material)
    return after


def _told(before: Draft, after: Draft, old: PlanRequest, request: PlanRequest) -> str:
    changed = [
        f"{name}由“{was or '待填'}”改为“{new or '待填'}”"
        for name, was, new in (
            ("单位名称", old.name, request.name),
            ("单位类型", old.organisation, request.organisation),
            ("年份", old.year, request.year),
            ("周期", old.period, request.period),
            ("篇幅", old.length, request.length),
        )
        if was != new
    ]
    locked = [f"“{name_of(section)}”" for section in before.sections if section.locked]
    own = sum(map(is_own, after.sentences))
    told = "，".join(changed or ["要求已改"]) + "，文稿已相应改写。"
    told += f"锁定的{'、'.join(locked)}没有动，请自行核对。" if locked else ""
    return told + (f"您自己写的 {own} 句保持原样，请核对单位和年份。" if own else "")
