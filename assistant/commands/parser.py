"""An argument parser in the users' language."""

import argparse
import sys
from typing import NoReturn

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
