"""Judge a reference for a plan year and a drafting date."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assistant.timeline import newest
from assistant.timeline.cues import Cue
from assistant.timeline.entries import Certainty, Entry, EntryKind
from assistant.timeline.references import Reference
from assistant.timeline.replacements import current, replacement
from assistant.timeline.table import Facts

YEARLY = frozenset({EntryKind.PLAN, EntryKind.PUFA})
MEETINGS = frozenset({EntryKind.CONGRESS, EntryKind.PLENUM, EntryKind.UNION_CONGRESS})
GUESS_YEARS = 3  # how far off the first day of a LOW entry may be


class Status(StrEnum):
    """What a plan may do with a reference."""

    CURRENT = "current"
    RECALLED = "recalled"  # a legitimate look back, or a name
    STALE = "stale"  # something newer stands
    ANACHRONISTIC = "anachronistic"  # not yet known on that day
    FINISHED = "finished"  # a campaign or plan that has ended
    UNCERTAIN = "uncertain"  # masked, or what stands on that day is not known


@dataclass(frozen=True, slots=True)
class Verdict:
    """`firm` is False where a reader could defend the wording: a hint, not an error."""

    status: Status
    by: Entry | None = None
    replacement: str | None = None
    why: str = ""
    firm: bool = True

    @property
    def fine(self) -> bool:
        """Nothing to change."""
        return self.status in (Status.CURRENT, Status.RECALLED)


def judge(reference: Reference, *, facts: Facts, drafted: date, year: int, assumed: bool = False) -> Verdict:
    """The verdict on a reference in a plan of `year` drafted on `drafted`; `assumed`: the date was not given."""
    if reference.in_title:
        return Verdict(Status.RECALLED, why="书名号内是文件名称，照写")
    if reference.masked:
        text = replacement(reference, None, facts=facts, drafted=drafted, year=year)
        return Verdict(Status.UNCERTAIN, replacement=text, why="届次或序号被遮去，需写明")
    candidates = [facts.entries[id] for id in reference.ids]
    verdicts = [_judge_one(reference, entry, facts=facts, drafted=drafted, year=year) for entry in candidates]
    verdict = min(zip(verdicts, candidates, strict=True), key=lambda pair: _preference(*pair, drafted=drafted))[0]
    welcomed = reference.cue is Cue.WELCOME
    if not (verdict.fine or welcomed) and verdict.status is not Status.UNCERTAIN and verdict.replacement is None:
        entry = candidates[verdicts.index(verdict)]
        text = replacement(reference, entry, facts=facts, drafted=drafted, year=year)
        verdict = replace(verdict, replacement=text)
    late = any(entry.start and entry.start.year == year for entry in candidates)
    if assumed and late and verdict.status is Status.ANACHRONISTIC:
        verdict = replace(verdict, firm=False)
    return verdict


def _preference(verdict: Verdict, entry: Entry, *, drafted: date) -> tuple[int, int]:
    order = [*(Status.CURRENT, Status.RECALLED, Status.UNCERTAIN), Status.FINISHED, Status.STALE, Status.ANACHRONISTIC]
    distance = abs(((entry.start or drafted) - drafted).days)
    return (order.index(verdict.status), distance)


def _judge_one(reference: Reference, entry: Entry, *, facts: Facts, drafted: date, year: int) -> Verdict:
    if entry.kind in YEARLY:
        return _yearly(reference, entry, facts=facts, drafted=drafted, year=year)
    if entry.start is None:
        return _unscheduled(reference, entry, drafted)
    if entry.first and drafted < entry.first:
        return _too_early(reference, entry, drafted)
    if drafted < entry.start:
        return _between(reference, entry, drafted)
    if entry.kind is EntryKind.THEORY:
        return _theory(reference, entry, facts=facts, drafted=drafted)
    if entry.kind is EntryKind.PLENUM:
        return _plenum(reference, entry, facts=facts, drafted=drafted)
    return _begun(reference, entry, facts=facts, drafted=drafted, year=year)


def _month(day: date | None) -> str:
    return f"{day.year}年{day.month}月" if day else "日期未定"


def _unscheduled(reference: Reference, entry: Entry, drafted: date) -> Verdict:
    """An entry whose day is not known."""
    if entry.expected and drafted < entry.expected and reference.cue not in (Cue.AHEAD, Cue.WELCOME):
        return Verdict(Status.ANACHRONISTIC, entry, why=f"{entry.short}预计{_month(entry.expected)}以后，届时尚未举行")
    return Verdict(Status.UNCERTAIN, entry, why=f"{entry.short}的名称或日期尚未核实，请查证后再写")


def _too_early(reference: Reference, entry: Entry, drafted: date) -> Verdict:
    first = entry.first or drafted
    if entry.older:
        return Verdict(Status.CURRENT, entry)
    if entry.certainty is Certainty.LOW and first.year - drafted.year <= GUESS_YEARS:
        return Verdict(Status.UNCERTAIN, entry, why=f"“{reference.alias}”的起始时间约为{first.year}年，请核实")
    why = f"{entry.short}{_month(first)}才有，{_month(drafted)}起草的计划不应出现"
    return Verdict(Status.ANACHRONISTIC, entry, why=why, firm=entry.certainty is Certainty.HIGH)


def _between(reference: Reference, entry: Entry, drafted: date) -> Verdict:
    """Looked forward to, in session, or adopted and not yet in force."""
    if entry.adopted and entry.adopted <= drafted:
        why = f"已公布，{entry.start}起施行，宜写学习宣传" if entry.kind in (EntryKind.LAW, EntryKind.RULE) else ""
        return Verdict(Status.CURRENT, entry, why=why)
    if reference.cue in (Cue.AHEAD, Cue.WELCOME):
        return Verdict(Status.CURRENT, entry, why="尚未举行，只写迎接、筹备")
    why = f"{entry.short}{_month(entry.adopted or entry.start)}才有，此前只能写迎接、谋划"
    return Verdict(Status.ANACHRONISTIC, entry, why=why)


def _begun(reference: Reference, entry: Entry, *, facts: Facts, drafted: date, year: int) -> Verdict:
    if entry.kind in MEETINGS and reference.cue is Cue.WELCOME:
        why = f"{entry.short}已于{_month(entry.start)}召开，不能再写迎接"
        return Verdict(Status.STALE, entry, why=why)
    if entry.until and entry.until <= drafted:
        return _replaced(reference, entry, facts=facts, drafted=drafted, year=year)
    if entry.end and entry.end < drafted:
        return _finished(reference, entry, year=year)
    if newest.overtaken(facts, entry, drafted):
        successor = facts.entries[entry.by or ""]
        why = f"{successor.short}预计{_month(successor.expected)}以后举行，请核对是否已有新提法"
        return Verdict(Status.UNCERTAIN, successor, why=why)
    if reference.union_session:
        return Verdict(Status.UNCERTAIN, entry, why="全总执委会议的次数未收录，请核对")
    if reference.fresh and entry.start and (drafted - entry.start).days > 730:
        why = f"{entry.short}最近一次修改在{entry.start.year}年，不必再称“新修改”"
        return Verdict(Status.STALE, entry, replacement=entry.short, why=why, firm=False)
    if entry.fades and entry.fades <= drafted:
        return Verdict(Status.STALE, why=f"“{entry.short}”已少作现行提法（{entry.note}）", firm=False)
    return Verdict(Status.CURRENT, entry, replacement=_corrected(reference, entry))


def _corrected(reference: Reference, entry: Entry) -> str | None:
    return entry.short if reference.wrong and len(reference.members) == 1 else None


def _replaced(reference: Reference, entry: Entry, *, facts: Facts, drafted: date, year: int) -> Verdict:
    successor = current(facts, entry, drafted)
    if reference.cue in (Cue.BACK, Cue.BOUND) and entry.kind in MEETINGS:
        return Verdict(Status.RECALLED, entry)
    if entry.end and reference.cue is Cue.LASTING:
        return _finished(reference, entry, year=year)
    status = Status.FINISHED if entry.end and entry.end < drafted else Status.STALE
    listed = successor is not None and successor.id in reference.peers and entry.kind in MEETINGS
    firm = entry.certainty is Certainty.HIGH and (successor is None or successor.known) and not listed
    return Verdict(status, successor, why=_reason(entry, successor), firm=firm)


def _reason(entry: Entry, successor: Entry | None) -> str:
    if successor is None:
        return f"{entry.short}已不再使用"
    since = _month(successor.adopted or successor.start)
    if entry.kind in MEETINGS:
        return f"{entry.short}之后已召开{successor.short}（{since}）"
    return f"{entry.short}已由{successor.short}（{since}）取代"


def _finished(reference: Reference, entry: Entry, *, year: int) -> Verdict:
    end = entry.end
    assert end is not None  # the callers saw it
    if reference.cue in (Cue.BACK, Cue.LASTING, Cue.BOUND) and (
        entry.lasting or year <= (entry.recall_to or end.year + 1)
    ):
        return Verdict(Status.RECALLED, entry)
    why = f"{entry.short}已于{_month(end)}结束，只能作回顾"
    return Verdict(Status.FINISHED, why=why, firm=entry.certainty is Certainty.HIGH)


def _theory(reference: Reference, entry: Entry, *, facts: Facts, drafted: date) -> Verdict:
    """A list of theories is right when it holds the newest one; older members may stand beside it."""
    rule = newest.formula(facts, drafted)
    if entry.until is None or drafted < entry.until or rule is None:
        return Verdict(Status.CURRENT, entry)
    if any(anchor <= reference.peers for anchor in rule.anchors):
        return Verdict(Status.CURRENT, entry)
    successor = current(facts, entry, drafted)
    named = successor.short if successor else rule.text
    why = f"{entry.short}不是现行的最新指导思想，应写{named}"
    firm = entry.certainty is Certainty.HIGH and not _listed_lately(entry, facts, drafted)
    return Verdict(Status.STALE, successor, why=why, firm=firm)


def _listed_lately(entry: Entry, facts: Facts, drafted: date) -> bool:
    """Still a leading member of the day's formula, as 邓小平理论和“三个代表”重要思想 was until 2017."""
    rule = newest.formula(facts, drafted)
    return rule is not None and entry.short in rule.text


