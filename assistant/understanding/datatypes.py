"""What a conversation means so far."""

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.datatypes import Length
from corpus.datatypes import OrganisationType, Period, Topic

WHOLE = "全文"


class Intent(StrEnum):
    """What a turn wants; the values are the contract of `gongbi understand --json`."""

    DRAFT = "draft"
    SEARCH = "search"
    COMPARE = "compare"
    REVISE = "revise"
    CHECK = "check"
    ROLLOVER = "rollover"
    SMALLTALK = "smalltalk"
    UNCLEAR = "unclear"
    OUT_OF_SCOPE = "out_of_scope"


class Caution(StrEnum):
    """What the user should know before anything is done."""

    NAME_PLACEHOLDER = "org_name_placeholder"  # the unit's name holds XX
    YEAR_IMPLAUSIBLE = "year_implausible"
    MULTIPLE_YEARS = "multiple_years"
    MULTIPLE_TYPES = "multiple_types"
    MONTH_IMPOSSIBLE = "month_impossible"
    PERIOD_IMPOSSIBLE = "period_impossible"
    NOT_A_PLAN = "not_a_plan"  # a summary or report
    NOT_UNION = "not_union"  # a plan of the Party, the League, a people's congress …


class Ask(StrEnum):
    """The one slot the next step cannot do without."""

    INTENT = "intent"
    ORGANISATION = "org_type"
    YEAR = "year"
    MONTH = "month"
    PERIOD = "period"
    TOPIC = "topic"
    TARGET = "target"
    OPERATION = "op"


@dataclass(frozen=True, slots=True)
class EditRequest:
    """A change of the draft. `op` is a value of `assistant.revising.Op`, or undo / redo, which belong to history;
    `target` and `detail` are what `assistant.revising.Operation` takes.
    """

    op: str
    target: str = WHOLE
    detail: str = ""
    more: tuple["EditRequest", ...] = ()  # further changes of the same turn, none with more of its own


@dataclass(frozen=True, slots=True)
class Understanding:
    """A conversation so far. Slots that nobody named are None or empty; `organisations` holds several only when the
    last turn compares. `edit` is the last turn's; every other slot is cumulative.
    """

    intent: Intent
    organisations: tuple[OrganisationType, ...] = ()
    name: str | None = None
    year: int | None = None
    period: Period | None = None
    month: int | None = None
    topics: tuple[Topic, ...] = ()
    emphasis: tuple[str, ...] = ()
    length: Length | None = None
    facts: tuple[str, ...] = ()  # numbers of the user's own unit, told for the draft: 现有会员320人
    edit: EditRequest | None = None
    warnings: tuple[Caution, ...] = ()
    ask: Ask | None = None
    choices: tuple[str, ...] = ()  # answers to click for `ask`
    defaults: tuple[str, ...] = ()  # what is taken although nobody said it: 2027年, 年度计划, 标准篇幅
    reply: str = ""  # what to tell the user: the question, the warning, the answer to small talk; "" when all is clear
    text: str = field(default="", compare=False)  # the last turn, normalised

    @property
    def organisation(self) -> OrganisationType | None:
        """The one type a draft is for."""
        return self.organisations[-1] if self.organisations else None
