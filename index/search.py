"""A query in, hits out: understand, gather candidates, score, fold near-duplicates, or say that nothing answers."""

import numpy as np

from corpus.datatypes import Passage
from index.attributes import Mask, digest
from index.candidates import Candidates, find_candidates
from index.contents import Contents, PassageSource
from index.datatypes import Filter, Hit, Manifest, SearchResult, Understood
from index.embed import Embedder
from index.keyword import index_words


class PassageIndex:
    """One generation, ready to answer. Safe to share between threads; a document removed from the library after it
    was built is not shown.
    """

    def __init__(self, contents: Contents, library: PassageSource, embedder: Embedder) -> None:
        self._contents = contents
        self._library = library
        self._embedder = embedder
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
        meaning = understood or Understood(text=query)
        words = dict.fromkeys(index_words(meaning.text), 1.0)
        vector = self._embedder.encode_queries([meaning.text])[0]
        found = find_candidates(self._contents, vector, words, filter=filter, allowed=self._live_rows())
        hits = self._hits(found, words, k=k)
        return SearchResult(hits=hits, abstained=not hits, understood=meaning)

    def _hits(self, found: Candidates, words: dict[str, float], *, k: int) -> tuple[Hit, ...]:
        scores = found.dense + found.keyword / max(float(found.keyword.max(initial=0)), 1e-9)
        best = np.argsort(-scores, kind="stable")[: 2 * k]
        passages = [(float(scores[i]), i, self._contents.payload.passage(int(found.rows[i]))) for i in best]
        passages.sort(key=lambda scored: (-scored[0], scored[2].id))
        return tuple(
            Hit(
                passage=passage,
                score=score,
                rank=rank,
                dense=float(found.dense[i]),
                keyword=float(found.keyword[i]),
                matched=_matched(words, passage),
            )
            for rank, (score, i, passage) in enumerate(passages[:k], start=1)
        )

    def _live_rows(self) -> Mask | None:
        """Rows still in the library; None when all are. Read again only when the library has changed."""
        revision = self._library.revision
        if self._live[0] != revision:
            keys = np.array([digest(passage.id) for passage in self._library.passages()], dtype=np.uint64)
            alive = np.isin(self._contents.attributes["key"], keys)
            self._live = (revision, None if alive.all() else alive)
        return self._live[1]


def _matched(words: dict[str, float], passage: Passage) -> tuple[str, ...]:
    text = passage.embedding_text.lower()
    return tuple(word for word in words if word in text)
