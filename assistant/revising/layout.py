"""Sections come, go, move, change their names, are locked and unlocked."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.datatypes import Draft, DraftSection, Paragraph
from assistant.drafting.fill import fill
from assistant.drafting.frame import open_points
from assistant.drafting.outline import outline_of
from assistant.drafting.pool import pool_of
from assistant.drafting.setting import setting_of, with_slot
from assistant.drafting.templates import load_templates
from assistant.revising.keeping import has_own, name_of, own_count, refuse_locked, with_section
from assistant.revising.operations import Material, Operation, Revision, revision
from assistant.revising.targets import bare_name, find_section, find_sections, look_for, patterns, topics_said
from assistant.revising.writing import even, framed, is_filled, points, schedule, usual_most
from corpus.classify import label_topics
from corpus.datatypes import Topic
from corpus.errors import BadRequest

_USUAL = 260  # characters of a section where the draft has none to go by
_LONGEST_HEADING = 40


def add(draft: Draft, operation: Operation, material: Material) -> Revision:
    """A section on the topic the target names, where plans of this type have it; an unknown one is left to fill in."""
    wanted = bare_name(operation.target)
    topics = [topic for topic in Topic if str(topic) == wanted] or list(topics_said(wanted))
    held = next((section for section in draft.sections if topics and section.topic is topics[0]), None)
    if held is not None and not operation.detail:
        raise BadRequest(f"文稿里已有“{name_of(held)}”。要再写细些，请说“{name_of(held)}多写点”。")
    section = _on_topic(draft, topics[0], wanted, material) if topics else _to_fill_in(draft, wanted, material)
    if operation.detail:
        section = replace(section, heading=_heading(operation.detail))
    place = _usual_place(draft, section.topic, material)
    sections = (*draft.sections[:place], section, *draft.sections[place:])
    return revision(draft, replace(draft, sections=sections), f"已加上“{name_of(section)}”。")


def remove(draft: Draft, operation: Operation, material: Material) -> Revision:
    """The draft without the section. The user's own sentences go only when the detail says so."""
    found = look_for(draft, operation.target)
    guests = None if found else _without_points(draft, bare_name(operation.target))
    if guests is not None:
        return guests
    section = found or find_section(draft, operation.target)
    refuse_locked(section)
    own = own_count(section)
    if own and not patterns()["with_own"].search(operation.detail):
        raise BadRequest(f"“{name_of(section)}”里有您自己写的 {own} 句，没有删。确实不要，请说“连同手写的一起删”。")
    if len(draft.sections) == 1:
        raise BadRequest("文稿只剩这一部分了，没有删。")
    kept = tuple(each for each in draft.sections if each.id != section.id)
    return revision(draft, replace(draft, sections=kept), f"已删去“{name_of(section)}”。")


def rename(draft: Draft, operation: Operation, material: Material) -> Revision:
    """The section under another heading."""
    section = find_section(draft, operation.target)
    refuse_locked(section)
    if not section.heading:
        raise BadRequest("开头和结尾没有小标题，不用改名。")
    heading = _heading(operation.detail)
    renamed = with_section(draft, replace(section, heading=heading))
    return revision(draft, renamed, f"“{name_of(section)}”已改名为“{heading}”。")


def reorder(draft: Draft, operation: Operation, material: Material) -> Revision:
    """The section in another place. Opening and closing, which have no heading, stay where they are."""
    section = find_section(draft, operation.target)
    refuse_locked(section)
    headed = [each for each in draft.sections if each.heading]
    if section not in headed:
        raise BadRequest("开头和结尾没有小标题，位置是固定的。")
    order = _ordered(draft, headed, section, operation.detail.strip())
    filled = iter(order)
    sections = tuple(next(filled) if each.heading else each for each in draft.sections)
    if sections == draft.sections:
        return revision(draft, draft, f"“{name_of(section)}”已经在那个位置了。")
    moved = replace(draft, sections=sections)
    return revision(draft, moved, f"已移动“{name_of(section)}”，现为第 {order.index(section) + 1} 部分。")


def lock(draft: Draft, operation: Operation, material: Material) -> Revision:
    """The sections kept from every later change."""
    return _locked(draft, operation, locked=True)


def unlock(draft: Draft, operation: Operation, material: Material) -> Revision:
    """The sections open to changes again."""
    return _locked(draft, operation, locked=False)


def _locked(draft: Draft, operation: Operation, *, locked: bool) -> Revision:
    found = find_sections(draft, operation.target)
    ids = {section.id for section in found}
    sections = tuple(replace(each, locked=locked) if each.id in ids else each for each in draft.sections)
    names = "全文" if len(found) == len(draft.sections) else f"“{name_of(found[0])}”"
    told = f"{names}已锁定，之后的改动都会绕开。" if locked else f"{names}已解锁。"
    return revision(draft, replace(draft, sections=sections), told)


def _without_points(draft: Draft, wanted: str) -> Revision | None:
    """The draft without the points on a topic that has no section of its own; None when there are none."""
    topics = set(topics_said(wanted))
    after, count = draft, 0
    for section in draft.sections:
        if section.locked or not is_filled(section):
            continue
        kept = tuple(
            p
            for p in section.paragraphs
            if has_own(p) or not topics.intersection(label_topics(p.text, headings=())[:1])
        )
        if kept and len(kept) < len(section.paragraphs):
            count += len(section.paragraphs) - len(kept)
            after = with_section(after, replace(section, paragraphs=kept))
    if not count:
        return None
    return revision(draft, after, f"“{wanted}”没有单独成部分，已删去文中讲它的 {count} 条。")


