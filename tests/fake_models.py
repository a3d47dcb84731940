"""Chat models that answer from a script and remember what they were asked."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

Answer = str | AIMessage | Exception


class Recorder(BaseChatModel):
    """Answers with what `script` says to the messages; `asked` holds the messages of every call."""

    script: Callable[[list[BaseMessage]], Answer]
    asked: list[list[BaseMessage]] = []  # noqa: RUF012  pydantic copies it for every model
    tools: list[str] = []  # noqa: RUF012

    @property
    def _llm_type(self) -> str:
        return "recorder"

    def _next(self, messages: list[BaseMessage]) -> AIMessage:
        self.asked.append(messages)
        answer = self.script(messages)
        if isinstance(answer, Exception):
            raise answer
        return AIMessage(answer) if isinstance(answer, str) else answer

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=self._next(messages))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> Iterator[ChatGenerationChunk]:
        message = self._next(messages)
        text = str(message.content)
        for start in range(0, max(len(text), 1), 5):
            yield ChatGenerationChunk(message=AIMessageChunk(content=text[start : start + 5]))
        for number, call in enumerate(message.tool_calls):
            arguments = json.dumps(call["args"], ensure_ascii=False)
            piece = tool_call_chunk(name=call["name"], args=arguments, id=call["id"], index=number)
            yield ChatGenerationChunk(message=AIMessageChunk(content="", tool_call_chunks=[piece]))

    def prompt(self, number: int = -1) -> str:
        """The last message of a call."""
        return str(self.asked[number][-1].content)


class Caller(Recorder):
    """A model that knows tool calling."""

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> "Caller":
        self.tools[:] = [tool.name for tool in tools]
        return self


def saying(*answers: Answer) -> Callable[[list[BaseMessage]], Answer]:
    """A script: these answers in order, the last one again and again."""
    left = list(answers)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def calling(name: str, arguments: dict[str, Any], *, number: int = 1) -> AIMessage:
    """An answer that calls one tool."""
    return AIMessage("", tool_calls=[{"name": name, "args": arguments, "id": f"call_{number}"}])
