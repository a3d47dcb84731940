"""The data files of this package, read once."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is ten times as fast where it is built


@cache
def load_cues(name: str) -> dict[str, Any]:
    """The content of `{name}.yaml`."""
    path = Path(__file__).with_name(f"{name}.yaml")
    data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    return data


@cache
def pattern(name: str, key: str) -> re.Pattern[str]:
    """The regular expression under `key` of `{name}.yaml`. Raises ValueError where it does not compile."""
    return compiled(load_cues(name)[key], where=f"{name}.yaml: {key}")


def compiled(text: str, *, where: str) -> re.Pattern[str]:
    """A regular expression of a data file. Raises ValueError that says where it stands."""
    try:
        return re.compile(text)
    except re.error as problem:
        raise ValueError(f"{where}: {problem}") from problem


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Matches any of the words, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word)))))
