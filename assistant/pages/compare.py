"""比行业: one topic, a column per organisation type: what all say, what only one says, where nothing is said."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from assistant.compare import compare
from assistant.datatypes import Comparison, ComparisonColumn
from assistant.export.comparison import comparison_docx
from assistant.export.xlsx import comparison_xlsx
from assistant.pages.downloads import fetch, fetcher, written
from assistant.pages.markup import button, chip, copy_button, joined, marked, notice, word_spans
from assistant.pages.person import told
from assistant.pages.texts import whole_text
from assistant.pages.theme import pick_script
from assistant.resources import Resources
from corpus.datatypes import OrganisationType, Topic
from corpus.errors import UserError
from index.datatypes import Hit

SHOWN = 4  # passages of a column before 更多
START = (Topic.DEMOCRACY, (OrganisationType.SCHOOL, OrganisationType.HOSPITAL, OrganisationType.ENTERPRISE))


def compared(topic: str, organisations: Sequence[str], *, resources: Resources) -> Comparison:
    """The comparison behind the page. Raises BadRequest for fewer than two types."""
    kinds = [OrganisationType(value) for value in organisations]
    return compare(Topic(topic), kinds, passages=resources.passages)


def columns(comparison: Comparison) -> Markup:
    """A comparison as HTML."""
    common = joined(chip(word) for word in comparison.common)
    top = Markup('<p class="chips common"><b>共同的说法</b>{}</p>').format(common) if comparison.common else ""
    return Markup('{}<div class="sectors">{}</div>').format(top, joined(map(column, comparison.columns)))


def column(column: ComparisonColumn) -> Markup:
    """One organisation type's side."""
    if column.nothing:
        body = notice("材料中没有", "范文库里这类单位没有写过这个主题。")
    else:
        cards = [_card(hit, column.only_here) for hit in column.hits]
        rest = joined(cards[SHOWN:])
        more = Markup("<details><summary>更多 {} 段</summary>{}</details>").format(len(cards) - SHOWN, rest)
        body = joined((_only_here(column), *cards[:SHOWN], more if rest else ""))
    count = "" if column.nothing else f"{len(column.hits)} 段"
    return Markup('<section class="sector"><header><h3>{}</h3><span>{}</span></header>{}</section>').format(
        column.organisation, count, body
    )


def _only_here(column: ComparisonColumn) -> Markup:
    if not column.only_here:
        return Markup("")
    words = joined(chip(word, kind="only") for word in column.only_here)
    return Markup('<p class="chips"><b>只有这里说</b>{}</p>').format(words)


def _card(hit: Hit, words: Sequence[str]) -> Markup:
    passage = hit.passage
    return Markup(
        '<article class="card small"><p class="text">{}</p><footer><span class="why">{}</span>'
        '<span class="actions">{}{}</span></footer></article>'
    ).format(
        marked(passage.text, word_spans(passage.text, words), kind="only"),
        passage.title or passage.file,
        copy_button("复制", copies=passage.text),
        button("看全文", pick="plan", value=passage.id),
    )


def build(resources: Resources, *, drawer: Any, tab: Any, folder: Path) -> tuple[Any, Any]:  # noqa: ANN401
    """Lay the page out and wire it; returns the topic and type inputs, for other pages to fill."""
    import gradio as gr

    with gr.Column(elem_classes=["sheet-wide", "comparing"]):
        with gr.Row(elem_classes="filters"):
            topic = gr.Dropdown([str(t) for t in Topic], value=str(START[0]), label="主题", scale=1)
            kinds = gr.CheckboxGroup(
                [str(t) for t in OrganisationType if t is not OrganisationType.OTHER],
                value=[str(t) for t in START[1]],
                label="单位类型（两种以上）",
                scale=4,
            )
            table = gr.Button("下载表格", size="sm", min_width=96, scale=0)
            word = gr.Button("下载 Word", size="sm", min_width=96, scale=0)
        view = gr.HTML("", elem_id="comparison", js_on_load=pick_script())
        file_out = fetcher("compare-fetch")

    def show(chosen: str, organisations: Sequence[str]) -> list[Any]:
        ready = gr.update(interactive=len(set(organisations)) > 1)
        try:
            return [columns(compared(chosen, organisations, resources=resources)), ready, ready]
        except UserError:
            return [notice("请再选一种单位类型", "至少两种，才好比较。"), ready, ready]

    @told
    def save_table(chosen: str, organisations: Sequence[str]) -> str:
        made = comparison_xlsx(compared(chosen, organisations, resources=resources))
        return written(made, f"比行业_{chosen}", ".xlsx", folder=folder)

    @told
    def save_word(chosen: str, organisations: Sequence[str]) -> str:
        made = comparison_docx(compared(chosen, organisations, resources=resources))
        return written(made, f"比行业_{chosen}", ".docx", folder=folder)

    @told
    def picked(event: gr.EventData) -> str:
        return whole_text(event.value, resources)

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    for event in (topic.change, kinds.change, tab.select):
        event(show, [topic, kinds], [view, table, word], **quiet)
    for button_, save in ((table, save_table), (word, save_word)):
        button_.click(save, [topic, kinds], file_out, **quiet).success(None, None, None, js=fetch("compare-fetch"))
    view.pick(picked, None, drawer, **quiet)
    return topic, kinds
