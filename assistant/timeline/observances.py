"""Days, weeks, months and seasons of a union's year, with real dates for any year."""

import calendar
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.timeline.entries import Certainty, Entry, EntryKind
from assistant.timeline.numerals import chinese
from assistant.timeline.table import Facts
from corpus.datatypes import OrganisationType

WEEKDAYS = "一二三四五六日"
SOLAR_TERMS = ("清明", "秋分")
LUNAR = re.compile(r"农历(\d+)月(\d+)日")
SPAN = re.compile(r"(\d+)月(\d+)日—(\d+)月(\d+)日")
DAY = re.compile(r"(\d+)月(\d+)日")
WEEK_OF = re.compile(r"(\d+)月(\d+)日所在周")
NTH = re.compile(r"(\d+)月第(\d)个星期([一二三四五六日])")
LAST = re.compile(r"(\d+)月最后一个星期([一二三四五六日])")
WEEK = re.compile(r"(\d+)月第(\d)周")
MONTHS = re.compile(r"(\d+)(?:—(\d+))?月")
# which of the table's sectors a type of organisation looks after; the rest of its observances are for all
SECTORS: dict[OrganisationType, frozenset[str]] = {
    OrganisationType.GOVERNMENT: frozenset({"government"}),
    OrganisationType.POLICE: frozenset({"police", "government"}),
    OrganisationType.SCHOOL: frozenset({"school"}),
    OrganisationType.HOSPITAL: frozenset({"hospital"}),
    OrganisationType.ENTERPRISE: frozenset({"enterprise"}),
    OrganisationType.POST: frozenset({"post", "enterprise"}),
    OrganisationType.COUNTY_UNION: frozenset({"territory", "enterprise", "construction", "sanitation"}),
    OrganisationType.TOWNSHIP: frozenset({"territory", "enterprise"}),
    OrganisationType.COMMUNITY: frozenset({"territory", "enterprise"}),
    OrganisationType.EDUCATION_HEALTH: frozenset({"school", "hospital", "research", "press"}),
}


@dataclass(frozen=True, slots=True)
class Observance:
    """An observance of one year. `start` and `end` are None where only months are known; `months` are those of
    the year it touches, in its own order (12, 1, 2 for 元旦春节送温暖).
    """

    id: str
    name: str
    text: str  # 9月25日（农历八月十五）, 6月, 6月至9月
    months: tuple[int, ...]
    start: date | None
    end: date | None
    core: bool
    certain: bool
    note: str


def serves(entry: Entry, organisation: OrganisationType | None) -> bool:
    """Whether a fact concerns this type of organisation; None = every type."""
    if not entry.sectors or organisation is None:
        return True
    return not SECTORS.get(organisation, frozenset()).isdisjoint(entry.sectors)


def observances(
    facts: Facts, year: int, *, months: Collection[int] | None = None, organisation: OrganisationType | None = None
) -> tuple[Observance, ...]:
    """The observances of a year that touch `months`, for a type of organisation, in calendar order."""
    found = [
        _dated(entry, year)
        for entry in facts.of(EntryKind.OBSERVANCE)
        if _kept_in(entry, year) and serves(entry, organisation)
    ]
    wanted = range(1, 13) if months is None else months
    return tuple(sorted((each for each in found if set(each.months) & set(wanted)), key=_order))


def _kept_in(entry: Entry, year: int) -> bool:
    first = entry.start.year if entry.start else 0
    last = entry.end.year if entry.end else year
    return first <= year <= last


def _order(observance: Observance) -> tuple[int, int, str]:
    start = observance.start
    return (start.month if start else observance.months[0], start.day if start else 0, observance.id)


def _dated(entry: Entry, year: int) -> Observance:
    start, end, text = _days(entry.when, year)
    months = _months(entry.when) if start is None else tuple(sorted({start.month, (end or start).month}))
    certain = entry.certainty in (Certainty.HIGH, Certainty.MEDIUM)
    return Observance(entry.id, entry.name, text, months, start, end, entry.core, certain, entry.note)


def _months(when: str) -> tuple[int, ...]:
    match = MONTHS.fullmatch(when)
    if match is None:
        raise ValueError(f"an observance cannot be dated: {when!r}")
    first, last = int(match[1]), int(match[2] or match[1])
    count = (last - first) % 12 + 1
    return tuple((first - 1 + step) % 12 + 1 for step in range(count))


def _days(when: str, year: int) -> tuple[date | None, date | None, str]:
    """First day, last day and how they are written; None where only months are known."""
    if match := LUNAR.fullmatch(when):
        day = _lunar(year, int(match[1]), int(match[2]))
        return day, day, f"{_written(day)}（{_lunar_name(int(match[1]), int(match[2]))}）"
    if when in SOLAR_TERMS:
        day = _solar_term(year, when)
        return day, day, _written(day)
    if match := SPAN.fullmatch(when):
        first, last = date(year, int(match[1]), int(match[2])), date(year, int(match[3]), int(match[4]))
        return first, last, _range(first, last)
    if match := WEEK_OF.fullmatch(when):
        day = date(year, int(match[1]), int(match[2]))
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6), _range(monday, monday + timedelta(days=6))
    return _by_weekday(when, year)


def _by_weekday(when: str, year: int) -> tuple[date | None, date | None, str]:
    if match := NTH.fullmatch(when):
        day = _nth(year, int(match[1]), WEEKDAYS.index(match[3]), int(match[2]))
    elif match := LAST.fullmatch(when):
        month = int(match[1])
        end = date(year, month, calendar.monthrange(year, month)[1])
        day = end - timedelta(days=(end.weekday() - WEEKDAYS.index(match[2])) % 7)
    elif match := WEEK.fullmatch(when):
        monday = _nth(year, int(match[1]), 0, int(match[2]))
        return monday, monday + timedelta(days=6), f"{match[1]}月第{chinese(int(match[2]))}周"
    elif match := DAY.fullmatch(when):
        day = date(year, int(match[1]), int(match[2]))
    else:
        months = _months(when)
        return None, None, f"{months[0]}月" if len(months) == 1 else f"{months[0]}月至{_next(months)}{months[-1]}月"
    return day, day, _written(day)


def _next(months: tuple[int, ...]) -> str:
    return "次年" if months[-1] < months[0] else ""


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _written(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _range(first: date, last: date) -> str:
    return f"{_written(first)}至{last.day}日" if first.month == last.month else f"{_written(first)}至{_written(last)}"


def _lunar(year: int, month: int, day: int) -> date:
    from lunar_python import Lunar  # computing a calendar is rare: keep it out of the start

    solar = Lunar.fromYmd(year, month, day).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def _solar_term(year: int, name: str) -> date:
    from lunar_python import Lunar

    solar = Lunar.fromYmd(year, 6, 1).getJieQiTable()[name]
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def _lunar_name(month: int, day: int) -> str:
    names = {1: "正月"}
    ordinal = f"初{chinese(day)}" if day <= 10 else chinese(day)
    return f"农历{names.get(month, chinese(month) + '月')}{ordinal}"
