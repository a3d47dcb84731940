"""范文库: what the samples cover, adding files, looking into documents, correcting labels, deleting."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from assistant.pages import corrections, coverage
from assistant.pages.documents import document_list, document_view, figures, file_list
from assistant.pages.markup import notice
from assistant.pages.person import told
from assistant.pages.texts import whole_text
from assistant.pages.theme import pick_script
from assistant.resources import Resources
from corpus.datatypes import OrganisationType, Topic
from corpus.errors import NotInLibrary
from corpus.ingest import FileState, ingest
from corpus.library import Library
from corpus.load import SUFFIXES

SAMPLES = "范文"  # the collection files enter unless the user names another
STOPPED = notice("已停止", "已经入库的文件留着，其余的没有加入，可以再传。")
NOTHING_CHOSEN = notice("选一份文档", "在上面的列表里点开，看它的篇目、段落和修复；点热力图的格子，看那一类的段落。")


def add_files(paths: Sequence[Path], *, collection: str, library: Library) -> Iterator[Markup]:
    """Read files into the library one after another; yields the list of files after each."""
    done: dict[Path, FileState] = {}
    yield file_list(paths, done)
    for state in ingest(library, paths, collection=collection.strip() or SAMPLES):
        done[state.path] = state
        yield file_list(paths, done)


def view(document_id: str, *, library: Library) -> Markup:
    """The document chosen, or a word that it is gone."""
    if not document_id:
        return NOTHING_CHOSEN
    try:
        return document_view(library.reading(document_id))
    except NotInLibrary as error:
        return notice("找不到这份文档", str(error), kind="problem")


def build(
    resources: Resources,
    *,
    drawer: Any,  # noqa: ANN401  a gradio component, like the next two
    tab: Any,  # noqa: ANN401
    tabs: Any,  # noqa: ANN401
    comparison: tuple[Any, Any],
) -> None:
    """Lay the page out and wire it. `tabs` and `comparison` (the inputs of 比行业) are where the heat map leads."""
    import gradio as gr

    library = resources.library

    def stocked(chosen: str) -> list[str]:
        documents = library.documents()
        listed = [coverage.heat_map(library.coverage()), figures(documents), document_list(documents, chosen)]
        return [*listed, view(chosen, library=library)]

    with gr.Column(elem_classes="sheet-wide"):
        with gr.Row(elem_classes="halves"):
            with gr.Column(scale=6, min_width=320):
                heat = gr.HTML(coverage.heat_map(library.coverage()), elem_id="coverage", js_on_load=pick_script())
            with gr.Column(scale=5, min_width=320):
                numbers = gr.HTML(figures(library.documents()))
                names = gr.HTML(document_list(library.documents()), elem_id="documents", js_on_load=pick_script())
                files = gr.File(
                    file_count="multiple", label="上传文件", height=140, elem_id="upload", file_types=sorted(SUFFIXES)
                )
                collection = gr.Textbox(
                    SAMPLES, label="归入", info="可另起名字，如“本单位”，检索时按它筛选", max_lines=1
                )
                progress = gr.HTML("", elem_id="upload-progress")
                stop = gr.Button("停止", size="sm", visible=False, elem_id="upload-stop")
        document = gr.State("")
        detail = gr.HTML(NOTHING_CHOSEN, elem_id="document-view", js_on_load=pick_script(), render=False)
        stock = [heat, numbers, names, detail]
        forms = corrections.build(library, document=document, detail=detail, stock=stock, stocked=stocked)
        detail.render()  # type: ignore[no-untyped-call]

    @told
    def upload(paths: list[str], name: str, chosen: str) -> Any:  # noqa: ANN401
        told: Any = ""
        for told in add_files([Path(path) for path in paths], collection=name, library=library):
            yield [told, gr.skip(), gr.update(visible=True), *[gr.skip()] * len(stock)]
        _ = resources.index  # brought up to date now, not at somebody's next search
        yield [told, None, gr.update(visible=False), *stocked(chosen)]

    @told
    def stopped(chosen: str) -> list[Any]:
        _ = resources.index
        return [STOPPED, None, gr.update(visible=False), *stocked(chosen)]

    @told
    def choose(event: gr.EventData) -> list[Any]:
        return [event.value, *stocked(event.value), gr.update(visible=True), *[gr.update(visible=False)] * 3]

    @told
    def look(event: gr.EventData) -> Any:  # noqa: ANN401
        if event.pick not in ("compare", "cell", "plan"):  # another page's button in the drawer they share
            return [gr.skip()] * 4
        if event.pick == "compare":
            organisation, topic = event.value.split("|")
            return ["", gr.update(selected="compare"), topic, _with_neighbours(organisation)]
        if event.pick == "cell":
            organisation, topic = event.value.split("|")
            found = coverage.cell_drawer(OrganisationType(organisation), Topic(topic), resources.passages)
            return [found, gr.skip(), gr.skip(), gr.skip()]
        return [whole_text(event.value, resources), gr.skip(), gr.skip(), gr.skip()]

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    tab.select(stocked, document, stock, **quiet)
    shown = [progress, files, stop, *stock]
    reading = files.upload(upload, [files, collection, document], shown, **quiet)
    # first the one ends, then the other begins: what was under way must not be shown over the result
    stop.click(None, None, None, cancels=[reading], **quiet).then(stopped, document, shown, **quiet)
    names.pick(choose, None, [document, *stock, *forms], **quiet)
    heat.pick(look, None, [drawer, tabs, *comparison], **quiet)
    drawer.pick(look, None, [drawer, tabs, *comparison], **quiet)


def _with_neighbours(organisation: str) -> list[str]:
    """The type asked for beside two common ones."""
    return list(dict.fromkeys((organisation, str(OrganisationType.SCHOOL), str(OrganisationType.HOSPITAL))))
