"""What a model says to the user, as Markdown that prints as it is: no links, no tags, no marks that mean anything."""

import re

from assistant.export.markdown import escape

_LONGEST = 1500  # characters
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|(?:https?|ftp|file|javascript|data):\S+|www\.\S+", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def safe_reply(text: str) -> str:
    """A model's words as Markdown that prints as it is: no links, no tags, no marks that mean anything."""
    plain = _TAG.sub("", _LINK.sub(lambda match: match[1] or "（网址已删去）", text))
    return escape(plain[:_LONGEST].strip())
