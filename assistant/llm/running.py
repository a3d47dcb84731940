"""The run of LangChain's agent over the functions of the house: tool by tool, word by word, within its time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from assistant.llm.ask import answer_text, unended
from assistant.llm.fence import as_data
from assistant.llm.permission import Table, allowed_tools
from assistant.llm.plain import safe_reply
from assistant.llm.prompts import fill_prompt
from assistant.llm.tools import Tools, tools_of
from assistant.llm.troubles import AGAIN, ModelProblem, Trouble, provider_errors, trouble_of
from assistant.understand import Understanding

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage, AnyMessage

MOST_MESSAGES = 8  # of the conversation that the model is told
_LONGEST_MESSAGE = 1500  # characters
_STEPS = 14  # of the agent's graph: about six tool calls
_CALLS = 3  # times the limit of one call that a whole turn may last
_NOT_ALL = "……（回答到了字数上限，没有说完）"
_EACH = 16  # new characters that are worth telling
_AT_WORK = {
    "search": "正在查范文",
    "compare": "正在比较各行业",
    "check": "正在给文稿做体检",
    "timeline": "正在查时政表",
    "draft": "正在起草",
    "revise": "正在改稿",
    "rewrite": "正在改写",
    "rollover": "正在续写",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the conversation; `role` is "user" or "assistant"."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """The run so far: `note` is what the chat says for now (Markdown), `final` the agent's last whole message."""

    note: str
    final: str


def running(messages: Sequence[Said], tools: Tools) -> Iterator[Moment]:
    """Moments of the agent at work, the last one with its answer.

    Raises ModelProblem when the model fails, after asking again where that may help and nothing was changed yet;
    RecursionError when it goes in circles.
    """
    limits = tools.writer.limits
    for attempt in range(1, limits.attempts + 1):
        try:
            yield from _attempt(messages, tools)
            return
        except provider_errors() as error:
            trouble = error.trouble if isinstance(error, ModelProblem) else trouble_of(error)
            if trouble not in AGAIN or attempt == limits.attempts or tools.table.done:
                raise ModelProblem(trouble) from error
        limits.sleep(limits.pause * 2 ** (attempt - 1))


def _attempt(messages: Sequence[Said], tools: Tools) -> Iterator[Moment]:
    from langchain.agents import create_agent
    from langchain_core.messages import AIMessage, AIMessageChunk

    limits, table = tools.writer.limits, tools.table
    allowed = allowed_tools(table.said, table.words, draft=table.draft, document=table.document)
    agent = create_agent(tools.writer.model, tools_of(tools, allowed), system_prompt=_prompt(table, allowed))
    state: Any = {"messages": _recent(messages)}
    modes: list[Literal["updates", "messages"]] = ["updates", "messages"]
    begun, lines, words, told, final = limits.clock(), dict[str, None](), "", 0, ""
    found: Any
    for mode, found in agent.stream(state, {"recursion_limit": _STEPS}, stream_mode=modes):
        if limits.clock() - begun > _CALLS * limits.seconds:
            raise ModelProblem(Trouble.TIMEOUT)
        if mode == "messages":
            chunk, where = found
            said = isinstance(chunk, AIMessageChunk) and where["langgraph_node"] == "model"  # a tool may ask it too
            words += chunk.text if said else ""
            if len(words) - told < _EACH:
                continue
            told = len(words)
        else:
            for message in (one for update in found.values() for one in (update or {}).get("messages", ())):
                if isinstance(message, AIMessage):
                    final, words, told = _whole(message), "", 0
                    lines |= {_AT_WORK[call["name"]]: None for call in message.tool_calls if call["name"] in allowed}
        progress = [f"{line}……" for line in lines]
        yield Moment("\n\n".join([*progress, safe_reply(answer_text(words))] if words else progress), final)


def _whole(message: "AIMessage") -> str:
    """The words of a message that ended, or says that it did not. Raises ModelProblem for half of one."""
    trouble = unended(message.response_metadata)
    if trouble in (Trouble.HALF, Trouble.REFUSED):
        raise ModelProblem(trouble)
    return answer_text(message.content) + (_NOT_ALL if trouble else "")


def _recent(messages: Sequence[Said]) -> "list[AnyMessage]":
    """The end of the conversation, each message cut to length."""
    from langchain_core.messages import AIMessage, HumanMessage

    return [
        (HumanMessage if one.role == "user" else AIMessage)(as_data(one.text, longest=_LONGEST_MESSAGE))
        for one in messages[-MOST_MESSAGES:]
    ]


def _prompt(table: Table, allowed: Sequence[str]) -> str:
    return fill_prompt(
        "agent",
        {
            "today": table.today.isoformat(),
            "state": as_data(_state(table)),
            "understood": as_data(_understood(table.said)),
            "allowed": "、".join(allowed),
        },
    )


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
