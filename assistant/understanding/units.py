"""Whose plan: the types of organisation that are named, and the unit's own name where it is told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.understanding.cues import any_of, load_cues, pattern
from assistant.understanding.topics import read_topics
from corpus.datatypes import OrganisationType
from corpus.places import find_places
from corpus.words import dictionary_share, words

_NEGATED = re.compile(
    r"(?:不是|不要|别写|不写|别要|而非|不再写|甭写|参考|参照|借鉴|仿照|照着|模仿)(?:写|要|给|我们|一份|了)*$"
)
_CLAUSE = re.compile(r"[^，。；;！!？?、：:\s“”\"‘’,]+")
_CONNECTED = re.compile(r"[和与跟及或]")
_IN_QUOTES = re.compile(r"[“\"「『‘](?P<name>[^“”\"「」『』‘’]+)[”\"」』’]")
_COUNTED = re.compile(r"^(?:一|这|那|某|几|两)?[家所个座间]")
_LEGAL = ("有限公司", "有限责任公司", "股份有限公司")
_TRADES = ("公司", "分公司", "集团", "集团公司", "厂", "工厂", "银行", "酒店", "项目部", "局", "支队", "大队", "委员会")
_BEHIND_NAME = re.compile(
    r"$|的|工会|总工会|要|写|想|今|明|去|后|这边|这里|这个|，|\d|上班|工作|那边|，|全年|上半|下半|第"
)
_RANKS = "本全我第省市县区镇乡村州总支分子"
_OWN = 10  # characters of a made-up name at most
NAME = "□"  # stands for the unit's name in the text that is read further


@dataclass(frozen=True, slots=True)
class Units:
    """What a turn says of units, in order of mention. `rest` is the text with the name's place marked."""

    named: tuple[OrganisationType, ...]
    implied: tuple[OrganisationType, ...]
    name: str | None
    placeholder: bool  # the name holds XX or 某某
    rest: str
    subjects: tuple[OrganisationType, ...]  # types of units whose union is spoken of: 乡镇工会怎么抓企业建会


def read_units(text: str) -> Units:
    """The types named, those implied by people and institutions, and the unit's own name."""
    name = _name(text)
    rest = text.replace(name, NAME, 1) if name else text
    of_name = types_named(name)[-1:] or _by_ending(name) if name else ()
    return Units(
        named=tuple(dict.fromkeys((*of_name, *types_named(rest)))),
        implied=tuple(dict.fromkeys(_found(rest, "implied"))),
        name=name,
        placeholder=bool(name and pattern("units", "placeholder").search(name)),
        rest=rest,
        subjects=tuple(_meanings("named")[cue] for cue in _subjects(rest)),
    )


def _subjects(text: str) -> list[str]:
    found = _cue_pattern("named").finditer(text)
    return [
        m[0] for m in found if m[0] in _meanings("named") and (m[0].endswith("工会") or text[m.end() :][:2] == "工会")
    ]


def types_in(text: str) -> tuple[OrganisationType, ...]:
    """The types that a text names or implies, in order."""
    return tuple(dict.fromkeys(types_named(text) or _found(text, "implied")))


def types_named(text: str) -> tuple[OrganisationType, ...]:
    """Types named, those excepted that are ruled out; a cue that another touches only describes it."""
    found = [match for match in _cue_pattern("named").finditer(text) if match[0] in _meanings("named")]
    kept = []
    starts = {match.start() for match in found}
    for match in found:
        if match.end() not in starts and not _NEGATED.search(text, 0, match.start()):
            kept.append((match.start(), _meanings("named")[match[0]]))
    for kind, numbered in () if kept else load_cues("units")["numbered"].items():
        kept += [(match.start(), OrganisationType(kind)) for match in re.finditer(numbered, text)]
    return tuple(kind for _, kind in sorted(kept, key=lambda each: each[0]))


def types_listed(text: str) -> tuple[OrganisationType, ...]:
    """Types named side by side, each for itself: 学校医院企业."""
    found = (match for match in _cue_pattern("named").finditer(text) if match[0] in _meanings("named"))
    return tuple(dict.fromkeys(_meanings("named")[match[0]] for match in found))


