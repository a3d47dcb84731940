"""Changes to the short side of a pair while training, so that slips and phrasing weigh little."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from index.training.ragged import Ragged, ragged


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of what is changed, in [0, 1]."""

    drop: float  # tokens left out
    split: float  # tokens spelt in single characters
    wrap: float  # queries put in the wording of a request


@dataclass(frozen=True, slots=True)
class Augmentation:
    """What `augment` needs to know of the vocabulary: each token's characters, and the request wordings in tokens."""

    rates: Rates
    pieces: Ragged
    wrappings: tuple[tuple[list[int], list[int]], ...]


def prepare(tokenizer: Tokenizer, *, rates: Rates, wrappings: Sequence[tuple[str, str]]) -> Augmentation:
    """Look up the characters of every token and cut the (before, after) wordings into tokens."""
    words = vocabulary(tokenizer)
    characters = {word: i for i, word in enumerate(words) if len(word) == 1}
    pieces = ragged([[characters[c] for c in word if c in characters] or [i] for i, word in enumerate(words)])
    return Augmentation(rates, pieces, tuple((known(tokenizer, a), known(tokenizer, b)) for a, b in wrappings))


def vocabulary(tokenizer: Tokenizer) -> list[str]:
    """The entries in the order of their ids."""
    by_id = {i: word for word, i in tokenizer.get_vocab().items()}
    return [by_id[i] for i in range(len(by_id))]


def known(tokenizer: Tokenizer, text: str) -> list[int]:
    """The ids of a text, without the unknown entry."""
    return [i for i in tokenizer.encode(text, add_special_tokens=False).ids if i]


def augment(queries: Ragged, *, how: Augmentation, asked: bool, random: np.random.Generator) -> Ragged:
    """The queries with tokens dropped and spelt out; wrapped too when they are `asked`."""
    kept = queries.keep(random.random(len(queries.values)) >= how.rates.drop)
    spelt = random.random(len(kept.values)) < how.rates.split
    lengths = np.where(spelt, how.pieces.lengths[kept.values], 1)
    ends = np.concatenate(([0], np.cumsum(lengths)))
    inside = np.arange(ends[-1]) - np.repeat(ends[:-1], lengths)
    whole = np.repeat(kept.values, lengths)
    characters = how.pieces.values[how.pieces.starts[whole] + inside]
    changed = Ragged(np.where(np.repeat(spelt, lengths), characters, whole), ends[kept.starts])
    return _wrapped(changed, how, random) if asked and how.wrappings else changed


def _wrapped(queries: Ragged, how: Augmentation, random: np.random.Generator) -> Ragged:
    chosen = random.integers(0, len(how.wrappings), len(queries))
    wrapped = random.random(len(queries)) < how.rates.wrap
    rows = []
    for i in range(len(queries)):
        before, after = how.wrappings[chosen[i]] if wrapped[i] else ([], [])
        rows.append([*before, *queries.values[queries.starts[i] : queries.starts[i + 1]].tolist(), *after])
    return ragged(rows)
