"""Makes Gradio's start page a Chinese one.

Gradio writes `lang="en"` and lets the browser's language choose the words of its own widgets. Our users read Chinese
whatever their browser says, so the page is rewritten on its way out: language, and no links to pictures elsewhere.
"""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

SOCIAL_META = re.compile(rb'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>\s*')
# before any of Gradio's scripts runs
SPEAK_CHINESE = b"""<script>
for (const [name, value] of [["language", "zh-CN"], ["languages", ["zh-CN", "zh"]]])
  Object.defineProperty(navigator, name, { get: () => value });
</script>"""


def chinese_page(html: bytes) -> bytes:
    """Gradio's start page with Chinese as its language and nothing pointing outside."""
    html = SOCIAL_META.sub(b"", html).replace(b'lang="en"', b'lang="zh-CN"', 1)
    return html.replace(b"<head>", b"<head>" + SPEAK_CHINESE, 1)


class ChinesePage:
    """ASGI middleware that rewrites the start page and passes everything else through."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or scope["path"] != "/":
            await self.app(scope, receive, send)
            return
        start: Message = {}
        body = b""

        async def rewrite(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            page = chinese_page(body)
            kept = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
            await send({**start, "headers": [*kept, (b"content-length", str(len(page)).encode())]})
            await send({"type": "http.response.body", "body": page})

        await self.app(scope, receive, rewrite)
