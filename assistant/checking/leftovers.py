"""What belongs to another unit: its name, its place, its campaigns."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checking.rules import rules
from assistant.checking.samples import Samples
from assistant.checking.subject import Subject, Zone
from assistant.datatypes import Finding, FindingKind, Severity
from corpus.datatypes import Entity, EntityKind, OrganisationType
from corpus.entities import find_entities
from corpus.places import find_places

_NAMED = (EntityKind.ORGANISATION, EntityKind.PLACE)
_ADMINISTRATIVE = re.compile(r"(?:特别行政区|自治[区州县旗]|[省市县区州盟旗镇乡村]|街道|社区)$")
_PROVINCE = re.compile(r"[\u4e00-\u9fff]{2,4}(?:省|自治区)")
_CLAUSE_START = re.compile(r"[，,；;。！？：:\n]")
_UNION = re.compile(r"(?:机关)?(?:总工会|联合工会|分工会|工会)(?:委员会|联合会)?$")
_SHORT = 4  # characters that a part of a name needs to be taken for the name


@dataclass(frozen=True, slots=True)
class _Own:
    """What the unit may call itself and its place."""

    name: str
    stems: frozenset[str]  # places of the name without 省 市 县 …
    kind: str  # end of the name: 医院, 中学 …


def leftovers(subject: Subject, *, samples: Samples) -> Iterator[Finding]:
    """Names of other units and places, and names that only one sample has. Silent where the unit is not known."""
    text = subject.text
    found = find_entities(text, organisation=subject.organisation or OrganisationType.OTHER)
    taken: list[tuple[int, int]] = []
    if subject.name:
        own = _own(subject.name)
        suspects = [each for each in found if each.kind in _NAMED and not _ours(each.text, own)]
        superior = _superiors(suspects, own)
        for each in suspects:
            severity = _severity(each, subject, own, superior)
            if severity is not None:
                taken.append((each.start, each.end))
                yield _finding(subject, each.start, each.end, severity, "")
    for start, end, name in _names_of_samples(subject, samples):
        if not any(first < end and start < last for first, last in taken):
            passage = samples.names[name]
            where = f"这是范文“{passage.title or passage.file}”（{passage.file}）里那个单位特有的说法，"
            slogan = name[0] in "“‘《"
            yield _finding(subject, start, end, Severity.HINT if slogan else Severity.SHOULD, where)


def _finding(subject: Subject, start: int, end: int, severity: Severity, where: str) -> Finding:
    what = subject.text[start:end]
    who = f"“{subject.name}”" if subject.name else "本单位"
    reason = where or f"不是{who}的名称或所在地，"
    message = f"“{what}”{reason}像是别的单位留下的。请改成本单位的，或删去；如确实指它，可不改。"
    return subject.finding(FindingKind.ENTITY, severity, (start, end), message)


def _own(name: str) -> _Own:
    stems = {_stem(name[start:end]) for start, end in find_places(name)}
    head = re.match(r"([\u4e00-\u9fff]{2,6}?)[省市县区镇乡]", name)
    if head:
        stems.add(head[1])
    stems |= {match for match in re.findall(r"(?<=[省市县区州])([\u4e00-\u9fff]{2,4}?)[县区镇乡村]", name)}
    unit = rules()["leftovers.unit"].search(_UNION.sub("", name))
    return _Own(name, frozenset(stem for stem in stems if len(stem) >= 2), unit[0] if unit else "")


def _stem(place: str) -> str:
    bare = _ADMINISTRATIVE.sub("", place)
    return bare if len(bare) >= 2 else place


def _ours(text: str, own: _Own) -> bool:
    """Whether the words are part of our name, hold it, or name our place."""
    bare = _UNION.sub("", own.name)
    if text in own.name or own.name in text or (len(bare) >= _SHORT and bare in text):
        return True
    core = re.sub(r"(?:工会|工会委员会|委员会)$", "", text)
    if len(core) >= _SHORT and core in own.name:
        return True
    if any(stem in text for stem in own.stems):
        return not (own.kind and _same_kind_elsewhere(text, own))
    return False


def _same_kind_elsewhere(text: str, own: _Own) -> bool:
    """Another school or hospital of our own place: 临江市第一中学 in a plan of 临江市第三中学."""
    base = _UNION.sub("", text)
    return (
        own.kind in ("中学", "小学", "医院", "学校", "幼儿园", "公司") and base.endswith(own.kind) and base != own.kind
    )


def _superiors(suspects: list[Entity], own: _Own) -> frozenset[str]:
    """Places that may stand above ours: of each level the one most often named, where nothing speaks against it."""
    data = rules()
    provinces: Counter[str] = Counter()
    cities: Counter[str] = Counter()
    for each in suspects:
        for start, end in find_places(each.text):
            place = each.text[start:end]
            if _PROVINCE.fullmatch(place):
                provinces[_stem(place)] += 1
            elif _stem(place) in data.cities:
                cities[_stem(place)] += 1
    ours = next((stem for stem in own.stems if stem in data.cities), None)
    allowed: set[str] = set()
    if ours is not None:
        allowed.add(data.cities[ours])
    elif cities:
        city = cities.most_common(1)[0][0]
        allowed |= {city, data.cities[city]}
    elif provinces:
        allowed.add(provinces.most_common(1)[0][0])
    return frozenset(allowed)


def _severity(each: Entity, subject: Subject, own: _Own, superior: frozenset[str]) -> Severity | None:
    """How sure it is that the name was left over; None where it may well stand."""
    data, text = rules(), subject.text
    if subject.in_quoted(each.start, each.end) or data["leftovers.not_a_name"].search(each.text):
        return None
    before = _CLAUSE_START.split(text[max(0, each.start - 16) : each.start])[-1]
    after = text[each.end : each.end + 8]
    if data["leftovers.visiting"].search(before) or data["leftovers.famed"].match(after):
        return None
    if each.text.endswith("学") and after[:1] in ("习", "生", "员"):  # 集中学|习 is no 中学
        return None
    places = {_stem(each.text[start:end]) for start, end in find_places(each.text)}
    if each.kind is EntityKind.PLACE:
        return _place_severity(each.text, before, after, places, superior)
    if places & superior and data["leftovers.superior"].search(each.text):
        return None
    if not places and not _same_trade(each.text, subject):
        return None
    signed = any(p.zone in (Zone.TITLE, Zone.SIGNATURE) and p.start <= each.start < p.end for p in subject.pieces)
    return Severity.MUST if places or signed else Severity.SHOULD


def _same_trade(name: str, subject: Subject) -> bool:
    """Whether a name without a place in it is one of our own trade: another company in a company's plan. Unions that
    look after many units name them all, and a school's plan may name a company.
    """
    trade = subject.organisation and rules().trades.get(subject.organisation)
    return bool(trade and trade.search(name) and not rules()["leftovers.prose"].search(name))


def _place_severity(place: str, before: str, after: str, known: set[str], superior: frozenset[str]) -> Severity | None:
    """A place with 省 市 县 … is another's; a bare one only where it is claimed (建设美丽某某)."""
    data = rules()
    if known & superior:
        return None
    if _ADMINISTRATIVE.search(place):
        straddles = place[-1] in "乡村" and after[:1] in ("村", "镇", "情", "土", "贤", "振")
        return Severity.MUST if known else (None if straddles or len(place) < 3 else Severity.SHOULD)
    claimed = data["leftovers.claimed_after"].match(after) or data["leftovers.claimed_before"].search(before)
    return Severity.MUST if claimed else None


def _names_of_samples(subject: Subject, samples: Samples) -> Iterator[tuple[int, int, str]]:
    """Telling names of samples that stand in the text, our own name apart."""
    own = subject.name or ""
    for name in samples.names:
        at = -1 if name in own else subject.text.find(name)
        while at >= 0:
            yield at, at + len(name), name
            at = subject.text.find(name, at + len(name))
