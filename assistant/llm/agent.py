"""Chat with a model that can call tools: LangChain's agent over the functions of the house, guarded by `understand`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.chat import NO_PROFILE, Turn, answer
from assistant.datatypes import Draft
from assistant.drafting import draft_plan
from assistant.export.markdown import escape
from assistant.llm.ask import answer_text, is_chinese
from assistant.llm.fence import as_data
from assistant.llm.model import can_call_tools
from assistant.llm.own_words import own_words
from assistant.llm.permission import Table, allowed_tools
from assistant.llm.prompts import fill_prompt
from assistant.llm.settings import read_model
from assistant.llm.tools import Compose, Tools, tools_of
from assistant.llm.troubles import provider_errors, trouble_of
from assistant.llm.writer import Writer, open_writer
from assistant.profile import Profile
from assistant.resources import Resources
from assistant.understand import Intent, Understanding, understand
from corpus.datatypes import Document
from corpus.errors import UserError

MOST_MESSAGES = 8  # of the conversation that the model is told
_LONGEST_MESSAGE = 1500  # characters
_LONGEST_REPLY = 1500
_STEPS = 14  # of the agent's graph: about six tool calls
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|(?:https?|ftp|file|javascript|data):\S+|www\.\S+", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_DOING = (Intent.DRAFT, Intent.REVISE, Intent.ROLLOVER)


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the conversation; `role` is "user" or "assistant"."""

    role: str
    text: str


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
    spoken = [one.text for one in messages if one.role == "user"]
    try:
        settings = read_model(resources.settings.home)
        writer = open_writer(settings, resources) if settings else None
    except UserError as error:
        turn = answer(spoken, seed=seed, today=today, resources=resources, draft=draft, profile=profile)
        return replace(turn, reply=f"{turn.reply}\n\n{escape(str(error))}")
    if writer is None:
        return answer(spoken, seed=seed, today=today, resources=resources, draft=draft, profile=profile)
    return converse(messages, draft=draft, seed=seed, today=today, writer=writer, resources=resources, profile=profile)


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
    spoken = [own_words(one.text) for one in messages if one.role == "user"]
    known = (f"我们是{profile.organisation}。",) if profile.organisation else ()
    said = understand((*known, *spoken), today=today)
    offline = _Offline(spoken, draft, seed, today, resources, profile)
    if not can_call_tools(writer.model):
        return offline.turn("")
    table = Table(spoken[-1], "\n".join((*known, *spoken)), said, draft, seed, today, document, profile)
    try:
        reply = _run(messages, table, writer=writer, resources=resources, compose=compose or _composer(writer))
    except provider_errors() as error:
        return offline.turn(f"{trouble_of(error)}，这一轮由离线功能回答。")
    except RecursionError:
        return offline.turn("模型绕了太多圈没有答完，这一轮由离线功能回答。")
    undone = said.intent in _DOING and table.draft is draft and not table.told
    if undone or not is_chinese(reply):
        return offline.turn("模型没有按要求作答，这一轮由离线功能回答。")
    lines = [*map(escape, table.told), safe_reply(reply)]
    changed = table.draft if table.draft is not draft else None
    return Turn("\n\n".join(dict.fromkeys(lines)), changed, label=table.label, is_new=table.is_new)


def safe_reply(text: str) -> str:
    """A model's words as Markdown that prints as it is: no links, no tags, no marks that mean anything."""
    plain = _TAG.sub("", _LINK.sub(lambda match: match[1] or "（网址已删去）", text))
    return escape(plain[:_LONGEST_REPLY].strip())


def _composer(writer: Writer) -> Compose:
    return lambda request: draft_plan(request, passages=writer.passages, timeline=writer.timeline)


def _run(messages: Sequence[Said], table: Table, *, writer: Writer, resources: Resources, compose: Compose) -> str:
    """The agent's last words."""
    from langchain.agents import create_agent
    from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

    allowed = allowed_tools(table.said, table.words, draft=table.draft, document=table.document)
    prompt = fill_prompt(
        "agent",
        {
            "today": table.today.isoformat(),
            "state": as_data(_state(table)),
            "understood": as_data(_understood(table.said)),
            "allowed": "、".join(allowed),
        },
    )
    tools = tools_of(Tools(table, writer, resources, compose), allowed)
    agent = create_agent(writer.model, tools, system_prompt=prompt)
    recent: list[AnyMessage | dict[str, Any]] = [
        (HumanMessage if one.role == "user" else AIMessage)(as_data(one.text, longest=_LONGEST_MESSAGE))
        for one in messages[-MOST_MESSAGES:]
    ]
    state: dict[str, Any] = agent.invoke({"messages": recent}, {"recursion_limit": _STEPS})
    return answer_text(state["messages"][-1].content)


def _state(table: Table) -> str:
    if table.draft is None:
        return "还没有"
    parts = "；".join(section.heading for section in table.draft.sections if section.heading)
    return f"《{table.draft.title}》，各部分：{parts}"


def _understood(said: Understanding) -> str:
    slots = {
        "意图": said.intent,
        "单位类型": "、".join(said.organisations),
        "单位": said.name,
        "年份": said.year,
        "周期": said.period,
        "修改": f"{said.edit.op} {said.edit.target} {said.edit.detail}" if said.edit else None,
    }
    return "；".join(f"{name}：{value}" for name, value in slots.items() if value)


@dataclass(frozen=True, slots=True)
class _Offline:
    """The answer without a model."""

    spoken: Sequence[str]
    draft: Draft | None
    seed: int
    today: date
    resources: Resources
    profile: Profile

    def turn(self, why: str) -> Turn:
        """The offline turn, with a line that says why it is one."""
        turn = answer(
            self.spoken,
            seed=self.seed,
            today=self.today,
            resources=self.resources,
            draft=self.draft,
            profile=self.profile,
        )
        return replace(turn, reply=f"{turn.reply}\n\n{why}" if why else turn.reply)
