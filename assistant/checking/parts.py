"""Parts that plans of this type have and this one lacks."""

from collections.abc import Iterator, Mapping

from assistant.checking.rules import Part, rules
from assistant.checking.samples import Samples
from assistant.checking.subject import Piece, Subject, Zone
from assistant.datatypes import Finding, FindingKind, PlanRequest, Severity
from assistant.drafting.outline import expectations
from assistant.drafting.pool import pool_of
from corpus.classify import label_topics
from corpus.datatypes import OrganisationType, Period, PlanKind, Topic

_EXPECTED = 0.78  # expectation of a topic from which its absence is worth a word
_LEAST_TEXT = 450  # characters; shorter texts are excerpts or plans in brief
_LEAST_PARTS = 4
_DWELLS = 2  # different words of the topic in one item
_LONGEST_LEAD = 20  # characters of a lead-in: （一）规范召开教代会。坚持 …


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
    """Whether a heading names the topic, an item dwells on it, or enough items outside the schedule mention it."""
    said: dict[int, Piece] = {}
    for piece in subject.pieces:
        if piece.zone is Zone.BODY:
            said.setdefault(piece.row, piece)
    mentions = 0
    for row, piece in said.items():
        body = subject.rows[row].body
        head = body.partition("。")[0]
        leads = piece.heading or (len(head) <= _LONGEST_LEAD and len(head) + 1 < len(body))
        words = set(part.words.findall(body))
        if (leads and part.heading.search(head)) or len(words) >= _DWELLS:
            return True
        if words and part.topic in label_topics(body, headings=())[:1]:
            return True
        mentions += bool(words)
    return mentions >= part.least


def _is_whole(subject: Subject) -> bool:
    """A whole plan for a year or a term, long enough to be expected to have all parts."""
    if subject.kind in (PlanKind.SUMMARY, PlanKind.REPORT) or len(subject.text) < _LEAST_TEXT:
        return False
    if subject.period in (Period.MONTH, Period.QUARTER_1, Period.QUARTER_2, Period.QUARTER_3, Period.QUARTER_4):
        return False
    styles = [row.style for row in subject.rows if row.style is not None]
    return bool(styles) and styles.count(min(styles)) >= _LEAST_PARTS


def _expected(organisation: OrganisationType, subject: Subject, samples: Samples) -> Mapping[Topic, float]:
    asked = PlanRequest(organisation, None, subject.year)
    return expectations(asked, pool=pool_of(samples.passages))


def _support(topic: Topic, organisation: OrganisationType, samples: Samples) -> str:
    plans = pool_of(samples.passages).plans.get(organisation, ())
    having = sum(any(topic in passage.topics[:2] for passage in plan) for plan in plans)
    if having < 2:
        return f"{organisation}的工会计划通常都有"
    return f"范文库里 {len(plans)} 份{organisation}计划有 {having} 份写了"
