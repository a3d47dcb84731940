"""The text under check, read once: its sentences with the part of the plan they stand in, and what the plan is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.checking.request import CheckRequest
from assistant.checking.rules import rules
from assistant.datatypes import Finding, FindingKind, PlanRequest, Severity
from assistant.drafting.periods import months_of, settled
from corpus.classify import label_plan
from corpus.datatypes import OrganisationType, Period, PlanKind
from corpus.markers import MarkerStyle, marker
from corpus.structure.rows import Row, rows
from corpus.words import sentence_spans

_SURE = 0.75  # confidence from which a label read from the text is used
_TITLE = re.compile(r"《[^《》\n]{1,80}》")
_LONGEST_TITLE = 60


class Zone(StrEnum):
    """The part of a plan a sentence stands in."""

    TITLE = "标题"
    OPENING = "开头"
    REVIEW = "回顾"
    GUIDING = "指导思想"
    BODY = "正文"
    MONTHLY = "月度安排"
    CLOSING = "结尾"
    SIGNATURE = "落款"


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, marker included: `text == subject.text[start:end]`. `row` counts the lines; `heading`: a heading."""

    start: int
    end: int
    text: str
    zone: Zone
    row: int
    heading: bool

    @property
    def marked(self) -> int:
        """Length of the number before the sentence: 2 in 1.三月召开…, 0 in 三月召开…."""
        found = marker(self.text)
        return found.end if found is not None and found.style is not MarkerStyle.MONTH else 0


@dataclass(frozen=True, slots=True)
class Subject:
    """A text and everything the checks ask about it."""

    text: str
    request: CheckRequest
    organisation: OrganisationType | None
    period: Period | None
    months: frozenset[int] | None  # months of a plan shorter than a year; None = no limit known
    name: str | None
    kind: PlanKind
    title: str
    rows: tuple[Row, ...]
    pieces: tuple[Piece, ...]
    quoted: tuple[tuple[int, int], ...]  # spans of 《…》

    @property
    def year(self) -> int:
        """The plan year."""
        return self.request.year

    def in_quoted(self, start: int, end: int) -> bool:
        """Whether the span overlaps a title in 《》."""
        return any(first < end and start < last for first, last in self.quoted)

    def finding(
        self,
        kind: FindingKind,
        severity: Severity,
        span: tuple[int, int],
        message: str,
        replacement: str | None = None,
    ) -> Finding:
        """A finding on `text[span]`."""
        start, end = span
        return Finding(kind, severity, start, end, self.text[start:end], message, replacement)


def subject_of(text: str, *, request: CheckRequest) -> Subject:
    """Read a text for its checks; what the request leaves open is inferred where the text is clear."""
    lines = rows(text)
    title = lines[0].body if lines and _is_title(lines[0]) else ""
    labels = label_plan(text[lines[0].end :] if title else text, title=title, file_name="")
    organisation = request.organisation
    if organisation is None and labels.organisation_confidence >= _SURE and labels.is_union:
        organisation = labels.organisation
    period = request.period
    if period is None and labels.period_confidence >= _SURE:
        period = labels.period
    return Subject(
        text,
        request,
        organisation,
        period,
        _months(request, period),
        request.name or labels.unit,
        labels.kind,
        title,
        lines,
        tuple(_pieces(text, lines, has_title=bool(title))),
        tuple(match.span() for match in _TITLE.finditer(text)),
    )


def _is_title(row: Row) -> bool:
    return row.mark is None and len(row.body) <= _LONGEST_TITLE and bool(rules()["zones.title"].search(row.body))


def _months(request: CheckRequest, period: Period | None) -> frozenset[int] | None:
    """Months of the period; a bare 学期 or 季度 is limited only where the drafting day says which one it is."""
    if period in (None, Period.YEAR, Period.NONE, Period.SCHOOL_YEAR):
        return None
    if period in (Period.TERM, Period.QUARTER, Period.MONTH) and request.drafted is None:
        return None
    asked = PlanRequest(OrganisationType.OTHER, None, request.year, period, drafted=request.drafted)
    months = set(months_of(asked))
    if settled(asked) is Period.FIRST_TERM:
        months |= {8, 2}  # a term is prepared in August and ends with the winter holidays
    if settled(asked) is Period.SECOND_TERM:
        months |= {1, 8}
    return frozenset(months)


def _pieces(text: str, lines: tuple[Row, ...], *, has_title: bool) -> Iterator[Piece]:
    for number, (row, zone) in enumerate(zip(lines, _zones(lines, has_title=has_title), strict=True)):
        heading = row.bare_heading or _is_heading(row)
        for start, end in sentence_spans(row.body):
            yield Piece(row.start + start, row.start + end, row.body[start:end], zone, number, heading)


def _is_heading(row: Row) -> bool:
    """A short marked line without a sentence in it."""
    return row.mark is not None and len(row.body) <= 40 and not row.body.endswith(("。", "；", "！", ";"))


def _zones(lines: tuple[Row, ...], *, has_title: bool) -> list[Zone]:
    """The part of the plan each line belongs to."""
    data, zone, found = rules(), Zone.OPENING, []
    marked = [number for number, row in enumerate(lines) if row.mark is not None]
    top = min((row.style for row in lines if row.style is not None), default=None)
    for number, row in enumerate(lines):
        if number == 0 and has_title:
            found.append(Zone.TITLE)
            continue
        if row.style is MarkerStyle.MONTH:
            zone = Zone.MONTHLY
        elif row.bare_heading or (row.style is not None and (row.style is top or _is_heading(row))):
            zone = _headed(row, zone, top=row.bare_heading or row.style is top)
        here = zone
        if zone is Zone.OPENING and data["zones.looking_back"].search(row.body):
            here = Zone.REVIEW
        if data["zones.signature"].fullmatch(row.body) and number >= len(lines) - 3:
            here = Zone.SIGNATURE
        elif row.mark is None and marked and number > marked[-1] and not row.bare_heading:
            here = Zone.CLOSING
        found.append(here)
    return found


def _headed(row: Row, zone: Zone, *, top: bool) -> Zone:
    """The zone a heading opens; a heading below another stays in its zone."""
    data, head = rules(), row.body[:40].partition("。")[0]
    if not top and zone not in (Zone.OPENING,):
        return zone
    if data["zones.review"].search(head):
        return Zone.REVIEW
    if data["zones.guiding"].search(head):
        return Zone.GUIDING
    return Zone.MONTHLY if data["zones.monthly"].search(head) else Zone.BODY
