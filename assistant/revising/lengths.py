"""Shorter, longer, more about something."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.datatypes import Draft, DraftSection, Paragraph, PlanRequest
from assistant.drafting.outline import shapes
from assistant.drafting.periods import months_of
from assistant.drafting.pool import overlap, shape
from assistant.revising.keeping import has_own, in_calendar, is_own, name_of, refuse_locked, with_section
from assistant.revising.layout import add
from assistant.revising.operations import WHOLE, Material, Op, Operation, Revision, revision
from assistant.revising.targets import bare_name, find_sections, look_for, topics_said
from assistant.revising.writing import FRAMED, even, has_guests, is_filled, points, schedule, shelf_of, topics_of
from corpus.datatypes import Topic
from corpus.errors import BadRequest

SHORTER, LONGER = 0.65, 1.5  # of the characters before
_LEAST_MORE = 90  # characters that are worth adding


def shorten(draft: Draft, operation: Operation, material: Material) -> Revision:
    """The sections with fewer points; the first sentence of each, and all of the user's, stay."""
    found = find_sections(draft, operation.target)
    return _resized(draft, found, SHORTER, material, "缩短")


def expand(draft: Draft, operation: Operation, material: Material) -> Revision:
    """The sections with more points that the draft does not have yet."""
    if operation.target and look_for(draft, operation.target) is None and operation.target != WHOLE:
        wanted = bare_name(operation.target)
        if _host(draft, wanted) is not None:
            return emphasise(draft, Operation(Op.EMPHASISE, wanted), material)
    return _resized(draft, find_sections(draft, operation.target), LONGER, material, "写细")


def emphasise(draft: Draft, operation: Operation, material: Material) -> Revision:
    """More about a matter, in the section it belongs to, or in a new one."""
    about = (operation.detail or operation.target).strip()
    if not about or about == WHOLE:
        raise BadRequest("请说要多写什么，例如“多写点困难帮扶”。")
    topics = topics_said(about)
    told = look_for(draft, operation.target) if operation.detail and operation.target != WHOLE else None
    section = told or look_for(draft, about) or _host(draft, about)
    if section is None:
        return add(draft, Operation(Op.ADD, about), material)
    refuse_locked(section)
    request = replace(draft.request, emphasis=(*draft.request.emphasis, about))
    before = replace(draft, request=request)
    if not is_filled(section):
        return expand(before, Operation(Op.EXPAND, section.id), material)
    topic = topics[0] if topics and topics[0] is not Topic.MONTHLY else section.topic
    more = points(before, (topic,), characters=_more(section), request=request, material=material)
    grown = replace(section, paragraphs=even(_nearest(section, more, about)))
    if not more:
        raise BadRequest(f"范文和模板里没有更多关于“{about}”的内容了，可以自己补写几句。")
    return revision(draft, with_section(before, grown), f"“{name_of(section)}”里多写了“{about}”。")


def _host(draft: Draft, about: str) -> DraftSection | None:
    """The section that takes in a topic without a section of its own."""
    hosts = [host for topic in topics_said(about)[:1] for host in shapes().hosts.get(topic, ())]
    by_topic = {section.topic: section for section in reversed(draft.sections)}
    return next((by_topic[host] for host in hosts if host in by_topic), None)


def resized(draft: Draft, section: DraftSection, ratio: float, *, request: PlanRequest, material: Material) -> Draft:
    """The draft with the section at about `ratio` of its characters."""
    if section.topic is Topic.MONTHLY:
        return with_section(draft, _monthly(draft, section, ratio, request=request, material=material))
    if ratio < 1:
        return with_section(draft, replace(section, paragraphs=even(_cut(section.paragraphs, ratio))))
    if not is_filled(section):
        return draft
    topics = topics_of(section, draft, shelf_of(request, material)) if has_guests(section) else (section.topic,)
    room = max(int((ratio - 1) * _length(section.paragraphs)), _LEAST_MORE)
    more = points(draft, topics, characters=room, request=request, material=material)
    return with_section(draft, replace(section, paragraphs=even((*section.paragraphs, *more))))


def _resized(draft: Draft, sections: Sequence[DraftSection], ratio: float, material: Material, verb: str) -> Revision:
    if len(sections) == 1:
        refuse_locked(sections[0])
    after = draft
    for section in sections:
        framed = section.topic in FRAMED and len(sections) > 1  # opening and closing keep their form
        if not section.locked and not framed:
            after = resized(after, section, ratio, request=draft.request, material=material)
    names = f"“{name_of(sections[0])}”" if len(sections) == 1 else "全文"
    old, new = _characters(draft), _characters(after)
    if old == new:
        reason = "剩下的是您自己写的或每段的主句" if ratio < 1 else "范文和模板里没有更多可用的内容了，可以自己补写几句"
        return revision(draft, draft, f"{names}没有改动：{reason}。")
    return revision(draft, after, f"{names}已{verb}，全文由约 {old:,} 字变为约 {new:,} 字。")


def _monthly(
    draft: Draft, section: DraftSection, ratio: float, *, request: PlanRequest, material: Material
) -> DraftSection:
    counts = Counter(paragraph.month for paragraph in section.paragraphs if paragraph.month is not None)
    most = max(counts.values(), default=0)
    if ratio > 1:
        made = schedule(draft, section.paragraphs, most=most + 1, request=request, material=material)
        return replace(section, paragraphs=made)
    kept: list[Paragraph] = []
    for paragraph in section.paragraphs:
        standing = sum(one.month == paragraph.month for one in kept)
        if has_own(paragraph) or paragraph.month is None or standing < max(most - 1, 1):
            kept.append(paragraph)
    return replace(section, paragraphs=in_calendar(kept, months=months_of(request)))


def _cut(paragraphs: Sequence[Paragraph], ratio: float) -> tuple[Paragraph, ...]:
    """Last sentences of the longest paragraphs go first, then whole points from the end."""
    kept = list(paragraphs)
    target = ratio * _length(kept)
    while _length(kept) > target:
        tails = [p for p in kept if len(p.sentences) > 1 and not is_own(p.sentences[-1])]
        if tails:
            longest = max(tails, key=lambda one: len(one.text))
            place = kept.index(longest)
            kept[place] = replace(longest, sentences=longest.sentences[:-1])
            continue
        whole = [place for place, one in enumerate(kept) if not has_own(one)]
        if not whole or len(kept) == 1:
            break
        del kept[whole[-1]]
    return tuple(kept)


def _nearest(section: DraftSection, more: Sequence[Paragraph], about: str) -> tuple[Paragraph, ...]:
    """The new points behind the one that speaks of the matter most."""
    wanted = shape(about)
    alike = [overlap(wanted, shape(paragraph.text)) for paragraph in section.paragraphs]
    place = alike.index(max(alike)) + 1 if alike and max(alike) > 0 else len(section.paragraphs)
    return (*section.paragraphs[:place], *more, *section.paragraphs[place:])


def _more(section: DraftSection) -> int:
    return max(int((LONGER - 1) * _length(section.paragraphs)), _LEAST_MORE)


def _length(paragraphs: Sequence[Paragraph]) -> int:
    return sum(len(paragraph.text) for paragraph in paragraphs)


def _characters(draft: Draft) -> int:
    return sum(_length(section.paragraphs) for section in draft.sections)
