"""The template library: wording of our own for what the samples do not say, read from `templates/*.yaml`.

The format, the slots and what a good template looks like are described in `templates/README.md`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from corpus.datatypes import OrganisationType, Period, Topic

FOLDER = Path(__file__).parent / "templates"
ROLES = ("lead", "opening", "item", "schedule", "closing", "emphasis", "stress")
SLOT = re.compile(r"\{([^{}]*)\}")
WORDS_FILE = Path(__file__).parent / "slots.yaml"
YEAR_SLOTS = (
    *("单位", "年", "年度", "期间", "去年", "明年", "指导思想", "党代会", "全会", "会议精神"),
    *("工会大会", "工会大会精神", "五年规划", "规划阶段", "重要年份", "主题教育", "重要论述", "侧重"),
)
FIELDS = frozenset(
    {"id", "topic", "role", "text", "title", "organisations", "names", "from", "to", "periods", "months"}
    | {"weight", "keywords", "requires", "about"}
)


@dataclass(frozen=True, slots=True)
class Template:
    """One piece of wording. Empty tuples and None mean *no restriction*; `first` and `last` are inclusive."""

    id: str
    topic: Topic
    role: str
    text: str  # one to four sentences with {slots}
    title: str = ""
    organisations: tuple[OrganisationType, ...] = ()
    names: re.Pattern[str] | None = None  # the kind of unit, told from its name: 幼儿园, 支行
    first: date | int | None = None  # a year speaks of the plan year, a date of the drafting date
    last: date | int | None = None
    periods: tuple[Period, ...] = ()
    months: tuple[int, ...] = ()
    weight: float = 1.0
    keywords: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()  # references that must be current on the drafting date
    about: str = ""  # two templates about the same thing never stand in one draft

    @property
    def slots(self) -> tuple[str, ...]:
        """Names of the slots in title and text, in order of appearance."""
        return tuple(dict.fromkeys(SLOT.findall(self.title + self.text)))

    def valid(self, *, year: int, drafted: date) -> bool:
        """Whether the wording may stand in a plan of this year drafted on this day."""
        starts = self.first is None or (drafted >= self.first if isinstance(self.first, date) else year >= self.first)
        ends = self.last is None or (drafted <= self.last if isinstance(self.last, date) else year <= self.last)
        return starts and ends


@cache
def slot_words() -> Mapping[str, Mapping[str, str]]:
    """Slot name -> organisation type (or `_`) -> word, for the slots that depend on the type alone."""
    table: dict[str, dict[str, str]] = yaml.safe_load(WORDS_FILE.read_text(encoding="utf-8"))
    types = {organisation.value for organisation in OrganisationType} | {"_"}
    for slot, words in table.items():
        if "_" not in words or set(words) - types:
            raise ValueError(f"{WORDS_FILE.name}: {slot}: needs `_`, and knows no {sorted(set(words) - types)}")
    return table


def known_slots() -> frozenset[str]:
    """Every slot a template may use."""
    return frozenset(slot_words()) | frozenset(YEAR_SLOTS)


@cache
def load_templates(folder: Path = FOLDER) -> tuple[Template, ...]:
    """Every template of the folder, ordered by id. ValueError names the file and id of the first bad entry."""
    found: dict[str, Template] = {}
    for path in sorted(folder.glob("*.yaml")):
        entries = _entries(path)
        for entry in entries:
            template = _template(entry, where=path.name)
            if template.id in found:
                raise ValueError(f"{path.name}: template id {template.id!r} is used twice")
            found[template.id] = template
    return tuple(found[key] for key in sorted(found))


def _entries(path: Path) -> list[dict[str, object]]:
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except yaml.YAMLError as problem:
        raise ValueError(f"{path.name}: {problem}") from problem
    if not isinstance(entries, list):
        raise ValueError(f"{path.name} is not a list of templates")
    return entries


def _template(entry: Mapping[str, object], *, where: str) -> Template:
    identifier = str(entry.get("id", "?"))
    unknown = set(entry) - FIELDS
    if unknown:
        raise ValueError(f"{where}: {identifier}: unknown fields {sorted(unknown)}")
    try:
        template = Template(
            id=str(entry["id"]),
            topic=Topic(str(entry["topic"])),
            role=str(entry["role"]),
            text=str(entry["text"]).strip(),
            title=str(entry.get("title", "")).strip(),
            organisations=tuple(OrganisationType(name) for name in _strings(entry, "organisations")),
            names=re.compile(str(entry["names"])) if "names" in entry else None,
            first=_day(entry.get("from")),
            last=_day(entry.get("to")),
            periods=tuple(Period(name) for name in _strings(entry, "periods")),
            months=tuple(int(month) for month in _strings(entry, "months")),
            weight=float(str(entry.get("weight", 1.0))),
            keywords=_strings(entry, "keywords"),
            requires=_strings(entry, "requires"),
            about=str(entry.get("about", "")),
        )
    except (KeyError, ValueError) as problem:
        raise ValueError(f"{where}: {identifier}: {problem}") from problem
    _check(template, where=where)
    return template


def _check(template: Template, *, where: str) -> None:
    unknown = sorted(set(template.slots) - known_slots())
    problems = [
        (template.role not in ROLES, f"role {template.role!r} is none of {ROLES}"),
        (bool(unknown), f"unknown slots {unknown}"),
        (not template.text, "text is empty"),
        (" " in template.text or "\n" in template.text, "text has a blank or a line break"),
        (template.role != "schedule" and not template.text.endswith("。"), "text does not end with 。"),
        (template.role == "schedule" and not template.months, "a schedule template needs months"),
        (any(not 1 <= month <= 12 for month in template.months), f"months {template.months} are not in 1–12"),
        (bool(template.title) and template.title[-1] in "。，；：", "title ends with punctuation"),
        (OrganisationType.PEOPLES_CONGRESS in template.organisations, "人大 has no union"),
    ]
    for bad, message in problems:
        if bad:
            raise ValueError(f"{where}: {template.id}: {message}")


def _strings(entry: Mapping[str, object], field: str) -> tuple[str, ...]:
    value = entry.get(field) or []
    if not isinstance(value, list):
        raise ValueError(f"{field} is not a list: {value!r}")
    return tuple(str(each) for each in value)


def _day(value: object) -> date | int | None:
    if value is None or isinstance(value, date | int):
        return value
    raise ValueError(f"{value!r} is neither a year nor a YYYY-MM-DD day")
