"""The name of the unit a plan belongs to, where the title, the opening or the signature gives it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.cues import load_yaml
from corpus.datatypes import EntityKind
from corpus.names import find_names, strip_ordinary

_OPENING = 200  # characters at the start where a unit names itself
_SIGNATURE = re.compile(
    r"\n([^\n。；]{4,30})(?:\n[^\n]{0,20})?\s*$"
)  # a short line at the end, perhaps with the date below
_NAMED = (EntityKind.ORGANISATION, EntityKind.PLACE)
_UNION = re.compile(
    r"(?:（[^（）\n]{1,8}）)?[\u4e00-\u9fff]{0,8}?"
    r"(?:工会委员会|工会联合会|联合工会|总工会|教育工会|工会工委|机关工会|分工会|工会)(?!工作委员会|工作者|法|会议|干部)"
)
_RUN = re.compile(  # characters of a clause up to a union's own name
    r"[\u4e00-\u9fff]{2,22}?(?:（[^（）\n]{1,8}）)?"
    r"(?:工会委员会|工会联合会|联合工会|总工会|工会工委|分工会|工会)(?!工作者|法|会议|干部|组织|小组|主席|会员|经费|系统)"
)
_LEVELS = frozenset("省市县区州团")
_SUPERIOR = re.compile(r"(?:在|按照|根据|遵照|受|经|由|及|和|与|围绕|贯彻|落实)$")
_LED = re.compile(
    r"^(?:、[^，。]{0,20})?(?:和[^，。]{0,20})?(?:的)?(?:正确|坚强|直接|具体)?(?:领导|指导|部署|要求|安排|关心)"
)
_YEAR = r"(?:(?:19|20)\d\d|〔年份〕|二[〇○零Oo0][〇○零Oo0一二三四五六七八九]{2})"
_DATE = (
    _YEAR + r"(?:\s*[-—－~～至]+\s*(?:\d{2,4}|〔年份〕))?\s*(?:学?年度?)?"
    r"(?:第[一二]学期|[上下]半年|[春秋]季学?期?|第[一二三四]季度)?"
)
_DATE_BETWEEN = re.compile(rf"(?<=[\u4e00-\u9fff）]){_DATE}(?=工会|人大|妇联|团委|党支部)")
_DATE_BEFORE = re.compile(rf"^\s*{_DATE}")
_AFTER_NAME = r"(?=\d|〔年份〕|二[〇○零Oo0]|关于|工作|女职工|年|[上下]半年|第[一二]|学期|[，,：:\s]|$)"
_MASKED = re.compile(r"[〔〕xX×*_]")


def label_unit(text: str, *, title: str) -> str | None:
    """Return the name of the unit's union, or None where it has none or only a masked one.

    A kind of unit is no name (学校工会, 镇总工会), one of a level is (县财政局工会).
    """
    signature = _SIGNATURE.search(text)
    title = _DATE_BEFORE.sub("", undated(title))
    zones = (title, text[:_OPENING], signature[1] if signature else "")
    found = _titled(title) or next((name for zone in zones for name in (*_spelled(zone), *_names(zone))), None)
    return _in_full(found, text[:_OPENING]) if found else None


def _titled(title: str) -> str | None:
    """The name a title begins with: there, 材料学院 and 光明中学 are names, though 材料 and 光明 are ordinary words."""
    data = _data()
    match = data.titled.match(title, lead.end() if (lead := data.leads.match(title)) else 0)
    if not match or _prose(data.others.sub("", match[1])) or data.offered.search(match[1]):
        return None
    named = data.unit.search(match[1]) or data.others.search(match[1])
    known = data.levelled.match(match[1]) or not data.generic.fullmatch(match[1])
    return match[1] if named and known else None


def _prose(name: str) -> bool:
    """Whether `name` holds a word that no name does."""
    return _data().prose.search(_data().with_and.sub("", name)) is not None


def _in_full(name: str, opening: str) -> str:
    """`name` as the opening has it, if that says more: 锦绣社区工会 is 锦绣社区联合工会."""
    stem = name.removesuffix("工会")
    longer = re.search(re.escape(stem) + r"(?:（[^（）\n]{1,8}）)?(?:联合工会|总工会|工会联合会|工会委员会)", opening)
    return longer[0] if longer and stem != name else name


def undated(title: str) -> str:
    """`title` with the unit and its union side by side: 某某中学2025年工会工作计划 becomes 某某中学工会工作计划."""
    return _DATE_BETWEEN.sub("", title)


def _spelled(zone: str) -> Iterator[str]:
    """Names that a clause begins with: 青禾市第三中学|工会 将…, not 学校工会 and not 深入推进工会…."""
    data = _data()
    for run in _RUN.finditer(zone):
        start = run.start()
        lead = data.leads.match(zone, start, run.end())
        start = lead.end() if lead else start
        if zone[start : start + 1] not in _LEVELS:  # 省委 is an ordinary word, and the head of a name
            start = strip_ordinary(zone, start, run.end())
        name = zone[start : run.end()]
        begins = start == 0 or not ("\u4e00" <= zone[start - 1] <= "\u9fff") or lead is not None
        superior = _SUPERIOR.search(zone, 0, start) or _LED.match(zone[run.end() :])
        if not begins or superior or _prose(name) or _MASKED.search(zone[max(0, start - 1) : run.end()]):
            continue
        if data.unit.search(name) and (data.levelled.match(name) or not data.generic.fullmatch(name)):
            yield name


def _names(zone: str) -> Iterator[str]:
    """Names of unions in reading order that are neither masked nor named as the superior one."""
    spans = sorted({(name.start, name.end, name.kind) for name in find_names(zone) if name.kind in _NAMED})
    for start, end, kind in spans:
        tail = _UNION.match(zone, end)
        whole = kind is EntityKind.ORGANISATION and zone[start:end].endswith(("工会", "工会委员会", "工会联合会"))
        if not tail and not whole:
            continue
        stop = tail.end() if tail else end
        name = zone[start:stop]
        if _SUPERIOR.search(zone, 0, start) or _LED.match(zone[stop:]) or _MASKED.search(name) or _prose(name):
            continue
        if _data().generic.fullmatch(name) and not _data().levelled.match(name):
            continue
        yield name


@dataclass(frozen=True, slots=True)
class _Data:
    leads: re.Pattern[str]
    prose: re.Pattern[str]
    unit: re.Pattern[str]
    generic: re.Pattern[str]
    levelled: re.Pattern[str]
    titled: re.Pattern[str]  # a name, at the place given
    others: re.Pattern[str]
    with_and: re.Pattern[str]
    offered: re.Pattern[str]


@cache
def _data() -> _Data:
    """Compiled `lexicon/unit.yaml`."""
    data = load_yaml("unit.yaml")
    words = "|".join(data["generic"].split())
    others = "|".join(data["others"].split())
    ends = "工会委员会|工会联合会|联合工会|总工会|工会工委|分工会|工会小组|工会"
    return _Data(
        leads=re.compile(data["leads"]),
        prose=re.compile("|".join(data["prose"].split())),
        unit=re.compile(f"(?:{'|'.join(data['units'].split())})(?:工会|总工会|联合工会|分工会)"),
        generic=re.compile(f"(?:{words}|工会|委员会|联合会|工委|{others})+"),
        levelled=re.compile(data["levelled"]),
        titled=re.compile(rf"([\u4e00-\u9fff（）]{{2,24}}?(?:{ends}|{others}|{data['schools']})){_AFTER_NAME}"),
        others=re.compile(f"(?<={data['bodies']})(?:{others})$|(?:{data['schools']})$"),
        with_and=re.compile(data["with_and"]),
        offered=re.compile("|".join(data["offered"].split())),
    )
