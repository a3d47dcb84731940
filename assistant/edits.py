"""Edit lists as arithmetic: undo them, and put one more change on top of them.

A sentence is its source with edits applied. Changing the sentence further must change the list, so that the list
alone still leads from the source to the sentence.
"""

from collections.abc import Sequence

from assistant.datatypes import Edit


def source_of(text: str, edits: Sequence[Edit]) -> str:
    """The source text that `edits` (ordered, without overlap) turned into `text`."""
    parts, position, shift = [], 0, 0
    for edit in edits:
        start = edit.start + shift
        parts += [text[position:start], edit.before]
        position = start + len(edit.after)
        shift += len(edit.after) - len(edit.before)
    return "".join(parts) + text[position:]


def amended(text: str, edits: Sequence[Edit], *, start: int, end: int, after: str, why: str) -> tuple[Edit, ...]:
    """The edits that lead from the source of `text` to `text` with [start, end) replaced by `after`.

    An edit the change touches is merged with it; its reason is kept in front.
    """
    source = source_of(text, edits)
    before, touched, behind = [], [], []
    shift = 0  # characters the text has more than the source, up to here
    head_shift = tail_shift = 0
    for edit in edits:
        first = edit.start + shift
        last = first + len(edit.after)
        grown = shift + len(edit.after) - len(edit.before)
        if last < start or (last == start and first < last):
            before.append(edit)
            head_shift = tail_shift = grown
        elif first > end or (first == end and first < last and start < end):
            behind.append(edit)
        else:
            touched.append((edit, first, last))
            tail_shift = grown
        shift = grown
    low = min([start, *(first for _, first, _ in touched)])
    high = max([end, *(last for _, _, last in touched)])
    first, last = low - head_shift, high - tail_shift
    reasons = dict.fromkeys([*(edit.why for edit, _, _ in touched), why])
    merged = Edit(first, last, source[first:last], text[low:start] + after + text[end:high], "；".join(reasons))
    return (*before, *([merged] if merged.before != merged.after else []), *behind)
