"""Numbered forms: congresses, plenums, five-year plans and 普法 plans, whole, abbreviated, wrong or masked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.timeline.cues import wording
from assistant.timeline.entries import EntryKind
from assistant.timeline.numerals import read

MASK = r"(?:〔届次〕|〔词语〕|[十二]?[x*_○]{1,4})"
NUMBER = rf"(?:{MASK}|二十[一二三四五]?|十[一二三四五六七八九]?|\d\d|[一二三四五六七八九](?=届))"
SESSION = r"(?:第?[一二三四五六七1-7x*](?:中|次)|〔届次〕中)"
PARTY = r"(?:中国共产党|中共|党的?)"
UNION = r"(?:中国工会|全国工会|(?:中华)?全国总工会|全总|工会)"
SESSIONS = rf"(?P<sessions>{SESSION}(?:(?:、|和|及|与)+{SESSION})*)"
CONGRESS = re.compile(
    rf"(?P<owner>{PARTY}|{UNION})?第?(?P<number>{NUMBER})(?P<form>大|次(?:全国)?代表大会|次党代会|〔届次〕)"
)
MASKED_CONGRESS = re.compile(rf"(?P<owner>{PARTY}|{UNION})(?P<number>〔届次〕)(?=精神)")
PLENUM = re.compile(
    rf"(?P<owner>{PARTY})?第?(?P<number>{NUMBER})(?P<form>届|大)(?:中央委员会)?"
    rf"(?:{SESSIONS}(?:全会|全体会议|(?=精神))|(?P<whole>历次全会)|(?P<blank>中全会))"
)
BARE_PLENUM = re.compile(rf"{SESSIONS}全会")
UNION_SESSION = re.compile(
    rf"(?:中国工会|(?:中华)?全国总工会|全总)第?(?P<number>{NUMBER})届第?(?:{MASK}|[一二三四五六七八九])次"
    r"(?:全体)?(?:执委(?:会议?)?|执行委员会|全委会|主席团)(?:\(扩大\)|扩大)?(?:全体)?(?:会议)?"
)
PLAN = re.compile(
    rf"(?P<number>{MASK}|十[一二三四五六]?|九)[·.]?五|第(?P<ordinal>十[一二三四五六]?|九)个五年(?=规划|计划)|〔规划〕五?"
)
PUFA = re.compile(
    r"(?P<number>[三四五六七八九])[·.]?五(?=普法|法[治制]宣传教育)(?:普法)?"
    r"|第(?P<ordinal>[三四五六七八九])个五年(?=普法|法[治制]宣传)"
)
MASKED_THEORY = re.compile(r"(?:〔词语〕|〔口号〕|[x*_○]{2,8})重要思想")
NOT_BEFORE_ORDINAL = re.compile(r"[第〇零一二三四五六七八九十百千\d]$")
NOT_AFTER_ORDINAL = re.compile(r"[日号天年月人名个条次届场项万千百分大倍米元]")


@dataclass(frozen=True, slots=True)
class Found:
    """A numbered form in squeezed text. `number` is None when masked; `sessions` holds what a plenum list names."""

    start: int
    end: int
    kind: EntryKind
    number: int | None
    sessions: tuple[int, ...] = ()
    whole: bool = False  # 历次全会
    wrong: bool = False  # 十八大三中全会
    union_session: bool = False
    phase: str = ""
    id: str = ""  # of the event, for anniversaries


def numbered(text: str) -> Iterator[Found]:
    """Every numbered form, overlapping ones included; the caller keeps the longest."""
    yield from _congresses(text)
    yield from _plenums(text)
    for match in UNION_SESSION.finditer(text):
        number = read(match["number"])
        yield Found(*match.span(), EntryKind.UNION_CONGRESS, number, union_session=True)
    yield from _plans(text)
    for match in PUFA.finditer(text):
        ordinal = match["number"] or match["ordinal"]
        yield Found(*match.span(), EntryKind.PUFA, read(ordinal))
    for match in MASKED_THEORY.finditer(text):
        yield Found(*match.span(), EntryKind.THEORY, None)


def _congresses(text: str) -> Iterator[Found]:
    for pattern in (CONGRESS, MASKED_CONGRESS):
        for match in pattern.finditer(text):
            owner, number = match["owner"] or "", read(match["number"])
            if _is_congress(text, match, owner, masked=number is None):
                kind = EntryKind.UNION_CONGRESS if re.fullmatch(UNION, owner) else EntryKind.CONGRESS
                yield Found(*match.span(), kind, number)


def _is_congress(text: str, match: re.Match[str], owner: str, *, masked: bool) -> bool:
    """A congress of the party or of all the unions, not a local one, another body's or a count."""
    words = wording()
    if words.follows("not_congress_after", text, match.end()):
        return False
    if owner:
        return owner != "工会" or not words.precedes("local_before", text, match.start())
    if words.precedes("not_congress_before", text, match.start()):
        return False
    if masked and not words.follows("masked_after", text, match.end()):
        return False
    return match["form"] in ("大", "次全国代表大会", "〔届次〕")


def _plenums(text: str) -> Iterator[Found]:
    for match in PLENUM.finditer(text):
        if not match["owner"] and NOT_BEFORE_ORDINAL.search(text[: match.start()][-1:]):
            continue
        sessions = _sessions(match["sessions"])
        number = read(match["number"])
        masked = match["blank"] is not None or (match["sessions"] is not None and not sessions)
        yield Found(
            *match.span(),
            EntryKind.PLENUM,
            None if masked else number,
            sessions=sessions,
            whole=match["whole"] is not None,
            wrong=match["form"] == "大",
        )
    for match in BARE_PLENUM.finditer(text):
        yield Found(*match.span(), EntryKind.PLENUM, None, sessions=_sessions(match["sessions"]))


def _sessions(text: str | None) -> tuple[int, ...]:
    return tuple(number for mark in re.findall(r"[一二三四五六七1-7](?=中|次)", text or "") if (number := read(mark)))


def _plans(text: str) -> Iterator[Found]:
    words = wording()
    for match in PLAN.finditer(text):
        mark = match["number"] or match["ordinal"] or ""
        number, end = read(mark), match.end()
        if match["number"] and NOT_BEFORE_ORDINAL.search(text[: match.start()][-1:]):
            continue
        if match["number"] and NOT_AFTER_ORDINAL.match(text, end) and not words.follows("plan_phase", text, end):
            continue
        if match["number"] and (number is None or number < 11) and not words.follows("plan_after", text, end):
            continue
        phase = words.follows("plan_phase", text, end)
        suffix = re.compile(r"(?:规划|计划)").match(text, end)
        end = phase.end() if phase else (suffix.end() if suffix else end)
        yield Found(match.start(), end, EntryKind.PLAN, number, phase=phase.group() if phase else "")
