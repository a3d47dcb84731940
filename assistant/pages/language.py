"""Makes Gradio's start page a Chinese one.

Gradio writes `lang="en"` and lets the browser's language choose the words of its own widgets. Our users read Chinese
whatever their browser says, so the page is rewritten on its way out: language, the look of the login, and no links to
pictures elsewhere.
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
# the page of the login, which gets no style sheet of ours
LOGIN_STYLE = """<style>
.wrap.min-h-screen { background: none !important; display: grid !important; place-items: center; min-height: 88vh; }
.wrap.min-h-screen > .panel {
  width: min(400px, 92vw); padding: 30px 28px 32px; border-radius: 12px; background: var(--background-fill-primary);
  border: 1px solid var(--border-color-primary); box-shadow: 0 6px 24px rgb(60 50 30 / 8%);
}
.wrap.min-h-screen > .panel h2 { text-align: center; letter-spacing: .1em; }
.wrap.min-h-screen > .panel h2::before { content: "工笔 · "; }
.wrap.min-h-screen > .panel > p.auth { text-align: center; color: var(--body-text-color-subdued); }
.wrap.min-h-screen > .panel .form { gap: 8px; border: 0; background: none; }
.wrap.min-h-screen > .panel .form > .block {
  border: 1px solid var(--border-color-primary) !important; border-radius: 10px !important;
}
</style>""".encode()


def chinese_page(html: bytes) -> bytes:
    """Gradio's start page with Chinese as its language and nothing pointing outside."""
    html = SOCIAL_META.sub(b"", html).replace(b'lang="en"', b'lang="zh-CN"', 1)
    return html.replace(b"<head>", b"<head>" + SPEAK_CHINESE + LOGIN_STYLE, 1)


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
