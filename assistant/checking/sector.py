"""Words of another sector: 院务公开 in a school's plan."""

import re
from collections.abc import Iterator

from assistant.checking.rules import rules
from assistant.checking.subject import Subject
from assistant.datatypes import Finding, FindingKind, Severity
from corpus.datatypes import OrganisationType
from corpus.families import FAMILIES, ForeignWord, find_foreign_words

_PROTECTED = re.compile(r"《[^《》\n]*》|“[^“”\n]*”|【[^【】\n]*】")
_CLAUSE_START = re.compile(r"[，,；;。！？：:\n、]")
_OWN_OPENNESS = {
    OrganisationType.SCHOOL: "校务公开",
    OrganisationType.HOSPITAL: "院务公开",
    OrganisationType.GOVERNMENT: "政务公开",
    OrganisationType.POLICE: "警务公开",
}
_WORKS_OPENNESS = re.compile(
    r"(?<!务[、和及（(])(?<!务公开[、和及（(])厂务公开(?![、和及（(][^，。；]{0,2}务|民主管理|工作领导|领导小组|协调|[)）])"
)
_OWN_VOICE = re.compile(r"[我本全]")


def sector_words(subject: Subject) -> Iterator[Finding]:
    """Words that only another type of unit uses, unless the clause speaks of others (邀请民警, 联系医院)."""
    organisation = subject.organisation
    if organisation is None or organisation is OrganisationType.PEOPLES_CONGRESS:
        return
    text, data = subject.text, rules()
    kept = [match.span() for match in _PROTECTED.finditer(text)] + _own_names(subject)
    skipped = data.ambiguous | data.ambiguous_for.get(organisation, frozenset())
    skipped |= _common_words()
    for each in (*find_foreign_words(text, organisation=organisation), *_works_openness(text, organisation)):
        inside = any(start < each.end and each.start < end for start, end in kept)
        if each.word in skipped or inside or _speaks_of_others(subject, each.start, each.end):
            continue
        sure = _OWN_VOICE.match(each.word) is not None
        yield subject.finding(
            FindingKind.SECTOR_WORD,
            Severity.MUST if sure else Severity.SHOULD,
            (each.start, each.end),
            f"“{each.word}”是别的行业的说法，{organisation}的计划里一般写“{each.ours}”。如确实指外单位，可不改。",
            None if "、" in each.ours else each.ours,
        )


def _own_names(subject: Subject) -> list[tuple[int, int]]:
    """Every place where the unit's own name stands; a college says 我院 and 学院工会 as a hospital does."""
    name = re.escape(subject.name) if subject.name else None
    school = subject.organisation is OrganisationType.SCHOOL
    college = r"学院(?:工会|党委|领导)?" + ("|[我全本]院" if "学院" in (subject.name or "") else "") if school else None
    wanted = "|".join(filter(None, (name, college)))
    return [match.span() for match in re.finditer(wanted, subject.text)] if wanted else []


def _speaks_of_others(subject: Subject, start: int, end: int) -> bool:
    """Whether the clause names the word's bearers as guests, partners or examples."""
    text = subject.text
    before = _CLAUSE_START.split(text[max(0, start - 24) : start])[-1]
    after = _CLAUSE_START.split(text[end : end + 16])[0]
    if text[start] in "我本全":
        return False
    return bool(rules()["sector.guest_before"].search(before) or rules()["sector.guest_after"].match(after))


def _works_openness(text: str, organisation: OrganisationType) -> Iterator[ForeignWord]:
    """厂务公开 said by a house with its own word for it; 校务、院务、厂务公开 and 厂务公开民主管理 name the system."""
    ours = _OWN_OPENNESS.get(organisation)
    for match in _WORKS_OPENNESS.finditer(text) if ours else ():
        yield ForeignWord(match.start(), match.end(), match[0], ours or "")


def _common_words() -> frozenset[str]:
    """What an unspecified unit says is at home everywhere."""
    families = (family for family in FAMILIES.values() if not family.self_reference)
    return frozenset(word for family in families for word in family.words.get(OrganisationType.OTHER, ()))
