"""Tables for WPS and Excel: a comparison across organisation types, and a draft's monthly schedule."""

from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING

from assistant.datatypes import Comparison, Draft
from assistant.export.lines import LineKind, draft_lines, month_cells
from assistant.export.text import month_text
from assistant.tasks import person_of, tasks

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

NOTHING = "范文库中没有相关内容"
WIDTH = 48  # column width in characters of the default font


def comparison_xlsx(comparison: Comparison) -> bytes:
    """One column per organisation type: what only it says, then its passages with their files; common words on top."""
    workbook, sheet = _workbook(comparison.topic)
    sheet.append([f"主题：{comparison.topic}"])
    sheet.append([f"共同的说法：{'、'.join(comparison.common) or '无'}"])
    sheet.append([str(column.organisation) for column in comparison.columns])
    only_here = ["；".join(column.only_here) for column in comparison.columns]
    if any(only_here):
        sheet.append([f"特有：{text}" if text else "" for text in only_here])
    texts = [
        [NOTHING] if column.nothing else [f"{hit.passage.text}\n——{hit.passage.file}" for hit in column.hits]
        for column in comparison.columns
    ]
    for row in zip_longest(*texts, fillvalue=""):
        sheet.append(row)
    return _finished(workbook, sheet, head=3, widths=[WIDTH] * len(comparison.columns))


def schedule_xlsx(draft: Draft) -> bytes:
    """The monthly schedule of a draft: month, work."""
    workbook, sheet = _workbook("月度安排")
    sheet.append(["月份", "主要工作"])
    lines = tuple(line for line in draft_lines(draft) if line.kind is LineKind.MONTH)
    for month, points in month_cells(lines):
        sheet.append([month, "\n".join(month_text(points))])
    return _finished(workbook, sheet, head=1, widths=[10, 2 * WIDTH])


def tasks_xlsx(draft: Draft, *, chairman: str = "") -> bytes:
    """任务分解表: a row a task; what the draft does not say is left to fill in. `chairman` answers for the union's."""
    workbook, sheet = _workbook("任务分解表")
    sheet.append(["序号", "工作项", "主要内容", "责任部门", "责任人", "时间", "成果", "所属部分"])
    for count, task in enumerate(tasks(draft), start=1):
        person = person_of(task, chairman=chairman)
        row = [count, task.name, task.content, task.department, person, task.time, task.result, task.section]
        sheet.append(row)
    return _finished(workbook, sheet, head=1, widths=[6, 26, 60, 20, 14, 16, 26, 22])


def _workbook(title: str) -> tuple["Workbook", "Worksheet"]:
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None  # a new workbook has one
    sheet.title = title
    return workbook, sheet


def _finished(workbook: "Workbook", sheet: "Worksheet", *, head: int, widths: list[int]) -> bytes:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for position, row in enumerate(sheet.iter_rows(), start=1):
        for cell in row:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type  # text, even if it starts with "="
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(name="宋体", size=11, bold=position <= head)
    for position, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = width
    sheet.freeze_panes = f"A{head + 1}"
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()
