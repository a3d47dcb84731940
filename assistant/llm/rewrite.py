"""润色, 改写降重, 缩写, 扩写, 换语气: a model rewords part of a draft under the same guards as a written one.

Paragraph by paragraph: what loses a number, a name or a placeholder, or brings in a new one, stays as it was. Locked
sections, the schedule and the user's own sentences are never touched. The draft given is not changed: undo is
the old one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.checking import Overlap, overlap
from assistant.datatypes import Draft, ProvenanceKind, Sentence
from assistant.difference import Difference, differences
from assistant.drafting.periods import in_text_period
from assistant.drafting.setting import setting_of
from assistant.llm.align import align
from assistant.llm.ask import ask, messages_of
from assistant.llm.brief import Brief, Source, fact_lines
from assistant.llm.cite import Cited, cite
from assistant.llm.fence import as_data, fenced
from assistant.llm.inspect import inspected
from assistant.llm.prompts import fill_prompt
from assistant.llm.selection import Part, parts_of, put, text_of
from assistant.llm.writer import Writer
from corpus.errors import BadRequest

_NUMBERED = re.compile(r"^\s*(\d{1,3})\s*[.．、:：)）]\s*(.+)$", re.MULTILINE)
_KEPT = re.compile(r"【待填：[^【】\n]{1,20}】|《[^《》\n]{1,60}》|\d+(?:\.\d+)?[%％‰]?")
_SHORTER, _LONGER = 0.95, 1.1  # what counts as shorter and longer than before


class Manner(StrEnum):
    """What is done to the text; the values are on the buttons."""

    POLISH = "润色"
    REWORD = "改写降重"
    SHORTEN = "缩写"
    EXPAND = "扩写"
    TONE = "换语气"


_TASKS: Mapping[Manner, str] = {
    Manner.POLISH: "润色：改通病句，理顺语序，去掉重复和空话，意思、篇幅不变",
    Manner.REWORD: "改写降重：换句式、换说法，避免与原文有连续十个字以上相同，意思不变",
    Manner.SHORTEN: "缩写：保留做什么、谁来做、什么时候做，删去修饰，篇幅压到六成左右",
    Manner.EXPAND: "扩写：把做法写具体（对象、步骤、责任人、检查办法），篇幅增加一半左右，不编造数字和名称",
    Manner.TONE: "换语气：改成{detail}的语气，意思、篇幅不变",
}


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The draft after rewording. 雷同度 in [0, 1] is that of the reworded text against the samples, and against the
    unit's last plan where one was given.
    """

    draft: Draft
    message: str
    differences: tuple[Difference, ...]
    overlap_before: float
    overlap_after: float
    last_before: float | None
    last_after: float | None
    reports: tuple[str, ...]


def rewrite(
    draft: Draft,
    manner: Manner,
    target: str,
    *,
    writer: Writer,
    detail: str = "",
    last_plan: str | None = None,
) -> Rewritten:
    """Reword sections as staff name them (第三部分, 女职工那块, 全文) or one sentence by its place (`thought/0/2`).

    `detail` is the tone for 换语气. Raises BadRequest where the target names nothing that may be changed, ModelProblem
    when the model gives no answer; the draft given stays good in either case.
    """
    after, reports, parts = draft, [], parts_of(draft, target)
    if not parts:
        raise BadRequest(f"“{target}”里没有可以{manner}的文字：锁定的部分、月度安排和您自己写的不改。")
    for section in dict.fromkeys(part.section.id for part in parts):
        mine = [part for part in parts if part.section.id == section]
        changed, told = _reworded(after, mine, manner, detail, writer)
        reports += told
        after = changed
    before_text, after_text = "\n".join(part.text for part in parts), text_of(after, parts)
    before = overlap(before_text, samples=writer.samples, last_plan=last_plan)
    now = overlap(after_text, samples=writer.samples, last_plan=last_plan)
    if manner is Manner.REWORD and _worth(now) >= _worth(before) and after != draft:
        reports.append("改写后雷同度没有降低，保留原文")
        after, now = draft, before
    return Rewritten(
        after,
        _told(manner, draft, after, before.against_samples, now.against_samples),
        differences(draft, after),
        before.against_samples,
        now.against_samples,
        before.against_last,
        now.against_last,
        tuple(dict.fromkeys(reports)),
    )


