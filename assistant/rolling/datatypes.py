"""What a roll-over gives back."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.datatypes import Draft, Paragraph
from corpus.datatypes import Topic


class ChangeKind(StrEnum):
    """Why something changed."""

    YEAR = "年份"
    DATE = "日期"
    ORDINAL = "届次"
    REFERENCE = "时效"
    FINISHED = "已结束"
    NAME = "单位名称"
    REVIEW = "回顾"
    GAP = "补缺"
    CHECK = "体检"  # made by 体检, not by a roll-over


@dataclass(frozen=True, slots=True)
class Change:
    """`text_before[start:end] == before` reads `text_after[after_start:after_start + len(after)] == after`."""

    start: int
    end: int
    before: str
    after: str
    why: str
    kind: ChangeKind
    after_start: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something left as it was that only the user can decide; the span lies in `text_before`."""

    start: int
    end: int
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A topic that plans of this type have and this one lacks, with points ready to be put in."""

    topic: Topic
    heading: str
    support: int
    reason: str  # 12 份学校计划中有 11 份写了
    items: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Rollover:
    """Last year's plan made this year's. Applying `changes` to `text_before` gives `text_after`; the draft holds the
    same words, sentence by sentence, the user's own with their edits.
    """

    file: str
    from_year: int | None  # None: the plan does not say
    text_before: str
    text_after: str
    changes: tuple[Change, ...]
    gaps: tuple[Gap, ...]
    notes: tuple[Note, ...]
    draft: Draft
