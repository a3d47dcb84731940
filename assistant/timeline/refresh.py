"""Make the references of a borrowed sentence right for another date."""

from datetime import date

from assistant.datatypes import Edit
from assistant.timeline.references import Forms, find
from assistant.timeline.table import Facts
from assistant.timeline.verdicts import judge


def refresh(text: str, *, facts: Facts, index: Forms, drafted: date, year: int) -> tuple[Edit, ...] | None:
    """First version: replace each reference alone."""
    edits = []
    for reference in find(text, facts=facts, index=index):
        verdict = judge(reference, facts=facts, drafted=drafted, year=year)
        if verdict.fine:
            continue
        if verdict.replacement is None:
            return None
        edits.append(Edit(reference.start, reference.end, reference.alias, verdict.replacement, verdict.why))
    return tuple(edits)
