"""What stands around the chosen points: opening, closing, the user's facts, what is left to fill in."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.datatypes import DraftSection, Edit, Paragraph, Provenance, ProvenanceKind, Sentence
from assistant.drafting.emphasis import LONGEST, answers, in_season, name_of, stress_of
from assistant.drafting.fill import fill, is_open
from assistant.drafting.likeness import REPEATS, overlap, shape
from assistant.drafting.offers import jitter
from assistant.drafting.outline import emphasised
from assistant.drafting.periods import usual_day
from assistant.drafting.setting import Setting, with_slot
from assistant.drafting.templates import Template, load_templates
from corpus.datatypes import Topic

_NAMED = 0.6  # share of an emphasis that a template's keyword must cover to answer it
_SAID = 0.67  # share of an emphasis that a point must hold to answer it
_LATER = (6, 10, 12)  # months of the plan year in which a user may draft who does not say when
_TURN = 0.4  # how far one year's choice of words differs from another's
_GENERAL = (Topic.SERVICE, Topic.ORGANISATION)  # sections that take in what belongs to no other
_PURPOSE = "，特制定本计划。"  # what an opening ends in; it comes last, after what the user stressed


def opening(setting: Setting) -> Paragraph:
    """The first paragraph: the year, formula, congresses, superiors, the unit's centre of work, what is stressed."""
    first = _framing("opening", setting, frozenset())
    lead = () if first.text.startswith(setting.in_text) else _lead(setting)  # or the year would be said twice
    sentences = (*lead, *first.sentences)
    wanted = [text for text in setting.request.emphasis if len(text) <= LONGEST]
    named = "、".join(name_of(text) for text in wanted if in_season(text, request=setting.request))
    stress = _told_of("stress", named, setting) if named else None
    if stress and sentences[-1].text.endswith(_PURPOSE):
        sentences = (*sentences[:-1], _without_purpose(sentences[-1]), *stress)
    elif stress:
        sentences = (*sentences, stress[0])
    return replace(first, sentences=sentences)


def _told_of(role: str, words: str, setting: Setting) -> tuple[Sentence, ...] | None:
    """The template of a role about what the user stressed; a thing that came up later in the plan year may be named,
    for a user who stresses it drafts after it came up.
    """
    template = next(each for each in load_templates() if each.role == role)
    asked = setting.request
    usual = asked.drafted == usual_day(asked.year, asked.period)
    later = tuple(date(asked.year, month, 28) for month in _LATER) if usual else ()
    for request in (asked, *(replace(asked, drafted=day) for day in later)):
        sentences = fill(template, setting=with_slot(replace(setting, request=request), "侧重", words))
        if sentences:
            return sentences
    return None


def without_stress(paragraph: Paragraph) -> Paragraph:
    """The paragraph without the sentences that name what the user stressed."""
    kept = tuple(one for one in paragraph.sentences if one.provenance.source not in _stress_ids())
    return replace(paragraph, sentences=kept)


def _stress_ids() -> tuple[str, ...]:
    return tuple(template.id for template in load_templates() if template.role == "stress")


def _lead(setting: Setting) -> tuple[Sentence, ...]:
    """A sentence on what makes the year a year of its own, where the timeline knows of something."""
    for template in load_templates():
        if template.role == "lead" and is_open(template, setting=setting):
            return fill(template, setting=setting) or ()
    return ()


def _without_purpose(sentence: Sentence) -> Sentence:
    """The opening's sentence without ，特制定本计划 at its end."""
    told = sentence.provenance
    last = told.end - told.start
    edit = Edit(last - len(_PURPOSE), last, _PURPOSE, "。", "侧重另起一句")
    edits = (*told.edits, edit)
    text = sentence.text.removesuffix(_PURPOSE) + "。"
    return Sentence(text, Provenance(told.kind, told.source, told.start, told.end, edits))


def closing(setting: Setting, *, first: Paragraph | None) -> Paragraph:
    """The last paragraph, in other words than the first."""
    return _framing("closing", setting, shape(first.text) if first else frozenset())


