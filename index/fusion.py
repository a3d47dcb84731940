"""How dense and keyword evidence become one score. The weights stand in `fusion.json`, fitted on training queries."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).with_name("fusion.json")


@dataclass(frozen=True, slots=True)
class Fusion:
    """The fitted weights."""

    field_weights: Mapping[str, float]  # of title, headings and text in BM25


@cache
def load_fusion() -> Fusion:
    """Read and validate `fusion.json`."""
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Fusion(field_weights={field: float(data["field_weights"][field]) for field in ("title", "headings", "text")})
