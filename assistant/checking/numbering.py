"""Numbers of items that skip or stand twice: 一、二、四; （一）（一）; 一是 … 三是."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checking.subject import Subject
from assistant.datatypes import Finding, FindingKind, Severity
from corpus.markers import Marker, MarkerStyle, marker
from corpus.structure.rows import Row

_INLINE = re.compile(r"(?<=[。；;：:！，,])\s*(?=[一二三四五六七八九十第①-⑳（(]|\d)")
_BEFORE_YEAR = re.compile(r"(\d{1,2})[.．](?=(?:19|20)\d\d年)")  # 2.2012年…: `marker` takes it for a decimal
_COUNTED = frozenset(MarkerStyle) - {MarkerStyle.DASH, MarkerStyle.MONTH}
_INLINE_STYLES = frozenset(
    {MarkerStyle.HAN_BRACKET, MarkerStyle.DIGIT, MarkerStyle.DIGIT_BRACKET, MarkerStyle.CIRCLE}
    | {MarkerStyle.ENUMERATION, MarkerStyle.ORDINAL}
)
_IN_PROSE = frozenset({MarkerStyle.ENUMERATION, MarkerStyle.ORDINAL, MarkerStyle.CIRCLE})  # go on from line to line
_HAN = "零一二三四五六七八九十"
_Key = tuple[MarkerStyle, bool]


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    mark: Marker
    inline: bool


def numbering(subject: Subject) -> Iterator[Finding]:
    """Every number that does not follow the one before it in its list; a list may begin anew with one."""
    marks = [mark for row in subject.rows for mark in _marks(row)]
    for counted in _lists(marks):
        previous = counted[0].mark.ordinal
        for place, mark in enumerate(counted[1:], start=1):
            expected, got = previous + 1, mark.mark.ordinal
            following = counted[place + 1].mark.ordinal if place + 1 < len(counted) else None
            fits = following is None or following == expected + 1
            if got != expected:
                yield _finding(subject, mark, previous, fits=fits)
            previous = expected if fits else got


def _marks(row: Row) -> Iterator[_Mark]:
    """The marker at the line's head, and those inside the line that count up from one or from it."""
    if row.mark is not None and (row.mark.ordinal and row.mark.style in _COUNTED or row.style is MarkerStyle.MONTH):
        yield _Mark(row.start, row.mark, False)
    before_year = _BEFORE_YEAR.match(row.body) if row.mark is None else None
    if before_year is not None:
        yield _Mark(row.start, Marker(MarkerStyle.DIGIT, before_year[0], before_year.end(), int(before_year[1])), False)
    places = [match.end() for match in _INLINE.finditer(row.body)]
    if row.mark is not None and row.mark.end not in places:
        places.insert(0, row.mark.end)  # 1.一是 …
    inline = [(at, marker(row.body[at:])) for at in places]
    found = [(at, mark) for at, mark in inline if mark is not None and mark.ordinal and mark.style in _INLINE_STYLES]
    for style in sorted({mark.style for _, mark in found}):
        chain = [(at, mark) for at, mark in found if mark.style is style]
        headed = row.mark is not None and row.mark.style is style and row.mark.ordinal == 1
        if chain[0][1].ordinal == 1 or headed:
            yield from (_Mark(row.start + at, mark, not headed) for at, mark in chain)


def _lists(marks: list[_Mark]) -> Iterator[list[_Mark]]:
    """Marks that are counted together, in order; one begins a list anew."""
    lists: list[list[_Mark]] = []
    stack: list[tuple[_Key, list[_Mark]]] = []
    for mark in sorted(marks, key=lambda each: each.start):
        key = (mark.mark.style, mark.inline and mark.mark.style not in _IN_PROSE)
        if not mark.inline:
            stack = [entry for entry in stack if not entry[0][1]]
        known = next((place for place, entry in enumerate(stack) if entry[0] == key), None)
        if known is None or mark.mark.ordinal == 1:
            stack = stack[:known]
            stack.append((key, [mark]))
            lists.append(stack[-1][1])
        else:
            stack = stack[: known + 1]
            stack[-1][1].append(mark)
    return (counted for counted in lists if counted[0].mark.style is not MarkerStyle.MONTH)


def _finding(subject: Subject, mark: _Mark, previous: int, *, fits: bool) -> Finding:
    text, expected = mark.mark.text, _renumbered(mark.mark, previous + 1)
    before = _renumbered(mark.mark, previous) or str(previous)
    if mark.mark.ordinal > previous + 1:
        what = f"编号从“{before}”跳到“{text}”，缺“{expected}”"
    elif mark.mark.ordinal == previous:
        what = f"编号“{text}”重复"
    else:
        what = f"编号“{before}”之后又出现“{text}”，次序乱了"
    start = mark.start + subject.text[mark.start :].index(text)
    advice = "请改正编号" if fits else "请看是漏了一条，还是后面各条要顺次改号"
    return subject.finding(
        FindingKind.NUMBERING,
        Severity.SHOULD,
        (start, start + len(text)),
        f"{what}。{advice}。",
        expected if fits and expected else None,
    )


def _renumbered(mark: Marker, ordinal: int) -> str:
    """The marker with another number, "" where it cannot be written."""
    if mark.style is MarkerStyle.CIRCLE:
        return mark.text.replace(mark.text[0], chr(ord(mark.text[0]) - mark.ordinal + ordinal))
    wanted = _han(ordinal) if any(c in _HAN for c in mark.text) else str(ordinal)
    return re.sub(rf"[{_HAN}]+|\d+", wanted, mark.text, count=1)


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _HAN[ones]
    return ("" if tens == 1 else _HAN[tens]) + "十" + (_HAN[ones] if ones else "")
