"""The `gongbi` command: words in, a function called, JSON or readable lines out. No logic of its own.

stdout carries results, stderr messages and progress; exit 0 fine, 2 wrong usage, 1 failure.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from corpus.datatypes import OrganisationType, Period, Topic
from corpus.errors import BadRequest, UserError

# argparse looks its own words up with `_`; these are the ones a user can meet.
CHINESE = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示帮助",
    "the following arguments are required: %s": "缺少参数：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "expected one argument": "后面要有一个值",
    "expected at least one argument": "后面至少要有一个值",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r 这个选择，可选：%(choices)s",
    "invalid %(type)s value: %(value)r": "值 %(value)r 不对",
    "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s：%(message)s",
    "not allowed with argument %s": "不能与 %s 同用",
    "one of the arguments %s is required": "需要其中一个：%s",
    "%(prog)s: error: %(message)s\n": "%(prog)s：%(message)s\n",
}


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that speaks Chinese and points to the help."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to see the usage; exit 2."""
        sys.stderr.write(f"{message}\n用 {self.prog} --help 看用法。\n")
        raise SystemExit(2)


def organisation_type(text: str) -> OrganisationType:
    """The type named by `text` or by its part before a bracket (邮政, 社区, 人大); raises BadRequest otherwise."""
    for kind in OrganisationType:
        if text in (kind.value, kind.value.split("(")[0]):
            return kind
    raise BadRequest(f"没有单位类型 {text!r}。可用的有：{'、'.join(OrganisationType)}。")


def topic(text: str) -> Topic:
    """The topic named by `text`; raises BadRequest otherwise."""
    if text not in set(Topic):
        raise BadRequest(f"没有主题 {text!r}。可用的有：{'、'.join(Topic)}。")
    return Topic(text)


def period(text: str) -> Period:
    """The period named by `text`; raises BadRequest otherwise."""
    if text not in set(Period):
        raise BadRequest(f"没有周期 {text!r}。可用的有：{'、'.join(p for p in Period if p is not Period.NONE)}。")
    return Period(text)


