"""The months a plan covers and what it calls its own time."""

from datetime import date

from assistant.datatypes import PlanRequest
from corpus.datatypes import Period

FIRST_TERM = (9, 10, 11, 12, 1)
SECOND_TERM = (2, 3, 4, 5, 6, 7)
_MONTHS = {
    Period.FIRST_HALF: tuple(range(1, 7)),
    Period.SECOND_HALF: tuple(range(7, 13)),
    Period.FIRST_TERM: FIRST_TERM,
    Period.SECOND_TERM: SECOND_TERM,
    Period.SCHOOL_YEAR: FIRST_TERM + SECOND_TERM,
    Period.QUARTER_1: (1, 2, 3),
    Period.QUARTER_2: (4, 5, 6),
    Period.QUARTER_3: (7, 8, 9),
    Period.QUARTER_4: (10, 11, 12),
}
_TERMS = (Period.TERM, Period.FIRST_TERM, Period.SECOND_TERM)


_STARTS = {  # month and day on which a plan for a later part of the year is written
    Period.SECOND_HALF: (7, 1),
    Period.QUARTER_1: (1, 15),
    Period.QUARTER_2: (4, 1),
    Period.QUARTER_3: (7, 1),
    Period.QUARTER_4: (10, 1),
    Period.FIRST_TERM: (8, 20),
    Period.SCHOOL_YEAR: (8, 20),
}


def usual_day(year: int, period: Period | None) -> date:
    """The day a plan is written on when nobody says: 15 February, or when the later part of the year begins."""
    return date(year, *_STARTS.get(period, (2, 15))) if period else date(year, 2, 15)


def drafting_day(request: PlanRequest) -> date:
    """The day the draft is written on, as the user says or as is usual for the period."""
    return request.drafted or usual_day(request.year, request.period)


def settled(request: PlanRequest) -> Period:
    """The particular period asked for: a bare 学期 or 季度 becomes the one the drafting day falls into."""
    month = drafting_day(request).month
    if request.period is Period.TERM:
        return Period.SECOND_TERM if month < 7 else Period.FIRST_TERM
    if request.period is Period.QUARTER:
        return (Period.QUARTER_1, Period.QUARTER_2, Period.QUARTER_3, Period.QUARTER_4)[(month - 1) // 3]
    return Period.YEAR if request.period is Period.NONE else request.period


def months_of(request: PlanRequest) -> tuple[int, ...]:
    """Months of the plan in calendar order; a term or school year begins in September of the plan year."""
    period = settled(request)
    if period is Period.MONTH:
        return (drafting_day(request).month,)
    return _MONTHS.get(period, tuple(range(1, 13)))


def title_period(request: PlanRequest) -> str:
    """How the title names the time: 2026年, 2026年上半年, 2026—2027学年第一学期, 2026年第一季度."""
    year, period = request.year, settled(request)
    if period is Period.SCHOOL_YEAR:
        return f"{year}—{year + 1}学年"
    if period is Period.FIRST_TERM:
        return f"{year}—{year + 1}学年第一学期"
    if period is Period.SECOND_TERM:
        return f"{year - 1}—{year}学年第二学期"
    if period is Period.MONTH:
        return f"{year}年{months_of(request)[0]}月"
    return f"{year}年" if period is Period.YEAR else f"{year}年{period}"


def in_text_period(request: PlanRequest) -> str:
    """How running text names the time: 2026年, 2026年上半年, 本学期, 本学年, 本月."""
    period = settled(request)
    if period in _TERMS:
        return "本学期"
    if period is Period.SCHOOL_YEAR:
        return "本学年"
    return "本月" if period is Period.MONTH else title_period(request)
