"""What stands around the chosen points: opening, closing, the user's facts, what is left to fill in."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.datatypes import DraftSection, Paragraph, Provenance, ProvenanceKind, Sentence
from assistant.drafting.fill import fill, is_open
from assistant.drafting.likeness import REPEATS, overlap, shape
from assistant.drafting.offers import jitter
from assistant.drafting.outline import emphasised
from assistant.drafting.setting import Setting, with_slot
from assistant.drafting.templates import Template, load_templates
from corpus.datatypes import Topic

_NAMED = 0.6  # share of an emphasis that a template's keyword must cover to answer it
_LONGEST_EMPHASIS = 20  # characters; a longer one is an instruction, not the name of some work


def opening(setting: Setting) -> Paragraph:
    """The first paragraph: formula, congresses, superiors, the unit's own centre of work, what the user stressed."""
    first = _framing("opening", setting, frozenset())
    named = [text.removesuffix("工作") for text in setting.request.emphasis if len(text) <= _LONGEST_EMPHASIS]
    template = next(each for each in load_templates() if each.role == "stress")
    stress = fill(template, setting=with_slot(setting, "侧重", "、".join(named))) if named else None
    return replace(first, sentences=(*first.sentences, *stress)) if stress else first


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
    said = [shape(paragraph.text) for section in filled for paragraph in section.paragraphs]
    said += [shape(section.heading) for section in sections]
    keywords = _keywords(sections)
    template = next(each for each in load_templates() if each.role == "emphasis")
    found: dict[str, list[Paragraph]] = defaultdict(list)
    for emphasis in setting.request.emphasis if topics else ():
        wanted = shape(emphasis)
        answered = any(str(topic) == emphasis for own in topics.values() for topic in own)
        answered = answered or any(
            keyword in emphasis and len(keyword) >= _NAMED * len(emphasis) for keyword in keywords
        )
        answered = answered or any(len(wanted & each) >= 0.5 * len(wanted) for each in said)
        if not answered and wanted and len(emphasis) <= _LONGEST_EMPHASIS:
            sentences = fill(template, setting=with_slot(setting, "侧重", emphasis))
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
    return (own or guests or list(topics))[0]


def _framing(role: str, setting: Setting, said: frozenset[str]) -> Paragraph:
    """The best template of a role that fits and says something new; ValueError when there is none (a bug of ours)."""
    fitting = [each for each in load_templates() if each.role == role and is_open(each, setting=setting)]
    for template in sorted(fitting, key=lambda each: (-_worth(each, setting), each.id)):
        sentences = fill(template, setting=setting)
        if sentences and all(overlap(shape(sentence.text), said) < REPEATS for sentence in sentences):
            return Paragraph(sentences, numbered=False)
    raise ValueError(f"no {role} template fits {setting.organisation} {setting.request.year} {setting.period}")


def _worth(template: Template, setting: Setting) -> float:
    return template.weight + (0.2 if template.organisations else 0.0) + jitter(template.id, setting)
