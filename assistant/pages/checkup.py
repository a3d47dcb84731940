"""体检: any plan, pasted or uploaded: what to look at, marked in the text and listed; one press mends it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup

from assistant.checking import CheckRequest
from assistant.checkup import Checkup, accept, begin, put_aside, revised, year_of, year_said
from assistant.desk import Room
from assistant.pages.downloads import fetch, fetcher, written
from assistant.pages.findings import annotated, finding_list, keys_chosen, lights
from assistant.pages.markup import button, copy_button, joined
from assistant.pages.person import seated, told
from assistant.pages.texts import whole_text
from assistant.pages.theme import pick_script
from assistant.profile import Profile
from assistant.resources import Resources
from corpus.datatypes import OrganisationType, Period

UNSAID = "由文中判断"
COPIES = 12  # copied places shown


def examined(
    text: str,
    *,
    name: str,
    year: str,
    organisation: str,
    period: str,
    unit: str,
    last_plan: str,
    profile: Profile,
    resources: Resources,
) -> Checkup:
    """The check-up behind the page; what is left open is read from the text. Raises BadRequest."""
    request = CheckRequest(
        year=year_said(year) or year_of(text, today=date.today()),
        organisation=None if organisation == UNSAID else OrganisationType(organisation),
        period=None if period == UNSAID else Period(period),
        name=unit.strip() or profile.name or None,
        last_plan=last_plan.strip() or None,
        off=frozenset(profile.off),
    )
    return begin(text, name=name, request=request, timeline=resources.timeline, samples=resources.samples)


def pressed(held: Checkup, pick: str, value: str, *, resources: Resources) -> tuple[Checkup, str]:
    """The check-up after a press in the list, and what to say about it."""
    keys = keys_chosen(pick, value, held.findings)
    if pick.startswith("ignore"):
        return put_aside(held, keys), ""
    after, count = accept(held, keys, timeline=resources.timeline, samples=resources.samples)
    return after, f"改了 {count} 处。" if count else "这里没有一键改，请在原文里改。"


def summary(held: Checkup) -> Markup:
    """What was checked, the lamps, and what can be taken away."""
    asked = held.request
    said = [f"{asked.year} 年", asked.organisation, asked.period, asked.name, f"{len(held.text):,} 字"]
    made = f"已改 {len(held.edits)} 处" if held.edits else ""
    return Markup('<div class="summary">{}<span>{}</span><span class="made">{}</span></div>').format(
        lights(held.findings), " · ".join(str(each) for each in said if each), made
    )


def likeness(held: Checkup) -> Markup:
    """雷同度: both numbers, and the places with the sample they stand in."""
    measured = held.overlap
    last = "未提供" if measured.against_last is None else f"{measured.against_last:.0%}"
    numbers = Markup('<div class="likeness"><p><b>{:.0%}</b>与范文雷同</p><p><b>{}</b>与去年计划雷同</p></div>').format(
        measured.against_samples, last
    )
    places = joined(
        Markup("<li><p>“{}”</p><p class='place'>{} · {}{}</p></li>").format(
            held.text[copy.start : copy.end],
            copy.passage.title or copy.passage.file,
            copy.passage.organisation,
            button("看范文", pick="plan", value=copy.passage.id),
        )
        for copy in measured.copies[:COPIES]
    )
    rest = len(measured.copies) - COPIES
    more = Markup("<p class='count'>另有 {} 处</p>").format(rest) if rest > 0 else ""
    if not places:
        return numbers
    return Markup("{}<details><summary>雷同的 {} 处</summary><ul class='copies'>{}</ul>{}</details>").format(
        numbers, len(measured.copies), places, more
    )


def corrected(held: Checkup, *, folder: Path) -> str:
    """Write the corrected text as .docx with every change marked; returns the path."""
    from assistant.export.revision import tracked_docx

    stem = Path(held.name).stem or held.text.strip().split("\n", 1)[0]
    return written(tracked_docx(revised(held)), f"{stem[:60]}（体检修订）", ".docx", folder=folder)


def views(held: Checkup) -> list[str]:
    """Summary, marked text, list with likeness, copy button."""
    fixes = [each for each in held.findings if each.replacement is not None]
    top = button(f"一键改全部 {len(fixes)} 处", pick="accept-all", value="", kind="strong") if fixes else Markup("")
    return [
        summary(held),
        annotated(held.text, held.findings),
        joined((top, finding_list(held.findings), likeness(held))),
        copy_button("复制改后全文", copies=held.text),
    ]


def read_file(path: str | None) -> str:
    """The text of an uploaded file of any format 工笔 reads. Raises BadDocument."""
    from corpus.load import load

    return load(Path(path)).text if path else ""


def build(
    room: Room,
    *,
    desk: Any,  # noqa: ANN401  what 起草 offers other pages
    drawer: Any,  # noqa: ANN401  a gradio component
    folder: Path,
) -> None:
    """Lay the page out and wire it."""
    import gradio as gr

    from corpus.load import SUFFIXES

    resources = room.resources
    held, name = gr.State(None), gr.State("")
    with gr.Column(elem_classes="sheet-wide"):
        with gr.Row(elem_classes="asking", equal_height=False) as form:
            with gr.Column(scale=7, min_width=320):
                text = gr.Textbox(
                    label="要体检的计划",
                    placeholder="把计划全文粘贴到这里，或上传文件。自己写的、去年的、同事的都可以。",
                    lines=21,
                    max_lines=21,
                    elem_id="check-text",
                )
            with gr.Column(scale=4, min_width=280):
                file = gr.File(label="上传文件", height=120, file_types=sorted(SUFFIXES), elem_id="check-file")
                with gr.Row():
                    year = gr.Textbox(label="计划年份", placeholder="由文中判断", max_lines=1, min_width=110)
                    period = gr.Dropdown(_choices(Period), value=UNSAID, label="周期", min_width=130)
                organisation = gr.Dropdown(_choices(OrganisationType), value=UNSAID, label="单位类型")
                unit = gr.Textbox(label="单位名称", placeholder="留空则用设置里的单位", max_lines=1)
                last = gr.File(
                    label="去年的计划（可选，算雷同度）", height=120, file_types=sorted(SUFFIXES), elem_id="check-last"
                )
                go = gr.Button("体检", variant="primary", elem_id="check-go")
        with gr.Column(visible=False, elem_classes="checking") as result:
            with gr.Row(elem_classes="toolbar"):
                line = gr.HTML("", elem_classes="grow")
                copy = gr.HTML("", elem_classes="fit")
                back = gr.Button("改原文", size="sm", min_width=80, scale=0)
                word = gr.Button(
                    "下载修订稿", size="sm", variant="primary", min_width=110, scale=0, elem_id="check-word"
                )
            with gr.Row(elem_classes="halves", equal_height=False):
                page = gr.HTML("", elem_id="checked", js_on_load=pick_script())
                findings = gr.HTML("", elem_id="findings", js_on_load=pick_script())
        file_out = fetcher("check-fetch")

    shown = [line, page, findings, copy]

    @told
    def upload(path: str | None) -> list[Any]:
        return [read_file(path), Path(path).name if path else ""]

    @told
    def examine(request: gr.Request, words: str, file_name: str, *asked: Any) -> list[Any]:  # noqa: ANN401
        when, kind, span, called, last_file, now, stored = asked
        checked = examined(
            words,
            name=file_name,
            year=when,
            organisation=kind,
            period=span,
            unit=called,
            last_plan=read_file(last_file),
            profile=room.profile(seated(now, stored, request)),
            resources=resources,
        )
        return [checked, *views(checked), gr.update(visible=False), gr.update(visible=True)]

    @told
    def act(event: gr.EventData, checked: Checkup | None) -> list[Any]:
        if checked is None:
            return [gr.skip()] * (2 + len(shown))
        if event.pick == "plan":
            return [gr.skip(), whole_text(event.value, resources), *[gr.skip()] * len(shown)]
        after, say = pressed(checked, event.pick, event.value, resources=resources)
        if say:
            gr.Info(say, title="体检", duration=3)
        return [after, gr.skip(), *views(after)]

    @told
    def save(checked: Checkup | None) -> Any:  # noqa: ANN401
        return corrected(checked, folder=folder) if checked else gr.skip()

    def edit(checked: Checkup | None) -> list[Any]:
        words = checked.text if checked else gr.skip()
        return [words, gr.update(visible=True), gr.update(visible=False)]

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    file.upload(upload, file, [text, name], **quiet)
    asked = [text, name, year, organisation, period, unit, last, desk.state, desk.browser]
    go.click(examine, asked, [held, *shown, form, result], **quiet)
    findings.pick(act, held, [held, drawer, *shown], **quiet)
    back.click(edit, held, [text, form, result], **quiet)
    word.click(save, held, file_out, **quiet).success(None, None, None, js=fetch("check-fetch"))


def _choices(kinds: type[OrganisationType] | type[Period]) -> Sequence[str]:
    left_out = (OrganisationType.PEOPLES_CONGRESS, OrganisationType.OTHER, Period.NONE)
    return [UNSAID, *(str(each) for each in kinds if each not in left_out)]
