"""Files of requests: a JSON object a line, each with an `id`; every line gets an answer, a wrong one its reason."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.commands.output import print_json
from corpus.errors import BadRequest

Row = dict[str, Any]


def answer_rows(path: Path, answer: Callable[[Row], Row]) -> int:
    """Print `{"id", **answer(row)}` for each row, `{"id", "error"}` where it cannot be; returns the exit code.

    Raises BadRequest when the file itself cannot be read.
    """
    failed = 0
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        row: Row = {}
        try:
            row = _row(line)
            payload = answer(row)
        except BadRequest as error:
            failed += 1
            payload = {"error": f"第 {number} 行：{error}"}
        print_json({"id": row.get("id"), **payload})
    if failed:
        sys.stderr.write(f"{path.name} 有 {failed} 行没有做成，原因写在各自的 error 里。\n")
    return 1 if failed else 0


def _lines(path: Path) -> list[str]:
    try:
        # Only line feeds end a row: JSON text may hold the other separators that `splitlines` knows.
        return path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise BadRequest(f"打不开 {str(path)!r}：请检查路径，并确认它是文件、没有被别的程序占用。") from error
    except UnicodeDecodeError as error:
        raise BadRequest(f"{path.name} 不是 UTF-8 文本：请另存为 UTF-8 的 JSONL 文件。") from error


def _row(line: str) -> Row:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadRequest("这一行不是 JSON：请检查引号、逗号和括号。") from error
    if not isinstance(row, dict) or "id" not in row:
        raise BadRequest("这一行要是一个带 id 的 JSON 对象。")
    return row
