"""What is judged by the plan year: five-year plans, 普法 plans, anniversaries."""

from datetime import date

import assistant.timeline.newest as newest
from assistant.timeline.anniversaries import due
from assistant.timeline.cues import Cue
from assistant.timeline.entries import Entry
from assistant.timeline.references import Reference
from assistant.timeline.table import Facts
from assistant.timeline.verdict import Status, Verdict, month


def yearly(reference: Reference, entry: Entry, *, facts: Facts, drafted: date, year: int) -> Verdict:
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
        why = f"{entry.short}规划{month(entry.start)}才发布，此前只写谋划、启动"
        return Verdict(Status.ANACHRONISTIC, entry, why=why, firm=False)
    return _phase(reference, entry, year=year)


def _past_plan(reference: Reference, entry: Entry, *, facts: Facts, year: int) -> Verdict:
    if reference.cue in (Cue.BACK, Cue.LASTING):
        return Verdict(Status.RECALLED, entry)
    successor = newest.of_year(facts, entry.kind, year)
    named = successor.short if successor else "新规划"
    why = f"{entry.short}已于{entry.end.year if entry.end else ''}年结束，{year}年在{named}期内"
    return Verdict(Status.FINISHED, successor, why=why)


def _phase(reference: Reference, entry: Entry, *, year: int) -> Verdict:
    """开局之年 only in the first year, 承上启下 only in the third, 收官之年 only in the last."""
    opening = any(word in reference.phase for word in ("开局", "起步", "第一年"))
    closing = any(word in reference.phase for word in ("收官", "最后一年", "第五年"))
    middle = any(word in reference.phase for word in ("承上启下", "承前启后", "第三年"))
    right = newest.phase(entry, year)
    wrong = (opening and right != "开局之年") or (closing and right != "收官之年")
    if wrong or (middle and right != "第三年"):
        return Verdict(Status.STALE, entry, why=f"{year}年是{entry.short}的{right}")
    return Verdict(Status.CURRENT, entry)


def anniversary(reference: Reference, entry: Entry, *, year: int) -> Verdict:
    """建党100周年 belongs to plans of 2021; 庆祝…100周年大会 is a name."""
    years = reference.number or 0
    then = due(entry, years)
    if then == year or (reference.cue in (Cue.AHEAD, Cue.WELCOME) and then == year + 1):
        return Verdict(Status.CURRENT, entry)
    if reference.cue in (Cue.BACK, Cue.BOUND) and then < year:
        return Verdict(Status.RECALLED, entry)
    why = f"{entry.short}{years}周年是{then}年，{year}年是{year - due(entry, 0)}周年"
    return Verdict(Status.FINISHED if then < year else Status.ANACHRONISTIC, why=why)
