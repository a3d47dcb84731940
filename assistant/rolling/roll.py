"""Last year's own plan -> this year's draft, every change told."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.datatypes import Edit, PlanRequest
from assistant.drafting.adapt import apply_edits
from assistant.edits import amended
from assistant.rolling.base import Base, Proposal, base_of
from assistant.rolling.counts import counts
from assistant.rolling.datatypes import Change, ChangeKind, Note, Rollover
from assistant.rolling.days import days
from assistant.rolling.gaps import gaps
from assistant.rolling.names import names, whole_name
from assistant.rolling.numerals import han_year
from assistant.rolling.references import references, unsure
from assistant.rolling.reviews import finished, reviews
from assistant.rolling.rules import rules
from assistant.rolling.shape import shaped
from assistant.rolling.years import years
from assistant.timeline import Timeline, drafting_day
from corpus.datatypes import Document, OrganisationType, Passage, Period, Plan, PlanKind
from corpus.errors import BadDocument, BadRequest
from corpus.frame import foot_end
from corpus.read import read

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=\s*年)")
_TITLE_YEAR = re.compile(
    r"(?P<year>20\d\d|二[〇○零0O][〇○零0O一二三四五六七八九]{2})\s*年?(?P<to>\s*[—－–~～至-]+\s*20\d\d)?(?=\s*(?:学?年|学年))"
)
_AS_WRITTEN = ("txt", "text", "docx", "docm", "doc", "wps", "rtf", "odt")  # lines are those of the author


def roll_over(
    document: Document,
    *,
    year: int,
    name: str | None,
    passages: Sequence[Passage],
    timeline: Timeline,
    drafted: date | None = None,
) -> Rollover:
    """The plan of `year` made from the unit's own plan of an earlier year. `name` None keeps the name it has.

    Raises BadDocument when the file holds no plan, BadRequest when its year is not before `year`.
    """
    drafting_day(year, drafted)
    base = _base(document, year, timeline)
    edits, kinds, notes = _changes(base, name, drafted)
    text = apply_edits(base.text, edits)
    changes = _placed(edits, kinds)
    request = _request(base, name, drafted)
    return Rollover(
        file=document.name,
        from_year=base.old if base.known else None,
        text_before=base.text,
        text_after=text,
        changes=changes,
        gaps=gaps(base, request, passages=passages, timeline=timeline),
        notes=notes,
        draft=shaped(text, changes, request=request),
    )


def _base(document: Document, year: int, timeline: Timeline) -> Base:
    reading = read(document)
    if not reading.plans:
        raise BadDocument(f"{document.name!r} 里没有读到工作计划。请换一个文件，或把正文另存为 .txt 再试。")
    parts = _whole_plans(reading.plans)
    chosen = max(parts, key=lambda part: (_likely(part[0]), part[-1].end - part[0].start))
    plan = chosen[0]
    if len(parts) == 1 and document.format in _AS_WRITTEN:
        text = document.text
    else:
        end = foot_end(reading.text, chosen[-1].end)  # the unit's own signature and date
        text = f"{plan.title}\n{reading.text[plan.start : end]}".lstrip("\n")
    if plan.labels.kind is PlanKind.SUMMARY and not rules()["plan_word"].search(plan.title):
        raise BadRequest(
            f"{document.name!r} 是工作总结，讲的是做过的事，不能续写成计划。"
            "请换成去年的计划；只有总结时，请用“起草”新写一份。"
        )
    old = _titled_year(plan.title) or plan.labels.year or _named_year(text)
    if old is not None and old > year:
        raise BadRequest(f"{document.name!r} 是 {old} 年的计划，不能续写成 {year} 年的。请核对年份。")
    held = [passage for passage in reading.passages if passage.plan_id in {part.id for part in chosen}]
    return base_of(
        *(document.name, text, plan, held), old=old or year - 1, known=old is not None, year=year, timeline=timeline
    )


def _whole_plans(plans: Sequence[Plan]) -> tuple[tuple[Plan, ...], ...]:
    """Plans with what was cut off behind them: only a title begins another one in a unit's own file."""
    found: list[list[Plan]] = []
    for plan in plans:
        if plan.title and not (found and not found[0][0].title):
            found.append([plan])
        elif found:
            found[-1].append(plan)
        else:
            found.append([plan])
    return tuple(tuple(part) for part in found)


