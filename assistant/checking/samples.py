"""The samples a text is compared with: an index of their wording, and the names that belong to one of them only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from assistant.checking.shingles import ShingleIndex
from corpus.datatypes import EntityKind, Passage

_NAMES = frozenset({EntityKind.ORGANISATION, EntityKind.SESSION, EntityKind.PROGRAMME, EntityKind.LAW})
_LEAST_NAME = 5  # characters; shorter ones may be anybody's
_MOST_UNITS = 1  # plans of more units than this make a name everybody's


@dataclass(frozen=True, slots=True)
class Samples:
    """Built once for a state of the library; every check of a text uses it."""

    passages: tuple[Passage, ...]
    index: ShingleIndex
    names: Mapping[str, Passage]  # 外单位的名称、口号 -> a passage it stands in

    @classmethod
    def build(cls, passages: Sequence[Passage]) -> "Samples":
        """Index the passages: about 3 s and 40 MB for 100,000 of them."""
        held = tuple(passages)  # the same object where it is a tuple: `pool_of` and `Resources` know it again
        return cls(held, ShingleIndex.build([passage.text for passage in held]), _own_names(held))


def _own_names(passages: Sequence[Passage]) -> Mapping[str, Passage]:
    """Hard names that stand in the plans of one file title only."""
    where: dict[str, set[str]] = defaultdict(set)
    first: dict[str, Passage] = {}
    for passage in passages:
        for entity in passage.entities:
            if entity.hard and entity.kind in _NAMES and len(entity.text) >= _LEAST_NAME and "〔" not in entity.text:
                where[entity.text].add(passage.plan_id)
                first.setdefault(entity.text, passage)
    return MappingProxyType(first)


NO_SAMPLES = Samples.build(())
