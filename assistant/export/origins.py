"""Where each sentence of a draft comes from, in words for the person who signs it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.datatypes import Draft, Edit, Provenance, ProvenanceKind, Sentence
from assistant.timeline import Timeline
from corpus.datatypes import Passage

_HEAD = 18  # characters that stand for a sentence
_SILENT = frozenset({"标点"})  # reasons not worth a reader's time


@dataclass(frozen=True, slots=True)
class Origin:
    """One or more neighbouring sentences of one source. `changes` tells what differs from it."""

    sentences: tuple[Sentence, ...]
    source: str
    changes: str

    @property
    def text(self) -> str:
        """The sentences as printed."""
        return "".join(sentence.text for sentence in self.sentences)

    @property
    def head(self) -> str:
        """The beginning of the first sentence."""
        return self.text if len(self.text) <= _HEAD else self.text[:_HEAD] + "…"


def origins(sentences: Iterable[Sentence], *, by_id: Mapping[str, Passage], timeline: Timeline) -> tuple[Origin, ...]:
    """The origins of the sentences of a paragraph, neighbours of one source taken together."""
    found: list[Origin] = []
    for sentence in sentences:
        source, changes = _source(sentence.provenance, by_id, timeline), _changes(sentence.provenance)
        if found and found[-1].source == source:
            both = "；".join(filter(None, (found[-1].changes, changes)))
            found[-1] = Origin((*found[-1].sentences, sentence), source, both)
        else:
            found.append(Origin((sentence,), source, changes))
    return tuple(found)


def passages_by_id(draft: Draft, passages: Sequence[Passage]) -> Mapping[str, Passage]:
    """The passages the draft borrows from."""
    wanted = {one.provenance.source for one in draft.sentences if one.provenance.kind is not ProvenanceKind.TEMPLATE}
    return {passage.id: passage for passage in passages if passage.id in wanted}


def _source(provenance: Provenance, by_id: Mapping[str, Passage], timeline: Timeline) -> str:
    match provenance.kind:
        case ProvenanceKind.BORROWED:
            return _passage(provenance, by_id)
        case ProvenanceKind.FACT:
            names = (timeline.entries[key].name for key in provenance.source.split("+") if key in timeline.entries)
            return f"时间表：{'、'.join(names) or provenance.source}"
        case ProvenanceKind.TEMPLATE:
            return f"工笔模板（{provenance.source}）"
        case ProvenanceKind.MODEL:
            return f"语言模型撰写，参照{_passage(provenance, by_id)}" if provenance.source else "语言模型撰写，无出处"
        case ProvenanceKind.USER:
            return "本单位去年的计划" if provenance.end > provenance.start else "本单位自己写的"


def _passage(provenance: Provenance, by_id: Mapping[str, Passage]) -> str:
    passage = by_id.get(provenance.source)
    if passage is None:
        return f"范文（{provenance.source}，已不在范文库中）"
    place = " › ".join((f"《{passage.title or passage.file}》", *passage.headings))
    where = f"第 {passage.start + provenance.start + 1}—{passage.start + provenance.end} 字"
    return f"范文{place}（{passage.organisation}，{passage.file}，{where}）"


def _changes(provenance: Provenance) -> str:
    told = [_change(edit) for edit in provenance.edits if edit.why not in _SILENT]
    return "；".join(dict.fromkeys(told)) if provenance.kind is not ProvenanceKind.TEMPLATE else ""


def _change(edit: Edit) -> str:
    if not edit.before:
        return f"加“{edit.after}”（{edit.why}）"
    return f"“{edit.before}”→“{edit.after}”（{edit.why}）" if edit.after else f"删“{edit.before}”（{edit.why}）"
