"""One vector a token: its own, plus the mean of its characters', plus the mean of its syllables'.

The three are folded into one table at the end. Rare words, unseen cuts and homophone slips so share meaning with the
words they look or sound like, at no cost when the table is used.
"""

import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.training.augment import vocabulary
from index.training.ragged import Integers, Ragged, ragged
from index.training.sounds import syllables

DEVIATION = 0.1  # of the random start


class Table(torch.nn.Module):
    """The vectors that are fitted; `start`, a (vocabulary, dimension) table, is what to go on from."""

    def __init__(self, tokenizer: Tokenizer, *, dimension: int, start: NDArray[np.float32] | None = None) -> None:
        super().__init__()
        words = vocabulary(tokenizer)[1:]
        letters = {c: i for i, c in enumerate(sorted({c for word in words for c in word}))}
        sounds = {s: i for i, s in enumerate(sorted({s for word in words for s in syllables(word)}))}
        self.spelling = ragged([[], *([letters[c] for c in word] for word in words)])
        self.sounding = ragged([[], *([sounds[s] for s in syllables(word)] for word in words)])
        deviation = DEVIATION if start is None else 0.0
        own = torch.randn(len(words) + 1, dimension) * deviation if start is None else torch.from_numpy(start.copy())
        self.own = torch.nn.Parameter(own)
        self.letters = torch.nn.Parameter(torch.randn(len(letters), dimension) * deviation)
        self.sounds = torch.nn.Parameter(torch.randn(len(sounds), dimension) * deviation)

    def rows(self, tokens: Integers) -> torch.Tensor:
        """(n, dimension) vectors of distinct tokens."""
        total = self.own[torch.from_numpy(tokens)]
        for parts, vectors in ((self.spelling, self.letters), (self.sounding, self.sounds)):
            total = total + means(parts.take(tokens), vectors)
        return total

    def folded(self) -> NDArray[np.float32]:
        """The one table that is shipped; the unknown entry weighs nothing."""
        with torch.no_grad():
            table: NDArray[np.float32] = self.rows(np.arange(len(self.own))).numpy().copy()
        table[0] = 0
        return table


def means(rows: Ragged, vectors: torch.Tensor) -> torch.Tensor:
    """(rows, dimension) mean vector of each row's values; zeros for an empty row."""
    starts = torch.from_numpy(rows.starts[:-1])
    return functional.embedding_bag(torch.from_numpy(rows.values), vectors, starts, mode="mean")


def share_rows(table: Table, *sides: Ragged) -> tuple[torch.Tensor, list[Ragged]]:
    """The rows of all tokens of the sides, each made once, and the sides with places in these rows for tokens."""
    tokens, where = np.unique(np.concatenate([side.values for side in sides]), return_inverse=True)
    cuts = np.cumsum([len(side.values) for side in sides])[:-1]
    placed = [Ragged(ids, side.starts) for ids, side in zip(np.split(where, cuts), sides, strict=True)]
    return table.rows(tokens), placed


def best_matches(rows: torch.Tensor, queries: Ragged, texts: Ragged) -> torch.Tensor:
    """(queries, texts) cosine of each query token with the token of the text most like it, in the mean over the query's
    tokens weighted by their lengths: what `index.matching` computes when searching.
    """
    directions = functional.normalize(rows, dim=1)
    asked, where = np.unique(queries.values, return_inverse=True)
    padded = torch.from_numpy(texts.padded())
    alike = directions[torch.from_numpy(asked)] @ directions.T
    best = alike[:, padded.clamp(min=0)].masked_fill(padded < 0, -1.0).amax(dim=2)
    lengths = rows.norm(dim=1)[torch.from_numpy(queries.values)]
    owners = torch.from_numpy(np.repeat(np.arange(len(queries)), queries.lengths))
    weights = torch.zeros(len(queries), len(asked)).index_put(
        (owners, torch.from_numpy(where)), lengths, accumulate=True
    )
    return (weights @ best) / weights.sum(dim=1, keepdim=True).clamp(min=1e-9)
