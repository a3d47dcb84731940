"""The drawer of one sentence: where it comes from, rewording it, other ways to say it, a box to write it oneself."""

from markupsafe import Markup

from assistant.datatypes import Draft, ProvenanceKind, Sentence
from assistant.pages import rewording, sources
from assistant.pages.markup import button, joined
from assistant.pages.outline import box
from assistant.pages.paper import find_sentence
from assistant.resources import Resources
from assistant.revising import Candidate, Material, Place, choices
from corpus.datatypes import Passage, Topic
from corpus.errors import NotInLibrary

OFFERED = 5  # candidates shown
_FRAME = (Topic.GUIDING, Topic.CLOSING)  # these parts are replaced whole


def sentence_drawer(draft: Draft | None, place: str, resources: Resources) -> Markup:
    """Source, candidates and box for the sentence at `place`; a word where the draft has changed since."""
    sentence = find_sentence(draft, place) if draft else None
    if draft is None or sentence is None:
        return sources.gone()
    own = sentence.provenance.kind is ProvenanceKind.USER
    rewords = Markup("") if own else rewording.tools(draft, place)
    more = joined((rewords, editing(sentence, place), candidates(draft, place, resources)))
    match sentence.provenance.kind:
        case ProvenanceKind.TEMPLATE:
            return _template_source(sentence, more)
        case ProvenanceKind.FACT:
            keys = sentence.provenance.source.split("+")
            entries = [resources.timeline.entries[key] for key in keys if key in resources.timeline.entries]
            return sources.fact_source(sentence, entries, more=more)
    passage = _passage(sentence.provenance.source, resources)
    if passage is None:
        return sources.plain_source(sentence, more=more)
    return sources.borrowed_source(sentence, passage, more=more)


def editing(sentence: Sentence, place: str) -> Markup:
    """A box with the sentence to change by hand."""
    return Markup("<h4>自己改</h4>{}").format(box(sentence.text, pick="edit", value=place, label="这一句改成"))


def candidates(draft: Draft, place: str, resources: Resources) -> Markup:
    """Other ways to say it, each with its source."""
    section = next((each for each in draft.sections if each.id == Place.read(place).section), None)
    if section is None or section.locked or section.topic in _FRAME:
        return Markup("")
    sentence = find_sentence(draft, place)
    if sentence is None or sentence.provenance.kind is ProvenanceKind.USER:
        return Markup("")
    material = Material(resources.passages, resources.timeline)
    found = choices(draft, Place.read(place), material=material, k=OFFERED)
    if not found:
        return Markup("<h4>换一种写法</h4><p class='count'>范文和模板里没有别的写法了。</p>")
    rows = joined(_candidate(each, f"{place}#{number}") for number, each in enumerate(found, start=1))
    return Markup("<h4>换一种写法</h4><ul class='candidates'>{}</ul>").format(rows)


def _candidate(candidate: Candidate, value: str) -> Markup:
    return Markup('<li><p>{}</p><p class="place">{}</p>{}</li>').format(
        candidate.paragraph.text, candidate.source, button("换成这句", pick="swap", value=value, kind="fix")
    )


def _passage(passage_id: str, resources: Resources) -> Passage | None:
    """None for a sentence without a passage, or one whose document was deleted since."""
    try:
        return resources.library.passage(passage_id) if passage_id else None
    except NotInLibrary:
        return None


def _template_source(sentence: Sentence, more: Markup) -> Markup:
    from assistant.drafting.templates import load_templates

    found = next((t for t in load_templates() if t.id == sentence.provenance.source), None)
    if found is None:
        return sources.plain_source(sentence, more=more)
    edits = sentence.provenance.edits
    return sources.written_source(sentence, title="工笔自带的写法", text=found.text, edits=edits, more=more)
