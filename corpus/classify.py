"""What a plan is: organisation type, unit, period, kind, year and era, union or not; and the topics of its passages."""

from corpus.cleaning.script import as_rules_read
from corpus.datatypes import Labels
from corpus.era import label_era
from corpus.kind import label_kind
from corpus.organisation import label_organisation, label_union
from corpus.period import label_period
from corpus.topics import label_section_topics, label_topics
from corpus.unit import label_unit

__all__ = ["label_plan", "label_section_topics", "label_topics"]


def label_plan(text: str, *, title: str, file_name: str) -> Labels:
    """Return the labels of a plan's body. `title` and `file_name` are weak hints: they often lie, the body decides."""
    written = title + "\n" + text
    text, title = as_rules_read(text), as_rules_read(title)
    kind, kind_confidence = label_kind(text, title=title)
    unit = label_unit(text, title=title)
    is_union, _ = label_union(text, title=title)
    organisation, organisation_confidence = label_organisation(
        text, title=title, file_name=file_name, unit=unit, is_union=is_union
    )
    period, period_confidence = label_period(text, title=title, kind=kind, organisation=organisation)
    era = label_era(text, title=title, kind=kind)
    return Labels(
        organisation=organisation,
        organisation_confidence=organisation_confidence,
        unit=_as_written(unit, written),
        period=period,
        period_confidence=period_confidence,
        kind=kind,
        kind_confidence=kind_confidence,
        year=era.year,
        era=era.range,
        evidence=era.evidence,
        is_union=is_union,
    )


def _as_written(name: str | None, written: str) -> str | None:
    """`name`, found in the text as the rules read it, in the characters of the text itself."""
    at = as_rules_read(written).find(name) if name else -1
    return written[at : at + len(name)] if name and at >= 0 else name
