"""A sample's sentence in the unit's own words: every change is an edit, and the edits alone make the new sentence.

All rules look at the sentence as the sample has it and propose edits; where two overlap the earlier rule wins.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.datatypes import Edit, Provenance, ProvenanceKind, Sentence
from assistant.drafting.exchange import exchanges, foreign_in, rules_of_exchange
from assistant.drafting.screen import contradiction, fits
from assistant.drafting.setting import Setting, references_stand, refreshed
from assistant.drafting.templates import SLOT
from assistant.drafting.timing import in_time
from corpus.datatypes import EntityKind, OrganisationType, Passage, Period

_PROTECTED = re.compile(r"《[^《》]*》|“[^“”]*”")
_HAN = "㐀-鿿”’》）％%"
_WIDE = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
_NARROW = re.compile(rf"(?<=[{_HAN}\d])[,;:!?](?=[{_HAN}“‘《（(]|$)|[()](?=.)|(?<=[{_HAN}])\)|(?<=[{_HAN}])\.$")
_STRAIGHT_QUOTE = re.compile(r'"([^"“”]{1,60})"')
_QUOTED = re.compile(r"[“‘]([^“”‘’]+)[”’]")
_JOINTS = ("、", "和", "及", "与", "以及")
_TITLE = re.compile(r"《([^《》]+)》")
_YEAR_SLOT = re.compile(r"〔年份〕(年?)")
# kinds that belong to one unit even where the organisation type is the same
_NEVER = frozenset(
    {EntityKind.PERSON, EntityKind.DATE, EntityKind.TIME, EntityKind.SESSION, EntityKind.AWARD, EntityKind.PHONE}
    | {EntityKind.DOCUMENT_NUMBER, EntityKind.MASK, EntityKind.PLACE, EntityKind.LAW}
)
_UNSOUND = re.compile(
    r"[〔〕]|[xX×*]{2}|__|[，。；：、！？]{2}|（）|《》|“”|^[，。；：、！？）》”]|[a-z]{3}"
    r"|([㐀-鿿]{2,4})\1(?<!一点一点)(?<!研究研究)|的的|县县|市市|了了|和和|地地|(?<![参温缓柔])[和与]。|[、及，]。|[^。！？；]$|(?<![》”])、《|、，|，、"
    r"|([㐀-鿿]{2,8})(?:[、和及与]|以及)(?:[㐀-鿿]{2,8}[、和及与])?\2(?=[、，。；和及与的]|工作|活动)"
)
_PAIRS = ("“”", "《》", "（）", "‘’", "【】")


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """The text with its edits applied; they are ordered and do not overlap."""
    parts, position = [], 0
    for edit in edits:
        parts += [text[position : edit.start], edit.after]
        position = edit.end
    return "".join(parts) + text[position:]


def borrow(passage: Passage, start: int, end: int, *, setting: Setting) -> Sentence | None:
    """The sentence passage.text[start:end] in the unit's words, or None where no honest edit makes it fit."""
    text = passage.text[start:end]
    if contradiction(text, year=setting.request.year):
        return None
    edits = _edits(text, setting)
    if edits is None or not _entities_gone(passage, start, end, edits, setting.organisation):
        return None
    if passage.organisation is not setting.organisation and _own_programme(text):
        return None
    adapted = apply_edits(text, edits)
    if _own_paper(adapted) or not is_sound(adapted, setting=setting):
        return None
    return Sentence(adapted, Provenance(ProvenanceKind.BORROWED, passage.id, start, end, edits))