def day(text: str) -> date:
    """A date written YYYY-MM-DD; raises BadRequest otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRequest(f"日期 {text!r} 不对：请写成 2026-02-15 这样。") from None


def parser() -> Parser:
    """The whole command line, as DESIGN §10 promises it."""
    root = Parser(prog="gongbi", description="工笔：起草、检索、比较、体检工会工作计划。")
    verbs = root.add_subparsers(dest="verb", required=True, metavar="命令", parser_class=Parser)

    def verb(name: str, help_text: str) -> Parser:
        return verbs.add_parser(name, help=help_text, description=help_text)

    serve = verb("serve", "打开网页界面")
    serve.add_argument("--host", help="监听地址，默认 127.0.0.1（只有本机能访问）")
    serve.add_argument("--port", help="端口，默认 7860")
    serve.add_argument("--auth", type=Path, metavar="FILE", help="账号文件：每行“用户名:密码”")

    index = verb("index", "更新检索索引")
    index.add_argument("--rebuild", action="store_true", help="从头重建")
    index.add_argument("--json", action="store_true")

    read = verb("read", "只读文件，看工笔读出了什么，不入库")
    read.add_argument("files", nargs="+", type=Path, metavar="FILE")
    read.add_argument("--json", action="store_true")

    corpus = verb("corpus", "管理范文库")
    actions = corpus.add_subparsers(dest="action", required=True, metavar="动作", parser_class=Parser)
    add = actions.add_parser("add", help="加入文件或文件夹")
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    add.add_argument("--collection", default="范文", help="放进哪个集合，默认“范文”")
    remove = actions.add_parser("remove", help="移出一份文档")
    remove.add_argument("id", metavar="ID")
    actions.add_parser("list", help="列出文档和计划").add_argument("--json", action="store_true")
    show = actions.add_parser("show", help="看一份文档或计划：标签、段落、修复")
    show.add_argument("id", metavar="ID")
    show.add_argument("--json", action="store_true")

    search = verb("search", "查范文")
    search.add_argument("query", nargs="?", metavar="QUERY")
    search.add_argument("--batch", type=Path, metavar="FILE", help="每行一个 {id, query, …} 的 JSONL 文件")
    search.add_argument("--organisation", help="只在这种单位类型里找")
    search.add_argument("--topic", help="只在这个主题里找")
    search.add_argument("--k", type=int, default=10, help="最多几条，默认 10")
    search.add_argument("--json", action="store_true")

    compare = verb("compare", "同一主题比行业")
    compare.add_argument("topic", nargs="?", metavar="TOPIC")
    compare.add_argument("--organisation", action="append", default=[], help="单位类型，可多次")
    compare.add_argument("--batch", type=Path, metavar="FILE", help="每行一个 {id, topic, organisations} 的 JSONL 文件")
    compare.add_argument("--json", action="store_true")

    draft = verb("draft", "起草一份计划")
    draft.add_argument("--batch", type=Path, metavar="FILE", help="每行一个请求的 JSONL 文件")
    draft.add_argument("--organisation", help="单位类型")
    draft.add_argument("--name", help="单位名称；不给则留待填")
    draft.add_argument("--year", help="年份")
    draft.add_argument("--period", default=Period.YEAR.value, help="周期，默认“年度”")
    draft.add_argument("--emphasis", action="append", default=[], help="侧重，可多次")
    draft.add_argument("--length", default="标准", help="简版、标准、详版")
    draft.add_argument("--drafted", help="起草日期 YYYY-MM-DD，默认当年 2 月 15 日")
    draft.add_argument("--seed", type=int, default=0, help="换一版用另一个数")
    writer = draft.add_mutually_exclusive_group()
    writer.add_argument("--model", metavar="NAME", help="用这个语言模型来写，代替设置里的")
    writer.add_argument("--offline", action="store_true", help="设置了语言模型也不用")
    draft.add_argument("--json", action="store_true")
    draft.add_argument("-o", "--output", type=Path, metavar="FILE", help="写成 .docx、.md 或 .txt")

    check = verb("check", "体检一份计划：过时提法、外单位残留、缺项、空话、雷同")
    check.add_argument("file", nargs="?", metavar="FILE", help="要体检的文件；- 从标准输入读")
    check.add_argument("--batch", type=Path, metavar="CASES", help="每行一个 {id, text, year, …} 的 JSONL 文件")
    check.add_argument("--year", help="计划年份")
    check.add_argument("--drafted", help="起草日期 YYYY-MM-DD，默认当年 2 月 15 日")
    check.add_argument("--organisation", help="单位类型；不给则从文中判断")
    check.add_argument("--period", help="周期；不给则从文中判断")
    check.add_argument("--name", help="单位名称，用来找外单位残留")
    check.add_argument("--json", action="store_true")

    rollover = verb("rollover", "年度续写：去年的计划续成今年的，每处改动都列出")
    rollover.add_argument("file", type=Path, metavar="FILE", help="去年的计划，任何能读的格式")
    rollover.add_argument("--year", required=True, help="新计划的年份")
    rollover.add_argument("--name", help="单位名称；与原计划不同时才替换")
    rollover.add_argument("--drafted", help="起草日期 YYYY-MM-DD，默认当年 2 月 15 日")
    rollover.add_argument("--tracked", action="store_true", help="写成 .docx 时带修订标记，可在 WPS 里逐处接受或拒绝")
    rollover.add_argument("--json", action="store_true")
    rollover.add_argument("-o", "--output", type=Path, metavar="FILE", help="写成 .docx、.md 或 .txt")

    understand = verb("understand", "听懂一段对话：意图、单位、时间、主题、改法")
    understand.add_argument("utterances", nargs="*", metavar="UTTERANCE", help="用户说过的话，按先后")
    understand.add_argument("--today", required=True, help="今天 YYYY-MM-DD，“明年”“本学期”从这天算起")
    understand.add_argument("--batch", type=Path, metavar="FILE", help="每行一个 {id, utterances} 的 JSONL 文件")
    understand.add_argument("--json", action="store_true")

    evaluate = verb("eval", "量一量工笔做得怎样")
    kinds = evaluate.add_subparsers(dest="what", required=True, metavar="项目", parser_class=Parser)
    labelled = kinds.add_parser("corpus", help="读懂文档的各项指标：切分、修复、标签、主题、实体、近似稿")
    labelled.add_argument("--gold", type=Path, required=True, metavar="DIR", help="含 segments.json 和 noise.json")
    labelled.add_argument("--documents", type=Path, metavar="DIR", help="文档所在文件夹，默认自带范文")
    labelled.add_argument("--json", action="store_true")
    cases = kinds.add_parser("check", help="体检各类的准确率和召回率")
    cases.add_argument("file", type=Path, metavar="FILE", help="用例 JSONL，如 tests/data/check_cases.jsonl")
    cases.add_argument("--json", action="store_true")
    traced = kinds.add_parser("alignment", help="模型写的句子找出处的准确率和召回率")
    traced.add_argument("file", type=Path, metavar="FILE", help="标注句子 JSONL，如 tests/data/alignment.jsonl")
    traced.add_argument("--json", action="store_true")
    heard = kinds.add_parser("understand", help="对话理解的逐槽准确率和全对率")
    heard.add_argument("file", type=Path, metavar="GOLD", help="对话 JSONL，如 tests/data/utterances.jsonl")
    heard.add_argument("--json", action="store_true")
    judged = kinds.add_parser("retrieval", help="检索的 nDCG@10、召回率和 MRR，与其他做法并列")
    judged.add_argument("file", type=Path, metavar="FILE", help="评测查询 JSONL：id、query、type、relevant")
    judged.add_argument("--every", action="store_true", help="近似稿逐份计分；默认同一句话只算一次")
    judged.add_argument("--filtered", action="store_true", help="工笔使用评测文件里的单位类型限制")
    judged.add_argument("--chain", action="store_true", help="加上 LangChain 常用的 FAISS + all-MiniLM-L6-v2（慢）")
    judged.add_argument("--json", action="store_true")

    adapt = verb("adapt", "用本单位的材料校准检索模型，几分钟，变差则不换")
    adapt.add_argument("--json", action="store_true")

    timeline = verb("timeline", "看某一年的计划可以怎样写")
    timeline.add_argument("year", metavar="YEAR")
    timeline.add_argument("--drafted", help="起草日期 YYYY-MM-DD，默认当年 2 月 15 日")
    timeline.add_argument("--organisation", help="单位类型")
    timeline.add_argument("--json", action="store_true")
    return root


def main(arguments: Sequence[str] | None = None, *, serve: Callable[..., None] | None = None) -> int:
    """Run one command; returns the exit code. `serve` opens the web pages: it lives above us, in app.py."""
    argparse._ = lambda text: CHINESE.get(text, text)  # type: ignore[attr-defined]
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    from assistant import commands

    try:
        options = parser().parse_args(arguments, argparse.Namespace(open_pages=serve))
        run: Callable[[argparse.Namespace], int] = getattr(commands, f"run_{options.verb}")
        return run(options)
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
