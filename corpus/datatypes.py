"""The nouns of the corpus: document -> plan -> section -> passage, and what is known about each.

All offsets are character offsets, end exclusive. `Repair` offsets point into `Document.text` (as decoded);
`PlanSpan`, into the cleaned document text; everything else, into `Plan.text`.
"""

from dataclasses import dataclass
from enum import StrEnum


class OrganisationType(StrEnum):
    """单位类型, the first axis of everything."""

    GOVERNMENT = "机关"
    POLICE = "公安"
    SCHOOL = "学校"
    HOSPITAL = "医院"
    ENTERPRISE = "企业"
    POST = "邮政(国企)"
    COUNTY_UNION = "县市总工会"
    TOWNSHIP = "乡镇街道"
    COMMUNITY = "社区(村)"
    EDUCATION_HEALTH = "教科文卫系统"
    PEOPLES_CONGRESS = "人大(非工会)"
    OTHER = "其他"


class Topic(StrEnum):
    """主题, the second axis."""

    GUIDING = "指导思想"
    GOALS = "工作目标"
    REVIEW = "回顾与成绩"
    THOUGHT = "思想引领"
    DEMOCRACY = "民主管理"
    RIGHTS = "维权与劳动关系"
    SKILLS = "素质提升与劳动竞赛"
    MODELS = "典型选树与评优"
    RELIEF = "送温暖与帮扶"
    WELFARE = "福利与保障"
    WOMEN = "女职工"
    SPORTS = "文体活动"
    CULTURE = "职工文化"
    ORGANISATION = "组织建设与自身建设"
    FINANCE = "经费与经审"
    SAFETY = "劳动保护与安全"
    PUBLICITY = "宣传信息与档案"
    RETIRED = "退休职工"
    MONTHLY = "月度安排"
    SAFEGUARDS = "保障措施"
    SERVICE = "服务中心工作"
    CLOSING = "结语"


class Period(StrEnum):
    """周期. Samples carry 年度 … 无; requests may name a particular term, quarter or month."""

    YEAR = "年度"
    FIRST_HALF = "上半年"
    SECOND_HALF = "下半年"
    TERM = "学期"
    FIRST_TERM = "第一学期"
    SECOND_TERM = "第二学期"
    SCHOOL_YEAR = "学年"
    QUARTER = "季度"
    QUARTER_1 = "第一季度"
    QUARTER_2 = "第二季度"
    QUARTER_3 = "第三季度"
    QUARTER_4 = "第四季度"
    MONTH = "月"
    NONE = "无"


class PlanKind(StrEnum):
    """文种."""

    PLAN = "plan"
    SUMMARY = "summary"
    REPORT = "report"
    MIXED = "mixed"


class RepairKind(StrEnum):
    """What `clean` changes; the names follow the field's noise types."""

    BOILERPLATE = "boilerplate"  # site furniture, adverts, related links: removed
    SPAM = "spam"  # junk words inside a sentence: cut out
    STRAY_SYMBOL = "stray_symbol"
    BROKEN_LINE = "broken_line"  # a page break inside a sentence: joined
    REPEATED = "repeated"  # a doubled fragment, word or sentence: merged
    MERGED_HEADING = "merged_heading"  # a heading stuck to its text: split
    SPLICE = "splice"  # scraps of different texts stuck together: split
    MASKED = "masked"  # xx, **, __ : a typed slot instead
    WHITESPACE = "whitespace"  # blank runs, full-width indents, zero-width characters
    MARKUP = "markup"  # Markdown heading marks and bullets


class SlotKind(StrEnum):
    """What a masked token stood for. In text a slot reads `〔年份〕` and so on."""

    YEAR = "年份"
    SESSION = "届次"  # 届次 of a congress or plenum
    UNIT = "单位"
    PERSON = "姓名"
    PLACE = "地名"
    FIVE_YEAR_PLAN = "规划"
    SLOGAN = "口号"
    ANNIVERSARY = "周年"
    DOCUMENT_NUMBER = "文号"
    WORD = "词语"  # anything else that was blanked out


