"""The drawer that answers "where does this come from": a passage with the exact span and every change, a dated fact,
a template, or the whole sample text around a passage.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import count

from markupsafe import Markup

from assistant.datatypes import Edit, ProvenanceKind, Sentence
from assistant.pages.markup import button, chip, copy_button, joined, marked, notice
from assistant.pages.paper import KINDS, with_blanks
from assistant.timeline import Entry
from corpus.datatypes import Passage, Plan, PlanKind

NOTHING = Markup("")
DRAWN = count()
PLAN_KINDS = {
    PlanKind.PLAN: "计划",
    PlanKind.SUMMARY: "总结",
    PlanKind.REPORT: "汇报",
    PlanKind.MIXED: "总结加计划",
}


def drawer(title: str, *parts: Markup) -> Markup:
    """A panel over the page's right edge (the lower half on phones), closed by its cross or Esc."""
    return Markup(
        '<aside class="drawer" role="dialog" aria-label="{0}" data-drawn="{2}"><header><h3>{0}</h3>'
        '<button type="button" class="close" data-close aria-label="关闭">✕</button></header>{1}</aside>'
    ).format(
        title, joined(parts), next(DRAWN)
    )  # the browser closes it by itself; the same HTML would not be drawn again


def borrowed_source(sentence: Sentence, passage: Passage, *, more: Markup = NOTHING) -> Markup:
    """The sentence beside its original, the borrowed span marked, every change shown and explained; then `more`."""
    provenance = sentence.provenance
    return drawer(
        KINDS[provenance.kind],
        _current(sentence),
        Markup("<h4>范文原文</h4>{}").format(place(passage)),
        Markup('<blockquote class="original">{}<span class="span">{}</span>{}</blockquote>').format(
            passage.text[: provenance.start],
            changed(passage.text[provenance.start : provenance.end], provenance.edits),
            passage.text[provenance.end :],
        ),
        _changes(provenance.edits),
        Markup('<footer class="actions">{}{}</footer>').format(
            button("看整篇范文", pick="plan", value=passage.id),
            copy_button("复制原文", copies=passage.text),
        ),
        more,
    )


def written_source(
    sentence: Sentence, *, title: str, text: str, edits: Sequence[Edit] = (), more: Markup = NOTHING
) -> Markup:
    """A sentence that stands on a template or on dated facts; `text` is the template's wording or the facts told."""
    name = KINDS[sentence.provenance.kind]
    heading = Markup("<h4>{}</h4>").format(title)
    body = Markup('<blockquote class="original">{}</blockquote>').format(changed(text, edits) if edits else text)
    return drawer(name, _current(sentence), heading, body, _changes(edits), more)


def fact_source(sentence: Sentence, entries: Sequence[Entry], *, more: Markup = NOTHING) -> Markup:
    """A sentence that stands on dated facts: each with its official name, its days and what is known about it."""
    facts = joined(
        Markup("<li><b>{}</b><span>{}</span>{}</li>").format(
            entry.name, _days(entry), Markup("<p>{}</p>").format(entry.note) if entry.note else ""
        )
        for entry in entries
    )
    return drawer(
        KINDS[sentence.provenance.kind],
        _current(sentence),
        Markup("<h4>依据的时事</h4><ul class='facts'>{}</ul>").format(facts),
        _changes(sentence.provenance.edits),
        more,
    )


def plain_source(sentence: Sentence, *, more: Markup = NOTHING) -> Markup:
    """A sentence with nothing behind it but the user or a language model."""
    last_year = sentence.provenance.end > 0  # carried over from the unit's own last plan
    told = {
        ProvenanceKind.USER: "这句话来自本单位去年的计划。" if last_year else "这句话是您写的，以后的改动都会保留它。",
        ProvenanceKind.MODEL: "这句话由语言模型撰写，范文中没有对应的原文，请核对后使用。",
    }.get(sentence.provenance.kind, "这句话的来源已不在范文库中，可能文档已删除。")
    changes = _changes(sentence.provenance.edits)
    return drawer(KINDS[sentence.provenance.kind], _current(sentence), Markup("<p>{}</p>").format(told), changes, more)


def gone() -> Markup:
    """The document or draft changed since the page was drawn."""
    return drawer("来历", notice("这句话已经变了", "文稿刚刚更新过，请再点一次。"))


def plan_reading(plan: Plan, passage: Passage) -> Markup:
    """A whole sample text with one passage marked."""
    labels = plan.labels
    chips = (labels.organisation, PLAN_KINDS[labels.kind], labels.period, f"{labels.year}年" if labels.year else "")
    text = Markup(marked(plan.text, [(passage.start, passage.end)], kind="passage"))
    lines = joined(Markup("<p>{}</p>").format(Markup(line)) for line in _lines(text))
    return drawer(
        plan.title or passage.file,
        Markup('<p class="chips">{}</p>').format(joined(chip(text) for text in chips if text)),
        Markup('<p class="file">{}</p>').format(passage.file),
        Markup('<div class="reading">{}</div>').format(lines),
    )


def place(passage: Passage) -> Markup:
    """Where a passage stands: type, title, headings, file."""
    path = " › ".join(part for part in (passage.title, *passage.headings) if part)
    return Markup('<p class="place">{}{} <span class="file">{}</span></p>').format(
        chip(passage.organisation, kind="organisation"), path, passage.file
    )


def changed(text: str, edits: Sequence[Edit]) -> Markup:
    """Text with each replacement shown as deleted and inserted."""
    parts: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        parts.append(text[position : edit.start])
        deleted = Markup("<del>{}</del>").format(edit.before) if edit.before else ""
        inserted = Markup("<ins>{}</ins>").format(edit.after) if edit.after else ""
        parts.append(Markup("{}{}").format(deleted, inserted))
        position = edit.end
    return joined((*parts, text[position:]))


def _lines(text: Markup) -> list[str]:
    """Split into lines; a mark that spans several is closed and opened again around each break."""
    opening = '<mark class="passage">'
    lines, inside = [], False
    for line in str(text).split("\n"):
        begins = opening if inside else ""
        inside = (inside or opening in line) and "</mark>" not in line
        lines.append(begins + line + ("</mark>" if inside else ""))
    return [line for line in lines if line.strip()]


def _days(entry: Entry) -> str:
    days = [("通过", entry.adopted), ("起用", entry.start), ("截止", entry.end), ("被取代", entry.until)]
    return "，".join(f"{name} {day.year}年{day.month}月{day.day}日" for name, day in days if day)


def _current(sentence: Sentence) -> Markup:
    return Markup("<h4>文稿中</h4><p class='current'>{}</p>").format(with_blanks(sentence.text))


def _changes(edits: Sequence[Edit]) -> Markup:
    if not edits:
        return Markup("")
    counted = Counter((edit.before, edit.after, edit.why) for edit in edits)
    rows = joined(
        Markup("<li><del>{}</del> → <ins>{}</ins>{}<span>{}</span></li>").format(
            before or "（无）", after or "（删去）", f" ×{count}" if count > 1 else "", why
        )
        for (before, after, why), count in counted.items()
    )
    return Markup("<h4>改动 {} 处</h4><ul class='changes'>{}</ul>").format(len(edits), rows)
