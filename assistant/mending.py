"""一键改 in a draft: findings stand in its printed text, the words to change stand in its sentences."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.datatypes import Draft, Finding
from assistant.export.lines import draft_lines
from assistant.profile import put
from assistant.revising.operations import Place
from assistant.revising.targets import sentence_at

TITLE, SIGNATURE, DATED = "title", "signature", "dated"  # places outside the sections


@dataclass(frozen=True, slots=True)
class Spot:
    """`text[start:end]` of the printed draft is a sentence (`place` as `Place` writes it), a heading (a section's id)
    or one of title, signature and date.
    """

    start: int
    end: int
    place: str


def spots(draft: Draft, text: str) -> tuple[Spot, ...]:
    """Where everything stands in `text`, the draft as `plain_text` prints it, in reading order."""
    return tuple(_spots(draft, text))


def spot_of(finding: Finding, found: Sequence[Spot]) -> Spot | None:
    """Where a finding begins; None between the lines."""
    return next((spot for spot in found if spot.start <= finding.start < spot.end), None)


def mend(draft: Draft, findings: Iterable[Finding], *, text: str) -> tuple[Draft, int]:
    """The draft with the replacements of `findings` made, and how many were: those that lie in one sentence, heading
    or title of a part that is not locked. Sentences keep their provenance, the change among its edits.
    """
    found = spots(draft, text)
    done, reached = 0, len(text) + 1
    for finding in sorted(findings, key=lambda each: -each.start):
        spot = spot_of(finding, found)
        if finding.replacement is None or spot is None or finding.end > min(spot.end, reached):
            continue
        mended = _mended(draft, spot, finding)
        if mended != draft:
            draft, done, reached = mended, done + 1, finding.start
    return draft, done


def written(draft: Draft, place: str, text: str) -> Draft:
    """The draft with title, signature or date as the user writes it."""
    words = " ".join(text.split())
    match place:
        case "title":
            return replace(draft, title=words or draft.title)
        case "signature":
            return replace(draft, signature=words)
        case "dated":
            return replace(draft, dated=words)
    raise ValueError(f"{place!r} is no place outside the sections")


def _spots(draft: Draft, text: str) -> Iterator[Spot]:
    yield Spot(0, len(draft.title), TITLE)
    cursor = len(draft.title)
    for line in draft_lines(draft):
        if line.paragraph < 0:
            cursor = text.index(line.title, cursor)
            yield Spot(cursor, cursor + len(line.title), line.section)
            cursor += len(line.title)
        for position, sentence in enumerate(line.sentences):
            start = text.index(sentence.text, cursor)
            cursor = start + len(sentence.text)
            yield Spot(start, cursor, str(Place(line.section, line.paragraph, position)))
    for place, words in ((SIGNATURE, draft.signature), (DATED, draft.dated)):
        if words:
            cursor = text.index(words, cursor)
            yield Spot(cursor, cursor + len(words), place)
            cursor += len(words)


def _mended(draft: Draft, spot: Spot, finding: Finding) -> Draft:
    start, end, after = finding.start - spot.start, finding.end - spot.start, finding.replacement or ""
    if spot.place in (TITLE, SIGNATURE, DATED):
        words = {TITLE: draft.title, SIGNATURE: draft.signature, DATED: draft.dated}[spot.place]
        return written(draft, spot.place, words[:start] + after + words[end:])
    if "/" not in spot.place:
        section = next(each for each in draft.sections if each.id == spot.place)
        heading = section.heading[:start] + after + section.heading[end:]
        changed = section if section.locked else replace(section, heading=heading)
    else:
        section, paragraph, position = sentence_at(draft, Place.read(spot.place))
        held = section.paragraphs[paragraph]
        sentence = put(held.sentences[position], start, end, after, why=f"体检：{finding.message}")
        sentences = (
            *held.sentences[:position],
            *([sentence] if sentence.text else []),
            *held.sentences[position + 1 :],
        )
        kept = (replace(held, sentences=sentences),) if sentences else ()
        paragraphs = (*section.paragraphs[:paragraph], *kept, *section.paragraphs[paragraph + 1 :])
        changed = section if section.locked else replace(section, paragraphs=paragraphs)
    return replace(draft, sections=tuple(changed if each.id == changed.id else each for each in draft.sections))
