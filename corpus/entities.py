"""What belongs to one unit only: names, places, people, local programmes, counts, dates, sessions, awards …

Every rule proposes candidates; where they overlap the longer one stays. National names (《工会法》, “安康杯”) are on a
list and never proposed. `hard` entities may appear in no other unit's text; the others (我局, 县总工会, 每月一次) only
where the organisation type differs.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from corpus.cleaning.script import as_rules_read
from corpus.cues import any_of, load_yaml
from corpus.datatypes import Entity, EntityKind, OrganisationType
from corpus.names import Name, find_names, strip_ordinary

_QUOTED = re.compile(r"“([^“”\n]{2,40})”|‘([^‘’\n]{2,40})’|「([^「」\n]{2,40})」|\"([^\"\n]{2,40})\"")
_CARRIER = re.compile(
    "(?:信箱|邮箱|热线|小程序|公众号|微信群|QQ群|APP)"
)  # “金点子” is everyone's, “金点子”信箱 one unit's
_BOOK = re.compile(r"《([^《》\n]{2,60})》")
_CUP = re.compile(r"[\u4e00-\u9fff]{2}杯(?=[\u4e00-\u9fff]{0,5}(?:赛|竞赛|活动|邀请|比武))")
_CALLED = re.compile(r"(?:简称|称为|称)(?:为)?$")
_NATIONAL_BODY = re.compile(
    r"(?:党的?|中共|中央|全总|中国工会|全国总工会|全国工会|全国|(?<![省市县区州局校院司厂镇乡街矿])工会)第?$"
)
_SEPARATOR = re.compile(r"[、，,；;。\s]+")
_PLAIN = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9〔〕+]")
_SLIGHT = re.compile(r"(?:大讲堂|竞赛|评比|一日捐|工程|讲座|活动|品牌|岗|能手|标兵|意识|机制|制度|原则|理念)$")


def find_entities(text: str, *, organisation: OrganisationType) -> tuple[Entity, ...]:
    """Return the entities of `text`, clean (with slots 〔年份〕) or raw, in order, without overlap."""
    read = as_rules_read(text)
    candidates = [*find_names(read), *_patterned(read), *_titled(read), *_programmes(read)]
    if organisation is OrganisationType.PEOPLES_CONGRESS:
        candidates += _affairs(read)
    return tuple(
        Entity(name.start, name.end, text[name.start : name.end], name.kind, name.hard) for name in _longest(candidates)
    )


def _longest(candidates: Iterable[Name]) -> list[Name]:
    """Keep the longest of overlapping candidates (hard before soft at equal length), in text order."""
    kept: list[Name] = []
    taken: set[int] = set()
    for name in sorted(candidates, key=lambda name: (name.start - name.end, not name.hard, name.start)):
        span = range(name.start, name.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(name)
    return sorted(kept, key=lambda name: name.start)


def _patterned(text: str) -> Iterator[Name]:
    """Counts, dates, times, sessions, phone and document numbers, awards, masks and unquoted slogans."""
    books = [match.span() for match in _BOOK.finditer(text)]
    for rule in _data().rules:
        for match in rule.pattern.finditer(text):
            if rule.kind is not EntityKind.MASK and any(start < match.start() < end for start, end in books):
                continue
            if rule.kind is EntityKind.SESSION and _NATIONAL_BODY.search(
                text, max(0, match.start() - 6), match.start()
            ):
                continue
            start = match.start()
            if rule.kind is EntityKind.DOCUMENT_NUMBER:
                start = strip_ordinary(text, start, match.end())
            yield Name(start, match.end(), rule.kind, rule.hard)


def _titled(text: str) -> Iterator[Name]:
    """Laws and documents in 《》 that are not national ones."""
    data = _data()
    for match in _BOOK.finditer(text):
        title = match[1]
        if data.local_document.match(title) or (data.foreign_document.search(title) and not _national(title)):
            yield Name(match.start(), match.end(), EntityKind.LAW, True)
        elif not data.national_document.search(title) and not _national(title):
            yield Name(match.start(), match.end(), EntityKind.PROGRAMME, False)


def _programmes(text: str) -> Iterator[Name]:
    """Campaigns, slogans and prizes by their quotes, and cups."""
    for match in _QUOTED.finditer(text):
        inner = next(group for group in match.groups() if group)
        own = not _national(inner) or _CARRIER.match(text, match.end())
        if own and not _CALLED.search(text, max(0, match.start() - 4), match.start()):
            hard = not _SLIGHT.search(inner) or bool(re.search(r"[\d一二三四五六七八九十两我〔]", inner))
            yield Name(match.start(), match.end(), EntityKind.PROGRAMME, hard)
    for match in _CUP.finditer(text):
        if not _national(match[0][-3:]) and not match[0].endswith(("世界杯", "安康杯", "奖杯")):
            yield Name(match.start(), match.end(), EntityKind.PROGRAMME, True)


def _affairs(text: str) -> Iterator[Name]:
    for match in _data().affairs.finditer(text):
        yield Name(match.start(), match.end(), EntityKind.PROGRAMME, True)


def _national(name: str) -> bool:
    """Whether every union may use the name."""
    data = _data()

    def listed(part: str) -> bool:
        plain = _PLAIN.sub("", part)
        return plain in data.national or any(pattern.search(plain) for pattern in data.national_patterns)

    return listed(name) or all(listed(part) for part in _SEPARATOR.split(name))


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    kind: EntityKind
    hard: bool


@dataclass(frozen=True, slots=True)
class _Data:
    rules: tuple[_Rule, ...]
    national: frozenset[str]
    national_patterns: tuple[re.Pattern[str], ...]
    national_document: re.Pattern[str]
    foreign_document: re.Pattern[str]
    local_document: re.Pattern[str]
    affairs: re.Pattern[str]


@cache
def _data() -> _Data:
    data = load_yaml("entities.yaml")
    documents = data["documents"]
    return _Data(
        rules=tuple(
            _Rule(
                any_of(rule["patterns"]),
                EntityKind(rule["kind"]),
                rule["hard"],
            )
            for rule in data["patterns"]
        ),
        national=frozenset(_PLAIN.sub("", name) for line in data["national"] for name in str(line).split()),
        national_patterns=tuple(re.compile(pattern) for pattern in data["national_patterns"]),
        national_document=re.compile("|".join(documents["national"])),
        foreign_document=re.compile("|".join(documents["foreign"])),
        local_document=re.compile(documents["local"]),
        affairs=re.compile("|".join(data["affairs"])),
    )
