"""A gap filled: its points stand in the new plan as one more part, told as a change like every other."""

from dataclasses import replace

from assistant.datatypes import Draft, DraftSection
from assistant.export.lines import draft_lines
from assistant.rolling.datatypes import Change, ChangeKind, Gap, Rollover
from corpus.datatypes import Topic
from corpus.errors import BadRequest


def fill_gap(rolled: Rollover, topic: Topic) -> Rollover:
    """The roll-over with the points of the gap on `topic` as its last part. Raises BadRequest where there is none."""
    gap = next((each for each in rolled.gaps if each.topic is topic), None)
    if gap is None or not gap.items:
        raise BadRequest(f"“{topic}”没有可补的内容：它已经加入，或范文里没有合适的写法。")
    section = _section(gap, rolled.draft)
    draft = replace(rolled.draft, sections=(*rolled.draft.sections, section))
    place = _end_of_body(rolled)
    added = Change(place, place, "", _printed(draft, section), gap.reason, ChangeKind.GAP, 0)
    before = [each for each in rolled.changes if each.end <= place]
    behind = [each for each in rolled.changes if each.end > place]
    changes = _placed([*before, added, *behind])
    added = changes[len(before)]
    text = rolled.text_after[: added.after_start] + added.after + rolled.text_after[added.after_start :]
    rest = tuple(each for each in rolled.gaps if each is not gap)
    return replace(rolled, text_after=text, changes=changes, gaps=rest, draft=draft)


def _section(gap: Gap, draft: Draft) -> DraftSection:
    """The part; headings are counted only where those of the plan are."""
    key = f"gap-{gap.topic.name.lower()}"
    return DraftSection(key, gap.heading or str(gap.topic), gap.topic, gap.items, gap.support)


def _printed(draft: Draft, section: DraftSection) -> str:
    lines = [line for line in draft_lines(draft) if line.section == section.id]
    return "".join(f"\n{line.number}{line.text}" for line in lines)


def _end_of_body(rolled: Rollover) -> int:
    """In front of signature and date, where those stand in the old text, and inside of no change."""
    text = rolled.text_before
    found = text.rfind(rolled.draft.signature) if rolled.draft.signature else -1
    place = len(text[:found].rstrip()) if found > 0 else len(text.rstrip())
    inside = next((each for each in rolled.changes if each.start < place < each.end), None)
    return inside.end if inside else place


def _placed(changes: list[Change]) -> tuple[Change, ...]:
    found, shift = [], 0
    for each in changes:
        found.append(replace(each, after_start=each.start + shift))
        shift += len(each.after) - len(each.before)
    return tuple(found)
