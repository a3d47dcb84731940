"""Choose the points of a section: the best that fit, that say something new, of the length asked."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from assistant.datatypes import Paragraph
from assistant.drafting.emphasis import in_season, wanted_in
from assistant.drafting.likeness import REPEATS, overlap, shape
from assistant.drafting.offers import Offer, Shelf
from assistant.drafting.outline import FIXED, promises_of, shapes
from corpus.datatypes import Topic

_TURNS = {True: 0.42, False: 0.2}  # what templates, and what a sample, lose with each point taken in this section
_BORROWED = 0.4  # share of points that should come from samples where these are good
_BALANCE = 0.55  # what a good sample gains while that share is not reached
_GOOD = 0.65  # score of a good sample
_ONCE = frozenset(
    {
        "经费公开",
        "体检",
        "职代会召开",
        "托管",
        "运动会",
        "母婴",
        "疗休养",
        "经审",
        "书屋",
        "困难档案",
        "师徒",
        "公开",
        "驿站",
    }
)
_AGAIN = 0.5  # what a point loses for each work the draft already plans
_SHORT_SENTENCE = 12  # letters; shorter ones may resemble others by chance


@dataclass(slots=True)
class Ledger:
    """What the draft says so far, so that nothing is said twice. Belongs to one call of `draft_plan`."""

    shapes: list[frozenset[str]] = field(default_factory=list)
    abouts: set[str] = field(default_factory=set)  # declared by templates
    works: set[str] = field(default_factory=set)  # told from the words
    offers: set[str] = field(default_factory=set)
    points: int = 0  # chosen so far
    borrowed: int = 0  # of them, from samples

    def repeats(self, texts: Iterable[str]) -> bool:
        """Whether one of the texts says what the draft already says."""
        return any(
            overlap(new, old) >= REPEATS
            for new in (shape(text) for text in texts if len(text) >= _SHORT_SENTENCE)
            for old in self.shapes
        )

    def enter(self, paragraph: Paragraph, offer: Offer | None = None) -> None:
        """Note a paragraph that now stands in the draft."""
        self.shapes.extend(
            shape(sentence.text) for sentence in paragraph.sentences if len(sentence.text) >= _SHORT_SENTENCE
        )
        if offer is not None:
            self.offers.add(offer.id)
            self.points += 1
            self.borrowed += offer.piece is not None
            self.abouts.update({offer.about} - {""})
            self.works.update(offer.abouts if offer.topic not in FIXED else ())  # a goal leaves the work to be told


@dataclass(frozen=True, slots=True)
class Choice:
    """A point taken, with what it was worth."""

    offer: Offer
    paragraph: Paragraph


def choose(
    topics: Sequence[Topic], *, heading: str, characters: int, shelf: Shelf, ledger: Ledger
) -> tuple[Choice, ...]:
    """Points for a section of about `characters`: the first topic is its own, the others are guests with one each.

    What the heading names comes first, even where it makes the section longer.
    """
    taken: list[Choice] = []
    shares = _shares(len(topics))
    promised = (*promises_of(heading), *_stressed(topics, shelf))
    for topic, share in zip(topics, shares, strict=True):
        room = characters - _length(taken)
        named = promised if topic is topics[0] else ()
        taken += _from_topic(topic, topics[0], min(room, int(characters * share)), named, shelf, ledger)
    if topics and _length(taken) < 0.75 * characters:
        room = characters - _length(taken)
        extra = _from_topic(topics[0], topics[0], room, (), shelf, ledger)
        own = sum(choice.offer.topic is topics[0] for choice in taken)
        taken[own:own] = extra
    return tuple(taken)


def _stressed(topics: Sequence[Topic], shelf: Shelf) -> tuple[re.Pattern[str], ...]:
    """What the section owes to the user's emphasis."""
    request = shelf.setting.request
    known = [text for text in request.emphasis if in_season(text, request=request)]
    said = wanted_in(topics[0], known) if topics else ()
    offered = [offer.text for offer in shelf.offers(topics[0])] if topics and known else []
    named = [text for text in known if any(text in offer for offer in offered)]  # in the user's own words
    return (*said, *(re.compile(re.escape(text)) for text in named))