class EntityKind(StrEnum):
    """What belongs to one unit only and must never travel into another unit's draft."""

    ORGANISATION = "org"
    PLACE = "place"
    PERSON = "person"
    PROGRAMME = "programme"  # local campaigns, slogans, prizes named by one unit
    COUNT = "count"  # head counts, sums, percentages, frequencies, ages
    DATE = "date"
    TIME = "time"  # clock times
    SESSION = "session"  # 八届四次教代会, 第二届体育活动
    DOCUMENT_NUMBER = "doc_number"
    PHONE = "phone"
    AWARD = "award"
    LAW = "law"  # local regulations and laws foreign to union work
    UNIT_TERM = "unit_term"  # 我局, 局党组, 县总工会: right only for the same kind of unit
    MASK = "mask"  # a slot left by a masked token


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. `text` is decoded but otherwise untouched; `format` is the extension without the dot."""

    name: str
    sha256: str
    format: str
    text: str


@dataclass(frozen=True, slots=True)
class Repair:
    """One change by `clean`: `document.text[start:end] == before`, replaced by `after`."""

    kind: RepairKind
    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CleanText:
    """The repaired text with the ordered, non-overlapping repairs that lead to it."""

    text: str
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A typed blank in `Plan.text`: `text[start:end] == f"〔{kind}〕"`."""

    start: int
    end: int
    kind: SlotKind


@dataclass(frozen=True, slots=True)
class PlanSpan:
    """One text inside a cleaned document: body = `text[start:end]`; the title line stands outside the body, and so do
    the lines that sign it.
    """

    title: str
    start: int
    end: int
    signature: str  # who signs and when, line by line; "" where nobody does


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a plan. `heading` is None where the plan has none; body = `plan.text[start:end]`, heading excluded."""

    heading: str | None
    level: int  # 1 = 一、  2 = （一）  3 = 1.  …; 1 for sections without a heading
    start: int
    end: int
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered or bulleted point, or a month's line: `plan.text[start:end]`, marker included."""

    marker: str  # "1、", "（二）", "一是", "三月份", "——"
    level: int  # depth below its section, from 1
    start: int
    end: int
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections in order, covering the plan, and the items inside them."""

    sections: tuple[Section, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that belongs to one unit only. `hard` ones may appear in no other unit's text at all; the others
    only where the organisation type differs.
    """

    start: int
    end: int
    text: str
    kind: EntityKind
    hard: bool


@dataclass(frozen=True, slots=True)
class Labels:
    """What a plan is. Confidences are in [0, 1]; below `DOUBTFUL` the user is asked."""

    organisation: OrganisationType
    organisation_confidence: float
    unit: str | None
    period: Period
    period_confidence: float
    kind: PlanKind
    kind_confidence: float
    year: int | None  # the plan's own year where the text says it
    era: tuple[int, int] | None  # inclusive range of plan years the references allow
    evidence: tuple[str, ...]  # quotes that say so
    is_union: bool


DOUBTFUL = 0.6


@dataclass(frozen=True, slots=True)
class Plan:
    """One understood text. `id` is "{document sha256[:12]}-{ordinal from 1}"; `start`, `end` locate it in the cleaned
    document text.
    """

    id: str
    title: str
    text: str
    start: int
    end: int
    labels: Labels
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    entities: tuple[Entity, ...]
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval: `plan.text[start:end] == text`. `id` is "{plan_id}:{start}"."""

    id: str
    plan_id: str
    file: str  # the document's file name
    title: str  # the plan's title
    headings: tuple[str, ...]  # heading path from the plan's first level down
    text: str
    start: int
    end: int
    organisation: OrganisationType
    topics: tuple[Topic, ...]  # one to three, the strongest first
    months: tuple[int, ...]  # months a monthly item stands under
    period: Period
    kind: PlanKind
    year: int | None
    era: tuple[int, int] | None
    is_union: bool
    collection: str
    entities: tuple[Entity, ...]  # offsets in this passage's text
    slots: tuple[Slot, ...]  # offsets in this passage's text

    @property
    def embedding_text(self) -> str:
        """The text that is embedded and indexed: title › headings › passage."""
        return " › ".join((self.title, *self.headings)) + "\n" + self.text


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read to its end: cleaned text, repairs, plans and their passages."""

    document: Document
    text: str
    repairs: tuple[Repair, ...]
    plans: tuple[Plan, ...]
    passages: tuple[Passage, ...]
