"""The monthly schedule: what samples of the type do in a month, the year's days, and this draft's own work."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

from assistant.datatypes import DraftSection, Edit, Paragraph, Provenance, ProvenanceKind, Sentence
from assistant.drafting.abouts import abouts_of
from assistant.drafting.adapt import borrow, is_sound
from assistant.drafting.fill import fill_line, is_open
from assistant.drafting.likeness import overlap, shape
from assistant.drafting.offers import jitter
from assistant.drafting.pool import Pool
from assistant.drafting.screen import is_unusable
from assistant.drafting.setting import Setting
from assistant.drafting.templates import SLOT, load_templates
from assistant.drafting.timing import in_time
from assistant.timeline import LAST_YEAR, Observance
from corpus.datatypes import Passage

_DAYS = Path(__file__).with_name("days.yaml")
_LONGEST, _SHORTEST = 42, 13  # characters of a point borrowed from a sample
_ALIKE = 0.5
_ONCE = frozenset({"职代会召开", "运动会", "读书"})  # works of abouts.yaml that a plan schedules once
_OWN_TIME = re.compile(r"制[定订].{0,8}计划|工作总结")  # first and last work of a plan: templates know when
_LABEL = re.compile(
    r"^\s*(?:〔年份〕年*|次年)?(?:(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九]|元)(?:月份?|(?=至))[\s—至到-]*)+[：:]?"
)
_POINT = re.compile(r"(?:\d{1,2}[、.．]|[（(]\d[）)])\s*")
_VERBS = re.compile(
    r"^(?:做好|开展|组织|举办|召开|庆祝|慰问|学习|制定|征集|评选|总结|走访|参加|整理|启动|筹备|宣传|进行|落实|完成)"
)


@dataclass(frozen=True, slots=True)
class Point:
    """Something a month's line may say; `words` tie it to the sections that plan the same work."""

    score: float
    about: str
    words: tuple[str, ...]
    sentence: Sentence  # ends in ；


def points_by_month(setting: Setting, *, pool: Pool) -> Mapping[int, tuple[Point, ...]]:
    """Everything each month of the plan could say, worked out once a draft."""
    days = _days(setting)
    return MappingProxyType(
        {
            month: (
                *_from_templates(month, setting),
                *_from_samples(month, setting, pool),
                *_from_days(month, setting, days),
            )
            for month in setting.months
        }
    )


def monthly_paragraphs(
    points: Mapping[int, Sequence[Point]], *, sections: Sequence[DraftSection], most: int
) -> tuple[Paragraph, ...]:
    """The points of every month in the plan's order, at most `most` each; a month without a point is left out."""
    said = "".join(paragraph.text for section in sections for paragraph in section.paragraphs)
    planned = frozenset(
        work for section in sections for paragraph in section.paragraphs for work in abouts_of(paragraph.text)
    )
    ledger: list[frozenset[str]] = []
    abouts: set[str] = set()
    paragraphs: list[Paragraph] = []
    for month, offered in points.items():
        chosen: list[Sentence] = []
        here: set[str] = set()  # works of this month
        for point in sorted(offered, key=lambda each: (-each.score - _echo(each, said, planned), each.sentence.text)):
            mine = shape(point.sentence.text)
            told = abouts_of(point.sentence.text)
            works = {point.about} - {""} | _ONCE & told
            known = bool(works & abouts or told & here) or any(overlap(mine, other) >= _ALIKE for other in ledger)
            if known or len(chosen) >= most:
                continue
            chosen.append(point.sentence)
            ledger.append(mine)
            abouts |= works
            here |= told
        paragraphs += [Paragraph((sentence,), month=month, numbered=False) for sentence in _punctuated(chosen)]
    return tuple(paragraphs)


def _echo(point: Point, said: str, planned: frozenset[str]) -> float:
    """Work the draft itself plans comes first."""
    named = any(word in said for word in point.words) or bool(abouts_of(point.sentence.text) & planned)
    return 0.5 if named else 0.0


def _from_templates(month: int, setting: Setting) -> Iterator[Point]:
    for template in load_templates():
        if template.role != "schedule" or month not in template.months or not is_open(template, setting=setting):
            continue
        sentence = fill_line(template, setting=setting, mark="；")
        if sentence is None or not _in_month(sentence.text, month, setting):
            continue
        score = template.weight + (0.15 if template.organisations else 0.0) + jitter(f"{template.id}:{month}", setting)
        words = tuple(word for word in (*template.keywords, template.about) if len(word) > 1)
        yield Point(score, template.about, words, sentence)


