"""What a turn may change: the program's own reading of the user's words decides, a model only fills in and narrows.

Looking (search, compare, check, timeline) is always allowed. Changing (draft, revise, rewrite, rollover) is allowed
only where the user's own words ask for it, and only as far as they ask.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.chat import NO_PROFILE, plan_request
from assistant.datatypes import Draft, PlanRequest
from assistant.profile import Profile, with_profile
from assistant.revising import Op, Operation, find_sections
from assistant.rewording import Manner
from assistant.understand import Intent, Understanding
from corpus.datatypes import Document, OrganisationType, Period
from corpus.errors import BadRequest

_MANNERS = {
    "shorten": (Manner.SHORTEN,),
    "expand": (Manner.EXPAND,),
    "restyle": (Manner.TONE, Manner.POLISH),
    "replace": (Manner.POLISH, Manner.REWORD),
}
_SAID = {
    "润色": Manner.POLISH,
    "降重": Manner.REWORD,
    "改写": Manner.REWORD,
    "换语气": Manner.TONE,
    "语气": Manner.TONE,
}
_SAID |= {"缩写": Manner.SHORTEN, "精简": Manner.SHORTEN, "扩写": Manner.EXPAND, "写具体": Manner.EXPAND}


@dataclass(slots=True)
class Table:
    """What lies before the agent in one turn: the draft as it is, and what was done. Belongs to one call."""

    words: str  # the user's own words of this turn
    heard: str  # own words of all turns
    said: Understanding
    draft: Draft | None
    seed: int
    today: date
    document: Document | None = None  # last year's plan, where the user gave one
    profile: Profile = NO_PROFILE  # what the user told of the unit
    label: str = ""
    is_new: bool = False
    done: set[str] = field(default_factory=set)  # changing tools already used: each is used once a turn
    told: list[str] = field(default_factory=list)  # what changed, for the user
    seen: set[str] = field(default_factory=set)  # tools used in this turn


def allowed_tools(
    said: Understanding, words: str, *, draft: Draft | None, document: Document | None
) -> tuple[str, ...]:
    """Names of the tools this turn may use."""
    names = ["search", "compare", "timeline"]
    names += ["check"] if draft else []
    names += ["draft"] if said.intent is Intent.DRAFT else []
    revising = said.intent is Intent.REVISE and said.edit is not None
    names += ["revise"] if draft and revising else []
    names += ["rewrite"] if draft and manners_of(said, words) else []
    names += ["rollover"] if document and said.intent is Intent.ROLLOVER else []
    return tuple(names)


def request_of(table: Table, organisation: str, name: str, year: int, period: str) -> PlanRequest:
    """The request as the program read it; the model fills only what was left open, only with the user's own words."""
    said, heard = table.said, table.heard
    named = organisation.partition("(")[0]
    kinds = organisations_of([organisation]) if named and named in heard else ()
    if not said.organisations:
        said = replace(said, organisations=kinds)
    if said.organisation is None:
        raise BadRequest("还不知道是哪一类单位，请问用户。")
    if said.name is None and len(name) >= 4 and name in heard:
        said = replace(said, name=name)
    if said.year is None and str(year) in heard:
        said = replace(said, year=year)
    if said.period is None and period in set(Period) and period in heard:
        said = replace(said, period=Period(period))
    return with_profile(plan_request(said, seed=table.seed, today=table.today), table.profile)


def operation_of(table: Table, draft: Draft, target: str) -> Operation:
    """The operation the program read; the model may only narrow where it applies."""
    edit = table.said.edit
    assert edit is not None  # the caller saw it
    if edit.op not in set(Op):
        raise BadRequest("撤销和重做请用文稿上方的按钮。")
    place = edit.target if edit.op == "add" else narrowed(draft, target, edit.target)
    return Operation(Op(edit.op), place, edit.detail)


def narrowed(draft: Draft, target: str, asked: str) -> str:
    """The model's target where it lies within what the user named, else the user's."""
    if not target or not asked:
        return target or asked
    try:
        wanted, most = find_sections(draft, target), find_sections(draft, asked)
    except BadRequest:
        return asked
    inside = {section.id for section in wanted} < {section.id for section in most}
    return wanted[0].id if inside and len(wanted) == 1 else asked


def manners_of(said: Understanding, words: str) -> tuple[Manner, ...]:
    """Ways of rewriting that the user's words ask for."""
    spoken = [manner for word, manner in _SAID.items() if word in words]
    read = _MANNERS.get(said.edit.op, ()) if said.edit and said.intent is Intent.REVISE else ()
    return tuple(dict.fromkeys((*spoken, *read)))


def organisations_of(names: Sequence[str]) -> tuple[OrganisationType, ...]:
    """The types that the names begin."""
    return tuple(kind for name in names for kind in OrganisationType if name and str(kind).startswith(name))