def _worth(measured: Overlap) -> float:
    """The greater 雷同度 of the two."""
    return max(measured.against_samples, measured.against_last or 0.0)


def _reworded(
    draft: Draft, parts: Sequence[Part], manner: Manner, detail: str, writer: Writer
) -> tuple[Draft, list[str]]:
    """The draft with the paragraphs of one section reworded where the new wording may stand."""
    section, setting = parts[0].section, setting_of(draft.request, timeline=writer.timeline)
    facts = fact_lines(draft.request, section.topic, timeline=writer.timeline)
    prompt = fill_prompt(
        "rewrite",
        {
            "task": _TASKS[manner].replace("{detail}", as_data(detail, longest=40) or "更正式"),
            "unit": as_data(draft.request.name or "本单位"),
            "period": in_text_period(draft.request),
            "facts": "\n".join(facts) or "（无）",
            "heading": as_data(section.heading or str(section.topic)),
            "count": str(len(parts)),
            "passages": fenced((part.text for part in parts), name="原文"),
        },
    )
    answer = ""
    for piece in ask(writer.model, messages_of(fill_prompt("system", {}), prompt), limits=writer.limits):
        answer = piece.text
    lines = {int(number): text for number, text in _NUMBERED.findall(answer)}
    if not lines and len(parts) == 1:
        lines = {1: answer.replace("\n", "")}
    reports: list[str] = []
    for number, part in enumerate(parts, start=1):
        brief = Brief(setting, section, (), part.sentences, tuple(_sources(part, writer)), facts, len(part.text))
        sentences, told = _checked(lines.get(number, ""), part, manner, brief, draft, writer)
        reports += told
        if sentences:
            draft = put(draft, part, sentences)
    return draft, reports


def _sources(part: Part, writer: Writer) -> Iterator[Source]:
    """The passages the paragraph stands on, in the words the paragraph uses."""
    for one in part.sentences:
        told = one.provenance
        if told.kind in (ProvenanceKind.BORROWED, ProvenanceKind.MODEL) and told.source:
            yield Source(one.text, told.source, told.start, told.end)


def _checked(
    answer: str, part: Part, manner: Manner, brief: Brief, draft: Draft, writer: Writer
) -> tuple[tuple[Sentence, ...], list[str]]:
    """The new sentences, () with the reason where the old ones stay."""
    kept = f"“{part.text[:16]}…”保持原样："
    if not answer.strip():
        return (), [kept + "模型没有给出这一段"]
    cited: Cited = inspected(cite(answer, brief=brief, embedder=writer.embedder), draft=draft, writer=writer)
    sentences = tuple(sentence for paragraph in cited.paragraphs for sentence in paragraph.sentences)
    text = "".join(sentence.text for sentence in sentences)
    lost = [token for token in _KEPT.findall(part.text) if token not in text]
    if cited.stopped or not sentences:
        return (), [kept + "新写法没有通过检查", *cited.reports]
    if lost and manner is not Manner.SHORTEN:
        return (), [kept + f"新写法丢了“{lost[0]}”"]
    if any("【待填：" in one and one not in part.text for one in _KEPT.findall(text)):
        return (), [kept + "新写法里有原文没有的数字或名称", *cited.reports]
    if manner is Manner.SHORTEN and len(text) > _SHORTER * len(part.text):
        return (), [kept + "新写法没有变短"]
    if manner is Manner.EXPAND and len(text) < _LONGER * len(part.text):
        return (), [kept + "新写法没有变长"]
    if align([text], [part.text], embedder=writer.embedder)[0] is None:
        return (), [kept + "新写法说的不是同一件事"]
    return sentences, list(cited.reports)


def _told(manner: Manner, before: Draft, after: Draft, share_before: float, share_after: float) -> str:
    if before == after:
        return f"没有可用的{manner}结果，文稿保持原样。"
    old, new = (sum(len(one.text) for one in draft.sentences) for draft in (before, after))
    return f"已{manner}：全文 {old:,} 字 → {new:,} 字，与范文雷同度 {share_before:.0%} → {share_after:.0%}。可撤销。"
