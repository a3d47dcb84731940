"""Fill the sections of an outline so that the whole has the length asked and nothing is said twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.datatypes import DraftSection, OutlineItem, Paragraph
from assistant.drafting.choose import Choice, Ledger, choose
from assistant.drafting.frame import closing, open_points, opening, told_facts, without_stress
from assistant.drafting.offers import Shelf
from assistant.drafting.outline import FIXED, emphasised, expectations, guests_of, shapes
from assistant.drafting.schedule import Point, monthly_paragraphs, points_by_month
from assistant.drafting.setting import Setting
from corpus.datatypes import Topic

_GUEST = 0.45  # weight of a guest topic beside its host's 1.0
_FIXED = 0.7  # weight of 工作目标 and 保障措施
_STRESSED = 1.5  # an emphasised section is this much longer
_ECHO = 0.7  # share of a lead-in that its text may repeat at once
_FEW_MONTHS = 6
_POINT = 17  # characters of a point of the schedule


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands where, before any point is chosen. Keys are section ids."""

    framed: Mapping[str, tuple[Paragraph, ...]]  # opening and closing
    topics: Mapping[str, tuple[Topic, ...]]  # a section's own topic and its guests
    told: Mapping[str, tuple[Paragraph, ...]]  # the user's facts
    points: Mapping[int, tuple[Point, ...]]  # what each month could say
    shares: Mapping[str, float]  # of the characters left for the sections, sums to 1


def lay_out(items: Sequence[OutlineItem], shelf: Shelf) -> Layout:
    """Give every topic a home and every section its share."""
    setting = shelf.setting
    framed = _framed(items, shelf)
    topics = _topics(items, shelf)
    shelf.homes = frozenset(topic for found in topics.values() for topic in found)
    stressed = emphasised(setting.request.emphasis)
    weights = {key: _weight(found, stressed) for key, found in topics.items()}
    whole = sum(weights.values()) or 1.0
    shares = {key: weight / whole for key, weight in weights.items()}
    monthly = any(item.topic is Topic.MONTHLY for item in items)
    points = points_by_month(setting, pool=shelf.pool) if monthly else {}
    return Layout(framed, topics, told_facts(topics, setting=setting), points, shares)


def fill_sections(
    items: Sequence[OutlineItem], layout: Layout, *, characters: float, shelf: Shelf
) -> tuple[DraftSection, ...]:
    """Every section of the outline with its points; the whole has about `characters`."""
    ledger = Ledger()
    for paragraphs in (*layout.framed.values(), *layout.told.values()):
        for paragraph in paragraphs:
            ledger.enter(without_stress(paragraph))  # what it names, a section is still to tell
    room = characters - _taken(items, layout, shelf)
    found: list[DraftSection] = []
    for item in items:
        paragraphs = layout.framed.get(item.id, ())
        if item.id in layout.topics:
            share = int(room * layout.shares[item.id])
            choices = choose(layout.topics[item.id], heading=item.heading, characters=share, shelf=shelf, ledger=ledger)
            paragraphs = (*layout.told.get(item.id, ()), *_laid_out(choices))
        found.append(DraftSection(item.id, item.heading, item.topic, paragraphs, item.support))
    return _scheduled(_with_open_points(found, layout, shelf), layout, shelf)


def printed_length(sections: Sequence[DraftSection]) -> int:
    """Characters as printed: every heading and point has a number of two characters before it."""
    return sum(
        len(section.heading) + 2 + sum(len(paragraph.text) + 2 for paragraph in section.paragraphs)
        for section in sections
    )


def _framed(items: Sequence[OutlineItem], shelf: Shelf) -> dict[str, tuple[Paragraph, ...]]:
    first = next((opening(shelf.setting) for item in items if item.topic is Topic.GUIDING), None)
    last = next((closing(shelf.setting, first=first) for item in items if item.topic is Topic.CLOSING), None)
    by_topic = {Topic.GUIDING: first, Topic.CLOSING: last}
    return {item.id: (paragraph,) for item in items if (paragraph := by_topic.get(item.topic))}


def _topics(items: Sequence[OutlineItem], shelf: Shelf) -> dict[str, tuple[Topic, ...]]:
    """Own topic and guests of every section that is filled with points; guests go to the first of a topic."""
    request = shelf.setting.request
    own = [item.topic for item in items if item.topic not in FIXED]
    expected = expectations(request, pool=shelf.pool)
    guests = guests_of(own, expected=expected, threshold=shapes().lengths[request.length].guests)
    found: dict[str, tuple[Topic, ...]] = {}
    for item in items:
        if item.topic not in (Topic.GUIDING, Topic.CLOSING, Topic.MONTHLY):
            found[item.id] = (item.topic, *guests.pop(item.topic, ()))
    return found


def _weight(topics: Sequence[Topic], stressed: Sequence[Topic]) -> float:
    weight = _FIXED if topics[0] in FIXED else 1.0 + _GUEST * len(topics[1:])
    return weight * (_STRESSED if topics[0] in stressed else 1.0)


def _taken(items: Sequence[OutlineItem], layout: Layout, shelf: Shelf) -> int:
    """Characters of all that is not chosen: headings, opening, closing, the user's facts, the schedule to come."""
    fixed = sum(len(paragraph.text) for found in layout.framed.values() for paragraph in found)
    fixed += sum(len(paragraph.text) for found in layout.told.values() for paragraph in found)
    fixed += sum(len(item.heading) + 2 for item in items)
    setting = shelf.setting
    if any(item.topic is Topic.MONTHLY for item in items):
        fixed += _POINT * _monthly(setting) * len(setting.months)
    return fixed


def _monthly(setting: Setting) -> int:
    """Points a month: the schedule of a short time tells more of each month."""
    most = shapes().lengths[setting.request.length].monthly
    return most + 1 if len(setting.months) <= _FEW_MONTHS else most


def _laid_out(choices: Sequence[Choice]) -> tuple[Paragraph, ...]:
    """Points as paragraphs, without the lead-ins that only some of a draft's points have."""
    return tuple(replace(choice.paragraph, title="") for choice in choices)


def _with_open_points(sections: Sequence[DraftSection], layout: Layout, shelf: Shelf) -> tuple[DraftSection, ...]:
    """What the user stressed and nothing answers becomes a point to fill in, in the section it fits best."""
    added = open_points(sections, layout.topics, setting=shelf.setting)
    return tuple(replace(section, paragraphs=(*section.paragraphs, *added.get(section.id, ()))) for section in sections)


def _scheduled(sections: Sequence[DraftSection], layout: Layout, shelf: Shelf) -> tuple[DraftSection, ...]:
    """The sections with the schedule filled from what the others plan; sections without content are left out."""
    most = _monthly(shelf.setting)
    found = [
        replace(section, paragraphs=monthly_paragraphs(layout.points, sections=sections, most=most))
        if section.topic is Topic.MONTHLY
        else section
        for section in sections
    ]
    return tuple(section for section in found if section.paragraphs)