def _found(text: str, group: str) -> list[OrganisationType]:
    return [_meanings(group)[match] for match in _cue_pattern(group).findall(text) if match in _meanings(group)]


@cache
def _meanings(group: str) -> dict[str, OrganisationType]:
    """Cue -> type. Raises ValueError for a type that does not exist."""
    return {cue: OrganisationType(kind) for kind, cues in load_cues("units")[group].items() for cue in cues}


@cache
def _cue_pattern(group: str) -> re.Pattern[str]:
    return any_of((*_meanings(group), *load_cues("units")["not_units"]))


def _by_ending(name: str) -> tuple[OrganisationType, ...]:
    endings = load_cues("units")["endings"].items()
    return tuple(OrganisationType(kind) for kind, ends in endings if name.endswith(tuple(ends)))[:1]


def _name(text: str) -> str | None:
    """The unit's own name: what is introduced as one, else what is too particular to be a kind of unit."""
    introduced = (candidate for candidate in _introduced(text) if _particular(candidate, introduced=True))
    told = next(introduced, None)
    return told or next((run for run in _runs(text) if _particular(run, introduced=False)), None)


def _introduced(text: str) -> Iterator[str]:
    for opening in pattern("units", "introduced").finditer(text):
        rest = text[opening.end() :]
        quoted = _IN_QUOTES.match(rest)
        clause = quoted["name"] if quoted else re.split(r"[，。；;！!？?：:\s]", rest, maxsplit=1)[0]
        said = _COUNTED.sub("", clause)
        ends = [match.end() for match in _suffix().finditer(said) if _BEHIND_NAME.match(said, match.end())]
        yield from (said[:end] for end in reversed(ends) if not _cut(said[:end]))


def _cut(name: str) -> bool:
    """Whether a wish or a time stands inside what should be a name."""
    return bool(re.search(r"写|要|计划|工会(?!联合会|$)|明年|今年|后年|的|\d年", name))


def _runs(text: str) -> Iterator[str]:
    """Stretches between glue words, up to their last suffix."""
    for clause in _CLAUSE.finditer(text):
        for run in _glue().split(clause[0]):
            ends = [match.end() for match in _suffix().finditer(run)]
            if ends and not any(part in _suffixes() for part in _CONNECTED.split(run[: ends[-1]])[:-1]):
                yield _COUNTED.sub("", run[: ends[-1]])


def _particular(name: str, *, introduced: bool) -> bool:
    """Whether more than words of kind and rank stands before the suffix: a place, a number, a made-up word."""
    suffix = next((s for s in _suffixes() if name.endswith(s)), "")
    head = name.removesuffix(suffix)
    if pattern("units", "placeholder").search(head):
        return True
    own = _kinds().sub("", head).strip(_RANKS)
    longest = _OWN + 2 * sum(own.count(level) for level in "省市县区州")
    if not (1 if introduced and len(head) > 2 else 2) <= len(own) <= longest or _ordinary(own):
        return False
    if introduced or find_places(head) or suffix in _LEGAL:
        return True
    return suffix not in _TRADES or not all(dictionary_share(word) for word in words(own))


def _ordinary(own: str) -> bool:
    """Whether what looks like a name is a matter or people: 工匠学院, 教师大会."""
    return any(cue in own for cue in _meanings("implied")) or bool(read_topics(own))


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(sorted(load_cues("units")["suffixes"], key=lambda suffix: -len(suffix)))


@cache
def _suffix() -> re.Pattern[str]:
    return any_of(_suffixes())


@cache
def _kinds() -> re.Pattern[str]:
    return any_of(word for word in (*load_cues("units")["kinds"], *_suffixes()) if len(word) > 1)


@cache
def _glue() -> re.Pattern[str]:
    glue = load_cues("units")["glue"]
    return re.compile(rf"{glue}|(?<![xX])\d+年?|[xX]{{2,4}}年")
