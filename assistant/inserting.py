"""用到草稿里: a sample's passage put into a part of the draft, in the unit's own words, as borrowed sentences."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.datatypes import Draft, DraftSection, Paragraph, Sentence
from assistant.drafting.adapt import borrow
from assistant.drafting.setting import Setting, setting_of
from assistant.revising import Material, Revision
from assistant.revising.keeping import name_of, refuse_locked, with_section
from assistant.revising.operations import revision
from assistant.revising.writing import even
from corpus.datatypes import Passage, Topic
from corpus.errors import BadRequest
from corpus.markers import marker
from corpus.words import sentence_spans


def insert_passage(draft: Draft, passage: Passage, section_id: str, material: Material) -> Revision:
    """The passage as one more point of a part, every change an edit; sentences that no honest edit makes fit, and
    those the draft has already, stay out. Raises BadRequest where nothing is left or the part is locked.
    """
    section = next((each for each in draft.sections if each.id == section_id), None)
    if section is None:
        raise BadRequest("文稿里没有这一部分了：它可能刚被删去，请再选一次。")
    refuse_locked(section)
    fitting = adapted(passage, draft, material)
    if not fitting:
        told = "它已经在文稿里了，或写的是别家单位的人和事、别的时间"
        raise BadRequest(f"这段话用不上：{told}。可以先复制，改成本单位的情况再贴进去。")
    added = Paragraph(fitting)
    after = with_section(draft, replace(section, paragraphs=even((*section.paragraphs, added))))
    return revision(draft, after, f"已把这段话改成本单位的说法，放进“{name_of(section)}”，共 {len(fitting)} 句。")


def adapted(passage: Passage, draft: Draft, material: Material) -> tuple[Sentence, ...]:
    """The sentences of the passage that the draft's unit can say and the draft does not say yet."""
    setting = setting_of(draft.request, timeline=material.timeline)
    said = {sentence.text for sentence in draft.sentences}
    return tuple(each for each in _sentences(passage, setting) if each.text not in said)


def sections_for(draft: Draft, passage: Passage) -> tuple[DraftSection, ...]:
    """Parts a passage may be put into, those on its topics first. Frame and schedule take no points."""
    framed = (Topic.GUIDING, Topic.CLOSING, Topic.MONTHLY)
    open_ones = [each for each in draft.sections if each.heading and not each.locked and each.topic not in framed]
    return tuple(sorted(open_ones, key=lambda each: each.topic not in passage.topics))


def _sentences(passage: Passage, setting: Setting) -> Iterator[Sentence]:
    for start, end in sentence_spans(passage.text):
        mark = marker(passage.text[start:end])
        begin = start + (mark.end if mark else 0)
        begin += len(passage.text[begin:end]) - len(passage.text[begin:end].lstrip())
        sentence = borrow(passage, begin, end, setting=setting) if begin < end else None
        if sentence is not None:
            yield sentence