def _likely(plan: Plan) -> tuple[bool, bool]:
    return plan.labels.is_union, plan.labels.kind is not PlanKind.SUMMARY


def _titled_year(title: str) -> int | None:
    """The year in a title; of a school year the one its term lies in."""
    match = _TITLE_YEAR.search(title)
    if match is None:
        return None
    year = han_year(match["year"]) or 0
    return year + 1 if match["to"] and "第二学期" in title else year


def _named_year(text: str) -> int | None:
    """The year a text names most often, where its labels say none."""
    named = Counter(int(found) for found in _YEAR.findall(text))
    return max(named, key=lambda year: (named[year], year)) if named else None


def _changes(
    base: Base, name: str | None, drafted: date | None
) -> tuple[tuple[Edit, ...], dict[str, ChangeKind], tuple[Note, ...]]:
    """Edits of the text in order, the kind behind every reason, and notes."""
    found = [*days(base), *years(base), *counts(base), *names(base, name=name), *reviews(base), *finished(base)]
    proposals = [each for each in found if isinstance(each, Proposal)]
    notes = [each for each in found if isinstance(each, Note)]
    kinds = {each.why: each.kind for each in proposals}
    moved = _chosen(base.text, proposals)
    text = apply_edits(base.text, moved)
    edits, now = moved, text
    for each in references(text, year=base.year, drafted=drafted, timeline=base.timeline):
        if not base.reviewed(_source_place(each.start, moved)):
            kinds.setdefault(each.why, each.kind)
            start, end = each.start + len(now) - len(text), each.end + len(now) - len(text)
            edits = amended(now, edits, start=start, end=end, after=each.after, why=each.why)
            now = now[:start] + each.after + now[end:]
    for doubt in unsure(text, year=base.year, drafted=drafted, timeline=base.timeline):
        start, end = _source_place(doubt.start, moved), _source_place(doubt.end - 1, moved) + 1
        if not base.reviewed(start):
            notes.append(base.note(start, end, f"{doubt.verdict.why or '提法请核对'}，没有改。"))
    if not base.known:
        notes.append(base.note(0, 0, f"原计划没有写明年份，按 {base.old} 年处理，请核对。"))
    return edits, kinds, tuple(sorted(notes, key=lambda note: (note.start, note.end)))


def _chosen(text: str, proposals: Iterable[Proposal]) -> tuple[Edit, ...]:
    """Proposals without overlap, the earlier rule first."""
    kept: list[Proposal] = []
    for each in proposals:
        clash = any((each.start < other.end and other.start < each.end) or each.start == other.start for other in kept)
        if not clash and text[each.start : each.end] != each.after:
            kept.append(each)
    ordered = sorted(kept, key=lambda one: (one.start, one.end))
    return tuple(Edit(one.start, one.end, text[one.start : one.end], one.after, one.why) for one in ordered)


def _source_place(place: int, edits: Sequence[Edit]) -> int:
    """Where a place of the edited text lies in the source, at the start of an edit it is inside of."""
    shift = 0
    for edit in edits:
        first = edit.start + shift
        if place < first:
            break
        if place < first + len(edit.after):
            return edit.start
        shift += len(edit.after) - len(edit.before)
    return place - shift


def _placed(edits: Sequence[Edit], kinds: dict[str, ChangeKind]) -> tuple[Change, ...]:
    found, shift = [], 0
    for edit in edits:
        kind = next(kind for why, kind in kinds.items() if edit.why.startswith(why))  # a merged edit keeps the first
        found.append(Change(edit.start, edit.end, edit.before, edit.after, edit.why, kind, edit.start + shift))
        shift += len(edit.after) - len(edit.before)
    return tuple(found)


def _request(base: Base, name: str | None, drafted: date | None) -> PlanRequest:
    labels = base.labels
    unfit = (OrganisationType.PEOPLES_CONGRESS,)
    organisation = OrganisationType.OTHER if labels.organisation in unfit else labels.organisation
    unit = name or (whole_name(labels.unit, base.title) if labels.unit else None)
    period = Period.YEAR if labels.period is Period.NONE else labels.period
    return replace(PlanRequest(organisation, unit, base.year, period), drafted=drafted)
