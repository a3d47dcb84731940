"""The conversation of 起草 as the chat shows it."""

import re
from collections.abc import Sequence
from typing import Any

from assistant.chat import EXAMPLE
from assistant.export.markdown import escape
from assistant.history import Message

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
_MARKS = re.compile(r"[~$]|^[#+=-]")
_LIST = re.compile(r"^(\d+)([.)])")
THINKING = "正在想……"


def chat_messages(messages: Sequence[Message], choices: Sequence[str] = ()) -> list[dict[str, Any]]:
    """A conversation as the chat shows it; the last answer may offer choices."""
    shown: list[dict[str, Any]] = [
        {"role": each.role, "content": as_typed(each.text) if each.role == "user" else each.text} for each in messages
    ]
    if shown and choices:
        shown[-1]["options"] = [{"label": choice, "value": choice} for choice in choices]
    return shown


def as_typed(text: str) -> str:
    """What the user typed as Markdown that shows it to the letter: no tags, pictures, lists or headings."""
    lines = (_MARKS.sub(r"\\\g<0>", escape(line.strip())).replace("&", "&amp;") for line in text.splitlines())
    return "  \n".join(_LIST.sub(r"\1\\\2", line) for line in lines)


def unanswered(messages: Sequence[Message], said: str) -> str:
    """What the user said last, where it was stopped before it was answered: it goes back into the box."""
    last = next((each.text for each in reversed(messages) if each.role == "user"), "")
    return "" if said == last else said