def _from_samples(month: int, setting: Setting, pool: Pool) -> Iterator[Point]:
    for passage in pool.monthly.get(setting.organisation, ()):
        for start, end in _points_of(passage, month):
            if is_unusable(passage.text[start:end]) or _OWN_TIME.search(passage.text[start:end]):
                continue
            sentence = borrow(passage, start, end, setting=setting)
            if sentence is None or len(sentence.text) > _LONGEST or not _VERBS.match(sentence.text):
                continue
            if len(sentence.text) >= _SHORTEST and _in_month(sentence.text, month, setting):
                score = 1.05 + jitter(f"{passage.id}+{start}:{month}", setting)
                yield Point(score, "", (), with_final_mark(sentence, "；"))


def _days(setting: Setting) -> Mapping[int, tuple[Observance, ...]]:
    """The year's observances by month; a term runs over New Year, so its January is the next year's."""
    found: dict[int, tuple[Observance, ...]] = {}
    for year in (setting.request.year, setting.request.year + 1):
        months = {month for month in setting.months if (month < setting.months[0]) is (year > setting.request.year)}
        if setting.dated and months and year <= LAST_YEAR:
            days = setting.timeline.observances(year, months=months, organisation=setting.organisation)
            found |= {month: tuple(day for day in days if day.months == (month,)) for month in months}
    return found


def _from_days(month: int, setting: Setting, days: Mapping[int, Sequence[Observance]]) -> Iterator[Point]:
    """Observances of the month: they come after everything else."""
    for day in days.get(month, ()):
        line = _lines().get(day.id)
        if line and day.core and day.certain:
            text = SLOT.sub(lambda match: setting.slots[match[1]].text, line["text"])
            if is_sound(text + "。", setting=setting, ours=True):
                sentence = Sentence(text + "；", Provenance(ProvenanceKind.FACT, day.id))
                yield Point(0.4 + jitter(f"{day.id}:{month}", setting), line["about"], (), sentence)


@cache
def _lines() -> Mapping[str, Mapping[str, str]]:
    lines: dict[str, dict[str, str]] = yaml.safe_load(_DAYS.read_text(encoding="utf-8"))
    return MappingProxyType(lines)


def _points_of(passage: Passage, month: int) -> Iterator[tuple[int, int]]:
    """Spans of the points that stand under a month in a sample's schedule."""
    if month not in passage.months:
        return
    place = 0
    for line in passage.text.splitlines(keepends=True):
        start, end = place, place + len(line.rstrip())
        place += len(line)
        label = _LABEL.match(passage.text[start:end])
        start += label.end() if label else 0
        number = _POINT.match(passage.text[start:end])
        start += number.end() if number else 0
        if end - start > 6:
            yield start, end


def _in_month(text: str, month: int, setting: Setting) -> bool:
    return in_time(
        text.rstrip("；。") + "。",
        months=(month,),
        period=setting.period,
        year=setting.request.year,
        organisation=setting.organisation,
    )


def _punctuated(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """The points of one month: all but the last end in ；, the last in 。"""
    for place, sentence in enumerate(sentences, start=1):
        yield with_final_mark(sentence, "。" if place == len(sentences) else "；")


def with_final_mark(sentence: Sentence, mark: str) -> Sentence:
    """The same sentence with another final mark, its edits told accordingly."""
    if sentence.text[-1] == mark:
        return sentence
    provenance = sentence.provenance
    if provenance.kind not in (ProvenanceKind.BORROWED, ProvenanceKind.TEMPLATE):
        return Sentence(sentence.text[:-1] + mark, provenance)
    length = provenance.end - provenance.start
    kept = [edit for edit in provenance.edits if edit.end < length or edit.after[-1:] not in "。；"]
    removed = [edit for edit in provenance.edits if edit not in kept]
    if removed:
        last = removed[-1]
        final = Edit(last.start, last.end, last.before, last.after[:-1] + mark, last.why)
    else:
        final = Edit(length - 1, length, sentence.text[-1], mark, "标点")
    return Sentence(
        sentence.text[:-1] + mark,
        Provenance(provenance.kind, provenance.source, provenance.start, provenance.end, (*kept, final)),
    )
