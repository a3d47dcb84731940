"""One generation, loaded: what a search reads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from corpus.datatypes import Passage
from index.attributes import Attributes
from index.datatypes import Manifest
from index.dense import DenseIndex, Numbers
from index.keyword import KeywordIndex
from index.payload import Payload
from index.tokens import TokenRows

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

    def rows_of(self, uids: Numbers) -> Numbers:
        """Row numbers (m,) of these uids (m,), all of which must be there."""
        known = self.attributes["uid"]
        rows: Numbers = uids if not len(known) or known[-1] == len(known) - 1 else np.searchsorted(known, uids)
        return rows
