"""`gongbi timeline`: what a plan of a year may say."""

import argparse
import sys

from assistant.commands.output import print_json
from assistant.commands.parser import Parser
from assistant.commands.values import day, organisation_type, year
from assistant.config import Settings


def add_options(verb: Parser) -> None:
    """Its options."""
    verb.add_argument("year", metavar="YEAR")
    verb.add_argument("--drafted", help="起草日期 YYYY-MM-DD，默认当年 2 月 15 日")
    verb.add_argument("--organisation", help="单位类型")
    verb.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Print what a plan of a year may say."""
    from assistant.timeline import Timeline, page_record, render_page

    settings = Settings.from_environment()
    page = Timeline.load(settings.facts if settings.facts.exists() else None).page(
        year(options.year),
        drafted=day(options.drafted) if options.drafted else None,
        organisation=organisation_type(options.organisation) if options.organisation else None,
    )
    if options.json:
        print_json(page_record(page))
    else:
        sys.stdout.write(render_page(page))
    return 0
