"""`gongbi rollover`: last year's plan carried into a new year."""

import argparse
import sys
from pathlib import Path

from assistant.commands import output
from assistant.commands.files import require_format, write_bytes, write_draft
from assistant.commands.parser import Parser
from assistant.commands.values import day, year
from assistant.payload import rollover_payload
from assistant.rolling.datatypes import Rollover
from corpus.errors import BadRequest


def add_options(verb: Parser) -> None:
    """Its options."""
    verb.add_argument("file", type=Path, metavar="FILE", help="去年的计划，任何能读的格式")
    verb.add_argument("--year", required=True, help="新计划的年份")
    verb.add_argument("--name", help="单位名称；与原计划不同时才替换")
    verb.add_argument("--drafted", help="起草日期 YYYY-MM-DD，默认当年 2 月 15 日")
    verb.add_argument("--tracked", action="store_true", help="写成 .docx 时带修订标记，可在 WPS 里逐处接受或拒绝")
    verb.add_argument("--json", action="store_true")
    verb.add_argument("-o", "--output", type=Path, metavar="FILE", help="写成 .docx、.md 或 .txt")


def run(options: argparse.Namespace) -> int:
    """Carry last year's plan into a new year."""
    from assistant.export.revision import tracked_docx
    from assistant.rollover import roll_over
    from corpus.load import load

    require_format(options.output)
    if options.tracked and (not options.output or options.output.suffix.lower() != ".docx"):
        raise BadRequest("修订标记只能写在 .docx 里：请加 -o 文件名.docx。")
    document, resources = load(options.file), output.resources()
    rolled = roll_over(
        document,
        year=year(options.year),
        name=options.name,
        passages=resources.passages,
        timeline=resources.timeline,
        drafted=day(options.drafted) if options.drafted else None,
    )
    if options.tracked:
        write_bytes(tracked_docx(rolled), options.output)
    elif options.output and options.output.suffix.lower() == ".txt":
        write_bytes(rolled.text_after.encode(), options.output)
    elif options.output:
        write_draft(rolled.draft, options.output)
    if options.json:
        output.print_json(rollover_payload(rolled))
        return 0
    if not options.output:
        print(rolled.text_after)
    _tell_changes(rolled)
    return 0


def _tell_changes(rolled: Rollover) -> None:
    """Changes, what is left to decide and what is missing, on stderr, so that stdout holds the plan alone."""
    lines = [f"[{each.kind}] “{each.before}” → “{each.after}”：{each.why}" for each in rolled.changes]
    lines += [f"[请核对] “{each.text[:30]}”：{each.message}" for each in rolled.notes]
    lines += [f"[缺项] {gap.heading or gap.topic}：{gap.reason}" for gap in rolled.gaps]
    counts = f"改动 {len(rolled.changes)} 处，请核对 {len(rolled.notes)} 处，缺项 {len(rolled.gaps)} 个。"
    sys.stderr.write("\n".join((*lines, counts)) + "\n")
