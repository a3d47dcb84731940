"""What to change in a text so that its references stand: one correction per reference or list of references."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.timeline import newest
from assistant.timeline.cues import Cue
from assistant.timeline.deletions import clause, listed
from assistant.timeline.entries import EntryKind
from assistant.timeline.references import SENTENCE_END, Forms, Reference, find
from assistant.timeline.replacements import DEVELOPMENT, NAMED
from assistant.timeline.squeeze import squeeze
from assistant.timeline.table import Facts
from assistant.timeline.verdicts import Status, Verdict, judge

Judged = tuple[Reference, Verdict]
FAMILIES = {
    EntryKind.CONGRESS: "meetings",
    EntryKind.PLENUM: "meetings",
    EntryKind.UNION_CONGRESS: "union",
    EntryKind.THEORY: "theory",
}
BETWEEN = re.compile(r"(?:精神|会议精神)?(?:、|和|与|及|以及)*")
SPIRIT = re.compile(r"(?:会议)?精神")
LEADS = re.compile(r"为(?:指导|指针|主导|引领|统领|契机|动力|主线|方向|根本)|[、，,和与及](?!召开)|以及")
PAPERS = re.compile(r"(?:的)?(?:报告|文件|决议)")
BOUND_TO = re.compile(r"(?:的)?《")
ANCESTORS = re.compile(r"(?:马克思列宁主义|马列主义|马克思主义)(?:、|和)毛泽东思想(?:、|和)$")
PRACTISED = re.compile(r"(?:树立|践行|实践|落实和践行)(?:和落实|和践行)?$")
REALISED = re.compile(r"(?:实现|体现|符合)$")  # one realises 三个代表, not a thought
LEADING = frozenset({"gt-deng", "gt-3rep", "gt-sdo", "gt-xi-speeches", "gt-xi"})
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


@dataclass(slots=True)
class _Sentence:
    """A sentence being corrected: the text, the day, and what has been put into it so far."""

    text: str
    facts: Facts
    drafted: date
    year: int
    standing: frozenset[str]  # ids that stand in it already
    said: set[str] = field(default_factory=set)


def corrections(
    text: str, *, facts: Facts, index: Forms, drafted: date, year: int, assumed: bool = False
) -> tuple[Correction, ...]:
    """Every correction, in order; lists such as 党的十八大、十八届三中全会 are corrected as one."""
    judged = [
        (each, judge(each, facts=facts, drafted=drafted, year=year, assumed=assumed))
        for each in find(text, facts=facts, index=index)
    ]
    found: list[Correction] = []
    for group in _sentences(text, judged):
        standing = frozenset(id for reference, verdict in group if good(reference, verdict) for id in reference.ids)
        sentence = _Sentence(text, facts, drafted, year, standing)
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


def good(reference: Reference, verdict: Verdict) -> bool:
    """Nothing to change, and safe to claim in a draft."""
    announced = verdict.by is not None and not verdict.by.known and verdict.status is Status.CURRENT
    return verdict.fine and not announced and not (reference.wrong and verdict.status is Status.CURRENT)


def _sentences(text: str, judged: Sequence[Judged]) -> Iterator[list[Judged]]:
    ends = [match.start() for match in SENTENCE_END.finditer(text)]
    group: list[Judged] = []
    for pair in judged:
        if group and any(group[-1][0].end <= end < pair[0].start for end in ends):
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


def _correct(run: list[Judged], sentence: _Sentence) -> Correction:
    family = FAMILIES.get(run[0][0].kind, "")
    start, end, after = {"meetings": _meetings, "union": _union, "theory": _theory}.get(family, _single)(run, sentence)
    if after is None:
        start, end, after = _deletion(run, sentence)
    if after:
        sentence.said.add(after)
    verdict = min((verdict for _, verdict in run), key=lambda each: (WORST.index(each.status), not each.firm))
    references = tuple(reference for reference, _ in run)
    return Correction(start, end, sentence.text[start:end], after, references, verdict)


Change = tuple[int, int, str | None]


def _deletion(run: list[Judged], sentence: _Sentence) -> Change:
    """Take the item out of its list, or the clause out of its sentence; None when neither leaves good grammar."""
    first, last = run[0][0], run[-1][0]
    if any(verdict.status is Status.UNCERTAIN and not reference.masked for reference, verdict in run):
        return first.start, last.end, None
    span = listed(sentence.text, first.start, last.end, named=first.kind in NAMED)
    span = span or clause(sentence.text, first.start, last.end)
    return (*span, "") if span else (first.start, last.end, None)


def _meetings(run: list[Judged], sentence: _Sentence) -> Change:
    """The list of congress and plenums of the day."""
    first, last = run[0][0], run[-1][0]
    start, end = first.start, last.end
    behind = sentence.text[end:]
    if any(each.cue is Cue.WELCOME for each, _ in run):
        return start, end, _upcoming(sentence)
    if any(each.cue is Cue.BOUND for each, _ in run) or BOUND_TO.match(behind):
        return start, end, None
    congress = newest.newest(sentence.facts, EntryKind.CONGRESS, sentence.drafted)
    text = newest.meetings(sentence.facts, sentence.drafted)
    if not text or congress is None:
        return start, end, None
    if PAPERS.match(behind):
        alone = all(each.kind is EntryKind.CONGRESS for each, _ in run)
        return start, end, congress.short if alone and congress.short not in sentence.said else None
    if text.endswith("全会") and behind.startswith("会议精神"):
        end += 2
    if congress.id in sentence.standing - {id for each, _ in run for id in each.ids} or _said(sentence, text):
        return start, end, _latest_plenum(sentence)
    lead = not SPIRIT.match(behind) and LEADS.match(behind)
    return start, end, text + ("精神" if lead else "")


def _said(sentence: _Sentence, text: str) -> bool:
    return any(text in each for each in sentence.said)


def _upcoming(sentence: _Sentence) -> str | None:
    """The congress that may be looked forward to on that day."""
    coming = [
        entry
        for entry in sentence.facts.of(EntryKind.CONGRESS)
        if entry.mention and entry.start and entry.mention <= sentence.drafted < entry.start
    ]
    return coming[0].short if coming else None


def _latest_plenum(sentence: _Sentence) -> str | None:
    """For a second mention in one sentence: the newest plenum alone, once."""
    listed = newest.plenums(sentence.facts, sentence.drafted)
    if not listed or not listed[-1].known or listed[-1].id in sentence.standing:
        return None
    text = listed[-1].short
    return None if _said(sentence, text) else text


def _union(run: list[Judged], sentence: _Sentence) -> Change:
    first, last = run[0][0], run[-1][0]
    start, end = first.start, last.end
    congress = newest.union_congress(sentence.facts, sentence.drafted)
    behind = sentence.text[end:]
    bound = any(each.cue in (Cue.WELCOME, Cue.BOUND) for each, _ in run) or BOUND_TO.match(behind)
    outside = sentence.standing - {id for each, _ in run for id in each.ids}
    if congress is None or bound or congress.id in outside or _said(sentence, congress.short):
        return start, end, None
    lead = not SPIRIT.match(behind) and re.match(r"为(?:指导|指针|主导|引领|统领)", behind)
    return start, end, congress.short + ("精神" if lead else "")


def _theory(run: list[Judged], sentence: _Sentence) -> Change:
    """The guiding thought of the day for a list of older ones."""
    first, last = run[0][0], run[-1][0]
    ancestors = ANCESTORS.search(sentence.text[: first.start])
    start = ancestors.start() if ancestors else first.start
    end = last.end
    rule = newest.formula(sentence.facts, sentence.drafted)
    ids = {id for each, _ in run for id in each.ids}
    realised = REALISED.search(sentence.text[:start])
    if rule is None or realised or not ids <= LEADING:
        return first.start, end, None
    development = sentence.facts.entries.get(DEVELOPMENT)
    again = _said(sentence, rule.text) or not _theories(sentence, rule.text).isdisjoint(sentence.standing - ids)
    modern = development is not None and development.stands(sentence.drafted)
    if ids == {"gt-sdo"} and modern and (again or PRACTISED.search(sentence.text[:start])):
        text = development.short if development else ""
        fresh = DEVELOPMENT not in sentence.standing and not _said(sentence, text)
        return first.start, end, text if fresh else None
    if again:
        return _third_of_three(run, sentence, rule.text)
    if sentence.text.startswith("精神", end):
        end += 2
    return start, end, rule.text


def _theories(sentence: _Sentence, text: str) -> set[str]:
    return {entry.id for entry in sentence.facts.of(EntryKind.THEORY) if entry.short in text}


def _third_of_three(run: list[Judged], sentence: _Sentence, rule: str) -> Change:
    """A masked “…”重要思想 beside theories that stand: before 2018 it can only have been one."""
    wrong = [reference for reference, verdict in run if not good(reference, verdict)]
    named = sentence.facts.entries["gt-3rep"].short
    masked = len(wrong) == 1 and wrong[0].masked and named in rule and "gt-3rep" not in sentence.standing
    if masked:
        return wrong[0].start, wrong[0].end, named
    return run[0][0].start, run[-1][0].end, None


def _single(run: list[Judged], sentence: _Sentence) -> Change:
    reference, verdict = run[0]
    start, end, text = reference.start, reference.end, verdict.replacement
    quoted = sentence.text[start - 1 : start] == "‘" or reference.alias.startswith("‘")
    if text is None or (reference.kind is EntryKind.PLAN and quoted):
        return start, end, None
    outside = sentence.text[:start] + sentence.text[end:]
    repeated = text.strip("《》“”") in outside or _said(sentence, text)
    return start, end, None if repeated else text
