"""Who is sitting at the page: the login name, or an id that only this browser knows."""

import re
import secrets
from collections.abc import Callable
from functools import wraps
from inspect import isgeneratorfunction
from typing import Any, TypeVar, cast

from corpus.errors import UserError

Handler = TypeVar("Handler", bound=Callable[..., Any])

STORED = re.compile(r"[A-Za-z0-9_-]{22}")  # what `secrets.token_urlsafe(16)` makes


def identified(login: str | None, stored: object) -> tuple[str, str]:
    """The user's key in the database and the id this browser is to keep. A login name wins; an id that no browser of
    ours was given is replaced by a new one.
    """
    own = stored if isinstance(stored, str) and STORED.fullmatch(stored) else secrets.token_urlsafe(16)
    return (f"login:{login}" if login else f"browser:{own}"), own


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
