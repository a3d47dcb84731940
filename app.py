"""工笔 in the browser: settings, resources, pages, launch. Nothing heavy is imported before it is needed."""

import os
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Any

from assistant.config import Settings
from corpus.errors import BadRequest, ServiceProblem

if TYPE_CHECKING:
    from assistant.resources import Progress, Resources

# Gradio asks its makers and the model hub for news unless told not to before it is imported.
OFFLINE = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1", "GRADIO_RUN_HISTORY": "False"}

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def build(resources: "Resources", *, folder: Path) -> Any:  # noqa: ANN401  gradio.Blocks
    """All pages as one Gradio application. Files offered for download are written below `folder`."""
    os.environ.update(OFFLINE)
    import gradio as gr

    from assistant.desk import Room
    from assistant.pages import api, checkup, compare, draft, library, mine, rollover, search, settings
    from assistant.pages.theme import brand, pick_script

    room = Room.open(resources)
    day = 24 * 3600  # seconds a downloaded file stays in Gradio's cache
    with gr.Blocks(title="工笔 · 工会计划", analytics_enabled=False, fill_width=True, delete_cache=(day, day)) as pages:
        for name, function in api.endpoints(resources).items():  # first, so that these names are theirs
            gr.api(function, api_name=name)  # type: ignore[attr-defined]
        # The secret must outlive a restart; what it wraps is random and known to this browser alone.
        browser = gr.BrowserState("", storage_key="gongbi-user", secret="gongbi")  # noqa: S106
        gr.HTML(brand(), elem_id="top")
        drawer = gr.HTML("", elem_id="drawer", js_on_load=pick_script(), render=False)
        with gr.Tabs(elem_id="pages", overflow_behavior="wrap") as tabs:
            with gr.Tab("起草", id="draft"):
                desk = draft.build(room, drawer=drawer, browser=browser, folder=folder)
            arrival = pages.load(draft.arriving(room), browser, [browser, desk.recent], **QUIET)
            with gr.Tab("查范文", id="search") as tab:
                search.build(room, desk=desk, drawer=drawer, tab=tab)
            with gr.Tab("比行业", id="compare") as tab:
                comparison = compare.build(resources, drawer=drawer, tab=tab, folder=folder)
            with gr.Tab("体检", id="checkup"):
                checkup.build(room, desk=desk, drawer=drawer, folder=folder)
            with gr.Tab("年度续写", id="rollover"):
                rollover.build(room, desk=desk, tabs=tabs, folder=folder)
            with gr.Tab("范文库", id="library") as tab:
                library.build(resources, drawer=drawer, tab=tab, tabs=tabs, comparison=comparison)
            with gr.Tab("我的文稿", id="mine") as tab:
                mine.build(room.history, desk=desk, tab=tab, tabs=tabs)
            with gr.Tab("设置", id="settings") as tab:
                settings.build(room, desk=desk, tab=tab, arrival=arrival)
        drawer.render()  # type: ignore[no-untyped-call]
    return pages.queue(default_concurrency_limit=4, max_size=64)


def serve(settings: Settings, *, host: str, port: int, accounts: Path | None, progress: "Progress") -> None:
    """Open everything and serve the pages until the process is stopped.

    Raises ServiceProblem when the port is taken, BadRequest when the file of accounts cannot be read.
    """
    from assistant.resources import open_resources
    from assistant.warming import warm_up

    _require_free(host, port)
    users = _accounts(accounts) if accounts else None
    resources = open_resources(settings, progress=progress)
    _ = resources.index  # built now, with progress, instead of at the first search
    with TemporaryDirectory(prefix="gongbi-", ignore_cleanup_errors=True) as folder:
        pages = build(resources, folder=Path(folder))
        address = _launch(pages, host=host, port=port, users=users)
        sys.stderr.write(f"工笔已启动：{address}（按 Ctrl+C 停止）\n")
        Thread(target=warm_up, args=[resources], name="warm-up", daemon=True).start()
        try:
            while True:
                time.sleep(1)
        except KeyboardInterrupt:
            pages.close()


def _launch(pages: Any, *, host: str, port: int, users: list[tuple[str, str]] | None) -> str:  # noqa: ANN401
    """Start serving in the background; returns the address."""
    from starlette.middleware import Middleware

    from assistant.pages.language import ChinesePage
    from assistant.pages.theme import css, head, theme

    with redirect_stdout(StringIO()):  # Gradio announces itself in English
        _, address, _ = pages.launch(
            server_name=host,
            server_port=port,
            auth=users,
            auth_message="请用单位发的账号登录" if users else None,
            theme=theme(),
            css=css(),
            head=head(),
            app_kwargs={"middleware": [Middleware(ChinesePage)]},
            mcp_server=users is None,  # Gradio's MCP tools would stand open beside the login
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            share=False,
            quiet=True,
            prevent_thread_lock=True,
            max_file_size="200mb",
        )
    return str(address)


def _require_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(os.name != "nt"))
        try:
            probe.bind((host, port))
        except OSError as error:
            told = f"端口 {port} 用不了：可能工笔已经开着，请看浏览器；或换一个端口，例如 --port {port + 1}。"
            raise ServiceProblem(told) from error


def _accounts(path: Path) -> list[tuple[str, str]]:
    """Names and passwords, a "name:password" a line."""
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest(f"读不了账号文件 {str(path)!r}：请确认它存在，每行写“用户名:密码”，存为 UTF-8。") from error
    pairs = [line.partition(":") for line in lines if line and not line.startswith("#")]
    wrong = [number for number, (name, _, password) in enumerate(pairs, start=1) if not (name and password)]
    if wrong or not pairs:
        raise BadRequest(f"账号文件 {str(path)!r} 里没有写好的账号：每行写“用户名:密码”。")
    return [(name, password) for name, _, password in pairs]


def main(arguments: Sequence[str] | None = None) -> int:
    """The `gongbi` command, with the pages it can open."""
    from assistant import cli

    return cli.main(arguments, open_pages=serve)


if __name__ == "__main__":
    raise SystemExit(main())
