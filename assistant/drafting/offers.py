"""What may stand in a section: points of the samples and templates, each with a score."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.datatypes import Paragraph, Sentence
from assistant.drafting.abouts import template_abouts
from assistant.drafting.adapt import borrow
from assistant.drafting.exchange import is_area
from assistant.drafting.fill import fill, fill_title, is_open
from assistant.drafting.likeness import shape
from assistant.drafting.outline import shapes
from assistant.drafting.pieces import Piece
from assistant.drafting.pool import Pool
from assistant.drafting.setting import Setting
from assistant.drafting.templates import Template, load_templates
from corpus.datatypes import Topic

_NEAR = (1.12, 0.8, 0.7, 0.6, 0.5, 0.45, 0.4)  # own type, then neighbours by distance
_RANK = (0.0, 0.3, 0.5)  # what a piece loses when the topic is its second or third
_SPREAD = 0.9  # how far another seed moves a score
_MODERN_YEARS = 12
_FRESH, _STALE = 0.5, 8  # what a piece of the plan's own year gains; years after which nothing is left of it
_CONCRETE = re.compile(  # when, how often, by what means: what makes a point work rather than a wish
    r"每[月季年周两]|每半年|每学期|按[月季]|年[初中底终]|月底|[一二三四两]次|[一二三四]季度|上旬|定期|及时|"
    r"建立|档案|台账|公示|公布|公开栏|检查|考核|培训|评选|评比|提案|反馈|答复|征集|问卷|座谈|讲座|走访|探望|慰问|"
    r"比赛|竞赛|巡视|审议|签订|结对|不少于|必访|帮困"
)
_VAGUE = re.compile(  # what any sentence can say of itself
    r"努力|不断|进一步|切实|积极|大力|充分|全面|广泛|深入|着力|良好|氛围|热情|形象|素养|境界|活力|凝聚力|吸引力|"
    r"新局面|新进展|有机结合|领域和范围|更大的?贡献|水平|作用|意识|能力|环境|精神"
)
_EMPTY = 0.9  # what a point loses that names neither time nor means
_EXPECTED = 0.2  # what a template gains that every plan of the type should have
_SLOGAN = 16  # characters; a shorter first sentence is a lead-in that no template has
_ENOUGH = 60  # pieces of the own type on a topic that make the neighbours' unneeded
_MOST_OFFERS = 90  # on a topic
_MOST_PIECES = 120  # of one type and topic, the best first: keeps a draft fast however large the library


@dataclass(frozen=True, slots=True)
class Offer:
    """A point that may be taken into a section; `piece` or `template` is where it comes from."""

    id: str
    score: float
    length: int  # characters, before adaptation
    source: str  # plan id or template file stem: points of one source are taken in turns
    about: str
    abouts: frozenset[str]
    topic: Topic
    piece: Piece | None = None
    template: Template | None = None

    @property
    def text(self) -> str:
        """Its words before adaptation, slots unfilled."""
        return self.piece.text if self.piece else self.template.title + self.template.text if self.template else ""


@dataclass(slots=True)
class Shelf:
    """The offers of one draft, worked out once each. Belongs to one call."""

    setting: Setting
    pool: Pool
    homes: frozenset[Topic] = frozenset()  # topics that have a place of their own in the draft
    _ranked: dict[Topic, tuple[Offer, ...]] = field(default_factory=dict)
    _ready: dict[str, Paragraph | None] = field(default_factory=dict)

    def offers(self, topic: Topic) -> tuple[Offer, ...]:
        """Everything on a topic for this plan, the best first."""
        if topic not in self._ranked:
            found = [*_borrowed(topic, self.setting, self.pool, self.homes), *_written(topic, self.setting)]
            self._ranked[topic] = tuple(sorted(found, key=lambda offer: (-offer.score, offer.id)))[:_MOST_OFFERS]
        return self._ranked[topic]

    def paragraph(self, offer: Offer) -> Paragraph | None:
        """The offer in the unit's words, None where it does not fit."""
        if offer.id not in self._ready:
            self._ready[offer.id] = _realised(offer, setting=self.setting)
        return self._ready[offer.id]


def _realised(offer: Offer, *, setting: Setting) -> Paragraph | None:
    """The offer as a paragraph of the draft, or None where it does not fit."""
    if offer.template is not None:
        filled = fill(offer.template, setting=setting)
        title = fill_title(offer.template, setting=setting)
        return Paragraph(filled, title=title) if filled else None
    assert offer.piece is not None  # an offer has one of the two
    kept: list[Sentence] = []
    for start, end in offer.piece.spans:
        sentence = borrow(offer.piece.passage, start, end, setting=setting)
        if sentence is None:
            break
        kept.append(sentence)
    if len(kept) > 1 and len(kept[0].text) <= _SLOGAN:
        kept = kept[1:]  # the sentence that follows a bare motto says the work itself
    return Paragraph(tuple(kept)) if sum(len(sentence.text) for sentence in kept) >= 28 else None


