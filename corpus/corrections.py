"""What a user knows better: labels of a plan, topics of a section or passage. A correction wins over what was read.

A correction names a target: a plan id for labels; for topics a passage id ("{plan_id}:{start}") or a section id
("{plan_id}#{start}"). Topics hold for the span they were given for; a passage's own win over its section's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from corpus.datatypes import Labels, OrganisationType, Passage, Period, Plan, PlanKind, Reading, Section, Topic
from corpus.errors import BadRequest

ANCHOR = 30  # characters that find a target again when its document is read anew
MAX_TOPICS = 3

FIELDS = {
    "organisation": "单位类型",
    "unit": "单位名称",
    "period": "周期",
    "kind": "文种",
    "year": "年份",
    "is_union": "是否工会",
    "topics": "主题",
}


@dataclass(frozen=True, slots=True)
class Correction:
    """One label a user set. `value` is its JSON form; `plan.text[start:end]` is what it speaks about, and begins
    with `anchor`.
    """

    target: str
    field: str
    plan_id: str
    anchor: str
    start: int
    end: int
    value: Any


def make_correction(plan: Plan, passages: Iterable[Passage], *, target: str, field: str, value: object) -> Correction:
    """A checked correction of `plan`, one of its sections or one of its `passages`.

    Raises BadRequest for an unknown field, a value outside its list, or a target without such a field.
    """
    spans = {plan.id: (0, len(plan.text))}
    spans |= {section_id(plan, section): (section.start, section.end) for section in plan.sections}
    spans |= {passage.id: (passage.start, passage.end) for passage in passages}
    if field not in FIELDS:
        raise BadRequest(f"没有可改的项目 {field!r}。可改的有：{'、'.join(FIELDS)}。")
    if target not in spans:
        raise BadRequest(f"计划 {plan.id} 里没有 {target!r} 这一段。请刷新页面后再改。")
    if (field == "topics") == (target == plan.id):
        raise BadRequest(f"{FIELDS[field]}不能改在 {target!r} 上：主题改在部分或段落上，其他项目改在整篇计划上。")
    start, end = spans[target]
    anchor = plan.text[start : min(end, start + ANCHOR)]
    return Correction(target, field, plan.id, anchor, start, end, _checked(field, value))


def section_id(plan: Plan, section: Section) -> str:
    """How a correction names a section."""
    return f"{plan.id}#{section.start}"


def _checked(field: str, value: object) -> Any:  # noqa: ANN401  a JSON value
    closed = {"organisation": OrganisationType, "period": Period, "kind": PlanKind, "topics": Topic}
    if field == "topics":
        topics = list(value) if isinstance(value, list | tuple) else []
        if not 1 <= len(topics) <= MAX_TOPICS or len(set(topics)) < len(topics) or not set(topics) <= set(Topic):
            raise BadRequest(f"主题 {value!r} 不对：请从这些里选一到三个：{'、'.join(Topic)}。")
        return [str(topic) for topic in topics]
    if field in closed:
        if value not in set(closed[field]):
            raise BadRequest(f"{FIELDS[field]} {value!r} 不对，可选：{'、'.join(closed[field])}。")
        return str(value)
    if field == "is_union":
        fits: bool = isinstance(value, bool)
    elif field == "year":
        fits = value is None or (type(value) is int and 1978 <= value <= 2100)
    else:
        fits = value is None or (isinstance(value, str) and 0 < len(value.strip()) <= 60)
    if not fits:
        hints = {
            "is_union": "请给是或否",
            "year": "请给 1978 到 2100 之间的年份，或留空",
            "unit": "请给 60 字以内的名称，或留空",
        }
        raise BadRequest(f"{FIELDS[field]} {value!r} 不对：{hints[field]}。")
    return value.strip() if isinstance(value, str) else value


def corrected_plan(plan: Plan, corrections: Iterable[Correction]) -> Plan:
    """`plan` with its labels and its sections' topics as the user set them."""
    labels, sections = plan.labels, plan.sections
    for correction in corrections:
        if correction.field == "topics":
            topics = tuple(Topic(topic) for topic in correction.value)
            span = (correction.start, correction.end)
            sections = tuple(
                replace(section, topics=topics)
                if correction.target == section_id(plan, section) and (section.start, section.end) == span
                else section
                for section in sections
            )
        else:
            labels = _corrected_labels(labels, correction)
    return replace(plan, labels=labels, sections=sections)


def _corrected_labels(labels: Labels, correction: Correction) -> Labels:
    value = correction.value
    match correction.field:
        case "organisation":
            return replace(labels, organisation=OrganisationType(value), organisation_confidence=1.0)
        case "unit":
            return replace(labels, unit=value)
        case "period":
            return replace(labels, period=Period(value), period_confidence=1.0)
        case "kind":
            return replace(labels, kind=PlanKind(value), kind_confidence=1.0)
        case "year":
            return replace(labels, year=value, era=labels.era if value is None else (value, value))
        case "is_union":
            return replace(labels, is_union=value)
    raise ValueError(f"stored correction of unknown field {correction.field!r}")


def corrected_passage(passage: Passage, corrections: Iterable[Correction]) -> Passage:
    """`passage` with the labels of its plan and its topics as the user set them."""
    changed: dict[str, Any] = {}
    topics: list[Correction] = []
    for correction in corrections:
        value = correction.value
        match correction.field:
            case "organisation":
                changed["organisation"] = OrganisationType(value)
            case "period":
                changed["period"] = Period(value)
            case "kind":
                changed["kind"] = PlanKind(value)
            case "is_union":
                changed["is_union"] = value
            case "year":
                changed["year"] = value
                changed["era"] = passage.era if value is None else (value, value)
            case "topics" if correction.start <= passage.start and passage.end <= correction.end:
                topics.append(correction)
    if topics:
        nearest = min(topics, key=lambda c: (c.target != passage.id, c.end - c.start))
        changed["topics"] = tuple(Topic(topic) for topic in nearest.value)
    return replace(passage, **changed) if changed else passage


def moved_corrections(corrections: Iterable[Correction], reading: Reading) -> tuple[Correction, ...]:
    """`corrections` of an earlier reading of the same document, pointing into `reading`.

    One whose text is gone keeps its target but speaks about no plan (`plan_id` ""), so that it is neither applied to
    another text nor lost.
    """
    return tuple(_moved(correction, reading) for correction in corrections)


def _moved(correction: Correction, reading: Reading) -> Correction:
    holders = [plan for plan in reading.plans if correction.anchor in plan.text]
    whole = correction.field != "topics"
    if whole:
        holders = [plan for plan in holders if plan.text.startswith(correction.anchor)] or holders
    was = correction.target.replace("#", ":").partition(":")[0]
    holders.sort(key=lambda plan: plan.id != was)  # near-duplicates begin alike: the same ordinal is preferred
    for plan in holders:
        spans = {plan.id: (0, len(plan.text))} if whole else _spans_like(correction, plan, reading)
        at = 0 if whole else plan.text.index(correction.anchor)
        for target, (start, end) in spans.items():
            if start <= at < end:
                anchor = plan.text[start : min(end, start + ANCHOR)]
                return replace(correction, target=target, plan_id=plan.id, anchor=anchor, start=start, end=end)
    return replace(correction, plan_id="")


def _spans_like(correction: Correction, plan: Plan, reading: Reading) -> dict[str, tuple[int, int]]:
    if "#" in correction.target:
        return {section_id(plan, section): (section.start, section.end) for section in plan.sections}
    return {p.id: (p.start, p.end) for p in reading.passages if p.plan_id == plan.id}
