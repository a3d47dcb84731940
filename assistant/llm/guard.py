"""Nothing that a language model made up gets into a plan: names and references stop their sentence, numbers and dates
become 【待填：…】, unless the request, the dated facts or the cited passage say the same.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant.datatypes import Edit
from assistant.drafting.adapt import apply_edits, is_sound
from assistant.drafting.screen import contradiction
from assistant.drafting.setting import Setting, refreshed
from assistant.llm.prompts import load_prompt
from corpus.datatypes import EntityKind
from corpus.entities import find_entities
from corpus.families import find_foreign_words
from corpus.places import is_ordinary
from corpus.words import words

_FILE = Path(__file__).with_name("guard.yaml")
_PLACEHOLDER = re.compile(r"【待填：[^【】\n]{1,20}】")
_TITLE = re.compile(r"《[^《》\n]{1,60}》")
_SPACES = re.compile(r"[\s，、]+")
_ONE_BY_ONE = re.compile(r"一(\w)一\1(?=\w)")  # 一件一件 is no slip of the pen
_RUN, _ECHO = 5, 0.6  # characters in a row, and the share of a sentence's runs that make it an echo
_STANDIN = "某"  # what a placeholder counts as when the rest of the sentence is judged


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence as it may stand, None where it was stopped; `reports` tell the user what was done, in Chinese."""

    text: str | None
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be named and counted: the words of the request, the facts and the cited passage."""

    text: str

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Allowed":
        """Everything the texts say."""
        return cls("\n".join(_bare(text) for text in texts))

    def says(self, token: str) -> bool:
        """Whether the token stands in the allowed words, as a whole number where it is one."""
        bare = _bare(token)
        before, after = (r"(?<!\d)", r"(?!\d)") if bare[:1].isdigit() or bare[-1:].isdigit() else ("", "")
        return bool(re.search(before + re.escape(bare) + after, self.text)) if bare else True


def judge_sentence(text: str, *, allowed: Allowed, setting: Setting) -> Judged:
    """The sentence with stale references, other sectors' words and unfounded numbers mended, or stopped."""
    why = _stopped(text, allowed, setting)
    if why:
        return Judged(None, (f"{why}，已删去一句：“{text[:24]}…”",))
    edits = refreshed(text, setting=setting)
    if edits is None:
        return Judged(None, (f"提法与{setting.request.year}年不符且无法改正，已删去一句：“{text[:24]}…”",))
    reports = [f"“{edit.before}”已改为“{edit.after}”：{edit.why}" for edit in edits]
    mended = _in_our_words(apply_edits(text, edits), setting)
    blanks = _blanks(mended, allowed, setting)
    reports += [f"“{edit.before}”没有依据，已改为{edit.after}" for edit in blanks]
    final = apply_edits(mended, blanks)
    plain = _rules().organisations.sub(_without_name, _PLACEHOLDER.sub(_STANDIN, _ONE_BY_ONE.sub("逐个", final)))
    if not is_sound(plain, setting=setting, ours=True):
        return Judged(None, (f"句子不完整或不合单位、时间，已删去一句：“{text[:24]}…”",))
    return Judged(final, tuple(reports))


def _stopped(text: str, allowed: Allowed, setting: Setting) -> str:
    """Why the sentence may not stand at all, "" where it may."""
    data = _rules()
    for pattern, why in (
        (data.markup, "含网址、代码或标记"),
        (data.chatter, "不是计划正文"),
        (data.lure, "含可疑内容"),
        (data.past, "写的是做过的事"),
    ):
        if pattern.search(text):
            return why
    if _echoes(text):
        return "是任务里的话"
    if contradiction(text, year=setting.request.year):
        return "与法律或工会规定不符"
    name = next(_foreign_names(text, allowed, setting), None)
    if name:
        return f"“{name}”没有依据"
    return ""


def _echoes(text: str) -> bool:
    """Whether the sentence is our own instructions given back."""
    runs = [text[place : place + _RUN] for place in range(len(text) - _RUN)]
    return bool(runs) and sum(run in _instructions() for run in runs) >= _ECHO * len(runs)


@cache
def _instructions() -> str:
    return "\n".join(load_prompt(name).text for name in ("system", "section", "rewrite"))


