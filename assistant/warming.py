"""What the first question would wait for, read beforehand: word lists, templates, samples, the index, Word."""

from datetime import date

from assistant.chat import answer
from assistant.export.docx import docx_bytes
from assistant.resources import Resources

TURNS = (
    "写一份医院工会工作计划",
    "第二部分短一点",
    "检查一下",
    "困难职工怎么帮扶",
    "学校和医院的民主管理有什么不同",
)


def warm_up(resources: Resources) -> None:
    """One turn of each kind, without a language model and without keeping anything."""
    said: list[str] = []
    draft = None
    for turn in TURNS:
        said.append(turn)
        told = answer(said, seed=0, today=date.today(), resources=resources, draft=draft)
        draft = told.draft or draft
    if draft is not None:
        docx_bytes(draft)
