"""One question to a model: streamed, within its time, asked again with growing pauses where that may help."""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.llm.prompts import fill_prompt
from assistant.llm.troubles import AGAIN, ModelProblem, Trouble, provider_errors, trouble_of

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

_THINKING = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)  # of models that reason aloud
_HAN = re.compile(r"[㐀-鿿]")
_WORDS = re.compile(r"[^\W\d_]")
_LEAST_HAN = 0.6  # of all letters in an answer
_REASONS = ("finish_reason", "done_reason", "stop_reason")
_CUT = ("length", "max_tokens")
_FILTERED = ("content_filter", "refusal")
_AGAIN_SAID = 60  # characters that the rest of an answer may say again


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question may cost. The pause before attempt n + 1 is `pause * 2 ** (n - 1)` seconds."""

    seconds: float = 120.0
    attempts: int = 3
    pause: float = 1.0
    longest: int = 12_000  # characters of an answer; more is a model that does not stop
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True)
class Piece:
    """The answer as far as it has come; `retried` says what became of the attempt before, "" for the first."""

    text: str
    retried: str = ""


def messages_of(system: str, user: str) -> "tuple[BaseMessage, ...]":
    """A system and a user message."""
    from langchain_core.messages import HumanMessage, SystemMessage

    return (SystemMessage(system), HumanMessage(user))


def ask(model: "BaseChatModel", messages: "Sequence[BaseMessage]", *, limits: Limits) -> Iterator[Piece]:
    """The answer as it grows; the last piece is whole. One that uses up its budget is asked to go on from there.

    Raises ModelProblem when the attempts gave no whole Chinese answer; nothing else of the provider comes through.
    """
    asked, begun, retried = messages, "", ""
    for attempt in range(1, limits.attempts + 1):
        text = ""
        try:
            for text in _attempt(model, asked, limits):
                yield Piece(_joined(begun, text), retried)
            return
        except ModelProblem as problem:
            if problem.trouble not in AGAIN or attempt == limits.attempts:
                raise
            going_on = problem.trouble is Trouble.CUT and is_chinese(text)
            retried = f"{problem.trouble}，{'已接着写' if going_on else '已重试'}"
            begun = _joined(begun, text) if going_on else ""
            asked = (*messages, *_go_on(begun)) if going_on else messages
            if going_on:
                continue
        limits.sleep(limits.pause * 2 ** (attempt - 1))


def _go_on(begun: str) -> "tuple[BaseMessage, ...]":
    """What was written, and the request for the rest."""
    from langchain_core.messages import AIMessage, HumanMessage

    return (AIMessage(begun), HumanMessage(fill_prompt("continue", {})))


def _joined(begun: str, rest: str) -> str:
    """Two parts of an answer; words the second one says again are said once."""
    for length in range(min(_AGAIN_SAID, len(begun), len(rest)), 0, -1):
        if begun.endswith(rest[:length]):
            return begun + rest[length:]
    return begun + rest


def answer_text(content: str | Sequence[str | Mapping[str, Any]]) -> str:
    """The words of a message, without a model's reasoning and anything that is not text."""
    if not isinstance(content, str):
        parts = [part if isinstance(part, str) else str(part.get("text", "")) for part in content]
        content = "".join(parts)
    return _THINKING.sub("", content).strip()


def is_chinese(text: str) -> bool:
    """Whether most letters of the text are Chinese characters."""
    letters = len(_WORDS.findall(text))
    return letters > 0 and len(_HAN.findall(text)) >= _LEAST_HAN * letters


def _attempt(model: "BaseChatModel", messages: "Sequence[BaseMessage]", limits: Limits) -> Iterator[str]:
    begun, held, told = limits.clock(), "", {}
    try:
        for chunk in model.stream(list(messages)):
            held += chunk.text
            told.update({key: value for key, value in chunk.response_metadata.items() if value})
            if limits.clock() - begun > limits.seconds:
                raise ModelProblem(Trouble.TIMEOUT)
            if len(held) > limits.longest:
                raise ModelProblem(Trouble.ENDLESS)
            yield answer_text(held)
    except provider_errors() as error:
        raise ModelProblem(_during(error, held)) from error
    _require_whole(held, told)


def _during(error: BaseException, held: str) -> Trouble:
    """A connection lost after the first words is half an answer."""
    trouble = trouble_of(error)
    return Trouble.HALF if held and trouble in (Trouble.ABSENT, Trouble.SERVER) else trouble


def unended(told: Mapping[str, Any]) -> Trouble | None:
    """Why an answer did not end by itself, by what its provider tells about it; None where it did."""
    reason = next((str(told[name]) for name in _REASONS if told.get(name)), "")
    if reason in _CUT:
        return Trouble.CUT
    if reason in _FILTERED:
        return Trouble.REFUSED
    return Trouble.HALF if told and not reason else None  # a provider that tells about its answers says why one ended


def _require_whole(held: str, told: Mapping[str, Any]) -> None:
    """Raises ModelProblem unless the answer ended by itself, says something, and says it in Chinese."""
    trouble = unended(told)
    if trouble is not None:
        raise ModelProblem(trouble)
    text = answer_text(held)
    if not text:
        raise ModelProblem(Trouble.EMPTY)
    if not is_chinese(text):
        raise ModelProblem(Trouble.FOREIGN)
