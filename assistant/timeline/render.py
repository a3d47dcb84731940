"""A year's page as readable Chinese and as JSON-able values."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from assistant.timeline.observances import Observance
from assistant.timeline.page import Claim, YearPage
from corpus.datatypes import Topic

BLANK = "（不可写，见备注）"


def render_page(page: YearPage) -> str:
    """The page as text for `gongbi timeline YEAR`; a line per fact, ids in brackets."""
    whom = f"，{page.organisation}" if page.organisation else ""
    lines = [f"{page.year}年计划可以怎样写（起草日期 {page.drafted}{whom}）", ""]
    lines += [f"{name}：{_text(claim)}" for name, claim in _head(page)]
    lines.append(f"会议列举：{page.enumeration or BLANK}")
    for name, claims in _lists(page):
        lines += _block(name, claims)
    for name, grouped in (("法律", page.laws), ("规章制度", page.rules), ("工会活动和规划", page.programmes)):
        lines += ["", f"【{name}】", *(f"{topic}：{_joined(grouped[topic])}" for topic in Topic if topic in grouped)]
    lines += ["", "【全年节点】（* 为常年必做）", *(_observance(each) for each in page.observances)]
    if page.notes:
        lines += ["", "【备注】不确定的内容，不得作为事实写入计划", *(f"- {note}" for note in page.notes)]
    return "\n".join(lines) + "\n"


def page_record(page: YearPage) -> dict[str, Any]:
    """The page for `--json`: plain dicts, lists and strings."""
    return {key: _plain(value) for key, value in asdict(page).items()}


def _head(page: YearPage) -> tuple[tuple[str, Claim | None], ...]:
    return (
        ("指导思想", page.opening),
        ("党中央", page.leadership),
        ("党代会", page.congress),
        ("最新全会", page.plenum),
        ("会议精神", page.meetings),
        ("工会大会", page.union_congress),
        ("重要论述", page.discourse),
        ("五年规划", page.five_year_plan),
        ("所处阶段", page.phase),
        ("工会法", page.union_law),
        ("工会章程", page.charter),
        ("普法规划", page.pufa),
    )


def _lists(page: YearPage) -> tuple[tuple[str, tuple[Claim, ...]], ...]:
    return (
        ("党内集中教育（正在开展）", page.education),
        ("可写巩固成果", page.aftermath),
        ("逢五逢十", page.anniversaries),
        ("现行提法", page.concepts),
        ("全国性工作", page.campaigns),
    )


def _text(claim: Claim | None) -> str:
    return BLANK if claim is None else f"{claim.text} [{'+'.join(claim.facts)}]"


def _joined(claims: Iterable[Claim]) -> str:
    return "；".join(_text(claim) for claim in claims)


def _block(name: str, claims: tuple[Claim, ...]) -> list[str]:
    rows = [f"- {_text(claim)}{'　' + claim.note if claim.note else ''}" for claim in claims]
    return ["", f"【{name}】", *(rows or ["- 无"])]


def _observance(observance: Observance) -> str:
    return f"{'*' if observance.core else ' '} {observance.text}　{observance.name}　[{observance.id}]"


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if value is None or type(value) in (bool, int, str) else str(value)
