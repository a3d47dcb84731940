"""Which chat model, where, with which key: from the environment, else from the 设置 page's file in the home folder."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from corpus.errors import BadRequest

FILE = "model.json"
PROVIDERS = ("openai", "ollama")
_OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """A chat model. `key` never shows in a repr; an empty `url` means the provider's own address."""

    name: str  # GONGBI_MODEL: qwen-plus, deepseek-chat, ollama:qwen3 …
    url: str = ""  # GONGBI_MODEL_URL
    key: str = field(default="", repr=False)  # GONGBI_MODEL_KEY
    seconds: float = 120.0  # GONGBI_MODEL_SECONDS: limit of one call
    tokens: int = 2000  # GONGBI_MODEL_TOKENS: budget of one answer
    attempts: int = 3  # calls for one section before it stays as it was

    @property
    def provider(self) -> str:
        """LangChain's name of the provider: the part before a colon, else OpenAI's protocol."""
        head, colon, _ = self.name.partition(":")
        return head if colon and head in PROVIDERS else "openai"

    @property
    def model(self) -> str:
        """The name the server knows the model by."""
        return self.name.removeprefix(self.provider + ":")

    def __str__(self) -> str:
        """What may be shown: never the key."""
        return f"{self.name}（{self.url or '默认地址'}，{'已设密钥' if self.key else '无密钥'}）"


def read_model(home: Path, *, environment: Mapping[str, str] | None = None) -> ModelSettings | None:
    """The configured model, None where there is none. The environment wins over the file.

    Raises BadRequest for values that cannot be, and for a file that is damaged.
    """
    values = os.environ if environment is None else environment
    if values.get("GONGBI_MODEL"):
        return checked(
            ModelSettings(
                values["GONGBI_MODEL"],
                values.get("GONGBI_MODEL_URL", ""),
                values.get("GONGBI_MODEL_KEY", ""),
                _number(values.get("GONGBI_MODEL_SECONDS"), "GONGBI_MODEL_SECONDS", 120.0),
                int(_number(values.get("GONGBI_MODEL_TOKENS"), "GONGBI_MODEL_TOKENS", 2000)),
            )
        )
    path = home / FILE
    return _read_file(path) if path.exists() else None


def save_model(home: Path, settings: ModelSettings) -> None:
    """Write the settings so that only the owner of the account can read them. An empty key keeps the stored one where
    the address is the same: the page never receives the key back.

    Raises BadRequest for values that cannot be.
    """
    checked(settings)
    path = home / FILE
    held = _read_file(path) if path.exists() else None
    values = asdict(settings)
    if not settings.key and held is not None and held.url == settings.url:
        values["key"] = held.key
    home.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(FILE + ".part")
    partial.unlink(missing_ok=True)
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(values, file, ensure_ascii=False, indent=1)
    partial.replace(path)


def forget_model(home: Path) -> None:
    """Remove the stored settings, key included."""
    (home / FILE).unlink(missing_ok=True)


def checked(settings: ModelSettings) -> ModelSettings:
    """The settings as given. Raises BadRequest where a value cannot be."""
    if not settings.model.strip():
        raise BadRequest("请填模型名称，例如 qwen-plus、deepseek-chat，或 ollama:qwen3。")
    parts = urlsplit(settings.url)
    if settings.url and not (parts.scheme in ("http", "https") and parts.hostname):
        raise BadRequest(
            f"模型地址 {settings.url!r} 不对：要以 http:// 或 https:// 开头，例如 http://127.0.0.1:8000/v1。"
        )
    if parts.username or parts.password or parts.query:
        raise BadRequest("模型地址里不要写用户名、密码或参数，密钥请填在密钥一栏。")
    if not 1 <= settings.seconds <= 3600:
        raise BadRequest(f"时限 {settings.seconds!r} 不对：请填 1 到 3600 秒。")
    if not 100 <= settings.tokens <= 100_000 or not 1 <= settings.attempts <= 10:
        raise BadRequest(f"每次回答的字数预算 {settings.tokens!r} 不对：请填 100 到 100000。")
    return settings


def _number(text: str | None, name: str, default: float) -> float:
    try:
        return float(text) if text else default
    except ValueError:
        raise BadRequest(f"{name} 的值 {text!r} 不是数字。") from None


def _read_file(path: Path) -> ModelSettings:
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        known = {each.name for each in fields(ModelSettings)}
        return checked(ModelSettings(**{name: value for name, value in values.items() if name in known}))
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise BadRequest(f"模型设置文件 {path.name} 坏了，请在设置页重新填写，或删去它。") from error
