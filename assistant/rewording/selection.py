"""What of a draft is to be reworded, and the new words put in its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.datatypes import Draft, DraftSection, Paragraph, ProvenanceKind, Sentence
from assistant.revising import Place, find_sections
from corpus.datatypes import Topic
from corpus.errors import BadRequest

BETWEEN = "+"  # places of one selection: thought/0/1+thought/1/0
_MOST_PLACES = 200  # sentences of one selection; more is no selection


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph to reword, or some of its sentences, and where it stands."""

    section: DraftSection
    position: int
    first: int  # sentences [first, last) of the paragraph
    last: int

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph it is part of."""
        return self.section.paragraphs[self.position]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences."""
        return self.paragraph.sentences[self.first : self.last]

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(one.text for one in self.sentences)


def is_selection(target: str) -> bool:
    """Whether the target is sentences by their places rather than sections."""
    return "/" in target


def parts_of(draft: Draft, target: str) -> tuple[Part, ...]:
    """What the target names and may be changed: sections as staff name them (第三部分, 全文, an id), or sentences by
    their places, `relief/1/0+relief/1/1`. Locked sections, the schedule and the user's own sentences are left out.
    """
    if is_selection(target):
        return tuple(_selected(draft, target))
    return tuple(
        Part(section, position, 0, len(paragraph.sentences))
        for section in find_sections(draft, target)
        if not section.locked and section.topic is not Topic.MONTHLY
        for position, paragraph in enumerate(section.paragraphs)
        if paragraph.sentences and not any(map(_is_own, paragraph.sentences))
    )


def own_sentences(draft: Draft, target: str) -> int:
    """How many of the sentences named did the user write: they stay as they are."""
    if is_selection(target):
        places = (Place.read(each) for each in target.split(BETWEEN))
        return sum(_is_own(one) for place in places for one in _sentence(draft, place))
    found = (paragraph for section in find_sections(draft, target) for paragraph in section.paragraphs)
    return sum(_is_own(one) for paragraph in found for one in paragraph.sentences)


def put(draft: Draft, part: Part, sentences: Sequence[Sentence]) -> Draft:
    """The draft with the part's sentences replaced."""
    section = next(each for each in draft.sections if each.id == part.section.id)
    old = section.paragraphs[part.position]
    new = replace(old, sentences=(*old.sentences[: part.first], *sentences, *old.sentences[part.last :]))
    paragraphs = (*section.paragraphs[: part.position], new, *section.paragraphs[part.position + 1 :])
    after = replace(section, paragraphs=paragraphs)
    return replace(draft, sections=tuple(after if each.id == section.id else each for each in draft.sections))


def text_of(draft: Draft, parts: Sequence[Part]) -> str:
    """The text of the parts as it is now: all of their paragraphs less what stood around the selection."""
    by_id = {section.id: section for section in draft.sections}
    texts = []
    for part in parts:
        now = by_id[part.section.id].paragraphs[part.position].sentences
        behind = len(part.paragraph.sentences) - part.last
        texts.append("".join(one.text for one in now[part.first : len(now) - behind]))
    return "\n".join(texts)


def _selected(draft: Draft, target: str) -> Iterator[Part]:
    """Neighbouring sentences of a paragraph as one part, in the draft's order. Raises BadRequest for what is no place.

    Of two runs in one paragraph only the first is taken: putting it in its place would move the other.
    """
    written = [Place.read(each) for each in target.split(BETWEEN)]
    if len(written) > _MOST_PLACES:
        raise BadRequest("选得太多了，请改写整个部分。")
    by_id = {section.id: section for section in draft.sections if not section.locked}
    places = sorted({(place.section, place.paragraph, place.sentence) for place in written})
    for (section_id, position), found in groupby(places, key=lambda place: place[:2]):
        section = by_id.get(section_id)
        if section is None or section.topic is Topic.MONTHLY or position >= len(section.paragraphs):
            continue
        held = section.paragraphs[position].sentences
        free = [number for *_, number in found if number < len(held) and not _is_own(held[number])]
        if free:
            last = next(number + 1 for number in free if number + 1 not in free)
            yield Part(section, position, free[0], last)


def _sentence(draft: Draft, place: Place) -> Sequence[Sentence]:
    """The sentence at a place, none where there is none."""
    section = next((each for each in draft.sections if each.id == place.section), None)
    held = section.paragraphs[place.paragraph : place.paragraph + 1] if section else ()
    return held[0].sentences[place.sentence : place.sentence + 1] if held else ()


def _is_own(sentence: Sentence) -> bool:
    return sentence.provenance.kind is ProvenanceKind.USER
