"""What a turn wants: cues in a fixed order, the surest first, read against what the conversation is about."""

import re
from dataclasses import dataclass

from assistant.understanding.cues import pattern
from assistant.understanding.datatypes import WHOLE, Caution, EditRequest, Intent
from assistant.understanding.parts import LINES, mentions_part
from assistant.understanding.times import Times
from assistant.understanding.units import Units
from corpus.datatypes import OrganisationType, Topic
from index.query import speaks_of_other_fields

_MARKS = re.compile(r"[^\w]+")
_QUOTED = re.compile(r"[“\"「『].{2,}?[”\"」』]")
_STEPS = ("undo", "redo")
_LONG = 5  # characters of content from which a turn nobody here can serve is somebody else's job


@dataclass(frozen=True, slots=True)
class Said:
    """One turn, read slot by slot."""

    text: str
    units: Units
    times: Times
    topics: tuple[Topic, ...]
    emphasised: bool
    edit: EditRequest | None

    @property
    def slots(self) -> bool:
        """Whether it says whose plan or for when."""
        return bool(self.units.named or self.units.name or self.times.years or self.times.period or self.times.month)

    @property
    def of_field(self) -> bool:
        """Whether anything in it is about unions or plans."""
        return bool(
            self.slots
            or self.topics
            or self.units.implied
            or self.times.day
            or _has(self.text, "union")
            or _has(self.text, "plan")
        )


def read_intent(said: Said, *, before: Intent, drafted: bool) -> tuple[Intent, tuple[Caution, ...]]:
    """The intent and what speaks against it. `before` is the last turn's; `drafted`: a draft is on the table."""
    text = said.text
    core = _MARKS.sub("", text)
    if not core and not said.slots:
        return Intent.UNCLEAR, ()
    if _is_smalltalk(text, core, said):
        return Intent.SMALLTALK, ()
    if found := _not_ours(said, drafted=drafted):
        return found
    return _ours(said, core, before=before, drafted=drafted), ()


def _ours(said: Said, core: str, *, before: Intent, drafted: bool) -> Intent:
    text, revises = said.text, _revises(said, drafted=drafted)
    if _has(text, "rollover") and not (drafted and said.edit and not re.search("去年|上年|往年|旧|老", text)):
        return Intent.ROLLOVER
    if _compares(said, before=before):
        return Intent.COMPARE
    if _checks(said, drafted=drafted) and not (revises and re.match("把|将", text)):
        return Intent.CHECK
    if _has(text, "seek"):
        return Intent.SEARCH
    if revises or (drafted and _points_at_draft(said)):
        return Intent.REVISE
    if _searches(said, before=before):
        return Intent.SEARCH
    if said.of_field and (_writes(text) or _has(text, "plan")):
        return Intent.DRAFT
    if said.slots and not _asks_of_a_year(said):
        if before in (Intent.SEARCH, Intent.COMPARE):
            return before
        planned = said.emphasised or said.times.years or said.times.period or said.units.name or drafted
        return Intent.DRAFT if planned or not said.topics else Intent.SEARCH
    if said.topics:
        return (
            before
            if before in (Intent.SEARCH, Intent.COMPARE, Intent.DRAFT)
            else Intent.REVISE
            if drafted
            else Intent.SEARCH
        )
    return _otherwise(said, core, drafted=drafted)


def _asks_of_a_year(said: Said) -> bool:
    """Whether a year is all that is known of a question: 明年油价会涨吗."""
    known = said.units.named or said.units.name or said.times.period or said.times.month or said.topics
    return not known and bool(re.search("[吗多什怎哪谁?？]", said.text))


def _otherwise(said: Said, core: str, *, drafted: bool) -> Intent:
    """Nothing known was said: vague words are asked about, a foreign matter is declined."""
    if pattern("intents", "vague").fullmatch(core) or said.edit or (said.of_field and not _asks_of_a_year(said)):
        return Intent.UNCLEAR
    meant = sum("\u4e00" <= character <= "\u9fff" for character in core) >= _LONG and not drafted
    return Intent.OUT_OF_SCOPE if meant or speaks_of_other_fields(said.text) else Intent.UNCLEAR


def _is_smalltalk(text: str, core: str, said: Said) -> bool:
    if said.slots or said.topics:
        return False
    if pattern("intents", "smalltalk").fullmatch(core.lower()):
        return True
    return _has(text, "about_us") or _has(text, "export") or (_has(text, "pleased") and not said.edit)


