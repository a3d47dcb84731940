"""What a search may be narrowed to: choices with the number of passages among the most relevant ones."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.resources import Resources
from corpus.datatypes import OrganisationType, Passage, Period, Topic
from index.datatypes import Filter, Understood

POOL = 60  # passages counted: the most relevant ones
NAMES = ("单位类型", "主题", "周期", "来源", "年代")
ERAS = {
    "2015年以前": (1949, 2015),
    "2016—2020年": (2016, 2020),
    "2021—2025年": (2021, 2025),
    "2026年以后": (2026, 2100),
}
Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as the user wants it: the words, what of their meaning was taken back, what it is narrowed to, in the
    order of `NAMES`.
    """

    words: str
    taken_back: frozenset[str] = frozenset()  # keys of `read_as`
    chosen: tuple[tuple[str, ...], ...] = field(default=((), (), (), (), ()))

    @property
    def filter(self) -> Filter:
        """The filter of the choices."""
        organisations, topics, periods, collections, eras = self.chosen
        return Filter(
            organisations=frozenset(map(OrganisationType, organisations)),
            topics=frozenset(map(Topic, topics)),
            periods=frozenset(map(Period, periods)),
            collections=frozenset(collections),
            years=ERAS.get(next(iter(eras), "")),
        )

    def meaning(self, resources: Resources) -> Understood:
        """What the words say, without what was taken back."""
        read = resources.index.meaning(self.words)
        kept = {key for key, _ in read_as(read)} - self.taken_back
        put_back = [(typed, corrected) for typed, corrected in read.corrected if f"“{typed}”当作" not in kept]
        text = read.text
        for typed, corrected in put_back:
            text = text.replace(corrected, typed)
        return replace(
            read,
            text=text,
            organisations=tuple(each for each in read.organisations if f"单位类型：{each}" in kept),
            topics=tuple(each for each in read.topics if f"主题：{each}" in kept),
            months=tuple(each for each in read.months if f"月份：{each}月" in kept),
            period=read.period if f"周期：{read.period}" in kept else None,
            phrases=tuple(each for each in read.phrases if f"必须出现：{each}" in kept),
            corrected=tuple(each for each in read.corrected if each not in put_back),
        )


def asked(words: str, taken_back: frozenset[str], values: Sequence[Any]) -> Asked:
    """The search behind the page's values; the last filter holds one value, the others lists."""
    *several, era = values
    return Asked(words, taken_back, (*(tuple(each or ()) for each in several), (era,) if era else ()))


def read_as(query: Understood) -> list[tuple[str, str]]:
    """How a query was read, as (key, words to show), where that says more than its own words."""
    named = [
        *(("单位类型", str(value)) for value in query.organisations),
        *(("主题", str(value)) for value in query.topics),
        *(("月份", f"{value}月") for value in query.months),
        *((("周期", str(query.period)),) if query.period else ()),
        *(("必须出现", value) for value in query.phrases),
    ]
    said = [(f"{name}：{value}", f"{name}：{value}") for name, value in named]
    return [*said, *((f"“{typed}”当作", f"“{typed}”当作：{read}") for typed, read in query.corrected)]


def choices_of(question: Asked, resources: Resources) -> list[Choices]:
    """Choices of every filter: each counted with the others as they are; the whole library's before any words."""
    if not question.words.strip():
        return [_counted(name, resources.passages, held) for name, held in zip(NAMES, question.chosen, strict=True)]
    meaning = question.meaning(resources)
    found: dict[Filter, list[Passage]] = {}
    offered = []
    for place, name in enumerate(NAMES):
        others = replace(question, chosen=(*question.chosen[:place], (), *question.chosen[place + 1 :])).filter
        if others not in found:
            result = resources.index.search(question.words, filter=others, k=POOL, understood=meaning)
            found[others] = [hit.passage for hit in result.hits]
        offered.append(_counted(name, found[others], question.chosen[place]))
    return offered


def _counted(name: str, passages: Iterable[Passage], held: Sequence[str]) -> Choices:
    """Choices with the number of passages each leaves; those without any are offered only where they are chosen."""
    order, values = _OF[name]
    counts = Counter(value for passage in passages for value in values(passage))
    known = order or sorted({*counts, *held})
    return [(f"{value}（{counts[value]}）", str(value)) for value in known if counts[value] or value in held]


def _eras(passage: Passage) -> list[str]:
    if not passage.era:
        return []
    return [name for name, (first, last) in ERAS.items() if passage.era[0] <= last and first <= passage.era[1]]


_OF: Mapping[str, tuple[Sequence[str], Callable[[Passage], Sequence[str]]]] = {
    "单位类型": (tuple(OrganisationType), lambda passage: [passage.organisation]),
    "主题": (tuple(Topic), lambda passage: passage.topics),
    "周期": (tuple(Period), lambda passage: [passage.period]),
    "来源": ((), lambda passage: [passage.collection]),
    "年代": (tuple(ERAS), _eras),
}
