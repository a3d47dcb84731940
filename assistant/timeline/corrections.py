"""What to change in a text so that its references stand: one correction per reference or list of references."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.timeline.entries import EntryKind
from assistant.timeline.forms import Forms
from assistant.timeline.judge import judge
from assistant.timeline.references import SENTENCE_END, Reference, find
from assistant.timeline.rewording import REWORDINGS, Judged, Sentence, deletion, good, single
from assistant.timeline.squeeze import squeeze
from assistant.timeline.table import Facts
from assistant.timeline.verdict import Status, Verdict

FAMILIES = {
    EntryKind.CONGRESS: "meetings",
    EntryKind.PLENUM: "meetings",
    EntryKind.UNION_CONGRESS: "union",
    EntryKind.THEORY: "theory",
}
BETWEEN = re.compile(r"(?:精神|会议精神)?(?:、|和|与|及|以及)*")
WORST = (Status.ANACHRONISTIC, Status.FINISHED, Status.STALE, Status.UNCERTAIN, Status.CURRENT, Status.RECALLED)


@dataclass(frozen=True, slots=True)
class Correction:
    """`text[start:end] == before` should read `after`; None = no wording fits, the sentence is better dropped.
    `verdict` is the worst of its references.
    """

    start: int
    end: int
    before: str
    after: str | None
    references: tuple[Reference, ...]
    verdict: Verdict


def corrections(
    text: str, *, facts: Facts, index: Forms, drafted: date, year: int, assumed: bool, history: bool
) -> tuple[Correction, ...]:
    """Every correction, in order; lists such as 党的十八大、十八届三中全会 are corrected as one.

    `assumed` and `history` as in `judge`.
    """
    judged = [
        (each, judge(each, facts=facts, drafted=drafted, year=year, assumed=assumed, history=history))
        for each in find(text, facts=facts, index=index)
    ]
    found: list[Correction] = []
    for group in _sentences(text, judged):
        standing = frozenset(id for reference, verdict in group if good(reference, verdict) for id in reference.ids)
        ends = frozenset(reference.end for reference, _ in group)
        sentence = Sentence(text, facts, drafted, year, standing, ends)
        wanted = [_correct(run, sentence) for run in _runs(text, group) if not all(good(*each) for each in run)]
        found += _apart(wanted)
    return tuple(found)


def _apart(wanted: Sequence[Correction]) -> Iterator[Correction]:
    """Where two deletions would take the same mark, the whole list would go: neither can be made."""
    clashing = {place for place in range(1, len(wanted)) if wanted[place].start < wanted[place - 1].end}
    for place, each in enumerate(wanted):
        if place in clashing or place + 1 in clashing:
            first, last = each.references[0].start, each.references[-1].end
            before = each.before[first - each.start : last - each.start]
            yield replace(each, start=first, end=last, before=before, after=None)
        else:
            yield each


def _sentences(text: str, judged: Sequence[Judged]) -> Iterator[list[Judged]]:
    ends = [match.start() for match in SENTENCE_END.finditer(text)]
    group: list[Judged] = []
    for pair in judged:
        if group:
            following = bisect_left(ends, group[-1][0].end)
            if following < len(ends) and ends[following] < pair[0].start:
                yield group
                group = []
        group.append(pair)
    if group:
        yield group


def _runs(text: str, group: Sequence[Judged]) -> Iterator[list[Judged]]:
    """Neighbours of one family joined by 、 or 和, and everything else alone."""
    run: list[Judged] = []
    for pair in group:
        if run and not _joined(text, run[-1][0], pair[0]):
            yield run
            run = []
        run.append(pair)
    if run:
        yield run


def _joined(text: str, left: Reference, right: Reference) -> bool:
    family = FAMILIES.get(left.kind)
    same = family is not None and family == FAMILIES.get(right.kind) and not left.in_title and not right.in_title
    return same and BETWEEN.fullmatch(squeeze(text[left.end : right.start]).text) is not None


def _correct(run: list[Judged], sentence: Sentence) -> Correction:
    family = FAMILIES.get(run[0][0].kind, "")
    start, end, after = REWORDINGS.get(family, single)(run, sentence)
    if after is None:
        start, end, after = deletion(run, sentence)
    if after:
        sentence.said.add(after)
    verdict = min((verdict for _, verdict in run), key=lambda each: (WORST.index(each.status), not each.firm))
    references = tuple(reference for reference, _ in run)
    return Correction(start, end, sentence.text[start:end], after, references, verdict)
