"""How one reference, or one list of them, is put in a sentence for another day."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import assistant.timeline.newest as newest
from assistant.timeline.cues import Cue, wording
from assistant.timeline.deletions import clause, in_slogan, listed
from assistant.timeline.entries import EntryKind
from assistant.timeline.references import Reference
from assistant.timeline.replacements import DEVELOPMENT, LEADING, NAMED
from assistant.timeline.table import Facts
from assistant.timeline.verdict import Status, Verdict

Judged = tuple[Reference, Verdict]
Change = tuple[int, int, str | None]  # start, end, wording; None = nothing fits
JOINT = re.compile(r"(?:以及|和|与|及|、)$")


@dataclass(slots=True)
class Sentence:
    """A sentence being corrected: the text, the day, and what has been put into it so far."""

    text: str
    facts: Facts
    drafted: date
    year: int
    standing: frozenset[str]  # ids that stand in it already
    ends: frozenset[int]  # where its references end
    said: set[str] = field(default_factory=set)


def good(reference: Reference, verdict: Verdict) -> bool:
    """Nothing to change, and safe to claim in a draft."""
    announced = verdict.by is not None and not verdict.by.known and verdict.status is Status.CURRENT
    return verdict.fine and not announced and not (reference.wrong and verdict.status is Status.CURRENT)


def deletion(run: list[Judged], sentence: Sentence) -> Change:
    """Take the item out of its list, or the clause out of its sentence; None when neither leaves good grammar."""
    first, last = run[0][0], run[-1][0]
    if any(verdict.status is Status.UNCERTAIN and not reference.masked for reference, verdict in run):
        return first.start, last.end, None
    span = listed(sentence.text, first.start, last.end, named=first.kind in NAMED)
    span = span or clause(sentence.text, first.start, last.end)
    return (*span, "") if span else (first.start, last.end, None)


def meetings(run: list[Judged], sentence: Sentence) -> Change:
    """The list of congress and plenums of the day."""
    first, last = run[0][0], run[-1][0]
    start, end = first.start, last.end
    behind = sentence.text[end:]
    if in_slogan(sentence.text[:start], behind):
        return start, end, None
    if any(each.cue is Cue.WELCOME for each, _ in run):
        return start, end, _upcoming(sentence)
    if any(each.cue is Cue.BOUND for each, _ in run) or _follows("document_after", behind):
        return start, end, None
    congress = newest.newest(sentence.facts, EntryKind.CONGRESS, sentence.drafted)
    text = newest.meetings(sentence.facts, sentence.drafted)
    if not text or congress is None:
        return start, end, None
    if all(each.cue is Cue.BACK for each, _ in run):
        return start, end, congress.short
    if _follows("papers_after", behind):
        alone = all(each.kind is EntryKind.CONGRESS for each, _ in run)
        return start, end, congress.short if alone and congress.short not in sentence.said else None
    if text.endswith("全会") and behind.startswith("会议精神"):
        end += 2
    if congress.id in sentence.standing - {id for each, _ in run for id in each.ids} or _said(sentence, text):
        return start, end, _latest_plenum(sentence)
    lead = not _follows("spirit_after", behind) and _follows("lead_after", behind)
    return start, end, text + ("精神" if lead else "")


def _follows(name: str, behind: str) -> bool:
    return wording().patterns[name].match(behind.replace("，", "、").replace(",", "、")) is not None


def _said(sentence: Sentence, text: str) -> bool:
    return any(text in each for each in sentence.said)


def _upcoming(sentence: Sentence) -> str | None:
    """The congress that may be looked forward to on that day."""
    coming = [
        entry
        for entry in sentence.facts.of(EntryKind.CONGRESS)
        if entry.mention and entry.start and entry.mention <= sentence.drafted < entry.start
    ]
    return coming[0].short if coming else None


def _latest_plenum(sentence: Sentence) -> str | None:
    """For a second mention in one sentence: the newest plenum alone, once."""
    listed = newest.plenums(sentence.facts, sentence.drafted)
    if not listed or not listed[-1].known or listed[-1].id in sentence.standing:
        return None
    text = listed[-1].short
    return None if _said(sentence, text) else text


def union(run: list[Judged], sentence: Sentence) -> Change:
    """The national congress of the unions of the day."""
    first, last = run[0][0], run[-1][0]
    start, end = first.start, last.end
    congress = newest.union_congress(sentence.facts, sentence.drafted)
    behind = sentence.text[end:]
    bound = any(each.cue in (Cue.WELCOME, Cue.BOUND) for each, _ in run) or _follows("document_after", behind)
    outside = sentence.standing - {id for each, _ in run for id in each.ids}
    if congress is None or bound or congress.id in outside or _said(sentence, congress.short):
        return start, end, None
    lead = _follows("guide_after", behind)
    return start, end, congress.short + ("精神" if lead else "")


def theory(run: list[Judged], sentence: Sentence) -> Change:
    """The guiding thought of the day for a list of older ones."""
    first, last = run[0][0], run[-1][0]
    ancestors = wording().patterns["ancestors_before"].search(sentence.text[: first.start])
    start = ancestors.start() if ancestors else first.start
    end = last.end
    rule = newest.formula(sentence.facts, sentence.drafted)
    ids = {id for each, _ in run for id in each.ids}
    realised = wording().patterns["realised_before"].search(sentence.text[:start])
    early = all(verdict.status is Status.ANACHRONISTIC for _, verdict in run)
    dropped = _drop_joined(sentence, first.start, end) if early else None
    if dropped:
        return dropped
    if rule is None or realised or not ids <= LEADING:
        return first.start, end, None
    practised = wording().patterns["practised_before"].search(sentence.text[:start])
    development = sentence.facts.entries.get(DEVELOPMENT)
    again = _said(sentence, rule.text) or not _theories(sentence, rule.text).isdisjoint(sentence.standing - ids)
    modern = development is not None and development.stands(sentence.drafted)
    if ids == {"gt-sdo"} and modern and (again or practised):
        text = development.short if development else ""
        fresh = DEVELOPMENT not in sentence.standing and not _said(sentence, text)
        return first.start, end, text if fresh else None
    if again:
        return _third_of_three(run, sentence, rule.text)
    if sentence.text.startswith("精神", end):
        end += 2
    return start, end, rule.text


def _theories(sentence: Sentence, text: str) -> set[str]:
    return {entry.id for entry in sentence.facts.of(EntryKind.THEORY) if entry.short in text}


def _third_of_three(run: list[Judged], sentence: Sentence, rule: str) -> Change:
    """A masked “…”重要思想 beside theories that stand: before 2018 it can only have been one."""
    wrong = [reference for reference, verdict in run if not good(reference, verdict)]
    named = sentence.facts.entries["gt-3rep"].short
    masked = len(wrong) == 1 and wrong[0].masked and named in rule and "gt-3rep" not in sentence.standing
    if masked:
        return wrong[0].start, wrong[0].end, named
    return run[0][0].start, run[-1][0].end, None


def single(run: list[Judged], sentence: Sentence) -> Change:
    """A reference alone: what replaced it, unless the sentence names that already."""
    reference, verdict = run[0]
    start, end, text = reference.start, reference.end, verdict.replacement
    if text is None or sentence.text[start - 1 : start] == "‘" or reference.alias.startswith("‘"):
        return start, end, None
    outside = sentence.text[:start] + sentence.text[end:]
    if reference.kind is EntryKind.PLAN or not (text.strip("《》“”") in outside or _said(sentence, text)):
        return start, end, text
    return _drop_joined(sentence, start, end) or (start, end, None)


def _drop_joined(sentence: Sentence, start: int, end: int) -> Change | None:
    """Take away the second of two references joined by 和 or 、."""
    joint = JOINT.search(sentence.text[:start])
    return (joint.start(), end, "") if joint and joint.start() in sentence.ends else None


REWORDINGS: Mapping[str, Callable[[list[Judged], Sentence], Change]] = {
    "meetings": meetings,
    "union": union,
    "theory": theory,
}
