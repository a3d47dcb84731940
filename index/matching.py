"""Token by token: how well each word of a query is met by the closest word of a passage, by meaning.

The mean vector of a passage blurs a word that stands in one of its clauses; here each word finds its own partner. Only
static models have a vector for every token, so only they can match. A table row's length says how much its token
matters (training makes 的 and 怎么写 short), so it is the weight.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.products import inner
from index.tokens import TokenRows, Tokens, distinct, token_rows


class TokenMatcher:
    """A static model's table and tokeniser. `table` is (vocabulary, dimension), row 0 the unknown token's."""

    def __init__(self, table: NDArray[np.float32], tokenizer: Tokenizer) -> None:
        self._table = table
        self._lengths = np.sqrt(np.einsum("vd,vd->v", table, table))
        self._inverse = (1 / np.where(self._lengths > 0, self._lengths, 1)).astype(np.float32)
        self._tokenizer = tokenizer

    def tokens(self, texts: Sequence[str]) -> TokenRows:
        """The distinct known tokens of each text: what is kept with a passage."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return token_rows([distinct(encoding.ids) for encoding in encodings])

    def scores(self, query: str, passages: TokenRows) -> NDArray[np.float32]:
        """(passages,) in [-1, 1]: the weighted mean, over the query's tokens, of the best cosine in each passage."""
        asked = [i for i in self._tokenizer.encode(query, add_special_tokens=False).ids if i]
        if not asked or not len(passages):
            return np.zeros(len(passages), np.float32)
        known, places = self._numbered(passages.ids)
        directions = self._table[asked] * self._inverse[asked][:, None]
        cosines = inner(directions, self._table[known]) * self._inverse[known]
        best = np.maximum.reduceat(cosines[:, places], passages.starts[:-1], axis=1)
        weights = self._lengths[asked]
        scores: NDArray[np.float32] = (weights @ best / weights.sum()).astype(np.float32)
        return scores

    def _numbered(self, ids: Tokens) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """The distinct ids (u,), ascending, and the place of each of `ids` (t,) among them: faster than np.unique."""
        seen = np.zeros(len(self._table), np.bool_)
        seen[ids] = True
        known = np.flatnonzero(seen)
        number = np.empty(len(self._table), np.int32)
        number[known] = np.arange(len(known), dtype=np.int32)
        return known, number[ids]
