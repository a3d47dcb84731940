"""One text under 体检: its findings, those the user put aside, and every replacement made so far as an edit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.checking import CheckRequest, Overlap, Samples, check, overlap
from assistant.datatypes import Edit, Finding, FindingKind, PlanRequest, Severity
from assistant.edits import amended
from assistant.rolling.datatypes import Change, ChangeKind, Rollover
from assistant.rolling.shape import shaped
from assistant.timeline import FIRST_YEAR, LAST_YEAR, Timeline
from assistant.understand import next_plan_year, normalised
from corpus.classify import label_plan
from corpus.datatypes import OrganisationType, Period
from corpus.errors import BadRequest

LONGEST = 200_000  # characters; a book is no plan
_SEVERITIES = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Checkup:
    """`edits` lead from `original` to `text`; the findings are those of `text`, without what was put aside."""

    name: str  # of the file, "" for a pasted text
    original: str
    text: str
    edits: tuple[Edit, ...]
    request: CheckRequest
    findings: tuple[Finding, ...]
    aside: frozenset[tuple[FindingKind, str]]
    overlap: Overlap


def begin(text: str, *, name: str, request: CheckRequest, timeline: Timeline, samples: Samples) -> Checkup:
    """Check a text. Raises BadRequest for an empty or overlong one, or a year the timeline does not cover."""
    if not text.strip():
        raise BadRequest("还没有要体检的文字：请粘贴一份计划，或上传文件。")
    if len(text) > LONGEST:
        raise BadRequest(f"这份文字有 {len(text):,} 字，超过 {LONGEST:,} 字，不像一份计划。请只贴计划正文。")
    measured = overlap(text, samples=samples, last_plan=request.last_plan)
    found = check(text, request=request, timeline=timeline, samples=samples)
    return Checkup(name, text, text, (), request, found, frozenset(), measured)


def key_of(finding: Finding) -> str:
    """What the page calls a finding."""
    return f"{finding.kind}-{finding.start}-{finding.end}"


def accept(held: Checkup, keys: Iterable[str], *, timeline: Timeline, samples: Samples) -> tuple[Checkup, int]:
    """The text with the replacements of those findings made, checked again, and how many were made."""
    wanted = frozenset(keys)
    chosen = fitting([each for each in held.findings if key_of(each) in wanted])
    text, edits = held.text, held.edits
    for each in reversed(chosen):
        after = each.replacement or ""
        edits = amended(text, edits, start=each.start, end=each.end, after=after, why=each.message)
        text = text[: each.start] + after + text[each.end :]
    if not chosen:
        return held, 0
    measured = overlap(text, samples=samples, last_plan=held.request.last_plan)
    found = check(text, request=held.request, timeline=timeline, samples=samples)
    kept = tuple(each for each in found if (each.kind, each.text) not in held.aside)
    return replace(held, text=text, edits=edits, findings=kept, overlap=measured), len(chosen)


def put_aside(held: Checkup, keys: Iterable[str]) -> Checkup:
    """Without those findings, now and after later changes."""
    wanted = frozenset(keys)
    gone = {(each.kind, each.text) for each in held.findings if key_of(each) in wanted}
    kept = tuple(each for each in held.findings if key_of(each) not in wanted)
    return replace(held, findings=kept, aside=held.aside | gone)


def fitting(findings: Sequence[Finding]) -> list[Finding]:
    """Those with a replacement, in order, without overlap; the more severe wins, then the longer one."""
    chosen: list[Finding] = []
    usable = [each for each in findings if each.replacement is not None]
    for each in sorted(usable, key=lambda f: (_SEVERITIES.index(f.severity), f.start - f.end, f.start)):
        if not any(each.start < other.end and other.start < each.end for other in chosen):
            chosen.append(each)
    return sorted(chosen, key=lambda f: f.start)


def revised(held: Checkup) -> Rollover:
    """What was changed, in the form 修订稿 is made of."""
    changes, shift = [], 0
    for edit in held.edits:
        place = edit.start + shift
        changes.append(Change(edit.start, edit.end, edit.before, edit.after, edit.why, ChangeKind.CHECK, place))
        shift += len(edit.after) - len(edit.before)
    asked = held.request
    request = PlanRequest(
        asked.organisation or OrganisationType.OTHER, asked.name, asked.year, asked.period or Period.YEAR
    )
    draft = shaped(held.text, changes, request=request)
    return Rollover(held.name, None, held.original, held.text, tuple(changes), (), (), draft)


def year_said(typed: str) -> int | None:
    """The year in a box, None for an empty one. Raises BadRequest for what is no year."""
    digits = normalised(typed or "").removesuffix("年").strip()
    if digits and not (digits.isascii() and digits.isdigit()):
        raise BadRequest(f"年份“{typed[:12]}”不对：请写四位数字，例如 2026。")
    return int(digits) if digits else None


def year_of(text: str, *, today: date) -> int:
    """The year a plan is for: the one its title states, or its text, else the one plans are written for now."""
    title = text.strip().partition("\n")[0]
    stated = (label_plan(zone, title=title, file_name="").year for zone in (title, text))
    return next((year for year in stated if year and FIRST_YEAR <= year <= LAST_YEAR), next_plan_year(today))
