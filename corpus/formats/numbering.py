"""The numbers Word counts by itself (一、（一）1. …), as text.

A paragraph, or its style, names a list (`num`) and a level; the list's definition (`abstractNum`) says how each level
is written. Lists that share a definition share their counters, unless one starts anew.
"""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.formats.counting import written

if TYPE_CHECKING:
    from lxml.etree import _Element

# What list bullets of the symbol fonts look like; any other private character is shown as ●.
BULLETS = {"\uf0a7": "▪", "\uf06e": "■", "\uf075": "◆", "\uf0d8": "➢", "\uf0fc": "✓", "\uf076": "❖", "\uf0b2": "❖"}


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list is numbered."""

    start: int
    format: str  # w:numFmt
    text: str  # "%1、", "第%1章", "%1.%2"
    restarts: bool = True  # after a number of a higher level
    decimal: bool = False  # all numbers in it as 1, 2, 3


@dataclass(slots=True)
class Counter:
    """Where the counters of a definition stand; `begun` lists have applied their own starts."""

    values: dict[int, int] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)


def name_of(element: "_Element") -> str:
    """The element's name without its namespace; "" for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: "_Element | None", *path: str) -> "_Element | None":
    """The first descendant along `path`."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if name_of(inner) == name), None)
    return element


def _inside(element: "_Element | None") -> "list[_Element]":
    return [] if element is None else list(element)


def value_of(element: "_Element | None", attribute: str = "val") -> str:
    """An attribute by its name without namespace; "" when it is not there."""
    if element is None:
        return ""
    found = (str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == attribute)
    return next(found, "")


class Numbering:
    """Counts a document's automatic numbers; paragraphs must come in document order."""

    def __init__(self, numbering: "_Element | None", styles: "_Element | None") -> None:
        definitions = {value_of(e, "abstractNumId"): e for e in _inside(numbering) if name_of(e) == "abstractNum"}
        by_style = {
            value_of(child(e, "styleLink")): e for e in definitions.values() if child(e, "styleLink") is not None
        }
        self._levels: dict[str, dict[int, Level]] = {}  # list -> level -> how
        self._definition: dict[str, str] = {}  # list -> its definition, which holds the counters
        self._starts: dict[str, dict[int, int]] = {}  # list -> its own starts
        for element in (e for e in _inside(numbering) if name_of(e) == "num"):
            number, definition = value_of(element, "numId"), value_of(child(element, "abstractNumId"))
            source = definitions.get(definition)
            source = by_style.get(value_of(child(source, "numStyleLink")), source)
            overrides = [e for e in element if name_of(e) == "lvlOverride"]
            own = [lvl for e in overrides if (lvl := child(e, "lvl")) is not None]
            self._levels[number] = {**_levels(_inside(source)), **_levels(own)}
            self._definition[number] = definition
            self._starts[number] = {
                _integer(value_of(e, "ilvl")): _integer(value_of(child(e, "startOverride")), 1)
                for e in overrides
                if child(e, "startOverride") is not None
            }
        self._styles = {value_of(e, "styleId"): e for e in _inside(styles) if name_of(e) == "style"}
        self._counters: dict[str, Counter] = {}

    def label(self, paragraph: "_Element") -> str:
        """The number that Word shows before `paragraph`, counted once per call; "" for none."""
        number, depth = self._place(paragraph)
        levels = self._levels.get(number, {})
        level = levels.get(depth)
        if level is None:
            return ""
        if level.format == "bullet":
            return BULLETS.get(level.text, level.text if level.text.isprintable() else "●") + " "
        values = self._count(number, depth)

        def figure(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shown = levels.get(at, level)
            return written(values.get(at, shown.start), "decimal" if level.decimal else shown.format)

        text = re.sub(r"%([1-9])", figure, level.text)
        return text + " " if text and (text[-1].isascii() or text[-1].isalnum()) else text

    def _place(self, paragraph: "_Element") -> tuple[str, int]:
        """The list and level of a paragraph: its own, else those of its style or of the style's parents."""
        properties = child(paragraph, "pPr")
        number, depth = _numbering_of(properties)
        style = value_of(child(properties, "pStyle"))
        for _ in range(10):  # parents of parents; a circle ends too
            if number and depth is not None or style not in self._styles:
                break
            inherited, at = _numbering_of(child(self._styles[style], "pPr"))
            number, depth = number or inherited, at if depth is None else depth
            style = value_of(child(self._styles[style], "basedOn"))
        return number, depth or 0

    def _count(self, number: str, depth: int) -> dict[int, int]:
        counter = self._counters.setdefault(self._definition[number], Counter())
        levels = self._levels[number]
        if number not in counter.begun:
            counter.begun.add(number)
            for at, start in self._starts[number].items():
                counter.values[at] = start - 1
        counter.values[depth] = counter.values.get(depth, levels[depth].start - 1) + 1
        for deeper in [at for at in counter.values if at > depth]:
            if deeper not in levels or levels[deeper].restarts:
                del counter.values[deeper]
        return counter.values


def _numbering_of(properties: "_Element | None") -> tuple[str, int | None]:
    place = child(properties, "numPr")
    depth = value_of(child(place, "ilvl"))
    return value_of(child(place, "numId")), _integer(depth) if depth else None


def _levels(elements: "list[_Element]") -> dict[int, Level]:
    return {
        _integer(value_of(e, "ilvl")): Level(
            _integer(value_of(child(e, "start")), 0 if child(e, "start") is None else 1),
            _format(e),
            value_of(child(e, "lvlText")),
            value_of(child(e, "lvlRestart")) != "0",
            child(e, "isLgl") is not None,
        )
        for e in elements
        if name_of(e) == "lvl"
    }


def _format(level: "_Element") -> str:
    """The number format; a choice of formats stands inside mc:AlternateContent."""
    formats = [e for e in level.iter() if name_of(e) == "numFmt"]
    return next((value_of(e) for e in formats if value_of(e) != "custom"), "decimal")


def _integer(text: str, default: int = 0) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else default
