"""Rewording without a language model: only what samples, templates and rules can answer for.

缩写 and 扩写 of a part take points out or put points in; a selection loses ornamental clauses. 改写降重 exchanges the
sentences most like the samples (or last year's plan) for other candidates. 润色 and 换语气 turn spoken words into
written ones. What needs more says so.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from assistant.checking import Samples, overlap
from assistant.datatypes import Draft, ProvenanceKind, Sentence
from assistant.drafting.likeness import overlap as likeness
from assistant.drafting.likeness import shape
from assistant.edits import amended
from assistant.revising import Candidate, Material, Op, Operation, Place, apply, choices, find_sections
from assistant.revising.targets import patterns, spoken_words
from assistant.revising.traces import reworded
from assistant.rewording.datatypes import Manner, Rewritten, judged
from assistant.rewording.selection import Part, is_selection, own_sentences, parts_of, put, text_of
from corpus.errors import BadRequest

_FILE = Path(__file__).with_name("words.yaml")
_OFFERED = 24  # candidates looked at for one sentence
_ALIKE = 0.3  # 雷同度 from which a sentence wants other words
_LEAST_LEFT = 0.3  # of a sentence that must be left after 缩写
_FACTS = re.compile(r"\d|《|【待填：")  # a sentence with these is not exchanged for another
_TRACED = (ProvenanceKind.BORROWED, ProvenanceKind.TEMPLATE)
SET_UP = "要改得更活，请到“设置”里接一个大模型。"


def reword_offline(
    draft: Draft,
    manner: Manner,
    target: str,
    *,
    material: Material,
    samples: Samples,
    detail: str = "",
    last_plan: str | None = None,
) -> Rewritten:
    """Reword sections or a selection as far as that goes. `detail` is the tone for 换语气.

    Raises BadRequest where the target names nothing that may be changed, or the manner needs a language model.
    """
    parts = parts_of(draft, target)
    if not parts:
        raise BadRequest(nothing_to(manner))
    reports = kept_reports(draft, target)
    match _way(manner, detail):
        case Manner.REWORD:
            after, done = _unlike(draft, parts, material=material, samples=samples, last_plan=last_plan)
        case Manner.SHORTEN if is_selection(target):
            after, done = _each(draft, parts, trimmed), "已删去修饰的分句"
        case Manner.SHORTEN | Manner.EXPAND as way:
            after, done = _resized(draft, target, way, material)
        case _:
            after, done = _each(draft, parts, _written), "已把口语改成书面语"
    if after == draft:
        raise BadRequest(f"{_NOTHING[_way(manner, detail)]}{SET_UP}")
    texts = _texts(draft, after, parts, target)
    return judged(draft, after, texts, manner=manner, samples=samples, last_plan=last_plan, done=done, reports=reports)


def nothing_to(manner: Manner) -> str:
    """Why there is nothing to reword at all."""
    return f"这里没有可以{manner}的文字：锁定的部分、月度安排和您自己写的不改。"


def kept_reports(draft: Draft, target: str) -> list[str]:
    """What stays as it is because the user wrote it."""
    own = own_sentences(draft, target)
    return [f"您自己写的 {own} 句没有动。"] if own else []


def trimmed(sentence: Sentence) -> Sentence:
    """The sentence without ornamental clauses, its provenance told accordingly; as it is where little would be left."""
    now = sentence
    for start, end in reversed(list(_ornaments(sentence.text))):
        edits = now.provenance.edits
        if now.provenance.kind in _TRACED:
            edits = amended(now.text, edits, start=start, end=end, after="", why="缩写")
        now = Sentence(now.text[:start] + now.text[end:], replace(now.provenance, edits=edits))
    return now if len(now.text) >= _LEAST_LEFT * len(sentence.text) else sentence


def _ornaments(text: str) -> Iterator[tuple[int, int]]:
    """Spans of clauses to take out, each with the comma before it; never the first one, never inside quotes."""
    words = rewording_words()
    edges = [*(match.start() for match in re.finditer("，", text)), len(text.rstrip("。；"))]
    for start, end in pairwise(edges):
        clause, before = text[start + 1 : end], text[:start]
        inside = before.count("“") != before.count("”") or clause.count("“") != clause.count("”")
        if words["ornament"].search(clause) and not words["held"].search(clause) and not inside:
            yield start, end


def _written(sentence: Sentence) -> Sentence:
    """Spoken words as official writing has them."""
    return reworded(sentence, spoken_words())


def _each(draft: Draft, parts: Sequence[Part], change: Callable[[Sentence], Sentence]) -> Draft:
    for part in parts:
        draft = put(draft, part, tuple(map(change, part.sentences)))
    return draft


def _resized(draft: Draft, target: str, manner: Manner, material: Material) -> tuple[Draft, str]:
    if is_selection(target):
        raise BadRequest(f"只{manner}选中的句子要用大模型；没有大模型时可以{manner}整个部分。{SET_UP}")
    op = Op.SHORTEN if manner is Manner.SHORTEN else Op.EXPAND
    done = "已删去次要的句子" if op is Op.SHORTEN else "已从范文和模板添入要点"
    return apply(draft, Operation(op, target), material=material).draft, done


def _unlike(
    draft: Draft, parts: Sequence[Part], *, material: Material, samples: Samples, last_plan: str | None
) -> tuple[Draft, str]:
    """The draft with the sentences most like samples or last year's plan exchanged."""

    def likest(text: str) -> float:
        measured = overlap(text, samples=samples, last_plan=last_plan)
        return max(measured.against_samples, measured.against_last or 0.0)

    exchanged = 0
    for part in parts:
        new: list[Sentence] = []
        for number, sentence in enumerate(part.sentences, start=part.first):
            share = likest(sentence.text)
            found: Candidate | None = None
            if share >= _ALIKE and not _FACTS.search(sentence.text):
                place = Place(part.section.id, part.position, number)
                offered = choices(draft, place, material=material, k=_OFFERED)
                fresh = [one for one in offered if likest(one.paragraph.text) < min(_ALIKE, share)]
                said = {one.text for one in new} | {one.text for one in draft.sentences}
                fresh = [one for one in fresh if not any(each.text in said for each in one.paragraph.sentences)]
                found = max(
                    fresh, key=lambda one: likeness(shape(sentence.text), shape(one.paragraph.text)), default=None
                )
            new += found.paragraph.sentences if found else [sentence]
            exchanged += found is not None
        draft = put(draft, part, new)
    return draft, f"没有大模型，已把最雷同的 {exchanged} 句换成同一主题的另一种写法"


