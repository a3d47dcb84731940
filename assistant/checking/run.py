"""Run every check that is switched on."""

from collections.abc import Callable, Iterator
from itertools import chain

from assistant.checking.blanks import masked, placeholders
from assistant.checking.leftovers import leftovers
from assistant.checking.numbering import numbering
from assistant.checking.others import other_unions, people, totals
from assistant.checking.overlap import copies
from assistant.checking.parts import missing_parts
from assistant.checking.reading import as_read, put_back
from assistant.checking.references import anachronistic, first_years, stale
from assistant.checking.repeats import repeats
from assistant.checking.request import CheckRequest
from assistant.checking.samples import NO_SAMPLES, Samples
from assistant.checking.sector import sector_words
from assistant.checking.subject import Subject, subject_of
from assistant.checking.substance import empty_talk
from assistant.checking.tense import summary_tense
from assistant.checking.times import months_outside, year_mismatches
from assistant.datatypes import Draft, Finding, FindingKind, Severity
from assistant.drafting.emphasis import LONGEST, in_season, stress_of
from assistant.timeline import FIRST_YEAR, LAST_YEAR, Timeline, drafting_day
from corpus.errors import BadRequest

LONGEST_TEXT = 300_000  # characters; a plan has some thousands
Look = Callable[[Subject, Timeline, Samples], Iterator[Finding]]

_LOOKS: dict[FindingKind, Look] = {
    FindingKind.STALE: lambda subject, timeline, _: chain(
        stale(subject, timeline=timeline), first_years(subject, timeline=timeline)
    ),
    FindingKind.ANACHRONISTIC: lambda subject, timeline, _: anachronistic(subject, timeline=timeline),
    FindingKind.ENTITY: lambda subject, _, samples: _of_others(subject, samples),
    FindingKind.MASKED: lambda subject, *_: masked(subject),
    FindingKind.MISSING_SECTION: lambda subject, _, samples: missing_parts(subject, samples=samples),
    FindingKind.MONTH_OUTSIDE_PERIOD: lambda subject, *_: months_outside(subject),
    FindingKind.YEAR_MISMATCH: lambda subject, *_: year_mismatches(subject),
    FindingKind.SUMMARY_TENSE: lambda subject, *_: summary_tense(subject),
    FindingKind.SECTOR_WORD: lambda subject, *_: sector_words(subject),
    FindingKind.REPEATED: lambda subject, *_: repeats(subject),
    FindingKind.OVERLAP: lambda subject, _, samples: copies(subject, samples=samples),
    FindingKind.EMPTY_TALK: lambda subject, *_: empty_talk(subject),
    FindingKind.NUMBERING: lambda subject, *_: numbering(subject),
    FindingKind.PLACEHOLDER: lambda subject, *_: placeholders(subject),
}


def _of_others(subject: Subject, samples: Samples) -> Iterator[Finding]:
    """Everything that may be another unit's; of findings on the same words the first, surer one."""
    taken: list[tuple[int, int]] = []
    for finding in chain(leftovers(subject, samples=samples), other_unions(subject), people(subject), totals(subject)):
        if not any(start < finding.end and finding.start < end for start, end in taken):
            taken.append((finding.start, finding.end))
            yield finding


def check(
    text: str, *, request: CheckRequest, timeline: Timeline, samples: Samples = NO_SAMPLES
) -> tuple[Finding, ...]:
    """Everything to look at in `text`, sorted by span. Without samples nothing is compared (查重, names of samples).

    Raises BadRequest for a year the timeline does not cover, and for a text that is far too long for a plan.
    """
    drafting_day(request.year, request.drafted)
    if len(text) > LONGEST_TEXT:
        raise BadRequest(
            f"这份文稿有 {len(text)} 字，体检一次最多 {LONGEST_TEXT} 字。请只放一份计划，或分成几份来检查。"
        )
    if not text.strip():
        return ()
    read = as_read(text)
    subject = subject_of(read, request=request)
    wanted = [look for kind, look in _LOOKS.items() if kind not in request.off]
    found = [finding for look in wanted for finding in look(subject, timeline, samples)]
    told = [put_back(finding, text=text, read=read) for finding in found] if read != text else found
    return tuple(sorted(told, key=lambda each: (each.start, each.end, each.kind)))


def check_draft(draft: Draft, text: str, *, timeline: Timeline, samples: Samples = NO_SAMPLES) -> tuple[Finding, ...]:
    """Check a draft's plain `text` for its own request. 查重 is left out: each sentence's provenance says it exactly.

    A draft for a year the timeline does not cover is only told so.
    """
    asked = draft.request
    if not FIRST_YEAR <= asked.year <= LAST_YEAR:
        return (_undated(asked.year, text),)
    request = CheckRequest(
        asked.year, asked.drafted, asked.organisation, asked.period, asked.name, off=frozenset({FindingKind.OVERLAP})
    )
    return (*_left_out(draft, text), *check(text, request=request, timeline=timeline, samples=samples))


def _undated(year: int, text: str) -> Finding:
    title = text.partition("\n")[0]
    message = f"时政表只有{FIRST_YEAR}—{LAST_YEAR}年的，{year}年的指导思想、会议和规划没有写入，请自行补充。"
    return Finding(FindingKind.PLACEHOLDER, Severity.SHOULD, 0, len(title), title, message)


def _left_out(draft: Draft, text: str) -> Iterator[Finding]:
    """What the user stressed and a plan of this year cannot speak of: told on the title, so that nobody wonders."""
    title = len(text.partition("\n")[0])
    for wanted in draft.request.emphasis:
        stress, year = stress_of(wanted), draft.request.year
        why = "与计划年份的提法不符" if wanted not in text and len(wanted) <= LONGEST else ""
        if stress is not None and not in_season(wanted, request=draft.request):
            why = f"{stress.first}年起才有" if year < stress.first else f"{stress.last}年后已不再单列"
        if why:
            message = f"您的侧重“{wanted}”{why}，{year}年的计划没有写入。如确要写，请自行补充。"
            yield Finding(FindingKind.ANACHRONISTIC, Severity.HINT, 0, title, text[:title], message)
