"""Chat with a model that can call tools: what `understand` read is its guard, and what is answered where it fails."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.chat import NO_PROFILE, Turn, answer
from assistant.datatypes import Draft
from assistant.drafting import draft_plan
from assistant.export.markdown import escape
from assistant.llm.ask import is_chinese
from assistant.llm.model import can_call_tools
from assistant.llm.own_words import own_words
from assistant.llm.permission import Table
from assistant.llm.plain import safe_reply
from assistant.llm.reworded import reworded_turn
from assistant.llm.running import Said, running
from assistant.llm.settings import read_model
from assistant.llm.tools import Compose, Tools
from assistant.llm.troubles import ModelProblem, Trouble
from assistant.llm.writer import Writer, open_writer
from assistant.profile import Profile, hidden
from assistant.resources import Resources
from assistant.understand import Intent, Understanding, understand
from corpus.datatypes import Document
from corpus.errors import UserError

__all__ = ["Answering", "Said", "converse", "conversing", "last_turn", "respond", "responding"]

_DOING = (Intent.DRAFT, Intent.REVISE, Intent.ROLLOVER)
_CLAIM = re.compile(r"《|第[一二三四五六七八九十百\d]+条|[一-鿿](?:法|条例)规定")
_UNSEEN = "这是大模型自己说的，没有查过范文和时政表；政策法规请以原文为准。"


@dataclass(frozen=True, slots=True)
class Answering:
    """A turn under way: what the chat says for now (Markdown); `turn` is what came of it, at the end."""

    note: str = ""
    turn: Turn | None = None


def respond(
    messages: Sequence[Said],
    *,
    draft: Draft | None,
    seed: int,
    today: date,
    resources: Resources,
    profile: Profile = NO_PROFILE,
) -> Turn:
    """Answer with the configured model where there is one, offline otherwise. A new draft is the offline composer's at
    once; `assistant.writing.write_on` then has the model write it, section by section.
    """
    return last_turn(responding(messages, draft=draft, seed=seed, today=today, resources=resources, profile=profile))


def responding(
    messages: Sequence[Said],
    *,
    draft: Draft | None,
    seed: int,
    today: date,
    resources: Resources,
    profile: Profile = NO_PROFILE,
) -> Iterator[Answering]:
    """`respond` step by step: each tool at work, the model's words as they come; at once where no model is set."""
    spoken = [one.text for one in messages if one.role == "user"]
    offline = _Offline(spoken, draft, seed, today, resources, profile, None)
    try:
        settings = read_model(resources.settings.home)
        writer = open_writer(settings, resources) if settings else None
    except UserError as error:
        yield Answering(turn=offline.turn(escape(str(error))))
        return
    if writer is None:
        yield Answering(turn=offline.turn(""))
        return
    yield from conversing(
        messages, draft=draft, seed=seed, today=today, writer=writer, resources=resources, profile=profile
    )


def converse(
    messages: Sequence[Said],
    *,
    draft: Draft | None,
    seed: int,
    today: date,
    writer: Writer,
    resources: Resources,
    document: Document | None = None,
    compose: Compose | None = None,
    profile: Profile = NO_PROFILE,
) -> Turn:
    """Answer the last message, which is the user's. `draft` is on the table; `compose` writes a new one, by default
    the offline composer. Whatever the model does, only what the user's own words ask for is done; where the model
    fails, or does nothing, the offline answer is given and says so.
    """
    return last_turn(
        conversing(
            messages,
            draft=draft,
            seed=seed,
            today=today,
            writer=writer,
            resources=resources,
            document=document,
            compose=compose,
            profile=profile,
        )
    )


def conversing(
    messages: Sequence[Said],
    *,
    draft: Draft | None,
    seed: int,
    today: date,
    writer: Writer,
    resources: Resources,
    document: Document | None = None,
    compose: Compose | None = None,
    profile: Profile = NO_PROFILE,
) -> Iterator[Answering]:
    """`converse` step by step. Closing the iterator stops the model; nothing is changed before the end."""
    spoken = [own_words(one.text) for one in messages if one.role == "user"]
    known = (f"我们是{profile.organisation}。",) if profile.organisation else ()
    said = understand((*known, *spoken), today=today)
    heard = [*spoken[:-1], own_words(messages[-1].text, quotations=said.intent is Intent.REVISE)]
    writer = replace(writer, hidden=hidden(profile))
    offline = _Offline(heard, draft, seed, today, resources, profile, writer)
    if not can_call_tools(writer.model) or _is_plain(said):
        yield Answering(turn=offline.turn(""))
        return
    table = Table(spoken[-1], "\n".join((*known, *spoken)), said, draft, seed, today, document, profile)
    tools = Tools(table, writer, resources, compose or _composer(writer))
    reply = ""
    try:
        for moment in running(messages, tools):
            reply = moment.final
            yield Answering(moment.note)
    except ModelProblem as problem:
        able = problem.trouble is Trouble.NO_TOOLS
        yield Answering(turn=offline.turn(f"{problem.trouble}，这一轮由离线功能回答。", asked=able))
        return
    except RecursionError:
        yield Answering(turn=offline.turn("模型绕了太多圈没有答完，这一轮由离线功能回答。", asked=False))
        return
    undone = said.intent in _DOING and table.draft is draft and not table.told
    if undone or not is_chinese(reply):
        yield Answering(turn=offline.turn("模型没有按要求作答，这一轮由离线功能回答。"))
        return
    unseen = _UNSEEN if not table.seen and _CLAIM.search(reply) else ""
    lines = [*map(escape, table.told), safe_reply(reply), unseen]
    changed = table.draft if table.draft is not draft else None
    text = "\n\n".join(line for line in dict.fromkeys(lines) if line)
    yield Answering(turn=Turn(text, changed, label=table.label, is_new=table.is_new))


def last_turn(steps: Iterable[Answering]) -> Turn:
    """What came of a turn's steps."""
    *_, last = steps
    assert last.turn is not None  # the last step has one
    return last.turn


def _composer(writer: Writer) -> Compose:
    return lambda request: draft_plan(request, passages=writer.passages, timeline=writer.timeline)


def _is_plain(said: Understanding) -> bool:
    """Whether the program has read it to the letter and a model could only spoil it: a step back, several changes."""
    edit = said.edit if said.intent is Intent.REVISE else None
    return edit is not None and (
        bool(edit.more) or edit.op in ("undo", "redo") or edit.target in ("标题", "落款", "日期")
    )


@dataclass(frozen=True, slots=True)
class _Offline:
    """The answer without an agent."""

    spoken: Sequence[str]
    draft: Draft | None
    seed: int
    today: date
    resources: Resources
    profile: Profile
    writer: Writer | None

    def turn(self, why: str, *, asked: bool = True) -> Turn:
        """The offline turn, with a line that says why it is one. Rewording is the model's all the same, unless it was
        just not there to be asked.
        """
        writer = self.writer if asked else None
        reworded = reworded_turn(
            self.spoken, self.draft, self.resources, writer, today=self.today, profile=self.profile
        )
        turn = reworded or answer(
            self.spoken,
            seed=self.seed,
            today=self.today,
            resources=self.resources,
            draft=self.draft,
            profile=self.profile,
        )
        return replace(turn, reply=f"{turn.reply}\n\n{why}" if why else turn.reply)
