"""The parts of the draft on the table: a list to move, lock, rewrite, delete and add; and the same for one part."""

from markupsafe import Markup

from assistant.datatypes import Draft, DraftSection
from assistant.export.lines import chinese_number
from assistant.pages.markup import button, joined
from assistant.pages.sources import NOTHING, drawer
from assistant.revising import Op, Operation
from corpus.datatypes import Topic

TOOLS = (
    ("up", "↑", "上移"),
    ("down", "↓", "下移"),
    ("again", "换", "换一版"),
    ("lock", "锁", "锁定"),
    ("remove", "删", "删去"),
)
_OPERATIONS = {
    "up": (Op.REORDER, "上移"),
    "down": (Op.REORDER, "下移"),
    "again": (Op.REPLACE, ""),
    "lock": (Op.LOCK, ""),
    "unlock": (Op.UNLOCK, ""),
    "remove": (Op.REMOVE, ""),
    "shorten": (Op.SHORTEN, ""),
    "expand": (Op.EXPAND, ""),
}


def operation_of(pick: str, value: str, text: str) -> Operation | None:
    """The operation a button stands for; None for other buttons. `value` is a section, or sentence#candidate."""
    if pick in _OPERATIONS:
        op, detail = _OPERATIONS[pick]
        return Operation(op, value, detail)
    match pick:
        case "add":
            return Operation(Op.ADD, text.strip())
        case "rename":
            return Operation(Op.RENAME, value, text)
        case "edit":
            return Operation(Op.EDIT, value, text)
        case "swap":
            place, _, number = value.rpartition("#")
            return Operation(Op.SWAP, place, number)
    return None


def outline_list(draft: Draft | None) -> Markup:
    """Every part with its tools, and a box to add one."""
    if draft is None:
        return Markup("")
    rows, count = [], 0
    for section in draft.sections:
        count += bool(section.heading)
        number = f"{chinese_number(count)}、" if section.heading else ""
        rows.append(_row(section, number))
    return Markup(
        '<nav class="outline" aria-label="结构"><details open><summary>结构</summary><ol>{}</ol>'
        '<div class="add" data-form>'
        '<input type="text" data-text placeholder="如：女职工" aria-label="要加的部分">'
        "{}</div></details></nav>"
    ).format(joined(rows), button("加", pick="add", value="", kind="fix", label="加一部分"))


def section_drawer(draft: Draft, section_id: str, *, more: Markup = NOTHING) -> Markup | None:
    """One part: its name to change, what can be done with it, then `more`; None when it is gone."""
    section = next((each for each in draft.sections if each.id == section_id), None)
    if section is None:
        return None
    lock = ("unlock", "解锁") if section.locked else ("lock", "锁定")
    sizes = () if more else (("shorten", "写短些"), ("expand", "写细些"))  # rewording has both, to look at first
    acts = (("again", "换一版"), *sizes, ("up", "上移"), ("down", "下移"), lock)
    tools = joined(button(name, pick=pick, value=section.id, kind="tool") for pick, name in (*acts, ("remove", "删去")))
    why = f"{section.support} 份同类计划有这一部分。" if section.support else ""
    return drawer(
        _name(section),
        Markup('<p class="count">{}{}</p>').format(why, "已锁定，任何改动都会绕开。" if section.locked else ""),
        Markup('<div class="tools">{}</div>').format(tools),
        more,
        Markup("<h4>小标题</h4>{}").format(box(section.heading, pick="rename", value=section.id, label="小标题")),
    )


def box(text: str, *, pick: str, value: str, label: str, go: str = "保存", rows: int = 0) -> Markup:
    """A small text box with its button; Enter saves. A short text, like a name, has one line."""
    return Markup(
        '<div class="box" data-form><textarea data-text rows="{}" aria-label="{}">{}</textarea>{}</div>'
    ).format(rows or min(8, 2 + len(text) // 26), label, text, button(go, pick=pick, value=value, kind="fix"))


def _row(section: DraftSection, number: str) -> Markup:
    name = _name(section)
    fixed = ("up", "down", "remove") if not section.heading else ()
    tools = []
    for pick, sign, told in TOOLS:
        if pick in fixed:
            continue
        if pick == "lock" and section.locked:
            pick, sign, told = "unlock", "解", "解锁"
        tools.append(
            Markup(
                '<button type="button" data-pick="{}" data-value="{}" data-hint="{}" aria-label="{}：{}">{}</button>'
            ).format(pick, section.id, told, told, name, sign)
        )
    return Markup(
        '<li class="{}"><button type="button" class="name" data-jump="section-{}">{}{}</button>'
        '<span class="tools">{}</span></li>'
    ).format("locked" if section.locked else "", section.id, number, name, joined(tools))


def _name(section: DraftSection) -> str:
    if section.heading:
        return section.heading
    return "结尾" if section.topic is Topic.CLOSING else "开头"
