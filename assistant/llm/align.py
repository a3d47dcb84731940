"""Which passage a written sentence stands on: shared words, shared runs of characters, and meaning, fused.

    score = 0.2 * words + 0.1 * characters + 0.7 * meaning

*words*: share of the sentence's words, weighted by how rare they are in the language, that the passage has.
*characters*: share of the sentence's character pairs that the passage has. *meaning*: cosine of the embeddings, told
from 0 = no nearer than to sentences about other things, so that one threshold serves embedders of any scale.
Weights were chosen on the first half of tests/data/alignment.jsonl, the threshold as the lowest with a precision of 97%
there, for a wrong source is worse than none; `gongbi eval alignment` reports the other half apart.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.drafting.pool import shape
from corpus.words import dictionary_share, sentence_spans, words
from index.embed import Embedder

WEIGHTS = (0.2, 0.1, 0.7)  # words, characters, meaning
THRESHOLD = 0.4
OTHER_THINGS = (  # sentences no plan stands on: how near the embedder puts anything to anything
    "昨天夜里下了一场大雪，山路结了冰。",
    "这道菜要先用小火慢炖，最后放盐。",
    "火星上有没有水，科学家还在争论。",
    "孩子把风筝放得很高，线差点断了。",
    "这款手机的屏幕比去年的亮一些。",
    "河里的鱼到了秋天就往下游去。",
    "古代的城墙多用黄土夯成。",
)
_RAREST = 1e-7  # share in the language of a word the dictionary does not know
_WINDOW = 2  # sentences of a passage that one written sentence may join

Scores = NDArray[np.float64]  # (sentences, sources), in [0, 1]


@dataclass(frozen=True, slots=True)
class Aligned:
    """The source a sentence stands on, counted from 0, and how surely in [0, 1]."""

    source: int
    score: float


def align(
    sentences: Sequence[str], sources: Sequence[str], *, embedder: Embedder, threshold: float = THRESHOLD
) -> tuple[Aligned | None, ...]:
    """For every sentence the source it stands on best, None where none reaches the threshold."""
    if not sentences or not sources:
        return tuple(None for _ in sentences)
    scores = alignment_scores(sentences, sources, embedder=embedder)
    best = scores.argmax(axis=1)
    return tuple(
        Aligned(int(source), round(float(row[source]), 3)) if row[source] >= threshold else None
        for row, source in zip(scores, best, strict=True)
    )


def alignment_scores(sentences: Sequence[str], sources: Sequence[str], *, embedder: Embedder) -> Scores:
    """(sentences, sources) scores in [0, 1]; of each source the best window of neighbouring sentences counts."""
    features = alignment_features(sentences, sources, embedder=embedder)
    scores: Scores = np.tensordot(features, np.array(WEIGHTS), axes=1)
    return scores


def alignment_features(sentences: Sequence[str], sources: Sequence[str], *, embedder: Embedder) -> Scores:
    """(sentences, sources, 3): words, characters, meaning, each in [0, 1], of the best window of each source."""
    windows = [(number, window) for number, source in enumerate(sources) for window in _windows(source)]
    texts = [window for _, window in windows]
    meaning = _meaning(sentences, texts, embedder)
    features = np.zeros((len(sentences), len(sources), len(WEIGHTS)))
    for one, sentence in enumerate(sentences):
        for place, (number, window) in enumerate(windows):
            found = np.array([_words(sentence, window), _characters(sentence, window), meaning[one, place]])
            if found @ np.array(WEIGHTS) > features[one, number] @ np.array(WEIGHTS):
                features[one, number] = found
    return features


def _meaning(sentences: Sequence[str], texts: Sequence[str], embedder: Embedder) -> Scores:
    """(sentences, texts) cosines on a scale from 0 = as near as other things to 1 = the same."""
    rows = embedder.encode_documents([*sentences, *texts, *OTHER_THINGS]).astype(np.float64)
    asked, held, others = np.split(rows, [len(sentences), len(sentences) + len(texts)])
    nothing = np.median(asked @ others.T, axis=1, keepdims=True).clip(0, 0.99)
    nearness: Scores = ((asked @ held.T - nothing) / (1 - nothing)).clip(0, 1)
    return nearness


def _windows(source: str) -> tuple[str, ...]:
    """Runs of one and two neighbouring sentences; the whole text where it has no sentence."""
    spans = sentence_spans(source)
    found = [
        source[spans[first][0] : spans[last][1]]
        for first in range(len(spans))
        for last in range(first, min(first + _WINDOW, len(spans)))
    ]
    return tuple(dict.fromkeys(found)) or (source,)


def _words(sentence: str, source: str) -> float:
    wanted, held = _weights(sentence), _weights(source)
    whole = sum(wanted.values())
    return sum(weight for word, weight in wanted.items() if word in held) / whole if whole else 0.0


def _characters(sentence: str, source: str) -> float:
    wanted = shape(sentence)
    return len(wanted & shape(source)) / len(wanted) if wanted else 0.0


@lru_cache(maxsize=4096)
def _weights(text: str) -> dict[str, float]:
    """Word -> -log of its share in the language; marks and single characters tell nothing."""
    return {
        word: -math.log(max(dictionary_share(word), _RAREST))
        for word in words(text)
        if len(word) > 1 and word.isalnum()
    }
