"""Find every reference to a dated fact in a text, with its span and the way it is meant."""

import re
from bisect import bisect, bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from assistant.timeline.anniversaries import anniversaries
from assistant.timeline.cues import Cue, cue, said_year, wording
from assistant.timeline.entries import EntryKind
from assistant.timeline.forms import Forms
from assistant.timeline.patterns import Found, numbered
from assistant.timeline.squeeze import Squeezed, squeeze
from assistant.timeline.table import Facts

TITLE = re.compile(r"《[^《》\n]{1,80}》")
SENTENCE_END = re.compile(r"[。！？!?\n]")
FRESH = re.compile(r"(?:新(?:修[改订正]|颁布|制定|出台)?|(?:最新)?修[改订正]后)的?《?$")
CONNECTOR = re.compile(r"(?:精神|会议精神)?(?:、|和|与|及|以及)+(?:党的)?")
JOINED = re.compile(r"(?:、|和|与|及|以及|到|至)+")
MEETINGS = frozenset({EntryKind.CONGRESS, EntryKind.PLENUM})


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention: `text[start:end] == alias`. `ids` are the entries it may mean, told apart by time; () when masked.

    `members` are all plenums of a list such as 三中、四中全会; `peers` are the ids of the whole sentence.
    """

    start: int
    end: int
    alias: str
    kind: EntryKind
    ids: tuple[str, ...]
    cue: Cue = Cue.NONE
    members: tuple[str, ...] = ()
    peers: frozenset[str] = frozenset()
    masked: bool = False  # the number was blanked out
    wrong: bool = False  # 十八大三中全会
    whole: bool = False  # 历次全会
    union_session: bool = False  # 全总十四届三次执委会
    in_title: bool = False  # part of another document's name in 《》
    fresh: bool = False  # 新修改的《工会法》
    phase: str = ""  # 开局之年 and the like, part of the span
    number: int | None = None  # 届次, ordinal of a plan, years of an anniversary
    event: str = ""  # id of what an anniversary is of, masked ones too
    year: int | None = None  # 2025年 before it in the same sentence

    @property
    def id(self) -> str | None:
        """The entry it means most likely, for display."""
        return self.ids[0] if self.ids else None


def find(text: str, *, facts: Facts, index: Forms) -> tuple[Reference, ...]:
    """Every reference, in order and without overlap; of overlapping ones the longest stays."""
    squeezed = squeeze(text)
    candidates = [_numbered_reference(found, squeezed, facts) for found in numbered(squeezed.text)]
    candidates += [_numbered_reference(each, squeezed, facts) for each in anniversaries(squeezed.text, index.events)]
    candidates += _literal_references(squeezed, index)
    references = _inherit(_without_overlap(candidates), squeezed, facts)
    return _with_context([each for each in references if each.ids or each.masked], squeezed)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A reference in squeezed text before its context is known."""

    start: int
    end: int
    reference: Reference
    found: Found | None = None


def _numbered_reference(found: Found, squeezed: Squeezed, facts: Facts) -> _Candidate:
    ids = _numbered_ids(found, facts)
    reference = _reference(squeezed, found.start, found.end, found.kind, ids[:1] if found.whole else ids[-1:])
    reference = replace(
        reference,
        members=ids if found.kind is EntryKind.PLENUM else (),
        masked=found.number is None,
        wrong=found.wrong,
        whole=found.whole,
        union_session=found.union_session,
        phase=found.phase,
        number=found.number,
        event=found.id,
    )
    return _Candidate(found.start, found.end, reference, found)


def _numbered_ids(found: Found, facts: Facts) -> tuple[str, ...]:
    if found.id:
        return () if found.number is None else (found.id,)
    held = [entry for entry in facts.of(found.kind) if entry.number == found.number and found.number is not None]
    if found.kind is EntryKind.PLENUM and not found.whole:
        held = [entry for entry in held if entry.session in found.sessions]
    return tuple(entry.id for entry in held)


def _reference(squeezed: Squeezed, start: int, end: int, kind: EntryKind, ids: tuple[str, ...]) -> Reference:
    first, last = squeezed.span(start, end)
    return Reference(first, last, squeezed.source[first:last], kind, ids)


