"""What a point is about, told from its words: the same work planned twice reads badly even in other words."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

from assistant.drafting.templates import SLOT, Template, slot_words

_FILE = Path(__file__).with_name("abouts.yaml")


def abouts_of(text: str) -> frozenset[str]:
    """Names of the works of abouts.yaml that the text speaks of."""
    return frozenset(name for name, pattern in _patterns().items() if pattern.search(text))


@cache
def template_abouts(template: Template) -> frozenset[str]:
    """What a template speaks of, its slots read as the words of an ordinary unit."""
    words = slot_words()
    text = SLOT.sub(lambda match: words[match[1]]["_"] if match[1] in words else "", template.title + template.text)
    return abouts_of(text)


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    data: dict[str, str] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return MappingProxyType({name: re.compile(pattern) for name, pattern in data.items()})
