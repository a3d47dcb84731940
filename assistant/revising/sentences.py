"""One sentence: another candidate in its place, or the user's own hand."""

from dataclasses import replace

from assistant.datatypes import Draft, Paragraph, Provenance, ProvenanceKind, Sentence
from assistant.revising.keeping import has_own, is_own, refuse_locked, with_section
from assistant.revising.operations import Material, Operation, Place, Revision, revision
from assistant.revising.targets import sentence_at
from assistant.revising.writing import choices
from corpus.errors import BadRequest


def edit(draft: Draft, operation: Operation, material: Material) -> Revision:
    """The sentence as the user writes it, theirs from now on; an empty one is taken out."""
    section, place, position = sentence_at(draft, Place.read(operation.target))
    refuse_locked(section)
    paragraph = section.paragraphs[place]
    text = " ".join(operation.detail.split())
    if text == paragraph.sentences[position].text:
        return revision(draft, draft, "这一句没有变化。")
    written = (Sentence(text, Provenance(ProvenanceKind.USER)),) if text else ()
    sentences = (*paragraph.sentences[:position], *written, *paragraph.sentences[position + 1 :])
    paragraphs = (replace(paragraph, sentences=sentences),) if sentences else ()
    after = replace(section, paragraphs=(*section.paragraphs[:place], *paragraphs, *section.paragraphs[place + 1 :]))
    told = "已按您写的改好，以后的改动都会保留这一句。" if text else "已删去这一句。"
    return revision(draft, with_section(draft, after), told)


def swap(draft: Draft, operation: Operation, material: Material) -> Revision:
    """Another candidate in the sentence's place; `detail` counts candidates from 1, by default the first."""
    place = Place.read(operation.target)
    section, paragraph, sentence = sentence_at(draft, place)
    refuse_locked(section)
    if is_own(section.paragraphs[paragraph].sentences[sentence]):
        raise BadRequest("这一句是您自己写的，没有替换。要换掉，请直接修改它。")
    offered = choices(draft, place, material=material)
    chosen = operation.detail.strip() or "1"
    if not offered:
        raise BadRequest("范文和模板里没有别的写法了，可以自己改写这一句。")
    if not chosen.isdigit() or not 1 <= int(chosen) <= len(offered):
        raise BadRequest(f"没有第 {chosen} 个备选，现有 {len(offered)} 个。")
    candidate = offered[int(chosen) - 1]
    swapped = _put(section.paragraphs[paragraph], sentence, candidate.paragraph)
    paragraphs = (*section.paragraphs[:paragraph], swapped, *section.paragraphs[paragraph + 1 :])
    after = with_section(draft, replace(section, paragraphs=paragraphs))
    return revision(draft, after, f"已换成另一种写法，来自{candidate.source}。")


def _put(old: Paragraph, position: int, new: Paragraph) -> Paragraph:
    """A first sentence takes the whole candidate, and the sentences that leaned on it go; a later one is exchanged
    for the candidate alone.
    """
    if position == 0 and not has_own(old):
        return replace(old, sentences=new.sentences, title=old.title and new.title)
    return replace(old, sentences=(*old.sentences[:position], *new.sentences, *old.sentences[position + 1 :]))
