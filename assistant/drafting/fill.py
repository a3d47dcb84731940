"""A template in the unit's words: its slots filled, sentence by sentence, every value an edit."""

from assistant.datatypes import Edit, Provenance, ProvenanceKind, Sentence
from assistant.drafting.adapt import apply_edits, cadences, is_sound
from assistant.drafting.setting import WHOLE_FORMULA, Setting, SlotValue
from assistant.drafting.templates import SLOT, Template
from corpus.words import sentence_spans


def is_open(template: Template, *, setting: Setting) -> bool:
    """Whether the template is meant for this type, year, period and time of the year."""
    return (
        (not template.organisations or setting.organisation in template.organisations)
        and (template.names is None or bool(template.names.search(setting.unit.name)))
        and (not template.periods or setting.period in template.periods)
        and (not template.months or bool(set(template.months) & set(setting.months)))
        and template.valid(year=setting.request.year, drafted=setting.drafted)
        and all(slot in setting.slots for slot in template.slots)
        and all(
            setting.dated and setting.timeline.stands(name, year=setting.request.year, drafted=setting.request.drafted)
            for name in template.requires
        )
    )


def fill(template: Template, *, setting: Setting) -> tuple[Sentence, ...] | None:
    """The template's sentences, or None where one of them does not fit the plan."""
    filled = []
    for start, end in sentence_spans(template.text):
        sentence = _sentence(template, start, end, setting)
        if not is_sound(sentence.text, setting=setting, ours=True):
            return None
        filled.append(sentence)
    return tuple(filled)


def fill_line(template: Template, *, setting: Setting, mark: str) -> Sentence | None:
    """A schedule template as one point that ends in `mark`."""
    bare = _sentence(template, 0, len(template.text), setting)
    if not is_sound(bare.text + "。", setting=setting, ours=True):
        return None
    place = len(template.text)
    edits = (*bare.provenance.edits, Edit(place, place, "", mark, "标点"))
    return Sentence(bare.text + mark, Provenance(ProvenanceKind.TEMPLATE, template.id, 0, place, edits))


def fill_title(template: Template, *, setting: Setting) -> str:
    """The template's lead-in with its slots filled."""
    return SLOT.sub(lambda match: setting.slots[match[1]].text, template.title)


def _sentence(template: Template, start: int, end: int, setting: Setting) -> Sentence:
    text = template.text[start:end]
    edits: list[Edit] = []
    for match in SLOT.finditer(text):
        first, last, value = match.start(), match.end(), setting.slots[match[1]]
        whole = first - 1
        if text.startswith(WHOLE_FORMULA, whole) and WHOLE_FORMULA in setting.slots:
            first, last, value = whole, whole + len(WHOLE_FORMULA), setting.slots[WHOLE_FORMULA]
        edits.append(Edit(first, last, text[first:last], value.text, _why(match[1], value)))
    for edit in cadences(text, period=setting.period):
        if not any(edit.start < one.end and one.start < edit.end for one in edits):
            edits.append(edit)
    edits.sort(key=lambda edit: edit.start)
    return Sentence(
        apply_edits(text, edits), Provenance(ProvenanceKind.TEMPLATE, template.id, start, end, tuple(edits))
    )


def _why(slot: str, value: SlotValue) -> str:
    return f"{slot}（{'+'.join(value.facts)}）" if value.facts else slot
