"""The samples a text is compared with: an index of their wording, and the names that belong to one of them only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from assistant.checking.shingles import ShingleIndex
from corpus.datatypes import Entity, EntityKind, Passage
from corpus.places import find_places

_LEAST_SLOGAN = 9  # characters, quotes included; shorter ones may be anybody's


@dataclass(frozen=True, slots=True)
class Samples:
    """Built once for a state of the library; every check of a text uses it."""

    passages: tuple[Passage, ...]
    index: ShingleIndex
    names: Mapping[str, Passage]  # 外单位的名称、口号 -> a passage it stands in

    @classmethod
    def build(cls, passages: Sequence[Passage]) -> "Samples":
        """Index the passages: some 9 s and 33 MiB for 100,000 of them."""
        held = tuple(passages)  # the same object where it is a tuple: `pool_of` and `Resources` know it again
        return cls(held, ShingleIndex.build([passage.text for passage in held]), _own_names(held))


def _own_names(passages: Sequence[Passage]) -> Mapping[str, Passage]:
    """Names that tell which sample they come from, each with the first passage it stands in."""
    first: dict[str, Passage] = {}
    for passage in passages:
        for entity in passage.entities:
            if passage.is_union and entity.hard and "〔" not in entity.text and _telling(entity):
                first.setdefault(entity.text, passage)
    return MappingProxyType(first)


def _telling(entity: Entity) -> bool:
    """A unit or a local rule with a place in its name, or a slogan of some length in quotes."""
    if entity.kind is EntityKind.PROGRAMME:
        return entity.text[0] in "“‘" and len(entity.text) >= _LEAST_SLOGAN
    return entity.kind in (EntityKind.ORGANISATION, EntityKind.LAW) and bool(find_places(entity.text))


NO_SAMPLES = Samples.build(())