def is_sound(text: str, *, setting: Setting, ours: bool = False) -> bool:
    """Whether a finished sentence may stand in the draft: whole, in time, of this sector, with current references.

    `ours`: wording of our own, written for the type, which needs no look at sector marks.
    """
    organisation, strange = setting.organisation, setting.unit.strange
    return (
        not _UNSOUND.search(text)
        and not (strange and strange.search(text))
        and all(text.count(pair[0]) == text.count(pair[1]) for pair in _PAIRS)
        and (ours or fits(text, organisation=organisation))
        and all(_our_own(word, setting) for word in foreign_in(_PROTECTED.sub("", text), organisation=organisation))
        and in_time(
            text, months=setting.months, period=setting.period, year=setting.request.year, organisation=organisation
        )
        and references_stand(text, setting=setting)
    )


def _our_own(word: str, setting: Setting) -> bool:
    """Whether a word of another sector is what this unit calls itself: 我院 of a court, 院工会 in 学院工会."""
    return any(word in ours for ours in setting.unit.words.values())


def _own_paper(text: str) -> bool:
    """Whether a title stands in the text that is no law or rule of everybody: a paper of the sample's own unit."""
    return any(not rules_of_exchange().common_titles.search(title) for title in _TITLE.findall(text))


def _own_programme(text: str) -> bool:
    """Whether a quoted name stands in the text that is not everybody's."""
    return any(not rules_of_exchange().common_quotes.fullmatch(quote) for quote in _QUOTED.findall(text))


def _edits(text: str, setting: Setting) -> tuple[Edit, ...] | None:
    """References first, then the rules in order, overlapping later edits dropped; None where a reference is lost."""
    references = refreshed(text, setting=setting)
    if references is None:
        return None
    chosen: list[Edit] = list(references)
    for rule in _RULES:
        for edit in rule(text, setting):
            if edit.before != edit.after and not any(edit.start < one.end and one.start < edit.end for one in chosen):
                chosen.append(edit)
    return tuple(_joined(text, sorted(chosen, key=lambda edit: edit.start)))


def _joined(text: str, edits: Sequence[Edit]) -> Iterator[Edit]:
    """The edits, with two members of a list that became the same word made one: 教代会、职代会 -> 职代会."""
    merged: list[Edit] = []
    for edit in edits:
        last = merged[-1] if merged else None
        if last and edit.after and edit.after == last.after and text[last.end : edit.start] in _JOINTS:
            merged[-1] = Edit(last.start, edit.end, text[last.start : edit.end], last.after, last.why)
        else:
            merged.append(edit)
    floors = [0, *(edit.end for edit in merged)]
    ceilings = [*(edit.start for edit in merged[1:]), len(text)]
    for edit, floor, ceiling in zip(merged, floors, ceilings, strict=False):
        yield _absorbing(text, edit, floor, ceiling)


def _absorbing(text: str, edit: Edit, floor: int, ceiling: int) -> Edit:
    """The edit, grown over the same word standing beside it in a list, within text[floor:ceiling]."""
    start, end = edit.start, edit.end
    for joint in _JOINTS if len(edit.after) > 1 else ():
        if text.startswith(joint + edit.after, end) and end + len(joint + edit.after) <= ceiling:
            end += len(joint + edit.after)
        if text.endswith(edit.after + joint, floor, start):
            start -= len(edit.after + joint)
    return Edit(start, end, text[start:end], edit.after, edit.why)


def _year_slots(text: str, setting: Setting) -> Iterator[Edit]:
    over_new_year = setting.period in (Period.FIRST_TERM, Period.SCHOOL_YEAR)
    word = "" if over_new_year else f"{setting.request.year}年"  # a month of such a plan may lie in either year
    for match in _YEAR_SLOT.finditer(text):
        yield Edit(match.start(), match.end(), match[0], word, "年份")


def _typos(text: str, setting: Setting) -> Iterator[Edit]:
    for pattern, right in rules_of_exchange().typos:
        for match in pattern.finditer(text):
            yield Edit(match.start(), match.end(), match[0], match.expand(right), "错字")


def _trims(text: str, setting: Setting) -> Iterator[Edit]:
    for match in rules_of_exchange().trims.finditer(text):
        yield Edit(match.start(), match.end(), match[0], "", "语气")


