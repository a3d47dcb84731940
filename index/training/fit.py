"""Training: the table fitted so that what is asked lies near what answers it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.training.augment import Rates, augment, prepare
from index.training.pairs import Source
from index.training.ragged import Integers, Ragged, ragged
from index.training.table import Table, best_matches, means, share_rows

WIDTHS = (256, 128, 64)  # Matryoshka: the first 128 or 64 columns are a usable vector too
NARROW = 512  # rows of a batch that the narrower widths are trained on
MATCHED = 96  # rows of a batch that token matching is trained on: its cost grows with their square


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the result besides the data."""

    seed: int = 13
    dimension: int = 256
    batch: int = 2048
    epochs: float = 2.0
    rate: float = 0.1  # Adam's, at its peak
    warm_up: float = 0.05  # share of the steps
    scale: float = 20.0  # inverse temperature of the cosine
    drop: float = 0.1  # share of query tokens left out
    split: float = 0.1  # share of query tokens spelt in single characters
    wrap: float = 0.3  # share of queries put in the wording of a request
    same_facet: float = -2.0  # added to the logit of a negative on the same matter: it may well answer too
    matching: float = 1.0  # weight of token matching beside the mean vectors
    threads: int = 1  # sums depend on it in the last bits, and so does the result


@dataclass(frozen=True, slots=True)
class Encoded:
    """A source in tokens. `asked_keys`, `keys` and `facets` are numbers, -1 for no facet."""

    queries: Ragged
    texts: Ragged
    asked_keys: Integers
    keys: Integers
    facets: Integers
    repeat: int
    asked: bool
    matched: bool


def _numbered(values: Sequence[str]) -> Integers:
    numbers: dict[str, int] = {"": -1}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int64)


def encode(source: Source, tokenizer: Tokenizer) -> Encoded:
    """The source in tokens; pairs with a side that holds no known token are left out."""

    def tokens(texts: list[str]) -> list[list[int]]:
        return [[i for i in e.ids if i] for e in tokenizer.encode_batch_fast(texts, add_special_tokens=False)]

    queries, texts = tokens([p.query for p in source.pairs]), tokens([p.text for p in source.pairs])
    rows = [i for i in range(len(queries)) if queries[i] and texts[i]]
    kept = [source.pairs[i] for i in rows]
    return Encoded(
        ragged([queries[i] for i in rows]),
        ragged([texts[i] for i in rows]),
        _numbered([pair.query for pair in kept]),
        _numbered([pair.key for pair in kept]),
        _numbered([pair.facet for pair in kept]),
        source.repeat,
        source.asked,
        source.matched,
    )


def _batches(encoded: Sequence[Encoded], size: int, random: np.random.Generator) -> list[tuple[Encoded, Integers]]:
    """One epoch: every source shuffled and cut into batches, the batches of all sources shuffled together."""
    batches = []
    for source in encoded:
        for _ in range(source.repeat):
            order = random.permutation(len(source.keys))
            batches += [(source, rows) for rows in np.array_split(order, max(1, round(len(order) / size)))]
    return [batches[i] for i in random.permutation(len(batches))]


def _endless(encoded: Sequence[Encoded], size: int, random: np.random.Generator) -> Iterator[tuple[Encoded, Integers]]:
    while True:
        yield from _batches(encoded, size, random)


def _bias(source: Encoded, rows: Integers, same_facet: float) -> torch.Tensor:
    """(n, n) to add to the logits: -inf where a pair is no negative, `same_facet` where it is a weak one."""
    asked, keys, facets = source.asked_keys[rows], source.keys[rows], source.facets[rows]
    same = (asked[:, None] == asked) | (keys[:, None] == keys)
    alike = (facets[:, None] == facets) & (facets != -1)
    bias = np.where(same, -np.inf, np.where(alike, same_facet, 0.0)).astype(np.float32)
    np.fill_diagonal(bias, 0.0)
    return torch.from_numpy(bias)


def _contrast(cosines: torch.Tensor, *, bias: torch.Tensor, scale: float) -> torch.Tensor:
    """InfoNCE both ways."""
    logits = cosines * scale + bias
    right = torch.arange(len(logits))
    return (functional.cross_entropy(logits, right) + functional.cross_entropy(logits.T, right)) / 2


def _loss(
    table: Table, queries: Ragged, texts: Ragged, *, bias: torch.Tensor, recipe: Recipe, matching: float
) -> torch.Tensor:
    rows, (queries, texts) = share_rows(table, queries, texts)
    a, b = means(queries, rows), means(texts, rows)
    loss = torch.zeros(())
    for width in WIDTHS:
        n = slice(None, None if width == WIDTHS[0] else NARROW)
        cosines = functional.normalize(a[n, :width], dim=1) @ functional.normalize(b[n, :width], dim=1).T
        loss = loss + _contrast(cosines, bias=bias[n, n], scale=recipe.scale) * (1.0 if width == WIDTHS[0] else 0.5)
    if matching:
        first = np.arange(min(MATCHED, len(queries)))
        cosines = best_matches(rows, queries.take(first), texts.take(first))
        loss = loss + matching * _contrast(cosines, bias=bias[first][:, first], scale=recipe.scale)
    return loss


def _schedule(step: int, *, steps: int, warm: int) -> float:
    """Share of the peak rate: up in a line, then down in a line."""
    return min((step + 1) / warm, (steps - step) / max(1, steps - warm))


def train(
    sources: Sequence[Source],
    tokenizer: Tokenizer,
    *,
    recipe: Recipe,
    wrappings: Sequence[tuple[str, str]],
    start: NDArray[np.float32] | None = None,
    progress: Callable[[int, int, float], None],
) -> NDArray[np.float32]:
    """A (vocabulary, dimension) float32 table fitted to the sources: the same for the same seed and thread count.

    `start` is a table to go on from. `progress` hears of (step, steps, loss).
    """
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    torch.set_flush_denormal(True)  # Adam's vanishing moments would slow every step tenfold
    random = np.random.default_rng(recipe.seed)
    encoded = [encode(source, tokenizer) for source in sources if source.pairs]
    how = prepare(tokenizer, rates=Rates(recipe.drop, recipe.split, recipe.wrap), wrappings=wrappings)
    table = Table(tokenizer, dimension=recipe.dimension, start=start)
    steps = max(1, round(len(_batches(encoded, recipe.batch, np.random.default_rng(0))) * recipe.epochs))
    warm = max(1, round(steps * recipe.warm_up))
    optimiser = torch.optim.Adam(table.parameters(), lr=recipe.rate, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _schedule(step, steps=steps, warm=warm))
    for step, (source, rows) in zip(range(1, steps + 1), _endless(encoded, recipe.batch, random), strict=False):
        queries = augment(source.queries.take(rows), how=how, asked=source.asked, random=random)
        bias = _bias(source, rows, recipe.same_facet)
        matching = recipe.matching if source.matched else 0.0
        loss = _loss(table, queries, source.texts.take(rows), bias=bias, recipe=recipe, matching=matching)
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
        schedule.step()
        progress(step, steps, float(loss.detach()))
    return table.folded()
