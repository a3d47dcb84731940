"""`gongbi compare`: one topic laid out across organisation types."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from assistant.commands import output
from assistant.commands.batch import Row, answer_rows
from assistant.commands.parser import Parser
from assistant.commands.values import organisation_type, required, several, topic
from assistant.payload import comparison_payload
from corpus.datatypes import OrganisationType
from corpus.errors import BadRequest


def add_options(verb: Parser) -> None:
    """Its options."""
    verb.add_argument("topic", nargs="?", metavar="TOPIC")
    verb.add_argument("--organisation", action="append", default=[], help="单位类型，可多次")
    verb.add_argument("--batch", type=Path, metavar="FILE", help="每行一个 {id, topic, organisations} 的 JSONL 文件")
    verb.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Lay one topic out across organisation types."""
    from assistant.compare import compare

    if (options.topic is None) == (options.batch is None):
        raise BadRequest(
            "请给一个主题和两种单位类型，例如 gongbi compare 民主管理 --organisation 学校 --organisation 医院"
        )
    if options.batch:
        passages = output.resources().passages

        def answer(row: Row) -> Row:
            wanted, kinds = topic(required(row, "topic")), _types(several(row, "organisations"))
            return comparison_payload(compare(wanted, kinds, passages=passages))

        return answer_rows(options.batch, answer)
    wanted, kinds = topic(options.topic), _types(options.organisation)  # before anything is opened
    result = compare(wanted, kinds, passages=output.resources().passages)
    if options.json:
        output.print_json(comparison_payload(result))
        return 0
    for column in result.columns:
        print(f"■ {column.organisation}" + ("：材料中没有" if column.nothing else f"（{len(column.hits)} 段）"))
        if column.only_here:
            print(f"  只有这里说：{'、'.join(column.only_here)}")
        for hit in column.hits[:5]:
            print(f"  · {hit.passage.text}  —— {hit.passage.id}")
    if result.common:
        print(f"共同的说法：{'、'.join(result.common)}")
    return 0


def _types(words: Sequence[str]) -> list[OrganisationType]:
    return [organisation_type(word) for word in words]
