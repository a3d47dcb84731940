"""Small pieces of HTML that every page shares. Text goes in through `Markup.format`, which escapes it."""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from corpus.datatypes import SlotKind

BLANK_LINES = re.compile(r"\n\s*\n\s*")
SLOT = re.compile(f"〔(?:{'|'.join(SlotKind)})〕")  # what cleaning put where a text was masked


def joined(parts: Iterable[str], separator: str = "") -> Markup:
    """Parts one after another; plain strings are escaped, Markup is not."""
    return Markup(separator).join(parts)


def chip(text: str, *, kind: str = "") -> Markup:
    """A small label."""
    return Markup('<span class="chip {}">{}</span>').format(kind, text)


def notice(title: str, text: str = "", *, kind: str = "empty") -> Markup:
    """What stands where there is nothing to show (empty), or something went wrong (problem)."""
    body = Markup("<p>{}</p>").format(text) if text else ""
    return Markup('<div class="notice {}" role="status"><h3>{}</h3>{}</div>').format(kind, title, body)


def button(text: str, *, pick: str, value: str, kind: str = "link", label: str = "") -> Markup:
    """A button inside HTML; the page's handler receives `pick` and `value`."""
    return Markup('<button type="button" class="{}" data-pick="{}" data-value="{}" aria-label="{}">{}</button>').format(
        kind, pick, value, label or text, text
    )


def copy_button(text: str, *, copies: str) -> Markup:
    """A button that puts `copies` on the clipboard, in the browser alone."""
    return Markup('<button type="button" class="link" data-copy="{}">{}</button>').format(copies, text)


def marked(text: str, spans: Sequence[tuple[int, int]], *, kind: str = "") -> Markup:
    """Text with the given character spans highlighted; spans may overlap or be out of order."""
    parts, position = [], 0
    for start, end in merged(spans, length=len(text)):
        parts += [Markup("{}").format(text[position:start])]
        parts += [Markup('<mark class="{}">{}</mark>').format(kind, text[start:end])]
        position = end
    return _readable(joined((*parts, text[position:])))


def _readable(text: Markup) -> Markup:
    """Blank lines closed up, slots set apart."""
    return Markup(SLOT.sub(r'<span class="slot">\g<0></span>', BLANK_LINES.sub("\n", str(text))))


def merged(spans: Sequence[tuple[int, int]], *, length: int) -> list[tuple[int, int]]:
    """The same characters as ordered spans that neither touch nor leave the text."""
    result: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(end, length)) for start, end in spans):
        if start >= end:
            continue
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def word_spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where any of the words stands in the text; single characters count only when there is nothing longer."""
    given = tuple(words)
    spans = []
    for word in [word for word in given if len(word) > 1] or given:
        start = text.find(word) if word else -1
        while start >= 0:
            spans.append((start, start + len(word)))
            start = text.find(word, start + 1)
    return spans
