"""Words on the command line and in batch rows as the values they name; BadRequest says what is allowed."""

from datetime import date

from corpus.datatypes import OrganisationType, Period, Topic
from corpus.errors import BadRequest


def organisation_type(text: str) -> OrganisationType:
    """The type named by `text` or by its part before a bracket (邮政, 社区, 人大); raises BadRequest otherwise."""
    for kind in OrganisationType:
        if text in (kind.value, kind.value.split("(")[0]):
            return kind
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


def year(text: object) -> int:
    """A year in digits; raises BadRequest otherwise."""
    written = str(text or "")
    if not written.isascii() or not written.isdigit():
        raise BadRequest(f"年份 {written!r} 不对：请写四位数字，例如 2026。")
    return int(written)
