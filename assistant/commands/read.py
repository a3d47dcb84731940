"""`gongbi read`: what is read from files, adding nothing."""

import argparse
import sys
from pathlib import Path

from assistant.commands.listing import plan_line
from assistant.commands.output import print_json
from assistant.commands.parser import Parser
from assistant.payload import plan_payload, reading_payload
from corpus.errors import UserError


def add_options(verb: Parser) -> None:
    """Its options."""
    verb.add_argument("files", nargs="+", type=Path, metavar="FILE")
    verb.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Show what is read from files, without adding them."""
    from corpus.load import load
    from corpus.read import read

    failed = 0
    for path in options.files:
        try:
            reading = read(load(path))
        except UserError as error:
            sys.stderr.write(f"{error}\n")
            failed += 1
            continue
        if options.json:
            print_json(reading_payload(reading))
            continue
        print(f"{reading.document.name}：{len(reading.plans)} 篇，修复 {len(reading.repairs)} 处")
        for plan in reading.plans:
            print(f"  {plan_line(plan_payload(plan))}")
    return 1 if failed else 0
