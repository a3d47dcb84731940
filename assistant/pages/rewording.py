"""润色 · 改写降重 · 缩写 · 扩写 · 换语气 on the sheet: buttons, words as they come, old beside new, take or leave."""

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from markupsafe import Markup

from assistant.datatypes import Draft
from assistant.desk import Desk, Room
from assistant.pages.markup import button, joined, notice
from assistant.pages.outline import box
from assistant.pages.paper import with_blanks
from assistant.pages.person import told
from assistant.pages.sources import drawer
from assistant.rewording import Manner
from assistant.writing import Offer, accepted, offered, rewording_on
from corpus.datatypes import Topic
from corpus.errors import UserError
from corpus.words import words

TONES = ("更正式", "更简练", "更具体", "更亲切", "更有力")
HINTS = {
    Manner.POLISH: "改顺语句，意思和篇幅不变",
    Manner.REWORD: "换个说法，降低与范文和去年计划的雷同",
    Manner.SHORTEN: "留下做什么，删去修饰",
    Manner.EXPAND: "把做法写具体",
    Manner.TONE: "更正式、更简练、更亲切……",
}
_EACH = 24  # new characters that are worth drawing
_LONGEST_TONE = 20  # characters
_MIXED = 0.4  # likeness of two texts below which they are shown one after the other, not word by word
_NO_LAST = "去年的计划还不在工笔里：放进范文库，或在这里起草过，就会一起比。"


def tools(draft: Draft, target: str) -> Markup:
    """The five buttons for a section (its id) or a sentence (its place); none where nothing may be reworded."""
    section_id, _, place = target.partition("/")
    section = next((each for each in draft.sections if each.id == section_id), None)
    if section is None or section.locked or section.topic is Topic.MONTHLY:
        return Markup("")
    title = "改写这一句" if place else "改写这一部分"
    return Markup('<h4>{}</h4><div class="tools">{}</div>').format(title, _buttons(target))


def selection_bar() -> Markup:
    """The same buttons for words selected on the sheet; the page's script brings them there and fills in where."""
    return Markup('<div class="reword-bar" role="toolbar" aria-label="改写选中的句子" hidden>{}</div>').format(
        _buttons("")
    )


def tones(target: str) -> Markup:
    """The drawer that asks for the tone."""
    rows = joined(button(tone, pick="reword", value=_value(Manner.TONE, tone, target), kind="tool") for tone in TONES)
    other = box("", pick="reword", value=_value(Manner.TONE, "", target), label="换成什么语气", go="改")
    return drawer("换语气", Markup('<div class="tools">{}</div><h4>别的语气</h4>{}').format(rows, other))


def working(manner: Manner, heading: str, text: str) -> Markup:
    """The drawer while a model rewords: its words so far, not yet checked, and a way to stop."""
    stop = Markup('<button type="button" class="tool" data-close data-stops="#reword-stop">停止</button>')
    where = Markup("正在改写“{}”，改好后逐句核对数字、名称和提法。").format(heading) if heading else "正在改写……"
    return drawer(
        f"正在{manner}",
        Markup('<p class="count" role="status">{}</p><p class="current coming">{}</p>').format(where, text),
        Markup('<footer class="actions">{}</footer>').format(stop),
    )


def comparison(offer: Offer) -> Markup:
    """Old beside new with 雷同度, what stayed and why, and the two answers."""
    result = offer.result
    reports = joined(Markup("<li>{}</li>").format(line) for line in result.reports)
    kept = Markup("<h4>说明</h4><ul class='stayed'>{}</ul>").format(reports) if reports else Markup("")
    if not result.differences:
        return drawer(f"{offer.manner}", notice("没有改动", result.message), kept)
    rows = joined(Markup("<p>{}</p>").format(row) for row in changes(offer.before, result.draft))
    answers = joined(
        (
            button("采用", pick="reword-take", value="", kind="fix"),
            Markup('<button type="button" class="tool" data-close>保留原文</button>'),
        )
    )
    return drawer(
        f"{offer.manner}：看看改得怎样",
        Markup('<p class="count">{}</p>').format(result.message),
        _figures(offer),
        Markup('<h4>改前改后</h4><div class="compared">{}</div>').format(rows),
        kept,
        Markup('<footer class="actions answers">{}</footer>').format(answers),
    )


def refused(manner: Manner, why: str, target: str) -> Markup:
    """What is said where nothing could be done, with what can be done instead."""
    section, _, place = target.partition("/")
    whole = button(f"{manner}整个部分", pick="reword", value=_value(manner, "", section), kind="tool") if place else ""
    settings = Markup('<a class="tool" href="#page-settings">去设置</a>') if "大模型" in why else ""
    return drawer(str(manner), notice("没有改动", why), Markup('<div class="tools">{}{}</div>').format(whole, settings))


