"""`gongbi corpus`: add to, remove from, list and look into the library."""

import argparse
import sys
from pathlib import Path
from typing import Any

from assistant.commands.listing import plan_line
from assistant.commands.output import print_json, progress_bar
from assistant.commands.parser import Parser
from assistant.config import Settings
from assistant.payload import plan_payload, reading_payload
from assistant.resources import open_library
from corpus.library import Library


def add_options(verb: Parser) -> None:
    """Its options."""
    actions = verb.add_subparsers(dest="action", required=True, metavar="动作", parser_class=Parser)
    add = actions.add_parser("add", help="加入文件或文件夹")
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    add.add_argument("--collection", default="范文", help="放进哪个集合，默认“范文”")
    remove = actions.add_parser("remove", help="移出一份文档")
    remove.add_argument("id", metavar="ID")
    actions.add_parser("list", help="列出文档和计划").add_argument("--json", action="store_true")
    show = actions.add_parser("show", help="看一份文档或计划：标签、段落、修复")
    show.add_argument("id", metavar="ID")
    show.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Add to, remove from, list or look into the library."""
    library = open_library(Settings.from_environment(), progress=progress_bar())
    if options.action == "add":
        from corpus.ingest import FileOutcome, ingest

        failed = 0
        bar = progress_bar()
        steps = ingest(
            library, options.paths, collection=options.collection, progress=lambda n, m, _: bar("读入文件", n, m)
        )
        for state in steps:
            sys.stderr.write(f"{state.path.name}：{state.outcome}{'，' + state.message if state.message else ''}\n")
            failed += state.outcome is FileOutcome.REFUSED
        return 1 if failed else 0
    if options.action == "remove":
        name = library.document(options.id).name
        library.remove(options.id)
        print(f"已移出 {name}；检索、比较和起草都不再用它。")
        return 0
    if options.action == "list":
        return _list_corpus(options, library)
    return _show_corpus(options, library)


def _list_corpus(options: argparse.Namespace, library: Library) -> int:
    documents = library.documents()
    plans = library.plans()
    rows: list[dict[str, Any]] = [
        {
            "id": document.id,
            "file": document.name,
            "collection": document.collection,
            "plans": [_listed(plan_payload(plan)) for plan in plans if plan.id.startswith(document.id[:12])],
        }
        for document in documents
    ]
    if options.json:
        print_json({"documents": rows})
        return 0
    for row in rows:
        print(f"{row['id'][:12]}  {row['file']}（{row['collection']}，{len(row['plans'])} 篇）")
        for plan in row["plans"]:
            print(f"    {plan_line(plan)}")
    return 0


def _listed(plan: dict[str, Any]) -> dict[str, Any]:
    """A plan's payload without its long parts."""
    return {k: v for k, v in plan.items() if k not in ("text", "sections", "entities", "slots")}


def _show_corpus(options: argparse.Namespace, library: Library) -> int:
    shown = library.reading(options.id)
    if options.json:
        print_json(reading_payload(shown))
        return 0
    print(f"{shown.document.name}：{len(shown.plans)} 篇")
    for plan in shown.plans:
        print(plan_line(plan_payload(plan)))
        for section in plan.sections:
            print(f"    {section.heading or '（无小标题）'}：{'、'.join(section.topics)}")
    print(f"修复 {len(shown.repairs)} 处：")
    for repair in shown.repairs:
        print(f"    {repair.kind} {repair.start}—{repair.end}：{repair.before!r} → {repair.after!r}")
    return 0