def _period_words(text: str, setting: Setting) -> Iterator[Edit]:
    within_year = setting.period in (Period.YEAR, Period.FIRST_HALF, Period.SECOND_HALF)
    for match in rules_of_exchange().this_period.finditer(text):
        fine = within_year and match[0] in ("今年", "年内", "年度内", "本年度")
        word = "今年" if within_year else setting.in_text
        yield Edit(match.start(), match.end(), match[0], match[0] if fine else word, "周期")


def cadences(text: str, *, period: Period) -> Iterator[Edit]:
    """How often, said for the plan's own time: 每年 becomes 上半年 in a plan of half a year."""
    for pattern, word in rules_of_exchange().cadence.get(period, ()):
        for match in pattern.finditer(text):
            yield Edit(match.start(), match.end(), match[0], word, "周期")


def _cadences(text: str, setting: Setting) -> Iterator[Edit]:
    yield from cadences(text, period=setting.period)


def _superiors(text: str, setting: Setting) -> Iterator[Edit]:
    for match in rules_of_exchange().superiors.finditer(text):
        if match[0] != setting.unit.words["工会"]:
            yield Edit(match.start(), match.end(), match[0], setting.unit.words["上级工会"], "上级工会")


def _parties(text: str, setting: Setting) -> Iterator[Edit]:
    for match in rules_of_exchange().parties.finditer(text):
        yield Edit(match.start(), match.end(), match[0], setting.unit.words["党组织"], "党组织")


def _sector_words(text: str, setting: Setting) -> Iterator[Edit]:
    kept = [match.span() for match in _PROTECTED.finditer(text)]
    words, pattern = exchanges(setting.organisation, setting.unit)
    for match in pattern.finditer(text):
        inside = any(start < match.end() and match.start() < end for start, end in kept)
        whole = any((start + 1, end - 1) == match.span() for start, end in kept)
        if match[0] in words and (not inside or whole):
            yield Edit(match.start(), match.end(), match[0], words[match[0]], "行业用语")


def _own_way(text: str, setting: Setting) -> Iterator[Edit]:
    kept = [match.span() for match in _PROTECTED.finditer(text)]
    for pattern, word in rules_of_exchange().own_way.get(setting.organisation, ()):
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in kept):
                ours = SLOT.sub(lambda slot: setting.unit.words[slot[1]], word)
                yield Edit(match.start(), match.end(), match[0], ours, "行业用语")


def _punctuation(text: str, setting: Setting) -> Iterator[Edit]:
    if text[-1] in "；;，,":
        yield Edit(len(text) - 1, len(text), text[-1], "。", "标点")
    elif text[-1] not in "。！？.!?：:":
        yield Edit(len(text), len(text), "", "。", "标点")
    for match in _STRAIGHT_QUOTE.finditer(text):
        yield Edit(match.start(), match.start() + 1, '"', "“", "标点")
        yield Edit(match.end() - 1, match.end(), '"', "”", "标点")
    for match in _NARROW.finditer(text):
        yield Edit(match.start(), match.end(), match[0], "。" if match[0] == "." else _WIDE[match[0]], "标点")


_RULES: tuple[Callable[[str, Setting], Iterator[Edit]], ...] = (
    *(_trims, _year_slots, _typos, _cadences, _period_words, _superiors, _parties),
    *(_own_way, _sector_words, _punctuation),
)


def _entities_gone(
    passage: Passage, start: int, end: int, edits: Sequence[Edit], organisation: OrganisationType
) -> bool:
    """Whether every entity of the sentence that may not travel was edited away."""
    for entity in passage.entities:
        if entity.end <= start or end <= entity.start:
            continue
        foreign = entity.hard or entity.kind in _NEVER or passage.organisation is not organisation
        covered = any(
            edit.start < entity.end - start and entity.start - start < edit.end and edit.after != edit.before
            for edit in edits
        )
        if foreign and not covered:
            return False
    return True
