"""What a text is checked for."""

from dataclasses import dataclass
from datetime import date

from assistant.datatypes import FindingKind
from corpus.datatypes import OrganisationType, Period


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """The plan the text is meant to be. What is None is read from the text, and left open where it does not say so
    clearly; checks that need it then stay silent. `drafted` None means 15 February of `year`.
    """

    year: int
    drafted: date | None = None
    organisation: OrganisationType | None = None
    period: Period | None = None
    name: str | None = None
    last_plan: str | None = None  # the unit's own plan of the year before
    off: frozenset[FindingKind] = frozenset()
