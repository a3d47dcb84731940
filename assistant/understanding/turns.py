"""A conversation turn by turn: each is read, then joined to what is known."""

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.datatypes import Length
from assistant.understanding.cues import load_cues, pattern
from assistant.understanding.datatypes import WHOLE, Caution, EditRequest, Intent, Understanding
from assistant.understanding.edits import read_edit, read_facts, target_topics
from assistant.understanding.intents import Said, read_intent
from assistant.understanding.replies import FIRST_YEAR, YEARS_AHEAD, choices, defaults, question, reply
from assistant.understanding.times import Times, day_month, read_times
from assistant.understanding.topics import read_emphasis, read_topics, topics_of_days
from assistant.understanding.units import NAME, Units, read_units, types_listed, types_named
from assistant.understanding.wording import closed_up, corrected, normalised
from corpus.datatypes import OrganisationType, Period, Topic

_LONGEST, _BEGINNING, _END = 400, 120, 60  # characters of a turn that are read
_ASKING = (Intent.SEARCH, Intent.COMPARE)
_AT_WORK = (Intent.DRAFT, Intent.REVISE, Intent.ROLLOVER)


@dataclass(frozen=True, slots=True)
class State:
    """What is known after some turns, whether a draft is on the table, and its last change."""

    known: Understanding
    drafted: bool = False
    edit: EditRequest | None = None


def next_state(state: State, utterance: str, *, today: date) -> State:
    """The state after one more turn."""
    text = closed_up(normalised(utterance))
    said = _read(_request(text), state, today=today)
    intent, cautions = read_intent(said, before=state.known.intent, drafted=state.drafted)
    joined = _joined(state.known, said, intent, today=today)
    known = _answered(replace(joined, text=text, warnings=(*cautions, *joined.warnings)), said.times, today=today)
    return State(known, state.drafted or intent in _AT_WORK, known.edit or state.edit)


def _request(text: str) -> str:
    """What is asked; of a turn that carries a pasted text, its beginning and its end."""
    return text if len(text) <= _LONGEST else f"{text[:_BEGINNING]}，{text[-_END:]}"


def _read(text: str, state: State, *, today: date) -> Said:
    """A turn's slots; what a later part of it takes back does not count."""
    whole = read_units(text)
    spelt = corrected(whole.rest)
    units, times = _units(whole, spelt), _times(spelt, today=today)
    plain = spelt.replace(NAME, "")
    topics = read_topics(plain)
    edit = read_edit(spelt, before=state.edit)
    if edit and units.name:
        edit = _with_name(edit, units.name)
    return Said(plain, units, times, topics, bool(read_emphasis(plain)), edit)


def _with_name(edit: EditRequest, name: str) -> EditRequest:
    return replace(edit, target=edit.target.replace(NAME, name), detail=edit.detail.replace(NAME, name))


def _units(whole: Units, spelt: str) -> Units:
    """Units of the last part of a corrected turn that names any; the whole turn's where nothing is corrected."""
    read = read_units(spelt)
    parts = pattern("intents", "correction").split(spelt)
    several = len(parts) > 1 and not whole.name  # a name says its own type
    last = next((found for part in reversed(parts) if (found := types_named(part))), ()) if several else ()
    named = last or tuple(dict.fromkeys((*whole.named, *read.named)))
    return replace(whole, named=named, implied=read.implied, subjects=read.subjects)


def _times(text: str, *, today: date) -> Times:
    text = pattern("intents", "taken_back").sub("", text)
    times = read_times(text, today=today)
    parts = [read_times(part, today=today) for part in pattern("intents", "correction").split(text)]
    if len(parts) == 1:
        return times
    years = next((part.years for part in reversed(parts) if part.years), times.years)
    past = next((part.past for part in reversed(parts) if part.years), times.past)
    period = next((part.period for part in reversed(parts) if part.period), times.period)
    month = next((part.month for part in reversed(parts) if part.month), times.month)
    return replace(times, years=years, past=past, period=period, month=month)


def _joined(known: Understanding, said: Said, intent: Intent, *, today: date) -> Understanding:
    """What is known with the turn's slots in place of older ones."""
    idle = intent in (Intent.SMALLTALK, Intent.UNCLEAR, Intent.OUT_OF_SCOPE) and not said.slots
    if idle or intent is Intent.REVISE:
        edit = said.edit if intent is Intent.REVISE else None
        joined = replace(known, intent=intent, edit=edit, warnings=())
        return joined if edit is None else _revised(joined, known, said, edit)
    organisations, several = _organisations(known, said, intent)
    name = said.units.name or (
        known.name if not organisations or set(organisations) & set(known.organisations) else None
    )
    years = () if intent is Intent.ROLLOVER and said.times.past else said.times.years
    many = len(years) > 1 and intent is Intent.DRAFT
    latest = max(years) if intent is Intent.ROLLOVER and years else next(iter(years[-1:]), None)
    year = None if many else known.year if latest is None else latest
    month, period = _month(said, intent) or known.month, said.times.period or known.period
    if intent is Intent.DRAFT and said.times.month and not said.times.period:
        period = Period.MONTH
    return replace(
        known,
        intent=intent,
        organisations=organisations,
        name=name,
        year=year,
        period=period,
        month=month,
        topics=_topics(known, said, intent),
        emphasis=read_emphasis(said.text) or known.emphasis,
        length=_length(said.text) or known.length,
        facts=tuple(dict.fromkeys((*known.facts, *(read_facts(said.text) if intent is Intent.DRAFT else ())))),
        edit=None,
        warnings=_cautions(said, year=year, many=many, several=several, intent=intent, today=today),
    )


