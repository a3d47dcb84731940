"""大模型, a block of 设置: which language model writes, where, with which key. The key goes in and never comes back."""

import os
from dataclasses import replace
from typing import Any

from assistant.desk import Desk, Room
from assistant.export.markdown import escape
from assistant.llm.settings import ModelSettings, forget_model, read_model, save_model
from assistant.pages.markup import notice
from assistant.pages.person import told
from corpus.errors import BadRequest

NONE = "现在没有用大模型：全部功能都能离线使用。"


def state_of(room: Room) -> str:
    """One line about the model in use, without its key."""
    settings = read_model(room.resources.settings.home)
    if settings is None:
        return NONE
    where = "由环境变量 GONGBI_MODEL 指定，这里的设置不起作用" if os.environ.get("GONGBI_MODEL") else "存在这台电脑上"
    return escape(f"正在用 {settings}，{where}。")


def keep_model(room: Room, user: str, name: str, url: str, key: str) -> str:
    """Store the model for everybody at this computer. Raises BadRequest for values that cannot be, and for users with
    a login: where several share a server, its keeper chooses the model.
    """
    _require_keeper(user)
    held = read_model(room.resources.settings.home, environment={})
    new = replace(held or ModelSettings(""), name=name.strip(), url=url.strip(), key=key.strip())
    save_model(room.resources.settings.home, new)
    return state_of(room)


def drop_model(room: Room, user: str) -> str:
    """Forget the model and its key. Raises BadRequest for users with a login."""
    _require_keeper(user)
    forget_model(room.resources.settings.home)
    return state_of(room)


def _require_keeper(user: str) -> None:
    if user.startswith("login:"):
        raise BadRequest("多人登录使用时，大模型由管理这台服务器的人用环境变量 GONGBI_MODEL 设置。")


def build(room: Room, *, desk: Any, tab: Any) -> None:  # noqa: ANN401  gradio components
    """Lay the block out and wire it."""
    import gradio as gr

    gr.HTML(
        notice(
            "大模型（可不填）",
            "填了以后，起草更活、对话更懂；您的要求和选用的范文会发给这个模型服务，请用单位认可的。"
            "密钥只写进这台电脑的设置文件，不再显示。",
            kind="lead",
        )
    )
    state = gr.Markdown(NONE, elem_id="model-state")
    with gr.Row():
        name = gr.Textbox(label="模型名称", placeholder="如：qwen-plus、deepseek-chat、ollama:qwen3", max_lines=1)
        url = gr.Textbox(label="服务地址", placeholder="如：http://127.0.0.1:8000/v1", max_lines=1)
        key = gr.Textbox(label="密钥", type="password", placeholder="留空则不改", max_lines=1)
    with gr.Row():
        save = gr.Button("使用这个模型", scale=0, min_width=160, elem_id="model-save")
        forget = gr.Button("不用模型", scale=0, min_width=160)

    @told
    def keep(now: Desk, *values: str) -> tuple[str, str]:
        return keep_model(room, now.user, *values), ""

    @told
    def drop(now: Desk) -> tuple[str, str, str, str]:
        return drop_model(room, now.user), "", "", ""

    @told
    def load(now: Desk) -> tuple[str, str, str]:
        held = read_model(room.resources.settings.home, environment={})
        return state_of(room), held.name if held else "", held.url if held else ""

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    tab.select(load, desk.state, [state, name, url], **quiet)
    save.click(keep, [desk.state, name, url, key], [state, key], **quiet)
    forget.click(drop, desk.state, [state, name, url, key], **quiet)
