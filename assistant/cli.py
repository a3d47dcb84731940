"""The `gongbi` command: words in, a function called, JSON or readable lines out. No logic of its own.

stdout carries results, stderr messages and progress; exit 0 fine, 2 wrong usage, 1 failure.
"""

import argparse
import errno
import os
import sys
from collections.abc import Callable, Sequence
from typing import Protocol

from assistant.commands import (
    adapt,
    check,
    compare,
    corpus,
    draft,
    evaluate,
    index,
    read,
    rollover,
    search,
    serve,
    timeline,
    understand,
)
from assistant.commands.parser import CHINESE, Parser
from corpus.errors import BadRequest, UserError


class Verb(Protocol):
    """A module of `commands`."""

    def add_options(self, verb: Parser) -> None:
        """Say what the verb takes."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; returns the exit code."""


VERBS: dict[str, tuple[Verb, str]] = {
    "serve": (serve, "打开网页界面"),
    "index": (index, "更新检索索引"),
    "read": (read, "只读文件，看工笔读出了什么，不入库"),
    "corpus": (corpus, "管理范文库"),
    "search": (search, "查范文"),
    "compare": (compare, "同一主题比行业"),
    "draft": (draft, "起草一份计划"),
    "check": (check, "体检一份计划：过时提法、外单位残留、缺项、空话、雷同"),
    "rollover": (rollover, "年度续写：去年的计划续成今年的，每处改动都列出"),
    "understand": (understand, "听懂一段对话：意图、单位、时间、主题、改法"),
    "eval": (evaluate, "量一量工笔做得怎样"),
    "adapt": (adapt, "用本单位的材料校准检索模型，几分钟，变差则不换"),
    "timeline": (timeline, "看某一年的计划可以怎样写"),
}


def parser() -> Parser:
    """The whole command line, as DESIGN §10 promises it."""
    root = Parser(prog="gongbi", description="工笔：起草、检索、比较、体检工会工作计划。")
    verbs = root.add_subparsers(dest="verb", required=True, metavar="命令", parser_class=Parser)
    for name, (verb, does) in VERBS.items():
        verb.add_options(verbs.add_parser(name, help=does, description=does))
    return root


def main(arguments: Sequence[str] | None = None, *, open_pages: Callable[..., None] | None = None) -> int:
    """Run one command; returns the exit code. `open_pages` opens the web pages: it lives above us, in app.py."""
    argparse._ = lambda text: CHINESE.get(text, text)  # type: ignore[attr-defined]
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        options = parser().parse_args(arguments, argparse.Namespace(open_pages=open_pages))
        code = VERBS[options.verb][0].run(options)
        sys.stdout.flush()
        return code
    except BadRequest as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("已停下；做完的部分都在，再来一次会接着做。\n")
        return 130
    except BrokenPipeError:  # `gongbi … | head`
        return 0
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        sys.stderr.write("磁盘满了，结果没有写完。请腾出空间再试。\n")
        return 1