def _revised(joined: Understanding, known: Understanding, said: Said, edit: EditRequest) -> Understanding:
    before = () if known.intent in _ASKING else known.topics
    found = () if "→" in edit.detail or edit.op == "undo" else (*said.topics, *target_topics(edit))
    resized = {"shorten": Length.SHORT, "expand": Length.LONG}.get(edit.op) if edit.target == WHOLE else None
    topics = tuple(dict.fromkeys((*before, *found)))
    years = said.times.years if len(said.times.years) == 1 else ()
    return replace(
        joined,
        year=known.year or next(iter(years), None),
        topics=topics,
        length=resized or known.length,
        emphasis=read_emphasis(said.text) or known.emphasis,
    )


def _organisations(known: Understanding, said: Said, intent: Intent) -> tuple[tuple[OrganisationType, ...], bool]:
    """The types now meant, and whether a draft was asked for several."""
    named = said.units.named
    if intent is Intent.COMPARE:
        if len(named) < 2:
            listed = types_listed(said.text)
            named = listed if len(listed) > 1 else tuple(dict.fromkeys((*named, *said.units.implied)))
        more = known.intent is Intent.COMPARE and pattern("intents", "more").search(said.text)
        return tuple(dict.fromkeys((*(known.organisations if more or len(named) < 2 else ()), *named))), False
    if not named:
        before = known.organisations if known.intent is not Intent.COMPARE else known.organisations[:1]
        return (before or said.units.implied[:1]), False
    if len(named) > 1 and intent in (Intent.SEARCH, Intent.CHECK) and said.units.subjects:
        return said.units.subjects[:1], False
    if (
        len(named) > 1
        and intent is Intent.DRAFT
        and not said.units.name
        and pattern("intents", "several").search(said.text)
    ):
        return (), True
    return (named[:1] if said.units.name else named[-1:]), False


def _topics(known: Understanding, said: Said, intent: Intent) -> tuple[Topic, ...]:
    found = said.topics
    if intent in _ASKING:
        if not found and said.times.month and not said.times.day:
            found = (Topic.MONTHLY,)
        found = found or topics_of_days(said.text)
        return found or (known.topics if known.intent in _ASKING else ())
    before = () if known.intent in _ASKING else known.topics
    unwanted = read_topics("，".join(pattern("intents", "unwanted").findall(said.text)))
    if intent is Intent.CHECK and "体检" in said.text:
        unwanted = (*unwanted, Topic.WELFARE)  # the text is to be examined, not the members
    return tuple(topic for topic in dict.fromkeys((*before, *found)) if topic not in unwanted)


def _month(said: Said, intent: Intent) -> int | None:
    if said.times.month or intent is not Intent.SEARCH or not said.times.day:
        return said.times.month
    return day_month(said.times.day)


def _length(text: str) -> Length | None:
    lengths = load_cues("intents")["lengths"].items()
    return next((Length(name) for name, said in lengths if re.search(said, text)), None)


def _cautions(
    said: Said, *, year: int | None, many: bool, several: bool, intent: Intent, today: date
) -> tuple[Caution, ...]:
    plausible = range(FIRST_YEAR, today.year + YEARS_AHEAD + 1)
    told = {
        Caution.MULTIPLE_TYPES: several,
        Caution.MULTIPLE_YEARS: many,
        Caution.YEAR_IMPLAUSIBLE: bool(said.times.impossible_year)
        or (bool(said.times.years) and year is not None and year not in plausible),
        Caution.MONTH_IMPOSSIBLE: bool(said.times.impossible_month),
        Caution.PERIOD_IMPOSSIBLE: bool(said.times.impossible_period),
        Caution.NAME_PLACEHOLDER: said.units.placeholder,
    }
    return tuple(caution for caution, holds in told.items() if holds)


def _answered(said: Understanding, times: Times, *, today: date) -> Understanding:
    """The understanding with its question, choices, defaults and reply."""
    ask = question(said)
    wrong = times.impossible_year or times.impossible_month or times.impossible_period or ""
    return replace(
        said,
        ask=ask,
        choices=choices(said, ask, today=today),
        defaults=() if ask else defaults(said, today=today),
        reply=reply(said, ask, wrong=wrong, today=today),
    )
