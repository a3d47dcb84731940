"""Slips of the pinyin keyboard put right: homophones (送问暖), near sounds (帮夫), pinyin left as letters (yiliao互助),
and a wrong character in a longer word.

A noisy channel: a stretch of the query is read as another word when that word, times the probability of the slip, is
likelier than the stretch as it stands. Words are weighed by the library and by the language at large, so ordinary words
that no passage holds are left alone. All weights are powers of ten.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import log10

from corpus.words import words

LONGEST = 6  # characters of a word that is compared
STRANGE = 2  # doubt about a token that is no word; 1: a lone character, or a word the library does not use
UNKNOWN = -9.0  # a stretch that is no word
UNKNOWN_CHARACTER = -4.5
PARTICLE = -2.5  # a character that so often stands alone is not doubted by itself: 的 了 是 不
TERM = 1e-5  # share of the library's words that a term of our field has at least
ORDINARY = 1.0  # what known words are likelier together than one by one
LEAST_WORDS = 20_000  # a small library says little about what is frequent
SAME_SOUND = -2.5  # one character written with another of the same sound
NEAR_SOUND = -3.5  # … of a near sound: zh/z, ang/an, l/n
OTHER_CHARACTER = -4.5
RARER = 0.3  # … which happens with a character this much rarer than the right one
HAN_OR_LETTERS = re.compile(r"[a-z]+|[\u4e00-\u9fff]")
HAN = re.compile(r"[\u4e00-\u9fff]+")
NEAR_SOUNDS = ((re.compile("^([zcs])h"), r"\1"), (re.compile("([aei])ng$"), r"\1n"), (re.compile("^l"), "n"))
SYLLABLE = re.compile(
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|a|e|i|o|u|v)"
)
Pairs = tuple[tuple[str, str], ...]
Sounds = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """One character of the query, or one typed syllable: `query[start:end] == text`."""

    text: str
    sound: str  # toneless
    start: int
    end: int

    @property
    def typed(self) -> bool:
        """Whether it was left as letters."""
        return self.text.isascii()


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch of the query read as `word`; `gain` > 0 says how much likelier that is."""

    gain: float
    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class Speller:
    """The words that may be meant, and how likely each is."""

    likelihood: Mapping[str, float]
    by_sound: Mapping[Sounds, tuple[str, ...]]  # near sounds made equal
    by_gap: Mapping[str, tuple[str, ...]]  # "职工□屋" -> words
    characters: Mapping[str, int]  # how many of the library's words hold a character
    share: Callable[[str], float]  # of the language at large

    def corrected(self, query: str) -> tuple[str, Pairs]:
        """The query with its slips put right, and the (as typed, as read) pairs in order."""
        taken: list[Reading] = []
        for reading in sorted(self._readings(query), key=lambda r: (-r.gain, r.start, r.word)):
            if all(reading.end <= other.start or reading.start >= other.end for other in taken):
                taken.append(reading)
        taken.sort(key=lambda reading: reading.start)
        pairs = tuple((query[reading.start : reading.end], reading.word) for reading in taken)
        for reading in reversed(taken):
            query = query[: reading.start] + reading.word + query[reading.end :]
        return query, pairs

    def _readings(self, query: str) -> Iterator[Reading]:
        cost, doubts, edges = self._as_typed(query)
        units = _units(query)
        for i in range(len(units)):
            for j in range(i + 2, min(i + LONGEST, len(units)) + 1):
                start, end = units[i].start, units[j - 1].end
                if units[j - 1].start != units[j - 2].end:
                    break
                doubt = max(doubts[start:end])
                if start not in edges or end not in edges or not doubt:
                    continue
                typed = sum(cost[start:end]) + (0.0 if doubt == STRANGE else ORDINARY)
                for word, slip in self._candidates(units[i:j], strange=doubt == STRANGE):
                    if (gain := self.likelihood[word] + slip - typed) > 0:
                        yield Reading(gain, start, end, word)

    def _as_typed(self, query: str) -> tuple[list[float], list[int], set[int]]:
        """Weight and doubt of each character of the query as it stands, and where a reading may begin or end."""
        cost, doubts, edges = [0.0] * len(query), [0] * len(query), {0, len(query)}
        position = 0
        for token in words(query):
            position = query.index(token, position)
            span = range(position, position + len(token))
            weight = self.likelihood.get(token) or _weight(self.share(token))
            strange = weight <= UNKNOWN
            if strange:  # segmentation may have glued words of one character together
                weight = max(UNKNOWN, sum(_weight(self.share(character)) for character in token))
            for offset in span:
                cost[offset] = max(weight / len(token), UNKNOWN_CHARACTER)
                doubts[offset] = STRANGE if strange else self._doubt(token, weight)
            edges.update((*span, span.stop) if strange else (span.start, span.stop))
            position = span.stop
        return cost, doubts, edges

    def _doubt(self, token: str, weight: float) -> int:
        if len(token) == 1:
            return int(weight < PARTICLE)
        return int(token not in self.likelihood)

    def _candidates(self, window: list[Unit], *, strange: bool) -> Iterator[tuple[str, float]]:
        """Words that sound or look like the window, with the weight of the slip."""
        typed = "".join(unit.text for unit in window)
        for word in self.by_sound.get(tuple(_near(unit.sound) for unit in window), ()):
            changed = [(u, c) for u, c in zip(window, word, strict=True) if u.text != c and not u.typed]
            letters = sum(unit.typed for unit in window)
            if word != typed and 2 * len(changed) <= len(window) - letters:
                yield word, sum(SAME_SOUND if u.sound == sound(c) else NEAR_SOUND for u, c in changed)
        if strange and len(window) > 2 and not any(unit.typed for unit in window):
            for i, gap in enumerate(_gaps(typed)):
                for word in self.by_gap.get(gap, ()):
                    if self.characters.get(typed[i], 0) < RARER * self.characters[word[i]]:
                        yield word, OTHER_CHARACTER


