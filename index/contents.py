"""One generation, loaded: what a search reads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np

from corpus.datatypes import Passage
from index.attributes import Attributes, Mask, passing
from index.datatypes import Filter, Manifest
from index.dense import DenseIndex, Numbers
from index.keyword import KeywordIndex
from index.payload import Payload
from index.tokens import TokenRows

KEPT = 32  # masks: a byte for each passage
Progress = Callable[[str, int, int], None]  # (what is going on, done, total; total 0: not known)


class PassageSource(Protocol):
    """What the index asks of the library."""

    @property
    def revision(self) -> int:
        """Changes whenever `passages()` would."""

    def passages(self) -> Iterable[Passage]:
        """Every passage as it is now."""

    def passage_ids(self) -> Iterable[str]:
        """Their ids, in any order."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A generation's parts; row i of `dense`, `tokens`, `attributes` and `payload` is the same passage."""

    folder: Path
    manifest: Manifest
    dense: DenseIndex
    tokens: TokenRows
    keyword: KeywordIndex
    attributes: Attributes
    payload: Payload
    masks: dict[Filter, Mask] = field(default_factory=dict, compare=False)  # of the filters asked for last

    def passing(self, filter: Filter) -> Mask | None:
        """Which rows (n,) the filter lets through; None when it lets through all. The same few filters come again."""
        mask = self.masks.get(filter)
        if mask is None:
            mask = passing(self.attributes, filter)
            if mask is not None:
                if len(self.masks) >= KEPT:
                    self.masks.clear()
                self.masks[filter] = mask
        return mask

    def rows_of(self, uids: Numbers) -> Numbers:
        """Row numbers (m,) of these uids (m,), all of which must be there."""
        known = self.attributes["uid"]
        rows: Numbers = uids if not len(known) or known[-1] == len(known) - 1 else np.searchsorted(known, uids)
        return rows
