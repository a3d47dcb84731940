"""When an observance falls: 5月12日, 农历八月十五, 5月第3个星期日 … -> days of a year."""

import calendar
import re
from datetime import date, timedelta
from functools import cache

from assistant.timeline.numerals import chinese

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
FORMS = (LUNAR, SPAN, DAY, WEEK_OF, NTH, LAST, WEEK, MONTHS)


def datable(when: str) -> bool:
    """Whether `days` understands it; nothing is computed."""
    return when in SOLAR_TERMS or any(form.fullmatch(when) for form in FORMS)


def months_of(when: str) -> tuple[int, ...]:
    """7—9月 -> (7, 8, 9); 12—2月 -> (12, 1, 2). ValueError when it is no such thing."""
    match = MONTHS.fullmatch(when)
    if match is None:
        raise ValueError(f"an observance cannot be dated: {when!r}")
    first, last = int(match[1]), int(match[2] or match[1])
    count = (last - first) % 12 + 1
    return tuple((first - 1 + step) % 12 + 1 for step in range(count))


@cache  # a year's page is asked for again and again
def days(when: str, year: int) -> tuple[date | None, date | None, str]:
    """First day, last day and how they are written; None where only months are known.

    ValueError when `when` cannot be dated.
    """
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
        months = months_of(when)
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
