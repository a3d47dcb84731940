"""How words sound: pinyin syllables tie a homophone slip, or pinyin typed instead of characters, to the word meant."""

from functools import cache

from pypinyin import lazy_pinyin

COMMON = tuple(
    character
    for high in range(0xB0, 0xF8)
    for low in range(0xA1, 0xFF)
    for character in bytes((high, low)).decode("gb2312", "ignore")
)  # the 6,763 characters of GB 2312
SYLLABLES = tuple(sorted({s for s in lazy_pinyin("".join(COMMON)) if len(s) > 1}))  # toneless, ü written v
_KNOWN = frozenset(SYLLABLES)


@cache
def syllables(word: str) -> tuple[str, ...]:
    """The toneless syllables of a Han word, or the syllable that a Latin token is; () for anything else."""
    if word.isascii():
        return (word,) if word in _KNOWN else ()
    return tuple(syllable for syllable in lazy_pinyin(word, errors="ignore") if syllable in _KNOWN)


@cache
def same_sound() -> dict[str, str]:
    """Each syllable -> the common characters that can be read so, for misspelling on purpose."""
    found: dict[str, list[str]] = {}
    for character in COMMON[:3755]:  # level 1 of GB 2312: what an input method offers first
        for syllable in lazy_pinyin(character):
            found.setdefault(syllable, []).append(character)
    return {syllable: "".join(characters) for syllable, characters in found.items()}
