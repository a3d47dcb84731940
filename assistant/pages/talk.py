"""The conversation of 起草 as the chat shows it."""

from collections.abc import Sequence
from typing import Any

from assistant.chat import EXAMPLE
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
THINKING = "正在想……"


def chat_messages(messages: Sequence[Message], choices: Sequence[str] = ()) -> list[dict[str, Any]]:
    """A conversation as the chat shows it; the last answer may offer choices."""
    shown: list[dict[str, Any]] = [{"role": each.role, "content": each.text} for each in messages]
    if shown and choices:
        shown[-1]["options"] = [{"label": choice, "value": choice} for choice in choices]
    return shown


def unanswered(messages: Sequence[Message], seen: Sequence[Any]) -> str:
    """What the user said last, where it was stopped before it was answered: it goes back into the box. `seen` is the
    chat as shown.
    """
    asked = [each for each in seen if each["role"] == "user"]
    if len(asked) <= sum(each.role == "user" for each in messages):
        return ""
    content = asked[-1]["content"]
    return content if isinstance(content, str) else "".join(str(part.get("text", "")) for part in content)
