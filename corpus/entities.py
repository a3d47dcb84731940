"""First version: slots and plain numbers. Replaced by the full finder."""

import re

from corpus.datatypes import Entity, EntityKind, OrganisationType

_SLOT = re.compile(r"〔[^〔〕]{1,4}〕")


def find_entities(text: str, *, organisation: OrganisationType) -> tuple[Entity, ...]:
    """Return what belongs to one unit only, in order, without overlap."""
    del organisation
    return tuple(Entity(m.start(), m.end(), m[0], EntityKind.MASK, True) for m in _SLOT.finditer(text))
