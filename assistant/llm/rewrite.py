"""润色, 改写降重, 缩写, 扩写, 换语气: a model rewords part of a draft under the same guards as a written one.

Paragraph by paragraph: what loses a number, a name or a placeholder, or brings in a new one, stays as it was. Locked
sections, the schedule and the user's own sentences are never touched. The draft given is not changed: undo is
the old one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.datatypes import Draft, ProvenanceKind, Sentence
from assistant.drafting.periods import in_text_period
from assistant.drafting.setting import setting_of
from assistant.llm.align import align
from assistant.llm.ask import ask, messages_of
from assistant.llm.brief import Brief, Source, fact_lines
from assistant.llm.cite import Cited, cite
from assistant.llm.fence import as_data, fenced
from assistant.llm.inspect import inspected
from assistant.llm.prompts import fill_prompt
from assistant.llm.troubles import HOPELESS, ModelProblem
from assistant.llm.write import name_of
from assistant.llm.writer import Writer
from assistant.rewording import Manner, Rewritten, judged, parts_of
from assistant.rewording.offline import kept_reports, nothing_to
from assistant.rewording.selection import Part, put, text_of
from corpus.errors import BadRequest

_NUMBERED = re.compile(
    r"^\s*(?:(\d{1,3})\s*[.．、:：)）]|[\[【(（](\d{1,3})[\]】)）]|第\s*(\d{1,3})\s*段\s*[:：])\s*(.+)$", re.MULTILINE
)
_RUN_ON = re.compile(r"(?<=[。！？])[ \t]*(?=\d{1,3}[.．、]\s*[^\d\s])")  # 1. …… 2. …… in one line
_KEPT = re.compile(r"【待填：[^【】\n]{1,20}】|《[^《》\n]{1,60}》|\d+(?:\.\d+)?[%％‰]?")
_SHORTER, _LONGER = 0.95, 1.1  # what counts as shorter and longer than before
_FARTHEST = (0.5, 1.8)  # share of the old length that 润色, 降重 and 换语气 may come to
_LONGEST = 3.0  # of the old length, for 扩写

_TASKS: Mapping[Manner, str] = {
    Manner.POLISH: "润色：改通病句，理顺语序，去掉重复和空话，意思、篇幅不变",
    Manner.REWORD: "改写降重：换句式、换说法，避免与原文有连续十个字以上相同，意思不变",
    Manner.SHORTEN: "缩写：保留做什么、谁来做、什么时候做，删去修饰，篇幅压到六成左右",
    Manner.EXPAND: "扩写：把做法写具体（对象、步骤、责任人、检查办法），篇幅增加一半左右，不编造数字和名称",
    Manner.TONE: "换语气：改成{detail}的语气，意思、篇幅不变",
}


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A moment of rewording: the section, the model's words as they come, and at the end the result."""

    heading: str
    text: str
    result: Rewritten | None = None


def rewrite(
    draft: Draft,
    manner: Manner,
    target: str,
    *,
    writer: Writer,
    detail: str = "",
    last_plan: str | None = None,
) -> Rewritten:
    """Reword sections as staff name them (第三部分, 女职工那块, 全文) or sentences by place (`thought/0/2`).

    `detail` is the tone for 换语气. Raises BadRequest where the target names nothing that may be changed, ModelProblem
    when the model gives no answer at all; the draft given stays good in either case.
    """
    *_, last = rewriting(draft, manner, target, writer=writer, detail=detail, last_plan=last_plan)
    assert last.result is not None  # the last moment has one
    return last.result


def rewriting(
    draft: Draft,
    manner: Manner,
    target: str,
    *,
    writer: Writer,
    detail: str = "",
    last_plan: str | None = None,
) -> Iterator[Rewriting]:
    """Moments of `rewrite`, one call a section; the last one holds the result. Closing the iterator stops the model.

    A section that the model fails at stays as it was, with a report; raises like `rewrite` where it fails at all.
    """
    parts = parts_of(draft, target)
    if not parts:
        raise BadRequest(nothing_to(manner))
    after, reports = draft, kept_reports(draft, target)
    problem: ModelProblem | None = None
    for _, group in groupby(parts, key=lambda part: part.section.id):
        mine, answer = list(group), ""
        heading = name_of(mine[0].section)
        try:
            if problem is None or problem.trouble not in HOPELESS:
                for answer in _asked(draft, mine, manner, detail, writer):
                    yield Rewriting(heading, answer)
                problem = None
        except ModelProblem as told:
            problem = told
        if problem is not None:
            reports.append(f"“{heading}”保持原样：{problem.trouble}。")
            continue
        after, stayed = _put_in(after, mine, manner, answer, writer)
        reports += stayed
    if problem is not None and after == draft:
        raise problem
    yield Rewriting("", "", _measured(draft, after, parts, manner, reports, writer, last_plan))


