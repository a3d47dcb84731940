"""What a paper puts around a text: number, addressee, letter, signature, copies (`lexicon/frame.yaml`)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from corpus.cleaning.lines import Line, lines
from corpus.cues import any_of, load_yaml
from corpus.markers import heads, marker

_LONGEST_HEAD = 8  # lines of the paper between a title and its text
_MOST_ANNEXES = 8  # lines of a list
_STOPS = "。；！，|"  # no heading of a list has one
_LONGEST_NUMBER = 3  # digits of a page number below a signature


def head_end(rows: Sequence[Line], first: int) -> int:
    """The row with which the text begins, at or below `first`: behind number, date, the unit's name, the addressee."""
    words = _words()
    for i in range(first, min(first + _LONGEST_HEAD, len(rows))):
        body = rows[i].body
        if words.addressee.fullmatch(body):
            return i + 1
        dated = i + 1 < len(rows) and (words.date.fullmatch(rows[i + 1].body) or is_addressee(rows[i + 1].body))
        signed = (dated or i == first) and words.person.fullmatch(body)
        if not (is_head(body) or _is_date(rows, i) or _is_byline(rows, i) or signed):
            return i
    return first


def _is_byline(rows: Sequence[Line], i: int) -> bool:
    """Whether a line below a title names who signs: a union, a unit in brackets, or one above a date."""
    dated = i + 1 < len(rows) and _words().date.fullmatch(rows[i + 1].body)
    sure = rows[i].body[0] in "（(" or " " in rows[i].body or dated is not None
    return _is_union(rows[i].body) or (_is_name(rows[i].body) and sure)


def _is_date(rows: Sequence[Line], i: int) -> bool:
    """Whether a line below a title dates the text; a year and month may also be the first label of a schedule."""
    body = rows[i].body
    if not _words().date.fullmatch(body):
        return False
    return body.count("月") == 0 or "日" in body or not any(_words().dated.match(row.body) for row in rows[i + 1 :])


def is_head(body: str) -> bool:
    """Whether a line belongs to the head of a paper: 某某工会文件, 某工发〔2024〕3号, （讨论稿）."""
    return _words().head.fullmatch(body) is not None


def is_addressee(body: str) -> bool:
    """Whether a line names whom a paper addresses: 各基层工会："""
    return _words().addressee.fullmatch(body) is not None


def is_notice(body: str) -> bool:
    """Whether a line is the title of a letter that brings a text: 关于印发……的通知."""
    return _words().notice.fullmatch(body) is not None


def is_letter(text: str) -> bool:
    """Whether a text says that it brings another: 现将……印发给你们."""
    return _words().letter.search(text) is not None


def is_edge(body: str) -> bool:
    """Whether a line is one of the paper's, not of running text that could go on in it or begin there."""
    words = _words()
    return any(p.fullmatch(body) for p in (words.head, words.foot, words.notice, words.name_date, words.date))


def is_dated(body: str) -> bool:
    """Whether a line ends with the date that signs a paper."""
    return bool(_words().date.fullmatch(body) or _words().name_date.fullmatch(body))


def is_signature(body: str) -> bool:
    """Whether a line alone could sign a text: the name of a unit or union."""
    return _is_name(body)


def foot_start(rows: Sequence[Line]) -> int:
    """The row with which signature, copies and annexes begin below the text; `len(rows)` where it has none."""
    k = len(rows)
    while k > 1:
        above = _above(rows, k)
        if above == k:
            break
        k = above
    while k < len(rows) and _is_numeral(rows[k].body):  # of a page, if anything of the paper is above it
        k += 1
    listed = 0 < k < len(rows) and heads(rows[k - 1].body, stops=_STOPS)  # 三、值班, and below it who is on duty when
    return len(rows) if listed else k


def signature(rows: Sequence[Line]) -> str:
    """Who signs and when, line by line, of rows that stand around a text; "" where nobody does."""
    last = next((i for i, row in enumerate(rows) if is_dated(row.body)), None)
    if last is None:
        return "\n".join(_unspaced(row.body) for row in rows if _is_union(row.body) or _is_bracketed(row.body))
    first = last
    while first > 0 and (_is_name(rows[first - 1].body)):
        first -= 1
    return "\n".join(_unspaced(row.body) for row in rows[first : last + 1])


