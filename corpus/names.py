"""Names of units, people and localities, and words that are right only for one kind of unit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.cues import load_yaml
from corpus.datatypes import EntityKind
from corpus.places import find_places

_LONGEST = 18  # characters of a unit's name before its suffix
_BOUNDARY = re.compile(r"[^\u4e00-\u9fff〔〕（）()·A-Za-z]")
_SLOT = re.compile(r"〔[^〔〕]{1,4}〕$")


@dataclass(frozen=True, slots=True)
class Name:
    """A candidate: `text[start:end]` is of `kind`."""

    start: int
    end: int
    kind: EntityKind
    hard: bool


def find_names(text: str) -> Iterator[Name]:
    """Yield names in no particular order; they may overlap."""
    places = find_places(text)
    for start, end in places:
        yield Name(start, end, EntityKind.PLACE, True)
    yield from _organisations(text, places)
    yield from _people(text)
    yield from _localities(text, places)
    for match in _data().unit_terms.finditer(text):
        yield Name(match.start(), match.end(), EntityKind.UNIT_TERM, False)
    for match in _data().congress.finditer(text):
        yield Name(match.start(), match.end(), EntityKind.ORGANISATION, True)


def _organisations(text: str, places: tuple[tuple[int, int], ...]) -> Iterator[Name]:
    """Units: what stands before a suffix, if it is a name rather than a description."""
    data = _data()
    starts = dict(places)
    for match in data.suffix.finditer(text):
        head = _head_start(text, match.start())
        place = next((start for start in range(head, match.start()) if start in starts), None)
        slot = next((found.start() for found in re.finditer("〔[^〔〕]{1,4}〕", text[head : match.start()])), None)
        if place is not None:
            yield Name(place, match.end(), EntityKind.ORGANISATION, True)
        elif slot is not None and match.start() - head - slot <= 12:
            yield Name(head + slot, match.end(), EntityKind.ORGANISATION, True)
        elif match.lastgroup == "strong":
            name = _own_name(text, head, match.start())
            if match.start() - name >= 2:
                yield Name(name, match.end(), EntityKind.ORGANISATION, True)
        else:
            kind = data.own_kinds.search(text, head, match.start())
            if kind and kind.end() == match.start() or kind and match.start() - kind.end() <= 4:
                yield from _levelled(text, kind.start(), match)


def _levelled(text: str, start: int, suffix: re.Match[str]) -> Iterator[Name]:
    """市妇婴医院, 市儿童福利院, 结核医院: one unit, though its place is not said."""
    if suffix[0] in _PUBLIC and suffix.start() - start >= 1:
        yield Name(start, suffix.end(), EntityKind.ORGANISATION, True)


_PUBLIC = frozenset(
    ["大学", "学院", "中学", "小学", "幼儿园", "实验学校", "人民医院", "中医院", "中医医院", "妇幼保健院", "妇婴医院", "中心医院", "儿童医院", "医院", "卫生院", "疾控中心", "福利院", "敬老院", "保健院", "监狱", "法院", "检察院", "师专"]
)


def _head_start(text: str, end: int) -> int:
    """Where the run of name characters before `end` begins."""
    start = max(0, end - _LONGEST)
    boundaries = [match.end() for match in _BOUNDARY.finditer(text, start, end)]
    return boundaries[-1] if boundaries else start


def _own_name(text: str, start: int, end: int) -> int:
    """Start of the name proper: behind the last describing word between `start` and `end`."""
    matches = [match.end() for match in _data().generic.finditer(text, start, end)]
    return matches[-1] if matches else start


def _people(text: str) -> Iterator[Name]:
    data = _data()
    for pattern in data.persons:
        for match in pattern.finditer(text):
            if not match["name"].startswith(data.no_persons):
                yield Name(match.start("name"), match.end("name"), EntityKind.PERSON, True)


def _localities(text: str, places: tuple[tuple[int, int], ...]) -> Iterator[Name]:
    """Towns, villages and neighbourhoods, which no gazetteer holds: the name up to 镇 乡 村 街道 社区."""
    data = _data()
    ends = {end: start for start, end in places}
    for match in data.locality.finditer(text):
        start = max(
            (end for end in ends if match.start() < end < match.end()),
            default=_own_name(text, match.start(), match.end() - 1),
        )
        name = text[start : match.end()]
        if 3 <= len(name) <= 6 and not name.endswith(data.no_localities):
            yield Name(ends.get(start, start), match.end(), EntityKind.PLACE, True)
    for match in data.village.finditer(text):
        yield Name(match.start(), match.end(), EntityKind.PLACE, True)


@dataclass(frozen=True, slots=True)
class _Data:
    suffix: re.Pattern[str]
    generic: re.Pattern[str]
    own_kinds: re.Pattern[str]
    persons: tuple[re.Pattern[str], ...]
    no_persons: tuple[str, ...]
    locality: re.Pattern[str]
    no_localities: tuple[str, ...]
    village: re.Pattern[str]
    unit_terms: re.Pattern[str]
    congress: re.Pattern[str]


@cache
def _data() -> _Data:
    data = load_yaml("names.yaml")
    strong, medium = ("|".join(data["suffixes"][name]) for name in ("strong", "medium"))
    surnames = data["surnames"]
    generic = sorted(data["generic_heads"].split(), key=len, reverse=True)
    return _Data(
        suffix=re.compile(f"(?P<strong>{strong})|(?P<medium>{medium})"),
        generic=re.compile("|".join(generic)),
        own_kinds=re.compile(f"(?:{data['own_kinds']})"),
        persons=tuple(re.compile(pattern.replace("{surnames}", surnames)) for pattern in data["persons"]),
        no_persons=tuple(data["person_heads_not"].split()),
        locality=re.compile(data["localities"]),
        no_localities=tuple(data["locality_generic"].split()),
        village=re.compile(data["village"].replace("{surnames}", surnames)),
        unit_terms=re.compile("|".join(f"(?:{pattern})" for pattern in data["unit_terms"])),
        congress=re.compile(data["congress_bodies"]),
    )
