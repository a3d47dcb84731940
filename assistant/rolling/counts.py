"""What counts years or sessions: 第41个教师节, 八届四次教代会, 第三届职工运动会, 第二年."""

import re
from collections.abc import Iterator

from assistant.rolling.base import Base, Finding, Proposal
from assistant.rolling.datatypes import ChangeKind
from assistant.rolling.numerals import value, written_like
from assistant.rolling.rules import rules
from assistant.timeline import EntryKind

SESSION = "【待填：届次】"
MEETING = "【待填：次数】"
_DAY = re.compile(
    r"第(\d{1,3}|[一二三四五六七八九十]{1,4})个"
    r"(?=(?:全国|国际|世界|中国|我国)?(?:的)?[“\"]?(?P<name>[^，。；、“”\"\n]{2,14}))"
)
_PREFIX = re.compile(r"^[“\"]?(?:三八|五一|六一)?[”\"]?(?:全国|国际|世界|中国)?")
_TERM = re.compile(r"第(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})届")
_RUNNING = re.compile(r"连续\s*$")


def counts(base: Base) -> Iterator[Finding]:
    """Counts that move on for certain, placeholders for those that only the unit knows, notes for the rest."""
    if not base.delta:
        return
    taken = [(one.start, one.end) for one in base.timeline.find(base.text)]
    for rule in (_yearly_days, _sessions, _meetings, _terms, _steps, _anniversaries, _issues, _campaigns):
        for found in rule(base):
            held = any(start < found.end and found.start < end for start, end in taken)
            if not held and not base.reviewed(found.start):
                yield found


def _yearly_days(base: Base) -> Iterator[Finding]:
    """第41个教师节: one more every year."""
    held = [entry for entry in base.timeline.entries.values() if entry.kind is EntryKind.OBSERVANCE]
    names = {_PREFIX.sub("", name) for entry in held for name in (entry.name, entry.short, *entry.aliases)} - {""}
    for match in _DAY.finditer(base.text):
        known = match["name"].startswith(tuple(names)) or rules()["yearly_days"].match(match["name"])
        if known:
            new = written_like(match[1], value(match[1]) + base.delta)
            yield Proposal(*match.span(1), new, "每年一次，序数顺延", ChangeKind.ORDINAL)


def _sessions(base: Base) -> Iterator[Finding]:
    """八届四次教代会: the next is 八届五次 unless the term ends, which only the unit knows."""
    for match in rules()["session"].finditer(base.text):
        following = f"{match['term']}届{written_like(match['meeting'], value(match['meeting']) + base.delta)}次"
        why = f"去年是{match[0]}；如不换届，今年为{following}，请核对后填写"
        yield Proposal(*match.span(), SESSION, why, ChangeKind.ORDINAL)


def _meetings(base: Base) -> Iterator[Finding]:
    """第七届教代会第三次会议: the fourth follows unless the term ends."""
    for match in rules()["meeting"].finditer(base.text):
        following = written_like(match["meeting"], value(match["meeting"]) + base.delta)
        why = f"去年是{match[0]}；如每年一次、今年不换届，今年为第{following}次，请核对后填写"
        first, last = match.span("meeting")
        yield Proposal(first, last, MEETING, why, ChangeKind.ORDINAL)


def _terms(base: Base) -> Iterator[Finding]:
    words = rules()
    for match in _TERM.finditer(base.text):
        if words["congress_before"].search(base.text[max(0, match.start() - 10) : match.start()]):
            continue
        if words["body"].match(base.text, match.end()):
            yield base.note(*match.span(), f"“{match[0]}”没有改：今年如换届，请改届次。")
        elif words["event"].match(base.text, match.end()):
            following = written_like(match["number"], value(match["number"]) + base.delta)
            why = f"去年是{match[0]}；如每年举办，今年为第{following}届，请核对后填写"
            yield Proposal(*match.span("number"), "【待填：届数】", why, ChangeKind.ORDINAL)


def _steps(base: Base) -> Iterator[Finding]:
    """The second of three years becomes the third; after the last there is none."""
    for match in rules()["step"].finditer(base.text):
        new = value(match["number"]) + base.delta
        sentence = _sentence(base.text, match.start())
        planned = rules()["plan_years"].search(sentence)
        if _RUNNING.search(base.text[: match.start()]) or planned is None:
            yield base.note(*match.span(), f"“{match[0]}”是逐年累计的，没有改，请核对今年是第几年。")
        elif new <= value(planned["years"]):
            after = written_like(match["number"], new)
            yield Proposal(*match.span("number"), after, f"{planned['years']}年中的年次顺延", ChangeKind.ORDINAL)
        else:
            why = f"{planned[0]}到去年已满{planned['years']}年，请改写这一句"
            yield Proposal(*match.span("number"), "【待填：年次】", why, ChangeKind.FINISHED)


def _anniversaries(base: Base) -> Iterator[Finding]:
    for match in rules()["anniversary"].finditer(base.text):
        years = value(match["years"])
        message = f"“{match[0]}”是去年的纪念，没有改：今年是{years + base.delta}周年，相关活动如已办完请删去。"
        yield base.note(*match.span(), message)


def _issues(base: Base) -> Iterator[Finding]:
    for match in rules()["issue"].finditer(base.text):
        yield base.note(*match.span(), f"“{match[0]}”没有改：请核对今年是第几期。")


def _campaigns(base: Base) -> Iterator[Finding]:
    for match in rules()["campaign"].finditer(base.text):
        message = f"“{match['name']}”像是那一年的集中教育，没有改：今年如不再开展，请改写或删去。"
        yield base.note(*match.span("name"), message)


def _sentence(text: str, place: int) -> str:
    start = max(text.rfind(mark, 0, place) for mark in "。！？\n") + 1
    ends = [end for end in (text.find(mark, place) for mark in "。！？\n") if end >= 0]
    return text[start : min(ends, default=len(text))]
