"""One turn of the conversation: understand what was said, act, reply."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.answers import told_check, told_comparison, told_draft, told_hits
from assistant.datatypes import Draft, Length, PlanRequest, ProvenanceKind
from assistant.export.markdown import escape
from assistant.profile import Profile, filled_in, with_profile
from assistant.resources import Resources
from assistant.understand import EditRequest, Intent, Understanding, next_plan_year, understand
from corpus.datatypes import Period
from corpus.errors import BadRequest, UserError

if TYPE_CHECKING:
    from assistant.revising import Material

EXAMPLE = "帮我写一份2026年医院工会工作计划，单位是某某市人民医院"
NO_PROFILE = Profile()
_STEPS = ("undo", "redo")
_DOING = {
    Intent.DRAFT: "起草",
    Intent.SEARCH: "查范文",
    Intent.COMPARE: "比行业",
    Intent.REVISE: "改稿",
    Intent.CHECK: "体检",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One answer of 工笔: what it says (Markdown), the draft as it is now where the turn wrote or changed one, and
    answers to click. `label` names the version; `is_new` says that it is another plan, not a change of the one on the
    table; `step` is "undo" or "redo", which belong to whoever keeps the versions.
    """

    reply: str
    draft: Draft | None = None
    choices: tuple[str, ...] = ()
    label: str = ""
    is_new: bool = False
    step: str = ""


def answer(
    utterances: Sequence[str],
    *,
    seed: int,
    today: date,
    resources: Resources,
    draft: Draft | None = None,
    profile: Profile = NO_PROFILE,
) -> Turn:
    """Answer the last of a user's utterances; the earlier ones fill what it leaves open. `draft` is on the table."""
    said = heard(utterances, today=today, profile=profile)
    unmet = said.ask or said.intent in (Intent.SMALLTALK, Intent.OUT_OF_SCOPE, Intent.UNCLEAR)
    if unmet and not (said.intent is Intent.REVISE and draft is None):
        return Turn(said.reply, choices=said.choices)
    try:
        return _acted(said, draft, seed=seed, today=today, resources=resources, profile=profile)
    except UserError as error:
        return Turn(str(error))


def heard(utterances: Sequence[str], *, today: date, profile: Profile = NO_PROFILE) -> Understanding:
    """What the conversation means so far, the profile's type taken for a draft whose type nobody said."""
    said = understand(utterances, today=today)
    if profile.organisation and not said.organisations and said.intent is Intent.DRAFT:
        return understand((f"我们是{profile.organisation}。", *utterances), today=today)
    return said


def told_back(said: Understanding) -> str:
    """What was understood, in a line for while the work is done; "" where there is nothing to do."""
    doing = _DOING.get(said.intent, "")
    if not doing or said.ask:
        return ""
    edits = (said.edit, *said.edit.more) if said.edit else ()
    slots = (
        *map(str, said.organisations),
        said.name or "",
        f"{said.year}年" if said.year and said.intent in (Intent.DRAFT, Intent.ROLLOVER) else "",
        str(said.period or "") if said.intent is Intent.DRAFT else "",
        *(map(str, said.topics) if said.intent in (Intent.SEARCH, Intent.COMPARE) else said.emphasis),
    )
    parts = (edit.target for edit in edits) if edits else slots
    return " · ".join((doing, *(escape(part) for part in parts if part)))


def plan_request(said: Understanding, *, seed: int, today: date) -> PlanRequest:
    """The request behind what was said; year, period and length fall back to what is usual."""
    if said.organisation is None:
        raise ValueError("a request needs an organisation type")
    return PlanRequest(
        organisation=said.organisation,
        name=said.name,
        year=said.year or next_plan_year(today),
        period=said.period or Period.YEAR,
        emphasis=said.emphasis or tuple(str(topic) for topic in said.topics),
        length=said.length or Length.STANDARD,
        facts=said.facts,
        seed=seed,
    )


def write(request: PlanRequest, resources: Resources) -> Draft:
    """Compose the draft. Raises BadRequest for what cannot be drafted."""
    from assistant.drafting import draft_plan

    return draft_plan(request, passages=resources.passages, timeline=resources.timeline)


