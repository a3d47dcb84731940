"""工笔 in the browser: settings, resources, pages, launch. Nothing heavy is imported before it is needed."""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.config import Settings
from assistant.resources import Resources, open_resources
from corpus.errors import ServiceProblem

# Gradio asks its makers and the model hub for news unless told not to before it is imported.
OFFLINE = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1", "GRADIO_RUN_HISTORY": "False"}
BRAND = (
    '<header id="brand"><span class="seal" aria-hidden="true">工笔</span><b>工笔</b><span>工会计划，句句有来历</span>'
    '<button type="button" data-theme-switch aria-label="切换深色或浅色"><svg viewBox="0 0 16 16">'
    '<circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="1.4"/>'
    '<path d="M8 1.5a6.5 6.5 0 0 1 0 13z" fill="currentColor"/></svg></button></header>'
)


def build(resources: Resources, *, folder: Path) -> Any:  # noqa: ANN401  gradio has no types
    """All pages as one Gradio application. Files offered for download are written below `folder`."""
    os.environ.update(OFFLINE)
    import gradio as gr

    from assistant.pages import api, compare, draft, library, search
    from assistant.pages.theme import pick_script

    with gr.Blocks(title="工笔 · 工会计划", analytics_enabled=False, fill_width=True) as pages:
        gr.HTML(BRAND, elem_id="top")
        drawer = gr.HTML("", elem_id="drawer", js_on_load=pick_script(), render=False)
        with gr.Tabs(elem_id="pages", overflow_behavior="wrap") as tabs:
            with gr.Tab("起草", id="draft"):
                draft.build(resources, drawer=drawer, folder=folder)
            with gr.Tab("查范文", id="search") as tab:
                search.build(resources, drawer=drawer, tab=tab)
            with gr.Tab("比行业", id="compare") as tab:
                comparison = compare.build(resources, drawer=drawer, tab=tab, folder=folder)
            with gr.Tab("范文库", id="library") as tab:
                library.build(resources, drawer=drawer, tab=tab, tabs=tabs, comparison=comparison)
        drawer.render()  # type: ignore[no-untyped-call]
        for name, function in api.endpoints(resources).items():
            gr.api(function, api_name=name)  # type: ignore[attr-defined]
    return pages.queue(default_concurrency_limit=4, max_size=64)


def serve(
    settings: Settings,
    *,
    host: str,
    port: int,
    accounts: Path | None,
    progress: Callable[[str, int, int], None],
    wait: bool = True,
) -> str:
    """Open everything and serve the pages; returns the address, after the server stopped unless `wait` is false.

    Raises ServiceProblem when the port is taken.
    """
    resources = open_resources(settings, progress=progress)
    _ = resources.index  # built now, with progress, instead of at the first search
    downloads = Path(tempfile.mkdtemp(prefix="gongbi-"))
    pages = build(resources, folder=downloads)
    from starlette.middleware import Middleware

    from assistant.pages.language import ChinesePage
    from assistant.pages.theme import css, head, theme

    try:
        _, address, _ = pages.launch(
            server_name=host,
            server_port=port,
            auth=_accounts(accounts) if accounts else None,
            theme=theme(),
            css=css(),
            head=head(),
            app_kwargs={"middleware": [Middleware(ChinesePage)]},
            allowed_paths=[str(downloads)],
            footer_links=[],
            ssr_mode=False,
            mcp_server=True,
            share=False,
            quiet=True,
            prevent_thread_lock=True,
            max_file_size="200mb",
        )
    except OSError as error:
        told = f"端口 {port} 用不了：可能工笔已经开着，请看浏览器；或换一个端口，例如 --port {port + 1}。"
        raise ServiceProblem(told) from error
    if wait:
        sys.stderr.write(f"工笔已启动：{address}（按 Ctrl+C 停止）\n")
        pages.block_thread()
    return str(address)


def _accounts(path: Path) -> list[tuple[str, str]]:
    """Names and passwords, a "name:password" a line."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [line.partition(":") for line in lines if line and not line.startswith("#")]
    return [(name, password) for name, _, password in pairs]


if __name__ == "__main__":
    from assistant.cli import main

    raise SystemExit(main(["serve"]))
