"""What writing with a model needs, opened once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.checking import Samples
from assistant.llm.ask import Limits
from assistant.llm.model import chat_model
from assistant.llm.settings import ModelSettings
from assistant.resources import Resources
from assistant.timeline import Timeline
from corpus.datatypes import Passage
from index.embed import Embedder

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


@dataclass(frozen=True, slots=True)
class Writer:
    """The model and everything its sentences are checked against."""

    model: "BaseChatModel"
    embedder: Embedder
    passages: Sequence[Passage]
    timeline: Timeline
    samples: Samples
    limits: Limits = Limits()
    hidden: tuple[tuple[str, str], ...] = ()  # what the model is not told, each with the words that stand for it

    def discreet(self, text: str) -> str:
        """The text without what the model is not told."""
        for secret, plain in self.hidden:
            text = text.replace(secret, plain)
        return text


def open_writer(settings: ModelSettings, resources: Resources) -> Writer:
    """The writer of a configured model; the model itself is not called.

    Raises ServiceProblem when the provider's package is not installed.
    """
    return Writer(
        chat_model(settings),
        resources.embedder,
        resources.passages,
        resources.timeline,
        resources.samples,
        Limits(seconds=settings.seconds, attempts=settings.attempts),
    )
