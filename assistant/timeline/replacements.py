"""What to write instead of a reference that does not stand: text that fits in its place."""

import re
from datetime import date

import assistant.timeline.newest as newest
from assistant.timeline.anniversaries import years_in
from assistant.timeline.entries import Entry, EntryKind
from assistant.timeline.references import Reference
from assistant.timeline.table import Facts

NAMED = frozenset({EntryKind.LAW, EntryKind.CHARTER, EntryKind.RULE})
SUFFIX = re.compile(r"(?:规划|计划)?$")
DEVELOPMENT = "gc-newdevconcept"  # 科学发展观 as a way of developing has become 新发展理念
# theories that the guiding formula of their time named
LEADING = frozenset({"gt-deng", "gt-3rep", "gt-sdo", "gt-xi-speeches", "gt-xi"})
STATE_NAME = "中华人民共和国"


def current(facts: Facts, entry: Entry, drafted: date) -> Entry | None:
    """Follow `by` to what stands on the day; None when nothing does."""
    step = entry
    while step.by is not None and step.until is not None and step.until <= drafted:
        step = facts.entries[step.by]
    if step is entry or step.start is None or step.start > drafted:
        return None
    return step


def replacement(reference: Reference, entry: Entry | None, *, facts: Facts, drafted: date, year: int) -> str | None:
    """What stands in its place on that day, in the form of the original; None where nothing fits."""
    if reference.kind in (EntryKind.CONGRESS, EntryKind.PLENUM):
        return newest.meetings(facts, drafted) or None
    if reference.kind is EntryKind.UNION_CONGRESS:
        congress = newest.union_congress(facts, drafted)
        return congress.short if congress else None
    if reference.kind in (EntryKind.PLAN, EntryKind.PUFA):
        return _of_year(reference, facts=facts, drafted=drafted, year=year)
    if reference.kind is EntryKind.THEORY:
        if not LEADING.issuperset(reference.ids):
            return None
        rule = newest.formula(facts, drafted)
        return rule.text if rule else None
    if reference.kind is EntryKind.ANNIVERSARY:
        return _anniversary(reference, facts=facts, year=year)
    if reference.kind is EntryKind.EDUCATION:
        return _education(facts, drafted)
    return _successor(reference, entry, facts=facts, drafted=drafted) if entry else None


def _of_year(reference: Reference, *, facts: Facts, drafted: date, year: int) -> str | None:
    plan = newest.of_year(facts, reference.kind, year)
    if plan is None:
        return None
    if reference.kind is EntryKind.PUFA:
        issued = plan.start is not None and (plan.start <= drafted or plan.start.month == 1)
        return plan.short if issued else None
    quoted = plan.short[: plan.short.index("”") + 1]
    if reference.phase:
        head = plan.short if "规划" in reference.phase or "计划" in reference.phase else quoted
        joint = "的" if reference.phase.lstrip("规划计实施").startswith("的") else ""
        return f"{head}{joint}{newest.phase(plan, year)}"
    return plan.short if reference.alias.rstrip('”"').endswith(("规划", "计划")) else quoted


def _anniversary(reference: Reference, *, facts: Facts, year: int) -> str | None:
    """The same event, when this year is a round one."""
    years = years_in(facts.entries[reference.event], year)
    event = re.split(r"第?[\d〇零一二三四五六七八九十百〔xX×*_○]", reference.alias)[0]
    behind = "年" if reference.alias.endswith("年") and not reference.alias.endswith("周年") else "周年"
    return f"{event}{years}{behind}" if years else None


def _education(facts: Facts, drafted: date) -> str | None:
    """The one campaign that runs on the day."""
    running = [entry for entry in facts.of(EntryKind.EDUCATION) if entry.stands(drafted) and entry.known]
    return running[0].name if len(running) == 1 else None


def _successor(reference: Reference, entry: Entry, *, facts: Facts, drafted: date) -> str | None:
    successor = current(facts, entry, drafted)
    if successor is None:
        successor = _predecessor(facts, entry, drafted)
    if successor is None or not successor.known:
        return entry.instead
    if successor.kind not in NAMED:
        return successor.short
    bare = successor.name.removesuffix("（试行）").removesuffix("(试行)")
    if STATE_NAME not in reference.alias:
        bare = bare.removeprefix(STATE_NAME)
    return f"《{bare}》" if reference.alias.endswith("》") else bare


def _predecessor(facts: Facts, entry: Entry, drafted: date) -> Entry | None:
    """For a reference that comes too early: what stood in its place on that day."""
    if entry.start is None or entry.start <= drafted:
        return None
    older = [each for each in facts.entries.values() if each.by == entry.id and each.stands(drafted)]
    return max(older, key=lambda each: each.start or drafted, default=None)
