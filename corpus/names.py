"""Names of units, people and localities, and words that are right only for one kind of unit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.cues import any_of, load_yaml
from corpus.datatypes import EntityKind
from corpus.people import find_people
from corpus.places import find_places, is_ordinary
from corpus.sites import find_sites
from corpus.words import dictionary_share

_COINED_ENDS = ("公司", "工会", "煤矿", "集团")
_GOING = frozenset("赴往到去")  # 赴|红旗村
_LEVELS = frozenset("省市县区镇州")
_LONGEST = 18  # characters of a unit's name before its suffix
_BOUNDARY = re.compile(r"[^\u4e00-\u9fff〔〕（）()·A-Za-z]")
_SLOT = re.compile(  # a blanked-out name; blanked-out years and sessions name nothing
    r"〔(?:单位|地名|姓名|词语)〕|(?<![A-Za-z\d十])(?:[xX×]{2,}(?![A-Za-z])|[*＊_]{2,})(?![年届大五])"
)
_GLUE = frozenset("（）()了好的着过各个把做有在是和与及就从对向让被给到各")
_PROSE = frozenset(
    "了好的着过各个把办做开设立成为有在是和与及就从对向让被给到进因由于近几每这那很些使并也都又再还以会员工单位全总厂矿段局院校园镇乡村街区县市省其所已说站"
)
_BEFORE_NAMES = frozenset("，。、；：“”（）()《》\n 　和与及在到由赴往对为向从是的：:,;—")


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
    for start, end in find_people(text):
        yield Name(start, end, EntityKind.PERSON, True)
    for site in find_sites(text):
        yield Name(site.start, site.end, site.kind, True)
    yield from _localities(text, places)
    for match in _data().unit_terms.finditer(text):
        yield Name(match.start(), match.end(), EntityKind.UNIT_TERM, False)
    for match in _data().congress.finditer(text):
        yield Name(match.start(), match.end(), EntityKind.ORGANISATION, True)


def _organisations(text: str, places: tuple[tuple[int, int], ...]) -> Iterator[Name]:
    """Units: what stands before a suffix, if it is a name rather than a description."""
    data = _data()
    ends = dict(places)
    for suffix in data.suffix.finditer(text):
        head = _head_start(text, suffix.start())
        anchor = next((at for at in range(head, suffix.start()) if at in ends), None)
        if anchor is None:
            anchor = next((slot.start() for slot in _SLOT.finditer(text, head, suffix.start())), None)
        inner = ends.get(anchor, anchor) if anchor is not None else None
        if anchor is not None and inner is not None and not data.joint.search(text, inner, suffix.start()):
            yield Name(anchor, suffix.end(), EntityKind.ORGANISATION, True)
        elif suffix.lastgroup == "strong":
            start = strip_ordinary(text, _own_name(text, head, suffix.start()), suffix.start())
            if suffix[0] in data.self_standing:
                yield Name(suffix.start(), suffix.end(), EntityKind.ORGANISATION, True)
            elif suffix.start() - start >= 2:
                yield Name(start, suffix.end(), EntityKind.ORGANISATION, True)
        else:
            start = _own_kind_start(text, head, suffix.start()) if suffix[0] in data.public else suffix.start()
            if start == suffix.start():
                start = _short_name(text, suffix.start(), loose=suffix[0] in data.public)
            coined = _coined(text[start : suffix.end()]) and not data.generic.search(text, start, suffix.start())
            if start < suffix.start() and (suffix[0] in data.public or coined):
                yield Name(start, suffix.end(), EntityKind.ORGANISATION, True)


def _coined(name: str) -> bool:
    """Whether a made-up name stands before 公司 or 工会 (泰尔斯工会), not a verb or a kind (开好工会)."""
    stem = name.removesuffix(next((end for end in _COINED_ENDS if name.endswith(end)), name))
    if len(stem) < 2 or not _PROSE.isdisjoint(stem):
        return False
    return len(stem) > 2 or dictionary_share(stem) == 0.0  # two characters that are no word (亚光公司, not 保险公司)


def _own_kind_start(text: str, head: int, end: int) -> int:
    """Start of a level or kind that makes a school or hospital one of its own (市|妇婴 医院), or `end`."""
    starts = [kind.start() for kind in _data().own_kinds.finditer(text, head, end)]
    if not starts or end - starts[-1] > 6:
        return end
    levelled = len(starts) > 1 and starts[-1] - starts[-2] == 1 and text[starts[-2]] in _LEVELS
    start = starts[-2] if levelled else starts[-1]
    return _short_name(text, start) if text[start] in _LEVELS else start


def _head_start(text: str, end: int) -> int:
    """Where the run of name characters before `end` begins."""
    start = max(0, end - _LONGEST)
    boundaries = [match.end() for match in _BOUNDARY.finditer(text, start, end)]
    return boundaries[-1] if boundaries else start


def _own_name(text: str, start: int, end: int) -> int:
    """Start of the name proper: behind the last describing word between `start` and `end`."""
    matches = [match.end() for match in _data().generic.finditer(text, start, end)]
    return matches[-1] if matches else start


def strip_ordinary(text: str, start: int, end: int) -> int:
    """Start behind the ordinary two-character words with which `text[start:end]` begins (抓好|宣办发 -> 宣办发)."""
    while end - start >= 2 and is_ordinary(text[start : start + 2]):
        start += 2
    return start + (text[start : start + 1] == "〕")


def _localities(text: str, places: tuple[tuple[int, int], ...]) -> Iterator[Name]:
    """Towns, villages and neighbourhoods, which no gazetteer holds: a short name before 镇 乡 村 街道 社区."""
    data = _data()
    before = {end: start for start, end in places}
    for suffix in data.locality.finditer(text):
        if suffix.end() in before:  # 桐乡 is a county, not a township
            continue
        anchor = next((at for at in range(suffix.start() - 1, suffix.start() - 5, -1) if at in before), None)
        start = anchor if anchor is not None else _short_name(text, suffix.start())
        name = text[start : suffix.end()]
        if start < suffix.start() and not name.endswith(data.no_localities):
            yield Name(before.get(start, start), suffix.end(), EntityKind.PLACE, True)
    for match in data.governed.finditer(text):
        head = match["name"][:-1]
        if not (head.endswith(data.not_governed) or is_ordinary(head)):
            yield Name(match.start("name"), match.end("name"), EntityKind.PLACE, True)
    for match in data.holding.finditer(text):
        if not is_ordinary(match["name"][:2]) and match["name"][:2] not in data.not_governed:
            yield Name(match.start("name"), match.end("name"), EntityKind.PLACE, True)
    for match in data.visited.finditer(text):
        yield Name(match.start("name"), match.end("name"), EntityKind.PLACE, True)
    for match in data.village.finditer(text):
        yield Name(match.start(), match.end(), EntityKind.PLACE, True)


def _short_name(text: str, end: int, *, loose: bool = False) -> int:
    """Start of a name of two to four characters that ends at `end`, or `end` where only ordinary words stand there.

    A name begins behind a mark or a function word; with `loose`, behind any ordinary word.
    """
    for first in range(max(0, end - 4), end - 1):
        start = strip_ordinary(text, first, end)
        behind = first == 0 or text[first - 1] in _BEFORE_NAMES or start > first
        if end - start < 2 or text[start] in _GOING or not (behind or (loose and is_ordinary(text[first - 2 : first]))):
            continue
        name = text[start:end]
        if not (is_ordinary(name[-2:]) or _BOUNDARY.search(name) or _data().generic.search(name) or set(name) & _GLUE):
            return start
    return end


@dataclass(frozen=True, slots=True)
class _Data:
    suffix: re.Pattern[str]
    generic: re.Pattern[str]
    own_kinds: re.Pattern[str]
    joint: re.Pattern[str]
    public: frozenset[str]
    self_standing: frozenset[str]
    locality: re.Pattern[str]
    no_localities: tuple[str, ...]
    village: re.Pattern[str]
    governed: re.Pattern[str]
    holding: re.Pattern[str]
    not_governed: tuple[str, ...]
    visited: re.Pattern[str]
    unit_terms: re.Pattern[str]
    congress: re.Pattern[str]


@cache
def _data() -> _Data:
    data = load_yaml("names.yaml")
    strong, medium = ("|".join(data["suffixes"][name]) for name in ("strong", "medium"))
    generic = sorted(data["generic_heads"].split(), key=len, reverse=True)
    return _Data(
        suffix=re.compile(f"(?P<strong>{strong})|(?P<medium>{medium})"),
        generic=re.compile("|".join(generic)),
        own_kinds=re.compile(f"(?:{data['own_kinds']})"),
        joint=re.compile(data["joints"]),
        public=frozenset(data["public"].split()),
        self_standing=frozenset(data["self_standing"].split()),
        locality=re.compile(data["localities"]),
        no_localities=tuple(data["locality_generic"].split()),
        village=re.compile(data["village"].replace("{surnames}", load_yaml("people.yaml")["surnames"])),
        visited=re.compile(data["visited"]),
        governed=re.compile(data["governed"].replace("{organ}", data["organ"])),
        holding=re.compile(data["holding"]),
        not_governed=tuple(data["not_governed"].split()),
        unit_terms=any_of(pattern.replace("{level}", data["level"]) for pattern in data["unit_terms"]),
        congress=re.compile(data["congress_bodies"]),
    )
