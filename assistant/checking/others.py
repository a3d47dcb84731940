"""Who else stands in the text: another unit's union, people, phone numbers, two totals that cannot both be true."""

import re
from collections.abc import Iterator

from assistant.checking.rules import rules
from assistant.checking.subject import Subject, Zone
from assistant.datatypes import Finding, FindingKind, Severity
from corpus.datatypes import EntityKind, OrganisationType
from corpus.entities import find_entities

# Unions that look after many units name those units.
_AREAS = (
    *(OrganisationType.COUNTY_UNION, OrganisationType.TOWNSHIP, OrganisationType.COMMUNITY),
    OrganisationType.EDUCATION_HEALTH,
)
_TAIL = re.compile(r"(?:机关)?工会(?:委员会)?$")


def other_unions(subject: Subject) -> Iterator[Finding]:
    """Unions that plan in this text and are not its own; without a known name, all but the first of several."""
    if subject.organisation in _AREAS:
        return
    named = [
        (match.start("name"), match.end("name"), match["name"])
        for match in rules()["others.union"].finditer(subject.text)
        if not rules()["others.general"].search(match["name"])
    ]
    own = _TAIL.sub("", subject.request.name or _titled(subject) or subject.name or _first(named))
    for start, end, name in named:
        if own and not _same(name, own) and not subject.in_quoted(start, end):
            message = f"“{name}”不是“{own}”，像是别的单位留下的。请改成本单位的；如确是所属或合作单位，可不改。"
            yield subject.finding(FindingKind.ENTITY, Severity.SHOULD, (start, end), message)


def _first(named: list[tuple[int, int, str]]) -> str:
    return named[0][2] if named else ""


def _titled(subject: Subject) -> str:
    """The unit the title names."""
    found = re.match(r"([\u4e00-\u9fff（）]{3,40}?)(?:机关)?工会", subject.title)
    return found[1] if found else ""


def _same(name: str, own: str) -> bool:
    """Whether a name is ours, written in full or short: every letter of the shorter one in its order in the longer."""
    short, long = sorted((name, own), key=len)
    letters = iter(long)
    return name in own or own in name or all(letter in letters for letter in short)


def people(subject: Subject) -> Iterator[Finding]:
    """Names of people and phone numbers, to be looked at: a plan copied from another unit keeps them."""
    for each in find_entities(subject.text, organisation=subject.organisation or OrganisationType.OTHER):
        if each.kind not in (EntityKind.PERSON, EntityKind.PHONE) or subject.in_quoted(each.start, each.end):
            continue
        if any(p.zone is Zone.SIGNATURE and p.start <= each.start < p.end for p in subject.pieces):
            continue
        before, after = subject.text[max(0, each.start - 12) : each.start], subject.text[each.end : each.end + 12]
        if rules()["others.model_before"].search(before) or rules()["others.model_after"].match(after):
            continue
        called = rules()["others.person_before"].search(before) or rules()["others.person_after"].match(after)
        if each.kind is EntityKind.PERSON and not called:
            continue
        what = "电话号码" if each.kind is EntityKind.PHONE else "人名"
        message = f"“{each.text}”是{what}，请核对是不是本单位的；照搬别处材料时容易留下。"
        yield subject.finding(FindingKind.ENTITY, Severity.HINT, (each.start, each.end), message)


def totals(subject: Subject) -> Iterator[Finding]:
    """A second total of the same people: 全院职工820人 where 现有职工1 260人 stands above."""
    told: dict[str, str] = {}
    for match in rules()["others.total"].finditer(subject.text):
        whom, count = match["whom"], match["before"] or match["behind"]
        if told.setdefault(whom, count) != count:
            message = (
                f"前面写的是{told[whom]}人，这里是{count}人，两处{whom}总数不一致，可能有一处是别的单位的。请核对。"
            )
            yield subject.finding(FindingKind.ENTITY, Severity.HINT, match.span(), message)
