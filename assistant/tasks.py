"""任务分解: the work of a draft as tasks: what, who, when, with what result."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

from assistant.datatypes import Draft, DraftSection, Paragraph
from assistant.drafting.pool import overlap, shape
from corpus.datatypes import Topic
from corpus.markers import MarkerStyle, marker

NO_DEPARTMENT, NO_PERSON = "【待填：责任部门】", "【待填：责任人】"
NO_TIME, NO_RESULT = "【待填：时间】", "【待填：成果】"
_FILE = Path(__file__).with_name("tasks.yaml")
_BLANK = re.compile(r"【待填：[^】]*】")
_NUMBER = re.compile(r"^\d{1,2}[.．、](?=\d{1,2}月)")  # 1.3月召开: number and month
_FRAMED = (Topic.GUIDING, Topic.GOALS, Topic.REVIEW, Topic.MONTHLY, Topic.CLOSING, Topic.SAFEGUARDS)
_LONGEST_NAME = 30
_SAME = 0.5  # share of a schedule point's letters found in a task from which it is the same work
_MOST = 3  # times or results named


@dataclass(frozen=True, slots=True)
class Task:
    """One row; what the draft does not say is a placeholder."""

    section: str  # heading of its part
    name: str
    content: str
    department: str
    time: str
    result: str


def tasks(draft: Draft) -> tuple[Task, ...]:
    """The tasks of a draft in its order; opening, goals, schedule and closing hold none."""
    schedule = [one for section in draft.sections for one in section.paragraphs if one.month is not None]
    return tuple(
        _task(section, text, title, schedule)
        for section in draft.sections
        if not _is_frame(section)
        for title, text in _points(section.paragraphs)
    )


def person_of(task: Task, *, chairman: str) -> str:
    """Who answers for a task: the union's chairman for what the union does or nobody is named for."""
    ours = task.department == NO_DEPARTMENT or task.department.startswith("工会")
    return chairman if chairman and ours else NO_PERSON


def _is_frame(section: DraftSection) -> bool:
    named = bool(section.heading) and _patterns()["frame"].search(section.heading) is not None
    return not section.heading or named or section.topic in _FRAMED


def _points(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[str, str]]:
    """Title and text of every point; a line that is only a heading is the title of those below it."""
    for paragraph in paragraphs:
        text = "".join(sentence.text for sentence in paragraph.sentences)
        mark = marker(text)
        counted = mark is not None and mark.style is not MarkerStyle.MONTH
        text = _NUMBER.sub("", text[mark.end :].strip() if mark and counted else text)
        if paragraph.month is None and text and (text[-1] in "。；！" or paragraph.title):
            yield paragraph.title.rstrip("。：:"), text


def _task(section: DraftSection, text: str, title: str, schedule: Sequence[Paragraph]) -> Task:
    return Task(
        section.heading,
        title or _name(text),
        text,
        _department(text) or NO_DEPARTMENT,
        _found("time", text) or _scheduled(text, schedule) or NO_TIME,
        _found("result", text) or NO_RESULT,
    )


def _name(text: str) -> str:
    """The first clause that names work rather than leading in to it."""
    words = _patterns()
    clauses = [clause for clause in re.split(r"[，。；：！]", _BLANK.sub("", text)) if clause]
    names = (_work(clause) for clause in clauses)
    name = next((name for name in names if len(name) >= 4 and not words["leading"].match(name)), "")
    name = name or (clauses[0] if clauses else text)
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def _work(clause: str) -> str:
    """The clause from its verb on where it leads in to one: 结合护士节评选先进 is 评选先进."""
    words = _patterns()
    verb = words["verb"].search(clause, 2) if words["leading"].match(clause) else None
    return clause[verb.start() :] if verb else clause


def _department(text: str) -> str:
    words = _patterns()
    lead = words["lead"].search(text)
    if lead:
        return (lead["who"] or lead["other"]).rstrip("、和与")
    assisted = words["assisted"].search(text)
    if assisted:
        return f"{assisted['who'].rstrip('、和与')}（工会协助）"
    helper = words["helper"].search(text)
    return f"工会（{helper['who'].rstrip('、和与')}配合）" if helper else ""


def _found(name: str, text: str) -> str:
    found = dict.fromkeys(match[0].strip("“”") for match in _patterns()[name].finditer(text))
    return "、".join(list(found)[:_MOST]) if name == "time" else "；".join(list(found)[:_MOST])


def _scheduled(text: str, schedule: Sequence[Paragraph]) -> str:
    """Months whose points in the draft's own schedule plan this work."""
    letters = shape(text)
    months = dict.fromkeys(
        point.month for point in schedule if overlap(shape(point.text), letters) >= _SAME and len(point.text) > 6
    )
    return "、".join(f"{month}月" for month in list(months)[:_MOST])


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    data: dict[str, str] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    department = data.pop("department")
    found = {}
    for name, text in data.items():
        try:
            found[name] = re.compile(text.replace("{department}", department))
        except re.error as problem:
            raise ValueError(f"{_FILE.name}: {name}: {problem}") from problem
    return MappingProxyType(found)