def told_facts(topics: Mapping[str, Sequence[Topic]], *, setting: Setting) -> Mapping[str, tuple[Paragraph, ...]]:
    """The user's own facts by section id, each in the section its words belong to, else in the first."""
    found: dict[str, list[Paragraph]] = defaultdict(list)
    for fact in setting.request.facts if topics else ():
        text = fact if fact[-1] in "。！？" else fact.rstrip("；;，,.") + "。"
        found[_home(fact, topics)].append(Paragraph((Sentence(text, Provenance(ProvenanceKind.USER)),)))
    return {identifier: tuple(paragraphs) for identifier, paragraphs in found.items()}


def open_points(
    sections: Sequence[DraftSection], topics: Mapping[str, Sequence[Topic]], *, setting: Setting
) -> Mapping[str, tuple[Paragraph, ...]]:
    """A point 【待填】 by section id for every emphasis that no sentence of the draft speaks of."""
    filled = [section for section in sections if section.id in topics]  # the opening names it whatever follows
    texts = [paragraph.text for section in filled for paragraph in section.paragraphs]
    said = [shape(text) for text in texts]
    said += [shape(section.heading) for section in sections]
    keywords = _keywords(sections)
    found: dict[str, list[Paragraph]] = defaultdict(list)
    for emphasis in setting.request.emphasis if topics else ():
        wanted = shape(emphasis)
        answered = any(str(topic) == emphasis for own in topics.values() for topic in own)
        if stress_of(emphasis) is not None:
            answered = answered or any(answers(text, emphasis) for text in texts)
        else:
            named = (each for each in keywords if each in emphasis and len(each) >= _NAMED * len(emphasis))
            answered = answered or any(named) or any(len(wanted & each) >= _SAID * len(wanted) for each in said)
        known = in_season(emphasis, request=setting.request)
        if not answered and wanted and known and len(emphasis) <= LONGEST:
            sentences = _told_of("emphasis", emphasis, setting)
            found[_home(emphasis, topics)] += [Paragraph(sentences)] if sentences else []
    return {identifier: tuple(paragraphs) for identifier, paragraphs in found.items()}


def _keywords(sections: Sequence[DraftSection]) -> frozenset[str]:
    """What the templates that stand in the draft answer."""
    sentences = (one for section in sections for paragraph in section.paragraphs for one in paragraph.sentences)
    used = {one.provenance.source for one in sentences if one.provenance.kind is ProvenanceKind.TEMPLATE}
    return frozenset(keyword for template in load_templates() if template.id in used for keyword in template.keywords)


def _home(text: str, topics: Mapping[str, Sequence[Topic]]) -> str:
    """The section whose own or guest topics the text speaks of, else the first."""
    wanted = emphasised((text,))
    own = [identifier for identifier, found in topics.items() if found[0] in wanted]
    guests = [identifier for identifier, found in topics.items() if set(found) & set(wanted)]
    general = [identifier for identifier, found in topics.items() if found[0] in _GENERAL]
    return (own or guests or general or list(topics))[0]


def _framing(role: str, setting: Setting, said: frozenset[str]) -> Paragraph:
    """The best template of a role that fits and says something new; ValueError when there is none (a bug of ours)."""
    fitting = [each for each in load_templates() if each.role == role and is_open(each, setting=setting)]
    for template in sorted(fitting, key=lambda each: (-_worth(each, setting), each.id)):
        sentences = fill(template, setting=setting)
        if sentences and all(overlap(shape(sentence.text), said) < REPEATS for sentence in sentences):
            return Paragraph(sentences, numbered=False)
    raise ValueError(f"no {role} template fits {setting.organisation} {setting.request.year} {setting.period}")


def _worth(template: Template, setting: Setting) -> float:
    """Another year, another wording: a unit that drafts every year does not open with the same words."""
    digest = hashlib.blake2b(f"{setting.request.year}:{template.id}".encode(), digest_size=2).digest()
    turn = _TURN * int.from_bytes(digest, "big") / 2**16
    return template.weight + (0.2 if template.organisations else 0.0) + turn + jitter(template.id, setting)
