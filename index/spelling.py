"""Slips of the pinyin keyboard put right: homophones (送问暖), near sounds (帮夫), pinyin left as letters (yiliao互助),
and one wrong character in a longer word.

Words are compared by sound. A stretch of the query is doubted only where segmentation finds nothing known, and only a
word of the library or of our lexicon may replace it, so that ordinary words no passage holds are left alone.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from corpus.words import words

LONGEST = 6  # characters of a word that is compared
HAN_OR_LETTERS = re.compile(r"[a-z]+|[\u4e00-\u9fff]")
HAN = re.compile(r"[\u4e00-\u9fff]+")
NEAR_SOUNDS = ((re.compile("^([zcs])h"), r"\1"), (re.compile("([aei])ng$"), r"\1n"), (re.compile("^l"), "n"))
SYLLABLE = re.compile(
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|a|e|i|o|u|v)"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One character of the query, or one typed syllable: `query[start:end] == text`."""

    text: str
    sound: str
    start: int
    end: int

    @property
    def typed(self) -> bool:
        """Whether it was left as letters."""
        return self.text.isascii()


@dataclass(frozen=True, slots=True)
class Speller:
    """The words that may be meant, with how many passages hold them."""

    frequency: Mapping[str, int]
    by_sound: Mapping[tuple[str, ...], tuple[str, ...]]
    by_gap: Mapping[str, tuple[str, ...]]  # "职工□屋" -> words
    is_word: Callable[[str], bool]  # of the language at large
    particles: frozenset[str]  # lone characters that are words by themselves

    def corrected(self, query: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The query with its slips put right, and the (as typed, as read) pairs in order."""
        units = _units(query)
        doubted = self._doubted(query)
        taken: list[tuple[int, int, str]] = []
        for _, start, end, word in sorted(self._proposals(units, doubted), key=lambda p: (-p[0], p[1], p[3])):
            if all(end <= other_start or start >= other_end for other_start, other_end, _ in taken):
                taken.append((start, end, word))
        pairs = []
        for start, end, word in sorted(taken, reverse=True):
            pairs.append((query[start:end], word))
            query = query[:start] + word + query[end:]
        return query, tuple(reversed(pairs))

    def _doubted(self, query: str) -> dict[int, float]:
        """Offset -> how doubtful the character is: 1 unknown to every dictionary, 0.5 a lone character."""
        doubted, position = {}, 0
        for token in words(query):
            position = query.index(token, position)
            lone = len(token) == 1 and token not in self.particles and HAN.fullmatch(token)
            strange = len(token) > 1 and token not in self.frequency and not self.is_word(token)
            if strange or lone:
                doubted.update(dict.fromkeys(range(position, position + len(token)), 1.0 if strange else 0.5))
            position += len(token)
        return doubted

    def _proposals(self, units: list[Unit], doubted: Mapping[int, float]) -> Iterator[tuple[float, int, int, str]]:
        """(worth, start, end, word) for every stretch of units that sounds or looks like a known word."""
        for i in range(len(units)):
            for j in range(i + 2, min(i + LONGEST, len(units)) + 1):
                window = units[i:j]
                if any(a.end != b.start for a, b in zip(window, window[1:], strict=False)):
                    break
                doubt = max(1.0 if unit.typed else doubted.get(unit.start, 0.0) for unit in window)
                if doubt:
                    for word in self._candidates(window):
                        if (worth := self._worth(window, word, doubt)) > 0:
                            yield worth, window[0].start, window[-1].end, word

    def _candidates(self, window: list[Unit]) -> set[str]:
        heard = set(self.by_sound.get(tuple(unit.sound for unit in window), ()))
        typed = "".join(unit.text for unit in window)
        if len(window) >= 4 and not any(unit.typed for unit in window):
            heard.update(word for gap in _gaps(typed) for word in self.by_gap.get(gap, ()))
        return heard - {typed}

    def _worth(self, window: list[Unit], word: str, doubt: float) -> float:
        """How good a reading is: long, mostly the same characters, frequent; 0 when it replaces known text."""
        letters = sum(unit.typed for unit in window)
        same = sum(unit.text == character for unit, character in zip(window, word, strict=True))
        if letters == len(window) - same:
            return len(word) + min(self.frequency[word], 20) / 40
        if same == 0 or 2 * same < len(word) or (doubt < 1 and same == len(word)):
            return 0.0
        return len(word) - 1 + same / len(word) + doubt / 2 + min(self.frequency[word], 20) / 40


def build_speller(
    vocabulary: Mapping[str, int], *, lexicon: Iterable[str], is_word: Callable[[str], bool], particles: frozenset[str]
) -> Speller:
    """A speller over the library's words (word -> passages that hold it) and the lexicon's terms."""
    frequency = dict.fromkeys((term for term in lexicon if _comparable(term)), 1)
    for word, count in vocabulary.items():
        if _comparable(word) and (is_word(word) or count > 1):
            frequency[word] = count
    by_sound: dict[tuple[str, ...], list[str]] = defaultdict(list)
    by_gap: dict[str, list[str]] = defaultdict(list)
    for word in sorted(frequency, key=lambda w: (-frequency[w], w)):
        for sounds in {_word_sounds(word), tuple(map(sound, word))}:
            by_sound[sounds].append(word)
        if len(word) >= 4:
            for gap in _gaps(word):
                by_gap[gap].append(word)
    return Speller(
        frequency,
        {sounds: tuple(found) for sounds, found in by_sound.items()},
        {gap: tuple(found) for gap, found in by_gap.items()},
        is_word,
        particles,
    )


@cache
def sound(character: str) -> str:
    """The toneless syllable of a character, near sounds made equal (zh/z, ang/an, l/n); letters sound as typed."""
    if character.isascii():
        return _near(character)
    from pypinyin import lazy_pinyin

    return _near(lazy_pinyin(character)[0])


def _word_sounds(word: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(_near(syllable) for syllable in lazy_pinyin(word))  # by word: 重 in 重阳 is chong


def _near(syllable: str) -> str:
    for pattern, replacement in NEAR_SOUNDS:
        syllable = pattern.sub(replacement, syllable)
    return syllable


def _units(query: str) -> list[Unit]:
    units = []
    for match in HAN_OR_LETTERS.finditer(query):
        start, text = match.start(), match.group()
        if not text.isascii():
            units.append(Unit(text, sound(text), start, start + 1))
            continue
        syllables = _syllables(text)
        for syllable in syllables:
            units.append(Unit(syllable, sound(syllable), start, start + len(syllable)))
            start += len(syllable)
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
            if best[end] is None or len(before) + 1 < len(best[end] or ()):
                best[end] = (*before, letters[start:end])
    return best[-1] or ()


def _comparable(word: str) -> bool:
    return 2 <= len(word) <= LONGEST and HAN.fullmatch(word) is not None


def _gaps(word: str) -> Iterator[str]:
    return (f"{word[:i]}□{word[i + 1 :]}" for i in range(len(word)))
