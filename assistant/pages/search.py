"""查范文: a need in the user's own words, the passages that answer it, why they do, and the way into the draft."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from assistant.desk import Desk, Room
from assistant.pages.draft import Port
from assistant.pages.facets import NAMES, Asked, asked, choices_of, read_as
from assistant.pages.insertion import inserted, insertion
from assistant.pages.markup import button, chip, copy_button, joined, marked, notice, word_spans
from assistant.pages.person import told
from assistant.pages.texts import whole_text
from assistant.pages.theme import pick_script
from assistant.resources import Resources
from corpus.errors import UserError
from index.datatypes import Filter, Hit, SearchResult, Understood

EXAMPLES = ("老师生病怎么慰问", "职代会怎么开", "三八节活动", "劳动竞赛怎么写", "会费怎么管", "九月份安排什么")
HITS = 12
ANY = ("不限", "")
NO_FILTERS: tuple[Any, ...] = ([], [], [], [], "")


def find(question: Asked, *, resources: Resources) -> Markup:
    """The results of a search as cards, or why there are none."""
    if not question.words.strip():
        return welcome()
    try:
        meaning = question.meaning(resources)
        found = resources.index.search(question.words, filter=question.filter, k=HITS, understood=meaning)
        narrowed = question.filter != Filter()
        others = not found.hits and narrowed and bool(resources.index.search(question.words, k=1).hits)
        return results(found, elsewhere=others)
    except UserError as error:
        return notice("没能查找", str(error), kind="problem")


def results(result: SearchResult, *, elsewhere: bool = False) -> Markup:
    """A search result as HTML. `elsewhere`: without the filters there would be some."""
    read = understood(result.understood)
    if result.abstained or not result.hits:
        advice = (
            "是筛选挡住了：去掉筛选就有结果。" if elsewhere else "换个说法，少写几个字；也可以上传含有这类内容的范文。"
        )
        freed = button("去掉筛选", pick="unfilter", value="", kind="strong") if elsewhere else ""
        ways = Markup('<p class="examples">{}</p>').format(freed) if freed else suggestions(result.understood)
        return joined((read, notice("范文库中没有相关内容", advice), ways))
    count = Markup('<p class="count">找到 {} 段，最相关的在前</p>').format(len(result.hits))
    return joined((read, count, Markup('<div class="cards">'), *map(card, result.hits), Markup("</div>")))


def understood(query: Understood) -> Markup:
    """How the query was read, when it says more than its words; each can be taken back."""
    chips = joined(
        Markup(
            '<button type="button" class="chip understood" data-pick="unread" data-value="{}" '
            'aria-label="不按“{}”找">{}<span aria-hidden="true"> ×</span></button>'
        ).format(key, words, words)
        for key, words in read_as(query)
    )
    return Markup('<p class="chips">读作 {}</p>').format(chips) if chips else Markup("")


def suggestions(query: Understood) -> Markup:
    """Other things to look for: the topics the query names, else common needs."""
    words = [str(topic) for topic in query.topics] or list(EXAMPLES)
    examples = joined(button(text, pick="query", value=text, kind="example") for text in words)
    return Markup('<p class="examples"><span>可以试试</span>{}</p>').format(examples)


def card(hit: Hit) -> Markup:
    """One passage: where it stands, the words that matched, what can be done with it."""
    passage = hit.passage
    path = " › ".join(part for part in (passage.title, *passage.headings) if part) or passage.file
    chips = joined(chip(topic) for topic in passage.topics)
    year = chip(f"{passage.year}年") if passage.year else ""
    words = [word for word in hit.matched if len(word) > 1] or list(hit.matched)
    words = [word for word in words if not any(word in other and word != other for other in words)]
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


def narrowed(question: Asked, values: Sequence[Any], resources: Resources) -> list[Any]:
    """Updates of the filters with the numbers the words leave them; they keep what is chosen."""
    import gradio as gr

    *several, era = choices_of(question, resources)
    offered = [*several, [ANY, *era]]
    return [gr.update(choices=each, value=value) for each, value in zip(offered, values, strict=True)]


def still_taken(words: str, back: tuple[str, frozenset[str]]) -> frozenset[str]:
    """What the user took back of these words' reading; other words begin afresh."""
    return back[1] if back[0] == words else frozenset()


