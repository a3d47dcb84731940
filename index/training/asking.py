"""The authored data as training pairs: query and passage, everyday word and plan word, slips on purpose."""

import random
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.datatypes import Passage
from index.training.domain import Anchor, Domain, Query, Synonyms, WrittenPassage
from index.training.library import clauses
from index.training.pairs import Pair, Source
from index.training.sounds import same_sound, syllables

SLIP = 0.25  # share of the queries that are also learnt with a homophone in them
PINYIN = 0.06  # … with a word typed in pinyin
SCOPED = 0.25  # … with the organisation named before them
BARE = 0.5  # share of the texts learnt without title and headings
EXAMPLES = 4  # passages learnt for each way to ask about a matter
SLOT = re.compile(r"〔[^〕]*〕")


def folded(text: str) -> str:
    """Letters, digits and Han only, slots and masks left out: quotes match whatever cleaning did around them."""
    plain = unicodedata.normalize("NFKC", SLOT.sub("", text))
    return "".join(c for c in plain if c.isalnum() and c not in "xX")


def find_anchor(anchor: Anchor, passages: Sequence[Passage]) -> Passage | None:
    """The passage that holds the anchor's quote; None when the library does not have it."""
    quote = folded(anchor.quote)
    held = (passage for passage in passages if passage.file == anchor.file and quote in folded(passage.text))
    return min(held, key=lambda passage: len(passage.text), default=None)


@dataclass(frozen=True, slots=True)
class Slips:
    """Ways to get a query wrong, drawn from `chance`."""

    chance: random.Random

    def homophone(self, text: str) -> str:
        """One character replaced by another that sounds the same."""
        places = [i for i, c in enumerate(text) if syllables(c) and len(same_sound().get(syllables(c)[0], "")) > 1]
        if not places:
            return text
        place = self.chance.choice(places)
        others = same_sound()[syllables(text[place])[0]].replace(text[place], "")
        return text[:place] + self.chance.choice(others) + text[place + 1 :]

    def pinyin(self, text: str) -> str:
        """Two neighbouring characters typed as pinyin."""
        places = [i for i in range(len(text) - 1) if syllables(text[i]) and syllables(text[i + 1])]
        if not places:
            return text
        place = self.chance.choice(places)
        return text[:place] + "".join(syllables(text[place : place + 2])) + text[place + 2 :]


def _variants(query: Query, organisation: str, slips: Slips) -> list[str]:
    chance, texts = slips.chance, [query.text]
    if chance.random() < SLIP:
        texts.append(slips.homophone(query.text))
    if chance.random() < PINYIN:
        texts.append(slips.pinyin(query.text))
    if query.kind != "org_scoped" and chance.random() < SCOPED:
        texts.append(f"{organisation}{query.text}")
    return texts


def query_sources(
    domain: Domain, passages: Sequence[Passage], *, keys: Mapping[str, str], seed: int, repeat: int, held_out: bool
) -> tuple[Source, ...]:
    """Authored queries with the passages that answer them; `keys` as `library.duplicate_keys` gives them.

    With `held_out`, what the check asks is left out.
    """
    slips = Slips(random.Random(seed))

    def pairs(
        owner: Anchor | WrittenPassage, text: str, full: str, organisation: str, key: str, facet: str
    ) -> list[Pair]:
        if held_out and owner.checked:
            return []
        asked = [query for query in owner.queries if not (held_out and query.checked)]
        texts = [variant for query in asked for variant in _variants(query, organisation, slips)]
        return [Pair(q, text if slips.chance.random() < BARE else full, key, facet) for q in texts]

    found = [(anchor, find_anchor(anchor, passages)) for anchor in domain.anchors]
    samples = [
        pair
        for a, p in found
        if p is not None
        for pair in pairs(a, p.text, p.embedding_text, p.organisation.value, keys[p.id], a.facet)
    ]
    written = [
        pair
        for p in domain.passages
        for pair in pairs(p, p.text, p.embedding_text, p.organisation, p.id, p.id.split("-")[0])
    ]
    return (
        Source("queries/samples", tuple(samples), repeat, asked=True, matched=True),
        Source("queries/written", tuple(written), repeat, asked=True, matched=True),
    )


def word_sources(domain: Domain, texts: Mapping[str, str], *, seed: int, repeat: int) -> tuple[Source, ...]:
    """Words as pairs, and what they say about `texts` (key -> text): clauses retold in everyday words, matters asked
    about where a text names them.
    """
    chance = random.Random(seed)
    words = [
        Pair(everyday, plan, group.plan[0])
        for group in domain.synonyms
        for plan in group.plan
        for everyday in (*group.everyday, *(other for other in group.plan if other != plan))
    ]
    words += [
        Pair(asked, plan, matter.plan[0]) for matter in domain.matters for plan in matter.plan for asked in matter.asked
    ]
    made = {
        "words": words,
        "retold": _retold(domain, texts, chance),
        "matters": _matters(domain, texts, chance),
        "parts": _parts(domain),
    }
    return tuple(
        Source(f"domain/{name}", tuple(pairs), repeat, name != "words", matched=True) for name, pairs in made.items()
    )


def _retold(domain: Domain, texts: Mapping[str, str], chance: random.Random) -> list[Pair]:
    by_word = {word: group for group in domain.synonyms for word in group.plan}
    pattern = re.compile("|".join(sorted(map(re.escape, by_word), key=lambda word: (-len(word), word))))
    told = [(key, clause, retell(clause, pattern, by_word, chance)) for key in texts for clause in clauses(texts[key])]
    return [Pair(new, texts[key], key) for key, clause, new in told if new != clause]


def _matters(domain: Domain, texts: Mapping[str, str], chance: random.Random) -> list[Pair]:
    found = []
    for matter in domain.matters:
        keys = [key for key, text in texts.items() if any(name in text for name in matter.plan)]
        for asked in matter.asked:
            chosen = chance.sample(keys, min(EXAMPLES, len(keys)))
            found += [Pair(asked, texts[key], key, matter.plan[0]) for key in chosen]
    return found


def _parts(domain: Domain) -> list[Pair]:
    """Headings and clauses of the passages written here, with the passages."""
    headed = [Pair(p.heading, p.text, p.id) for p in domain.passages]
    return headed + [
        Pair(part, p.embedding_text.replace(part, ""), p.id)
        for p in domain.passages
        for part in re.split(r"[，。；]", p.text)
        if len(part) > 5
    ]


def retell(clause: str, pattern: re.Pattern[str], by_word: Mapping[str, Synonyms], chance: random.Random) -> str:
    """The clause with its plan words put in everyday words, now and then left as they are."""

    def everyday(match: re.Match[str]) -> str:
        return chance.choice(by_word[match[0]].everyday) if chance.random() < 0.8 else match[0]

    return pattern.sub(everyday, clause)
