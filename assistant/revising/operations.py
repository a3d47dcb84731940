"""What can be done to a draft, in the words that chat and buttons share."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.datatypes import Draft
from assistant.timeline import Timeline
from corpus.datatypes import Passage
from corpus.errors import BadRequest

WHOLE = "全文"


class Op(StrEnum):
    """The operations; the values are those that understanding gives. 撤销 and 重做 belong to `history`."""

    ADD = "add"  # a section on a topic; detail: its heading
    REMOVE = "remove"  # a section; detail "连同手写" takes the user's own sentences with it
    REORDER = "reorder"  # detail: 与第四部分对调 / 移到最后 / 第二部分之前 / a place counted from 1
    MERGE = "merge"  # a section takes in another; detail: 与第三部分合并
    TELL = "tell"  # a fact of the user's own unit; detail: the sentence, target: the section or ""
    RENAME = "rename"  # detail: the new heading
    SHORTEN = "shorten"
    EXPAND = "expand"
    EMPHASISE = "emphasise"  # more about what `detail` (or `target`) says
    REPLACE = "replace"  # detail 员工→职工: words; no detail: 换一版
    RESTYLE = "restyle"  # detail: 更正式, 企业口吻 …
    SWAP = "swap"  # a sentence (target: its place) for candidate number `detail`
    EDIT = "edit"  # a sentence (target: its place) by hand: detail is what it says now
    CHANGE = "change"  # what the draft is for; target 单位名称, 单位类型, 年份, 周期 or 篇幅
    LOCK = "lock"
    UNLOCK = "unlock"


@dataclass(frozen=True, slots=True)
class Operation:
    """`target` names sections as staff do (第三部分, 女职工那块, 全文, a section id) or a sentence's `Place`."""

    op: Op
    target: str = WHOLE
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """The draft after an operation, what to tell the user, and the ids of the sections that differ."""

    draft: Draft
    message: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """What new wording is made of."""

    passages: Sequence[Passage]
    timeline: Timeline


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: section id, paragraph and sentence counted from 0. As text: `thought/0/2`."""

    section: str
    paragraph: int
    sentence: int

    def __str__(self) -> str:
        return f"{self.section}/{self.paragraph}/{self.sentence}"

    @classmethod
    def read(cls, text: str) -> "Place":
        """The place written as text. Raises BadRequest when it is not one."""
        parts = text.rsplit("/", 2)
        if len(parts) != 3 or not (parts[1].isdigit() and parts[2].isdigit()):
            raise BadRequest(f"{text!r} 不是一句话的位置，请先在文稿里点中要改的那一句。")
        return cls(parts[0], int(parts[1]), int(parts[2]))


def revision(before: Draft, after: Draft, message: str) -> Revision:
    """A revision that knows which sections differ, those gone included."""
    old = {section.id: section for section in before.sections}
    new = {section.id: section for section in after.sections}
    ids = dict.fromkeys((*new, *old))
    order = [section.id for section in before.sections if section.id in new]
    moved = [section.id for section in after.sections if section.id in old]
    shifted = {one for one, other in zip(order, moved, strict=True) if one != other}
    return Revision(after, message, tuple(key for key in ids if old.get(key) != new.get(key) or key in shifted))
