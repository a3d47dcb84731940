"""The forms under a document of 范文库: correct a plan's labels, a passage's topics, delete the document."""

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from assistant.pages.markup import notice
from assistant.pages.person import told
from assistant.pages.sources import PLAN_KINDS
from corpus.corrections import MAX_TOPICS
from corpus.datatypes import OrganisationType, Period, Topic
from corpus.errors import UserError
from corpus.library import Library


def correct(plan_id: str, values: Mapping[str, object], *, library: Library) -> str:
    """Store what the user changed in a plan's labels; returns what was changed. Raises BadRequest."""
    labels = library.plan(plan_id).labels
    changed = [(field, value) for field, value in values.items() if getattr(labels, field) != value]
    for field, value in changed:
        library.correct(plan_id, field, value)
    return f"已记住 {len(changed)} 处更正，以后以您的为准。" if changed else "标签没有变化。"


def correct_topics(passage_id: str, topics: list[str], *, library: Library) -> str:
    """Store the topics a user gave a passage; returns a word for it. Raises BadRequest for none or more than three."""
    library.correct(passage_id, "topics", topics)
    return f"已记住这一段的主题：{'、'.join(topics)}。"


def delete(document_id: str, *, library: Library) -> str:
    """Delete a document for good; returns a word for it. Raises NotInLibrary."""
    name = library.document(document_id).name
    library.remove(document_id)
    return f"已删除 {name}。检索、比较和起草都不再用它。"


def deletion_question(document_id: str, *, library: Library) -> Markup:
    """What is asked before deleting."""
    held = next((d for d in library.documents() if d.id == document_id), None)
    if held is None:
        return notice("这份文档已经不在了", "请刷新页面。")
    told = f"它的 {held.plans} 篇计划、{held.passages} 个段落和您的更正会一起删除，不能恢复。"
    return notice(f"确定删除 {held.name}？", told, kind="problem")


def build(
    library: Library,
    *,
    document: Any,  # noqa: ANN401  a gradio component, like the next
    detail: Any,  # noqa: ANN401
    stock: list[Any],
    stocked: Callable[[str], list[str]],
) -> list[Any]:
    """Lay the forms out and wire them to what is chosen in `detail`. `stock` is redrawn from `stocked(document id)`
    after a change. Returns the delete button and the three forms, which another document hides.
    """
    import gradio as gr

    target = gr.State("")
    delete_button = gr.Button("删除这份文档", size="sm", visible=False, elem_id="delete")
    with gr.Group(visible=False, elem_classes="label-form") as deletion:
        question = gr.HTML()
        with gr.Row():
            confirm = gr.Button("确定删除", variant="stop", size="sm")
            keep = gr.Button("留着", size="sm")
    with gr.Group(visible=False, elem_classes="label-form") as labels:
        plan_title = gr.HTML()
        with gr.Row():
            organisation = gr.Dropdown([str(t) for t in OrganisationType], label="单位类型", min_width=140)
            period = gr.Dropdown([str(p) for p in Period], label="周期", min_width=120)
            kind = gr.Dropdown([(name, str(value)) for value, name in PLAN_KINDS.items()], label="文种", min_width=120)
            year = gr.Number(label="年份（没有就留空）", precision=0, min_width=120)
            is_union = gr.Checkbox(label="是工会材料", min_width=120)
        with gr.Row():
            save_labels = gr.Button("保存更正", variant="primary", size="sm")
            leave_labels = gr.Button("取消", size="sm")
    with gr.Group(visible=False, elem_classes="label-form") as passage_form:
        passage_text = gr.HTML()
        topics = gr.Dropdown(
            [str(t) for t in Topic], label="主题（一到三个）", multiselect=True, max_choices=MAX_TOPICS
        )
        with gr.Row():
            save_topics = gr.Button("保存更正", variant="primary", size="sm")
            leave_topics = gr.Button("取消", size="sm")
    forms = [deletion, labels, passage_form]
    fields = [organisation, period, kind, year, is_union]
    hidden, kept = gr.update(visible=False), gr.skip()

    @told
    def open_form(event: gr.EventData) -> list[Any]:
        if event.pick == "correct":
            plan = library.plan(event.value)
            held = plan.labels
            values = [held.organisation, held.period, held.kind, held.year, held.is_union]
            shown = [notice(f"更正标签：{plan.title or '（无标题）'}"), *map(str, values[:3]), *values[3:]]
            return [event.value, *shown, kept, kept, hidden, gr.update(visible=True), hidden]
        passage = library.passage(event.value)
        text = notice("更正主题", passage.text)
        topics_now = [str(topic) for topic in passage.topics]
        return [event.value, *[kept] * 6, text, topics_now, hidden, hidden, gr.update(visible=True)]

    def changed(act: Callable[[], str], chosen: str) -> list[Any]:
        try:
            gr.Info(act(), title="好了")
        except UserError as error:
            raise gr.Error(str(error), title="没有保存") from error
        return [*stocked(chosen), hidden, hidden, hidden]

    @told
    def store_labels(plan_id: str, chosen: str, *values: object) -> list[Any]:
        named = dict(zip(("organisation", "period", "kind", "year", "is_union"), values, strict=True))
        return changed(lambda: correct(plan_id, named, library=library), chosen)

    @told
    def store_topics(passage_id: str, chosen: str, values: list[str]) -> list[Any]:
        return changed(lambda: correct_topics(passage_id, values, library=library), chosen)

    @told
    def remove(chosen: str) -> list[Any]:
        shown = changed(lambda: delete(chosen, library=library), "")
        return ["", *shown, hidden]

    @told
    def ask(chosen: str) -> list[Any]:
        return [deletion_question(chosen, library=library), gr.update(visible=True), hidden, hidden]

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    detail.pick(open_form, None, [target, plan_title, *fields, passage_text, topics, *forms], **quiet)
    delete_button.click(ask, document, [question, *forms], **quiet)
    confirm.click(remove, document, [document, *stock, *forms, delete_button], **quiet)
    save_labels.click(store_labels, [target, document, *fields], [*stock, *forms], **quiet)
    save_topics.click(store_topics, [target, document, topics], [*stock, *forms], **quiet)
    for leave in (keep, leave_labels, leave_topics):
        leave.click(lambda: [hidden, hidden, hidden], None, forms, **quiet)
    return [delete_button, *forms]
