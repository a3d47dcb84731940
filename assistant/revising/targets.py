"""Which part of a draft staff mean: 第三部分, 三, 女职工那块, 最后一部分, a heading's words, 全文."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from assistant.datatypes import Draft, DraftSection
from assistant.drafting.outline import emphasised
from assistant.drafting.pool import overlap, shape
from assistant.revising.operations import Place
from corpus.datatypes import Topic
from corpus.errors import BadRequest
from corpus.markers import number

_FILE = Path(__file__).with_name("words.yaml")
_NUMBER = r"(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})"
_ALIKE = 0.6  # share of the target's letters found in a heading from which it is meant


@cache
def patterns() -> Mapping[str, re.Pattern[str]]:
    """words.yaml, compiled. ValueError names the pattern that does not compile."""
    data: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    found = {}
    for name, text in data.items():
        if isinstance(text, str):
            try:
                found[name] = re.compile(text.replace("{number}", _NUMBER))
            except re.error as problem:
                raise ValueError(f"{_FILE.name}: {name}: {problem}") from problem
    return MappingProxyType(found)


@cache
def spoken_words() -> Mapping[str, str]:
    """Spoken word -> what official writing says."""
    words: dict[str, str] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["spoken"]
    return MappingProxyType(words)


def find_sections(draft: Draft, target: str) -> tuple[DraftSection, ...]:
    """Every section the target names, in the draft's order; all of them for 全文.

    Raises BadRequest, listing what there is, when it names none.
    """
    wanted = target.strip()
    if not wanted or patterns()["whole"].fullmatch(wanted):
        return draft.sections
    return (find_section(draft, wanted),)


def find_section(draft: Draft, target: str) -> DraftSection:
    """The one section the target names. Raises BadRequest, listing what there is, when it names none or all."""
    found = look_for(draft, target)
    if found is None:
        parts = "、".join(f"“{section.heading}”" for section in draft.sections if section.heading)
        raise BadRequest(f"没有找到“{target}”指的是哪一部分。现有：{parts}。请说第几部分，或说小标题里的词。")
    return found


def look_for(draft: Draft, target: str) -> DraftSection | None:
    """The section the target names, None where it names none."""
    wanted = target.strip()
    by_id = {section.id: section for section in draft.sections}
    if wanted in by_id or not wanted:
        return by_id.get(wanted)
    bare = bare_name(wanted)
    return (
        _titled(draft, bare)
        or _counted(draft, wanted)
        or _counted(draft, bare)
        or _at_an_end(draft, wanted)
        or _at_an_end(draft, bare)
        or _resembling(draft, bare)
        or _of_topic(draft, bare)
        or _saying(draft, bare)
    )


def topics_said(text: str) -> tuple[Topic, ...]:
    """Topics the words speak of; nothing is no topic, though labels fall back to the first part of a plan."""
    return tuple(topic for topic in emphasised((text,)) if topic is not Topic.GUIDING or "指导" in text)


def sentence_at(draft: Draft, place: Place) -> tuple[DraftSection, int, int]:
    """Section, paragraph and sentence of a place. Raises BadRequest when the draft has no such sentence."""
    for section in draft.sections:
        held = section.paragraphs[place.paragraph : place.paragraph + 1] if section.id == place.section else ()
        if held and place.sentence < len(held[0].sentences):
            return section, place.paragraph, place.sentence
    raise BadRequest(f"文稿里已经没有这一句（{place}）：文稿可能刚改过，请重新点选。")


def bare_name(target: str) -> str:
    """The target without the words that only say that a part is meant."""
    words = patterns()
    previous, bare = "", target
    while bare != previous:
        previous = bare
        bare = words["before"].sub("", bare).strip("，。 ,的")
        cut = words["after"].sub("", bare)
        bare = cut or bare
    return bare


def _titled(draft: Draft, wanted: str) -> DraftSection | None:
    """The section whose heading or topic holds the words."""
    exact = [section for section in draft.sections if section.heading == wanted]
    named = [section for section in draft.sections if str(section.topic) == wanted]
    holding = [section for section in draft.sections if len(wanted) >= 2 and wanted in section.heading]
    return next(iter((*exact, *named, *holding)), None)


def _counted(draft: Draft, wanted: str) -> DraftSection | None:
    headed = [section for section in draft.sections if section.heading]
    if headed and patterns()["last"].fullmatch(wanted):
        return headed[-1]
    match = patterns()["number"].fullmatch(wanted)
    if match is None:
        return None
    count = number(match["number"])
    if not 1 <= count <= len(headed):
        raise BadRequest(f"文稿只有 {len(headed)} 个部分，没有“{wanted}”。")
    return headed[-count] if wanted.startswith("倒数") else headed[count - 1]


def _at_an_end(draft: Draft, wanted: str) -> DraftSection | None:
    if draft.sections and patterns()["opening"].fullmatch(wanted):
        return next((section for section in draft.sections if section.topic is Topic.GUIDING), draft.sections[0])
    if draft.sections and patterns()["closing"].fullmatch(wanted):
        return next((section for section in draft.sections if section.topic is Topic.CLOSING), draft.sections[-1])
    return None


def _of_topic(draft: Draft, wanted: str) -> DraftSection | None:
    topics = (Topic.MONTHLY,) if patterns()["schedule"].search(wanted) else topics_said(wanted)
    found = [section for topic in topics for section in draft.sections if section.topic is topic]
    return next(iter(found), None)


def _resembling(draft: Draft, wanted: str) -> DraftSection | None:
    """The section whose heading shares most of the words."""
    letters = shape(wanted)
    alike = [(overlap(letters, shape(section.heading)), section) for section in draft.sections if section.heading]
    best = max(alike, key=lambda each: each[0], default=(0.0, None))
    return best[1] if best[0] >= _ALIKE and len(wanted) >= 2 else None


def _saying(draft: Draft, wanted: str) -> DraftSection | None:
    """The first section that speaks of it."""
    speaking = (s for s in draft.sections if len(wanted) >= 2 and any(wanted in p.text for p in s.paragraphs))
    return next(speaking, None)
