"""The unit under its new name, where it has one."""

import re
from collections.abc import Iterator

from assistant.rolling.base import Base, Finding, Proposal
from assistant.rolling.datatypes import ChangeKind

_UNION = re.compile(r"(?:总工会|工会委员会|工会联合会|联合工会|教育工会|机关工会|工会|工委)$")


def own_name(name: str) -> str:
    """The unit's name without its union's."""
    return _UNION.sub("", name.strip()) or name.strip()


def names(base: Base, *, name: str | None) -> Iterator[Finding]:
    """Every mention of the old name becomes the new one, if they differ; a name the plan does not say is noted."""
    if not name:
        return
    new = own_name(name)
    if new in base.text:
        return
    if base.labels.unit is None:
        end = len(base.text.split("\n", 1)[0])
        yield base.note(0, end, f"没有认出原计划的单位名称，没有改成“{name}”，请核对。")
        return
    old = own_name(base.labels.unit)
    for match in re.finditer(re.escape(old), base.text):
        yield Proposal(*match.span(), new, f"单位名称由“{old}”改为“{new}”", ChangeKind.NAME)
