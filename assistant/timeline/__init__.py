"""Dated facts: what a plan of year Y may say, and whether a reference in a text still stands."""

from assistant.timeline.corrections import Correction
from assistant.timeline.cues import Cue
from assistant.timeline.entries import Certainty, Entry, EntryKind
from assistant.timeline.observances import Observance
from assistant.timeline.page import Claim, YearPage
from assistant.timeline.references import Reference
from assistant.timeline.render import page_record, render_page
from assistant.timeline.timeline import FIRST_YEAR, LAST_YEAR, Timeline, drafting_day
from assistant.timeline.verdict import Status, Verdict

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Certainty",
    "Claim",
    "Correction",
    "Cue",
    "Entry",
    "EntryKind",
    "Observance",
    "Reference",
    "Status",
    "Timeline",
    "Verdict",
    "YearPage",
    "drafting_day",
    "page_record",
    "render_page",
]
