"""Who is sitting at the page: the login name, or an id that only this browser knows."""

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from inspect import isgeneratorfunction
from typing import Any, TypeVar, cast

from assistant.desk import Desk
from corpus.errors import UserError

Handler = TypeVar("Handler", bound=Callable[..., Any])

STORED = re.compile(r"[A-Za-z0-9_-]{22}")  # 16 bytes in base 64
_SECRET = secrets.token_bytes(32)  # of this process


def identified(login: str | None, stored: object, *, session: str | None) -> tuple[str, str]:
    """The user's key in the database and the id this browser is to keep. A login name wins; an id that no browser of
    ours was given is replaced by a new one, the same for every event of one `session` of a page.
    """
    own = stored if isinstance(stored, str) and STORED.fullmatch(stored) else _new_id(session)
    return (f"login:{login}" if login else f"browser:{own}"), own


def seated(desk: Desk, stored: object, request: Any) -> Desk:  # noqa: ANN401  gradio.Request
    """The desk with its user."""
    user, _ = identified(request.username, stored, session=request.session_hash)
    return desk if desk.user else replace(desk, user=user)


def _new_id(session: str | None) -> str:
    if not session:
        return secrets.token_urlsafe(16)
    digest = hmac.digest(_SECRET, session.encode(), hashlib.sha256)
    return urlsafe_b64encode(digest[:16]).decode().rstrip("=")


def told(handler: Handler) -> Handler:
    """The handler of an event, with what the user can mend shown as a message instead of Gradio's general one."""
    import gradio as gr

    def complaint(error: UserError) -> gr.Error:
        return gr.Error(str(error), title="没有做成", print_exception=False)

    if isgeneratorfunction(handler):

        @wraps(handler)
        def tell_all(*values: Any, **named: Any) -> Any:  # noqa: ANN401  whatever the handler takes and gives
            try:
                yield from handler(*values, **named)
            except UserError as error:
                raise complaint(error) from error

        return cast(Handler, tell_all)

    @wraps(handler)
    def tell(*values: Any, **named: Any) -> Any:  # noqa: ANN401
        try:
            return handler(*values, **named)
        except UserError as error:
            raise complaint(error) from error

    return cast(Handler, tell)
