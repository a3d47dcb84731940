"""One dated fact: what it is called, from when to when a plan may name it, and what replaced it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.datatypes import Topic


class EntryKind(StrEnum):
    """Kinds of facts; the values are the section names of `assistant/facts/timeline.yaml`."""

    FORMULA = "formula"  # 以…为指导
    THEORY = "theory"  # a member of such a list
    CONCEPT = "concept"
    CONGRESS = "congress"  # 党代会
    PLENUM = "plenum"  # 中央全会
    PLAN = "plan"  # 五年规划
    UNION_CONGRESS = "union-congress"  # 中国工会全国代表大会
    CHARTER = "charter"
    LAW = "law"
    RULE = "rule"
    EDUCATION = "education"  # 党内集中教育
    PUFA = "pufa"  # 普法规划
    CAMPAIGN = "campaign"
    PROGRAMME = "programme"  # 全总的活动、规划
    OBSERVANCE = "observance"
    ANNIVERSARY = "anniversary"  # 建党105周年, counted from `start`


class Certainty(StrEnum):
    """How well a fact is known. ANNOUNCED and UNKNOWN ones never enter a draft as claims."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"  # the fact holds, its first day is a guess
    ANNOUNCED = "announced"  # announced beforehand, outcome not checked
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Entry:
    """A dated fact. Days are inclusive; None = open or not known. `until` is the first day on which `by` stands."""

    id: str
    kind: EntryKind
    name: str
    short: str  # how prose names it
    aliases: tuple[str, ...] = ()
    adopted: date | None = None
    start: date | None = None
    end: date | None = None
    mention: date | None = None
    by: str | None = None
    until: date | None = None
    fades: date | None = None
    expected: date | None = None
    certainty: Certainty = Certainty.HIGH
    older: bool = False  # earlier texts of the same name existed: never too early
    topics: tuple[Topic, ...] = ()
    sectors: tuple[str, ...] = ()  # () = all
    number: int | None = None  # 届次 or ordinal of the five-year plan
    session: int | None = None  # of a plenum
    listed: bool = True
    whole_from: date | None = None
    lasting: bool = False
    recall_to: int | None = None
    match: bool = True
    instead: str | None = None
    note: str = ""
    text: str = ""
    anchors: tuple[frozenset[str], ...] = ()
    wordings: Mapping[date, str] | None = None
    when: str = ""
    core: bool = False

    @property
    def known(self) -> bool:
        """Whether a draft may claim it."""
        return self.certainty not in (Certainty.ANNOUNCED, Certainty.UNKNOWN)

    @property
    def first(self) -> date | None:
        """The earliest day on which a text may name it at all."""
        days = [day for day in (self.mention, self.adopted, self.start) if day]
        return min(days) if days else None

    def stands(self, day: date) -> bool:
        """In force on that day: begun, not ended, not replaced."""
        begun = self.start is not None and self.start <= day
        return begun and (self.end is None or day <= self.end) and (self.until is None or day < self.until)
