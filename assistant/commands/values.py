"""Words on the command line and in batch rows as the values they name; BadRequest says what is allowed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.understanding.units import types_in
from corpus.datatypes import OrganisationType, Period, Topic
from corpus.errors import BadRequest


def organisation_type(text: str) -> OrganisationType:
    """The type named by `text`, by its part before a bracket (邮政) or by an everyday word for it (小学, 银行).

    Raises BadRequest for a word that names none, or several.
    """
    for kind in OrganisationType:
        if text in (kind.value, kind.value.split("(")[0]):
            return kind
    meant = types_in(text)
    if len(meant) == 1:
        return meant[0]
    raise BadRequest(f"没有单位类型 {text!r}。可用的有：{'、'.join(OrganisationType)}。")


def topic(text: str) -> Topic:
    """The topic named by `text`; raises BadRequest otherwise."""
    if text not in set(Topic):
        raise BadRequest(f"没有主题 {text!r}。可用的有：{'、'.join(Topic)}。")
    return Topic(text)


def period(text: str) -> Period:
    """The period named by `text`; raises BadRequest otherwise."""
    if text not in set(Period):
        raise BadRequest(f"没有周期 {text!r}。可用的有：{'、'.join(p for p in Period if p is not Period.NONE)}。")
    return Period(text)


def day(text: str) -> date:
    """A date written YYYY-MM-DD; raises BadRequest otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRequest(f"日期 {text!r} 不对：请写成 2026-02-15 这样。") from None


def year(text: str) -> int:
    """A year in digits; raises BadRequest otherwise."""
    if not text.isascii() or not text.isdigit():
        raise BadRequest(f"年份 {text!r} 不对：请写四位数字，例如 2026。")
    return int(text)


def written(values: Mapping[str, Any], name: str) -> str:
    """A field as text, "" where it is absent; raises BadRequest for what is neither text nor a whole number."""
    value = values.get(name)
    if value is None:
        return ""
    if isinstance(value, str) or type(value) is int:
        return str(value)
    raise BadRequest(f"{name!r} 要是文字，收到 {value!r}。")


def required(values: Mapping[str, Any], name: str) -> str:
    """A field that must say something; raises BadRequest naming it."""
    text = written(values, name).strip()
    if not text:
        raise BadRequest(f"缺少 {name!r}：请补上再试。")
    return text


def several(values: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A field that holds one text or a list of them; raises BadRequest for anything else."""
    value = values.get(name) or ()
    texts = (value,) if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not all(isinstance(text, str) for text in texts):
        raise BadRequest(f"{name!r} 要是文字，或一组文字，收到 {value!r}。")
    return tuple(texts)


def number(values: Mapping[str, Any], name: str) -> int:
    """A whole number, 0 where it is absent; raises BadRequest otherwise."""
    text = written(values, name) or "0"
    try:
        return int(text)
    except ValueError:
        raise BadRequest(f"{name!r} 要是整数，收到 {text!r}。") from None
