"""查范文: a need in the user's own words, the passages that answer it, why they do, and the way into the draft."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from assistant.desk import Desk, Room
from assistant.pages.draft import Port
from assistant.pages.insertion import inserted, insertion
from assistant.pages.markup import button, chip, copy_button, joined, marked, notice, word_spans
from assistant.pages.person import told
from assistant.pages.texts import whole_text
from assistant.pages.theme import pick_script
from assistant.resources import Resources
from corpus.datatypes import OrganisationType, Passage, Period, Topic
from corpus.errors import UserError
from index.datatypes import Filter, Hit, SearchResult, Understood

EXAMPLES = ("老师生病怎么慰问", "职代会怎么开", "三八节活动", "劳动竞赛怎么写", "会费怎么管", "九月份安排什么")
HITS = 12
ERAS = {
    "2015年以前": (1949, 2015),
    "2016—2020年": (2016, 2020),
    "2021—2025年": (2021, 2025),
    "2026年以后": (2026, 2100),
}


def find(
    query: str,
    organisations: Sequence[str],
    topics: Sequence[str],
    periods: Sequence[str],
    collections: Sequence[str],
    era: str | None = None,
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
        years=ERAS.get(era or ""),
    )
    try:
        found = resources.index.search(query, filter=wanted, k=HITS)
        others = not found.hits and wanted != Filter() and bool(resources.index.search(query, k=1).hits)
        return results(found, elsewhere=others)
    except UserError as error:
        return notice("没能查找", str(error), kind="problem")


def results(result: SearchResult, *, elsewhere: bool = False) -> Markup:
    """A search result as HTML. `elsewhere`: without the filters there would be some."""
    read_as = understood(result.understood)
    if result.abstained or not result.hits:
        advice = "去掉筛选就有结果。" if elsewhere else "换个说法，少写几个字；也可以上传含有这类内容的范文。"
        return joined((read_as, notice("范文库中没有相关内容", advice), suggestions(result.understood)))
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


def suggestions(query: Understood) -> Markup:
    """Other things to look for: the topics the query names, else common needs."""
    words = [str(topic) for topic in query.topics] or list(EXAMPLES)
    examples = joined(button(text, pick="query", value=text, kind="example") for text in words)
    return Markup('<p class="examples"><span>可以试试</span>{}</p>').format(examples)


def counted(values: Iterable[str], counts: Mapping[Any, int]) -> list[tuple[str, str]]:
    """Choices of a filter with the number of passages each leaves; those without any are not offered."""
    return [(f"{value}（{counts[value]}）", str(value)) for value in values if counts.get(value)]


def filter_choices(passages: Sequence[Passage]) -> list[list[tuple[str, str]]]:
    """Choices with counts of type, topic, period, collection and era."""
    topics = Counter(topic for passage in passages for topic in passage.topics)
    collections = Counter(passage.collection for passage in passages)
    eras = Counter(
        name
        for passage in passages
        for name, (first, last) in ERAS.items()
        if passage.era and passage.era[0] <= last and first <= passage.era[1]
    )
    return [
        counted(OrganisationType, Counter(passage.organisation for passage in passages)),
        counted(Topic, topics),
        counted(Period, Counter(passage.period for passage in passages)),
        counted(sorted(collections), collections),
        counted(ERAS, eras),
    ]


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
        '<p class="chips">{}{}</p><footer><span class="why">{} · {}</span>{}<span class="actions">{}{}{}{}</span>'
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
        button("用到草稿里", pick="use", value=passage.id),
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


def build(room: Room, *, desk: Port, drawer: Any, tab: Any) -> None:  # noqa: ANN401  gradio components
    """Lay the page out and wire it. `desk` is where passages go that the user wants in the draft."""
    import gradio as gr

    resources = room.resources
    choices = filter_choices(resources.passages)
    names = ("单位类型", "主题", "周期", "来源")
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
                filters = [
                    gr.Dropdown(offered, label=name, multiselect=True, value=[])  # an empty list: no restriction
                    for name, offered in zip(names, choices, strict=False)
                ]
                filters.append(gr.Dropdown([("不限", ""), *choices[-1]], label="年代", value=""))
            with gr.Column(scale=7, min_width=320):
                cards = gr.HTML(welcome(), elem_id="results", js_on_load=pick_script())

    def search(words: str, *chosen: Any) -> str:  # noqa: ANN401
        return find(words, *chosen, resources=resources)

    @told
    def picked(event: gr.EventData, now: Desk, words: str, *chosen: Any) -> list[Any]:  # noqa: ANN401
        if event.pick == "query":
            return [event.value, search(event.value, *chosen), gr.skip()]
        if event.pick == "use":
            return [gr.skip(), gr.skip(), insertion(now, event.value, room=room)]
        return [gr.skip(), gr.skip(), whole_text(event.value, resources)]

    @told
    def insert(event: gr.EventData, now: Desk) -> list[Any]:
        if event.pick != "insert":
            return [gr.skip()] * len(desk.outputs)
        after, message = inserted(now, event.value, room=room)
        gr.Info(message, title="用到草稿里", duration=5)
        shown = desk.show(after)
        return [shown[0], gr.skip(), *shown[2:]]

    def stocked() -> list[Any]:
        *several, eras = filter_choices(resources.passages)
        return [*(gr.update(choices=each) for each in several), gr.update(choices=[("不限", ""), *eras])]

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    query.submit(search, [query, *filters], cards, **quiet)
    for component in filters:
        component.change(search, [query, *filters], cards, **quiet)
    tab.select(stocked, None, filters, **quiet)
    cards.pick(picked, [desk.state, query, *filters], [query, cards, drawer], **quiet)
    drawer.pick(insert, desk.state, desk.outputs, **quiet)
