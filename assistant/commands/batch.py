"""Files of requests: a JSON object a line, each with an `id`; every line gets an answer, a wrong one its reason."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from assistant.commands.output import print_json
from corpus.errors import BadRequest


def answer_rows(path: Path, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Print `{"id", **answer(row)}` for each row, `{"id", "error"}` where it cannot be; returns the exit code."""
    failed = 0
    for row in _rows(path):
        try:
            payload = answer(row)
        except BadRequest as error:
            failed += 1
            payload = {"error": str(error)}
        print_json({"id": row["id"], **payload})
    return 1 if failed else 0


def field(row: dict[str, Any], name: str) -> Any:  # noqa: ANN401  JSON
    """A field that must be there; raises BadRequest naming it."""
    if not row.get(name):
        raise BadRequest(f"这一行没有 {name!r}：请补上再试。")
    return row[name]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file; raises BadRequest naming the line that is not one."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise BadRequest(f"打不开 {str(path)!r}：{error.strerror}。") from error
    except UnicodeDecodeError as error:
        raise BadRequest(f"{path.name} 不是 UTF-8 文本：请另存为 UTF-8 的 JSONL 文件。") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadRequest(f"{path.name} 第 {number} 行不是 JSON：{error.msg}。") from error
        if not isinstance(row, dict) or "id" not in row:
            raise BadRequest(f"{path.name} 第 {number} 行要是一个带 id 的 JSON 对象。")
        yield row
