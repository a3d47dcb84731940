"""What a model is told for one section: the offline draft's points, wording to borrow, dated facts, what went before.

Everything in a brief is already right for the unit and the year: borrowed wording is adapted by the offline composer,
so that no other unit's name or number and no stale reference reaches the prompt.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.datatypes import Draft, DraftSection, PlanRequest, ProvenanceKind, Sentence
from assistant.drafting import candidates
from assistant.drafting.periods import in_text_period
from assistant.drafting.setting import Setting, setting_of
from assistant.llm.fence import as_data, fenced
from assistant.timeline import FIRST_YEAR, LAST_YEAR, Claim, Timeline, YearPage
from corpus.datatypes import Passage, Topic

MOST_SOURCES = 8
_MOST_OFFERED = 24  # points looked at for wording to borrow
_FRAMED = (Topic.GUIDING, Topic.CLOSING)
_LEAST_CHARACTERS = 60
_SUMMARY = 900  # characters of what stands before


@dataclass(frozen=True, slots=True)
class Source:
    """Wording a model may borrow: `text` is passage.text[start:end] in the unit's own words."""

    text: str
    passage_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything for one section. `offline` is what stands where the model fails."""

    setting: Setting
    offline: DraftSection
    own: tuple[Sentence, ...]  # the user's sentences, kept as they are
    points: tuple[Sentence, ...]  # what the section must say
    sources: tuple[Source, ...]  # numbered from 1
    facts: tuple[str, ...]
    characters: int

    @property
    def request(self) -> PlanRequest:
        """What the draft is for."""
        return self.setting.request


def brief_of(section: DraftSection, draft: Draft, *, passages: Sequence[Passage], timeline: Timeline) -> Brief:
    """The brief of one section of an offline draft."""
    setting = setting_of(draft.request, timeline=timeline)
    sentences = [sentence for paragraph in section.paragraphs for sentence in paragraph.sentences]
    own = tuple(one for one in sentences if one.provenance.kind is ProvenanceKind.USER)
    points = tuple(one for one in sentences if one.provenance.kind is not ProvenanceKind.USER)
    return Brief(
        setting,
        section,
        own,
        points,
        tuple(_sources(section, draft, points, passages, timeline))[:MOST_SOURCES],
        fact_lines(draft.request, section.topic, timeline=timeline),
        max(sum(len(sentence.text) for sentence in points), _LEAST_CHARACTERS),
    )


def fewer_sources(brief: Brief) -> Brief:
    """The brief for a model whose context is too short: half the sources, the facts of the opening lines alone."""
    return replace(brief, sources=brief.sources[: len(brief.sources) // 2], facts=brief.facts[:6])


def section_values(brief: Brief, draft: Draft, written: Sequence[DraftSection]) -> dict[str, str]:
    """The slots of prompts/section.txt."""
    request, setting = brief.request, brief.setting
    return {
        "title": as_data(draft.title),
        "unit": as_data(request.name or "【待填：单位名称】"),
        "short_name": as_data(setting.unit.words["我单位"]),
        "organisation": str(request.organisation),
        "period": in_text_period(request),
        "months": "、".join(f"{month}月" for month in setting.months),
        "emphasis": as_data("；".join(request.emphasis)) or "无",
        "own_facts": fenced((one.text for one in brief.own), name="事实"),
        "facts": "\n".join(brief.facts) or "（无，不写任何会议、文件、法律名称）",
        "outline": "；".join(one.heading or str(one.topic) for one in draft.sections),
        "earlier": summary(written),
        "heading": as_data(brief.offline.heading or str(brief.offline.topic)),
        "topic": str(brief.offline.topic),
        "characters": str(brief.characters),
        "points": fenced((one.text for one in brief.points), name="要点"),
        "sources": fenced((source.text for source in brief.sources), name="材料"),
    }


def summary(written: Sequence[DraftSection]) -> str:
    """What the sections before say: heading and the first clause of every point; the latest win where room is short."""
    lines = [f"{section.heading or section.topic}：{'；'.join(_first_clauses(section))}" for section in written]
    while len(lines) > 1 and sum(map(len, lines)) > _SUMMARY:
        lines.pop(0)
    return "\n".join(lines)[-_SUMMARY:] or "（这是第一部分）"


def fact_lines(request: PlanRequest, topic: Topic, *, timeline: Timeline) -> tuple[str, ...]:
    """Dated facts a section may name: the formulas, and outside the opening and closing laws and work of the topic."""
    if not FIRST_YEAR <= request.year <= LAST_YEAR:
        return ()
    page = timeline.page(request.year, drafted=request.drafted, organisation=request.organisation)
    claims = [*_head(page), *(_of_topic(page, topic) if topic not in _FRAMED else ())]
    named: dict[str, dict[str, None]] = {}
    for name, claim in claims:
        if claim:
            named.setdefault(name, {})[claim.text] = None
    return tuple(f"{name}：{'、'.join(texts)}" for name, texts in named.items())


def _head(page: YearPage) -> list[tuple[str, Claim | None]]:
    return [
        ("指导思想", page.formula),
        ("会议精神", page.meetings),
        ("工会大会", page.union_congress),
        ("重要论述", page.discourse),
        ("五年规划", page.five_year_plan),
        ("所处阶段", page.phase),
        *(("主题教育", claim) for claim in page.education),
        *(("现行提法", claim) for claim in page.concepts),
    ]


def _of_topic(page: YearPage, topic: Topic) -> Iterator[tuple[str, Claim | None]]:
    yield "工会法", page.union_law
    yield from (("法律", claim) for claim in page.laws.get(topic, ()))
    yield from (("规章", claim) for claim in page.rules.get(topic, ()))
    yield from (("工会工作", claim) for claim in (*page.programmes.get(topic, ()), *page.campaigns))


def _sources(
    section: DraftSection, draft: Draft, points: Sequence[Sentence], passages: Sequence[Passage], timeline: Timeline
) -> Iterator[Source]:
    """Borrowed wording of the section itself, then other borrowed wording on its topic, as the composer ranks it."""
    offered: list[Sentence] = list(points)
    if section.topic not in (*_FRAMED, Topic.MONTHLY):
        more = candidates(
            draft.request,
            topic=section.topic,
            passages=passages,
            timeline=timeline,
            exclude=[one.text for one in points],
            k=_MOST_OFFERED,
        )
        offered += [sentence for paragraph in more for sentence in paragraph.sentences]
    seen: set[str] = set()
    for one in offered:
        told = one.provenance
        if told.kind is ProvenanceKind.BORROWED and one.text not in seen:
            seen.add(one.text)
            yield Source(one.text, told.source, told.start, told.end)


def _first_clauses(section: DraftSection) -> list[str]:
    return [paragraph.text.partition("，")[0].partition("。")[0][:30] for paragraph in section.paragraphs]
