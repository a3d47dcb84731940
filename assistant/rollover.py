"""年度续写: last year's own plan carried into this year, every change told."""

from assistant.rolling.datatypes import Change, ChangeKind, Gap, Note, Rollover
from assistant.rolling.roll import roll_over

__all__ = ["Change", "ChangeKind", "Gap", "Note", "Rollover", "roll_over"]
