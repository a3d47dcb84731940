"""What stands around the sections: opening, closing, and the user's own facts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from assistant.datatypes import OutlineItem, Paragraph, Provenance, ProvenanceKind, Sentence
from assistant.drafting.fill import fill, is_open
from assistant.drafting.offers import jitter
from assistant.drafting.outline import FIXED, emphasised
from assistant.drafting.setting import Setting
from assistant.drafting.templates import Template, load_templates


def opening(setting: Setting) -> Paragraph:
    """The first paragraph: formula, congresses, superiors, the unit's own centre of work."""
    return _framing("opening", setting)


def closing(setting: Setting) -> Paragraph:
    """The last paragraph."""
    return _framing("closing", setting)


def fact_paragraphs(items: Sequence[OutlineItem], *, setting: Setting) -> Mapping[str, tuple[Paragraph, ...]]:
    """The user's own facts by section id, each in the section its words belong to, else in the first."""
    own = [item for item in items if item.topic not in FIXED]
    found: dict[str, list[Paragraph]] = defaultdict(list)
    for fact in setting.request.facts if own else ():
        text = fact if fact[-1] in "。！？" else fact.rstrip("；;，,.") + "。"
        topics = emphasised((fact,))
        home = next((item for item in own if item.topic in topics), own[0])
        found[home.id].append(Paragraph((Sentence(text, Provenance(ProvenanceKind.USER)),)))
    return {identifier: tuple(paragraphs) for identifier, paragraphs in found.items()}


def _framing(role: str, setting: Setting) -> Paragraph:
    """The best template of a role that fits; ValueError when the library holds none (a bug of ours)."""
    fitting = [
        template for template in load_templates() if template.role == role and is_open(template, setting=setting)
    ]
    for template in sorted(fitting, key=lambda each: (-_worth(each, setting), each.id)):
        sentences = fill(template, setting=setting)
        if sentences:
            return Paragraph(sentences, numbered=False)
    raise ValueError(f"no {role} template fits {setting.organisation} {setting.request.year} {setting.period}")


def _worth(template: Template, setting: Setting) -> float:
    return template.weight + (0.2 if template.organisations else 0.0) + jitter(template.id, setting)
