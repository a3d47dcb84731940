"""What the user stressed: which section it belongs to, how the opening names it, whether the plan year knows it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant.datatypes import PlanRequest
from corpus.datatypes import Topic

LONGEST = 20  # characters; a longer one is an instruction, not the name of some work
_SHORT = 8  # characters; a longer one names the work itself
_WORK = ("工作", "建设", "服务", "关爱", "培养", "活动", "竞赛", "机制", "制度")
_FILE = Path(__file__).with_name("emphasis.yaml")


@dataclass(frozen=True, slots=True)
class Stress:
    """A kind of emphasis, as emphasis.yaml tells it."""

    match: re.Pattern[str]
    said: re.Pattern[str]  # what a point that answers it says
    topic: Topic
    named: str  # how the opening names it; {} stands for the user's words
    whole: str  # the full name, where the user's words may be short for it
    first: int  # plan year from which the thing exists
    last: int


def stress_of(text: str) -> Stress | None:
    """The kind of an emphasis, None where it is like no other."""
    return next((each for each in _stresses() if each.match.search(text)), None)


def in_season(text: str, *, request: PlanRequest) -> bool:
    """Whether a plan of the request's year can stress it at all."""
    stress = stress_of(text)
    return stress is None or stress.first <= request.year <= stress.last


def name_of(text: str) -> str:
    """How the opening names it: 八段锦 -> 八段锦等健身活动. The user's own words always stand in it."""
    stress, bare = stress_of(text), text.strip()
    if stress is None:
        return bare.removesuffix("工作")
    if stress.whole and stress.whole in bare:
        return bare.removesuffix("工作")
    tail = stress.named.replace("{}", "")
    if tail and (
        bare.endswith(tail) or len(bare) > 8 or bare.endswith(("工作", "建设", "服务", "关爱", "培养", "活动"))
    ):
        return bare.removesuffix("工作")
    return stress.named.replace("{}", bare)


def answers(text: str, emphasis: str) -> bool:
    """Whether a sentence speaks of the emphasis; False for one of no known kind."""
    stress = stress_of(emphasis)
    return bool(stress and stress.said.search(text))


def wanted_in(topic: Topic, emphasis: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    """What the points of a topic's section must speak of because the user stressed it."""
    found = [stress_of(text) for text in emphasis]
    return tuple(stress.said for stress in found if stress and stress.topic is topic)


@cache
def _stresses() -> tuple[Stress, ...]:
    data: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(
        Stress(
            re.compile(each["match"]),
            re.compile(each["said"]),
            Topic(each["topic"]),
            each.get("named", "{}"),
            each.get("whole", ""),
            each.get("first", 0),
            each.get("last", 9999),
        )
        for each in data
    )
