"""One topic across organisation types: what all share, what only one has, with passages as evidence."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from assistant.datatypes import Comparison, ComparisonColumn
from corpus.datatypes import OrganisationType, Passage, Topic
from corpus.duplicates import near_duplicates
from corpus.errors import BadRequest
from corpus.families import FAMILIES
from corpus.topics import topic_scores
from corpus.words import lexicon_terms, words
from index.datatypes import Hit

SAME = 0.8  # containment of shingles above which two passages are one
WORDS = 12  # distinctive words shown per column
FAINT, CLEAR = 2.0, 3.0  # cue points: less than a cue word; one clear cue word
SHARE = 0.25  # of the loudest topic's points, below which a clear cue is only a mention


def compare(topic: Topic, organisations: Sequence[OrganisationType], *, passages: Sequence[Passage]) -> Comparison:
    """Everything the library's plans say on `topic`, a column per organisation type.

    A column's hits are all its passages of the topic, the most typical first, near-duplicates folded. Texts that are
    not a union's take no part. Raises BadRequest for fewer than two different types.
    """
    kinds = tuple(dict.fromkeys(organisations))
    if len(kinds) < 2:
        raise BadRequest("比行业至少要两种不同的单位类型，例如 --organisation 学校 --organisation 医院。")
    cells = {kind: _cell(topic, kind, passages) for kind in kinds}
    counts = {kind: _concept_counts(cell, kind) for kind, cell in cells.items()}
    filled = [kind for kind in kinds if cells[kind]]
    return Comparison(
        topic=topic,
        columns=tuple(ComparisonColumn(kind, not cells[kind], cells[kind], _only_here(kind, counts)) for kind in kinds),
        common=_common({kind: counts[kind] for kind in filled}) if len(filled) > 1 else (),
    )


def _cell(topic: Topic, kind: OrganisationType, passages: Sequence[Passage]) -> tuple[Hit, ...]:
    """All passages of one type on the topic as hits, the most typical first."""
    found = {p.id: p for p in passages if p.is_union and p.organisation is kind and _speaks_of(p, topic)}
    twins: dict[str, tuple[Passage, ...]] = {}
    for group in near_duplicates({key: p.text for key, p in found.items()}, threshold=SAME):
        others = [member for member in group.members if member != group.best]
        twins[group.best] = tuple(found.pop(member) for member in sorted(others))
    scored = sorted(
        ((_typicality(p, topic, len(twins.get(p.id, ()))), p) for p in found.values()),
        key=lambda pair: (-pair[0], pair[1].id),
    )
    return tuple(
        Hit(p, score, rank, dense=0.0, keyword=0.0, also_in=twins.get(p.id, ()))
        for rank, (score, p) in enumerate(scored, start=1)
    )


def _speaks_of(passage: Passage, topic: Topic) -> bool:
    """Whether the passage says something on the topic, be it in passing: a comparison wants every statement, while a
    passage's own topics are the few it is mainly about.
    """
    if topic is Topic.MONTHLY and passage.months:
        return True
    scores = topic_scores(passage.text, headings=passage.headings)
    if topic in passage.topics:
        return scores[topic] >= FAINT
    return scores[topic] >= max(CLEAR, SHARE * max(scores.values()))


def _typicality(passage: Passage, topic: Topic, copies: int) -> float:
    """In (0, 2): how much the passage is about the topic, a little more when it stands in several plans."""
    place = passage.topics.index(topic) if topic in passage.topics else len(passage.topics)
    return 1 / (1 + place) + copies / (copies + 5)


def _concept_counts(cell: Sequence[Hit], kind: OrganisationType) -> Counter[str]:
    """In how many hits each term occurs; a sector's own word counts as its concept, so 教代会 and 职代会 meet."""
    concepts = _concepts(kind)
    known = frozenset(lexicon_terms()) | frozenset(concepts)
    return Counter(
        concept
        for hit in cell
        for concept in {concepts.get(word, word) for word in words(hit.passage.text) if word in known}
    )


def _concepts(kind: OrganisationType) -> Mapping[str, str]:
    return {word: family.concept for family in FAMILIES.values() for word in family.words.get(kind, ())}


def _only_here(kind: OrganisationType, counts: Mapping[OrganisationType, Counter[str]]) -> tuple[str, ...]:
    """Terms of this column that no other column has, the most frequent and longest first."""
    elsewhere = {term for other, counter in counts.items() if other is not kind for term in counter}
    own = {term: n * math.log(1 + len(term)) for term, n in counts[kind].items() if term not in elsewhere}
    best = sorted(own, key=lambda term: (-own[term], term))[:WORDS]
    return tuple(_named(term, (kind,)) for term in best)


def _common(counts: Mapping[OrganisationType, Counter[str]]) -> tuple[str, ...]:
    """Terms that every filled column has, by their smallest share."""
    shared = set.intersection(*(set(counter) for counter in counts.values()))
    weight = {term: min(counter[term] / counter.total() for counter in counts.values()) for term in shared}
    best = sorted(shared, key=lambda term: (-weight[term], term))[:WORDS]
    return tuple(_named(term, tuple(counts)) for term in best)


def _named(term: str, kinds: Sequence[OrganisationType]) -> str:
    """A term as people write it: a concept by the words these types have for it, 教代会／职代会."""
    family = FAMILIES.get(term)
    if family is None:
        return term
    return "／".join(dict.fromkeys(family.words[kind][0] for kind in kinds if kind in family.words))
