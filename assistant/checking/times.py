"""Months outside the plan's period, and years that are not the plan's."""

import re
from collections.abc import Iterator

from assistant.checking.rules import rules
from assistant.checking.subject import Piece, Subject, Zone
from assistant.datatypes import Finding, FindingKind, Severity
from corpus.datatypes import Period
from corpus.markers import months as months_of_label

_NUMBER = r"(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])"
_MONTH = re.compile(
    rf"(?:(?P<year>20\d\d)年|(?<![\d年个每两上下第—十-])(?<!\d\.))"
    rf"(?P<label>{_NUMBER}(?:月?份?[、至到—-]{_NUMBER})?(?:月份|月))(?![度薪均票报刊例考饼季经嫂]|内召开一次)"
)
_YEAR = re.compile(r"(?<![\d—－-])(?P<year>(?:19|20)\d\d)(?P<tail>年度?)")
_GLUED = re.compile(rf"\d{{1,2}}[.．](?={_NUMBER}月)")  # 4.12月底前: an item's number, no decimal
_SHORT_YEAR = re.compile(r"(?<!\d)(?P<year>[012]\d)(?=年度?(?:工会|工作|女职工|计划))")
_CLAUSE_END = re.compile(r"[，,；;。！？：:\n]")
_REACH = 40


def months_outside(subject: Subject) -> Iterator[Finding]:
    """Months and festivals a plan for part of the year does not reach."""
    if subject.months is None or subject.period is None:
        return
    for piece in subject.pieces:
        if piece.zone in (Zone.TITLE, Zone.REVIEW, Zone.SIGNATURE) or rules()["months.elsewhere"].search(piece.text):
            continue
        for start, end, months in _named(piece, subject):
            if not months & subject.months and not _prepares(subject, start, end):
                yield subject.finding(
                    FindingKind.MONTH_OUTSIDE_PERIOD,
                    Severity.SHOULD,
                    (start, end),
                    f"“{subject.text[start:end]}”不在本计划的时间范围（{subject.period}）内。请改成本期的时间，或把这项工作移出。",
                )


def _prepares(subject: Subject, start: int, end: int) -> bool:
    """Whether the clause looks ahead to the month: 筹备10月职工运动会."""
    before = _CLAUSE_END.split(subject.text[max(0, start - _REACH) : start])[-1]
    after = _CLAUSE_END.split(subject.text[end : end + _REACH])[0]
    return bool(rules()["months.elsewhere_near"].search(before + after))


def _named(piece: Piece, subject: Subject) -> Iterator[tuple[int, int, frozenset[int]]]:
    """Spans of months and festivals with the months they may fall into; a month with another year is not ours."""
    glued = _GLUED.match(piece.text) if not piece.marked else None
    marked = glued.end() if glued else piece.marked
    body, offset = piece.text[marked:], piece.start + marked
    for match in _MONTH.finditer(body):
        other = match["year"] and abs(int(match["year"]) - subject.year) > 1
        months = frozenset(months_of_label(match["label"]))
        start, end = offset + match.start("label"), offset + match.end("label")
        if months and not other and not subject.in_quoted(start, end):
            yield start, end, months
    for pattern, months in rules().festivals:
        for match in pattern.finditer(body):
            start, end = offset + match.start(), offset + match.end()
            if not subject.in_quoted(start, end):
                yield start, end, months


def year_mismatches(subject: Subject) -> Iterator[Finding]:
    """Years that should be the plan's own."""
    yield from _short_year(subject)
    for piece in subject.pieces:
        for match in _YEAR.finditer(piece.text):
            year, start = int(match["year"]), piece.start + match.start()
            if year == subject.year or _legitimate(subject, piece, match):
                continue
            sure = _claims_the_plan(subject, piece, match)
            if sure or abs(year - subject.year) > 1:
                yield _mismatch(subject, year, start, start + len(match["year"]), sure=sure)


