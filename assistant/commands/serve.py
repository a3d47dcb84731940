"""`gongbi serve`: the web pages."""

import argparse
from pathlib import Path

from assistant.commands.output import progress_bar
from assistant.commands.parser import Parser
from assistant.config import Settings, read_port


def add_options(verb: Parser) -> None:
    """Its options."""
    verb.add_argument("--host", help="监听地址，默认 127.0.0.1（只有本机能访问）")
    verb.add_argument("--port", help="端口，默认 7860")
    verb.add_argument("--auth", type=Path, metavar="FILE", help="账号文件：每行“用户名:密码”")


def run(options: argparse.Namespace) -> int:
    """Start the web page; returns when it is stopped."""
    settings = Settings.from_environment()
    options.open_pages(
        settings,
        host=options.host or settings.host,
        port=read_port(options.port) if options.port else settings.port,
        accounts=options.auth,
        progress=progress_bar(),
    )
    return 0