def _not_ours(said: Said, *, drafted: bool) -> tuple[Intent, tuple[Caution, ...]] | None:
    """Other work, other bodies' plans, texts that are no plans."""
    text = pattern("intents", "negated_union").sub("", said.text)
    other = (re.compile(form, re.IGNORECASE) for form in _other_work("any"))
    if any(form.search(text) for form in other):
        return Intent.OUT_OF_SCOPE, ()
    plan, writes = _has(text, "plan"), _writes(text)
    if writes and not re.search("工会(?:工作)?计划", text) and re.search(_other_work("documents")[0], text):
        return Intent.OUT_OF_SCOPE, ()
    congress = OrganisationType.PEOPLES_CONGRESS in said.units.named
    if (congress and (plan or writes)) or (pattern("units", "not_union").search(text) and "工会" not in text):
        return Intent.OUT_OF_SCOPE, (Caution.NOT_UNION,)
    asked = (
        (writes or text.endswith(("总结", "小结", "汇报"))) and not (drafted and said.edit) and not _has(text, "search")
    )
    if asked and _has(text, "not_a_plan") and "计划" not in text:
        return Intent.UNCLEAR, (Caution.NOT_A_PLAN,)
    foreign = re.search(_other_work("alone")[0], text) and not said.of_field and not said.edit
    return (Intent.OUT_OF_SCOPE, ()) if foreign else None


def _other_work(group: str) -> tuple[str, ...]:
    from assistant.understanding.cues import load_cues

    return (load_cues("intents")["other_work"][group],)


def _compares(said: Said, *, before: Intent) -> bool:
    text, types = said.text, len(said.units.named) or len(said.units.implied)
    if not _has(text, "compare"):
        side_by_side = len(said.units.named) > 1 and said.topics and re.search("[和与跟、]", text)
        if side_by_side and not (_writes(text) or _has(text, "plan") or _has(text, "search") or said.edit):
            return True
        return before is Intent.COMPARE and types > 0 and not _writes(text) and not _has(text, "search")
    if _has(text, "versions") or (_writes(text) and _has(text, "plan") and types < 2):
        return False
    alone = re.search("对比|比较|比一比|比比|比一下", text) and not said.edit
    return bool(
        types > 1
        or _has(text, "many_types")
        or (types and re.search("[和跟与比]", text))
        or before is Intent.COMPARE
        or alone
    )


def _checks(said: Said, *, drafted: bool) -> bool:
    about_a_text = drafted or _has(said.text, "ours")
    return _has(said.text, "check") and (about_a_text or not (_writes(said.text) or said.topics))


def _revises(said: Said, *, drafted: bool) -> bool:
    """Whether a change of the draft is meant, and not a change of what the draft is for."""
    edit, text = said.edit, said.text
    if edit is None or not (drafted or mentions_part(text) or edit.op in _STEPS):
        return False
    if edit.op in (*_STEPS, "restyle", "lock", "unlock", "reorder", "merge", "rename") or edit.target in LINES:
        return True
    if edit.op == "tell":
        return not (said.slots or _writes(text))
    if "→" in edit.detail and _QUOTED.search(text):
        return True
    whole = edit.target in (WHOLE, "")
    new_slots = said.units.named or said.units.name or said.times.years or said.times.period
    if new_slots and whole and edit.op != "remove":
        return False
    if drafted and re.search("(?:单位|学校|医院)?名称|抬头|年份|年度|单位类型", edit.target) and new_slots:
        return False
    asks = _has(text, "search") and not re.search("[把将加删改换重]|多写|少写", text)
    return not asks


def _points_at_draft(said: Said) -> bool:
    """Whether something is to be done to a part of the draft, though it is not clear what."""
    at_part = mentions_part(said.text) or re.match("把|将", said.text)
    return bool(at_part) and not (said.slots or _has(said.text, "search"))


def _searches(said: Said, *, before: Intent) -> bool:
    text = said.text
    if not _has(text, "search") or (
        _writes(text) and not re.search("[几一两三](?:段|句|条)|[写来给弄要](?:点|些)", text)
    ):
        return False
    if _has(text, "plan_how") or (_has(text, "plan") and not said.of_field):
        return False
    known = said.of_field or bool(_QUOTED.search(text)) or before is Intent.SEARCH
    return known or (bool(re.search("[找查搜]|范文|写法|表述|说法", text)) and not speaks_of_other_fields(text))


def _writes(text: str) -> bool:
    return bool(pattern("intents", "write").search(pattern("intents", "how_to_write").sub("", text)))


def _has(text: str, key: str) -> bool:
    return pattern("intents", key).search(text) is not None
