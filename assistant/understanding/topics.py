"""What about: topics named by staff's own words, and what they want stressed."""

import re
from functools import cache

from assistant.understanding.cues import any_of, load_cues
from corpus.datatypes import Topic

_EMPHASIS = re.compile(
    r"(?:重点|突出|侧重|着重|强调|主抓|偏重|聚焦|围绕|多写点?|多讲点?|多说点?|主要写|主要讲|加重|带上|包含|要有|别忘了|别漏了)"
    r"(?:是|写|抓|讲|说|放在|突出|强调|在|一下|体现|做好|加强)*[：:]?\s*([^，,。；;！!？?\n]{2,40}(?:、[^，,。；;！!？?\n]{2,20})*)"
    r"|(?:以|把)([^，,。；;！!？?\n]{2,20}?)(?:为主|为重点|作为重点|放在(?:首位|第一位|突出位置)|写(?:得)?(?:突出|重))"
)
_AND = re.compile(r"[、和与及]|以及|还有|跟")
_EDGES = re.compile(r"^(?:的|在|是|关于|这|那)+|(?:的?工作|的?内容|方面|这块|那块|这些|的|写|计划|等|吧|上|部分)+$")


def read_topics(text: str) -> tuple[Topic, ...]:
    """Topics the text names, in order."""
    meanings = _meanings("named")
    found = (meanings.get(cue) for cue in _pattern().findall(text))
    return tuple(dict.fromkeys(topic for topic in found if topic))


def topics_of_days(text: str) -> tuple[Topic, ...]:
    """The topic of a day or of 活动, for a text that names none."""
    meanings = _meanings("by_day")
    return tuple(dict.fromkeys(meanings[cue] for cue in any_of(meanings).findall(text)))[-1:]


def read_emphasis(text: str) -> tuple[str, ...]:
    """What is to be stressed, piece by piece."""
    match = _EMPHASIS.search(text)
    parts = _AND.split(next(group for group in match.groups() if group)) if match else ()
    trimmed = (_EDGES.sub("", part) for part in parts)
    return tuple(part for part in trimmed if len(part) > 1)


@cache
def _meanings(group: str) -> dict[str, Topic]:
    """Cue -> topic. Raises ValueError for a topic that does not exist."""
    return {cue: Topic(topic) for topic, cues in load_cues("topics")[group].items() for cue in cues}


@cache
def _pattern() -> re.Pattern[str]:
    return any_of((*_meanings("named"), *load_cues("topics")["not_topics"]))
