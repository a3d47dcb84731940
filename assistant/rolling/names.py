"""The unit under its new name, where it has one."""

import re
from collections.abc import Iterator

from assistant.rolling.base import Base, Finding, Proposal
from assistant.rolling.datatypes import ChangeKind

_UNION = re.compile(r"(?:总工会|工会委员会|工会联合会|联合工会|教育工会|机关工会|工会|工委)$")

_TIME = re.compile(r"^.*(?:\d年度?|学年|学期|季度|半年)")
_HAN = re.compile(r"[一-龥]{0,12}")


def own_name(name: str) -> str:
    """The unit's name without its union's."""
    return _UNION.sub("", name.strip()) or name.strip()


def whole_name(unit: str, title: str) -> str:
    """The unit's name without its union's, with what stands right before it in the title: a place nobody knows."""
    old = own_name(unit)
    before = _TIME.sub("", title[: max(title.find(old), 0)])
    return before + old if _HAN.fullmatch(before) else old


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
    old = whole_name(base.labels.unit, base.title)
    for match in re.finditer(re.escape(old), base.text):
        yield Proposal(*match.span(), new, f"单位名称由“{old}”改为“{new}”", ChangeKind.NAME)
