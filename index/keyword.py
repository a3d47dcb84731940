"""Words of passages in tantivy: BM25 over text and headings (the plan's title is the first), each with its own weight.

Words are cut by jieba (search mode, our lexicon) before they come here and joined by blanks, so tantivy only splits at
white space. What a filter may ask about a passage is stored as marks ("o:学校", "m:9"), so that the filter works
before the top k. `uid` is the passage's number for life; it survives other passages' removal.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import Occur, Query

from corpus.datatypes import Passage
from corpus.errors import IndexProblem
from corpus.words import lexicon_terms, search_words
from index.datatypes import Filter
from index.months import month_mentions

WRITER_MEMORY = 128_000_000  # bytes
BLOCK = re.compile(r"[\u4e00-\u9fd5a-z0-9+#&._%-]+")  # what jieba cuts at a stretch: splitting here changes nothing
FIELDS = ("headings", "text")
READ_UP_TO = 2_000  # passages that hold a word; one in more than `COMMON` of the library too is not looked up
COMMON = 0.2
Uids = NDArray[np.int64]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look up: words with their weights, and groups of phrases (word -> weight) of which the best counts."""

    words: Mapping[str, float]
    groups: Sequence[Sequence[Mapping[str, float]]] = ()


@dataclass(frozen=True, slots=True)
class KeywordIndex:
    """An opened tantivy folder; it sees the folder as it was when opened."""

    schema: tantivy.Schema
    searcher: tantivy.Searcher
    field_weights: Mapping[str, float]

    def search(
        self, wanted: Wanted, *, k: int, filter: Filter, only: Uids | None = None, without: Uids | None = None
    ) -> tuple[Uids, Scores]:
        """Uids and BM25 scores, both (m,), best first, m <= k, of passages that hold anything wanted and pass the
        filter; `only` and `without` restrict by uid.
        """
        words = [
            (Occur.Should, self._term(field, word, weight)) for field, word, weight in self._worth_reading(wanted.words)
        ]
        groups = [(Occur.Should, self._group(phrases)) for phrases in wanted.groups if phrases]
        conditions = [(Occur.Must, self._silent("marks", marks)) for marks in filter_marks(filter)]
        if only is not None:
            conditions.append((Occur.Must, self._silent("uid", only.tolist())))
        if without is not None and len(without):
            conditions.append((Occur.MustNot, self._silent("uid", without.tolist())))
        query = Query.boolean_query([*words, *groups])  # bare, tantivy skips what cannot come among the best
        if conditions:
            query = Query.boolean_query([(Occur.Must, query), *conditions])
        hits = self.searcher.search(query, k, count=False).hits
        uids = self.searcher.fast_field_values("uid", [address for _, address in hits])
        return np.array(uids, dtype=np.int64), np.array([score for score, _ in hits], dtype=np.float32)

    @property
    def passages(self) -> int:
        """Number of passages held."""
        return int(self.searcher.num_docs)

    def frequency(self, words: Iterable[str]) -> NDArray[np.float64]:
        """How many texts hold each word."""
        return np.array([self.searcher.doc_freq("text", word) for word in words], dtype=np.float64)

    def rarity(self, frequency: NDArray[np.float64]) -> NDArray[np.float64]:
        """BM25's inverse document frequency (>= 0) of words held by so many texts; unknown words get the highest."""
        return np.log1p((self.searcher.num_docs - frequency + 0.5) / (frequency + 0.5)).clip(0)

    def vocabulary(self) -> dict[str, int]:
        """Every word of the texts with the number of passages that hold it."""
        return dict(self.searcher.terms_with_prefix("text", ""))

    def _worth_reading(self, words: Mapping[str, float]) -> list[tuple[str, str, float]]:
        """(field, word, weight) to look up. In a large library, what stands in a fifth of it is left out: it tells
        next to nothing and takes most of the time.
        """
        limit = max(READ_UP_TO, int(COMMON * self.passages))
        terms = [(field, word, weight) for word, weight in words.items() for field in FIELDS]
        if self.passages <= limit:
            return terms
        return [term for term in terms if 0 < self.searcher.doc_freq(term[0], term[1]) <= limit] or terms

    def _term(self, field: str, word: str, weight: float) -> Query:
        query = Query.term_query(self.schema, field, word)
        return Query.boost_query(query, weight * self.field_weights[field])

    def _group(self, phrases: Sequence[Mapping[str, float]]) -> Query:
        """The best phrase of a group counts: many names of one thing are one thing. Only the text is looked at."""
        return Query.disjunction_max_query(
            [
                Query.boolean_query(
                    [(Occur.Should, self._term("text", word, weight)) for word, weight in phrase.items()]
                )
                for phrase in phrases
            ]
        )

    def _silent(self, field: str, values: Sequence[str] | Sequence[int]) -> Query:
        return Query.const_score_query(Query.term_set_query(self.schema, field, values), 0.0)


