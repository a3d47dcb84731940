"""Whose plan it is: organisation type, and whether it is a union's at all.

Two cue tables are added up. `self` cues name the writer's own unit (我校, 局党组, 各级工会) and count again in the
opening; `domain` cues are a sector's vocabulary and weigh less, since plans of broad types use every sector's. Titles
lie: a title counts no more than a sentence, a file name less.
"""

import re
from functools import cache

from corpus.cues import Table, Zone, confidence, load_table, load_yaml, score
from corpus.datatypes import OrganisationType
from corpus.unit import undated

_OPENING = 260  # characters from the start of the body in which a plan introduces itself
_OPENING_WEIGHT = 1.0  # on top of the body's own 1.0
_SUBJECT = 36  # characters: who acts in the first sentence
_SUBJECT_WEIGHT = 1.5
_TITLE_WEIGHT = 0.7
_FILE_NAME_WEIGHT = 0.25
_UNIT_WEIGHT = 4.0  # what the unit's name is worth
_NAMED_WEIGHT = 2.0  # what a title that names the kind of unit is worth
_SUBJECT_NAMED_WEIGHT = 4.0  # … and a text that begins with the union that acts
_SUBJECT_UNION = re.compile(
    r"\s*(?:(?:(?:\d{4}|〔年份〕)年度?|今年|本?学期|[上下]半年|一年来|以来)+，?\s*)?"
    r"([一-龥]{1,14}?工会(?:联合会|委员会)?)(?=[将要坚围以紧在认继的按把积充深聚立克全扎])"
)
_SURE = 0.7  # confidence where the unit's own name and the text agree
_SCALE = 4.0  # score points that make the best type e times as likely as the next
_LEAST_EVIDENCE = 1.0  # below this score the type is 其他
_FAINT_EVIDENCE = 3.0  # below this one it is a guess
_LEAST_UNION = 3.0  # score points below which a text that never says 工会 is no union's
_UNDER = re.compile(r"在[^，。；\n]{2,40}?(?:领导|指导|关心|支持|帮助)下")  # who leads us is not who we are
_BROAD = (
    OrganisationType.COUNTY_UNION,
    OrganisationType.EDUCATION_HEALTH,
    OrganisationType.TOWNSHIP,
)


def label_organisation(
    text: str, *, title: str, file_name: str, unit: str | None, is_union: bool
) -> tuple[OrganisationType, float]:
    """Return the organisation type and a confidence in (0, 1]. A `unit` named in the text says what it is."""
    scores = organisation_scores(text, title=title, file_name=file_name)
    subject = _SUBJECT_UNION.match(text)
    sure = None
    for name, weight in (
        (unit.removesuffix("工会") + "工会" if unit else "", _UNIT_WEIGHT),
        (undated(title), _NAMED_WEIGHT),
        (subject[1] if subject else "", _SUBJECT_NAMED_WEIGHT),
    ):
        named = next((kind for kind, pattern in _unit_kinds() if pattern.search(name)), None)
        if named is not None and sure in (None, named):  # 县分公司工会 says less than 县邮政分公司工会
            scores[named] = scores.get(named, 0.0) + weight
            sure = named
    if sure == OrganisationType.EDUCATION_HEALTH:  # its members' words are its own
        scores[sure] += max(scores[OrganisationType.SCHOOL], scores[OrganisationType.HOSPITAL])
    if is_union:  # unions study the sessions of people's congresses; no congress runs a union
        del scores[OrganisationType.PEOPLES_CONGRESS]
    best = max(scores, key=lambda name: scores[name])
    if scores[best] < _LEAST_EVIDENCE:
        return OrganisationType.OTHER, 0.3
    if best == sure and unit:
        return OrganisationType(best), max(_SURE, confidence(scores, scale=_SCALE))
    if scores[best] < _FAINT_EVIDENCE:
        return OrganisationType(best), 0.4
    return OrganisationType(best), confidence(scores, scale=_SCALE)


def organisation_scores(text: str, *, title: str, file_name: str) -> dict[str, float]:
    """Return the evidence for every organisation type but 其他, in score points."""
    narrow, broad, domain = _tables()
    independent = _UNDER.sub("", text)
    names = (Zone(title, _TITLE_WEIGHT), Zone(file_name, _FILE_NAME_WEIGHT))
    totals = {
        **score((Zone(text, 1.0), *_starts(text), *names), narrow),
        **score((Zone(independent, 1.0), *_starts(independent), *names), broad),
    }
    for name, value in score((Zone(text, 1.0), *names), domain).items():
        totals[name] += value
    return totals


def _starts(text: str) -> tuple[Zone, Zone]:
    return Zone(text[:_SUBJECT], _SUBJECT_WEIGHT), Zone(text[:_OPENING], _OPENING_WEIGHT)


def label_union(text: str, *, title: str) -> tuple[bool, float]:
    """Return whether a union wrote the text, with a confidence in (0.5, 1]."""
    union, others, names = _union_tables()
    ours = sum(score((Zone(text, 1.0),), union).values())
    theirs = max(score((Zone(text, 1.0),), others).values())
    if names["union"].search(title):
        ours += 6
    elif names["other"].search(title):
        theirs += 6
    if ours < _LEAST_UNION and "工会" not in title + text:
        return False, 0.7
    share = (ours + 1) / (ours + theirs + 2)
    return share >= 0.5, max(share, 1 - share)


@cache
def _tables() -> tuple[Table, Table, Table]:
    """Cues of the writer's own unit for narrow and for broad types, and the vocabularies."""
    data = load_yaml("organisation.yaml")
    labels = [str(name) for name in OrganisationType]
    narrow = {name: cues for name, cues in data["self"].items() if name not in _BROAD}
    broad = {name: cues for name, cues in data["self"].items() if name in _BROAD}
    return (
        load_table(narrow, labels=labels),
        load_table(broad, labels=labels),
        load_table(data["domain"], labels=labels),
    )


@cache
def _unit_kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What the end of a union's name says about its unit, in the order tried."""
    data = load_yaml("unit.yaml")
    return tuple((str(OrganisationType(kind)), re.compile(pattern)) for kind, pattern in data["kinds"].items())


@cache
def _union_tables() -> tuple[Table, Table, dict[str, re.Pattern[str]]]:
    data = load_yaml("union.yaml")
    names = {side: re.compile(pattern) for side, pattern in data["title"].items()}
    union = load_table({"union": data["union"]}, labels=["union"])
    return union, load_table(data["other"], labels=data["other"]), names
