"""When: the years, the period and the month that a turn names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from assistant.understanding.cues import any_of, compiled, load_cues, pattern
from corpus.datatypes import Period
from index.months import month_mentions

_HAN = str.maketrans("〇○零一二三四五六七八九O", "000123456789" + "0")
_HAN_YEAR = re.compile(
    r"(?:二[〇○零O0][〇○零一二三四五六七八九O0]{2}|一[八九][〇○零一二三四五六七八九]{2}|[二三][〇○零一二三四五六七八九](?=年(?!级)))"
)
_SCHOOL_YEAR = re.compile(r"(?<!\d)(20)?(\d{2})年?\s*[-—–~～至到/、]+\s*(20)?(\d{2})(?=\s*学年|年|(?!\d))")
_YEAR = re.compile(
    r"(?<=年份)[是为：:]?(?P<told>\d{2})(?!\d)"
    r"|(?<![\d.])(?P<long>\d{4})(?P<mark>\s*(?:年|学年))?(?!\d)"
    r"|(?<![\d.])(?P<short>[1-4]\d)(?P<school>学)?年(?!级|来|前|后|代|多|以|期)"
)
_PLAUSIBLE = range(1900, 2101)  # bare four-digit numbers that are years


@dataclass(frozen=True, slots=True)
class Times:
    """`years` in order of mention, without repeats; a term's year is the one in which it begins."""

    years: tuple[int, ...]
    past: bool  # every year is told as gone by: 去年
    period: Period | None
    month: int | None
    day: str | None  # a day that says the month: 三八
    impossible_year: str | None
    impossible_month: str | None
    impossible_period: str | None


def read_times(text: str, *, today: date) -> Times:
    """What a turn says of time; `today` is what 明年 and 本学期 count from."""
    text = _HAN_YEAR.sub(lambda match: match[0].translate(_HAN), text)
    wrong_year = pattern("times", "impossible_year").search(text)
    wrong_month = pattern("times", "impossible_month").search(text)
    wrong_period = pattern("times", "impossible_period").search(text)
    years, past = _years(text, today=today)
    near, near_year, near_month = _near(text, today=today)
    period = near or (None if wrong_period else _period(text))
    day = next(iter(_days().findall(text)), None)
    return Times(
        years=years or ((near_year,) if near_year else ()),
        past=past,
        period=period,
        month=near_month or (None if wrong_month else _month(text)),
        day=day,
        impossible_year=wrong_year[0] if wrong_year else None,
        impossible_month=wrong_month[0] if wrong_month else None,
        impossible_period=wrong_period[0] if wrong_period else None,
    )


def day_month(day: str) -> int:
    """The month of a day that `read_times` found."""
    return int(load_cues("times")["days"][day])


def next_plan_year(today: date) -> int:
    """The year a plan is usually written for now: from October on, the coming one."""
    return today.year + (today.month >= 10)


def _years(text: str, *, today: date) -> tuple[tuple[int, ...], bool]:
    """The years, those gone by only where no other is named, and whether they are gone by."""
    found = sorted({*_numbered(text), *_relative(text, today=today)})
    past = {year for _, year, passed in found if passed}
    kept = dict.fromkeys(year for _, year, _ in found)
    wanted = tuple(year for year in kept if year not in past)
    return (wanted, False) if wanted else (tuple(kept), bool(past))


def _numbered(text: str) -> Iterator[tuple[int, int, bool]]:
    """(place, year, False) of years in digits; of 2026-2027学年 the one in which the term begins."""
    taken: list[range] = []
    for match in _SCHOOL_YEAR.finditer(text):
        first, last = 2000 + int(match[2]), 2000 + int(match[4])
        named = "学年" in text or "学期" in text
        if last == first + 1 and (match[1] or named) and (named or not match[0].endswith("年")):
            taken.append(range(match.start(), match.end()))
            yield match.start(), last if _period(text) is Period.SECOND_TERM else first, False
    for match in _YEAR.finditer(text):
        if any(match.start() in span for span in taken):
            continue
        year = int(match["long"] or 2000 + int(match["short"] or match["told"]))
        bare = match["long"] and not match["mark"]
        if bare and (year not in _PLAUSIBLE or pattern("times", "units_of_measure").match(text, match.end())):
            continue
        late = (match["school"] or (match["mark"] or "").endswith("学年")) and _period(text) is Period.SECOND_TERM
        yield match.start(), year + bool(late), False


def _relative(text: str, *, today: date) -> Iterator[tuple[int, int, bool]]:
    cues = load_cues("times")
    for match in any_of((*cues["relative"], *cues["both"])).finditer(text):
        distances = cues["both"].get(match[0]) or [cues["relative"][match[0]]]
        yield from ((match.start(), today.year + distance, distance < 0) for distance in distances)


def _period(text: str) -> Period | None:
    return next((period for period, said in _periods() if said.search(text)), None)


def _near(text: str, *, today: date) -> tuple[Period | None, int | None, int | None]:
    """Period, year and month of 本学期, 下季度, 下个月."""
    for kind, distance, said in load_cues("times")["relative_periods"]:
        if not re.search(said, text):
            continue
        if kind == "月":
            month = today.month + distance
            return None, today.year + (month > 12), (month - 1) % 12 + 1
        if kind == "季度":
            quarter = (today.month - 1) // 3 + distance
            return list(_QUARTERS)[quarter % 4], today.year + quarter // 4, None
        if kind == "学期" and not re.search(r"\d{2,4}\s*学?年", text):
            return *_term(today, distance), None
    return None, None, None


_QUARTERS = (Period.QUARTER_1, Period.QUARTER_2, Period.QUARTER_3, Period.QUARTER_4)


def _term(today: date, distance: int) -> tuple[Period, int]:
    """The term today stands in, or the next, and the year in which it begins."""
    began = today.year - (today.month == 1)
    autumn = today.month >= 8 or today.month == 1
    if distance == 0:
        return (Period.FIRST_TERM if autumn else Period.SECOND_TERM), began
    return (Period.SECOND_TERM, began + 1) if autumn else (Period.FIRST_TERM, began)


def _month(text: str) -> int | None:
    months = [month for start, end, found in month_mentions(text) if "月" in text[start : end + 1] for month in found]
    return months[0] if len(set(months)) == 1 else None


@cache
def _periods() -> tuple[tuple[Period, re.Pattern[str]], ...]:
    listed = load_cues("times")["periods"]
    return tuple((Period(name), compiled(said, where=f"times.yaml: {name}")) for name, said in listed)


@cache
def _days() -> re.Pattern[str]:
    return any_of(load_cues("times")["days"])
