"""Which part of a draft a turn speaks of: by number, by place, by topic, by its words."""

import re
from functools import cache

from assistant.understanding.cues import compiled, load_cues, pattern
from assistant.understanding.datatypes import EditRequest
from assistant.understanding.topics import read_topics
from corpus.datatypes import Topic
from corpus.markers import number

TITLE, SIGNATURE, DATED = "标题", "落款", "日期"  # lines of a plan that belong to no part
LINES = {TITLE: "title", SIGNATURE: "signature", DATED: "dated"}
_HAN = "零一二三四五六七八九十"
_NO_PART = re.compile(
    r"第[一二三四五六七八九十\d]+个?(?:学期|季度|产业|中学|小学|医院|初级|高级|次|名|届|人民|幼儿|附属|职业|实验|版|稿|中|小|院)"
)
_SHORT_NUMBERS = re.compile(r"(?:(?<=[把将和与跟、])|^)[一二三四五六七八九十](?=[和与跟、换对放移挪调两这部]|$)")
_COUNT = r"十?[一二三四五六七八九]|十|\d{1,2}"
_TWO_PARTS = re.compile(  # 第二第三部分, 二、三部分, 二三部分
    rf"第?(?P<one>{_COUNT})(?:个?大?(?:部分|块|段|章))?"
    r"(?:[、和与跟及]第?|第|(?<=[一二三四五六七八九])(?=[一二三四五六七八九]))"
    rf"(?P<other>{_COUNT})(?:这|那)?(?:两)?个?大?(?:部分|部份|块|段|章|节|条|点|项)"
)


def mentions_part(text: str) -> bool:
    """Whether a part of a draft is spoken of by its place: 第三部分, 开头, 这一段."""
    text = _NO_PART.sub("", text)
    names = ("ordinal", "opening", "closing", "last", "these")
    return any(pattern("edits", name).search(text) for name in names)


def parts_in(text: str) -> tuple[str, ...]:
    """Every part named, by number or else by topic."""
    text = _plain(text)
    counted = [_counted(match) for match in pattern("edits", "ordinal").finditer(text)]
    short = [f"第{han}部分" for han in _SHORT_NUMBERS.findall(text)]
    return tuple(counted or [str(topic) for topic in read_topics(text)] or short)


def part_meant(text: str, before: EditRequest | None) -> str | None:
    """The part that is meant: by number, by its place, by topic, or the one spoken of last."""
    text = _plain(text)
    if pattern("edits", "opening").search(text):
        return str(Topic.GUIDING)
    if pattern("edits", "closing").search(text):
        return str(Topic.CLOSING)
    if pattern("edits", "last").search(text):
        return "最后一部分"
    if match := pattern("edits", "ordinal").search(text) or pattern("edits", "bare_ordinal").search(text):
        return _counted(match)
    if topics := read_topics(text):
        return str(topics[0])
    if pattern("edits", "title").search(text):
        return TITLE
    if before and pattern("edits", "these").search(text):
        return before.target
    return None


def _plain(text: str) -> str:
    """Without counted things that are no parts; 二三部分 as two."""
    return _TWO_PARTS.sub(r"第\g<one>部分和第\g<other>部分", _NO_PART.sub("", text))


def _counted(match: re.Match[str]) -> str:
    """第三部分, however it was written."""
    groups = match.groupdict()
    count = number(groups["number"] or groups["marked"])
    what = groups.get("what") or "部分"
    cues = load_cues("edits")
    what = "部分" if what in cues["parts"] else "段" if what in cues["paragraphs"] else what
    han = _HAN[count] if count <= 10 else f"十{_HAN[count - 10]}" if count < 20 else str(count)
    return f"{groups.get('from_end') or ''}第{han}{what}"


def named_part(text: str) -> str | None:
    """The words of a part that is neither numbered nor a topic."""
    for form in _named_forms():
        if (match := form.search(text)) and not pattern("edits", "not_part").search(match["part"]):
            return match["part"]
    return None


@cache
def _named_forms() -> tuple[re.Pattern[str], ...]:
    return tuple(compiled(form, where="edits.yaml: named_part") for form in load_cues("edits")["named_part"])
