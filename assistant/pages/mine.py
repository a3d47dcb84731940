"""我的文稿: what the user wrote: drafts with their versions and conversations, to open, rename, compare and delete."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup

from assistant.desk import Desk
from assistant.difference import Difference, DifferenceKind, differences
from assistant.history import Conversation, History, ListedDraft, Version
from assistant.pages.draft import Port
from assistant.pages.markup import button, chip, joined, notice
from assistant.pages.outline import box
from assistant.pages.person import seated, told
from assistant.pages.theme import pick_script

NOTHING_YET = notice("还没有文稿", "到起草里写一份，每一步改动都会自动存在这里，关了再开也在。")
CHOOSE = notice("选一份文稿", "在左边点开，看它的每一版，比一比改了什么。")
_LABEL = 10  # characters of what made a version, where one is chosen
_WORDS = {
    DifferenceKind.ADDED: "only",
    DifferenceKind.REMOVED: "problem",
    DifferenceKind.CHANGED: "understood",
}


def draft_list(drafts: Sequence[ListedDraft], chosen: str = "") -> Markup:
    """All drafts, the one changed last first."""
    if not drafts:
        return NOTHING_YET
    rows = joined(
        Markup(
            '<li><button type="button" class="{}" data-pick="look" data-value="{}"><b>{}</b>'
            "<span>{} 版 · {}</span></button></li>"
        ).format("chosen" if each.id == chosen else "", each.id, each.name, each.versions, when(each.changed))
        for each in drafts
    )
    return Markup('<ul class="documents">{}</ul>').format(rows)


def conversation_list(conversations: Sequence[Conversation]) -> Markup:
    """Conversations that have no draft any more or never had one; the others open with their draft."""
    loose = [each for each in conversations if each.draft_id is None]
    if not loose:
        return Markup("")
    rows = joined(
        Markup("<li><details><summary>{} · {}</summary>{}{}</details></li>").format(
            each.name,
            when(each.changed),
            joined(Markup('<p class="said {}">{}</p>').format(message.role, message.text) for message in each.messages),
            button("删去这段对话", pick="forget", value=each.id),
        )
        for each in loose
    )
    return Markup('<h4 class="count">没有文稿的对话</h4><ul class="talks">{}</ul>').format(rows)


def draft_view(listed: ListedDraft, versions: Sequence[Version]) -> Markup:
    """One draft: what can be done with it, and its versions, the newest first."""
    rows = joined(
        Markup("<li><b>第 {} 版</b><span>{}</span><span class='count'>{}</span>{}</li>").format(
            each.number, each.label, when(each.created), button("用这一版", pick="restore", value=str(each.number))
        )
        for each in reversed(versions)
    )
    return Markup(
        '<div class="document"><h3>{}</h3><p class="chips">{}{}</p><h4 class="count">改名</h4>{}'
        '<h4 class="count">版本</h4><ul class="versions">{}</ul></div>'
    ).format(
        listed.name,
        button("打开，接着改", pick="open", value=listed.id, kind="strong"),
        button("删除这份文稿", pick="delete", value=listed.id),
        box(listed.name, pick="rename", value=listed.id, label="文稿的名字", rows=1),
        rows,
    )


def difference_list(found: Sequence[Difference]) -> Markup:
    """What differs between two versions, in reading order."""
    if not found:
        return notice("这两版一样", "")
    rows = joined(
        Markup("<li>{}<b>{}</b><p>{}{}</p></li>").format(
            chip(each.kind, kind=_WORDS.get(each.kind, "")),
            each.section,
            Markup("<del>{}</del>").format(each.before) if each.before != each.after and each.before else "",
            Markup("<ins>{}</ins>").format(each.after) if each.after else "",
        )
        for each in found
    )
    return Markup('<p class="count">不同 {} 处</p><ul class="differences">{}</ul>').format(len(found), rows)


def compared(user: str, draft_id: str, one: int, other: int, *, history: History) -> Markup:
    """Two versions compared, the older one first. Raises NotInLibrary."""
    first, second = sorted((one, other))
    old, new = (history.version(user, draft_id, number) for number in (first, second))
    return difference_list(differences(old, new))


def when(stamp: str) -> str:
    """A moment as people say it: 11月20日 15:04."""
    moment = datetime.fromisoformat(stamp)
    local = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone()
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def version_choices(versions: Sequence[Version]) -> list[tuple[str, int]]:
    """Versions to choose from, by number."""
    labels = (each.label if len(each.label) <= _LABEL else f"{each.label[: _LABEL - 1]}…" for each in versions)
    return [(f"第 {each.number} 版 · {label}", each.number) for each, label in zip(versions, labels, strict=True)]


def build(history: History, *, desk: Port, tab: Any, tabs: Any) -> None:  # noqa: ANN401, C901  handlers of one page
    """Lay the page out and wire it. Opening a draft leads to 起草."""
    import gradio as gr

    chosen, doomed = gr.State(""), gr.State("")
    with gr.Row(elem_classes=["sheet-wide", "halves"], equal_height=False):
        with gr.Column(scale=4, min_width=300):
            names = gr.HTML(NOTHING_YET, elem_id="drafts", js_on_load=pick_script())
            talks = gr.HTML("", elem_id="talks", js_on_load=pick_script())
        with gr.Column(scale=7, min_width=320):
            detail = gr.HTML(CHOOSE, elem_id="draft-view", js_on_load=pick_script())
            with gr.Group(visible=False, elem_classes="label-form") as deletion:
                question = gr.HTML()
                with gr.Row():
                    confirm = gr.Button("确定删除", variant="stop", size="sm")
                    keep = gr.Button("留着", size="sm")
            with gr.Group(visible=False, elem_classes="label-form") as pair, gr.Row():
                one = gr.Dropdown([], label="比较", min_width=160)
                other = gr.Dropdown([], label="和", min_width=160)
            result = gr.HTML("", elem_id="differences")
    shown = [chosen, names, talks, detail, deletion, pair, one, other, result]

    def view(now: Desk, draft_id: str) -> list[Any]:
        """Everything as it is, with one draft looked at."""
        listed = history.drafts(now.user) if now.user else ()
        talked = history.conversations(now.user) if now.user else ()
        held = next((each for each in listed if each.id == draft_id), None)
        lists = [draft_list(listed, draft_id), conversation_list(talked)]
        hidden = gr.update(visible=False)
        if held is None:
            return ["", *lists, CHOOSE if listed else "", hidden, hidden, gr.skip(), gr.skip(), ""]
        kept = history.versions(now.user, draft_id)
        choices = version_choices(kept)
        several = len(kept) > 1
        newest, before = kept[-1].number, kept[-2].number if several else None
        return [
            draft_id,
            *lists,
            draft_view(held, kept),
            hidden,
            gr.update(visible=several),
            gr.update(choices=choices, value=before),
            gr.update(choices=choices, value=newest),
            compared(now.user, draft_id, before, newest, history=history) if before else "",
        ]

    def arrive(now: Desk, stored: str, draft_id: str, request: gr.Request) -> list[Any]:
        return view(seated(now, stored, request), draft_id)

    @told
    def act(event: gr.EventData, now: Desk, stored: str, draft_id: str, request: gr.Request) -> list[Any]:
        now = seated(now, stored, request)
        match event.pick:
            case "forget":
                history.forget(now.user, event.value)
            case "rename":
                history.rename(now.user, event.value, event.text)
            case "restore":
                history.restore(now.user, draft_id, int(event.value))
            case "look":
                draft_id = event.value
        return view(now, draft_id)

    @told
    def lead(event: gr.EventData, now: Desk, stored: str, request: gr.Request) -> list[Any]:
        if event.pick != "open":
            return [*[gr.skip()] * len(desk.outputs), gr.skip()]
        return [*desk.open(seated(now, stored, request), event.value), gr.update(selected="draft")]

    @told
    def ask(event: gr.EventData, now: Desk, stored: str, request: gr.Request) -> list[Any]:
        if event.pick != "delete":
            return [gr.skip()] * 3
        name = history.draft(seated(now, stored, request).user, event.value).name
        told_ = notice(f"确定删除《{name}》？", "它的每一版都会删去，不能恢复；对话会留下。", kind="problem")
        return [event.value, told_, gr.update(visible=True)]

    @told
    def remove(now: Desk, stored: str, draft_id: str, request: gr.Request) -> list[Any]:
        now = seated(now, stored, request)
        history.delete(now.user, draft_id)
        gone = now.saved is not None and now.saved.id == draft_id
        on_desk = desk.show(Desk(now.user)) if gone else [gr.skip()] * len(desk.outputs)
        return [*view(now, ""), *on_desk]

    @told
    def compare(
        now: Desk, stored: str, draft_id: str, first: int | None, second: int | None, request: gr.Request
    ) -> str:
        if not (draft_id and first and second):
            return ""
        return compared(seated(now, stored, request).user, draft_id, first, second, history=history)

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    who = [desk.state, desk.browser]
    tab.select(arrive, [*who, chosen], shown, **quiet)
    for html in (names, detail, talks):
        html.pick(act, [*who, chosen], shown, **quiet)
    detail.pick(lead, who, [*desk.outputs, tabs], **quiet)
    detail.pick(ask, who, [doomed, question, deletion], **quiet)
    confirm.click(remove, [*who, doomed], [*shown, *desk.outputs], **quiet)
    keep.click(lambda: gr.update(visible=False), None, deletion, **quiet)
    for component in (one, other):
        component.input(compare, [*who, chosen, one, other], result, **quiet)
