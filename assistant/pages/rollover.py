"""年度续写: last year's own plan in, this year's out, every change marked and told, gaps ready to be filled."""

from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup

from assistant.checkup import year_said
from assistant.desk import Desk, Room
from assistant.pages.downloads import fetch, fetcher, written
from assistant.pages.markup import button, chip, copy_button, joined, notice
from assistant.pages.person import seated, told
from assistant.pages.theme import pick_script
from assistant.profile import Profile
from assistant.resources import Resources
from assistant.rolling.datatypes import Change, ChangeKind, Gap, Note, Rollover
from assistant.rolling.filling import fill_gap
from assistant.rollover import roll_over
from assistant.understand import next_plan_year
from corpus.datatypes import Topic
from corpus.errors import BadRequest

PASTED = "去年的计划.txt"
_QUOTE = 40


def rolled_over(
    text: str, path: str | None, *, year: str, name: str, profile: Profile, resources: Resources
) -> Rollover:
    """The roll-over behind the page, of a file or else of pasted text. Raises BadDocument and BadRequest."""
    from corpus.load import load, load_bytes

    if not path and not text.strip():
        raise BadRequest("还没有去年的计划：请上传文件，或把全文粘贴进来。")
    when = year_said(year)
    if when is None:
        raise BadRequest("请填新计划的年份，例如 2027。")
    return roll_over(
        load(Path(path)) if path else load_bytes(PASTED, text.encode()),
        year=when,
        name=name.strip() or profile.name or None,
        passages=resources.passages,
        timeline=resources.timeline,
    )


def summary(rolled: Rollover) -> Markup:
    """From which year to which, and how much there is to look at."""
    years = f"{rolled.from_year or '上一'}年 → {rolled.draft.request.year}年"
    counts = f"改动 {len(rolled.changes)} 处 · 请核对 {len(rolled.notes)} 处 · 缺项 {len(rolled.gaps)} 个"
    return Markup('<div class="summary"><b>{}</b><span>{}</span></div>').format(years, counts)


def new_text(rolled: Rollover) -> Markup:
    """The text of this year with what was taken out and put in, and what is left to decide."""
    parts: list[Markup] = []
    position = 0
    text = rolled.text_before
    for number, change in enumerate(rolled.changes):
        parts += [_kept(text, position, change.start, rolled.notes), _change(change, number)]
        position = change.end
    parts.append(_kept(text, position, len(text), rolled.notes))
    lines = str(joined(parts)).split("\n")
    shown = joined(Markup("<p>{}</p>").format(Markup(line)) for line in lines if line.strip())
    return Markup('<article class="paper checked" aria-label="续写的计划">{}</article>').format(shown)


def lists(rolled: Rollover) -> Markup:
    """Gaps first, for they ask for something; then what to look at; then every change with its reason."""
    return joined(
        (
            _part("和同类单位比，还缺", [_gap(gap) for gap in rolled.gaps]),
            _part("请您核对", [_note(note, number) for number, note in enumerate(rolled.notes)]),
            _part("改动", [_row(change, number) for number, change in enumerate(rolled.changes)]),
            Markup("") if rolled.changes else notice("没有需要改的地方", "文中没有随年份变的内容。"),
        )
    )


def saved(rolled: Rollover, kind: str, *, folder: Path) -> str:
    """Write the clean .docx or the one with revision marks; returns the path."""
    from assistant.export.docx import docx_bytes
    from assistant.export.revision import tracked_docx

    title = rolled.draft.title or f"{rolled.draft.request.year}年工会工作计划"
    if kind == "tracked":
        return written(tracked_docx(rolled), f"{title}（修订稿）", ".docx", folder=folder)
    return written(docx_bytes(rolled.draft), title, ".docx", folder=folder)


def views(rolled: Rollover) -> list[str]:
    """Summary, text, lists, copy button."""
    return [summary(rolled), new_text(rolled), lists(rolled), copy_button("复制全文", copies=rolled.text_after)]


