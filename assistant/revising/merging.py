"""What comes into a section: another section, or a fact the user tells."""

from dataclasses import replace

from assistant.datatypes import Draft, DraftSection, Paragraph, Provenance, ProvenanceKind, Sentence
from assistant.revising.keeping import name_of, refuse_locked, with_section
from assistant.revising.operations import Material, Operation, Revision, revision
from assistant.revising.targets import find_section, look_for, patterns, topics_said
from assistant.revising.writing import is_filled
from corpus.classify import label_topics
from corpus.datatypes import Topic
from corpus.errors import BadRequest

_LONGEST_HEADING = 24  # of two headings joined; else the first one's stays
_LONGEST_FACT = 200


def merge(draft: Draft, operation: Operation, material: Material) -> Revision:
    """Two sections as one, where the first of them stands; every sentence stays."""
    match = patterns()["merge"].search(operation.detail)
    if match is None:
        raise BadRequest("请说哪两部分合并，例如“第二部分和第三部分合并”。")
    named = find_section(draft, operation.target), find_section(draft, match["other"])
    first, second = sorted(named, key=draft.sections.index)
    if first.id == second.id:
        raise BadRequest(f"说的两处都是“{name_of(first)}”。请说哪两部分合并，例如“第二部分和第三部分合并”。")
    for section in (first, second):
        refuse_locked(section)
        if not section.heading or section.topic is Topic.MONTHLY:
            raise BadRequest(f"“{name_of(section)}”不能和别的部分合并：开头、结尾和按月安排各有自己的写法。")
    heading = f"{first.heading}与{second.heading}"
    joined = replace(
        first,
        heading=heading if len(heading) <= _LONGEST_HEADING else first.heading,
        paragraphs=(*first.paragraphs, *second.paragraphs),
    )
    kept = (joined if each.id == first.id else each for each in draft.sections if each.id != second.id)
    told = f"已把“{name_of(second)}”并入“{name_of(first)}”，小标题为“{joined.heading}”。"
    return revision(draft, replace(draft, sections=tuple(kept)), told)


def tell(draft: Draft, operation: Operation, material: Material) -> Revision:
    """The user's own fact as a sentence of theirs, in the section its words belong to."""
    words = " ".join(operation.detail.split()).rstrip("，,；;。.")
    if not words or len(words) > _LONGEST_FACT:
        raise BadRequest(f"请把本单位的情况说成一句话，不超过 {_LONGEST_FACT} 字。")
    section = _home(draft, operation.target or words)
    refuse_locked(section)
    sentence = Sentence(f"{words}。", Provenance(ProvenanceKind.USER))
    after = with_section(draft, replace(section, paragraphs=(*section.paragraphs, Paragraph((sentence,)))))
    return revision(draft, after, f"已把“{words}”写进“{name_of(section)}”。")


def _home(draft: Draft, words: str) -> DraftSection:
    """The section the words belong to, else the one on the union itself, else the last that is made of points."""
    topics = topics_said(words)
    of_topic = (section for topic in topics for section in draft.sections if section.topic is topic)
    filled = [section for section in draft.sections if section.heading and is_filled(section)]
    speaking = (each for each in filled if any(_first_topic(p) in topics for p in each.paragraphs))
    found = next(of_topic, None) or next(speaking, None) or (look_for(draft, words) if not topics else None)
    itself = (section for section in filled if section.topic is Topic.ORGANISATION)
    found = found or next(itself, None) or next(reversed(filled), None)
    if found is None:
        raise BadRequest("文稿里没有可以写进去的部分，请先加一部分，例如“加上经费”。")
    return found


def _first_topic(paragraph: Paragraph) -> Topic | None:
    return next(iter(label_topics(paragraph.text, headings=())), None)
