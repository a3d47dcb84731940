"""Results as files, written whole or not at all."""

from pathlib import Path

from assistant.datatypes import Draft
from corpus.errors import BadRequest, UserError

FORMATS = (".docx", ".md", ".txt")


def require_format(path: Path | None) -> None:
    """Refuse a file name whose ending we cannot write, before any work is done; raises BadRequest."""
    if path and path.suffix.lower() not in FORMATS:
        raise BadRequest(f"不会写 {path.suffix!r} 格式；请用 .docx、.md 或 .txt。")


def write_draft(draft: Draft, path: Path) -> None:
    """Write the draft in the format its name asks for, whole or not at all."""
    from assistant.export.docx import docx_bytes
    from assistant.export.markdown import markdown
    from assistant.export.text import plain_text

    match path.suffix.lower():
        case ".docx":
            data = docx_bytes(draft)
        case ".md":
            data = markdown(draft).encode()
        case _:
            data = plain_text(draft).encode()
    write_bytes(data, path)


def write_bytes(data: bytes, path: Path) -> None:
    """Write a file whole or not at all; raises UserError where that is impossible."""
    partial = path.with_name(path.name + ".part")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UserError(f"写不了 {str(path)!r}：请看文件夹在不在、能不能写、文件是否正被 WPS 打开。") from error