def build_speller(vocabulary: Mapping[str, int], *, lexicon: Iterable[str], share: Callable[[str], float]) -> Speller:
    """A speller over the library's words (word -> passages that hold it) and the lexicon's terms.

    `share` gives a word's share of the language at large, in [0, 1].
    """
    total = max(LEAST_WORDS, sum(vocabulary.values()))
    known = {word: n / total for word, n in vocabulary.items() if _comparable(word) and (n > 1 or share(word))}
    known |= {term: max(known.get(term, 0.0), TERM) for term in lexicon if _comparable(term)}
    likelihood = {word: _weight((in_library + share(word)) / 2) for word, in_library in known.items()}
    by_sound: dict[Sounds, list[str]] = defaultdict(list)
    by_gap: dict[str, list[str]] = defaultdict(list)
    for word in sorted(likelihood):
        for sounds in {_word_sounds(word), tuple(_near(sound(character)) for character in word)}:
            by_sound[sounds].append(word)
        if len(word) > 2:
            for gap in _gaps(word):
                by_gap[gap].append(word)
    return Speller(
        likelihood,
        {sounds: tuple(found) for sounds, found in by_sound.items()},
        {gap: tuple(found) for gap, found in by_gap.items()},
        Counter(character for word in likelihood for character in word),
        share,
    )


@cache
def sound(character: str) -> str:
    """The toneless syllable of a character; letters sound as typed."""
    from pypinyin import lazy_pinyin

    return character if character.isascii() else str(lazy_pinyin(character)[0])


def _word_sounds(word: str) -> Sounds:
    from pypinyin import lazy_pinyin

    return tuple(_near(syllable) for syllable in lazy_pinyin(word))  # by word: 重 in 重阳 is chong


@cache
def _near(syllable: str) -> str:
    for pattern, replacement in NEAR_SOUNDS:
        syllable = pattern.sub(replacement, syllable)
    return syllable


def _units(query: str) -> list[Unit]:
    units = []
    for match in HAN_OR_LETTERS.finditer(query):
        start, text = match.start(), match.group()
        for part in _syllables(text) if text.isascii() else (text,):
            units.append(Unit(part, sound(part), start, start + len(part)))
            start += len(part)
    return units


@cache
def _syllables(letters: str) -> tuple[str, ...]:
    """The fewest syllables that spell `letters` exactly; () when none do."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - 6), end):
            before = best[start]
            if before is None or not SYLLABLE.fullmatch(letters[start:end]):
                continue
            shortest = best[end]
            if shortest is None or len(before) + 1 < len(shortest):
                best[end] = (*before, letters[start:end])
    return best[-1] or ()


def _weight(share: float) -> float:
    return log10(share) if share > 10**UNKNOWN else UNKNOWN


def _comparable(word: str) -> bool:
    return 2 <= len(word) <= LONGEST and HAN.fullmatch(word) is not None


def _gaps(word: str) -> Iterator[str]:
    return (f"{word[:i]}□{word[i + 1 :]}" for i in range(len(word)))
