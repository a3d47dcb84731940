"""What of a draft is to be reworded, and the new words put in its place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.datatypes import Draft, DraftSection, Paragraph, ProvenanceKind, Sentence
from assistant.revising import Place, find_sections
from corpus.datatypes import Topic


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph to reword, and where it stands."""

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


def parts_of(draft: Draft, target: str) -> tuple[Part, ...]:
    """What the target names and may be changed."""
    if "/" in target:
        place = Place.read(target)
        sections = [each for each in draft.sections if each.id == place.section and not each.locked]
        found = [Part(each, place.paragraph, place.sentence, place.sentence + 1) for each in sections]
        return tuple(part for part in found if part.position < len(part.section.paragraphs) and _free(part))
    parts = (
        Part(section, position, 0, len(paragraph.sentences))
        for section in find_sections(draft, target)
        if not section.locked and section.topic is not Topic.MONTHLY
        for position, paragraph in enumerate(section.paragraphs)
    )
    return tuple(part for part in parts if _free(part))


def _free(part: Part) -> bool:
    """Whether there is text, none of it the user's own."""
    return bool(part.sentences) and not any(one.provenance.kind is ProvenanceKind.USER for one in part.sentences)


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
