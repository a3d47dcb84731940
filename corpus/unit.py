"""The name of the unit a plan belongs to, where the title, the opening or the signature gives it."""

import re
from collections.abc import Iterator

from corpus.datatypes import EntityKind
from corpus.names import find_names

_OPENING = 200  # characters at the start where a unit names itself
_SIGNATURE = re.compile(
    r"\n([^\n。；]{4,30})(?:\n[^\n]{0,20})?\s*$"
)  # a short line at the end, perhaps with the date below
_NAMED = (EntityKind.ORGANISATION, EntityKind.PLACE)
_UNION = re.compile(
    r"(?:（[^（）\n]{1,8}）)?[\u4e00-\u9fff]{0,8}?"
    r"(?:工会委员会|工会联合会|联合工会|总工会|教育工会|工会工委|机关工会|分工会|工会)(?!工作委员会|工作者|法|会议|干部)"
)
_SUPERIOR = re.compile(r"(?:在|按照|根据|遵照|受|经|由|及|和|与|围绕|贯彻|落实)$")
_LED = re.compile(
    r"^(?:、[^，。]{0,20})?(?:和[^，。]{0,20})?(?:的)?(?:正确|坚强|直接|具体)?(?:领导|指导|部署|要求|安排|关心)"
)
_MASKED = re.compile(r"[〔〕xX×*_]")


def label_unit(text: str, *, title: str) -> str | None:
    """Return the unit's full name as written, or None where it has none or only a masked one."""
    signature = _SIGNATURE.search(text)
    zones = (title, text[:_OPENING], signature[1] if signature else "")
    return next((name for zone in zones for name in _names(zone)), None)


def _names(zone: str) -> Iterator[str]:
    """Names of unions in reading order that are neither masked nor named as the superior one."""
    spans = sorted({(name.start, name.end, name.kind) for name in find_names(zone) if name.kind in _NAMED})
    for start, end, kind in spans:
        tail = _UNION.match(zone, end)
        whole = kind is EntityKind.ORGANISATION and zone[start:end].endswith(("工会", "工会委员会", "工会联合会"))
        if not tail and not whole:
            continue
        stop = tail.end() if tail else end
        name = zone[start:stop]
        if _SUPERIOR.search(zone, 0, start) or _LED.match(zone[stop:]) or _MASKED.search(name):
            continue
        yield name