def _plenum(reference: Reference, entry: Entry, *, facts: Facts, drafted: date) -> Verdict:
    congress = newest.newest(facts, EntryKind.CONGRESS, drafted)
    if reference.cue is Cue.WELCOME:
        return Verdict(Status.STALE, entry, why=f"{entry.short}已于{_month(entry.start)}召开，不能再写迎接")
    if congress is None or entry.number == congress.number:
        return _plenum_of_term(reference, entry, facts=facts, drafted=drafted)
    if reference.cue in (Cue.BACK, Cue.BOUND):
        return Verdict(Status.RECALLED, entry)
    why = f"{entry.short}之后已召开{congress.short}（{_month(congress.start)}），不再列举"
    return Verdict(Status.STALE, congress, why=why)


def _plenum_of_term(reference: Reference, entry: Entry, *, facts: Facts, drafted: date) -> Verdict:
    """Every plenum since the last congress may be listed; alone, an older one is not the newest."""
    congress = newest.newest(facts, EntryKind.CONGRESS, drafted)
    if congress and newest.overtaken(facts, congress, drafted):
        return Verdict(Status.UNCERTAIN, congress, why="可能已召开新一届党代会，请核对")
    listed = newest.plenums(facts, drafted)
    last = listed[-1] if listed else None
    fresh = last is None or last.id in reference.peers or reference.whole or not last.start or not entry.start
    if (
        fresh
        or reference.cue in (Cue.BACK, Cue.BOUND)
        or (last and entry.start and entry.start >= (last.start or entry.start))
    ):
        return Verdict(Status.CURRENT, entry, replacement=_corrected(reference, entry))
    why = f"{entry.short}之后已召开{last.short}（{_month(last.start)}）" if last else ""
    return Verdict(Status.STALE, last, why=why, firm=False)


