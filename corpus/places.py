"""Names of Chinese places in running text: an exact gazetteer, guarded against words that straddle a name."""

from collections.abc import Iterator
from functools import cache

from corpus.words import LEXICON

# One-character words that often stand before or after another word, so that 重大|理论 or 完成|都 hide a place name.
_LOOSE_FIRST = frozenset("庆大三四五六七八九两中上下新在等向从对开到为其各再应当会有来去日无民要不")
_LOOSE_LAST = frozenset("中上下来等都里化时内后前和")
_SUFFIXES = frozenset("省市县区州")


def find_places(text: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of every place of the gazetteer, the longest at each position, in order, without overlap."""
    return tuple(_scan(text))


def _scan(text: str) -> Iterator[tuple[int, int]]:
    names = _index()
    position, last = 0, len(text) - 1
    while position < last:
        for name, kind, before, after in names.get(text[position : position + 2], ()):
            if text.startswith(name, position) and (kind != "bare" or _stands(text, position, name, before, after)):
                if kind != "guard":
                    yield position, position + len(name)
                position += len(name) - 1
                break
        position += 1


def _stands(text: str, start: int, name: str, before: str, after: str) -> bool:
    """Whether a two-character name is not the seam of two ordinary words (提高|安全 is not 高安)."""
    end = start + len(name)
    if len(name) > 2 or text[end : end + 1] in _SUFFIXES:
        return True
    left = start > 0 and text[start - 1] in before
    right = end < len(text) and text[end] in after
    return not (left and right or right and name[0] in _LOOSE_FIRST or left and name[-1] in _LOOSE_LAST)


def is_ordinary(word: str) -> bool:
    """Whether a two-character word is a frequent one that names nothing (参加, 社会), for telling names from prose."""
    return word in _words("ordinary.tsv")


def is_deed(word: str) -> bool:
    """Whether a two-character word says what is done, how, when or where (扎根, 偏远), not what it is called."""
    return word in _words("deeds.tsv")


@cache
def _words(name: str) -> frozenset[str]:
    lines = (LEXICON / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _index() -> dict[str, list[tuple[str, str, str, str]]]:
    """First two characters -> (name, kind, characters before, characters after), longest name first."""
    index: dict[str, list[tuple[str, str, str, str]]] = {}
    for line in (LEXICON / "places.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, name, before, after = (line.split("\t") + ["", ""])[:4]
            index.setdefault(name[:2], []).append((name, kind, before, after))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return index