def _borrowed(topic: Topic, setting: Setting, pool: Pool, homes: frozenset[Topic]) -> Iterator[Offer]:
    organisation = setting.organisation
    enough = len(pool.pieces(organisation).get(topic, ())) >= _ENOUGH
    for distance, other in enumerate((organisation, *shapes().neighbours[organisation])):
        if distance and enough:
            return
        near = _NEAR[min(distance, len(_NEAR) - 1)]
        stranger = shapes().strangers.get(topic)
        for piece in pool.pieces(other).get(topic, ())[:_MOST_PIECES]:
            if stranger and stranger.search(piece.text):
                continue
            score = near + _merit(piece, topic) - (0.6 if piece.topics[0] in homes - {topic} else 0.0)
            score += _fresh(piece, setting) + jitter(piece.id, setting) + _asked(piece, setting)
            yield Offer(piece.id, score, len(piece.text), piece.passage.plan_id, "", piece.abouts, topic, piece=piece)


def _written(topic: Topic, setting: Setting) -> Iterator[Offer]:
    for template in load_templates():
        if template.topic is topic and template.role == "item" and is_open(template, setting=setting):
            score = _base(setting) + 0.35 * (template.weight - 1.0) + _fitted(template, setting)
            score += _EXPECTED if template.weight >= 1.5 else 0.0
            score += _modern(template, setting) + jitter(template.id, setting) + _called_for(template, setting)
            yield Offer(
                template.id,
                score,
                len(template.text),
                "template",
                template.about,
                template_abouts(template),
                topic,
                template=template,
            )


def _merit(piece: Piece, topic: Topic) -> float:
    """What a piece is worth by itself: on the topic, said by many, concrete, neither scrap nor lump."""
    text = piece.text
    concrete, vague = len(set(_CONCRETE.findall(text))), len(_VAGUE.findall(text))
    plain = 0.07 * min(concrete, 4) - 0.04 * min(vague, 8) - (0.0 if concrete else _EMPTY)
    length = -0.25 if len(text) < 40 else -0.3 if len(text) > 160 else -0.12 if len(text) > 120 else 0.0
    rank = piece.topics.index(topic) if topic in piece.topics else len(_RANK) - 1
    women = 0.4 if "女" in text and topic not in (Topic.WOMEN, Topic.RIGHTS) else 0.0
    return 0.1 * min(piece.typicality, 3) + plain + length - _RANK[rank] - women


def _fresh(piece: Piece, setting: Setting) -> float:
    """What a piece gains for being of these years: its ways of working are still ours."""
    passage = piece.passage
    written = passage.year or (passage.era[0] if passage.era else None)
    age = abs(setting.request.year - written) if written else _STALE
    return _FRESH * max(0.0, 1 - age / _STALE)


def _base(setting: Setting) -> float:
    """The samples end in 2016: the later the plan, the more it needs wording of our own."""
    return 1.0 if setting.request.year >= 2018 else 0.85


def _fitted(template: Template, setting: Setting) -> float:
    """Wording for the type beats wording for all, most of all where a union has no house of its own.

    Wording for this very kind of unit beats both.
    """
    if template.organisations:
        return 0.12 if template.names is None else 0.5
    return -0.25 if is_area(setting.organisation) else 0.0


def _modern(template: Template, setting: Setting) -> float:
    """Work that began in the last years reads as of today."""
    if template.first is None:
        return 0.0
    first = template.first if isinstance(template.first, int) else template.first.year
    return 0.08 if setting.request.year - first <= _MODERN_YEARS else 0.0


def _called_for(template: Template, setting: Setting) -> float:
    asked = "".join(setting.request.emphasis)
    named = any(keyword in asked for keyword in template.keywords) or bool(template.about and template.about in asked)
    return 0.8 if named else 0.0


def _asked(piece: Piece, setting: Setting) -> float:
    wanted = [shape(text) for text in setting.request.emphasis]
    return 0.6 if any(len(each & piece.shape) >= 0.6 * len(each) > 0 for each in wanted) else 0.0


def jitter(identifier: str, setting: Setting) -> float:
    """Seed 0 takes the best; any other seed shuffles, the same way every time."""
    if setting.request.seed == 0:
        return 0.0
    digest = hashlib.blake2b(f"{setting.request.seed}:{identifier}".encode(), digest_size=4).digest()
    return _SPREAD * (int.from_bytes(digest, "big") / 2**32 - 0.5)
