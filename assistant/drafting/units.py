"""What a unit calls itself and its parts, from its type, its name and what the user said."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

from assistant.datatypes import PlanRequest
from assistant.drafting.templates import slot_words
from corpus.datatypes import OrganisationType

NO_NAME = "【待填：单位名称】"
_VARIANTS_FILE = Path(__file__).with_name("units.yaml")
_OWN_UNION = re.compile(r"(?:总工会|工会委员会|工会联合会|联合工会|工会|工委)$")
_KIND_OF_UNION = re.compile(r"(?:总工会|工会联合会|联合工会)$")
_GENERAL = (OrganisationType.COUNTY_UNION, OrganisationType.TOWNSHIP)  # unions of an area: 某某镇总工会
_OFFICE = re.compile(r"(?:政府|办事处|机关|委员会|局)$")
_Variant = tuple[re.Pattern[str], Mapping[str, str], re.Pattern[str] | None]


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit a draft is for; `words` holds the value of every slot that does not depend on the year."""

    organisation: OrganisationType
    name: str  # as it prints in running text, without 工会委员会
    words: Mapping[str, str]
    strange: re.Pattern[str] | None = None  # what no wording for this kind of unit may say

    @property
    def union(self) -> str:
        """Name of the unit's union: 某某医院工会, 某某县总工会."""
        if _OWN_UNION.search(self.name):
            return self.name
        general = self.organisation in _GENERAL and not _OFFICE.search(self.name) and self.name != NO_NAME
        return self.name + ("总工会" if general else "工会")

    @property
    def committee(self) -> str:
        """Who signs."""
        return self.union if self.union.endswith(("总工会", "联合会", "工委")) else self.union + "委员会"


def unit_of(request: PlanRequest) -> Unit:
    """The unit's words: those of its type, settled by its name, overruled by the short name the user gave."""
    organisation = request.organisation
    name = re.sub(r"工会委员会$", "工会", (request.name or "").strip()) or NO_NAME
    words = {slot: by_type.get(organisation.value, by_type["_"]) for slot, by_type in slot_words().items()}
    settled, strange = _variant(organisation, _OWN_UNION.sub("", name))
    words.update(settled)
    kind = _KIND_OF_UNION.search(name)
    if kind:  # the union goes by the name it has: 园区工会联合会, not 园区总工会
        words["工会"] = _OWN_UNION.sub(kind[0], words["工会"])
    elif words["工会"].endswith("总工会") and _OFFICE.search(name):
        words["工会"] = words["工会"].removesuffix("总工会") + "工会"
    if request.short_name:
        words["我单位"] = request.short_name
    words["单位"] = _OWN_UNION.sub("", name) or name
    return Unit(organisation, name, MappingProxyType(words), strange)


def _variant(organisation: OrganisationType, name: str) -> tuple[Mapping[str, str], re.Pattern[str] | None]:
    for pattern, words, strange in _variants().get(organisation, ()):
        if pattern.search(name):
            return words, strange
    return {}, None


@cache
def _variants() -> Mapping[OrganisationType, tuple[_Variant, ...]]:
    data: dict[str, list[dict[str, str]]] = yaml.safe_load(_VARIANTS_FILE.read_text(encoding="utf-8"))
    found = {}
    for name, entries in data.items():
        for entry in entries:
            unknown = entry.keys() - slot_words().keys() - {"match", "strange"}
            if unknown:
                raise ValueError(f"{_VARIANTS_FILE.name}: {name}: unknown slots {sorted(unknown)}")
        found[OrganisationType(name)] = tuple(
            (
                re.compile(entry["match"]),
                {slot: word for slot, word in entry.items() if slot not in ("match", "strange")},
                re.compile(entry["strange"]) if "strange" in entry else None,
            )
            for entry in entries
        )
    return MappingProxyType(found)
