"""起草: the conversation on the left, the plan growing on the right, every sentence open to its source."""

import re
import shutil
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup

from assistant.chat import EXAMPLE, Turn, answer
from assistant.datatypes import Draft, ProvenanceKind, Sentence
from assistant.pages import sources
from assistant.pages.markup import joined, notice
from assistant.pages.paper import find_sentence, paper, summary
from assistant.pages.theme import pick_script
from assistant.resources import Resources
from corpus.datatypes import Passage
from corpus.errors import NotInLibrary

EXAMPLES = (
    ("医院 · 2026年全年", EXAMPLE),
    ("学校 · 明年第一学期", "我们是某某市第一小学，写一份明年第一学期的工会计划"),
    ("企业 · 突出劳动竞赛", "写一份2027年公司工会工作计划，重点写劳动竞赛和职工创新"),
    ("街道 · 上半年 · 简短", "街道总工会今年上半年的工作计划，简短一点"),
)
GREETING = (
    '<div class="greeting"><h2>写一份工会工作计划</h2>'
    "<p>说说是哪家单位、哪一年，我来起草。<br>取材于范文，合乎当年，句句可查来历。</p></div>"
)
STEPS = ("在左边说明单位和年份，或点一个例子", "文稿在这里按公文格式排好", "点任何一句看它的来历，再下载 Word")
FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')  # in file names, on Windows
KEPT = 3600  # seconds; Gradio has copied a file long before
LONGEST = 80  # characters of a file name


def sheet(draft: Draft | None, resources: Resources) -> tuple[str, str]:
    """The line above the sheet and the sheet itself."""
    if draft is None:
        steps = joined(Markup("<li>{}</li>").format(step) for step in STEPS)
        return "", Markup('<article class="paper blank-sheet"><h1>工会工作计划</h1><ol>{}</ol></article>').format(steps)
    wanted = {sentence.provenance.source for sentence in draft.sentences}
    borrowed = {passage.id: passage for passage in resources.passages if passage.id in wanted}
    return summary(draft), paper(draft, sources=borrowed)


def source(draft: Draft | None, pick: str, value: str, resources: Resources) -> str:
    """The drawer for what was chosen: a sentence of the draft, or the whole text around a passage."""
    if pick == "plan":
        return whole_text(value, resources)
    sentence = find_sentence(draft, value) if draft else None
    if sentence is None:
        return sources.gone()
    match sentence.provenance.kind:
        case ProvenanceKind.TEMPLATE:
            return _template_source(sentence)
        case ProvenanceKind.FACT:
            return _fact_source(sentence, resources)
    passage = _passage(sentence.provenance.source, resources)
    return sources.borrowed_source(sentence, passage) if passage else sources.plain_source(sentence)


def whole_text(passage_id: str, resources: Resources) -> str:
    """The drawer with the whole sample text around a passage."""
    try:
        passage = resources.library.passage(passage_id)
        return sources.plan_reading(resources.library.plan(passage.plan_id), passage)
    except NotInLibrary as error:
        return sources.drawer("范文", notice("找不到这篇范文", str(error), kind="problem"))


def save(draft: Draft, folder: Path) -> tuple[str, str]:
    """Write the draft as .docx and .md into a new folder below `folder`; returns both paths."""
    from assistant.export.docx import docx_bytes
    from assistant.export.markdown import markdown

    for old in folder.iterdir():
        if time.time() - old.stat().st_mtime > KEPT:
            shutil.rmtree(old, ignore_errors=True)
    stem = FORBIDDEN.sub("", draft.title)[:LONGEST] or "工会工作计划"
    own = Path(tempfile.mkdtemp(dir=folder))
    word, text = own / f"{stem}.docx", own / f"{stem}.md"
    word.write_bytes(docx_bytes(draft))
    text.write_text(markdown(draft), encoding="utf-8")
    return str(word), str(text)


