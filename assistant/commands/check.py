"""`gongbi check`: what to mend in any plan."""

import argparse
import sys
from pathlib import Path
from typing import Any

from assistant.commands import output
from assistant.commands.batch import answer_rows
from assistant.commands.parser import Parser
from assistant.commands.values import day, organisation_type, period, written, year
from assistant.datatypes import Finding
from assistant.payload import finding_payload
from assistant.resources import Resources
from corpus.errors import BadRequest


def add_options(verb: Parser) -> None:
    """Its options."""
    verb.add_argument("file", nargs="?", metavar="FILE", help="要体检的文件；- 从标准输入读")
    verb.add_argument("--batch", type=Path, metavar="CASES", help="每行一个 {id, text, year, …} 的 JSONL 文件")
    verb.add_argument("--year", help="计划年份")
    verb.add_argument("--drafted", help="起草日期 YYYY-MM-DD，默认当年 2 月 15 日")
    verb.add_argument("--organisation", help="单位类型；不给则从文中判断")
    verb.add_argument("--period", help="周期；不给则从文中判断")
    verb.add_argument("--name", help="单位名称，用来找外单位残留")
    verb.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Check one text or a file of them."""
    if (options.file is None) == (options.batch is None):
        raise BadRequest("请给一个要体检的文件，或用 --batch 给一个用例文件。例如 gongbi check 计划.docx --year 2026")
    resources = output.resources()
    if options.batch:
        return answer_rows(options.batch, lambda row: _findings_payload(_check(resources, written(row, "text"), row)))
    text = _read_text(options.file)
    found = _check(resources, text, vars(options))
    if options.json:
        output.print_json(_findings_payload(found))
        return 0
    for each in found:
        line = text.count("\n", 0, each.start) + 1
        fix = "" if each.replacement is None else f" → {each.replacement or '（删去）'}"
        print(f"[{each.severity}] 第 {line} 行“{each.text}”{fix}\n    {each.message}")
    print(f"共 {len(found)} 处。" if found else "没有发现问题。")
    return 0


def _findings_payload(found: tuple[Finding, ...]) -> dict[str, Any]:
    return {"findings": [finding_payload(each) for each in found]}


def _check(resources: Resources, text: str, values: dict[str, Any]) -> tuple[Finding, ...]:
    """Findings on a text for what options or a batch row say of it; raises BadRequest for what cannot be."""
    from assistant.checking import CheckRequest, check

    request = CheckRequest(
        year=year(written(values, "year")),
        drafted=day(drafted) if (drafted := written(values, "drafted")) else None,
        organisation=organisation_type(kind) if (kind := written(values, "organisation")) else None,
        period=period(span) if (span := written(values, "period")) else None,
        name=written(values, "name") or None,
    )
    return check(text, request=request, timeline=resources.timeline, samples=resources.samples)


def _read_text(name: str) -> str:
    """The text of a file of any format 工笔 reads, or of the standard input."""
    from corpus.load import load, load_bytes

    return load_bytes("标准输入.txt", sys.stdin.buffer.read()).text if name == "-" else load(Path(name)).text