def filter_marks(filter: Filter) -> Iterator[list[str]]:
    """For each condition of the filter, the marks of which a passage must carry at least one."""
    conditions: list[list[str]] = [
        [f"o:{organisation}" for organisation in sorted(filter.organisations)],
        [f"t:{topic}" for topic in sorted(filter.topics)],
        [f"p:{period}" for period in sorted(filter.periods)],
        [f"k:{kind}" for kind in sorted(filter.kinds)],
        [f"m:{month}" for month in sorted(filter.months)],
        [f"c:{collection}" for collection in sorted(filter.collections)],
        [f"y:{year}" for year in range(filter.years[0], filter.years[1] + 1)] if filter.years else [],
        ["union"] if filter.union_only else [],
    ]
    return (marks for marks in conditions if marks)


def passage_marks(passage: Passage) -> list[str]:
    """What a filter may ask about this passage."""
    first, last = passage.era or (1, 0)
    return [
        f"o:{passage.organisation}",
        f"p:{passage.period}",
        f"k:{passage.kind}",
        f"c:{passage.collection}",
        *(f"t:{topic}" for topic in passage.topics),
        *(f"m:{month}" for month in passage.months),
        *(f"y:{year}" for year in range(first, last + 1)),
        *(["union"] if passage.is_union else []),
    ]


def open_keyword(folder: Path, *, field_weights: Mapping[str, float]) -> KeywordIndex:
    """The index in a folder, for reading; raises IndexProblem when there is none or it is damaged."""
    try:
        index = tantivy.Index.open(str(folder))
        index.config_reader("manual")  # a generation never changes: nothing to watch for
        return KeywordIndex(index.schema, index.searcher(), field_weights)
    except (ValueError, OSError, RuntimeError) as error:
        raise IndexProblem("关键词索引损坏，无法读取。请运行 gongbi index --rebuild 重建。") from error


@contextmanager
def keyword_writer(folder: Path) -> Iterator["KeywordWriter"]:
    """Create the index in an empty folder, or change the one that is there; everything is committed at the end."""
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(WRITER_MEMORY, num_threads=1)  # one thread: the same passages give the same index
    yield KeywordWriter(index.schema, writer)
    writer.commit()
    writer.wait_merging_threads()


@dataclass(frozen=True, slots=True)
class KeywordWriter:
    """Takes passages in and out until `keyword_writer` commits."""

    schema: tantivy.Schema
    writer: tantivy.IndexWriter

    def add(self, uid: int, passage: Passage, words: "PassageWords") -> None:
        """Index a passage with its words under its number for life."""
        document = tantivy.Document()
        document.add_unsigned("uid", uid)
        document.add_text("headings", " ".join(words.headings))
        document.add_text("text", " ".join(words.text))
        for mark in passage_marks(passage):
            document.add_text("marks", mark)
        self.writer.add_document(document)

    def remove(self, uids: list[int]) -> None:
        """Forget the passages with these numbers."""
        # by query: delete_documents_by_term (0.27) takes the number for a signed one and finds nothing
        self.writer.delete_documents_by_query(Query.term_set_query(self.schema, "uid", uids))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder().add_unsigned_field("uid", indexed=True, fast=True)
    for field in FIELDS:
        builder = builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return builder.add_text_field("marks", tokenizer_name="raw", index_option="basic").build()


@dataclass(frozen=True, slots=True)
class PassageWords:
    """The words of a passage, by field, as the index holds them."""

    headings: Sequence[str]
    text: Sequence[str]

    @property
    def terms(self) -> int:
        """How many different words of our field it has."""
        return len(_field_words() & {*self.headings, *self.text})


def passage_words(passage: Passage) -> PassageWords:
    """Cut the title with the headings, and the text."""
    return PassageWords(index_words("\n".join((passage.title, *passage.headings))), index_words(passage.text))


@cache
def _field_words() -> frozenset[str]:
    return frozenset(term for term in lexicon_terms() if len(term) > 1)


def index_words(text: str) -> list[str]:
    """The words of `text` as the index holds them: search mode, lower case, no punctuation, each month one word."""
    text = unicodedata.normalize("NFKC", text).lower()
    months: list[str] = []
    for start, end, mentioned in reversed(tuple(month_mentions(text)) if "月" in text else ()):
        text = f"{text[:start]} {text[end:]}"
        months += map(month_word, mentioned)
    return [word for block in BLOCK.findall(text) for word in _block_words(block)] + months


@lru_cache(maxsize=65_536)
def _block_words(block: str) -> tuple[str, ...]:
    """Plans repeat each other's clauses: cutting each once saves most of an import's time."""
    return tuple(word for word in search_words(block) if any(character.isalnum() for character in word))


def month_word(month: int) -> str:
    """The word that stands for a month however it was written."""
    return f"{month}月"
