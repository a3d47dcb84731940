"""「把第二部分润色一下」 in chat: rewording by the model where it can be asked, by the rules where it cannot."""

from collections.abc import Sequence
from datetime import date

from assistant.chat import Turn
from assistant.datatypes import Draft
from assistant.export.markdown import escape
from assistant.llm.rewrite import rewrite
from assistant.llm.troubles import ModelProblem
from assistant.llm.writer import Writer
from assistant.profile import Profile, filled_in
from assistant.resources import Resources
from assistant.revising import Material
from assistant.rewording import Rewritten, SpokenRewording, reword_offline, spoken_rewording
from assistant.understand import Intent, understand
from corpus.errors import UserError

_TOLD = 5  # reports of what stayed


def reworded_turn(
    spoken: Sequence[str],
    draft: Draft | None,
    resources: Resources,
    writer: Writer | None,
    *,
    today: date,
    profile: Profile,
) -> Turn | None:
    """The turn where the user's last words ask for 润色, 降重 or another tone of the draft and nothing else; None where
    they do not.
    """
    said = understand(spoken, today=today)
    if draft is None or (said.edit and said.edit.more):
        return None
    target = said.edit.target if said.edit and said.intent is Intent.REVISE else ""
    why = ""
    try:
        asked = spoken_rewording(spoken[-1], draft=draft, target=target)
        if asked is None:
            return None
        try:
            result = _reworded(asked, draft, resources, writer)
        except ModelProblem as problem:
            why = str(problem)
            result = _reworded(asked, draft, resources, None)
    except UserError as error:
        return Turn(escape(why + str(error)))
    lines = [why, result.message, *result.reports[:_TOLD]]
    changed = filled_in(result.draft, profile) if result.draft != draft else None
    return Turn("\n\n".join(escape(line) for line in lines if line), changed, label=str(asked.manner))


def _reworded(asked: SpokenRewording, draft: Draft, resources: Resources, writer: Writer | None) -> Rewritten:
    if writer is not None:
        return rewrite(draft, asked.manner, asked.target, writer=writer, detail=asked.detail)
    return reword_offline(
        draft,
        asked.manner,
        asked.target,
        material=Material(resources.passages, resources.timeline),
        samples=resources.samples,
        detail=asked.detail,
    )
