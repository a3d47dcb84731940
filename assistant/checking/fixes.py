"""一键改: put the replacements of findings into the text."""

from collections.abc import Iterable

from assistant.datatypes import Finding, Severity

_ORDER = tuple(Severity)


def apply_fixes(text: str, findings: Iterable[Finding]) -> str:
    """The text with every replacement made. Where two overlap the more severe one is made, then the longer one; a
    finding that does not fit the text (made for another version of it) is left out.
    """
    chosen: list[Finding] = []
    usable = [each for each in findings if each.replacement is not None and text[each.start : each.end] == each.text]
    for each in sorted(usable, key=lambda f: (_ORDER.index(f.severity), f.start - f.end, f.start)):
        if not any(each.start < other.end and other.start < each.end for other in chosen):
            chosen.append(each)
    parts, position = [], 0
    for each in sorted(chosen, key=lambda f: f.start):
        parts += [text[position : each.start], each.replacement or ""]
        position = each.end
    return "".join(parts) + text[position:]
