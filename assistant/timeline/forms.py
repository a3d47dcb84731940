"""Every literal form in which a fact is named, ready to be looked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.timeline.anniversaries import events
from assistant.timeline.entries import Entry, EntryKind
from assistant.timeline.squeeze import squeeze
from assistant.timeline.table import Facts

# recognised by their number, see patterns.py
NUMBERED = frozenset(
    {EntryKind.CONGRESS, EntryKind.PLENUM, EntryKind.UNION_CONGRESS, EntryKind.PLAN, EntryKind.PUFA}
    | {EntryKind.ANNIVERSARY}
)
OLDEST = 2000  # a fact that stands from before this year on can never be wrong, so it is not looked for
GENERIC = frozenset({EntryKind.CONCEPT, EntryKind.PROGRAMME, EntryKind.OBSERVANCE, EntryKind.CAMPAIGN})


@dataclass(frozen=True, slots=True)
class Forms:
    """Every literal form, by its first two characters, longest first: form -> ids."""

    by_head: Mapping[str, tuple[tuple[str, bool, tuple[str, ...]], ...]]
    kinds: Mapping[str, EntryKind]
    events: Mapping[str, str]  # names of the events that have anniversaries -> id


def forms(facts: Facts) -> Forms:
    """Index the names and aliases of a table for `find`."""
    holders: dict[tuple[str, bool], list[str]] = {}
    for entry in facts.entries.values():
        if entry.match and entry.kind not in NUMBERED and entry.kind is not EntryKind.FORMULA and not _always(entry):
            for form in _spellings(entry):
                quoted = form.startswith("“") and form.endswith("”")
                holders.setdefault((squeeze(form).text, quoted), []).append(entry.id)
    by_head: dict[str, list[tuple[str, bool, tuple[str, ...]]]] = {}
    for (form, quoted), ids in holders.items():
        by_head.setdefault(form[:2], []).append((form, quoted, tuple(dict.fromkeys(ids))))
    ordered = {head: tuple(sorted(group, key=lambda each: -len(each[0]))) for head, group in by_head.items()}
    return Forms(ordered, {entry.id: entry.kind for entry in facts.entries.values()}, events(facts))


def _always(entry: Entry) -> bool:
    """Nothing can ever be wrong about it in a plan of 2000 or later, or its days are not known."""
    if entry.start is None:
        return entry.kind in GENERIC
    closed = entry.end or entry.by or entry.fades
    return entry.kind in GENERIC and entry.start.year < OLDEST and not closed


def _spellings(entry: Entry) -> Iterator[str]:
    names = (entry.name, entry.short, *entry.aliases)
    for name in names:
        bare = name.removeprefix("《").removesuffix("》")
        if "：" not in bare and ":" not in bare and "未核" not in bare:
            yield bare
            yield bare.removeprefix("中华人民共和国")
            yield bare.removesuffix("（试行）").removesuffix("(试行)")
