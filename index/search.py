"""A query in, hits out: understand, gather candidates, score, fold near-duplicates, or say that nothing answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.datatypes import Passage
from corpus.words import dictionary_share, lexicon_terms
from index.abstention import FOREIGN, AnswerEvidence, answers, query_evidence
from index.attributes import Mask, digest
from index.candidates import NEAREST, Candidates, find_candidates
from index.contents import Contents, PassageSource
from index.datatypes import Filter, Hit, Manifest, SearchResult, Understood
from index.embed import Embedder, Rows, StaticEmbedder, unit_rows
from index.expansion import EVERYDAY, Added, expansions, wanted_words
from index.fusion import Fusion, Leaning, Matrix, add_match, features, leaning, load_fusion
from index.keyword import Wanted, index_words
from index.query import content, cue_words, normalised, says_more, speaks_of_other_fields, understand_query
from index.scale import Scale, measure_scale
from index.selection import Choice, select
from index.spelling import Speller, build_speller

DEEPER = 10  # times as many candidates when most of them are copies of a few
MATCHED = 32  # candidates whose tokens are compared with the query's; the others count as the worst of these
LOOKED_THROUGH = 20  # passages with the words of a supposed slip
WORTH_SHOWING = 0.4  # words that say less are not shown as matched


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a query was looked up with and what speaks for each candidate: `features` is (m, features)."""

    shown: Sequence[str]  # words of the query, and other names of what they name, that are worth showing
    found: Candidates
    features: Matrix
    of_answer: AnswerEvidence
    ours: float  # how much the candidates are of our field, in [0, 1]


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

    def with_fusion(self, fusion: Fusion) -> "PassageIndex":
        """The same index, scored with other weights."""
        return PassageIndex(self._contents, self._library, self._embedder, fusion=fusion)

    def search(
        self,
        query: str,
        *,
        filter: Filter = Filter(),  # noqa: B008  frozen
        k: int = 10,
        understand: bool = True,
        understood: Understood | None = None,
        every: bool = False,
    ) -> SearchResult:
        """The best `k` passages that pass `filter`, best first; none when nothing in the library answers.

        `understood` replaces what the query is taken to say (a user removed a chip); `understand=False` takes the query
        as plain words. `every` shows each copy of a passage as a hit of its own instead of folding them into one.
        """
        meaning = understood or self.meaning(query, understand=understand)
        evidence = self.evidence(meaning, filter=filter, understand=understand)
        if evidence is None and meaning.phrases and says_more(meaning):  # no passage quotes it so: look for the rest
            meaning = replace(meaning, phrases=())
            evidence = self.evidence(meaning, filter=filter, understand=understand)
        if evidence is None or not (meaning.phrases or answers(evidence.of_answer, self._fusion)):
            return SearchResult((), abstained=True, understood=meaning)
        choices, scores = self._choices(evidence, k=k, every=every)
        if len(choices) < k and len(evidence.found.rows) >= NEAREST:  # copies crowd out the rest: look deeper
            evidence = self.evidence(meaning, filter=filter, understand=understand, depth=DEEPER) or evidence
            choices, scores = self._choices(evidence, k=k, every=every)
        hits = tuple(_hit(choice, rank, evidence, scores) for rank, choice in enumerate(choices, start=1))
        return SearchResult(hits, abstained=False, understood=meaning)

    def _choices(self, evidence: Evidence, *, k: int, every: bool) -> tuple[list[Choice], NDArray[np.float64]]:
        scores: NDArray[np.float64] = evidence.features @ self._fusion.weights
        same = self._fusion.same if evidence.ours >= FOREIGN else self._fusion.same_elsewhere
        choices = select(
            self._contents,
            evidence.found.rows,
            scores,
            k=k,
            same=np.inf if every else same,
            diversity=self._fusion.diversity,
        )
        return choices, scores

    def evidence(
        self, meaning: Understood, *, filter: Filter, understand: bool, depth: int = 1, matched: int = MATCHED
    ) -> Evidence | None:
        """What speaks for each candidate; None when the query has no words or nothing passes the filter."""
        sought = content(meaning.text) if understand else meaning.text
        kinds = sorted(filter.organisations) or meaning.organisations  # whose names for things are wanted
        added = expansions(sought, organisations=kinds) if understand else ()
        wanted = wanted_words(sought, added, fusion=self._fusion)
        if not wanted.words:
            return None
        words = wanted.words
        held = self._contents.keyword.frequency(words)
        ideal = float(self._contents.keyword.rarity(held) @ np.array(list(words.values()))) or 1.0
        vector = self._vector(sought, [phrase for item in added for phrase in item.phrases])
        found = find_candidates(
            self._contents, vector, wanted, filter=filter, allowed=self._allowed(meaning), depth=depth
        )
        if not len(found.rows):
            return None
        moved = replace(found, dense=self._scale.brought_to(self._fusion.scale, found.dense))
        trusted = replace(moved, dense=moved.dense * np.float32(self._scale.trust))
        attributes = self._contents.attributes[found.rows]
        leans = leaning(found, attributes, ideal=ideal)
        matrix = features(trusted, attributes, meaning, ideal=ideal, leaning=leans)
        self._match(matrix, sought, found, leans, matched=matched)
        of_answer = query_evidence(
            moved,
            words,
            held,
            passages=self._contents.manifest.passages,
            ideal=ideal,
            topical=bool(meaning.topics),
            cues=len({item.cue for item in added}) + len(meaning.organisations),
            elsewhere=understand and speaks_of_other_fields(meaning.text),
            ours=leans.ours,
        )
        return Evidence(_worth_showing(words, added), found, matrix, of_answer, leans.ours)

    def _match(self, matrix: Matrix, sought: str, found: Candidates, leans: Leaning, *, matched: int) -> None:
        """Compare the tokens of those candidates that are the best without it."""
        if isinstance(self._embedder, StaticEmbedder):
            best = np.argsort(-(matrix @ self._fusion.weights), kind="stable")[:matched]
            scores = self._embedder.matcher.scores(sought, self._contents.tokens.take(found.rows[best]))
            match = np.full(len(matrix), float(scores.min()))
            match[best] = scores
            add_match(matrix, match * self._scale.trust, leans)

    def meaning(self, query: str, *, understand: bool = True) -> Understood:
        """What the query says besides its words."""
        if not understand:
            return Understood(text=normalised(query))
        return understand_query(query, speller=self._speller, stands=self._stands)

    def passage(self, row: int) -> Passage:
        """The passage of a row number."""
        return self._contents.payload.passage(row)

    @cached_property
    def _scale(self) -> Scale:
        return measure_scale(self._embedder)

    @cached_property
    def _speller(self) -> Speller:
        """Built from this library's words when first asked for: 0.3 s for a small library."""
        known = (*lexicon_terms(), *cue_words())
        return build_speller(self._contents.keyword.vocabulary(), lexicon=known, share=dictionary_share)

    def _stands(self, typed: str) -> bool:
        """Whether a passage holds this stretch of a query as it was typed: then it is no slip."""
        uids, _ = self._contents.keyword.search(
            Wanted(dict.fromkeys(index_words(typed), 1.0)), k=LOOKED_THROUGH, filter=Filter()
        )
        return any(typed in self.passage(row).text.lower() for row in self._contents.rows_of(uids).tolist())

    def _vector(self, text: str, added: list[str]) -> Rows:
        """The query's unit row (dimension,), drawn towards what was added."""
        rows = self._embedder.encode_queries([text, " ".join(added)] if added else [text])
        weights = np.array([1.0, self._fusion.expansion["vector"]], dtype=np.float32)[: len(rows)]
        drawn: Rows = unit_rows((weights @ rows)[None])[0]
        return drawn

    def _allowed(self, meaning: Understood) -> Mask | None:
        """Rows still in the library that hold every quoted phrase, or any of them where none holds all; None: all."""
        live = self._live_rows()
        if not meaning.phrases:
            return live
        holds = np.zeros((len(meaning.phrases), len(self._contents.payload)), dtype=np.bool_)
        for held, phrase in zip(holds, meaning.phrases, strict=True):
            held[self._contents.payload.rows_with(phrase)] = True
        mask: Mask = np.logical_and.reduce(holds)
        if not mask.any():
            mask = np.logical_or.reduce(holds)
        return mask if live is None else mask & live

    def _live_rows(self) -> Mask | None:
        """Rows still in the library; None when all are. Read again only when the library has changed."""
        revision = self._library.revision
        if self._live[0] != revision:
            keys = np.array([digest(id_) for id_ in self._library.passage_ids()], dtype=np.uint64)
            alive = np.isin(self._contents.attributes["key"], keys)
            self._live = (revision, None if alive.all() else alive)
        return self._live[1]


def _worth_showing(words: Mapping[str, float], added: Iterable[Added]) -> list[str]:
    """Words that say something, and the other names; lone characters stand inside too many words."""
    telling = [word for word, weight in words.items() if weight >= WORTH_SHOWING and len(word) > 1] or list(words)
    return list(
        dict.fromkeys([*telling, *(phrase for item in added if item.origin != EVERYDAY for phrase in item.phrases)])
    )


def _hit(choice: Choice, rank: int, evidence: Evidence, scores: NDArray[np.float64]) -> Hit:
    text = choice.passage.embedding_text.lower()
    return Hit(
        passage=choice.passage,
        score=float(scores[choice.position]),
        rank=rank,
        dense=float(evidence.found.dense[choice.position]),
        keyword=float(evidence.found.keyword[choice.position]),
        matched=tuple(word for word in evidence.shown if word in text),
        also_in=tuple(choice.also),
    )
