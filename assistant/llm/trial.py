"""One short question to a model, to see that address, name and key are right."""

import time

from assistant.llm.ask import Limits, ask, messages_of
from assistant.llm.model import chat_model
from assistant.llm.settings import ModelSettings

_LONGEST_WAIT = 40.0  # seconds; a model on a slow machine may have to be loaded first
_QUESTION = "请用一句中文回答：春节前工会可以做什么？"


def tried(settings: ModelSettings) -> float:
    """Seconds the model took to answer. Raises ModelProblem when it gave no usable answer, ServiceProblem when the
    provider's package is not installed.
    """
    begun = time.monotonic()
    limits = Limits(seconds=min(settings.seconds, _LONGEST_WAIT), attempts=1)
    for _ in ask(chat_model(settings), messages_of("只用一句简短的中文回答。", _QUESTION), limits=limits):
        pass
    return time.monotonic() - begun
