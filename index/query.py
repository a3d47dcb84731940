"""What a query says: unit type, topic, months, period and quoted phrases, besides its words. Slips are put right first.

Nothing here decides alone: what is understood raises passages that agree (search.py), and the user can take each of it
back. Only a quoted phrase is binding.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from corpus.cues import Table, Zone, any_of, load_table, load_yaml, score
from corpus.datatypes import OrganisationType, Period, Topic
from corpus.load import simplified
from index.datatypes import Understood
from index.months import month_mentions
from index.spelling import Pairs, Speller

YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is ten times as fast where it is built
CUES = Path(__file__).with_name("query.yaml")
QUOTED = re.compile(r"“([^“”]{2,30})”|「([^「」]{2,30})」|『([^『』]{2,30})』|\"([^\"]{2,30})\"")
LEAST_TOPIC = 1.5  # score points a topic needs to be named by a query
TOPIC_SHARE = 0.6  # of the best topic's points that a second needs
Months = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cues:
    """`query.yaml`, checked: what its words mean."""

    organisations: Mapping[str, OrganisationType | None]
    people: Mapping[str, OrganisationType | None]
    periods: tuple[tuple[Period, re.Pattern[str]], ...]
    days: Mapping[str, Months]
    fillers: re.Pattern[str]
    elsewhere: tuple[str, ...]  # words of other fields


def understand_query(query: str, *, speller: Speller, stands: Callable[[str], bool]) -> Understood:
    """Read a query. Everything but `text` is empty where the query does not say it. What `stands` in the library as it
    was typed is no slip.
    """
    typed = normalised(query)
    phrases = tuple(phrase for groups in QUOTED.findall(typed) for phrase in groups if phrase)
    text, corrected = (typed, ()) if phrases else _put_right(typed, speller, stands)
    return Understood(
        text=text,
        organisations=_organisations(text),
        topics=_topics(text),
        months=_months(text),
        period=next((period for period, pattern in load_cues().periods if pattern.search(text)), None),
        phrases=phrases,
        corrected=corrected,
    )


def _put_right(typed: str, speller: Speller, stands: Callable[[str], bool]) -> tuple[str, Pairs]:
    text, pairs = speller.corrected(typed)
    slips = tuple((wrong, right) for wrong, right in pairs if not stands(wrong))
    if len(slips) < len(pairs):
        text = typed
        for wrong, right in slips:
            text = text.replace(wrong, right, 1)
    return text, slips


def says_more(meaning: Understood) -> bool:
    """Whether a query says something besides the phrases that it quotes."""
    return any(character.isalnum() for character in content(QUOTED.sub("", meaning.text)))


def normalised(query: str) -> str:
    """Full-width forms to plain ones, capitals to small letters, traditional characters to simplified."""
    return simplified(unicodedata.normalize("NFKC", query).lower()).strip()


def content(text: str) -> str:
    """What is sought, without the wording of the request around it; the whole text where nothing else is left."""
    kept = load_cues().fillers.sub(" ", text)
    return kept if sum(character.isalnum() for character in kept) >= 2 else text


def speaks_of_other_fields(text: str) -> bool:
    """Whether a query greets, or uses a word of a field that no plan is about."""
    return _pattern(load_cues().elsewhere).search(text) is not None


def cue_words() -> tuple[str, ...]:
    """Every word the cues know, sorted."""
    cues = load_cues()
    return tuple(sorted({*cues.organisations, *cues.people, *cues.days}))


def _organisations(text: str) -> tuple[OrganisationType, ...]:
    cues = load_cues()
    named = _found(text, cues.organisations) or _found(text, cues.people)
    return tuple(dict.fromkeys(kind for kind in named if kind))


def _found(text: str, cues: Mapping[str, OrganisationType | None]) -> list[OrganisationType | None]:
    """Meanings of the cues in `text` in order; a longer cue hides the shorter ones inside it."""
    return [cues[match] for match in _pattern(tuple(cues)).findall(text)]


@cache
def _pattern(cues: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(cue) for cue in sorted(cues, key=lambda cue: (-len(cue), cue))))


def _topics(text: str) -> tuple[Topic, ...]:
    scores = score((Zone(text, 1.0),), _topic_cues())
    ranked = sorted(scores, key=lambda topic: -scores[topic])[:2]
    least = max(LEAST_TOPIC, TOPIC_SHARE * scores[ranked[0]])
    return tuple(Topic(topic) for topic in ranked if scores[topic] >= least)


@cache
def _topic_cues() -> Table:
    return load_table(load_yaml("topics.yaml"), labels=[str(topic) for topic in Topic])


def _months(text: str) -> Months:
    days = load_cues().days
    named = [month for _, _, months in month_mentions(text) for month in months]
    by_day = [month for day in _pattern(tuple(days)).findall(text) for month in days[day]]
    return tuple(sorted({*named, *by_day}))


@cache
def load_cues() -> Cues:
    """Read `query.yaml`. Raises ValueError for a unit type, period or month that does not exist."""
    data = yaml.load(CUES.read_text(encoding="utf-8"), Loader=YAML)
    organisations = {cue: OrganisationType(kind) for kind, cues in data["organisations"].items() for cue in cues}
    people = {cue: OrganisationType(kind) for kind, cues in data["people"].items() for cue in cues}
    days = {str(day): tuple(months) for day, months in data["days"].items()}
    if wrong := [day for day, months in days.items() if not set(months) <= set(range(1, 13))]:
        raise ValueError(f"months outside 1-12 for {wrong} in {CUES.name}")
    return Cues(
        organisations={**organisations, **dict.fromkeys(data["not_organisations"])},
        people=people,
        periods=tuple((Period(name), re.compile(pattern)) for name, pattern in data["periods"]),
        days=days,
        elsewhere=tuple(sorted({cue for cues in data["elsewhere"].values() for cue in cues})),
        fillers=any_of(data["fillers"]),
    )