def _literal_references(squeezed: Squeezed, index: Forms) -> Iterator[_Candidate]:
    text, words = squeezed.text, wording()
    for start in range(len(text) - 1):
        for form, quoted, ids in index.by_head.get(text[start : start + 2], ()):
            end = start + len(form)
            if not text.startswith(form, start) or words.refuses(form, text, start, end):
                continue
            kind = index.kinds[ids[0]]
            owned = kind is EntryKind.EDUCATION and text.endswith("党的", 0, start)
            reference = _reference(squeezed, start - 2 * owned, end, kind, ids)
            if quoted and reference.alias[0] not in '“‘"':
                continue
            fresh = FRESH.search(text[max(0, start - 8) : start]) if reference.kind is EntryKind.LAW else None
            if fresh:
                first = squeezed.offsets[start - len(fresh.group())]
                alias = squeezed.source[first : reference.end]
                reference = replace(reference, start=first, alias=alias, fresh=True)
            yield _Candidate(start, end, reference)
            break


def _without_overlap(candidates: list[_Candidate]) -> list[_Candidate]:
    """Longest first, then leftmost; forms without a known entry yield to others but still block what they cover."""
    kept: list[_Candidate] = []
    taken: set[int] = set()
    for candidate in sorted(candidates, key=lambda each: (each.start - each.end, each.start)):
        places = range(candidate.start, candidate.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(candidate)
    return sorted(kept, key=lambda each: each.start)


def _inherit(kept: list[_Candidate], squeezed: Squeezed, facts: Facts) -> list[Reference]:
    """党的十八大和三中全会: a plenum without its term takes the congress it is joined to."""
    references: list[Reference] = []
    previous: _Candidate | None = None
    for candidate in kept:
        reference, found = candidate.reference, candidate.found
        bare = found is not None and found.kind is EntryKind.PLENUM and not reference.ids and bool(found.sessions)
        if bare and found is not None and previous is not None and previous.found is not None:
            between = squeezed.text[previous.end : candidate.start]
            if CONNECTOR.fullmatch(between) and previous.found.kind in (EntryKind.CONGRESS, EntryKind.PLENUM):
                term = replace(found, number=previous.found.number)
                ids = _numbered_ids(term, facts)
                reference = replace(reference, ids=ids[-1:], members=ids, masked=term.number is None)
                candidate = replace(candidate, found=term, reference=reference)
        references.append(reference)
        previous = candidate
    return references


def _with_context(references: list[Reference], squeezed: Squeezed) -> tuple[Reference, ...]:
    """Add cue, title and peers."""
    source = squeezed.source
    titles = [match.span() for match in TITLE.finditer(source)]
    ends = [match.start() for match in SENTENCE_END.finditer(source)]
    place = {offset: index for index, offset in enumerate(squeezed.offsets)}
    spans = [_squeezed_span(reference, place) for reference in references]
    cues = _cues(references, spans, squeezed.text)
    sentences = [bisect(ends, reference.start) for reference in references]
    peers: dict[int, set[str]] = {}
    for reference, sentence in zip(references, sentences, strict=True):
        peers.setdefault(sentence, set()).update((*reference.ids, *reference.members))
    return tuple(
        replace(
            reference,
            cue=meant,
            year=said_year(squeezed.text, span[0]),
            in_title=_inside(titles, reference),
            peers=frozenset(peers[sentence]),
        )
        for reference, meant, sentence, span in zip(references, cues, sentences, spans, strict=True)
    )


def _inside(spans: list[tuple[int, int]], reference: Reference) -> bool:
    """Whether one of the ordered spans holds more than the reference on either side."""
    place = bisect_left(spans, (reference.start, 0)) - 1
    return place >= 0 and reference.end < spans[place][1]


def _cues(references: list[Reference], spans: list[tuple[int, int]], text: str) -> list[Cue]:
    """How each is meant; in 党的十八大、十九大以来 the whole list looks back."""
    cues = [cue(text, *span, kind=reference.kind) for reference, span in zip(references, spans, strict=True)]
    for place in range(len(cues) - 1, 0, -1):
        between = text[spans[place - 1][1] : spans[place][0]]
        same = references[place - 1].kind in MEETINGS and references[place].kind in MEETINGS
        if same and cues[place] is Cue.BACK and cues[place - 1] is Cue.NONE and JOINED.fullmatch(between):
            cues[place - 1] = Cue.BACK
    return cues


def _squeezed_span(reference: Reference, place: Mapping[int, int]) -> tuple[int, int]:
    inside = [place[offset] for offset in range(reference.start, reference.end) if offset in place]
    return inside[0], inside[-1] + 1
