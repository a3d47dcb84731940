"""`gongbi search`: passages for a need in one's own words."""

import argparse
from pathlib import Path
from typing import Any

from assistant.commands import output
from assistant.commands.batch import answer_rows
from assistant.commands.parser import Parser
from assistant.commands.values import organisation_type, required, topic, written
from assistant.payload import batch_search_payload, search_payload
from corpus.errors import BadRequest
from index.datatypes import Filter


def add_options(verb: Parser) -> None:
    """Its options."""
    verb.add_argument("query", nargs="?", metavar="QUERY")
    verb.add_argument("--batch", type=Path, metavar="FILE", help="每行一个 {id, query, …} 的 JSONL 文件")
    verb.add_argument("--organisation", help="只在这种单位类型里找")
    verb.add_argument("--topic", help="只在这个主题里找")
    verb.add_argument("--k", type=int, default=10, help="最多几条，默认 10")
    verb.add_argument("--every", action="store_true", help="近似的段落逐份列出；默认折叠成一条，注明另见何处")
    verb.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Find passages for one query or a file of them."""
    if (options.query is None) == (options.batch is None):
        raise BadRequest('请给一个查询，或用 --batch 给一个文件。例如 gongbi search "老师生病怎么帮"')
    if options.k < 1:
        raise BadRequest(f"--k 要是正整数，收到 {options.k}。")
    asked = _filter(options.organisation or "", options.topic or "")
    index = output.resources().index
    if options.batch:

        def answer(row: dict[str, Any]) -> dict[str, Any]:
            wanted = _filter(written(row, "organisation"), written(row, "topic"))
            found = index.search(required(row, "query"), filter=wanted, k=options.k, every=options.every)
            return batch_search_payload(found)

        return answer_rows(options.batch, answer)
    result = index.search(options.query, filter=asked, k=options.k, every=options.every)
    if options.json:
        output.print_json(search_payload(result))
        return 0
    if result.abstained or not result.hits:
        print("范文库中没有相关内容。换个说法，或去掉单位类型、主题的限制再试。")
    for hit in result.hits:
        p = hit.passage
        also = f"（另见 {len(hit.also_in)} 处）" if hit.also_in else ""
        place = " › ".join((p.title or p.file, *p.headings))
        print(f"{hit.rank}. [{p.organisation}] {place}{also}\n   {p.text}\n   —— {p.id}")
    return 0


def _filter(organisation: str, topic_name: str) -> Filter:
    return Filter(
        organisations=frozenset({organisation_type(organisation)} if organisation else ()),
        topics=frozenset({topic(topic_name)} if topic_name else ()),
    )
