"""How a sample-text site speaks: its menus, its introductions, its adverts (`lexicon/furniture.yaml`)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.cleaning.facts import is_facts, may_be_facts
from corpus.cleaning.lines import Line
from corpus.cues import any_of, load_yaml
from corpus.markers import MarkerStyle, marker
from corpus.titles import collection_heading, is_title

_SHORT = 25  # characters; a shorter line above the text is a title or part of the page
_OF_NOTICE = re.compile("关于[^。，]{2,60}(?:通知|决定|函|批复)")  # the title of a notice is long
_ENTRY = 10  # characters of an entry in a menu: • 在线投诉
_LONG = 300  # characters; no site introduces its texts at greater length


@dataclass(frozen=True, slots=True)
class SiteWords:
    """Compiled `lexicon/furniture.yaml`."""

    anywhere: re.Pattern[str]
    head: re.Pattern[str]
    tail: re.Pattern[str]
    beside: re.Pattern[str]
    related: re.Pattern[str]
    related_title: re.Pattern[str]
    aside: re.Pattern[str]
    collection: re.Pattern[str]
    collection_not: re.Pattern[str]
    slogan: re.Pattern[str]
    done: re.Pattern[str]
    site: re.Pattern[str]
    strong: re.Pattern[str]
    writing: re.Pattern[str]
    weak: tuple[re.Pattern[str], ...]
    own: re.Pattern[str]
    definition: re.Pattern[str]
    definition_cues: re.Pattern[str]
    clause: re.Pattern[str]


def head_length(found: Sequence[Line]) -> int:
    """How many lines may stand above the first line of the text itself: short ones, and those in a site's voice."""
    for i, line in enumerate(found):
        body = line.body
        if site_words().head.fullmatch(body) or is_facts(found, i) or may_be_facts(body) or is_title(body):
            continue
        mark = marker(body)
        if mark and mark.style is MarkerStyle.DASH and len(body) < _ENTRY:
            continue
        if mark or collection_heading(body) or site_words().own.search(body):
            return i
        foreign = re.search("[一-龥]", body) is None  # the site's name once more
        if len(body) >= _SHORT and not (foreign or _OF_NOTICE.fullmatch(body) or _is_page_voice(body)):
            return i
    return len(found)


def _is_page_voice(body: str) -> bool:
    return site_words().strong.search(body) is not None or weak_voice(body) > 0


def weak_voice(body: str) -> int:
    """How many hints at a site's voice a paragraph on writing plans holds."""
    words = site_words()
    if not _SHORT <= len(body) <= _LONG or not words.writing.search(body):
        return 0
    return sum(bool(p.search(body)) for p in words.weak)


@cache
def site_words() -> SiteWords:
    """The patterns, read once."""
    data = load_yaml("furniture.yaml")

    single = (
        "related",
        "aside",
        "related_title",
        "collection_not",
        "writing",
        "slogan",
        "done",
        "site",
        "own",
        "definition",
        "definition_cues",
        "clause",
    )
    return SiteWords(
        weak=tuple(re.compile(pattern) for pattern in data["weak"]),
        **{name: any_of(data[name]) for name in ("anywhere", "head", "tail", "beside", "collection", "strong")},
        **{name: re.compile(data[name]) for name in single},
    )
