"""What a draft is made for, worked out once: the unit's words, the months, what the year may say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from assistant.datatypes import Edit, PlanRequest
from assistant.drafting.periods import drafting_day, in_text_period, months_of, settled
from assistant.drafting.units import Unit, unit_of
from assistant.timeline import FIRST_YEAR, LAST_YEAR, Claim, Timeline, YearPage
from corpus.datatypes import OrganisationType, Period

_MOST_YEARS, _MOST_SENTENCES = 32, 5000  # kept in memory
_TURNING = ("开局之年", "收官之年")  # phases of a five-year plan that an opening speaks of
_OURS = frozenset({"an-party", "an-state", "an-acftu"})  # anniversaries every union keeps
_LATE = (Period.SECOND_HALF, Period.QUARTER_3, Period.QUARTER_4, Period.FIRST_TERM, Period.SCHOOL_YEAR)
# A plan written later in the year than the day its facts are taken from: 历次 is right whatever met in between.
_EVERY = re.compile(r"(?<=和)(.{1,4}届)[一二三四五六七八九、中]+全会$")
WHOLE_FORMULA = "以{指导思想}为指导"  # replaced whole: the formula of some years goes on behind it


@dataclass(frozen=True, slots=True)
class SlotValue:
    """What a template slot says here; `facts` are the timeline ids behind it."""

    text: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything a sentence is adapted to."""

    request: PlanRequest
    unit: Unit
    timeline: Timeline
    period: Period
    months: tuple[int, ...]  # in the plan's order: a term begins in September
    in_text: str  # 2026年上半年, 本学期
    drafted: date
    slots: Mapping[str, SlotValue]  # a slot that is missing has no value here

    @property
    def organisation(self) -> OrganisationType:
        """Type of the unit."""
        return self.request.organisation

    @property
    def dated(self) -> bool:
        """Whether the timeline knows the plan year."""
        return FIRST_YEAR <= self.request.year <= LAST_YEAR


def setting_of(request: PlanRequest, *, timeline: Timeline) -> Setting:
    """What the request says, worked out once, with the day it is written on."""
    asked, request = request, replace(request, drafted=drafting_day(request))
    unit = unit_of(request)
    slots = {name: SlotValue(word) for name, word in unit.words.items()} | _time_slots(request)
    slots |= _dated_slots(request, timeline, told=asked.drafted is not None)
    return Setting(
        request,
        unit,
        timeline,
        settled(request),
        months_of(request),
        in_text_period(request),
        drafting_day(request),
        MappingProxyType(slots),
    )


def with_slot(setting: Setting, name: str, text: str) -> Setting:
    """The same setting with one more slot."""
    return replace(setting, slots=MappingProxyType({**setting.slots, name: SlotValue(text)}))


def references_stand(text: str, *, setting: Setting) -> bool:
    """Whether every dated reference of the text may stand in this plan; where the timeline is silent none may."""
    if not setting.dated:
        return not setting.timeline.find(text)
    known = _judgements(setting)
    if text not in known:
        request = setting.request
        judged = setting.timeline.judged(text, year=request.year, drafted=request.drafted)
        known[text] = all(verdict.fine for _, verdict in judged)
    return known[text]


def refreshed(text: str, *, setting: Setting) -> tuple[Edit, ...] | None:
    """Edits that bring the references up to the plan's date, None where nothing right can be said."""
    if not setting.dated:
        return None if setting.timeline.find(text) else ()
    return setting.timeline.refresh(text, year=setting.request.year, drafted=setting.request.drafted)


_judged: dict[tuple[int, int, date | None], tuple[Timeline, dict[str, bool]]] = {}


def _judgements(setting: Setting) -> dict[str, bool]:
    """Sentences already judged for this year and day: another seed or period asks about the same ones."""
    key = (id(setting.timeline.facts), setting.request.year, setting.request.drafted)
    if key not in _judged:
        if len(_judged) >= _MOST_YEARS:
            _judged.clear()
        _judged[key] = (setting.timeline, {})  # holding the timeline keeps its id from being given to another
    known = _judged[key][1]
    if len(known) >= _MOST_SENTENCES:
        known.clear()
    return known


def _time_slots(request: PlanRequest) -> dict[str, SlotValue]:
    year = request.year
    return {
        "年": SlotValue(f"{year}年"),
        "年度": SlotValue(f"{year}年度"),
        "去年": SlotValue(f"{year - 1}年"),
        "明年": SlotValue(f"{year + 1}年"),
        "期间": SlotValue(in_text_period(request)),
    }


def _dated_slots(request: PlanRequest, timeline: Timeline, *, told: bool) -> dict[str, SlotValue]:
    if not FIRST_YEAR <= request.year <= LAST_YEAR:
        return {}
    page = timeline.page(request.year, drafted=request.drafted, organisation=request.organisation)
    claims: dict[str, tuple[Claim | None, str]] = {
        "指导思想": (page.formula, ""),
        WHOLE_FORMULA: (page.opening, ""),
        "党代会": (page.congress, ""),
        "全会": (page.plenum, ""),
        "会议精神": (page.meetings, "精神"),
        "工会大会": (page.union_congress, ""),
        "工会大会精神": (page.union_congress, "精神"),
        "规划阶段": (page.phase, ""),
        "主题教育": (page.education[0] if len(page.education) == 1 else None, ""),
        "重要论述": (page.discourse, ""),
    }
    found = {name: SlotValue(claim.text + tail, claim.facts) for name, (claim, tail) in claims.items() if claim}
    plan = page.five_year_plan
    if plan:
        found["五年规划"] = SlotValue(plan.text[: plan.text.index("”") + 1], plan.facts)
    if page.meetings and not told and settled(request) in _LATE:
        found["会议精神"] = SlotValue(_EVERY.sub(r"\1历次全会", page.meetings.text) + "精神", page.meetings.facts)
    marked = _marked_year(page)
    return found | ({"重要年份": marked} if marked else {})


def _marked_year(page: YearPage) -> SlotValue | None:
    """What is said of the year itself: “十五五”规划开局之年，也是中国共产党成立105周年."""
    plan, phase = page.five_year_plan, page.phase
    turning = [plan.text + phase.text] if plan and phase and phase.text in _TURNING else []
    named = [claim for claim in page.anniversaries if set(claim.facts) & _OURS]
    facts = (*(plan.facts if turning and plan else ()), *(fact for claim in named for fact in claim.facts))
    words = [*turning, *(claim.text for claim in named)]
    return SlotValue("，也是".join(words[:2]), facts) if words else None
