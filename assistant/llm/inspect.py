"""The checks of 体检 on what a model wrote, before it is shown as done."""

from dataclasses import replace

from assistant.checking import CheckRequest, check
from assistant.datatypes import Draft, Finding, FindingKind, ProvenanceKind, Severity
from assistant.llm.cite import Cited
from assistant.llm.writer import Writer
from assistant.timeline import FIRST_YEAR, LAST_YEAR

WANTED = frozenset(
    {FindingKind.STALE, FindingKind.ANACHRONISTIC, FindingKind.ENTITY, FindingKind.MASKED, FindingKind.YEAR_MISMATCH}
    | {FindingKind.MONTH_OUTSIDE_PERIOD, FindingKind.SUMMARY_TENSE}
)
_OFF = frozenset(FindingKind) - WANTED
_SERIOUS = (Severity.MUST, Severity.SHOULD)


def inspected(cited: Cited, *, draft: Draft, writer: Writer) -> Cited:
    """The answer without sentences of the model in which timeline, entity or period checks find something wrong."""
    asked = draft.request
    if not cited.paragraphs or not FIRST_YEAR <= asked.year <= LAST_YEAR:
        return cited
    request = CheckRequest(asked.year, asked.drafted, asked.organisation, asked.period, asked.name, off=_OFF)
    kept, reports, stopped = [], list(cited.reports), cited.stopped
    for paragraph in cited.paragraphs:
        fine = []
        for one in paragraph.sentences:
            found: tuple[Finding, ...] = ()
            if one.provenance.kind is ProvenanceKind.MODEL:
                found = check(one.text, request=request, timeline=writer.timeline, samples=writer.samples)
            serious = next((each for each in found if each.severity in _SERIOUS), None)
            fine += [] if serious else [one]
            reports += [_told(one.text, serious)] if serious else []
            stopped += serious is not None
        kept += [replace(paragraph, sentences=tuple(fine))] if fine else []
    return replace(cited, paragraphs=tuple(kept), reports=tuple(reports), stopped=stopped)


def _told(text: str, finding: Finding) -> str:
    return f"“{finding.text}”没有通过体检，已删去一句：“{text[:24]}…”"
