"""起草: the conversation on the left, the plan on the right with its parts; every sentence open to its source."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from markupsafe import Markup

from assistant.datatypes import Draft, Length
from assistant.desk import Desk, Room, on_table, opened, operate, saying, started, step
from assistant.history import ListedDraft, Message
from assistant.pages import rewording
from assistant.pages.downloads import fetch, fetcher
from assistant.pages.exports import exported, menu
from assistant.pages.live import halted, live
from assistant.pages.markup import button, joined
from assistant.pages.person import identified, seated, told
from assistant.pages.sheet import BLANK_SHEET, dealt, findings_drawer, growing, opened_drawer, sheet
from assistant.pages.talk import EXAMPLES, GREETING, THINKING, chat_messages, unanswered
from assistant.pages.theme import pick_script
from assistant.revising import Op, Operation

RECENT = 3  # drafts offered on the empty sheet


@dataclass(frozen=True, slots=True)
class Port:
    """What 起草 offers other pages: its state, its outputs, and how to put a draft on the table."""

    state: Any  # gradio.State with a Desk
    browser: Any  # gradio.BrowserState with this browser's id
    recent: Any  # the list of drafts of last time
    outputs: list[Any]
    show: Callable[[Desk], list[Any]]
    take: Callable[[Desk, Draft, str], list[Any]]
    open: Callable[[Desk, str], list[Any]]


def recent_list(drafts: Sequence[ListedDraft]) -> Markup:
    """The drafts of last time, to go on with; nothing for somebody who has none."""
    if not drafts:
        return Markup("")
    rows = joined(button(each.name, pick="reopen", value=each.id, kind="example") for each in drafts)
    return Markup('<p class="examples"><span>接着上次的</span>{}</p>').format(rows)


def arriving(room: Room) -> Callable[..., tuple[str, Markup]]:
    """The handler of a page's opening: it gives the browser its id and finds its drafts of last time. It leaves the
    desk alone, for somebody may have begun to work meanwhile; whoever needs the user calls `seated`.
    """
    import gradio as gr

    def arrive(request: gr.Request, stored: str) -> tuple[str, Markup]:
        user, own = identified(request.username, stored, session=request.session_hash)
        return own, recent_list(room.history.drafts(user)[:RECENT])

    return arrive


def build(  # noqa: C901  the handlers of one page, each a few lines
    room: Room,
    *,
    drawer: Any,  # noqa: ANN401  a gradio component, like the next
    browser: Any,  # noqa: ANN401
    folder: Path,
) -> Port:
    """Lay the page out and wire it. `drawer` is the component every page opens sources in, `browser` keeps this
    browser's id; files offered for download are written below `folder`.
    """
    import gradio as gr

    history = room.history
    state, pending = gr.State(Desk()), gr.State("")  # the desk; what is being answered
    with gr.Row(elem_classes="desk"):
        with gr.Column(elem_id="talk", scale=4, min_width=300):
            chat = gr.Chatbot(
                show_label=False,
                elem_id="chat",
                buttons=[],
                feedback_options=None,
                latex_delimiters=[],
                placeholder=GREETING,
                examples=[{"text": text, "display_text": title} for title, text in EXAMPLES],
                height=None,
            )
            request = gr.Textbox(
                label="您的要求",
                show_label=False,
                elem_id="request",
                placeholder="哪家单位、哪一年的计划？",
                lines=1,
                max_lines=6,
                submit_btn="发送",
                autofocus=True,
                container=False,
            )
        with gr.Column(elem_id="document", scale=7, min_width=320):
            with gr.Row(elem_id="toolbar"):
                line = gr.HTML("", elem_id="line", js_on_load=pick_script())
                length = gr.Radio(
                    [str(each) for each in Length],
                    value=str(Length.STANDARD),
                    label="篇幅",
                    show_label=False,
                    container=False,
                    elem_id="length",
                    interactive=False,
                    min_width=180,
                )
                undo = gr.Button("撤销", size="sm", interactive=False, min_width=56, scale=0, elem_id="undo")
                redo = gr.Button("重做", size="sm", interactive=False, min_width=56, scale=0, elem_id="redo")
                again = gr.Button("换一版", size="sm", interactive=False, min_width=72, scale=0)
                exports = gr.HTML("", elem_id="exports", js_on_load=pick_script())
                word = gr.Button(
                    "下载 Word", size="sm", variant="primary", interactive=False, min_width=96, scale=0, elem_id="word"
                )
            with gr.Row(elem_id="pane", equal_height=False):
                page = gr.HTML(BLANK_SHEET, elem_id="sheet", js_on_load=pick_script())
                parts = gr.HTML("", elem_id="parts", js_on_load=pick_script())
            recent = gr.HTML("", elem_id="recent", js_on_load=pick_script())
            file_out = fetcher("draft-fetch")

    outputs = [state, chat, line, page, parts, drawer, undo, redo, again, length, exports, word]

    def show(desk: Desk, choices: Sequence[str] = ()) -> list[Any]:
        """Everything as it is now; with the choices of the last answer."""
        held = desk.saved
        on = gr.update(interactive=held is not None)
        asked = held.draft.request.length if held else Length.STANDARD
        return [
            desk,
            chat_messages(desk.messages, choices),
            *sheet(desk, room),
            "",
            gr.update(interactive=bool(held and held.can_undo)),
            gr.update(interactive=bool(held and held.can_redo)),
            on,
            gr.update(value=str(asked), interactive=held is not None),
            menu() if held else "",
            on,
        ]

    def send(said: str, now: Desk, stored: str, request: gr.Request) -> Any:  # noqa: ANN401
        same = [gr.skip()] * (len(outputs) - 2)
        if not said.strip():
            yield [gr.skip()] * (3 + len(outputs))
            return
        _, own = identified(request.username, stored, session=request.session_hash)
        now = seated(now, stored, request)
        asked = (*now.messages, Message("user", said))
        busy: Any = gr.update(value="", submit_btn=False, stop_btn="停止")
        for moment in saying(now, said, room=room, today=date.today()):
            if moment.done:
                break
            shown_now = chat_messages([*asked, Message("assistant", moment.note or THINKING)])
            sheet_now = [*growing(moment.draft, room), *same[3:]] if moment.draft else same
            yield [busy, own, said, gr.skip(), shown_now, *sheet_now]
            busy = gr.skip()  # what is typed meanwhile stays
        assert moment.done is not None  # nothing else ends the steps
        after, turn = moment.done
        shown = show(after, turn.choices)
        if after.saved == now.saved:
            shown[2:] = same
        for writing in live(after, room=room) if turn.is_new else ():
            if writing.desk == after:  # the offline draft stands while the model begins
                yield [busy, own, said, *shown]
            note = [Message("assistant", writing.note)] if writing.note else []
            shown = show(writing.desk) if writing.drawn else [gr.skip()] * len(outputs)
            shown[outputs.index(drawer)] = gr.skip()  # what is being looked at stays
            shown[1] = chat_messages([*writing.desk.messages, *note], turn.choices)
            yield [busy, own, said, *shown]
            shown = [gr.skip()] * len(outputs)
        yield [gr.update(submit_btn="发送", stop_btn=False), own, "", *shown]

    def choose(event: gr.SelectData, now: Desk, stored: str, request: gr.Request) -> Any:  # noqa: ANN401
        said = event.value["text"] if isinstance(event.value, dict) else str(event.value)
        yield from send(said, now, stored, request)

    def stopped(now: Desk, said: str) -> list[Any]:
        back = unanswered(now.messages, said)
        now = now if back else halted(now, room=room)
        box = gr.update(submit_btn="发送", stop_btn=False)
        return [box | {"value": back} if back else box, *show(now)]

    @told
    def deal(event: gr.EventData, now: Desk, stored: str, request: gr.Request) -> list[Any]:
        kept = [gr.skip()] * len(outputs)
        if event.pick in ("sentence", "section", "line", "findings"):
            found = opened_drawer(now, event.pick, event.value, room)
            kept[outputs.index(drawer)] = Markup('<div class="over-talk">{}</div>').format(found)
            return kept
        if event.pick == "reopen":
            return show(opened(seated(now, stored, request), event.value, history=history))
        after, message = dealt(now, event.pick, event.value, event.text, room=room)
        if message:
            gr.Info(message, title="文稿", duration=3)
        if after is now:
            return kept
        shown = show(after)
        shown[1] = gr.skip()
        if event.pick.startswith(("accept", "ignore")):
            found = findings_drawer(after, room)
            shown[outputs.index(drawer)] = Markup('<div class="over-talk">{}</div>').format(found)
        return shown

    @told
    def stepped(now: Desk, *, back: bool) -> list[Any]:
        after = step(now, history.undo if back else history.redo)
        shown = show(after)
        return [shown[0], gr.skip(), *shown[2:]]

    def undone(now: Desk) -> list[Any]:
        return stepped(now, back=True)

    def redone(now: Desk) -> list[Any]:
        return stepped(now, back=False)

    @told
    def changed(now: Desk, operation: Operation) -> list[Any]:
        after, message = operate(now, operation, room=room)
        gr.Info(message, title="文稿", duration=3)
        shown = show(after)
        return [shown[0], gr.skip(), *shown[2:]]

    def another(now: Desk) -> list[Any]:
        return changed(now, Operation(Op.REPLACE))

    def resize(wanted: str, now: Desk) -> list[Any]:
        return changed(now, Operation(Op.CHANGE, "篇幅", wanted))

    @told
    def export(event: gr.EventData, now: Desk) -> str:
        known = room.profile(now)
        own = on_table(now).request.name == (known.name or None)
        person = known.chairman if own else ""
        return exported(on_table(now), event.value, resources=room.resources, folder=folder, chairman=person)

    @told
    def print_word(now: Desk) -> str:
        return exported(on_table(now), "docx", resources=room.resources, folder=folder)

    def forget(now: Desk) -> list[Any]:
        drafts = history.drafts(now.user)[:RECENT] if now.user else ()
        return [gr.update(submit_btn="发送", stop_btn=False), *show(Desk(now.user)), recent_list(drafts)]

    def take(now: Desk, draft: Draft, label: str) -> list[Any]:
        return show(started(Desk(now.user), draft, label, history=history))

    def open_kept(now: Desk, draft_id: str) -> list[Any]:
        return show(opened(now, draft_id, history=history))

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    answered = [request, browser, pending, *outputs]
    sent = [
        request.submit(send, [request, state, browser], answered, **quiet),
        chat.example_select(choose, [state, browser], answered, **quiet),
        chat.option_select(choose, [state, browser], answered, **quiet),
    ]
    running: dict[str, Any] = {**quiet, "cancels": cast(list[Any], sent)}
    # first the one ends, then the other begins: what was under way must not be shown over the result
    request.stop(None, None, None, **running).then(stopped, [state, pending], [request, *outputs], **quiet)
    chat.clear(None, None, None, **running).then(forget, state, [request, *outputs, recent], **quiet)
    for component in (page, parts, line, drawer, recent):
        component.pick(deal, [state, browser], outputs, **quiet)
    rewording.build(room, state=state, drawer=drawer, surfaces=(page, drawer), outputs=outputs, show=show)
    undo.click(undone, state, outputs, **quiet)
    redo.click(redone, state, outputs, **quiet)
    again.click(another, state, outputs, **quiet)
    length.input(resize, [length, state], outputs, **quiet)
    exports.pick(export, state, file_out, **quiet).success(None, None, None, js=fetch("draft-fetch"))
    word.click(print_word, state, file_out, **quiet).success(None, None, None, js=fetch("draft-fetch"))
    return Port(state, browser, recent, outputs, show, take, open_kept)