def build(resources: Resources, *, drawer: Any, folder: Path) -> None:  # noqa: ANN401  a gradio component
    """Lay the page out and wire it. `drawer` is the component every page opens sources in; files offered for download
    are written below `folder`.
    """
    import gradio as gr

    utterances, draft, seed = gr.State(()), gr.State(None), gr.State(0)
    with gr.Row(elem_classes="desk"):
        with gr.Column(elem_id="talk", scale=4, min_width=300):
            chat = gr.Chatbot(
                show_label=False,
                elem_id="chat",
                buttons=[],
                feedback_options=None,
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
                line = gr.HTML("", elem_id="line")
                again = gr.Button("换一版", size="sm", interactive=False, min_width=72, scale=0)
                text = gr.DownloadButton("下载文本", size="sm", interactive=False, min_width=84, scale=0)
                word = gr.DownloadButton(
                    "下载 Word", size="sm", variant="primary", interactive=False, min_width=96, scale=0, elem_id="word"
                )
            page = gr.HTML(sheet(None, resources)[1], elem_id="sheet", js_on_load=pick_script())

    shown = [line, page, drawer, draft, again, word, text]

    def show(turn: Turn) -> list[Any]:
        if turn.draft is None:
            return [gr.skip()] * len(shown)
        docx, markdown = save(turn.draft, folder)
        files = [gr.update(value=path, interactive=True) for path in (docx, markdown)]
        return [*sheet(turn.draft, resources), "", turn.draft, gr.update(interactive=True), *files]

    def send(said: str, before: tuple[str, ...], history: list[Any], number: int) -> Any:  # noqa: ANN401
        if not said.strip():
            yield [gr.skip()] * (3 + len(shown))
            return
        now = (*before, said)
        history = [*history, {"role": "user", "content": said}]
        waiting = {"role": "assistant", "content": "正在起草……"}
        yield [[*history, waiting], "", now, *[gr.skip()] * len(shown)]
        turn = answer(now, seed=number, today=date.today(), resources=resources)
        yield [[*history, _message(turn)], gr.skip(), gr.skip(), *show(turn)]

    def choose(event: gr.SelectData, before: tuple[str, ...], history: list[Any], number: int) -> Any:  # noqa: ANN401
        said = event.value["text"] if isinstance(event.value, dict) else str(event.value)
        yield from send(said, before, history, number)

    def another(before: tuple[str, ...], history: list[Any], number: int) -> list[Any]:
        turn = answer(before, seed=number + 1, today=date.today(), resources=resources)
        said = {"role": "assistant", "content": f"这是第 {number + 2} 版，换了一组取材。"}
        return [[*history, said], number + 1, *show(turn)]

    def opened(event: gr.EventData, current: Draft | None) -> str:
        shown = source(current, event.pick, event.value, resources)
        return Markup('<div class="over-talk">{}</div>').format(shown)

    def forget() -> list[Any]:
        off = gr.update(interactive=False)
        return ["", (), 0, *sheet(None, resources), "", None, off, off, off]

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    answered = [chat, request, utterances, *shown]
    request.submit(send, [request, utterances, chat, seed], answered, **quiet)
    chat.example_select(choose, [utterances, chat, seed], answered, **quiet)
    chat.option_select(choose, [utterances, chat, seed], answered, **quiet)
    chat.clear(forget, None, [request, utterances, seed, *shown], **quiet)
    again.click(another, [utterances, chat, seed], [chat, seed, *shown], **quiet)
    page.pick(opened, [draft], drawer, **quiet)


def _message(turn: Turn) -> dict[str, Any]:
    options = [{"label": str(choice), "value": str(choice)} for choice in turn.choices]
    return {"role": "assistant", "content": turn.reply, "options": options}


def _passage(passage_id: str, resources: Resources) -> Passage | None:
    """None for a sentence without a passage, or one whose document was deleted since."""
    try:
        return resources.library.passage(passage_id) if passage_id else None
    except NotInLibrary:
        return None


def _template_source(sentence: Sentence) -> str:
    from assistant.drafting.templates import load_templates

    found = next((t for t in load_templates() if t.id == sentence.provenance.source), None)
    if found is None:
        return sources.plain_source(sentence)
    return sources.written_source(sentence, title="工笔自带的写法", text=found.text, edits=sentence.provenance.edits)


def _fact_source(sentence: Sentence, resources: Resources) -> str:
    keys = sentence.provenance.source.split("+")
    return sources.fact_source(sentence, [resources.timeline.entries[key] for key in keys])
