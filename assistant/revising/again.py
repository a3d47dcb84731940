"""换一版: the same outline in other words."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.datatypes import Draft, DraftSection, OutlineItem, Paragraph, PlanRequest
from assistant.drafting.compose import draft_plan
from assistant.revising.keeping import has_own, ledger_of, name_of, refuse_locked, with_own, with_section
from assistant.revising.operations import Material, Operation, Revision, revision
from assistant.revising.targets import find_sections
from assistant.revising.writing import (
    FRAMED,
    even,
    framed,
    has_guests,
    is_filled,
    points,
    schedule,
    shelf_of,
    topics_of,
    usual_most,
)
from corpus.datatypes import Topic

_ENOUGH = 0.6  # share of that below which points of the old version may come back
_LEAST = 160  # characters of a section written anew, however little it held


def again(draft: Draft, operation: Operation, material: Material) -> Revision:
    """Other wording for a section or for all of the draft; the outline, locked parts and the user's own stay."""
    found = find_sections(draft, operation.target)
    request = replace(draft.request, seed=draft.request.seed + 1)
    if len(found) > 1 or len(draft.sections) == 1:
        after = _whole(draft, request, material)
        told = "已换一版，结构没有变，锁定的部分和您自己写的都保留着。"
    else:
        refuse_locked(found[0])
        after = with_section(draft, _other(found[0], draft, request, material))
        told = f"“{name_of(found[0])}”已换一版。"
    if after.sections == draft.sections:
        return revision(draft, draft, "范文和模板里没有别的写法了，没有改动。")
    return revision(draft, replace(after, request=request), told)


def _whole(draft: Draft, request: PlanRequest, material: Material) -> Draft:
    items = [OutlineItem(one.id, one.heading, one.topic, one.support, "") for one in draft.sections]
    # the user's facts stand in the draft already, or were taken out
    fresh = draft_plan(
        replace(request, facts=()), passages=material.passages, timeline=material.timeline, outline=items
    )
    written = {section.id: section.paragraphs for section in fresh.sections}
    kept = tuple(replace(one, paragraphs=_kept(one)) for one in draft.sections)
    after = replace(draft, sections=kept)
    for section in draft.sections:
        new = written.get(section.id, ())
        if section.locked or not new or section.id.startswith("own-"):
            after = with_section(after, section)
            continue
        if section.topic is Topic.MONTHLY:
            most = usual_most(request)
            made = schedule(after, section.paragraphs, most=most, request=request, material=material)
        else:
            made = even(with_own(section.paragraphs, _new(new, after)))
        after = with_section(after, replace(section, paragraphs=made))
    return after


def _kept(section: DraftSection) -> tuple[Paragraph, ...]:
    """What stays of a section whatever is written anew."""
    return section.paragraphs if section.locked else tuple(p for p in section.paragraphs if has_own(p))


def _new(paragraphs: Sequence[Paragraph], draft: Draft) -> tuple[Paragraph, ...]:
    """Paragraphs that do not repeat what stays."""
    ledger = ledger_of(draft)
    return tuple(one for one in paragraphs if not ledger.repeats(sentence.text for sentence in one.sentences))


def _other(section: DraftSection, draft: Draft, request: PlanRequest, material: Material) -> DraftSection:
    if section.topic in FRAMED:
        made = section.paragraphs
        if not any(map(has_own, made)):
            made = framed(section, draft, request=request, material=material)
        return replace(section, paragraphs=made)
    rest = with_section(draft, replace(section, paragraphs=_kept(section)))
    if not is_filled(section):
        most = max((sum(p.month == month for p in section.paragraphs) for month in range(1, 13)), default=0)
        most = most or usual_most(request)
        made = schedule(rest, section.paragraphs, most=most, request=request, material=material)
        return replace(section, paragraphs=made)
    topics = topics_of(section, draft, shelf_of(request, material)) if has_guests(section) else (section.topic,)
    length = sum(len(paragraph.text) for paragraph in section.paragraphs if not has_own(paragraph))
    wanted = max(length, _LEAST)
    new = points(draft, topics, characters=wanted, request=request, material=material, heading=section.heading)
    if sum(len(paragraph.text) for paragraph in new) < _ENOUGH * wanted:  # nothing else is left: mix anew
        new = points(rest, topics, characters=wanted, request=request, material=material, heading=section.heading)
    return replace(section, paragraphs=even(with_own(section.paragraphs, new))) if new else section
