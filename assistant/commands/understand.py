"""`gongbi understand`: what a conversation is taken to mean."""

import argparse
import json
from pathlib import Path

from assistant.commands.batch import answer_rows
from assistant.commands.output import print_json
from assistant.commands.parser import Parser
from assistant.commands.values import day, several
from assistant.payload import understanding_payload
from corpus.errors import BadRequest


def add_options(verb: Parser) -> None:
    """Its options."""
    verb.add_argument("utterances", nargs="*", metavar="UTTERANCE", help="用户说过的话，按先后")
    verb.add_argument("--today", required=True, help="今天 YYYY-MM-DD，“明年”“本学期”从这天算起")
    verb.add_argument("--batch", type=Path, metavar="FILE", help="每行一个 {id, utterances} 的 JSONL 文件")
    verb.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Show what a conversation, or a file of them, is taken to mean."""
    from assistant.understand import understand
    from assistant.understanding.evaluate import prediction

    if bool(options.utterances) == bool(options.batch):
        raise BadRequest(
            "请给一句或几句话，或用 --batch 给一个文件。例如 gongbi understand --today 2026-11-20 写一份明年的学校计划"
        )
    today = day(options.today)
    if options.batch:
        return answer_rows(
            options.batch, lambda row: {"pred": prediction(understand(several(row, "utterances"), today=today))}
        )
    said = understand(options.utterances, today=today)
    if options.json:
        print_json(understanding_payload(said))
        return 0
    for name, value in understanding_payload(said).items():
        if value:
            print(f"{name:<10} {json.dumps(value, ensure_ascii=False)}")
    return 0
