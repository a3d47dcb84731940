"""Make the references of a borrowed sentence right for another date."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from assistant.datatypes import Edit
from assistant.timeline.corrections import Correction, corrections
from assistant.timeline.entries import EntryKind
from assistant.timeline.forms import Forms
from assistant.timeline.judge import judge
from assistant.timeline.references import Reference, find
from assistant.timeline.rewording import good
from assistant.timeline.squeeze import squeeze
from assistant.timeline.table import Facts


def refresh(text: str, *, facts: Facts, index: Forms, drafted: date, year: int) -> tuple[Edit, ...] | None:
    """Edits after which every reference stands on that day; () when all do, None when no wording fits."""
    wanted = corrections(text, facts=facts, index=index, drafted=drafted, year=year, assumed=False, history=False)
    edits = []
    for each in wanted:
        if each.after is None:
            return None
        edits.append(Edit(each.start, each.end, each.before, each.after, each.verdict.why or "时效更新"))
    if not edits:
        return ()
    renewed = applied(text, wanted)
    before, after = find(text, facts=facts, index=index), find(renewed, facts=facts, index=index)
    sound = all(good(each, judge(each, facts=facts, drafted=drafted, year=year, history=False)) for each in after)
    repeated = any(count > _repeats(before)[kind] for kind, count in _repeats(after).items())
    return None if not sound or repeated else tuple(edits)


def applied(text: str, wanted: Sequence[Correction]) -> str:
    """The text with every correction made; those without a wording are left alone."""
    for each in reversed(wanted):
        if each.after is not None:
            text = text[: each.start] + each.after + text[each.end :]
    return text


def _repeats(references: Sequence[Reference]) -> Counter[EntryKind]:
    """How often a text names again, in the same words, what it has named: by kind."""
    counts = Counter((each.kind, squeeze(each.alias).text) for each in references)
    repeats: Counter[EntryKind] = Counter()
    for (kind, _), count in counts.items():
        repeats[kind] += count - 1
    return repeats
