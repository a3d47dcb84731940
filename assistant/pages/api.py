"""The same jobs for programs: named endpoints of the web application, offered as MCP tools too. All answer in JSON."""

import json
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import wraps
from typing import TypeVar

from assistant.chat import plan_request, write
from assistant.compare import compare as compare_types
from assistant.datatypes import Draft, Length
from assistant.payload import (
    comparison_payload,
    draft_payload,
    finding_payload,
    reading_payload,
    rollover_payload,
    search_payload,
    understanding_payload,
)
from assistant.resources import Resources
from assistant.understand import Intent, Understanding
from assistant.understand import understand as understand_turns
from corpus.datatypes import OrganisationType, Period, Topic
from corpus.errors import BadRequest, UserError
from index.datatypes import Filter

Choice = TypeVar("Choice", bound=StrEnum)


def endpoints(resources: Resources) -> dict[str, Callable[..., str]]:
    """Name -> function. Each takes and returns text; an error comes back as {"error": "…"}."""

    def draft(
        organisation: str, name: str = "", year: int = 0, period: str = "年度", emphasis: str = "", length: str = "标准"
    ) -> str:
        """Draft a trade-union work plan (起草工会工作计划), every sentence with its provenance.

        Args:
            organisation: 单位类型, one of 机关 公安 学校 医院 企业 邮政(国企) 县市总工会 乡镇街道 社区(村) 教科文卫系统
            name: the unit's full name; empty leaves 【待填：单位名称】
            year: the plan's year, 1978-2100; 0 means the next one
            period: 年度 上半年 下半年 第一学期 第二学期 第一季度 …
            emphasis: points to stress, separated by 、
            length: 简版, 标准 or 详版
        """
        said = Understanding(
            Intent.DRAFT,
            organisations=(_member(OrganisationType, organisation, "单位类型"),),
            name=name.strip() or None,
            year=year or None,
            period=_member(Period, period, "周期"),
            emphasis=tuple(part for part in emphasis.split("、") if part),
            length=_member(Length, length, "篇幅"),
        )
        return _json(drafted(write(plan_request(said, seed=0, today=date.today()), resources), resources))

    def search(query: str, organisation: str = "", topic: str = "", k: int = 10) -> str:
        """Find passages of sample plans (查范文) for a need in plain Chinese.

        Args:
            query: what to look for, in one's own words
            organisation: only this 单位类型; empty for all
            topic: only this 主题; empty for all
            k: how many passages, 1-50
        """
        wanted = Filter(
            organisations=frozenset({_member(OrganisationType, organisation, "单位类型")} if organisation else ()),
            topics=frozenset({_member(Topic, topic, "主题")} if topic else ()),
        )
        return _json(search_payload(resources.index.search(query, filter=wanted, k=min(max(k, 1), 50))))

    def compare(topic: str, organisations: str) -> str:
        """Compare how organisation types write about one topic (比行业).

        Args:
            topic: 主题, such as 民主管理 or 送温暖与帮扶
            organisations: two or more 单位类型 separated by 、
        """
        kinds = [_member(OrganisationType, part, "单位类型") for part in organisations.split("、") if part]
        found = compare_types(_member(Topic, topic, "主题"), kinds, passages=resources.passages)
        return _json(comparison_payload(found))

    def read(name: str, text: str) -> str:
        """Read a text as sample plans (读懂范文): split, repaired, labelled; nothing is stored.

        Args:
            name: a file name such as 计划.txt
            text: the whole text
        """
        from corpus.load import load_bytes
        from corpus.read import read as read_document

        return _json(reading_payload(read_document(load_bytes(name, text.encode()))))

    def check(text: str, year: int, organisation: str = "", period: str = "", name: str = "") -> str:
        """Check a plan before it is handed in (体检): stale references, other units' names, wrong years, copies.

        Args:
            text: the whole plan
            year: the plan's year
            organisation: its 单位类型; empty to read it from the text
            period: its 周期; empty to read it from the text
            name: the unit's full name; empty to read it from the text
        """
        from assistant.checking import CheckRequest
        from assistant.checking import check as check_text

        request = CheckRequest(
            year=year,
            organisation=_member(OrganisationType, organisation, "单位类型") if organisation else None,
            period=_member(Period, period, "周期") if period else None,
            name=name.strip() or None,
        )
        found = check_text(text, request=request, timeline=resources.timeline, samples=resources.samples)
        return _json({"findings": [finding_payload(finding) for finding in found]})

    def rollover(text: str, year: int, name: str = "") -> str:
        """Carry a unit's own plan of last year into a new year (年度续写), every change told.

        Args:
            text: last year's whole plan
            year: the new plan's year
            name: the unit's full name; empty to keep the one it has
        """
        from assistant.rollover import roll_over
        from corpus.load import load_bytes

        rolled = roll_over(
            load_bytes("去年的计划.txt", text.encode()),
            year=year,
            name=name.strip() or None,
            passages=resources.passages,
            timeline=resources.timeline,
        )
        return _json(rollover_payload(rolled))

    def understand(utterances: str, today: str = "") -> str:
        """What a user wants (听懂): intent, unit, year, period, topics, change of a draft.

        Args:
            utterances: what the user said so far, a turn a line
            today: YYYY-MM-DD, what 明年 counts from; empty for the day it is
        """
        day = _day(today) if today else date.today()
        return _json(understanding_payload(understand_turns(utterances.splitlines(), today=day)))

    def timeline(year: int, organisation: str = "") -> str:
        """What a plan of a year may say (时间表): congresses, five-year plan, laws, campaigns, observances.

        Args:
            year: the plan's year
            organisation: only what concerns this 单位类型; empty for all
        """
        from assistant.timeline import page_record

        kind = _member(OrganisationType, organisation, "单位类型") if organisation else None
        return _json(page_record(resources.timeline.page(year, drafted=None, organisation=kind)))

    offered = (draft, search, compare, read, check, rollover, understand, timeline)
    return {function.__name__: _telling(function) for function in offered}


def drafted(draft: Draft, resources: Resources) -> dict[str, object]:
    """A draft as the JSON of `gongbi draft`."""
    from assistant.checking import check_draft
    from assistant.export.markdown import markdown
    from assistant.export.text import plain_text

    text = plain_text(draft)
    findings = check_draft(draft, text, timeline=resources.timeline, samples=resources.samples)
    return draft_payload(draft, text=text, markdown=markdown(draft), findings=findings)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _member(choices: type[Choice], value: str, name: str) -> Choice:
    """One of a closed list. Raises BadRequest."""
    if value not in set(choices):
        raise BadRequest(f"没有{name} {value!r}。可用的有：{'、'.join(choices)}。")
    return choices(value)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadRequest(f"日期 {text!r} 不对：请写成 2026-11-20 这样。") from error


def _telling(function: Callable[..., str]) -> Callable[..., str]:
    """The function with what the user can mend told as JSON instead of raised."""

    @wraps(function)
    def tell(*values: object, **named: object) -> str:
        try:
            return function(*values, **named)
        except UserError as error:
            return _json({"error": str(error)})

    return tell
