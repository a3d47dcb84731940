"""How many of the labelled noise instances a repaired text shows mended."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.folding import fold

Instance = dict[str, Any]  # of `noise.json`: file, type, raw, repaired, check, required


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of `count` cases were right."""

    right: int
    count: int

    @property
    def share(self) -> float:
        """In [0, 1]; 1.0 where there was no case."""
        return self.right / self.count if self.count else 1.0


def rate(results: Iterable[bool]) -> Rate:
    """Return how many of `results` are true."""
    values = list(results)
    return Rate(sum(values), len(values))


def repair_rates(instances: Sequence[Instance], texts: Mapping[str, str]) -> dict[str, Rate]:
    """Return rates by noise type, and as REQUIRED and OPTIONAL; `texts`: file name -> repaired text.

    Instances that only a person can judge, and those of files not given, are left out.
    """
    results: dict[str, list[bool]] = {"REQUIRED": [], "OPTIONAL": []}
    for instance in instances:
        fixed = _repaired(instance, texts[instance["file"]]) if instance["file"] in texts else None
        if fixed is not None:
            results.setdefault(instance["type"], []).append(fixed)
            results["REQUIRED" if instance["required"] else "OPTIONAL"].append(fixed)
    return {name: rate(values) for name, values in results.items()}


def _repaired(instance: Instance, text: str) -> bool | None:
    """Whether the text shows the repair, by the check the instance names; None where only a person can tell."""
    raw, repaired = _bare(instance["raw"]), _bare(instance["repaired"])
    lines = [fold(line).text for line in text.split("\n")]
    match instance["check"]:
        case "line_absent":
            return raw not in {_bare(line) for line in text.split("\n")}
        case "absent":
            return raw not in _bare(text)
        case "join":
            torn = fold(instance["raw"].split("\n")[0]).text[-6:]
            joined = fold(repaired).text
            return any(joined in line for line in lines) and not any(line.endswith(torn) for line in lines)
        case "replace":
            flat = _alphanumeric(text)
            return _alphanumeric(raw) not in flat and _alphanumeric(repaired) in flat
        case "split":
            before, after = [fold(part).text for part in instance["repaired"].replace("…(残)", "").split("\n")][:2]
            return not any(-1 < line.find(before[-6:]) < line.find(after[:6]) for line in lines)
        case _:
            return None


def _bare(text: str) -> str:
    return "".join(text.split())


def _alphanumeric(text: str) -> str:
    """Letters and digits, masks left as they stand: a mask must really be gone."""
    return "".join(character for character in text if character.isalnum())