def build(
    room: Room,
    *,
    desk: Any,  # noqa: ANN401  what 起草 offers other pages
    tabs: Any,  # noqa: ANN401
    folder: Path,
) -> None:
    """Lay the page out and wire it."""
    import gradio as gr

    from corpus.load import SUFFIXES

    held = gr.State(None)
    with gr.Column(elem_classes="sheet-wide"):
        with gr.Row(elem_classes="asking", equal_height=False) as form:
            with gr.Column(scale=7, min_width=320):
                text = gr.Textbox(
                    label="去年的计划",
                    placeholder="把本单位去年的计划粘贴到这里，或上传文件。没有过时的句子一字不动。",
                    lines=16,
                    max_lines=16,
                    elem_id="roll-text",
                )
            with gr.Column(scale=4, min_width=280):
                file = gr.File(label="上传文件", height=120, file_types=sorted(SUFFIXES), elem_id="roll-file")
                year = gr.Textbox(str(next_plan_year(date.today())), label="新计划的年份", max_lines=1)
                unit = gr.Textbox(label="单位名称", placeholder="和去年一样就留空", max_lines=1)
                go = gr.Button("续写", variant="primary", elem_id="roll-go")
        with gr.Column(visible=False, elem_classes="checking") as result:
            with gr.Row(elem_classes="toolbar"):
                line = gr.HTML("", elem_classes="grow")
                copy = gr.HTML("", elem_classes="fit")
                back = gr.Button("换一份", size="sm", min_width=80, scale=0)
                tracked = gr.Button("下载修订稿", size="sm", min_width=100, scale=0)
                clean = gr.Button("下载 Word", size="sm", min_width=96, scale=0, elem_id="roll-word")
                onward = gr.Button("到起草里接着改", size="sm", variant="primary", min_width=130, scale=0)
            with gr.Row(elem_classes="halves", equal_height=False):
                page = gr.HTML("", elem_id="rolled", js_on_load=pick_script())
                side = gr.HTML("", elem_id="changes", js_on_load=pick_script())
        file_out = fetcher("roll-fetch")
    shown = [line, page, side, copy]

    @told
    def roll(
        words: str, path: str | None, when: str, name: str, now: Desk, stored: str, request: gr.Request
    ) -> list[Any]:
        known = room.profile(seated(now, stored, request))
        rolled = rolled_over(words, path, year=when, name=name, profile=known, resources=room.resources)
        return [rolled, *views(rolled), gr.update(visible=False), gr.update(visible=True)]

    @told
    def insert(event: gr.EventData, rolled: Rollover | None) -> list[Any]:
        if rolled is None or event.pick != "gap":
            return [gr.skip()] * (1 + len(shown))
        after = fill_gap(rolled, Topic(event.value))
        gr.Info(f"已把“{event.value}”加在正文末尾，可到起草里移动位置。", title="年度续写", duration=4)
        return [after, *views(after)]

    @told
    def download(rolled: Rollover | None) -> Any:  # noqa: ANN401
        return saved(rolled, "clean", folder=folder) if rolled else gr.skip()

    @told
    def download_tracked(rolled: Rollover | None) -> Any:  # noqa: ANN401
        return saved(rolled, "tracked", folder=folder) if rolled else gr.skip()

    @told
    def carry_on(rolled: Rollover | None, now: Desk, stored: str, request: gr.Request) -> list[Any]:
        if rolled is None:
            return [*[gr.skip()] * len(desk.outputs), gr.skip()]
        return [*desk.take(seated(now, stored, request), rolled.draft, "年度续写"), gr.update(selected="draft")]

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    go.click(roll, [text, file, year, unit, desk.state, desk.browser], [held, *shown, form, result], **quiet)
    side.pick(insert, held, [held, *shown], **quiet)
    back.click(lambda: [gr.update(visible=True), gr.update(visible=False)], None, [form, result], **quiet)
    clean.click(download, held, file_out, **quiet).success(None, None, None, js=fetch("roll-fetch"))
    tracked.click(download_tracked, held, file_out, **quiet).success(None, None, None, js=fetch("roll-fetch"))
    onward.click(carry_on, [held, desk.state, desk.browser], [*desk.outputs, tabs], **quiet)


def _kept(text: str, start: int, end: int, notes: tuple[Note, ...]) -> Markup:
    """What stays, with the notes that lie in it marked."""
    parts: list[Markup] = []
    position = start
    for number, note in enumerate(notes):
        if position <= note.start < note.end <= end:
            parts.append(Markup("{}").format(text[position : note.start]))
            words = text[note.start : note.end].split("\n")
            mark = Markup('<mark class="finding should" id="note-{}" data-jump="row-note-{}" data-hint="{}">{}</mark>')
            parts.append(mark.format(number, number, note.message, "".join(words)))
            position = note.end
    parts.append(Markup("{}").format(text[position:end]))
    return joined(parts)


def _change(change: Change, number: int) -> Markup:
    removed = Markup("<del>{}</del>").format(change.before.replace("\n", "")) if change.before else ""
    lines = change.after.split("\n") if change.after else []
    added = Markup("\n").join(Markup("<ins>{}</ins>").format(line) if line else Markup("") for line in lines)
    words = joined((removed, added))
    if "\n" in added:  # a whole part: its lines stand by themselves
        return words
    return Markup(
        '<span class="turned" id="change-{}" role="button" tabindex="0" data-jump="row-change-{}" '
        'data-hint="{}：{}">{}</span>'
    ).format(number, number, change.kind, change.why, words)


def _part(title: str, rows: list[Markup]) -> Markup:
    if not rows:
        return Markup("")
    head = Markup('<header><h4>{}<span class="number">{}</span></h4></header>').format(title, len(rows))
    return Markup('<div class="findings"><section>{}<ul>{}</ul></section></div>').format(head, joined(rows))


def _gap(gap: Gap) -> Markup:
    items = joined(Markup("<p class='offer'>{}</p>").format(item.text) for item in gap.items)
    put = button("加进来", pick="gap", value=gap.topic, kind="fix", label=f"把{gap.topic}加进来")
    return Markup('<li><p><b>{}</b></p><p class="why">{}</p>{}<div class="actions">{}</div></li>').format(
        gap.heading or gap.topic, gap.reason, items, put if gap.items else "范文里没有合适的写法"
    )


def _note(note: Note, number: int) -> Markup:
    words = note.text.strip()[:_QUOTE]
    quote = Markup("<p class='change'>“{}”</p>").format(words) if words else Markup("")
    look = Markup('<button type="button" class="link" data-jump="note-{}">看原文</button>').format(number)
    return Markup('<li id="row-note-{}"><p>{}</p>{}<div class="actions">{}</div></li>').format(
        number, note.message, quote, look if note.end > note.start else ""
    )


def _row(change: Change, number: int) -> Markup:
    after = change.after.strip().split("\n", 1)[0]
    kind = chip(change.kind, kind="only" if change.kind is ChangeKind.GAP else "")
    return Markup(
        '<li id="row-change-{}"><p class="change">{}<del>{}</del> → <ins>{}</ins></p><p class="why">{}</p>'
        '<div class="actions"><button type="button" class="link" data-jump="change-{}">看原文</button></div></li>'
    ).format(number, kind, change.before or "（无）", after or "（删去）", change.why, number)