def _on_topic(draft: Draft, topic: Topic, wanted: str, material: Material) -> DraftSection:
    request = replace(draft.request, emphasis=(*draft.request.emphasis, str(topic), wanted))
    items = outline_of(request, pool=pool_of(material.passages))
    item = next((each for each in items if each.topic is topic), None)
    taken = {section.id for section in draft.sections}
    key = topic.name.lower()
    while key in taken:
        key += "+"
    empty = DraftSection(key, item.heading if item else str(topic), topic, (), item.support if item else 0)
    if topic is Topic.MONTHLY:
        made = schedule(draft, (), most=usual_most(request), request=request, material=material)
    elif is_filled(empty):
        room = _usual(draft)
        made = even(points(draft, (topic,), characters=room, request=request, material=material, heading=empty.heading))
    else:
        made = framed(empty, draft, request=request, material=material)
    section = replace(empty, paragraphs=made or _blank(str(topic), draft, material))
    setting = setting_of(replace(draft.request, emphasis=(wanted,)), timeline=material.timeline)
    unanswered = open_points((section,), {key: (topic,)}, setting=setting) if is_filled(empty) else {}
    return replace(section, paragraphs=(*section.paragraphs, *unanswered.get(key, ())))


def _to_fill_in(draft: Draft, wanted: str, material: Material) -> DraftSection:
    """A section nothing is known about: its heading, and what to fill in."""
    if not wanted:
        raise BadRequest("请说要加哪一部分，例如“加上女职工”。")
    taken = {section.id for section in draft.sections}
    key = next(f"own-{count}" for count in range(1, len(taken) + 2) if f"own-{count}" not in taken)
    return DraftSection(key, _heading(wanted), Topic.SERVICE, _blank(wanted, draft, material))


def _blank(name: str, draft: Draft, material: Material) -> tuple[Paragraph, ...]:
    template = next(each for each in load_templates() if each.role == "emphasis")
    setting = with_slot(setting_of(draft.request, timeline=material.timeline), "侧重", name)
    return (Paragraph(fill(template, setting=setting) or ()),)


def _usual(draft: Draft) -> int:
    lengths = [sum(len(p.text) for p in one.paragraphs) for one in draft.sections if is_filled(one)]
    return sum(lengths) // len(lengths) if lengths else _USUAL


def _usual_place(draft: Draft, topic: Topic, material: Material) -> int:
    """In front of the first section that plans of this type have after the topic, at the latest before the closing."""
    request = replace(draft.request, emphasis=(*(str(each.topic) for each in draft.sections), str(topic)))
    order = [item.topic for item in outline_of(request, pool=pool_of(material.passages))]
    after = order[order.index(topic) + 1 :] if topic in order else [Topic.MONTHLY, Topic.SAFEGUARDS, Topic.CLOSING]
    places = (place for place, section in enumerate(draft.sections) if section.topic in after)
    return next(places, len(draft.sections))


def _heading(text: str) -> str:
    heading = text.strip().strip("“”\"'。")
    if not heading or len(heading) > _LONGEST_HEADING or "\n" in heading:
        raise BadRequest(f"小标题“{heading[:20]}”不合适：请给一个 {_LONGEST_HEADING} 字以内的小标题。")
    return heading


def _ordered(draft: Draft, headed: Sequence[DraftSection], section: DraftSection, detail: str) -> list[DraftSection]:
    words = patterns()
    here = headed.index(section)
    others = [each for each in headed if each is not section]
    exchange = words["exchange"].search(detail)
    if exchange:
        there = headed.index(_headed(draft, exchange["other"], headed))
        order = list(headed)
        order[here], order[there] = order[there], order[here]
        return order
    place = _new_place(draft, headed, others, here, detail)
    return [*others[:place], section, *others[place:]]


def _new_place(
    draft: Draft, headed: Sequence[DraftSection], others: Sequence[DraftSection], here: int, detail: str
) -> int:
    words = patterns()
    if detail.isdigit() and 1 <= int(detail) <= len(headed):
        return int(detail) - 1
    for name, place in (("up", max(here - 1, 0)), ("down", min(here + 1, len(others)))):
        if words[name].search(detail):
            return place
    for name, step in (("in_front", 0), ("behind", 1)):
        match = words[name].search(detail)
        other = look_for(draft, match["other"]) if match else None
        if other is not None and other in others:
            return others.index(other) + step
    if words["to_end"].search(detail):
        return len(others)
    if words["to_front"].search(detail):
        return 0
    raise BadRequest(f"不明白要移到哪里：“{detail}”。可以说“移到第三部分之后”“与第四部分对调”“移到最后”。")


def _headed(draft: Draft, target: str, headed: Sequence[DraftSection]) -> DraftSection:
    found = find_section(draft, target)
    if found not in headed:
        raise BadRequest("开头和结尾没有小标题，位置是固定的。")
    return found