def _short_year(subject: Subject) -> Iterator[Finding]:
    """25年工作计划 as the title of a plan for 2026."""
    for piece in subject.pieces:
        match = _SHORT_YEAR.search(piece.text) if piece.zone is Zone.TITLE else None
        if match and 2000 + int(match["year"]) < subject.year:
            start = piece.start + match.start("year")
            message = f"这是{subject.year}年的计划，标题写的是{match['year']}年。请改为{subject.year}年。"
            span = (start, start + len(match["year"]))
            yield subject.finding(FindingKind.YEAR_MISMATCH, Severity.MUST, span, message, str(subject.year))


def _mismatch(subject: Subject, year: int, start: int, end: int, *, sure: bool) -> Finding:
    if sure:
        message = f"这是{subject.year}年的计划，这里却写{year}年，像是旧稿没有改过来。请改为{subject.year}年。"
        return subject.finding(FindingKind.YEAR_MISMATCH, Severity.MUST, (start, end), message, str(subject.year))
    message = f"{subject.year}年的计划里出现{year}年，又看不出是回顾还是展望。请核对年份。"
    return subject.finding(FindingKind.YEAR_MISMATCH, Severity.SHOULD, (start, end), message)


def _legitimate(subject: Subject, piece: Piece, match: re.Match[str]) -> bool:
    """A name, a range, a look back or ahead, or the year beside ours in a term or signature."""
    data, year = rules(), int(match["year"])
    start, end = match.span()
    if subject.in_quoted(piece.start + start, piece.start + end):
        return True
    before, after = piece.text[:start], piece.text[end : end + _REACH]
    if data["years.range_before"].search(before) or data["years.range"].match(piece.text, match.end("year")):
        return True
    if data["years.standing"].match(after) or data["years.standing_before"].search(before):
        return True
    if year < subject.year:
        return _looks_back(subject, piece, match)
    return bool(data["years.ahead_before"].search(before) or data["years.ahead_after"].match(after))


def _looks_back(subject: Subject, piece: Piece, match: re.Match[str]) -> bool:
    data, year = rules(), int(match["year"])
    before, after = piece.text[: match.start()], piece.text[match.end() :]
    if piece.zone is Zone.REVIEW:
        return True
    if piece.zone is Zone.SIGNATURE:
        drafted = subject.request.drafted
        return year == subject.year - 1 or (drafted is not None and year == drafted.year)
    if piece.zone is Zone.TITLE:
        return "总结" in after or str(subject.year) in piece.text and "学年" not in after and "总结" in piece.text
    if _second_term(subject, year, piece):
        return True
    clause = _CLAUSE_END.split(after)[0]
    return bool(
        data["years.back_before"].search(before)
        or data["years.back_after"].match(after)
        or data["years.back_clause"].search(clause)
        or (data["tense.done"].search(after) and not data["years.planning"].search(after))
    )


def _second_term(subject: Subject, year: int, piece: Piece) -> bool:
    """2025—2026学年第二学期 begins in September 2025."""
    terms = (Period.TERM, Period.SECOND_TERM, Period.FIRST_TERM, Period.SCHOOL_YEAR)
    return subject.period in terms and abs(year - subject.year) == 1 and "学年" in piece.text


def _claims_the_plan(subject: Subject, piece: Piece, match: re.Match[str]) -> bool:
    """Whether the words around say that this is the year planned for."""
    data, year = rules(), int(match["year"])
    if year > subject.year + 1 or year < subject.year - 8:
        return False
    if piece.zone in (Zone.TITLE, Zone.SIGNATURE):
        return year < subject.year or piece.zone is Zone.TITLE
    before, after = piece.text[: match.start()], piece.text[match.end() :]
    return bool(
        data["years.plan_after"].match(after)
        or data["years.now_before"].search(before)
        or (data["years.head"].fullmatch(before) and data["years.planning"].search(after))
        or data["years.deadline"].match(after)
        or (data["years.head"].fullmatch(before) and data["years.scheduled"].match(after.rstrip("。；")))
    )