def _foreign_names(text: str, allowed: Allowed, setting: Setting) -> Iterator[str]:
    """Names, titles and references that neither the allowed words nor the timeline know."""
    data, known = _rules(), [(each.start, each.end) for each in setting.timeline.find(text)]

    def unfounded(start: int, end: int) -> bool:
        inside = any(first <= start and end <= last for first, last in known)
        return not inside and not allowed.says(text[start:end])

    for pattern in (data.reference, _TITLE):
        yield from (match[0] for match in pattern.finditer(text) if unfounded(*match.span()))
    for entity in find_entities(text, organisation=setting.organisation):
        named = entity.kind not in data.placeholders and _travels_not(entity.kind, hard=entity.hard)
        if named and unfounded(entity.start, entity.end) and "【待填：" not in entity.text:
            yield entity.text
    for match in data.organisations.finditer(text):
        if _is_name(match["head"]) and unfounded(*match.span("name")):
            yield match["name"]
    for pattern in data.named:
        yield from (match["name"] for match in pattern.finditer(text) if unfounded(*match.span("name")))


def _is_name(head: str) -> bool:
    """Whether the word before 公司, 医院 … is a name (海天集团) rather than a description (物业公司)."""
    last = words(head)[-1]
    common = last.endswith(_rules().common_heads) or is_ordinary(last[-2:])
    return len(last) > 1 and not common


def _travels_not(kind: EntityKind, *, hard: bool) -> bool:
    """Whether a name of the kind may only be one that the user or the facts gave."""
    return hard and kind is not EntityKind.MASK or kind is EntityKind.PERSON


def _without_name(match: re.Match[str]) -> str:
    """A unit that may be named is no word of another sector: 物业公司 in a hospital's plan."""
    return match[0].removesuffix(match["name"]) + _STANDIN


def _in_our_words(text: str, setting: Setting) -> str:
    kept = [match.span() for match in re.finditer(r"《[^《》]*》|“[^“”]*”", text)]
    kept += [match.span("name") for match in _rules().organisations.finditer(text)]
    edits = [
        Edit(word.start, word.end, word.word, word.ours, "行业用语")
        for word in find_foreign_words(text, organisation=setting.organisation)
        if not any(start < word.end and word.start < end for start, end in kept)
    ]
    return apply_edits(text, edits)


def _blanks(text: str, allowed: Allowed, setting: Setting) -> tuple[Edit, ...]:
    """Every number, date and session without ground as a placeholder, the longest first where they overlap."""
    data = _rules()
    kept = [match.span() for pattern in (_PLACEHOLDER, _TITLE) for match in pattern.finditer(text)]
    kept += [(each.start, each.end) for each in setting.timeline.find(text)]
    found = [
        (entity.start, entity.end, data.placeholders[entity.kind])
        for entity in find_entities(text, organisation=setting.organisation)
        if entity.kind in data.placeholders and entity.kind not in data.numbers
    ]
    found += [
        (*match.span(), data.placeholders[kind])
        for kind, patterns in data.numbers.items()
        for pattern in patterns
        for match in pattern.finditer(text)
    ]
    chosen: list[Edit] = []
    for start, end, name in sorted(found, key=lambda each: (each[0] - each[1], each[0])):
        taken = [*kept, *((edit.start, edit.end) for edit in chosen)]
        if any(first < end and start < last for first, last in taken) or allowed.says(text[start:end]):
            kept.append((start, end))
            continue
        chosen.append(Edit(start, end, text[start:end], f"【待填：{name}】", "没有依据"))
    return tuple(sorted(chosen, key=lambda edit: edit.start))


def _bare(text: str) -> str:
    return _SPACES.sub("", text)


@dataclass(frozen=True, slots=True)
class _Rules:
    markup: re.Pattern[str]
    chatter: re.Pattern[str]
    lure: re.Pattern[str]
    reference: re.Pattern[str]
    past: re.Pattern[str]
    organisations: re.Pattern[str]
    named: tuple[re.Pattern[str], ...]  # laws, papers and people by their form
    numbers: Mapping[EntityKind, tuple[re.Pattern[str], ...]]
    placeholders: Mapping[EntityKind, str]
    common_heads: tuple[str, ...]


@cache
def _rules() -> _Rules:
    data: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    flags = {"markup": re.IGNORECASE}
    names = ("markup", "chatter", "lure", "reference", "past", "organisations")
    return _Rules(
        numbers={EntityKind(name): tuple(map(re.compile, each)) for name, each in data["numbers"].items()},
        **{name: re.compile(data[name], flags.get(name, 0)) for name in names},
        placeholders={EntityKind(name): word for name, word in data["placeholders"].items()},
        named=tuple(re.compile(each) for each in (data["laws"], data["papers"], *data["people"])),
        common_heads=tuple(data["common_heads"]),
    )
