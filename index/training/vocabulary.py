"""The tokeniser: a Unigram model over jieba's words, so that cutting needs no jieba at run time."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from index.training.sounds import SYLLABLES

UNKNOWN = "[UNK]"
# Share of the training text in a word's probability; the rest is jieba's dictionary, which knows rarer words.
PROSE = 0.85
YEARS = tuple(str(year) for year in range(1990, 2041))
NUMBERS = tuple(str(number) for number in range(101))
MONTHS = tuple(f"{month}月" for month in (*range(1, 13), *"一二三四五六七八九十", "十一", "十二"))
LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")
FORCED = 30.0  # count given to entries that must exist whether or not the text has them


def normalised(text: str) -> str:
    """Text as the tokeniser sees it: NFKC, lower case, everything but letters, digits and Han a space."""
    return re.sub(r"[^\w]+|_+", " ", unicodedata.normalize("NFKC", text).lower()).strip()


def count_words(texts: Iterable[str], terms: Iterable[str]) -> Counter[str]:
    """How often jieba's words (dictionary only, no guessing of new ones) occur in the texts; `terms` are words too."""
    import jieba

    cutter = jieba.Tokenizer()
    jieba.setLogLevel(60)
    for term in terms:
        cutter.add_word(normalised(term))
    counts: Counter[str] = Counter()
    for text in texts:
        for run in normalised(text).split():
            counts.update(cutter.cut(run, HMM=False))
    return counts


def dictionary_counts() -> dict[str, int]:
    """Jieba's own word frequencies, normalised as texts are."""
    import jieba

    cutter = jieba.Tokenizer()
    jieba.setLogLevel(60)
    cutter.initialize()
    return {word: count for word, count in cutter.FREQ.items() if count and normalised(word) == word}


def choose_words(counts: Counter[str], *, terms: Iterable[str], size: int) -> dict[str, float]:
    """At most `size` entries with probabilities: every single character and forced entry, then the likeliest words."""
    dictionary = dictionary_counts()
    total, dictionary_total = sum(counts.values()), sum(dictionary.values())

    def probability(word: str) -> float:
        seen = PROSE * counts[word] / total + (1 - PROSE) * dictionary.get(word, 0) / dictionary_total
        return max(seen, FORCED / total / 100)

    gb2312 = "".join(bytes([a, b]).decode("gb2312", "ignore") for a in range(0xB0, 0xF8) for b in range(0xA1, 0xFF))
    single = {character for word in counts for character in word if counts[word] > 1} | set(gb2312)
    chosen = {**dict.fromkeys(sorted(single)), **dict.fromkeys((*LETTERS, *YEARS, *NUMBERS, *MONTHS, *SYLLABLES))}
    chosen |= dict.fromkeys(sorted(term for term in map(normalised, terms) if term and " " not in term))
    ranked = sorted(counts.keys() | dictionary.keys(), key=lambda word: (-probability(word), word))
    for word in ranked:
        if len(chosen) >= size - 1:
            break
        if len(word) <= 8:
            chosen.setdefault(word)
    return {word: probability(word) * (FORCED if word in YEARS else 1) for word in chosen}


def build_tokenizer(probabilities: dict[str, float]) -> Tokenizer:
    """A Unigram tokeniser whose entry 0 is the unknown one."""
    entries = [(UNKNOWN, -30.0), *((word, math.log(p)) for word, p in probabilities.items())]
    tokenizer = Tokenizer(models.Unigram(entries, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Replace(Regex(r"[^\p{L}\p{N}]+"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer
