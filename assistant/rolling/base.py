"""Last year's plan as it is read: its text, year, sections and what the new one is for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.drafting.screen import is_summary
from assistant.rolling.datatypes import ChangeKind, Note
from assistant.rolling.rules import rules
from assistant.timeline import Timeline
from corpus.classify import label_section_topics
from corpus.datatypes import Entity, Labels, Passage, Plan, PlanKind, Section, Topic
from corpus.outline import outline
from corpus.words import sentence_spans

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change wished for by one rule; where two overlap the earlier rule wins."""

    start: int
    end: int
    after: str
    why: str
    kind: ChangeKind


Finding = Proposal | Note


@dataclass(frozen=True, slots=True)
class Base:
    """`text` is last year's plan; `old` its year, `year` the new one. `review` spans tell of what was done."""

    file: str
    text: str
    title: str
    labels: Labels
    entities: tuple[Entity, ...]
    passages: tuple[Passage, ...]
    old: int
    year: int
    known: bool  # whether the plan says its year
    sections: tuple[Section, ...]
    review: tuple[Span, ...]
    timeline: Timeline

    @property
    def delta(self) -> int:
        """Years from the old plan to the new."""
        return self.year - self.old

    def reviewed(self, place: int) -> bool:
        """Whether the place lies in a review."""
        return any(start <= place < end for start, end in self.review)

    def note(self, start: int, end: int, message: str) -> Note:
        """A remark on a span."""
        return Note(start, end, self.text[start:end], message)


def base_of(
    file: str,
    text: str,
    plan: Plan,
    passages: Sequence[Passage],
    *,
    old: int,
    known: bool,
    year: int,
    timeline: Timeline,
) -> Base:
    """Read what the rules need from the plan's text."""
    sections = outline(text).sections
    mixed = plan.labels.kind is not PlanKind.PLAN
    review = _merged(text, sorted(_reviews(text, sections, old, mixed=mixed)))
    return Base(
        *(file, text, plan.title, plan.labels, plan.entities, tuple(passages), old, year, known),
        *(sections, review, timeline),
    )


def _merged(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans, with those that only blanks part joined."""
    found: list[Span] = []
    for start, end in spans:
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def _reviews(text: str, sections: Sequence[Section], old: int, *, mixed: bool) -> Iterator[Span]:
    """Review sections, and sentences elsewhere that tell of the year before; in a text that is half a summary, every
    sentence that tells what was done.
    """
    words = rules()
    for section in sections:
        body = text[section.start : section.end]
        headings = (section.heading,) if section.heading else ()
        named = section.heading is not None and words["review_heading"].search(section.heading)
        topics = label_section_topics(body, headings=headings)[:1] if section.heading else ()
        if named or topics == (Topic.REVIEW,):
            yield section.start, section.end
            continue
        for start, end in sentence_spans(body):
            sentence = body[start:end]
            past = f"{old - 1}年" in sentence or words["past"].search(sentence)
            told = words["review_sentence"].search(sentence)
            if told and (past or (mixed and is_summary(sentence))):
                yield section.start + start, section.start + end
