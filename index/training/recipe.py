"""From data to model folder: the straight line that `python -m index.training` and `gongbi adapt` walk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tokenizers import Tokenizer

from corpus.datatypes import Passage
from index.training.asking import query_sources, word_sources
from index.training.domain import Domain
from index.training.library import duplicate_keys, library_sources
from index.training.pairs import Source, all_texts
from index.training.vocabulary import build_tokenizer, choose_words, count_words

SIZE = 40_000  # entries of the vocabulary: 20 MB of table in half precision
MOST = 30_000  # pairs of one public source
SHORT = 3  # characters of a term that is always one token: 职代会, 送温暖, 疗休养
COUNTED = 3  # every third text of the public pairs is enough to count words on
OWN_TEXTS = 20  # how often the library's own texts count


@dataclass(frozen=True, slots=True)
class Repeats:
    """How often an epoch sees each kind of our own pairs."""

    library: int = 3
    queries: int = 6
    words: int = 3


def thinned(public: Sequence[Source]) -> tuple[Source, ...]:
    """The public sources with the big ones cut evenly to `MOST` pairs: more of them gains nothing on plans."""
    return tuple(
        replace(s, pairs=s.pairs[:: -(-len(s.pairs) // MOST)] if len(s.pairs) > MOST else s.pairs) for s in public
    )


def own_sources(
    domain: Domain, passages: Sequence[Passage], *, repeats: Repeats, seed: int, held_out: bool
) -> tuple[Source, ...]:
    """Everything learnt from the library and the authored data; with `held_out`, less what the check asks."""
    keys = duplicate_keys(passages)
    texts = {keys[passage.id]: passage.text for passage in passages} | {p.id: p.text for p in domain.passages}
    return (
        *library_sources(passages, keys=keys, seed=seed, repeat=repeats.library),
        *query_sources(domain, passages, keys=keys, seed=seed + 1, repeat=repeats.queries, held_out=held_out),
        *word_sources(domain, texts, seed=seed + 2, repeat=repeats.words),
    )


def make_tokenizer(
    public: Sequence[Source], own: Sequence[Source], domain: Domain, *, report: Callable[[str], None]
) -> Tokenizer:
    """The tokeniser counted on the training text; the field's short words are entries whatever their count. Longer
    ones stay in pieces, so that 工资集体协商 still shares 工资 with what people say.
    """
    names = [word for group in domain.synonyms for word in group.plan]
    names += [name for matter in domain.matters for name in matter.plan]
    terms = sorted({name for name in names if len(name) <= SHORT})
    texts, ours = all_texts(public)[::COUNTED], all_texts(own)
    report(f"counting words of {len(texts) + len(ours)} texts")
    counts = count_words(texts, terms)
    for word, count in count_words(ours, terms).items():
        counts[word] += count * OWN_TEXTS
    return build_tokenizer(choose_words(counts, terms=terms, size=SIZE))


def read_passages(folder: Path) -> tuple[Passage, ...]:
    """The passages of all documents of a folder, as the library would hold them."""
    from corpus.load import load
    from corpus.read import read

    return tuple(p for path in sorted(folder.iterdir()) if path.suffix == ".txt" for p in read(load(path)).passages)
