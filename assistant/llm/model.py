"""A LangChain chat model from settings. Nothing is imported or reached before it is asked for."""

import importlib.util
from typing import TYPE_CHECKING, Any

from assistant.llm.settings import ModelSettings
from corpus.errors import ServiceProblem

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_PACKAGES = {"openai": "langchain_openai", "ollama": "langchain_ollama"}
_CONTEXT = 8192  # tokens of a prompt; ours stay under 4,000 characters
_TEMPERATURE = 0.3
_NO_KEY = "none"  # servers on the own machine want some key, whatever it is


def chat_model(settings: ModelSettings) -> "BaseChatModel":
    """The model, ready to be asked; no call is made.

    Raises ServiceProblem naming the pip command when the provider's package is not installed.
    """
    package = _PACKAGES[settings.provider]
    if importlib.util.find_spec(package) is None:
        raise ServiceProblem(f"用模型 {settings.model!r} 要先装一个组件：pip install {package.replace('_', '-')}。")
    from langchain.chat_models import init_chat_model

    model: BaseChatModel = init_chat_model(
        settings.model, model_provider=settings.provider, configurable_fields=None, **_options(settings)
    )
    return model


def can_call_tools(model: "BaseChatModel") -> bool:
    """Whether the model's class knows tool calling; its server may still refuse."""
    from langchain_core.language_models import BaseChatModel

    return type(model).bind_tools is not BaseChatModel.bind_tools


def _options(settings: ModelSettings) -> dict[str, Any]:
    """The provider's own names for address, key, time limit and budget. Retrying is ours, so theirs is off."""
    if settings.provider == "ollama":
        return {
            **({"base_url": settings.url} if settings.url else {}),
            "num_predict": settings.tokens,
            "num_ctx": _CONTEXT + settings.tokens,  # Ollama's own default cuts a longer prompt without a word
            "reasoning": False,  # thinking aloud would use up the budget
            "temperature": _TEMPERATURE,
            "client_kwargs": {"timeout": settings.seconds},
        }
    options: dict[str, Any] = {
        "api_key": settings.key or _NO_KEY,
        "timeout": settings.seconds,
        "max_retries": 0,
        "temperature": _TEMPERATURE,
        "use_responses_api": False,
    }
    if settings.url:  # compatible servers know max_tokens; only OpenAI's own wants its newer name
        return {**options, "base_url": settings.url, "extra_body": {"max_tokens": settings.tokens}}
    return {**options, "max_tokens": settings.tokens}
