"""Years of the plan move on; years of facts stay."""

import re
from collections.abc import Iterator

from assistant.rolling.base import Base, Finding, Proposal
from assistant.rolling.datatypes import ChangeKind
from assistant.rolling.numerals import han_year, year_like
from assistant.rolling.rules import rules

_YEAR = re.compile(
    r"(?<!\d)(20\d\d)(?!\d)"
    r"|(?<![〇○零一二三四五六七八九])(二[〇○零0O][〇○零0O一二三四五六七八九]{2})(?=\s*年)"
)
_RANGE = re.compile(r"\s*年?(?:度|学年)?\s*(?:—+|-+|–|－|~|～|至|到)\s*(?=(20\d\d)(?!\d))")
_NUMBERED = re.compile(r"[〔\[［（(]$")  # 工发〔2025〕3号
_DOCUMENT = re.compile(r"[（(]([^（）()\n]{0,12}[〔\[［]20\d\d[〕\]］]\d{1,4}号)[）)]")
_TIME = re.compile(r"\s*(?:年|学年|[./-](?:1[0-2]|0?[1-9])(?!\d))")
_NIAN = re.compile(r"\s*年")
_TITLE = re.compile(r"《[^《》\n]{1,80}》")


def years(base: Base) -> Iterator[Finding]:
    """Every year of the plan that moves on, with notes on those left to the user."""
    yield from _titled(base)
    if not base.delta:
        return
    spans = {match.span(): _said(match) for match in _YEAR.finditer(base.text)}
    skipped: set[int] = set()
    for (start, end), year in spans.items():
        if year is None or start in skipped or _NUMBERED.search(base.text, 0, start):
            continue
        partner = _RANGE.match(base.text, end)
        if partner:
            skipped.add(partner.end())
            yield from _range(base, start, end, partner.end(), year, int(partner[1]))
        elif _TIME.match(base.text, end):
            yield from _single(base, start, end, year)


def _titled(base: Base) -> Iterator[Finding]:
    """A plan without any year gets the new one in its title."""
    first = base.text.lstrip().partition("\n")[0]
    place = rules()["bare_title"].search(first) if not base.known and first == base.title else None
    if place:
        start = base.text.index(first) + place.start()
        yield Proposal(start, start, f"{base.year}年", "标题补上年份", ChangeKind.YEAR)


def _single(base: Base, start: int, end: int, year: int) -> Iterator[Finding]:
    text, words = base.text, rules()
    if base.reviewed(start) or year < base.old - 1:
        return
    nian = _NIAN.match(text, end)
    behind = nian.end() if nian else end
    if words["fact_after"].match(text, behind):
        if year >= base.old:
            yield base.note(start, behind, f"“{text[start:behind]}”像是已发生的事，没有改，请核对。")
        return
    title = next((one for one in _TITLE.finditer(text) if one.start() < start < one.end()), None)
    if title is not None and year == base.old:
        yield _moved(base, start, end, year, "上级文件的年份顺延")
        number = _DOCUMENT.match(text, title.end())
        if number:
            yield Proposal(*number.span(1), "【待填：文号】", "文件年份已顺延，文号以今年的为准", ChangeKind.YEAR)
        yield base.note(*title.span(), f"《》里的年份已顺延为 {base.year}，请核对这份文件的名称。")
    elif title is not None:
        return
    elif year > base.old + 1:
        if year < base.year:
            yield base.note(start, behind, f"目标年份 {year} 已过，没有改，请核对。")
    elif year >= base.old:
        yield _moved(base, start, end, year, f"计划年份由 {base.old} 年改为 {base.year} 年")
    elif words["yearly_after"].match(text, behind) or words["yearly_before"].search(text[max(0, start - 6) : start]):
        yield _moved(base, start, end, year, "上一年度顺延")
    else:
        yield base.note(start, behind, f"提到上一年度（{year}年），没有改，请核对是否仍适用。")


def _range(base: Base, start: int, end: int, second: int, year: int, last: int) -> Iterator[Finding]:
    """2025—2026学年 moves on; 2024—2026年 of a programme stays."""
    behind = base.text[second + 4 : second + 8]
    school = "学年" in behind or "学年" in base.text[end:second]
    if base.reviewed(start) or not (school and last == year + 1 and base.old - 1 <= year <= base.old):
        if last < base.year and year <= base.old <= last:
            message = f"{year}—{last}年的安排到 {base.year} 年已期满，没有改，请核对。"
            yield base.note(start, second + 4, message)
        return
    yield _moved(base, start, end, year, "学年顺延")
    yield _moved(base, second, second + 4, last, "学年顺延")


def _moved(base: Base, start: int, end: int, year: int, why: str) -> Proposal:
    return Proposal(start, end, year_like(base.text[start:end], year + base.delta), why, ChangeKind.YEAR)


def _said(match: re.Match[str]) -> int | None:
    return int(match[1]) if match[1] else han_year(match[2])
