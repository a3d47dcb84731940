"""What can go wrong with a model, told in Chinese, and whether asking again may help."""

import re
import sys
from collections.abc import Iterator
from enum import StrEnum

from corpus.errors import ServiceProblem


class Trouble(StrEnum):
    """The value is what the user reads."""

    ABSENT = "连不上模型服务，请确认它已启动、地址正确"
    KEY = "模型服务不认密钥，请在设置里重填"
    UNKNOWN = "模型服务上没有这个模型或这个地址，请核对模型名称和地址"
    TIMEOUT = "模型超时没有答完"
    BUSY = "模型服务限流或额度用完"
    SERVER = "模型服务出错"
    HALF = "模型的回答中途断了"
    CUT = "模型的回答超出字数预算被截断"
    ENDLESS = "模型不停地写，已打断"
    EMPTY = "模型没有写出内容"
    FOREIGN = "模型没有用中文回答"
    TOO_LONG = "材料太长，超出模型的上下文"
    NO_TOOLS = "这个模型不会调用工具，对话用不上它，起草和改写照用"
    REFUSED = "模型服务拒绝了这次请求"


_TOOLLESS = re.compile(
    r"not support (?:tools|function)|tool(?:_choice|s)? (?:is|are) not supported|enable-auto-tool-choice"
)
AGAIN = frozenset({Trouble.ABSENT, Trouble.TIMEOUT, Trouble.BUSY, Trouble.SERVER, Trouble.HALF, Trouble.EMPTY})
AGAIN |= {Trouble.FOREIGN, Trouble.CUT}
HOPELESS = frozenset({Trouble.KEY, Trouble.UNKNOWN, Trouble.ABSENT})  # no other section will fare better


class ModelProblem(ServiceProblem):
    """A call that gave no usable answer; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(f"{trouble}。")
        self.trouble = trouble


def provider_errors() -> tuple[type[BaseException], ...]:
    """What providers raise when a call fails: of their packages as far as they are imported, and of the wire.

    ValueError, TypeError and KeyError stand for an answer that does not keep to the protocol.
    """
    return (*_of_packages(), OSError, EOFError, ValueError, TypeError, KeyError, AttributeError)


def _of_packages() -> Iterator[type[BaseException]]:
    names = (
        ("langchain_core.exceptions", "LangChainException"),
        ("openai", "OpenAIError"),
        ("httpx", "HTTPError"),
        ("httpx2", "HTTPError"),
        ("ollama", "ResponseError"),
    )
    for module, name in names:
        if module in sys.modules:
            yield getattr(sys.modules[module], name)


def trouble_of(error: BaseException) -> Trouble:
    """What a provider's error means. Names of classes and HTTP codes are the same across providers; messages are
    looked at only for a context that is too long.
    """
    names = {cls.__name__ for cls in type(error).__mro__}
    told = str(error).lower()
    code = getattr(error, "status_code", None)
    if names & {"ContextOverflowError"} or "context length" in told or "context_length" in told:
        return Trouble.TOO_LONG
    if isinstance(code, int) and _TOOLLESS.search(told):
        return Trouble.NO_TOOLS
    if code in (401, 403):
        return Trouble.KEY
    if code == 404:
        return Trouble.UNKNOWN
    if code in (402, 429):
        return Trouble.BUSY
    if code in (408, 504) or any("Timeout" in name for name in names):
        return Trouble.TIMEOUT
    if isinstance(code, int) and 400 <= code < 500:
        return Trouble.REFUSED
    if names & {"RemoteProtocolError", "ReadError", "IncompleteRead", "EOFError"}:
        return Trouble.HALF
    if names & {"APIConnectionError", "ConnectError", "ConnectionError", "OSError", "NetworkError"}:
        return Trouble.ABSENT
    return Trouble.SERVER
