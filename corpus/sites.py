"""Streets, estates, buildings, workplaces and small organisations: what stands before a suffix, if it is a name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from corpus.cues import any_of, load_yaml
from corpus.datatypes import EntityKind
from corpus.places import is_deed, is_ordinary
from corpus.words import dictionary_share

_LONGEST = 5  # characters of a name before its suffix
# A name begins behind one of these (到|滨河路), and has none of the others inside.
_BEGINS = frozenset("与及和在到由赴往对为向从是以把将给让有经至过访给请被并对去")
_NEVER = frozenset(
    "为由到从对分逢各请设登做跑搞逐报讲少的了着个们这那每各该某本我您你他她它"
    "所几并且而但或把被让使给不也就都又再还很最更之其此等以将"
)
_TAILS = frozenset("化性者员率度型类级们式")  # ends of words, with which no name begins
_NUMBERS = frozenset("一二两三四五六七八九十百千第半多")
_RARE = 3e-6  # share of the language at large
_AFTER_NUMBERS = frozenset("河山江湖水里台门明安亚源原都星桥")  # 三河|支行
_LAND = frozenset("山河湖江溪岭湾岛坝沟峡泉潭桥坪坡坎寨镇村街庙寺塔树林井渡港滩洲塘关口")  # ends of names of places
_HANZI = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Site:
    """A candidate: `text[start:end]` is of `kind`."""

    start: int
    end: int
    kind: EntityKind


def find_sites(text: str) -> Iterator[Site]:
    """Yield sites in order, without overlap: what overlaps is one (青年路 and 路老校区: 青年路老校区)."""
    last: Site | None = None
    for site in sorted(_candidates(text, _data()), key=lambda site: (site.start, -site.end)):
        if last is not None and site.start < last.end:
            last = Site(last.start, max(last.end, site.end), last.kind)
            continue
        if last is not None:
            yield last
        last = site
    if last is not None:
        yield last


def _candidates(text: str, data: "_Data") -> Iterator[Site]:
    yield from _suffixed(text, data)
    yield from _told(text, data)
    for kind, pattern in data.whole:
        for match in pattern.finditer(text):
            yield Site(match.start(), match.end(), kind)


def _suffixed(text: str, data: "_Data") -> Iterator[Site]:
    """What stands before a suffix, a floor or a landscape."""
    for family in data.families:
        for suffix in family.suffix.finditer(text):
            start = _start(text, suffix.start())
            if start is not None and _is_name(text[start : suffix.start()], family):
                yield Site(start, suffix.end(), family.kind)
    for floor in data.floors.finditer(text):
        start = _start(text, floor.start(), shortest=1)
        yield Site(floor.start() if start is None else start, floor.end(), EntityKind.PLACE)
    for match in data.nature.finditer(text):
        start = _start(text, match.start(), shortest=1)
        if start is not None and not data.nature_generic.search(text, start, match.start()):
            yield Site(start, match.end(), EntityKind.PLACE)


def _told(text: str, data: "_Data") -> Iterator[Site]:
    """Rare words where the text itself says that a place or a company is named: 赴太钢学习, 滨江米业等企业."""
    for match in data.visited.finditer(text):
        if _is_rare(match["name"][:2]) and not data.described.search(match["name"]):
            yield Site(match.start("name"), match.end("name"), EntityKind.PLACE)
    for companies in data.listed.finditer(text):
        for name in data.item.finditer(text, companies.start(), companies.end("names")):
            if _is_rare(name[0][:2]) and not data.described.search(name[0]) and name[0] not in data.brands:
                yield Site(name.start(), name.end(), EntityKind.ORGANISATION)


def _start(text: str, end: int, *, shortest: int = 2) -> int | None:
    """Start of the words of at least `shortest` characters that end at `end`, or None where none begin."""
    for start in range(end - 1, max(-1, end - _LONGEST - 1), -1):
        if not _HANZI.match(text[start]):
            return None
        if end - start >= shortest and _begins(text, start):
            return start
    return None


def _begins(text: str, start: int) -> bool:
    """Whether a name may begin at `start`: behind a mark, a function word or an ordinary word (参加|滨河路)."""
    before = text[start - 1 : start]
    if not _HANZI.match(before):
        return not before.isdigit()  # not 10|月举办
    if before in _BEGINS:
        return True
    straddled = _is_word(text[start - 1 : start + 1]) or _is_word(text[max(0, start - 3) : start - 1])  # 工|会社|工扫街
    return _is_word(text[max(0, start - 2) : start]) and not straddled


def _is_word(pair: str) -> bool:
    return is_ordinary(pair) or is_deed(pair)


def _is_name(head: str, family: "_Family") -> bool:
    if not _NEVER.isdisjoint(head) or head[0] in _TAILS or head[0] in _BEGINS and not is_ordinary(head[:2]):
        return False
    if head[0] in _NUMBERS and head[1] not in _AFTER_NUMBERS or len(head) > 2 and not _NUMBERS.isdisjoint(head):
        return False
    if family.heads in ("any", "free") and head in _data().names:
        return True
    if family.needs is not None:
        made = family.needs.search(head) or len(head) == 2 and _is_rare(head)
        return bool(made) and not family.generic.search(head)
    if family.generic.search(head):
        return False
    if len(head) == 4 and _is_rare(head[:2]) and dictionary_share(head[2:]) > 0:  # 丰禾果蔬|合作社
        return family.heads != "rare"
    if family.heads == "rare":
        return len(head) == 2 and _is_rare(head)
    if len(head) == 2:
        return not is_deed(head) and (family.heads != "named" or not is_ordinary(head))
    if len(head) == 3 and head[-1] in _LAND:  # 凤凰山|检查站
        return head[:2] not in _data().common
    if is_deed(head[:2]) or is_deed(head[-2:]):
        return False
    if dictionary_share(head) > 0 and family.heads == "free":  # 火车站|派出所
        return True
    return not (is_ordinary(head[-2:]) or is_ordinary(head[:2]))


def _is_rare(word: str) -> bool:
    """Whether a word of two characters is so rare that it can only be a name."""
    return not _is_word(word) and word not in _data().common and dictionary_share(word) < _RARE


@dataclass(frozen=True, slots=True)
class _Family:
    kind: EntityKind
    heads: str  # "named": no ordinary word; "any": it may be one; "free": made of them; "rare": two rare characters
    suffix: re.Pattern[str]
    generic: re.Pattern[str]  # a head that ends so describes
    needs: re.Pattern[str] | None  # what must stand in the head


@dataclass(frozen=True, slots=True)
class _Data:
    common: frozenset[str]  # words that describe, before any suffix
    names: frozenset[str]  # ordinary words that are often names (解放路)
    families: tuple[_Family, ...]
    whole: tuple[tuple[EntityKind, re.Pattern[str]], ...]
    floors: re.Pattern[str]
    nature: re.Pattern[str]
    nature_generic: re.Pattern[str]
    visited: re.Pattern[str]
    listed: re.Pattern[str]
    item: re.Pattern[str]  # behind the first of a list: where that one begins is not told
    described: re.Pattern[str]
    brands: frozenset[str]


@cache
def _data() -> _Data:
    data: dict[str, Any] = load_yaml("sites.yaml")
    common = data["generic"].split()

    def generic(words: list[str]) -> re.Pattern[str]:
        return re.compile(f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})$")

    return _Data(
        common=frozenset(common),
        names=frozenset(data["names"].split()),
        families=tuple(
            _Family(
                EntityKind(entry["kind"]),
                entry["heads"],
                re.compile(entry["suffixes"]),
                generic([*common, *entry["generic"].split()]),
                re.compile(entry["needs"]) if "needs" in entry else None,
            )
            for entry in data["families"]
        ),
        whole=tuple((EntityKind(entry["kind"]), any_of(entry["patterns"])) for entry in data["whole"]),
        floors=re.compile(data["floors"]),
        nature=re.compile(data["nature"]),
        nature_generic=generic(data["nature_generic"].split()),
        visited=re.compile(data["visited"]),
        listed=re.compile(data["listed"]),
        item=re.compile("(?<=、)[\u4e00-\u9fff]{2,8}(?=、|等)"),
        described=generic(common),
        brands=frozenset(data["brands"].split()),
    )
