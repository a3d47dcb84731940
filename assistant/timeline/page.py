"""The page of a year: everything a plan of that year, drafted on a day, may say, each with its fact ids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import assistant.timeline.newest as newest
from assistant.timeline.anniversaries import years_in
from assistant.timeline.entries import Certainty, Entry, EntryKind
from assistant.timeline.observances import Observance, observances, serves
from assistant.timeline.table import Facts
from corpus.datatypes import OrganisationType, Topic

AFTERMATH_DAYS = 400  # how long 巩固…成果 is said of a finished campaign


@dataclass(frozen=True, slots=True)
class Claim:
    """Words ready to print, true on the drafting date, and the facts that say so."""

    text: str
    facts: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class YearPage:
    """A plan year as seen from the drafting date. What is None, or missing from a tuple, must not be claimed;
    `notes` say why, in Chinese.
    """

    year: int
    drafted: date
    organisation: OrganisationType | None
    formula: Claim  # 习近平新时代中国特色社会主义思想: what stands between 以 and 为指导
    opening: Claim  # 以习近平新时代中国特色社会主义思想为指导
    congress: Claim | None  # 党的二十大
    plenum: Claim | None  # 党的二十届四中全会, the newest one listed
    enumeration: str  # 二十大和二十届二中、三中、四中全会, announced ones included
    meetings: Claim | None  # 党的二十大和二十届历次全会: put 精神 behind it
    leadership: Claim | None  # 以习近平同志为核心的党中央
    five_year_plan: Claim | None  # “十五五”规划
    phase: Claim | None  # 开局之年
    union_congress: Claim | None  # 中国工会十八大
    union_law: Claim | None
    charter: Claim | None
    discourse: Claim | None  # 习近平总书记关于工人阶级和工会工作的重要论述
    concepts: tuple[Claim, ...]
    education: tuple[Claim, ...]  # running on the day
    aftermath: tuple[Claim, ...]  # lately finished: 巩固…成果
    pufa: Claim | None
    anniversaries: tuple[Claim, ...]  # 中国共产党成立105周年: those of a round number
    campaigns: tuple[Claim, ...]
    programmes: Mapping[Topic, tuple[Claim, ...]]
    laws: Mapping[Topic, tuple[Claim, ...]]
    rules: Mapping[Topic, tuple[Claim, ...]]
    observances: tuple[Observance, ...]
    notes: tuple[str, ...]


def year_page(facts: Facts, year: int, *, drafted: date, organisation: OrganisationType | None) -> YearPage:
    """Build the page of `year` for a plan drafted on `drafted`."""
    rule = newest.formula(facts, drafted)
    if rule is None:
        raise ValueError(f"no guiding formula for {drafted}")
    plan = newest.of_year(facts, EntryKind.PLAN, year)
    return YearPage(
        year=year,
        drafted=drafted,
        organisation=organisation,
        formula=Claim(rule.text, (rule.id,), rule.note),
        opening=Claim(newest.wording(rule, drafted), (rule.id,)),
        congress=_congress(facts, drafted),
        plenum=_plenum(facts, drafted),
        enumeration=_enumeration(facts, drafted),
        meetings=_meetings(facts, drafted),
        leadership=_one(facts, ("gc-core", "gc-secretary-xi", "gc-secretary-hu"), drafted),
        five_year_plan=_claim(plan) if plan else None,
        phase=Claim(newest.phase(plan, year), (plan.id,)) if plan else None,
        union_congress=_union_congress(facts, drafted),
        union_law=_edition(facts, "law-gonghui", drafted),
        charter=_edition(facts, "uzc", drafted),
        discourse=_one(facts, ("gt-xi-union",), drafted),
        concepts=tuple(_standing(facts, EntryKind.CONCEPT, drafted, organisation)),
        education=tuple(_standing(facts, EntryKind.EDUCATION, drafted, organisation)),
        aftermath=_aftermath(facts, drafted),
        pufa=_pufa(facts, year, drafted),
        anniversaries=_anniversaries(facts, year),
        campaigns=tuple(_standing(facts, EntryKind.CAMPAIGN, drafted, organisation)),
        programmes=_by_topic(facts, EntryKind.PROGRAMME, drafted, organisation),
        laws=_by_topic(facts, EntryKind.LAW, drafted, organisation),
        rules=_by_topic(facts, EntryKind.RULE, drafted, organisation),
        observances=observances(facts, year, organisation=organisation),
        notes=tuple(_notes(facts, year, drafted, organisation)),
    )


def _claim(entry: Entry) -> Claim:
    return Claim(entry.short, (entry.id,), entry.note)


def _claimable(entry: Entry, drafted: date) -> bool:
    fresh = entry.fades is None or drafted < entry.fades
    return entry.stands(drafted) and entry.known and entry.certainty is not Certainty.LOW and fresh


def _standing(facts: Facts, kind: EntryKind, drafted: date, organisation: OrganisationType | None) -> Iterable[Claim]:
    return (_claim(entry) for entry in facts.of(kind) if _claimable(entry, drafted) and serves(entry, organisation))


def _by_topic(
    facts: Facts, kind: EntryKind, drafted: date, organisation: OrganisationType | None
) -> dict[Topic, tuple[Claim, ...]]:
    grouped: dict[Topic, tuple[Claim, ...]] = {}
    for entry in facts.of(kind):
        if _claimable(entry, drafted) and serves(entry, organisation):
            for topic in entry.topics:
                grouped[topic] = (*grouped.get(topic, ()), _claim(entry))
    return grouped


def _one(facts: Facts, ids: tuple[str, ...], drafted: date) -> Claim | None:
    standing = [facts.entries[id] for id in ids if id in facts.entries and _claimable(facts.entries[id], drafted)]
    return _claim(standing[0]) if standing else None


def _edition(facts: Facts, prefix: str, drafted: date) -> Claim | None:
    editions = [entry for entry in facts.entries.values() if entry.id.startswith(prefix + "-")]
    standing = [entry for entry in editions if _claimable(entry, drafted)]
    return _claim(standing[-1]) if standing else None


def _congress(facts: Facts, drafted: date) -> Claim | None:
    congress = newest.newest(facts, EntryKind.CONGRESS, drafted)
    doubtful = congress is None or not congress.known or newest.overtaken(facts, congress, drafted)
    return None if doubtful or congress is None else _claim(congress)


def _plenum(facts: Facts, drafted: date) -> Claim | None:
    if _congress(facts, drafted) is None:
        return None
    listed = newest.plenums(facts, drafted)
    return _claim(listed[-1]) if listed and listed[-1].known else None


def _enumeration(facts: Facts, drafted: date) -> str:
    congress = newest.newest(facts, EntryKind.CONGRESS, drafted)
    return newest.enumeration(congress, newest.plenums(facts, drafted)) if congress else ""


def _meetings(facts: Facts, drafted: date) -> Claim | None:
    text = newest.meetings(facts, drafted)
    congress = newest.newest(facts, EntryKind.CONGRESS, drafted)
    if not text or congress is None:
        return None
    listed = [entry.id for entry in newest.plenums(facts, drafted) if entry.known]
    return Claim(text, (congress.id, *listed))


def _union_congress(facts: Facts, drafted: date) -> Claim | None:
    congress = newest.union_congress(facts, drafted)
    return _claim(congress) if congress and congress.known else None


def _aftermath(facts: Facts, drafted: date) -> tuple[Claim, ...]:
    ended = [
        entry
        for entry in facts.of(EntryKind.EDUCATION)
        if entry.end and entry.known and 0 < (drafted - entry.end).days <= AFTERMATH_DAYS
    ]
    return tuple(Claim(f"{entry.name}成果", (entry.id,), entry.note) for entry in ended)


def _pufa(facts: Facts, year: int, drafted: date) -> Claim | None:
    plan = newest.of_year(facts, EntryKind.PUFA, year)
    return _claim(plan) if plan and plan.start and (plan.start <= drafted or plan.start.month == 1) else None


def _anniversaries(facts: Facts, year: int) -> tuple[Claim, ...]:
    round_ones = [(entry, years_in(entry, year)) for entry in facts.of(EntryKind.ANNIVERSARY)]
    return tuple(Claim(f"{entry.short}{years}周年", (entry.id,)) for entry, years in round_ones if years)


def _notes(facts: Facts, year: int, drafted: date, organisation: OrganisationType | None) -> Iterable[str]:
    if drafted > facts.known_until:
        yield f"事实表核对至{facts.known_until}，此后的会议、文件和活动请自行核对。"
    for entry in facts.entries.values():
        if not serves(entry, organisation):
            continue
        if entry.kind is EntryKind.OBSERVANCE:
            continue
        near = entry.start or entry.expected
        if not entry.known and (near is None or near.year <= year):
            doubt = "会前公布，结果未核" if entry.start else "名称或日期未核"
            yield f"{entry.short}：{doubt}，不得作为事实写入。{entry.note}"
        elif entry.certainty is Certainty.LOW and entry.stands(drafted) and entry.match:
            yield f"{entry.short}：起始时间未核，{entry.note or '引用前请核对'}。"
        elif entry.start and drafted < entry.start and entry.start.year == year and entry.kind is not EntryKind.PLAN:
            yield f"{entry.short}：{entry.start}才有，起草时不能当作已有来写。"