def _acted(
    said: Understanding, draft: Draft | None, *, seed: int, today: date, resources: Resources, profile: Profile
) -> Turn:
    match said.intent:
        case Intent.SEARCH:
            return Turn(told_hits(said.text, resources))
        case Intent.COMPARE:
            return Turn(told_comparison(said, resources))
        case Intent.CHECK:
            return Turn(told_check(draft, resources, profile))
        case Intent.ROLLOVER:
            return Turn("请到[年度续写](#page-rollover)上传或粘贴去年的计划，改动会逐处列出，之后可以接着在这里改。")
        case Intent.REVISE:
            return _revised(said, draft, resources, profile)
    request = with_profile(plan_request(said, seed=seed, today=today), profile)
    return _drafted(said, request, draft, resources, profile)


def _drafted(
    said: Understanding, request: PlanRequest, before: Draft | None, resources: Resources, profile: Profile
) -> Turn:
    """A plan from nothing, or the one on the table for a changed request when the user put work into it."""
    from assistant.revising import Material, change_request

    same = before is not None and (before.request.organisation, before.request.name) == (
        request.organisation,
        request.name,
    )
    if before is not None and same and _worked_on(before):
        material = Material(resources.passages, resources.timeline)
        changed = change_request(before, replace(request, facts=before.request.facts), material)
        return Turn(changed.message, filled_in(changed.draft, profile), label="改要求")
    draft = filled_in(write(request, resources), profile)
    return Turn(told_draft(draft, said, resources), draft, label="起草", is_new=not same)


def _worked_on(draft: Draft) -> bool:
    own = any(sentence.provenance.kind is ProvenanceKind.USER for sentence in draft.sentences)
    return own or any(section.locked for section in draft.sections)


def _revised(said: Understanding, draft: Draft | None, resources: Resources, profile: Profile) -> Turn:
    from assistant.revising import Material

    if draft is None:
        raise BadRequest("桌上还没有文稿。先说说单位和年份，写好一份再改；也可以到“我的文稿”里打开以前的。")
    edit = said.edit
    if edit is None:
        raise BadRequest("没听明白要怎么改。可以说“第三部分短一点”“加上女职工”“把员工改成职工”。")
    if edit.op in _STEPS:
        return Turn("已撤销一步。" if edit.op == "undo" else "已重做一步。", step=edit.op)
    material = Material(resources.passages, resources.timeline)
    messages: list[str] = []
    after = draft
    for each in _placed(draft, (edit, *edit.more)):
        try:
            after, message = _changed(after, each, material)
        except UserError as error:
            if not edit.more:
                raise
            message = str(error)
        messages.append(message)
    after = filled_in(after, profile)
    told = "\n\n".join(messages)
    return Turn(told, after, label=messages[0].rstrip("。")[:40]) if after != draft else Turn(told)


def _placed(draft: Draft, edits: Sequence[EditRequest]) -> tuple[EditRequest, ...]:
    """The changes with parts named by their number in the draft as it is before any of them."""
    if len(edits) == 1:
        return tuple(edits)
    from assistant.revising.targets import look_for

    def placed(edit: EditRequest) -> EditRequest:
        counted = edit.target.startswith(("第", "倒数", "最后"))
        section = look_for(draft, edit.target) if counted else None
        return replace(edit, target=section.id) if section else edit

    return tuple(map(placed, edits))


def _changed(draft: Draft, edit: EditRequest, material: "Material") -> tuple[Draft, str]:
    """The draft after one change, and what to say. Raises BadRequest where it makes no sense."""
    from assistant.mending import DATED, SIGNATURE, TITLE, written
    from assistant.revising import Op, Operation, apply

    place = {"标题": TITLE, "落款": SIGNATURE, "日期": DATED}.get(edit.target)
    if place and edit.detail:
        return written(draft, place, edit.detail), f"{edit.target}已改为“{escape(edit.detail)}”。"
    changed = apply(draft, Operation(Op(edit.op), edit.target, edit.detail), material=material)
    return changed.draft, changed.message