def _texts(before: Draft, after: Draft, parts: Sequence[Part], target: str) -> tuple[str, str]:
    """The words in question: the selection, or all of the sections."""
    if is_selection(target):
        return text_of(before, parts), text_of(after, parts)
    ids = {section.id for section in find_sections(before, target)}

    def words(draft: Draft) -> str:
        return "\n".join(p.text for section in draft.sections if section.id in ids for p in section.paragraphs)

    return words(before), words(after)


def _way(manner: Manner, detail: str) -> Manner:
    """What 换语气 comes to without a model. Raises BadRequest for a tone that rules cannot give."""
    if manner is not Manner.TONE:
        return manner
    words = patterns()
    if words["brief"].search(detail):
        return Manner.SHORTEN
    if words["concrete"].search(detail):
        return Manner.EXPAND
    if detail and not words["formal"].search(detail):
        raise BadRequest(f"“{detail[:20]}”的语气要用大模型来改；没有大模型时可以改得更正式、更简练、更具体。{SET_UP}")
    return Manner.TONE


_NOTHING: Mapping[Manner, str] = MappingProxyType(
    {
        Manner.POLISH: "这里没有口语词可改，没有大模型时润色只做这一步。",
        Manner.TONE: "这里没有口语词可改，没有大模型时换语气只做这一步。",
        Manner.REWORD: "这里没有与范文或去年计划雷同的句子，或没有别的写法可换。",
        Manner.SHORTEN: "剩下的都是主句和您自己写的，没有大模型时不能再短。",
        Manner.EXPAND: "范文和模板里没有更多可添的内容了。",
    }
)


@cache
def rewording_words() -> Mapping[str, re.Pattern[str]]:
    """words.yaml, compiled. ValueError names the pattern that does not compile."""
    data: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    found = {}
    for name, text in data.items():
        try:
            found[name] = re.compile(text)
        except (re.error, TypeError) as problem:
            raise ValueError(f"{_FILE.name}: {name}: {problem}") from problem
    return MappingProxyType(found)
