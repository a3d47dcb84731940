"""Days: the date below the plan, weekdays, festivals that fall on another day."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date

from assistant.rolling.base import Base, Finding, Proposal
from assistant.rolling.datatypes import ChangeKind
from assistant.rolling.rules import rules
from corpus.markers import MarkerStyle, marker

NO_DATE = "【待填：日期】"
_WEEKDAYS = "一二三四五六日"
_DAY = re.compile(r"(?P<month>1[0-2]|[1-9])月(?P<day>3[01]|[12]\d|[1-9])日")
_LINE = re.compile(r"[^\n]+")
_REACH = 12  # characters between a festival's name and its date


def days(base: Base) -> Iterator[Finding]:
    """Dates that are certain are worked out anew, the rest are left to fill in."""
    if not base.delta:
        return
    yield from _signed(base)
    yield from _weekdays(base)
    yield from _festivals(base)
    yield from _months(base)


def _signed(base: Base) -> Iterator[Finding]:
    """The date line below the signature."""
    lines = [match for match in rules()["date_line"].finditer(base.text)]
    if lines and not base.text[lines[-1].end() :].strip():
        text = lines[-1][0]
        start = lines[-1].start() + len(text) - len(text.lstrip(" \t　"))
        yield Proposal(start, start + len(text.strip(" \t　")), NO_DATE, "成文日期以今年为准", ChangeKind.DATE)


def _weekdays(base: Base) -> Iterator[Finding]:
    for match in rules()["weekday"].finditer(base.text):
        if base.reviewed(match.start()) or match["year"] not in (None, str(base.old)):
            continue
        with suppress(ValueError):  # 2月30日 is no day
            day = date(base.year, int(match["month"]), int(match["day"]))
            named = "日天" if match["weekday"] in "日天" else match["weekday"]
            new = _WEEKDAYS[day.weekday()]
            if new not in named:
                why = f"{base.year}年{day.month}月{day.day}日是星期{new}，请核对活动日期是否要调整"
                yield Proposal(*match.span("weekday"), new, why, ChangeKind.DATE)


def _festivals(base: Base) -> Iterator[Finding]:
    """中秋节（10月6日）: the day of the new year, where the old one was right."""
    old, new = _dated(base, base.old), _dated(base, base.year)
    for name, day in old.items():
        if name not in new or (new[name].month, new[name].day) == (day.month, day.day):
            continue
        for match in re.finditer(re.escape(name), base.text):
            found = _DAY.search(base.text, match.end(), match.end() + _REACH)
            if found and (int(found["month"]), int(found["day"])) == (day.month, day.day):
                after = f"{new[name].month}月{new[name].day}日"
                yield Proposal(*found.span(), after, f"{base.year}年{name}的日期", ChangeKind.DATE)


def _months(base: Base) -> Iterator[Finding]:
    """A month's line that plans a festival after it is over."""
    dates = _dated(base, base.year)
    for line in _LINE.finditer(base.text):
        mark = marker(line[0])
        if mark is None or mark.style is not MarkerStyle.MONTH:
            continue
        for match in rules()["lunar"].finditer(base.text, line.start() + mark.end, line.end()):
            day = next((day for name, day in dates.items() if name.startswith(match[0])), None)
            if day is not None and day.month < min(mark.months) < day.month + 6:
                told = (
                    f"{base.year}年{match[0]}在{day.month}月{day.day}日，早于这里的{min(mark.months)}月，请调整月份。"
                )
                yield base.note(*match.span(), told)


def _dated(base: Base, year: int) -> Mapping[str, date]:
    return {each.name: each.start for each in base.timeline.observances(year) if each.start and each.certain}
