"""What every operation must leave alone: locked sections and what the user wrote."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.datatypes import Draft, DraftSection, Paragraph, ProvenanceKind, Sentence
from assistant.drafting.abouts import abouts_of
from assistant.drafting.choose import Ledger
from assistant.drafting.schedule import with_final_mark
from assistant.drafting.templates import load_templates
from corpus.errors import BadRequest


def is_own(sentence: Sentence) -> bool:
    """Whether the user wrote the sentence."""
    return sentence.provenance.kind is ProvenanceKind.USER


def has_own(paragraph: Paragraph) -> bool:
    """Whether the user wrote a sentence of the paragraph."""
    return any(map(is_own, paragraph.sentences))


def own_count(section: DraftSection) -> int:
    """How many sentences of the section the user wrote."""
    return sum(is_own(sentence) for paragraph in section.paragraphs for sentence in paragraph.sentences)


def refuse_locked(section: DraftSection) -> None:
    """Raises BadRequest for a locked section."""
    if section.locked:
        raise BadRequest(f"“{name_of(section)}”已锁定，没有改动。要改请先解锁。")


def name_of(section: DraftSection) -> str:
    """What to call a section to the user."""
    return section.heading or str(section.topic)


def with_section(draft: Draft, section: DraftSection) -> Draft:
    """The draft with the section of that id replaced."""
    return replace(draft, sections=tuple(section if each.id == section.id else each for each in draft.sections))


def with_own(old: Sequence[Paragraph], new: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """New paragraphs, with those of the old that hold the user's sentences in their places."""
    found = [paragraph for paragraph in new if not has_own(paragraph)]
    for place, paragraph in enumerate(old):
        if has_own(paragraph):
            found.insert(min(place, len(found)), paragraph)
    return tuple(found)


def in_calendar(paragraphs: Iterable[Paragraph], *, months: Sequence[int]) -> tuple[Paragraph, ...]:
    """Points of a schedule in the plan's order, punctuated; the user's points outside its months stand in front."""
    held = [one if one.month in months else replace(one, month=None) for one in paragraphs]
    found = [one for one in held if one.month is None]
    for month in months:
        found += _punctuated([one for one in held if one.month == month])
    return tuple(found)


def ledger_of(draft: Draft) -> Ledger:
    """What the draft says, so that nothing is said twice."""
    ledger = Ledger()
    abouts = {template.id: template.about for template in load_templates()}
    for section in draft.sections:
        for paragraph in section.paragraphs:
            if paragraph.month is not None:
                continue
            ledger.enter(paragraph)
            ledger.works.update(abouts_of(paragraph.text))
            for sentence in paragraph.sentences:
                if sentence.provenance.kind is ProvenanceKind.TEMPLATE:
                    ledger.offers.add(sentence.provenance.source)
                    ledger.abouts.update({abouts.get(sentence.provenance.source, "")} - {""})
    return ledger


def _punctuated(points: Sequence[Paragraph]) -> Iterator[Paragraph]:
    for place, paragraph in enumerate(points, start=1):
        mark = "。" if place == len(points) else "；"
        if has_own(paragraph) or not paragraph.sentences:
            yield paragraph
        else:
            last = with_final_mark(paragraph.sentences[-1], mark)
            yield replace(paragraph, sentences=(*paragraph.sentences[:-1], last))
