"""Parts that plans of this type have and this one lacks."""

from collections.abc import Iterator, Mapping

from assistant.checking.rules import Part, rules
from assistant.checking.samples import Samples
from assistant.checking.subject import Piece, Subject, Zone
from assistant.datatypes import Finding, FindingKind, PlanRequest, Severity
from assistant.drafting.outline import expectations
from assistant.drafting.pool import pool_of
from corpus.datatypes import OrganisationType, Period, PlanKind, Topic

_EXPECTED = 0.78  # expectation of a topic from which its absence is worth a word
_LEAST_TEXT = 700  # characters; shorter texts are excerpts or plans in brief
_LEAST_ROWS = 6


def missing_parts(subject: Subject, *, samples: Samples) -> Iterator[Finding]:
    """One finding at the text's last character for each topic that is expected and not treated."""
    organisation = subject.organisation
    if organisation is None or organisation is OrganisationType.PEOPLES_CONGRESS or not _is_whole(subject):
        return
    expected = _expected(organisation, subject, samples)
    last = len(subject.text.rstrip())
    for part in rules().parts:
        if expected.get(part.topic, 0.0) >= _EXPECTED and not treats(subject, part):
            yield subject.finding(
                FindingKind.MISSING_SECTION,
                Severity.SHOULD,
                (last - 1, last),
                f"没有看到“{part.name}”方面的内容，{_support(part.topic, organisation, samples)}。请考虑补上一部分。",
            )


def treats(subject: Subject, part: Part) -> bool:
    """Whether a heading names the topic, or enough paragraphs outside the schedule treat it."""
    said: dict[int, list[Piece]] = {}
    for piece in subject.pieces:
        if piece.zone in (Zone.BODY, Zone.GUIDING):
            said.setdefault(piece.row, []).append(piece)
    having = 0
    for row, pieces in said.items():
        body = subject.rows[row].body
        if part.heading.search(body[:40].partition("。")[0]) and subject.rows[row].mark is not None:
            return True
        having += bool(pieces and part.words.search(body))
    return having >= part.least


def _is_whole(subject: Subject) -> bool:
    """A whole plan for a year or a term, long enough to be expected to have all parts."""
    if subject.kind in (PlanKind.SUMMARY, PlanKind.REPORT) or len(subject.text) < _LEAST_TEXT:
        return False
    if subject.period in (Period.MONTH, Period.QUARTER_1, Period.QUARTER_2, Period.QUARTER_3, Period.QUARTER_4):
        return False
    return len(subject.rows) >= _LEAST_ROWS


def _expected(organisation: OrganisationType, subject: Subject, samples: Samples) -> Mapping[Topic, float]:
    asked = PlanRequest(organisation, None, subject.year)
    return expectations(asked, pool=pool_of(samples.passages))


def _support(topic: Topic, organisation: OrganisationType, samples: Samples) -> str:
    plans = pool_of(samples.passages).plans.get(organisation, ())
    having = sum(any(topic in passage.topics[:2] for passage in plan) for plan in plans)
    if having < 2:
        return f"{organisation}的工会计划通常都有"
    return f"范文库里 {len(plans)} 份{organisation}计划有 {having} 份写了"
