"""大模型, a block of 设置: which language model writes, where, with which key. The key goes in and never comes back."""

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from assistant.desk import Desk, Room
from assistant.llm.settings import ModelSettings, forget_model, read_model, save_model
from assistant.llm.trial import tried
from assistant.pages.markup import chip, notice
from assistant.pages.person import seated, told
from corpus.errors import BadRequest, UserError

NONE = Markup('<p class="model-state">{}现在没有用大模型：全部功能都能离线使用。</p>').format(chip("没有用"))
_KEY_HELD, _NO_KEY = "已设好，留空就不改", "服务要密钥才填"


def state_of(room: Room) -> Markup:
    """One line about the model in use, without its key."""
    settings = read_model(room.resources.settings.home)
    if settings is None:
        return NONE
    parts = [settings.url or "服务商默认地址", "已设密钥" if settings.key else "无密钥"]
    if os.environ.get("GONGBI_MODEL"):
        parts.append("由环境变量 GONGBI_MODEL 指定，这里的设置不起作用")
    return Markup('<p class="model-state">{}<b>{}</b><span>{}</span></p>').format(
        chip("正在用", kind="only"), settings.name, " · ".join(parts)
    )


def keep_model(room: Room, user: str, name: str, url: str, key: str) -> Markup:
    """Store the model for everybody at this computer. Raises BadRequest for values that cannot be, and for users with
    a login: where several share a server, its keeper chooses the model.
    """
    _require_keeper(user)
    held = _stored(room)
    new = replace(held or ModelSettings(""), name=name.strip(), url=url.strip(), key=key.strip())
    save_model(room.resources.settings.home, new)
    return state_of(room)


def drop_model(room: Room, user: str) -> Markup:
    """Forget the model and its key. Raises BadRequest for users with a login."""
    _require_keeper(user)
    forget_model(room.resources.settings.home)
    return state_of(room)


def trial(room: Room) -> Markup:
    """What the model in use says to one short question, or what is wrong with it."""
    settings = read_model(room.resources.settings.home)
    if settings is None:
        return Markup("")
    try:
        seconds = tried(settings)
    except UserError as error:
        return Markup('<p class="model-trial problem" role="status">试了一下，还不能用：{}</p>').format(error)
    return Markup('<p class="model-trial" role="status">试过了，能用：{:.1f} 秒答上来。</p>').format(seconds)


def _stored(room: Room) -> ModelSettings | None:
    """The model of this page, whatever the environment says; None where the file is damaged, for it is written anew."""
    try:
        return read_model(room.resources.settings.home, environment={})
    except BadRequest:
        return None


def _require_keeper(user: str) -> None:
    if user.startswith("login:"):
        raise BadRequest("多人登录使用时，大模型由管理这台服务器的人用环境变量 GONGBI_MODEL 设置。")


def build(room: Room, *, desk: Any, tab: Any, arrival: Any) -> None:  # noqa: ANN401  gradio components
    """Lay the block out and wire it. The boxes are filled after `arrival` and never later: what is typed stays."""
    import gradio as gr

    gr.HTML(
        notice(
            "大模型（可不填）",
            "填了以后，起草更活、对话更懂、改写更顺；您的要求和选用的范文会发给这个模型服务，请用单位认可的。"
            "密钥只写进这台电脑的设置文件，不再显示。",
            kind="lead",
        )
    )
    state = gr.HTML(NONE, elem_id="model-state")
    with gr.Row():
        name = gr.Textbox(label="模型名称", placeholder="如：qwen-plus", max_lines=1, min_width=220)
        url = gr.Textbox(label="服务地址", placeholder="服务商给的网址", max_lines=1, min_width=260)
        key = gr.Textbox(label="密钥", type="password", placeholder=_NO_KEY, max_lines=1)
    for field in (name, url, key):
        field.interactive = False  # until it is known what stands in them: nobody's typing is written over
    with gr.Row(elem_classes="model-buttons"):
        save = gr.Button("使用这个模型", variant="primary", scale=0, min_width=160, elem_id="model-save")
        forget = gr.Button("不用大模型", scale=0, min_width=140, visible=False, elem_id="model-forget")

    def shown(line: Markup, *, held: bool) -> list[Any]:
        key_box = gr.update(value="", interactive=True, placeholder=_KEY_HELD if held else _NO_KEY)
        return [line, key_box, gr.update(visible=_stored(room) is not None)]

    @told
    def keep(request: gr.Request, now: Desk, stored: str, *values: str) -> Iterator[list[Any]]:
        line = keep_model(room, seated(now, stored, request).user, *values)
        held = _stored(room)
        has_key = bool(held and held.key)
        yield shown(line + Markup('<p class="model-trial" role="status">存好了，正在试一句……</p>'), held=has_key)
        yield shown(line + trial(room), held=has_key)

    @told
    def drop(request: gr.Request, now: Desk, stored: str) -> list[Any]:
        return [*shown(drop_model(room, seated(now, stored, request).user), held=False), "", ""]

    @told
    def load() -> list[Any]:
        held = _stored(room)
        line = shown(state_of(room), held=bool(held and held.key))
        values = (held.name, held.url) if held else ("", "")
        return [*line, *(gr.update(value=value, interactive=True) for value in values)]

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    arrival.then(load, None, [state, key, forget, name, url], **quiet)
    tab.select(told(lambda: state_of(room)), None, state, **quiet)
    save.click(keep, [desk.state, desk.browser, name, url, key], [state, key, forget], **quiet)
    forget.click(drop, [desk.state, desk.browser], [state, key, forget, name, url], **quiet)
