"""查范文: a need in the user's own words, the passages that answer it, and why they do."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from assistant.pages.draft import whole_text
from assistant.pages.markup import button, chip, copy_button, joined, marked, notice, word_spans
from assistant.pages.theme import pick_script
from assistant.resources import Resources
from corpus.datatypes import OrganisationType, Period, Topic
from corpus.errors import UserError
from index.datatypes import Filter, Hit, SearchResult, Understood

EXAMPLES = ("老师生病怎么慰问", "职代会怎么开", "三八节活动", "劳动竞赛怎么写", "会费怎么管", "九月份安排什么")
HITS = 12


def find(
    query: str,
    organisations: Sequence[str],
    topics: Sequence[str],
    periods: Sequence[str],
    collections: Sequence[str],
    *,
    resources: Resources,
) -> Markup:
    """The results of a search as cards, or why there are none."""
    if not query.strip():
        return welcome()
    wanted = Filter(
        organisations=frozenset(OrganisationType(value) for value in organisations or ()),
        topics=frozenset(Topic(value) for value in topics or ()),
        periods=frozenset(Period(value) for value in periods or ()),
        collections=frozenset(collections or ()),
    )
    try:
        return results(resources.index.search(query, filter=wanted, k=HITS))
    except UserError as error:
        return notice("没能查找", str(error), kind="problem")


def results(result: SearchResult) -> Markup:
    """A search result as HTML."""
    read_as = understood(result.understood)
    if result.abstained or not result.hits:
        advice = "换个说法，少写几个字，或放宽上面的单位类型和主题。"
        return joined((read_as, notice("范文库中没有相关内容", advice)))
    count = Markup('<p class="count">找到 {} 段，最相关的在前</p>').format(len(result.hits))
    return joined((read_as, count, Markup('<div class="cards">'), *map(card, result.hits), Markup("</div>")))


def understood(query: Understood) -> Markup:
    """How the query was read, when it says more than its words."""
    parts = [
        *(("单位类型", value) for value in query.organisations),
        *(("主题", value) for value in query.topics),
        *(("月份", f"{value}月") for value in query.months),
        *((("周期", query.period),) if query.period else ()),
        *(("必须出现", value) for value in query.phrases),
        *((f"“{typed}”当作", read) for typed, read in query.corrected),
    ]
    chips = joined(chip(f"{name}：{value}", kind="understood") for name, value in parts)
    return Markup('<p class="chips">读作 {}</p>').format(chips) if parts else Markup("")


def card(hit: Hit) -> Markup:
    """One passage: where it stands, the words that matched, what can be done with it."""
    passage = hit.passage
    path = " › ".join(part for part in (passage.title, *passage.headings) if part) or passage.file
    chips = joined(chip(topic) for topic in passage.topics)
    year = chip(f"{passage.year}年") if passage.year else ""
    words = [word for word in hit.matched if len(word) > 1] or hit.matched
    why = f"命中：{'、'.join(words)}" if words else "意思相近"
    return Markup(
        '<article class="card"><header>{}<h3>{}</h3></header><p class="text">{}</p>'
        '<p class="chips">{}{}</p><footer><span class="why">{} · {}</span>{}<span class="actions">{}{}{}</span>'
        "</footer></article>"
    ).format(
        chip(passage.organisation, kind="organisation"),
        path,
        marked(passage.text, word_spans(passage.text, hit.matched)),
        chips,
        year,
        why,
        passage.file,
        _also_in(hit),
        copy_button("复制", copies=passage.text),
        copy_button("带出处复制", copies=f"{passage.text}\n——{path}（{passage.file}）"),
        button("看全文", pick="plan", value=passage.id),
    )


def welcome() -> Markup:
    """What the page shows before the first search."""
    examples = joined(button(text, pick="query", value=text, kind="example") for text in EXAMPLES)
    return Markup(
        '<div class="welcome"><p>用自己的话说，不必想关键词。试试：</p><p class="examples">{}</p></div>'
    ).format(examples)


def _also_in(hit: Hit) -> Markup:
    if not hit.also_in:
        return Markup("")
    places = joined(
        Markup("<li>{}</li>").format(button(f"{p.title or p.file} · {p.organisation}", pick="plan", value=p.id))
        for p in hit.also_in
    )
    return Markup("<details><summary>另见 {} 处</summary><ul>{}</ul></details>").format(len(hit.also_in), places)


def build(resources: Resources, *, drawer: Any, tab: Any) -> None:  # noqa: ANN401  gradio components
    """Lay the page out and wire it."""
    import gradio as gr

    with gr.Column(elem_classes="sheet-wide"):
        query = gr.Textbox(
            label="要找什么",
            show_label=False,
            elem_id="query",
            placeholder="想找什么样的写法？例如：困难职工怎么帮扶",
            submit_btn="查找",
            max_lines=1,
            container=False,
        )
        with gr.Row(elem_classes="finding"):
            with gr.Column(scale=2, min_width=220), gr.Row(elem_classes="filters"):
                organisation = gr.Dropdown([str(t) for t in OrganisationType], label="单位类型", multiselect=True)
                topic = gr.Dropdown([str(t) for t in Topic], label="主题", multiselect=True)
                period = gr.Dropdown([str(p) for p in _periods(resources)], label="周期", multiselect=True)
                collection = gr.Dropdown([], label="来源", multiselect=True)
            with gr.Column(scale=7, min_width=320):
                cards = gr.HTML(welcome(), elem_id="results", js_on_load=pick_script())

    filters = [organisation, topic, period, collection]

    def search(words: str, *chosen: Sequence[str]) -> str:
        return find(words, *chosen, resources=resources)

    def picked(event: gr.EventData, words: str, *chosen: Sequence[str]) -> tuple[Any, Any, Any]:
        if event.pick == "query":
            return event.value, search(event.value, *chosen), gr.skip()
        return gr.skip(), gr.skip(), whole_text(event.value, resources)

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    query.submit(search, [query, *filters], cards, **quiet)
    for component in filters:
        component.change(search, [query, *filters], cards, **quiet)
    tab.select(lambda: gr.update(choices=list(resources.library.collections())), None, collection, **quiet)
    cards.pick(picked, [query, *filters], [query, cards, drawer], **quiet)


def _periods(resources: Resources) -> list[Period]:
    held = {passage.period for passage in resources.passages}
    return [period for period in Period if period in held]