def searched(words: str, back: frozenset[str], values: Sequence[Any], resources: Resources) -> list[Any]:
    """Cards, the query with what is taken back of its reading, the library's revision, and filters, for a search."""
    question = asked(words, back, values)
    revision = resources.library.revision
    return [find(question, resources=resources), (words, back), revision, *narrowed(question, values, resources)]


def restocked(
    words: str, back: frozenset[str], values: Sequence[Any], revision: int, resources: Resources
) -> list[Any]:
    """The filters counted anew; the cards too where the library has changed since `revision`, of which they are."""
    import gradio as gr

    if words.strip() and revision != resources.library.revision:
        return searched(words, back, values, resources)
    return [gr.skip(), gr.skip(), gr.skip(), *narrowed(asked(words, back, values), values, resources)]


def build(room: Room, *, desk: Port, drawer: Any, tab: Any) -> None:  # noqa: ANN401  gradio components
    """Lay the page out and wire it. `desk` is where passages go that the user wants in the draft."""
    import gradio as gr

    resources = room.resources
    *choices, eras = choices_of(Asked(""), resources)
    taken_back = gr.State(("", frozenset()))  # a query and what of its reading the user took back
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
                    for name, offered in zip(NAMES, choices, strict=False)
                ]
                filters.append(gr.Dropdown([ANY, *eras], label=NAMES[-1], value=""))
            with gr.Column(scale=7, min_width=320):
                cards = gr.HTML(welcome(), elem_id="results", js_on_load=pick_script())
    drawn = gr.State(-1)  # the library's revision of which the cards are
    shown = [cards, taken_back, drawn, *filters]

    def search(words: str, back: tuple[str, frozenset[str]], *values: Any) -> list[Any]:  # noqa: ANN401
        return searched(words, still_taken(words, back), values, resources)

    @told
    def picked(event: gr.EventData, now: Desk, words: str, back: tuple[str, frozenset[str]], *values: Any) -> list[Any]:  # noqa: ANN401
        match event.pick:
            case "query":
                return [event.value, gr.skip(), *searched(event.value, frozenset(), values, resources)]
            case "unread":
                return [gr.skip(), gr.skip(), *searched(words, back[1] | {event.value}, values, resources)]
            case "unfilter":
                return [gr.skip(), gr.skip(), *searched(words, back[1], NO_FILTERS, resources)]
            case "use":
                return [gr.skip(), insertion(now, event.value, room=room), *[gr.skip()] * len(shown)]
        return [gr.skip(), whole_text(event.value, resources), *[gr.skip()] * len(shown)]

    @told
    def insert(event: gr.EventData, now: Desk) -> list[Any]:
        if event.pick != "insert":
            return [gr.skip()] * len(desk.outputs)
        after, message = inserted(now, event.value, room=room)
        gr.Info(message, title="用到草稿里", duration=5)
        shown = desk.show(after)
        return [shown[0], gr.skip(), *shown[2:]]

    def stocked(back: tuple[str, frozenset[str]], revision: int, *values: Any) -> list[Any]:  # noqa: ANN401
        return restocked(*back, values, revision, resources)

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    told_now = [query, taken_back, *filters]
    query.submit(search, told_now, shown, **quiet)
    for component in filters:
        component.input(search, told_now, shown, **quiet)
    tab.select(stocked, [taken_back, drawn, *filters], shown, **quiet)
    cards.pick(picked, [desk.state, *told_now], [query, drawer, *shown], **quiet)
    drawer.pick(insert, desk.state, desk.outputs, **quiet)
