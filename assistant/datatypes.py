"""What staff ask for and what they get."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.datatypes import OrganisationType, Passage, Period, Topic
from index.datatypes import Hit


class Length(StrEnum):
    """Target lengths of a draft: about 1,000, 2,000 and 3,500 characters."""

    SHORT = "简版"
    STANDARD = "标准"
    LONG = "详版"


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What a draft is for. A `name` of None becomes 【待填：单位名称】; nothing is invented."""

    organisation: OrganisationType
    name: str | None
    year: int
    period: Period = Period.YEAR
    emphasis: tuple[str, ...] = ()
    length: Length = Length.STANDARD
    facts: tuple[str, ...] = ()  # the user's own facts, sentences ready to print
    drafted: date | None = None  # None: 15 February of `year`, the timeline's default
    short_name: str | None = None  # 我院 … by type when None
    seed: int = 0


class ProvenanceKind(StrEnum):
    """来历 of a sentence."""

    BORROWED = "borrowed"  # source = passage id
    FACT = "fact"  # source = timeline id(s), joined by "+"
    TEMPLATE = "template"  # source = template id
    MODEL = "model"  # source = aligned passage id, or "" = 无出处
    USER = "user"  # typed or given by the user; source ""


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement inside a source: `source_text[start:end]` (== before) became `after`, because of `why`.
    Offsets are relative to the borrowed span (for templates: to the template's text).
    """

    start: int
    end: int
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a sentence comes from. For *borrowed*, applying `edits` to `passage.text[start:end]` gives the sentence."""

    kind: ProvenanceKind
    source: str = ""
    start: int = 0
    end: int = 0
    edits: tuple[Edit, ...] = ()
    score: float | None = None  # alignment in [0, 1], for *model*


@dataclass(frozen=True, slots=True)
class Sentence:
    """The smallest piece of a draft that can be traced, replaced or locked."""

    text: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences printed together. Numbers (一、（一）1.) are not part of the text: rendering counts them.
    `title` is an optional lead-in of the item; `month` marks a line of the monthly schedule.
    """

    sentences: tuple[Sentence, ...]
    title: str = ""
    month: int | None = None
    numbered: bool = True

    @property
    def text(self) -> str:
        """Title and sentences as one string, without a number."""
        return self.title + "".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A part of a draft. `heading` is "" for the opening and the closing, which print without one."""

    id: str  # stable through revisions
    heading: str
    topic: Topic
    paragraphs: tuple[Paragraph, ...]
    support: int = 0  # sample plans of this type that have such a part
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole plan. `signature` and `dated` print at the end, right-aligned."""

    request: PlanRequest
    title: str
    sections: tuple[DraftSection, ...]
    signature: str
    dated: str

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in reading order."""
        return tuple(s for section in self.sections for p in section.paragraphs for s in p.sentences)


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A planned section: why it is there is told by `support` (sample plans having it) and `reason`."""

    id: str
    heading: str
    topic: Topic
    support: int
    reason: str  # "12 份学校计划中有 11 份写了" / "2026 年要求" / "您的侧重"


class Severity(StrEnum):
    """How sure and how bad."""

    MUST = "必改"
    SHOULD = "建议"
    HINT = "提示"


class FindingKind(StrEnum):
    """体检 kinds; the values are the contract of `gongbi check --json`."""

    STALE = "stale"
    ANACHRONISTIC = "anachronistic"
    ENTITY = "entity"
    MASKED = "masked"
    MISSING_SECTION = "missing_section"
    MONTH_OUTSIDE_PERIOD = "month_outside_period"
    YEAR_MISMATCH = "year_mismatch"
    SUMMARY_TENSE = "summary_tense"
    SECTOR_WORD = "sector_word"
    REPEATED = "repeated"
    OVERLAP = "overlap"
    EMPTY_TALK = "empty_talk"
    NUMBERING = "numbering"
    PLACEHOLDER = "placeholder"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at in `text[start:end]`; `replacement` is None where no single right answer exists."""

    kind: FindingKind
    severity: Severity
    start: int
    end: int
    text: str
    message: str
    replacement: str | None = None


@dataclass(frozen=True, slots=True)
class ComparisonColumn:
    """One organisation type's side of a comparison; `nothing` says the library holds nothing on the topic."""

    organisation: OrganisationType
    nothing: bool
    hits: tuple[Hit, ...]
    only_here: tuple[str, ...]  # words and sentences of this type alone


@dataclass(frozen=True, slots=True)
class Comparison:
    """One topic across organisation types."""

    topic: Topic
    columns: tuple[ComparisonColumn, ...]
    common: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A borrowed sentence shown beside its original, for the source pane."""

    sentence: Sentence
    passage: Passage
