"""A draft as it will print: a sheet in 公文 layout whose sentences say where they come from."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from markupsafe import Markup

from assistant.datatypes import Draft, Provenance, ProvenanceKind, Sentence
from assistant.export.lines import Line, LineKind, draft_lines, month_cells, schedule_rows
from assistant.pages.markup import joined
from corpus.datatypes import Passage
from corpus.words import words

NO_FINDINGS: Mapping[str, str] = MappingProxyType({})
BLANK = re.compile(r"【待填：[^】]*】")
KINDS = {
    ProvenanceKind.BORROWED: "借鉴范文",
    ProvenanceKind.FACT: "时事依据",
    ProvenanceKind.TEMPLATE: "工笔写法",
    ProvenanceKind.MODEL: "模型撰写",
    ProvenanceKind.USER: "您提供的",
}


@dataclass(frozen=True, slots=True)
class Look:
    """What the sheet shows besides its words: passages borrowed from, by id; the worst finding of each place."""

    sources: Mapping[str, Passage]
    findings: Mapping[str, str] = field(default_factory=dict)  # place -> class of its lamp


def paper(draft: Draft, *, sources: Mapping[str, Passage], findings: Mapping[str, str] = NO_FINDINGS) -> Markup:
    """The whole draft as one sheet. `sources` holds the passages it borrows from, by id; `findings` the class of the
    lamp at each place, as `mending.Spot` names places.
    """
    look = Look(sources, findings)
    blocks, begun = [], set[str]()
    for is_schedule, lines in schedule_rows(draft_lines(draft)):
        for line in lines:
            if line.section not in begun:
                begun.add(line.section)
                if line.paragraph >= 0:  # a part without a heading
                    blocks.append(Markup('<a id="section-{}"></a>').format(line.section))
            if not is_schedule:
                blocks.append(_block(line, look))
        if is_schedule:
            blocks.append(_schedule(lines, look))
    title = joined(words(draft.title), "<wbr>")  # a long title breaks between words only
    return Markup('<article class="paper" aria-label="文稿">{}{}{}{}</article>').format(
        Markup("<h1{}>{}</h1>").format(_written("title", look), title),
        joined(blocks),
        Markup('<p class="signature"><span{}>{}</span></p>').format(
            _written("signature", look), with_blanks(draft.signature)
        ),
        Markup('<p class="dated"><span{}>{}</span></p>').format(_written("dated", look), with_blanks(draft.dated)),
    )


def _written(place: str, look: Look) -> Markup:
    """Attributes of what stands outside the sections and is changed by hand."""
    return Markup(
        ' class="by-hand {}" id="at-{}" role="button" tabindex="0" data-pick="line" data-value="{}"'
        ' data-hint="双击就地改，或点开修改"'
    ).format(look.findings.get(place, ""), place, place)


def summary(draft: Draft) -> Markup:
    """One line above the sheet: length, parts, origins, blanks still open."""
    counts = Counter(sentence.provenance.kind for sentence in draft.sentences)
    text = "".join(sentence.text for sentence in draft.sentences)
    blanks = len(BLANK.findall(text)) + len(BLANK.findall(draft.title + draft.signature))
    parts = sum(bool(section.heading) for section in draft.sections)
    origins = joined(
        Markup('<span class="origin {}">{} {} 句</span>').format(kind.value, name, counts[kind])
        for kind, name in KINDS.items()
        if counts[kind]
    )
    open_blanks = Markup('<span class="origin blank">待填 {} 处</span>').format(blanks) if blanks else ""
    return Markup('<div class="summary"><span>约 {:,} 字 · {} 个部分</span>{}{}</div>').format(
        len(text), parts, origins, open_blanks
    )


def find_sentence(draft: Draft, address: str) -> Sentence | None:
    """The sentence at "section id/paragraph/sentence", None when the draft has changed since."""
    section_id, _, position = address.partition("/")
    paragraph, _, sentence = position.partition("/")
    if not (paragraph.isdigit() and sentence.isdigit()):
        return None
    section = next((section for section in draft.sections if section.id == section_id), None)
    paragraphs = section.paragraphs[int(paragraph) : int(paragraph) + 1] if section else ()
    found = [s for p in paragraphs for s in p.sentences[int(sentence) : int(sentence) + 1]]
    return found[0] if found else None


def with_blanks(text: str) -> Markup:
    """Text with its 【待填：…】 highlighted."""
    return Markup(BLANK.sub(r'<mark class="blank">\g<0></mark>', str(Markup.escape(text))))


def hint(provenance: Provenance, sources: Mapping[str, Passage]) -> str:
    """What a pointer resting on the sentence is told."""
    name = KINDS[provenance.kind]
    passage = sources.get(provenance.source)
    if provenance.kind is ProvenanceKind.MODEL and passage is None:
        return f"{name} · 无出处，请核对，双击就地改"
    place = f"《{passage.title}》" if passage and passage.title else passage.file if passage else ""
    changes = f"改 {len(provenance.edits)} 处" if provenance.edits else "未改动" if passage else ""
    return " · ".join(part for part in (name, place, changes, "点开看来历，双击就地改") if part)


def _block(line: Line, look: Look) -> Markup:
    if line.kind is LineKind.HEADING:
        return Markup(
            '<h2 id="section-{0}" class="{1}" role="button" tabindex="0" data-pick="section" data-value="{0}" '
            'data-hint="点开：改写、改名、换一版、移动、锁定、删去">{2}{3}</h2>'
        ).format(line.section, look.findings.get(line.section, ""), line.number, with_blanks(line.title))
    sentences = _sentences(line, look)
    if line.title:
        return Markup('<p><b class="lead-in">{}{}</b>{}</p>').format(line.number, with_blanks(line.title), sentences)
    return Markup("<p>{}{}</p>").format(line.number, sentences)


def _sentences(line: Line, look: Look) -> Markup:
    places = [f"{line.section}/{line.paragraph}/{position}" for position in range(len(line.sentences))]
    return joined(
        Markup(
            '<span class="sentence {} {}" id="at-{}" role="button" tabindex="0" data-pick="sentence" data-value="{}" '
            'data-hint="{}">{}</span>'
        ).format(
            sentence.provenance.kind.value,
            look.findings.get(place, ""),
            place,
            place,
            hint(sentence.provenance, look.sources),
            with_blanks(sentence.text),
        )
        for place, sentence in zip(places, line.sentences, strict=True)
    )


def _schedule(lines: Sequence[Line], look: Look) -> Markup:
    rows = joined(
        Markup("<tr><th scope=row>{}</th><td>{}</td></tr>").format(month, _points(points, look))
        for month, points in month_cells(tuple(lines))
    )
    head = Markup("<thead><tr><th scope=col>月份</th><th scope=col>主要工作</th></tr></thead>")
    return Markup('<table class="schedule">{}<tbody>{}</tbody></table>').format(head, rows)


def _points(points: Sequence[Line], look: Look) -> Markup:
    numbers = [f"{count}." for count in range(1, len(points) + 1)] if len(points) > 1 else [""]
    return joined(
        Markup("<p>{}{}{}</p>").format(number, line.title, _sentences(line, look))
        for number, line in zip(numbers, points, strict=True)
    )
