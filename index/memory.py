"""A library that is not stored: what fitting and measuring search."""

from dataclasses import dataclass

from corpus.datatypes import Passage


@dataclass(frozen=True, slots=True)
class MemoryLibrary:
    """The passages to search, held in memory."""

    held: tuple[Passage, ...]
    revision: int = 1

    def passages(self) -> tuple[Passage, ...]:
        """All of them."""
        return self.held

    def passage_ids(self) -> tuple[str, ...]:
        """The ids of all of them."""
        return tuple(passage.id for passage in self.held)
