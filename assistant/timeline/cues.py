"""How a reference is meant, told by the words around it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from assistant.timeline.entries import EntryKind

WORDING = Path(__file__).parents[1] / "facts" / "wording.yaml"
REACH = 14  # characters looked at on either side
SENTENCE = 48  # characters looked back at for a year or a word of review
YEAR = re.compile(r"((?:19|20)\d\d)年")
CLAUSE = re.compile(r"[。；;！？!?\n：:]")
# what a review of last year tells of
REVIEWED = frozenset({EntryKind.EDUCATION, EntryKind.CAMPAIGN, EntryKind.PROGRAMME, EntryKind.PUFA, EntryKind.PLAN})


class Cue(StrEnum):
    """What the neighbourhood says."""

    NONE = ""
    BACK = "back"  # 十八大以来
    LASTING = "lasting"  # 巩固…成果, 常态化
    BOUND = "bound"  # 十八届三中全会提出
    AHEAD = "ahead"  # 谋划, 迎接
    WELCOME = "welcome"  # 迎接, 喜迎: only before the event


@dataclass(frozen=True, slots=True)
class Wording:
    """The compiled patterns of `wording.yaml`."""

    patterns: Mapping[str, re.Pattern[str]]
    guards: Mapping[str, Mapping[str, re.Pattern[str]]]

    def follows(self, name: str, text: str, end: int) -> re.Match[str] | None:
        """The pattern right behind `text[:end]`."""
        return self.patterns[name].match(text, end)

    def precedes(self, name: str, text: str, start: int) -> re.Match[str] | None:
        """The pattern, anchored at its end, right before `text[start:]`."""
        return self.patterns[name].search(before(text, start))

    def refuses(self, form: str, text: str, start: int, end: int) -> bool:
        """Whether the company of `form` makes it an ordinary word."""
        if form.endswith("法") and self.follows("law_after", text, end):
            return True
        guard = self.guards.get(form)
        if guard is None:
            return False
        behind, ahead = guard.get("after"), guard.get("before")
        return bool(behind and behind.match(text, end)) or bool(ahead and ahead.search(before(text, start)))


@cache
def wording() -> Wording:
    """Read and compile `wording.yaml`; ValueError names a pattern that does not compile."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where libyaml is there
    document = yaml.load(WORDING.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
    guards = document.pop("guards")
    words = {name: "|".join(group) for name, group in document.pop("words").items()}
    return Wording(
        {name: _compiled(name, _filled(pattern, words)) for name, pattern in document.items()},
        {form: {side: _compiled(form, text) for side, text in sides.items()} for form, sides in guards.items()},
    )


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    """Put word lists in for {adverbs} and {verbs}."""
    for name, group in words.items():
        pattern = pattern.replace("{" + name + "}", group)
    return pattern


def _compiled(name: str, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as problem:
        raise ValueError(f"{WORDING.name}: {name}: {problem}") from problem


def before(text: str, start: int) -> str:
    """Up to REACH characters of the same clause before `start`."""
    return CLAUSE.split(text[max(0, start - REACH) : start])[-1]


def cue(text: str, start: int, end: int, *, kind: EntryKind) -> Cue:
    """How `text[start:end]` (squeezed), a reference of `kind`, is meant."""
    words = wording()
    if words.precedes("welcome_before", text, start):
        return Cue.WELCOME
    if words.follows("lasting_after", text, end):
        return Cue.LASTING
    if words.follows("bound_after", text, end):
        return Cue.BOUND
    back = words.follows("back_after", text, end)
    if back and kind is EntryKind.PLAN and "收官" in back[0] and words.precedes("striving_before", text, start):
        return Cue.NONE
    if back or words.precedes("back_before", text, start):
        return Cue.BACK
    if words.follows("ahead_after", text, end) or words.precedes("ahead_before", text, start):
        return Cue.AHEAD
    if kind is EntryKind.PLAN and words.follows("past_deeds", text, end):
        return Cue.BACK
    if kind in REVIEWED and words.patterns["review_before"].search(sentence_before(text, start)):
        return Cue.BACK
    return Cue.NONE


def sentence_before(text: str, start: int) -> str:
    """What stands before `start` in the same sentence, SENTENCE characters at most."""
    return CLAUSE.split(text[max(0, start - SENTENCE) : start])[-1]


def said_year(text: str, start: int) -> int | None:
    """The year named last before `start` in the same sentence."""
    years = YEAR.findall(sentence_before(text, start))
    return int(years[-1]) if years else None
