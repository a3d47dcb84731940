"""A query in, hits out: understand, gather candidates, score, fold near-duplicates, or say that nothing answers."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.words import dictionary_share, lexicon_terms
from index.attributes import Mask, digest
from index.candidates import find_candidates
from index.contents import Contents, PassageSource
from index.datatypes import Filter, Hit, Manifest, SearchResult, Understood
from index.embed import Embedder, Rows, unit_rows
from index.expansion import expansions, weighted_words
from index.fusion import Fusion, answerable, features, load_fusion
from index.query import content, cue_words, normalised, understand_query
from index.selection import Choice, select
from index.spelling import Speller, build_speller


class PassageIndex:
    """One generation, ready to answer. Safe to share between threads; a document removed from the library after it
    was built is not shown.
    """

    def __init__(
        self, contents: Contents, library: PassageSource, embedder: Embedder, *, fusion: Fusion | None = None
    ) -> None:
        self._contents = contents
        self._library = library
        self._embedder = embedder
        self._fusion = fusion or load_fusion()
        self._live: tuple[int, Mask | None] = (contents.manifest.library_revision, None)

    @property
    def manifest(self) -> Manifest:
        """What this generation was built from."""
        return self._contents.manifest

    def search(
        self,
        query: str,
        *,
        filter: Filter = Filter(),  # noqa: B008  frozen
        k: int = 10,
        understand: bool = True,
        understood: Understood | None = None,
    ) -> SearchResult:
        """The best `k` passages that pass `filter`, best first; none when nothing in the library answers.

        `understood` replaces what the query is taken to say (a user removed a chip); `understand=False` takes the query
        as plain words.
        """
        meaning = understood or self._meaning(query, understand=understand)
        sought = content(meaning.text) if understand else meaning.text
        added = expansions(sought, organisations=meaning.organisations) if understand else {}
        words = weighted_words(sought, added, fusion=self._fusion)
        if not words:
            return SearchResult((), abstained=True, understood=meaning)
        ideal = float(self._contents.keyword.rarity(words) @ np.array(list(words.values()))) or 1.0
        vector = self._vector(sought, [phrase for phrases in added.values() for phrase in phrases])
        found = find_candidates(self._contents, vector, words, filter=filter, allowed=self._allowed(meaning))
        if not len(found.rows) or answerable(found, self._fusion, ideal=ideal) <= 0:
            return SearchResult((), abstained=True, understood=meaning)
        scores = features(found, self._contents.attributes[found.rows], meaning, ideal=ideal) @ self._fusion.weights
        choices = select(self._contents, found.rows, scores, k=k, fusion=self._fusion)
        hits = tuple(
            _hit(choice, rank, words, score=scores, dense=found.dense, keyword=found.keyword)
            for rank, choice in enumerate(choices, start=1)
        )
        return SearchResult(hits, abstained=False, understood=meaning)

    def _meaning(self, query: str, *, understand: bool) -> Understood:
        return understand_query(query, speller=self._speller) if understand else Understood(text=normalised(query))

    @cached_property
    def _speller(self) -> Speller:
        """Built from this library's words when first asked for: 0.3 s for a small library."""
        known = (*lexicon_terms(), *cue_words())
        return build_speller(self._contents.keyword.vocabulary(), lexicon=known, share=dictionary_share)

    def _vector(self, text: str, added: list[str]) -> Rows:
        """The query's unit row (dimension,), drawn towards what was added."""
        rows = self._embedder.encode_queries([text, " ".join(added)] if added else [text])
        weights = np.array([1.0, self._fusion.expansion["vector"]], dtype=np.float32)[: len(rows)]
        drawn: Rows = unit_rows((weights @ rows)[None])[0]
        return drawn

    def _allowed(self, meaning: Understood) -> Mask | None:
        """Rows still in the library that hold every quoted phrase, or any of them where none holds all."""
        live = self._live_rows()
        if not meaning.phrases:
            return live
        holds = [self._contents.payload.rows_with(phrase) for phrase in meaning.phrases]
        rows = set(holds[0].tolist()).intersection(*(row.tolist() for row in holds[1:]))
        rows = rows or {row for found in holds for row in found.tolist()}
        if not rows:
            return live
        mask = np.zeros(len(self._contents.payload), dtype=np.bool_)
        mask[sorted(rows)] = True
        return mask if live is None else mask & live

    def _live_rows(self) -> Mask | None:
        """Rows still in the library; None when all are. Read again only when the library has changed."""
        revision = self._library.revision
        if self._live[0] != revision:
            keys = np.array([digest(passage.id) for passage in self._library.passages()], dtype=np.uint64)
            alive = np.isin(self._contents.attributes["key"], keys)
            self._live = (revision, None if alive.all() else alive)
        return self._live[1]


def _hit(choice: Choice, rank: int, words: dict[str, float], **evidence: NDArray[np.floating]) -> Hit:
    values = {name: float(column[choice.position]) for name, column in evidence.items()}
    text = choice.passage.embedding_text.lower()
    matched = tuple(word for word in words if word in text)
    return Hit(choice.passage, rank=rank, matched=matched, also_in=tuple(choice.also), **values)