def _yearly(reference: Reference, entry: Entry, *, facts: Facts, drafted: date, year: int) -> Verdict:
    """Five-year plans and 普法 plans are judged by the plan year."""
    if entry.start is None or entry.end is None:
        ahead = reference.cue is Cue.AHEAD and entry.expected and year >= entry.expected.year
        status = Status.UNCERTAIN if ahead else Status.ANACHRONISTIC
        return Verdict(status, entry, why=f"{entry.short}尚未制定")
    if year > entry.end.year:
        return _past_plan(reference, entry, facts=facts, year=year)
    first = entry.first or entry.start
    if year < entry.start.year:
        ahead = reference.cue is Cue.AHEAD and year == entry.start.year - 1
        if ahead or drafted >= first:
            return Verdict(Status.CURRENT, entry)
        return Verdict(Status.ANACHRONISTIC, entry, why=f"{entry.short}自{entry.start.year}年起")
    if entry.start > drafted and entry.start.month > 1 and reference.cue is not Cue.AHEAD:
        why = f"{entry.short}规划{_month(entry.start)}才发布，此前只写谋划、启动"
        return Verdict(Status.ANACHRONISTIC, entry, why=why, firm=False)
    return _phase(reference, entry, year=year)


def _past_plan(reference: Reference, entry: Entry, *, facts: Facts, year: int) -> Verdict:
    if reference.cue in (Cue.BACK, Cue.LASTING):
        return Verdict(Status.RECALLED, entry)
    successor = newest.of_year(facts, entry.kind, year)
    end = entry.end
    why = (
        f"{entry.short}已于{end.year if end else ''}年结束，{year}年在{successor.short if successor else '新规划'}期内"
    )
    return Verdict(Status.FINISHED, successor, why=why)


def _phase(reference: Reference, entry: Entry, *, year: int) -> Verdict:
    """开局之年 only in the first year, 收官之年 only in the last."""
    opening = any(word in reference.phase for word in ("开局", "起步", "第一年"))
    closing = any(word in reference.phase for word in ("收官", "最后一年", "第五年"))
    right = newest.phase(entry, year)
    if (opening and right != "开局之年") or (closing and right != "收官之年"):
        return Verdict(Status.STALE, entry, why=f"{year}年是{entry.short}的{right}")
    return Verdict(Status.CURRENT, entry)
