"""rules.yaml, compiled and validated."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

_FILE = Path(__file__).with_name("rules.yaml")
_HAN = "[一二三四五六七八九十]{1,3}"


@cache
def rules() -> Mapping[str, re.Pattern[str]]:
    """Every pattern by name. ValueError names one that does not compile."""
    data: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    found = {}
    for name, value in data.items():
        text = value if isinstance(value, str) else "|".join(f"(?:{each})" for each in value)
        try:
            found[name] = re.compile(text.replace("{han}", _HAN), re.MULTILINE)
        except re.error as problem:
            raise ValueError(f"{_FILE.name}: {name}: {problem}") from problem
    return MappingProxyType(found)
