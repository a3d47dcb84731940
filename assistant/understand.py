"""What staff ask for, read from their own words: intent and slots of a conversation's turns so far.

No language model: word lists and patterns in `understand.yaml`. Later turns override earlier ones. A unit's name is
taken only from words that introduce it; it is never guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import ascii_letters, digits
from typing import Any

import yaml

from assistant.datatypes import Length
from corpus.datatypes import OrganisationType, Period
from corpus.load import simplified

CUES = Path(__file__).with_name("understand.yaml")
HALF_WIDTH = {0xFEE0 + code: code for code in map(ord, ascii_letters + digits)} | {0x3000: 0x20}
CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
CHINESE_YEAR = re.compile(r"二[〇○零O0][〇○零一二三四五六七八九O0]{2}(?=年|学年|$|[^〇○零一二三四五六七八九])")
YEAR = re.compile(r"(?<!\d)(\d{4})(?:年|学年|(?=[-—–~至]\d{4})|(?!\d))")
SHORT_YEAR = re.compile(r"(?<!\d)(\d{2})年(?!级|来|前|后|代)")
UNIT = r"[\w（）()·—-]{2,40}?"
NAME_INTRODUCED = re.compile(
    rf"(?:单位名称|单位全称|单位名|单位|名称|全称)(?:是|叫|为|：|:)\s*({UNIT})(?=[，,。；;！!？?\s]|$)"
    rf"|(?:我们单位是|我们单位叫|我们是|我们叫|我单位是|本单位是|我是|我在)({UNIT})(?=的|[，,。；;！!？?\s]|$)"
    rf"|(?:帮|为|给|替)({UNIT})(?:写|起草|草拟|拟|做|准备|生成|出|弄|来)"
)
BEGINS_GENERIC = re.compile(r"^(?:我们?|本|一家|一所|一个|个|某个|这家|这所|县里|市里|区里|镇里|负责)")
EMPHASIS = re.compile(r"(?:重点|突出|侧重|着重|强调)(?:是|写|抓|讲|放在|突出|在)*[：:]?\s*([^，,。；;！!？?\n]{2,40})")
AND = re.compile(r"[、和与及]|以及|还有")


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


@dataclass(frozen=True, slots=True)
class Understanding:
    """A conversation so far. Slots that nobody named are None or empty; `organisations` holds several only when the
    last turn compares.
    """

    intent: Intent
    organisations: tuple[OrganisationType, ...] = ()
    name: str | None = None
    year: int | None = None
    period: Period | None = None
    emphasis: tuple[str, ...] = ()
    length: Length | None = None
    text: str = field(default="", compare=False)  # the last turn, normalised

    @property
    def organisation(self) -> OrganisationType | None:
        """The one type a draft is for."""
        return self.organisations[-1] if self.organisations else None


def understand(utterances: Sequence[str], *, today: date) -> Understanding:
    """Read all turns of one user, oldest first; `today` is what 明年 counts from."""
    known = Understanding(Intent.UNCLEAR)
    for utterance in utterances:
        known = _joined(known, _turn(normalised(utterance), today=today))
    return known


def normalised(text: str) -> str:
    """Full-width digits, letters and blanks to plain ones, traditional characters to simplified; length is kept."""
    return simplified(text.translate(HALF_WIDTH)).strip()


def next_plan_year(today: date) -> int:
    """The year a plan is usually written for now: from October on, the coming one."""
    return today.year + (today.month >= 10)


def _turn(text: str, *, today: date) -> Understanding:
    name = _name(text)
    organisations = _organisations(text)
    year, period = _year(text, today=today), _period(text)
    says_something = bool(name or organisations or year or period)
    return Understanding(
        intent=_intent(text, says_something=says_something),
        organisations=organisations,
        name=name,
        year=year,
        period=period,
        emphasis=_emphasis(text),
        length=_length(text),
        text=text,
    )


def _joined(known: Understanding, turn: Understanding) -> Understanding:
    intent = turn.intent
    if intent is Intent.UNCLEAR and (turn.length or turn.emphasis) and known.intent is Intent.DRAFT:
        intent = Intent.DRAFT
    return replace(
        turn,
        intent=intent,
        organisations=turn.organisations or known.organisations,
        name=turn.name or known.name,
        year=turn.year or known.year,
        period=turn.period or known.period,
        emphasis=turn.emphasis or known.emphasis,
        length=turn.length or known.length,
    )


def _organisations(text: str) -> tuple[OrganisationType, ...]:
    """Types in the order they are named; a longer word hides the shorter ones inside it."""
    cues = {cue: OrganisationType(kind) for kind, words in _cues()["organisations"].items() for cue in words}
    pattern = "|".join(re.escape(cue) for cue in sorted(cues, key=len, reverse=True))
    found = [cues[match] for match in re.findall(pattern, text)]
    return tuple(kind for position, kind in enumerate(found) if kind not in found[position + 1 :])


def _name(text: str) -> str | None:
    for match in NAME_INTRODUCED.finditer(text):
        name = next(group for group in match.groups() if group)
        name = re.sub(r"(?:的?工会(?:委员会)?|工会的?|的)$", "", name)
        generic = name in _cues()["generic_names"] or BEGINS_GENERIC.match(name) or len(name) < 4
        if not generic and _organisations(name + "工会"):
            return name
    return None


def _year(text: str, *, today: date) -> int | None:
    text = CHINESE_YEAR.sub(lambda match: match.group().translate(CHINESE_DIGITS).replace("O", "0"), text)
    if match := YEAR.search(text):
        return int(match.group(1))
    for word, distance in _cues()["years"].items():
        if word in text:
            return today.year + int(distance)
    match = SHORT_YEAR.search(text)
    return 2000 + int(match.group(1)) if match else None


def _period(text: str) -> Period | None:
    return next((Period(name) for name, pattern in _cues()["periods"] if re.search(pattern, text)), None)


def _length(text: str) -> Length | None:
    lengths = _cues()["lengths"].items()
    return next((Length(name) for name, words in lengths if any(word in text for word in words)), None)


def _emphasis(text: str) -> tuple[str, ...]:
    match = EMPHASIS.search(text)
    parts = AND.split(match.group(1)) if match else ()
    return tuple(part.strip("的工作") or part for part in parts if len(part) > 1)


def _intent(text: str, *, says_something: bool) -> Intent:
    for name, words in _cues()["intents"].items():
        if any(word in text.lower() for word in words):
            return Intent(name)
    return Intent.DRAFT if says_something else Intent.UNCLEAR


@cache
def _cues() -> dict[str, Any]:
    cues: dict[str, Any] = yaml.safe_load(CUES.read_text(encoding="utf-8"))
    for kind in cues["organisations"]:
        OrganisationType(kind)  # a slip in the file fails here, by name
    return cues
