"""The model at a user's desk: the draft on the table written or reworded, every result kept as a version.

for desk, step in write_on(desk, room=room, writer=writer):
    show(step.draft, step.text, step.messages)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.datatypes import Draft, DraftSection
from assistant.desk import BY_MODEL, Desk, Room, on_table, recorded
from assistant.export.text import plain_text
from assistant.llm.rewrite import Rewriting, rewriting
from assistant.llm.settings import read_model
from assistant.llm.troubles import ModelProblem
from assistant.llm.write import State, Step, to_write, write_sections
from assistant.llm.writer import Writer, open_writer
from assistant.profile import Profile, filled_in, hidden
from assistant.rewording import Manner, Rewritten, reword_offline
from corpus.errors import BadRequest, UserError

__all__ = ["Offer", "accepted", "followed", "offered", "rewording_on", "to_write", "write_on", "writer_of"]

_LOOKED_AT = 50  # of a user's drafts, for last year's plan


@dataclass(frozen=True, slots=True)
class Offer:
    """A rewording of the draft `draft_id` as it was `before`, shown to the user and not yet taken."""

    draft_id: str
    manner: Manner
    before: Draft
    result: Rewritten


def writer_of(room: Room) -> Writer | None:
    """The configured model with all it needs, None where none is configured.

    Raises BadRequest for settings that cannot be, ServiceProblem when the provider's package is not installed.
    """
    settings = read_model(room.resources.settings.home)
    return open_writer(settings, room.resources) if settings else None


def write_on(
    desk: Desk, *, room: Room, writer: Writer, only: Sequence[str] | None = None
) -> Iterator[tuple[Desk, Step]]:
    """Have the model write the draft on the table, all sections or those of the ids `only`; one version a section, so
    that a page closed half-way loses nothing. Undo is the history's. What the user does meanwhile stays: a section
    changed, locked or taken out since is not written over.

    Raises BadRequest when there is no draft, NotInLibrary when it was deleted meanwhile.
    """
    draft, profile = on_table(desk), room.profile(desk)
    writer = replace(writer, hidden=hidden(profile))
    began = {section.id: section for section in draft.sections}
    for step in write_sections(draft, writer=writer, only=only):
        if step.state is State.WRITING:
            yield desk, step
            continue
        if step.state is State.WRITTEN:
            yield desk, replace(step, state=State.CHECKED)  # who stops here stops before it is kept
        desk = followed(desk, room)
        if step.state is State.WRITTEN and began[step.section] not in on_table(desk).sections:
            step = replace(step, state=State.KEPT, messages=(f"“{step.heading}”您刚改过，保留您的。",), why="您刚改过")
        elif step.state is State.WRITTEN:
            after = filled_in(_taken_in(on_table(desk), step, began[step.section]), profile)
            if after != on_table(desk):
                desk = recorded(desk, after, f"{BY_MODEL}“{step.heading}”", history=room.history)
        yield desk, step


def followed(desk: Desk, room: Room) -> Desk:
    """The desk with the draft as it was kept last, by whatever window. Raises NotInLibrary."""
    return replace(desk, saved=room.history.draft(desk.user, desk.saved.id)) if desk.saved else desk


def rewording_on(desk: Desk, manner: Manner, target: str, *, room: Room, detail: str = "") -> Iterator[Rewriting]:
    """Moments of rewording the draft on the table: by the configured model where there is one, else, and where the
    model fails, without; the last one holds the result. Nothing is kept before `accepted`.

    Raises BadRequest where there is no draft, or nothing can be reworded so, in words for the user.
    """
    draft, profile = on_table(desk), room.profile(desk)
    last_plan, why = last_plan_of(desk, room), ""
    try:
        writer = writer_of(room)
    except UserError as error:
        writer, why = None, str(error)
    if writer is not None:
        try:
            writer = replace(writer, hidden=hidden(profile))
            for moment in rewriting(draft, manner, target, writer=writer, detail=detail, last_plan=last_plan):
                yield replace(moment, result=_filled_in(moment.result, profile)) if moment.result else moment
        except ModelProblem as problem:
            why = f"{problem}这里是不用大模型的改法。"
        else:
            return
    try:
        found = reword_offline(
            draft,
            manner,
            target,
            material=room.material,
            samples=room.resources.samples,
            detail=detail,
            last_plan=last_plan,
        )
    except BadRequest as error:
        raise BadRequest(f"{why.partition('。')[0]}。{error}" if why else str(error)) from error
    yield Rewriting("", "", replace(found, message=f"{why}{found.message}") if why else found)


def offered(desk: Desk, manner: Manner, result: Rewritten) -> Offer:
    """The result as something to take or leave."""
    assert desk.saved is not None  # there is a draft
    return Offer(desk.saved.id, manner, on_table(desk), result)


def accepted(desk: Desk, offer: Offer | None, *, room: Room) -> Desk:
    """The reworded parts in the draft as it is now, as a version. Raises BadRequest when it is another draft, or one
    of the parts was changed since.
    """
    desk = followed(desk, room)
    if offer is None or desk.saved is None or desk.saved.id != offer.draft_id:
        raise BadRequest("桌上已经是另一份文稿，这次改写没有用上。")
    pairs = zip(offer.before.sections, offer.result.draft.sections, strict=True)  # rewording moves no section
    reworded = {old.id: (old, new) for old, new in pairs if old != new}
    now = {section.id: section for section in desk.saved.draft.sections}
    if any(now.get(key) != old for key, (old, _) in reworded.items()):
        raise BadRequest("这一部分在这之后又改过了，这次改写没有用上。请再改写一次。")
    sections = tuple(reworded[key][1] if key in reworded else section for key, section in now.items())
    after = replace(desk.saved.draft, sections=sections)
    return recorded(desk, after, str(offer.manner), history=room.history)


def last_plan_of(desk: Desk, room: Room) -> str | None:
    """The unit's plan of the year before, where 工笔 knows it: a draft of the same user, else a plan in the library."""
    request = on_table(desk).request
    if request.name is None:
        return None
    for listed in room.history.drafts(desk.user)[:_LOOKED_AT]:
        held = room.history.draft(desk.user, listed.id).draft
        if (held.request.name, held.request.year) == (request.name, request.year - 1):
            return plain_text(held)
    ids = {p.plan_id for p in room.resources.passages if request.name in p.title and f"{request.year - 1}年" in p.title}
    return "\n".join(room.resources.library.plan(plan_id).text for plan_id in sorted(ids)) or None


def _filled_in(result: Rewritten, profile: Profile) -> Rewritten:
    """The result with what the model was not told put back."""
    return replace(result, draft=filled_in(result.draft, profile))


def _taken_in(draft: Draft, step: Step, began: DraftSection) -> Draft:
    """The draft with the written section, where it still stands as it did when the writing began."""
    written = next(section for section in step.draft.sections if section.id == step.section)
    return replace(draft, sections=tuple(written if section == began else section for section in draft.sections))