def changes(before: Draft, after: Draft) -> Iterator[Markup]:
    """Every paragraph that differs, deletions and insertions marked."""
    held = {section.id: [paragraph.text for paragraph in section.paragraphs] for section in before.sections}
    for section in after.sections:
        old, new = held.get(section.id, []), [paragraph.text for paragraph in section.paragraphs]
        for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag == "equal":
                continue
            if last - first == end - start:
                yield from map(compared, old[first:last], new[start:end])
            else:
                yield from (compared(text, "") for text in old[first:last])
                yield from (compared("", text) for text in new[start:end])


def compared(before: str, after: str) -> Markup:
    """One text turning into another, word by word; as a whole where they have little in common."""
    old, new = words(before), words(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _MIXED:
        return _turned(before, after)
    parts: list[Markup] = []
    out = put = ""
    for tag, first, last, start, end in matcher.get_opcodes():
        kept = "".join(old[first:last])
        if tag == "equal" and (len(kept) > 1 or not (out or put)):
            parts += [_turned(out, put), Markup("{}").format(with_blanks(kept))]
            out = put = ""
        else:  # a lone comma between two changes belongs to them
            out, put = out + kept, put + "".join(new[start:end])
    return joined((*parts, _turned(out, put)))


def build(
    room: Room,
    *,
    state: Any,  # noqa: ANN401  gradio components, like the next three
    drawer: Any,  # noqa: ANN401
    surfaces: Sequence[Any],
    outputs: list[Any],
    show: Callable[[Desk], list[Any]],
) -> None:
    """Wire the buttons wherever they stand. `outputs` are what `show` draws; `drawer` is one of them."""
    import gradio as gr

    offer = gr.State(None)
    stop = gr.Button("停止改写", elem_id="reword-stop", elem_classes="unseen")

    def reword(event: gr.EventData, now: Desk) -> Any:  # noqa: ANN401
        if event.pick != "reword":
            yield gr.skip(), gr.skip()
            return
        name, detail, target = event.value.split("|", 2)
        manner, detail = Manner(name), detail or event.text.strip()[:_LONGEST_TONE]
        if manner is Manner.TONE and not detail:
            yield None, _over(tones(target))
            return
        yield None, _over(working(manner, "", ""))
        length = 0
        try:
            for moment in rewording_on(now, manner, target, room=room, detail=detail):
                if moment.result is not None:
                    made = offered(now, manner, moment.result)
                    yield made, _over(comparison(made), calm=True)
                elif abs(len(moment.text) - length) >= _EACH:
                    length = len(moment.text)
                    yield gr.skip(), _over(working(manner, moment.heading, moment.text), calm=True)
        except UserError as error:
            yield None, _over(refused(manner, str(error), target), calm=True)

    @told
    def take(event: gr.EventData, now: Desk, held: Offer | None) -> list[Any]:
        if event.pick != "reword-take":
            return [gr.skip()] * (1 + len(outputs))
        after = accepted(now, held, room=room)
        gr.Info("已采用，撤销一步就回到原文。", title="文稿", duration=3)
        shown = show(after)
        shown[1] = gr.skip()  # the conversation stays
        return [None, *shown]

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    running = [surface.pick(reword, state, [offer, drawer], **quiet) for surface in surfaces]
    stop.click(lambda: (None, ""), None, [offer, drawer], cancels=running, **quiet)  # what was on its way goes too
    drawer.pick(take, [state, offer], [offer, *outputs], **quiet)


def _buttons(target: str) -> Markup:
    row = Markup('<button type="button" class="tool" data-pick="reword" data-value="{}" data-hint="{}">{}</button>')
    return joined(row.format(_value(manner, "", target), HINTS[manner], manner) for manner in Manner)


def _value(manner: Manner, detail: str, target: str) -> str:
    return f"{manner}|{detail}|{target}"


def _over(found: Markup, *, calm: bool = False) -> Markup:
    """Over the conversation; `calm` where a drawer stands there already and only its words change."""
    return Markup('<div class="over-talk {}">{}</div>').format("calm" if calm else "", found)


def _figures(offer: Offer) -> Markup:
    result = offer.result
    pairs = [("与范文雷同", result.overlap_before, result.overlap_after)]
    if result.last_before is not None and result.last_after is not None:
        pairs.append(("与去年计划雷同", result.last_before, result.last_after))
    rows = joined(
        Markup("<p><b>{:.0%} → {:.0%}</b>{}</p>").format(before, after, name) for name, before, after in pairs
    )
    missing = Markup('<p class="count">{}</p>').format(_NO_LAST) if len(pairs) == 1 else ""
    return Markup('<div class="likeness">{}</div>{}').format(rows, missing)


def _turned(before: str, after: str) -> Markup:
    """Words taken out and words put in; a full stop that both end with stays."""
    end = before[-1:] if before[-1:] == after[-1:] and not before[-1:].isalnum() else ""
    before, after = before.removesuffix(end), after.removesuffix(end)
    gone = Markup("<del>{}</del>").format(before) if before else Markup("")
    come = Markup("<ins>{}</ins>").format(after) if after else Markup("")
    return gone + come + Markup("{}").format(end)
