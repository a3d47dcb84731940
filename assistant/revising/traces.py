"""Words changed inside a sentence, with its provenance told accordingly."""

from collections.abc import Mapping
from dataclasses import replace

from assistant.datatypes import Provenance, ProvenanceKind, Sentence
from assistant.edits import amended

WHY = "您改的用词："
_TRACED = (ProvenanceKind.BORROWED, ProvenanceKind.TEMPLATE)


def replaced_words(provenance: Provenance) -> dict[str, str]:
    """Words the user had replaced in a sentence, told by its edits."""
    found = {}
    for edit in provenance.edits:
        for reason in edit.why.split("；"):
            old, arrow, new = reason.removeprefix(WHY).partition("→")
            if reason.startswith(WHY) and arrow:
                found[old] = new
    return found


def reworded(sentence: Sentence, words: Mapping[str, str]) -> Sentence:
    """The sentence with every word replaced, its provenance told accordingly."""
    for old, new in words.items():
        place = sentence.text.find(old)
        while place >= 0:
            sentence = _amended(sentence, place, place + len(old), new, f"{WHY}{old}→{new}")
            place = sentence.text.find(old, place + len(new))
    return sentence


def _amended(sentence: Sentence, start: int, end: int, after: str, why: str) -> Sentence:
    provenance = sentence.provenance
    if provenance.kind in _TRACED:
        edits = amended(sentence.text, provenance.edits, start=start, end=end, after=after, why=why)
        provenance = replace(provenance, edits=edits)
    return Sentence(sentence.text[:start] + after + sentence.text[end:], provenance)
