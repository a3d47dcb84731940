"""The export menu of 起草: the draft as the files that are handed in."""

from pathlib import Path

from markupsafe import Markup

from assistant.datatypes import Draft
from assistant.pages.downloads import written
from assistant.pages.markup import button, joined
from assistant.resources import Resources

KINDS = {  # value -> (what it is called, end of the file's name, suffix)
    "docx": ("Word 文稿", "", ".docx"),
    "review": ("审核稿，批注写明出处", "（审核稿）", ".docx"),
    "sourced": ("文稿加出处附件", "（附出处）", ".docx"),
    "tasks": ("任务分解表", "（任务分解表）", ".xlsx"),
    "md": ("标记文本 .md", "", ".md"),
    "txt": ("纯文本 .txt", "", ".txt"),
}


def menu() -> Markup:
    """The menu; it opens like any disclosure."""
    rows = joined(button(name, pick="export", value=kind, kind="entry") for kind, (name, _, _) in KINDS.items())
    return Markup('<details class="menu"><summary>导出</summary><div>{}</div></details>').format(rows)


def exported(draft: Draft, kind: str, *, resources: Resources, folder: Path, chairman: str = "") -> str:
    """Write the draft in one of `KINDS` below `folder`; returns the path. `chairman` answers for the union's tasks."""
    _, ending, suffix = KINDS[kind]
    return written(_bytes(draft, kind, resources, chairman), draft.title + ending, suffix, folder=folder)


def _bytes(draft: Draft, kind: str, resources: Resources, chairman: str) -> bytes:
    from assistant.export.docx import docx_bytes
    from assistant.export.markdown import markdown
    from assistant.export.review import review_docx, sourced_docx
    from assistant.export.text import plain_text
    from assistant.export.xlsx import tasks_xlsx

    match kind:
        case "review":
            return review_docx(draft, passages=resources.passages, timeline=resources.timeline)
        case "sourced":
            return sourced_docx(draft, passages=resources.passages, timeline=resources.timeline)
        case "tasks":
            return tasks_xlsx(draft, chairman=chairman)
        case "md":
            return markdown(draft).encode()
        case "txt":
            return plain_text(draft).encode("utf-8-sig")  # Notepad of old Windows wants the mark
    return docx_bytes(draft)
