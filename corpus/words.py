"""Word segmentation and sentence boundaries: jieba with our lexicon of union terms.

The tokenizer is our own instance, so no other user of jieba in the process sees our words; it keeps no cache file
(jieba would put one into the shared temporary folder) and is built once, on first use, under a lock (0.6 s of CPU).
"""

import logging
import re
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LEXICON = Path(__file__).with_name("lexicon")
_TERM_FREQUENCY = 20_000  # high enough that jieba prefers a lexicon term to any split of it
_BUILDING = threading.Lock()

_OPENERS = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")", "「": "」", "『": "』", "【": "】", "〔": "〕"}
_CLOSERS = frozenset(_OPENERS.values()) | {'"'}
_LINE = re.compile(r"[^\r\n]+")
_END = re.compile(r"(?:……|[。！？；!?;])+[”’」』）)】\"]*")
_GOES_ON = re.compile(r"\s*[，、,：:的等和与及为]")  # after a closing quote: the sentence has not ended
_FARTHEST_CLOSER = 120  # characters; a quote left open longer than this is a slip, not a quotation


def words(text: str) -> list[str]:
    """Return the words of `text` in order, without blanks; punctuation stays as words of its own."""
    return [word for word in _segmenter().tokenizer.lcut(text) if not word.isspace()]


def search_words(text: str) -> list[str]:
    """Return words plus the shorter words inside long ones, as a search index wants them.

    A lexicon term is followed into the terms it is made of (女职工专项集体合同: 女职工, 专项, 集体合同), any other
    word into the dictionary words of two and three characters inside it.
    """
    segmenter = _segmenter()
    tokenizer = segmenter.tokenizer
    found: list[str] = []
    for word in tokenizer.lcut(text):
        parts = segmenter.parts.get(word, ())
        if len(parts) > 1:
            found += [*parts, word]
        else:
            found += tokenizer.lcut_for_search(word) if len(word) > 2 else [word]
    return [word for word in found if not word.isspace()]


def dictionary_share(word: str) -> float:
    """Return how often `word` occurs in the language at large, by jieba's own dictionary, in [0, 1]; 0 for no word."""
    segmenter = _segmenter()
    count = segmenter.at_large.get(word)
    return float((segmenter.tokenizer.FREQ.get(word) or 0 if count is None else count) / segmenter.tokenizer.total)


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of each sentence, trimmed, in order, without overlap.

    A sentence ends at 。！？； or the line's end. Inside “”, 《》 and brackets these do not end it, unless the closing
    mark follows at once and the text does not go on (“……吗？”他问 is two, “甲；乙”活动 is one).
    """
    spans: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        start = line.start()
        for end in (*_ends(text, line.start(), line.end()), line.end()):
            raw = text[start:end]
            stripped = raw.strip()
            if stripped:
                first = start + len(raw) - len(raw.lstrip())
                spans.append((first, first + len(stripped)))
            start = end
    return tuple(spans)


def _ends(text: str, start: int, end: int) -> list[int]:
    """Sentence ends inside one line, as offsets after the closing mark."""
    shelters = _shelters(text, start, end)
    found = []
    for match in _END.finditer(text, start, end):
        mark = match.start()
        inside = next((closer for opener, closer in shelters if opener < mark < closer), None)
        if inside is None or match.end() > inside and not _GOES_ON.match(text, match.end(), end):
            found.append(match.end())
    return [position for position in found if position < end]


def _shelters(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Outermost (opener, closer) pairs inside one line; an opener without its closer shelters nothing."""
    pairs: list[tuple[int, int]] = []
    position = start
    while position < end:
        closer = _OPENERS.get(text[position])
        close = text.find(closer, position, min(end, position + _FARTHEST_CLOSER)) if closer else -1
        if close > position:
            pairs.append((position, close))
            position = close
        position += 1
    return pairs


def lexicon_terms() -> tuple[str, ...]:
    """Return every term of `lexicon/*.txt`, sorted; blank lines and `#` comments skipped."""
    lines = (line.partition("#")[0].strip() for path in LEXICON.glob("*.txt") for line in _lines(path))
    return tuple(sorted({line for line in lines if line}))


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@dataclass(frozen=True, slots=True)
class _Segmenter:
    tokenizer: Any  # a jieba.Tokenizer; jieba has no types
    parts: Mapping[str, tuple[str, ...]]  # lexicon term -> the shorter terms and words it is made of
    at_large: Mapping[str, int]  # lexicon term -> how often jieba's own dictionary counted it


def _segmenter() -> _Segmenter:
    with _BUILDING:
        return _built_segmenter()


@cache
def _built_segmenter() -> _Segmenter:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes and pkg_resources inside jieba
        import jieba
    logging.getLogger("jieba").setLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    with tokenizer.get_dict_file() as dictionary:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(dictionary)
    tokenizer.initialized = True
    terms = lexicon_terms()
    inside = re.compile("|".join(map(re.escape, sorted(terms, key=lambda term: (-len(term), term)))))
    parts = {term: tuple(_parts(term, inside, tokenizer.lcut)) for term in terms}  # before jieba knows our terms
    at_large = {term: tokenizer.FREQ.get(term) or 0 for term in terms}
    for term in terms:
        tokenizer.add_word(term, _TERM_FREQUENCY)
    return _Segmenter(tokenizer, parts, at_large)


def _parts(term: str, inside: re.Pattern[str], cut: Callable[[str], list[str]]) -> Iterator[str]:
    """The longest lexicon terms inside `term` other than itself, left to right, and the dictionary words between."""
    between = position = 0
    while position < len(term):
        match = inside.match(term, position, len(term) - (position == 0))
        if match:
            yield from cut(term[between:position])
            yield match[0]
        position = match.end() if match else position + 1
        between = position if match else between
    yield from cut(term[between:])