def _measured(
    draft: Draft,
    after: Draft,
    parts: Sequence[Part],
    manner: Manner,
    reports: Sequence[str],
    writer: Writer,
    last_plan: str | None,
) -> Rewritten:
    return judged(
        draft,
        after,
        ("\n".join(part.text for part in parts), text_of(after, parts)),
        manner=manner,
        samples=writer.samples,
        last_plan=last_plan,
        done=f"大模型已{manner}",
        reports=reports,
    )


def _asked(draft: Draft, parts: Sequence[Part], manner: Manner, detail: str, writer: Writer) -> Iterator[str]:
    """The model's answer for the paragraphs of one section, as it grows. Raises ModelProblem."""
    section = parts[0].section
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
            "passages": fenced((writer.discreet(part.text) for part in parts), name="原文"),
        },
    )
    for piece in ask(writer.model, messages_of(fill_prompt("system", {}), prompt), limits=writer.limits):
        yield piece.text


def _put_in(
    draft: Draft, parts: Sequence[Part], manner: Manner, answer: str, writer: Writer
) -> tuple[Draft, list[str]]:
    """The draft with the paragraphs of one section reworded where the new wording may stand."""
    section, setting = parts[0].section, setting_of(draft.request, timeline=writer.timeline)
    facts = fact_lines(draft.request, section.topic, timeline=writer.timeline)
    lines = _numbered(answer)
    if not lines and len(parts) == 1:
        lines = {1: answer.replace("\n", "")}
    reports: list[str] = []
    for number, part in enumerate(parts, start=1):
        brief = Brief(setting, section, (), part.sentences, tuple(_sources(part)), facts, len(part.text))
        sentences, told = _checked(lines.get(number, ""), part, manner, brief, draft, writer)
        reports += told
        if sentences:
            draft = put(draft, part, sentences)
    return draft, reports


def _numbered(answer: str) -> dict[int, str]:
    """The paragraphs of an answer by their number, however a model writes that."""
    plain = _RUN_ON.sub("\n", re.sub(r"\*\*|__", "", answer))
    return {int(one or two or three): text for one, two, three, text in _NUMBERED.findall(plain)}


def _sources(part: Part) -> Iterator[Source]:
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
    cited: Cited = inspected(
        cite(answer, brief=brief, embedder=writer.embedder, headings=[part.section.heading]), draft=draft, writer=writer
    )
    sentences = tuple(sentence for paragraph in cited.paragraphs for sentence in paragraph.sentences)
    text = "".join(sentence.text for sentence in sentences)
    if text == part.text:
        return (), []
    if cited.stopped or not sentences:
        return (), [kept + "新写法没有通过检查", *cited.reports]
    why = _changed_too_much(text, part.text, manner)
    if why:
        return (), [kept + why, *cited.reports]
    if align([text], [part.text], embedder=writer.embedder)[0] is None:
        return (), [kept + "新写法说的不是同一件事"]
    return sentences, list(cited.reports)


def _changed_too_much(new: str, old: str, manner: Manner) -> str:
    """Why the new wording cannot stand for the old, "" where it can."""
    lost = [token for token in _KEPT.findall(old) if token not in new]
    if lost and manner is not Manner.SHORTEN:
        return f"新写法丢了“{lost[0]}”"
    if any("【待填：" in one and one not in old for one in _KEPT.findall(new)):
        return "新写法里有原文没有的数字或名称"
    share = len(new) / len(old)
    if manner is Manner.SHORTEN:
        return "新写法没有变短" if share > _SHORTER else ""
    if manner is Manner.EXPAND:
        return "新写法没有变长" if share < _LONGER else "新写法太长" if share > _LONGEST else ""
    return "" if _FARTHEST[0] <= share <= _FARTHEST[1] else "新写法的篇幅差得太多"
