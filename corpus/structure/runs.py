"""The parts of a stretch without headings: runs of numbers with their lead-ins, else paragraphs."""

from collections.abc import Iterator, Sequence

from corpus.markers import MarkerStyle
from corpus.structure.rows import Row

_OWN_PART = 60  # average characters from which every item of a single run is a part of its own


def headless(rows: Sequence[Row], *, introduces: bool) -> list[int]:
    """The rows with which parts begin, in order; one part where the stretch only `introduces` the first heading."""
    if not rows:
        return []
    runs = list(_runs(rows))
    if introduces and not runs:
        return [0]
    inside = {i for run in runs for i in range(run[0], run[-1] + 1)}
    starts = {0} | {i for i, row in enumerate(rows) if row.mark is None and i not in inside}
    starts |= {i for i in range(1, len(rows)) if _opens_dashes(rows, i) or _whole_enumeration(rows[i])}
    for run in runs:
        starts |= _run_starts(rows, run, alone=len(runs) == 1)
    return sorted(starts)


def _runs(rows: Sequence[Row]) -> Iterator[list[int]]:
    """The rows of each run 1、2、3 …; a number that does not rise begins another run."""
    run: list[int] = []
    last = 0
    for i, row in enumerate(rows):
        if row.mark is None or row.mark.style is not MarkerStyle.DIGIT:
            continue
        ordinal = row.mark.ordinal or last + 1  # a lost number is the next one
        if run and ordinal <= last:
            yield run
            run = []
        run.append(i)
        last = ordinal
    if run:
        yield run


def _run_starts(rows: Sequence[Row], run: Sequence[int], *, alone: bool) -> set[int]:
    """Where parts begin in a run: at each item of a single long one, else above it, at its lead-in if it has one."""
    length = sum(len(row.body) for row in rows[run[0] : run[-1] + 1])
    if alone and len(run) > 2 and length / len(run) >= _OWN_PART:
        return set(run)
    led = run[0] > 1 and rows[run[0] - 1].mark is None and not rows[run[0] - 1].bare_heading
    return set() if led else {run[0]}


def _opens_dashes(rows: Sequence[Row], i: int) -> bool:
    """Three dashes and more after a numbered item that does not announce them."""
    dashes = i + 3 <= len(rows) and all(row.style is MarkerStyle.DASH for row in rows[i : i + 3])
    return dashes and rows[i - 1].style is MarkerStyle.DIGIT and not rows[i - 1].body.endswith(("：", ":"))


def _whole_enumeration(row: Row) -> bool:
    """一是 …二是 … in one paragraph: a part of its own, not a point of the paragraph before."""
    first = row.mark is not None and row.mark.style is MarkerStyle.ENUMERATION and row.mark.ordinal == 1
    return first and "二是" in row.body
