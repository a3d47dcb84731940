"""What differs between two versions of a draft, section by section and sentence by sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from assistant.datatypes import Draft, DraftSection


class DifferenceKind(StrEnum):
    """How a passage of the draft differs."""

    ADDED = "新增"
    REMOVED = "删去"
    CHANGED = "改写"
    RENAMED = "改名"
    MOVED = "移动"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place: `before` and `after` are sentences, or headings for RENAMED and MOVED."""

    kind: DifferenceKind
    section: str  # heading, or topic where there is none
    before: str
    after: str


def differences(old: Draft, new: Draft) -> tuple[Difference, ...]:
    """Every difference in reading order of the new draft; sections gone come last."""
    held = {section.id: section for section in old.sections}
    kept = {section.id for section in new.sections}
    found = list(_frame(old, new))
    for section in new.sections:
        before = held.get(section.id)
        if before is not None and before.heading != section.heading:
            found.append(Difference(DifferenceKind.RENAMED, _name(section), before.heading, section.heading))
        if section.id in _moved(old, new):
            found.append(Difference(DifferenceKind.MOVED, _name(section), _name(section), _name(section)))
        found += _texts(_name(section), _sentences(before) if before else [], _sentences(section))
    for section in old.sections:
        if section.id not in kept:
            found += _texts(_name(section), _sentences(section), [])
    return tuple(found)


def _frame(old: Draft, new: Draft) -> Iterator[Difference]:
    lines = (("标题", old.title, new.title), ("落款", old.signature, new.signature), ("日期", old.dated, new.dated))
    for name, before, after in lines:
        if before != after:
            yield Difference(DifferenceKind.CHANGED, name, before, after)


def _moved(old: Draft, new: Draft) -> frozenset[str]:
    """Ids of common sections that do not stand in the longest run of sections kept in order."""
    before = [section.id for section in old.sections]
    after = [section.id for section in new.sections]
    one = [key for key in before if key in after]
    other = [key for key in after if key in before]
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    standing = {key for block in blocks for key in one[block.a : block.a + block.size]}
    return frozenset(one) - standing


def _texts(name: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    kinds = {"replace": DifferenceKind.CHANGED, "delete": DifferenceKind.REMOVED, "insert": DifferenceKind.ADDED}
    for tag, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Difference(kinds[tag], name, "".join(before[first:last]), "".join(after[start:end]))


def _sentences(section: DraftSection) -> list[str]:
    return [
        f"{paragraph.month}月：{sentence.text}" if paragraph.month else sentence.text
        for paragraph in section.paragraphs
        for sentence in paragraph.sentences
    ]


def _name(section: DraftSection) -> str:
    return section.heading or str(section.topic)
