"""The answer to one question: may this reference stand in this plan?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.timeline.entries import Entry


class Status(StrEnum):
    """What a plan may do with a reference."""

    CURRENT = "current"
    RECALLED = "recalled"  # a legitimate look back, or a name
    STALE = "stale"  # something newer stands
    ANACHRONISTIC = "anachronistic"  # not yet known on that day
    FINISHED = "finished"  # a campaign or plan that has ended
    UNCERTAIN = "uncertain"  # masked, or what stands on that day is not known


@dataclass(frozen=True, slots=True)
class Verdict:
    """`firm` is False where a reader could defend the wording: a hint, not an error. `why` is Chinese."""

    status: Status
    by: Entry | None = None  # what stands instead, or the entry itself where it is early or in doubt
    replacement: str | None = None
    why: str = ""
    firm: bool = True

    @property
    def fine(self) -> bool:
        """Nothing to change."""
        return self.status in (Status.CURRENT, Status.RECALLED)


def month(day: date | None) -> str:
    """2022年10月, as reasons name a day."""
    return f"{day.year}年{day.month}月" if day else "日期未定"
