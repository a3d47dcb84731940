"""Where the one plan of a document begins: below its title, behind the letter that brings it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.cleaning.lines import Line
from corpus.frame import is_addressee, is_head, is_letter, is_notice
from corpus.titles import collection_heading, is_first_title, is_title

_LONGEST_LETTER = 500  # characters of a letter that brings a plan
_LEAD = 4  # other lines above a title
_NUMBERED_TITLE = 40  # characters of a line that numbers a text
_UNIT_NAME = 30  # characters of a line above the title
_NAME = re.compile(r"[\w（）()·]{2,}(?:工会|委员会|局|校|院|公司|中学|小学|大学|幼儿园|总工会|镇|乡|街道|社区)")
_SECOND_LINE = re.compile(
    r"(?:及|和|与|暨|——|—|—{2,}).{2,40}(?:计划|打算|要点|安排|思路|报告|总结|会议上|大会上|会上)(?:的(?:讲话|报告|发言))?|[（(][^（）()。；]{0,24}(?:学期|学年度?|年度|半年|季度)[)）]"
)


@dataclass(frozen=True, slots=True)
class Start:
    """A plan begins at `at` under `title`; the title's own line begins at `cut`."""

    cut: int
    at: int
    title: str


def single(text: str, rows: Sequence[Line]) -> Start:
    """The one plan of a document, below its title where the first lines, or a cover letter, lead to one."""
    plain = 0
    for i, row in enumerate(rows):
        letter = row.start < _LONGEST_LETTER and is_letter(text[: row.start])
        if is_title(row.body) or (plain < _LEAD and (is_first_title(row.body) or collection_heading(row.body))):
            i = _behind_letter(text, rows, i)
            return replace(_titled_start(rows, i), cut=0)
        if is_head(row.body) or is_notice(row.body) or is_addressee(row.body) or is_letter(row.body):
            continue
        if not letter and (plain == _LEAD or _is_text(row.body)):
            break
        plain += not letter
    return Start(0, 0, "")


def _behind_letter(text: str, rows: Sequence[Line], i: int) -> int:
    """The title below the letter that the title in row `i` heads: 关于报送……的报告."""
    for j in range(i + 1, len(rows)):
        if rows[j].start - rows[i].end > _LONGEST_LETTER:
            break
        if is_title(rows[j].body) and is_letter(text[rows[i].end : rows[j].start]):
            return j
    return i


def _titled_start(rows: Sequence[Line], i: int) -> Start:
    """The text below a title that may take up the lines beside it: the unit's name, 及……工作计划, a date."""
    while i + 1 < len(rows) and is_title(rows[i + 1].body):  # the page's name for it above the author's
        i += 1
    if i + 1 < len(rows) and collection_heading(rows[i + 1].body) and len(rows[i + 1].body) <= _NUMBERED_TITLE:
        i += 1  # the only text of its collection that is left
    title, last = rows[i].body, i
    unit = re.sub(r"\s", "", rows[i - 1].body) if i else ""
    if len(unit) <= _UNIT_NAME and _NAME.fullmatch(unit):
        shared = max(n for n in range(len(unit)) if n == 0 or (n > 1 and title.startswith(unit[-n:])))
        title = unit + title[shared:]
    if last + 1 < len(rows) and _SECOND_LINE.fullmatch(rows[last + 1].body):
        last += 1
        title += rows[last].body
    return Start(rows[i].start, rows[last].end, title.rstrip(":："))


def _is_text(body: str) -> bool:
    return not is_letter(body) and (len(body) > 60 or re.search("[。；]", body) is not None)