def inner_signature(rows: Sequence[Line]) -> str:
    """Who signs a text to which an annex belongs, between the two."""
    for i in range(1, len(rows) - 1):
        if is_dated(rows[i].body) and rows[i + 1].body.startswith("附"):
            return signature(rows[max(0, i - 2) : i + 1])
    return ""


def foot_end(text: str, at: int) -> int:
    """Where what signs and closes the text that ends at `at` ends itself."""
    end = at
    for row in lines(text[at:]):
        if not (_is_foot(row.body) or _is_name(row.body)):
            break
        end = at + row.end
    return end


def _above(rows: Sequence[Line], k: int) -> int:
    """The row to which the foot reaches if it reaches down from row `k`; `k` itself where row k - 1 is the text's."""
    body, before = rows[k - 1].body, rows[k - 2].body
    if _is_numeral(body):
        return k - 1 if _is_foot(before) else k
    if _is_foot(body):
        bare = _words().date.fullmatch(body) and "日" not in body and body.count("月")
        return k if bare and not (_is_name(before) or _is_over(before)) else k - 1
    if _is_name(body) and not before.endswith(("：", ":", "、", "，")):
        dated = k < len(rows) and (_words().date.fullmatch(rows[k].body) or _is_name(rows[k].body))
        closing = (_is_union(body) and (k < len(rows) or _is_over(before))) or _is_bracketed(body)
        return k - 1 if dated or closing else k
    return _annexes(rows, k)


def _annexes(rows: Sequence[Line], k: int) -> int:
    """The row of 附件： above a list that ends with row k - 1, or `k`."""
    words = _words()
    for i in range(k - 1, max(0, k - 1 - _MOST_ANNEXES), -1):
        if words.annex.fullmatch(rows[i].body):
            return i
        if not words.annexed.fullmatch(rows[i].body):
            break
    return k


def _is_foot(body: str) -> bool:
    words = _words()
    return any(p.fullmatch(body) for p in (words.foot, words.name_date, words.date))


def _is_name(body: str) -> bool:
    name = _unspaced(body)
    return bool(_words().name.fullmatch(name)) and not _words().name_not.search(name) and marker(name) is None


def _is_union(body: str) -> bool:
    return _words().union.fullmatch(_unspaced(body)) is not None and _is_name(body)


def _is_bracketed(body: str) -> bool:
    return body[0] in "（(" and body[-1] in "）)" and _is_name(body)


def _is_numeral(body: str) -> bool:
    return body.isdigit() and len(body) <= _LONGEST_NUMBER


def _is_over(body: str) -> bool:
    """Whether a line ends as a text ends: with a full stop, or with a row of a table."""
    return body.endswith(("。", "！", "”", "）", ")", ".", "；")) or "|" in body


def _unspaced(body: str) -> str:
    """河 口 中 学 as a word; a bullet before a name says nothing."""
    body = body.lstrip("◎●■◆ ")
    return re.sub(r"\s+", "", body) if re.fullmatch(r"\S(?:\s+\S)+", body) else body


@dataclass(frozen=True, slots=True)
class _Words:
    date: re.Pattern[str]
    dated: re.Pattern[str]
    name: re.Pattern[str]
    union: re.Pattern[str]
    name_date: re.Pattern[str]
    name_not: re.Pattern[str]
    person: re.Pattern[str]
    head: re.Pattern[str]
    addressee: re.Pattern[str]
    letter: re.Pattern[str]
    notice: re.Pattern[str]
    foot: re.Pattern[str]
    annex: re.Pattern[str]
    annexed: re.Pattern[str]


@cache
def _words() -> _Words:
    """Compiled `lexicon/frame.yaml`."""
    data: dict[str, Any] = load_yaml("frame.yaml")
    parts: dict[str, str] = {}
    for name, part in data["parts"].items():
        parts[name] = part.format(**parts)
    entries = {name: [entry] if isinstance(entry, str) else entry for name, entry in data.items() if name != "parts"}
    return _Words(
        **{name: any_of(pattern.format(**parts) for pattern in patterns) for name, patterns in entries.items()}
    )
