"""A text as the rules read it, of the same length, and findings put back into the text's own writing."""

import re
from dataclasses import replace
from functools import cache
from typing import Any

from assistant.datatypes import Finding
from corpus.cleaning.script import in_simplified

_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HAN_YEAR = re.compile(r"(?<![一二三四五六七八九])二[〇○零][〇○零一二三四五六七八九]{2}(?=\s*年)")
_WIDE_YEAR = re.compile(r"[０-９]{4}(?=\s*年)")
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_YEAR = re.compile(r"(?:19|20)\d\d")


def as_read(text: str) -> str:
    """Simplified characters, and years in plain digits (二〇二五年, ２０２５年), for matching only."""
    plain = _HAN_YEAR.sub(lambda match: match[0].translate(_HAN_DIGITS), in_simplified(text))
    return _WIDE_YEAR.sub(lambda match: match[0].translate(_WIDE_DIGITS), plain)


def put_back(finding: Finding, *, text: str, read: str) -> Finding:
    """The finding on the text itself: what it quotes, and a replacement in the same script and digits."""
    quoted = text[finding.start : finding.end]
    if quoted == read[finding.start : finding.end] and in_simplified(text) == text:
        return finding
    return replace(finding, text=quoted, replacement=_written_like(quoted, text, finding.replacement))


def _written_like(quoted: str, text: str, replacement: str | None) -> str | None:
    if not replacement:
        return replacement
    if _YEAR.fullmatch(replacement) and len(quoted) == len(replacement) and quoted != replacement:
        zero = next((letter for letter in quoted if letter in "〇○零"), "")
        return replacement.translate(str.maketrans("0123456789", _digits(quoted, zero)))
    return str(_traditional().convert(replacement)) if in_simplified(text) != text else replacement


def _digits(quoted: str, zero: str) -> str:
    if quoted[0] in "０１２３４５６７８９":
        return "０１２３４５６７８９"
    return (zero or "〇") + "一二三四五六七八九" if quoted[0] == "二" else "0123456789"


@cache
def _traditional() -> Any:  # noqa: ANN401  opencc has no type hints
    from opencc import OpenCC

    return OpenCC("s2t")
