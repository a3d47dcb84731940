"""Words that were blanked out, and placeholders still open."""

import re
from collections.abc import Iterator

from assistant.checking.rules import rules
from assistant.checking.subject import Subject
from assistant.datatypes import Finding, FindingKind, Severity
from corpus.clean import find_slots
from corpus.cleaning.masks import slots

_NUMBER = re.compile(r"(?m)^(\s*\d{1,2})[.．]")
_YEAR_MASK = "〔年份〕"


def masked(subject: Subject) -> Iterator[Finding]:
    """xx, **, __, 某某 and 〔年份〕: something was taken out and has to be filled in."""
    data, text = rules(), subject.text
    taken = [match.span() for match in data["blanks.furniture"].finditer(text)]
    taken += [match.span() for match in data["blanks.placeholder"].finditer(text)]
    apart = _NUMBER.sub("\\1、", text)  # 1.xx is no file name
    marks = [(edit.start, edit.end, edit.after) for edit in slots(apart)]
    marks += [(slot.start, slot.end, text[slot.start : slot.end]) for slot in find_slots(text)]
    for match in data["blanks.somebody"].finditer(text):
        if not any(start < match.end() and match.start() < end for start, end, _ in marks):
            marks.append((match.start(), match.end(), ""))
    for start, end, meant in sorted(marks):
        if any(first <= start and end <= last for first, last in taken) or _in_own_name(subject, start, end):
            continue
        yield subject.finding(
            FindingKind.MASKED,
            Severity.MUST,
            (start, end),
            _message(text[start:end], meant),
            _year(subject, start, end, meant),
        )


def placeholders(subject: Subject) -> Iterator[Finding]:
    """【待填：…】 and its like."""
    for match in rules()["blanks.placeholder"].finditer(subject.text):
        what = next((group for group in match.groups() if group), "")
        yield subject.finding(
            FindingKind.PLACEHOLDER,
            Severity.MUST,
            match.span(),
            f"这里还没有填写{f'“{what}”' if what else ''}。请填上实际内容，用不着就删去这一句。",
        )


def _message(token: str, meant: str) -> str:
    if not token:
        return "引号或书名号里是空的，原来的词语被挖去了。请补上实际内容，或删去这一处。"
    told = f"（看上下文应是{meant.strip('〔〕')}）" if meant and meant != "〔词语〕" else ""
    return f"“{token}”是被遮去的内容{told}。请改成本单位的实际内容，不能照抄。"


def _year(subject: Subject, start: int, end: int, meant: str) -> str | None:
    """The plan year, where a year of the plan itself is blanked out."""
    if meant != _YEAR_MASK or subject.in_quoted(start, end):
        return None
    follows = subject.text[end : end + 1]
    past = rules()["years.back_after"].match(subject.text, end) or rules()["years.range"].match(subject.text, end)
    return str(subject.year) if follows == "年" and not past else None


def _in_own_name(subject: Subject, start: int, end: int) -> bool:
    """Whether the blank is part of the unit's own name as given (某某市人民医院)."""
    name = subject.request.name
    if not name:
        return False
    at = subject.text.find(name, max(0, start - len(name)))
    return 0 <= at <= start and end <= at + len(name)
