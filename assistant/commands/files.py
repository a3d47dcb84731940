"""Results as files, written whole or not at all."""

from pathlib import Path

from assistant.datatypes import Draft
from corpus.errors import UserError


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
        raise UserError(
            f"写不了 {str(path)!r}（{error.strerror}）：请看文件夹在不在、文件是否正被 WPS 打开。"
        ) from error