def _shares(count: int) -> tuple[float, ...]:
    """The section's own topic gets half or more, guests share the rest."""
    if count == 1:
        return (1.0,)
    own = {2: 0.62, 3: 0.5}.get(count, 0.42)
    return (own, *([(1.0 - own) / (count - 1)] * (count - 1)))


def _from_topic(
    topic: Topic,
    host: Topic,
    characters: int,
    promised: Sequence[re.Pattern[str]],
    shelf: Shelf,
    ledger: Ledger,
) -> list[Choice]:
    """At least one point where any fits, more while there is room or a promise is open."""
    welcome = shapes().welcome.get(topic, {}).get(host)
    ranked = [offer for offer in shelf.offers(topic) if topic is host or not welcome or welcome.search(offer.text)]
    taken: list[Choice] = []
    unmet = list(promised)
    turns: Counter[str] = Counter()
    while ranked and (not taken or characters - _length(taken) > 55 or unmet):
        room = characters - _length(taken)
        if room <= 55 and taken:
            ranked = [offer for offer in ranked if _keeps(offer, unmet)]
        ranked.sort(
            key=lambda offer: (_excess(offer, room) - _worth(offer, turns, ledger) - _keeps(offer, unmet), offer.id)
        )
        choice = _best(ranked, room, bool(taken) and not unmet, shelf, ledger)
        if choice is None:
            break
        ledger.enter(choice.paragraph, choice.offer)
        unmet = [pattern for pattern in unmet if not pattern.search(choice.paragraph.text)]
        turns[choice.offer.source] += 1
        taken.append(choice)
    return taken


def _keeps(offer: Offer, unmet: Sequence[re.Pattern[str]]) -> bool:
    """Whether the point says what the heading promised and nothing said yet."""
    return any(pattern.search(offer.text) for pattern in unmet)


def _worth(offer: Offer, turns: Counter[str], ledger: Ledger) -> float:
    wanted = offer.piece is not None and offer.score >= _GOOD and ledger.borrowed < _BORROWED * (ledger.points + 1)
    return (
        offer.score
        + (_BALANCE if wanted else 0.0)
        - _TURNS[offer.template is not None] * turns[offer.source]
        - _AGAIN * len(offer.abouts & ledger.works)
    )


def _excess(offer: Offer, room: int) -> float:
    """What a point loses for being longer than there is room for."""
    return max(0, offer.length - max(room, 40)) / 100


def _best(ranked: list[Offer], room: int, full: bool, shelf: Shelf, ledger: Ledger) -> Choice | None:
    """The first offer that fits, says something new and is not too long; offers that never will are dropped."""
    for offer in list(ranked):
        planned = offer.abouts & ledger.works & _ONCE
        if offer.id in ledger.offers or offer.about in ledger.abouts - {""} or planned:
            ranked.remove(offer)
            continue
        paragraph = shelf.paragraph(offer)
        paragraph = _fresh(paragraph, ledger) if paragraph else None
        if paragraph is None:
            ranked.remove(offer)
            continue
        paragraph = _trimmed(paragraph, max(room, 70) + 45, template=offer.template is not None)
        if full and len(paragraph.text) > room + 45:
            continue
        ranked.remove(offer)
        return Choice(offer, paragraph)
    return None


def _fresh(paragraph: Paragraph, ledger: Ledger) -> Paragraph | None:
    """The paragraph up to the first sentence that repeats the draft or itself; None when nothing is left."""
    kept = []
    own = Ledger()
    for sentence in paragraph.sentences:
        if ledger.repeats([sentence.text]) or own.repeats([sentence.text]):
            break
        own.enter(Paragraph((sentence,)))
        kept.append(sentence)
    long_enough = sum(len(sentence.text) for sentence in kept) >= 28
    return replace(paragraph, sentences=tuple(kept)) if long_enough else None


def _trimmed(paragraph: Paragraph, most: int, *, template: bool) -> Paragraph:
    """The paragraph without its last sentences where it is too long; its first sentence always stays."""
    kept = list(paragraph.sentences)
    while len(kept) > 1 and sum(len(sentence.text) for sentence in kept) > most:
        kept.pop()
    whole = len(kept) == len(paragraph.sentences) or template or sum(len(one.text) for one in kept) >= 28
    return replace(paragraph, sentences=tuple(kept)) if whole else paragraph


def _length(choices: Sequence[Choice]) -> int:
    return sum(len(choice.paragraph.text) for choice in choices)
