"""A plan to passages: one item or a few short ones, never across a section, months together, nothing rewritten."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from corpus.classify import label_topics
from corpus.datatypes import Entity, Item, OrganisationType, Passage, Period, Plan, PlanKind, Section, Slot
from corpus.markers import months
from corpus.words import sentence_spans

Span = TypeVar("Span", Item, Entity, Slot)

SHORT = 60  # characters below which an item is put together with its neighbours
GOOD = 200  # characters up to which a passage takes in a short neighbour
LONG = 350  # characters above which a passage is cut at a sentence end
_ONE_LINE = 260  # characters up to which the points on one line stay one passage
_HEADING = 60  # characters of a parent item that is a heading


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch of a section that stays together: an item, or the text before the first one."""

    start: int
    end: int
    headings: tuple[str, ...]
    months: tuple[int, ...]


def chunk(plan: Plan, *, file: str, collection: str) -> tuple[Passage, ...]:
    """The passages of `plan`, in order: `plan.text[p.start:p.end] == p.text`; together they hold all of its body."""
    passages = []
    for section in plan.sections:
        for block in _merged(plan.text, _blocks(plan, section)):
            for start, end in _pieces(plan.text, block.start, block.end):
                passages.append(_passage(plan, replace(block, start=start, end=end), file, collection))
    return tuple(passages)


def bare_passage(text: str, *, plan_id: str, file: str) -> Passage:
    """A text as a passage of its own, of which nothing is known; `dataclasses.replace` says what is."""
    return Passage(
        id=f"{plan_id}:0",
        plan_id=plan_id,
        file=file,
        title="",
        headings=(),
        text=text,
        start=0,
        end=len(text),
        organisation=OrganisationType.OTHER,
        topics=(),
        months=(),
        period=Period.NONE,
        kind=PlanKind.PLAN,
        year=None,
        era=None,
        is_union=False,
        collection="",
        entities=(),
        slots=(),
    )


def _passage(plan: Plan, block: _Block, file: str, collection: str) -> Passage:
    text, labels = plan.text[block.start : block.end], plan.labels
    within = [e for e in _inside(plan.entities, block.start, block.end) if e.end <= block.end]
    slots = [s for s in _inside(plan.slots, block.start, block.end) if s.end <= block.end]
    return Passage(
        id=f"{plan.id}:{block.start}",
        plan_id=plan.id,
        file=file,
        title=plan.title,
        headings=block.headings,
        text=text,
        start=block.start,
        end=block.end,
        organisation=labels.organisation,
        topics=label_topics(text, headings=block.headings),
        months=block.months,
        period=labels.period,
        kind=labels.kind,
        year=labels.year,
        era=labels.era,
        is_union=labels.is_union,
        collection=collection,
        entities=tuple(replace(e, start=e.start - block.start, end=e.end - block.start) for e in within),
        slots=tuple(replace(s, start=s.start - block.start, end=s.end - block.start) for s in slots),
    )


def _inside(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """The spans, which are in order, that begin inside `start` to `end`."""
    return spans[bisect_left(spans, start, key=_start) : bisect_left(spans, end, key=_start)]


def _start(span: Item | Entity | Slot) -> int:
    return span.start


def _blocks(plan: Plan, section: Section) -> Iterator[_Block]:
    """The section's stretches in order; a parent item that only heads its children becomes part of their path."""
    top = (section.heading,) if section.heading else ()
    inside = _inside(plan.items, section.start, section.end)
    first = inside[0].start if inside else section.end
    if plan.text[section.start : first].strip():
        yield _trimmed(plan.text, section.start, first, top, ())
    path: list[tuple[int, str]] = []
    reached = 0
    for i, item in enumerate(inside):
        if item.start < reached:
            continue
        follower = inside[i + 1] if i + 1 < len(inside) else None
        path = [entry for entry in path if entry[0] < item.level]
        own = plan.text[item.start : item.end]
        reached = _line_end(plan.text, inside[i:])
        if reached - item.start <= _ONE_LINE:
            own = plan.text[item.start : reached]
        else:
            reached = item.end
        parent = follower is not None and follower.level > item.level and follower.start >= reached
        if parent and _is_heading(own) and item.month is None:
            path.append((item.level, own.strip()))
            continue
        yield _Block(item.start, reached, (*top, *(name for _, name in path)), _months(plan, inside, item))


def _line_end(text: str, following: Sequence[Item]) -> int:
    """Where the points on the first one's line end: 2、……一是……二是…… stays together while it is short."""
    end = following[0].end
    for item in following[1:]:
        if item.level <= following[0].level or "\n" in text[end : item.start]:
            break
        end = item.end
    return end


def _months(plan: Plan, inside: Sequence[Item], item: Item) -> tuple[int, ...]:
    if item.month is None:
        return ()
    label = next((i for i in reversed(inside) if i.start <= item.start and months(i.marker)), item)
    return months(label.marker) or (item.month,)


def _trimmed(text: str, start: int, end: int, headings: tuple[str, ...], months_: tuple[int, ...]) -> _Block:
    body = text[start:end]
    first = start + len(body) - len(body.lstrip())
    return _Block(first, first + len(body.strip()), headings, months_)


def _is_heading(own: str) -> bool:
    """Whether a parent item's own text only names what its children say."""
    own = own.strip()
    clauses = len(re.findall("[，,]", own))
    return len(own) <= (_HEADING if clauses < 2 else _HEADING // 2) and not re.search(r"[。；！？\n](?!$)", own)


def _merged(text: str, blocks: Iterator[_Block]) -> Iterator[_Block]:
    """Short neighbours under the same headings together; one month's lines always."""
    held: _Block | None = None
    for block in blocks:
        if held is None:
            held = block
        elif _together(held, block) or _heads_table(text, held, block):
            held = replace(held, end=block.end, months=block.months)
        else:
            yield held
            held = block
    if held is not None:
        yield held


def _together(held: _Block, block: _Block) -> bool:
    if held.headings != block.headings or held.months != block.months:
        return False
    length = block.end - held.start
    if held.months or held.end - held.start < SHORT:
        return length <= LONG
    return length <= GOOD and block.end - block.start < SHORT


def _heads_table(text: str, held: _Block, block: _Block) -> bool:
    """Whether `held` is the head of the table whose first month `block` is."""
    head = text[held.start : held.end]
    return not held.months and bool(block.months) and "|" in head and len(head) < SHORT


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A long stretch cut at sentence ends into parts of similar length."""
    if end - start <= LONG:
        yield start, end
        return
    target = (end - start) / -(-(end - start) // LONG)
    first = start
    stops = [start + stop for _, stop in sentence_spans(text[start:end])]
    begins = [start + begin for begin, _ in sentence_spans(text[start:end])][1:]
    for stop, following, next_stop in zip(stops, begins, stops[1:], strict=False):
        full = stop - first >= target or next_stop - first > LONG
        if full and stop - first >= SHORT and end - following >= SHORT:
            yield first, stop
            first = following
    yield first, end
