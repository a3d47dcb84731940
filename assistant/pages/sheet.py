"""What lies on the table in 起草, without Gradio: the sheet, its findings, its drawers, what its buttons do."""

from dataclasses import replace

from markupsafe import Markup

from assistant.checking import check_draft
from assistant.checkup import key_of
from assistant.datatypes import Draft, Finding
from assistant.desk import Desk, Room, mended, on_table, operate, rewrite
from assistant.export.text import plain_text
from assistant.mending import DATED, SIGNATURE, TITLE, spot_of, spots
from assistant.pages import rewording, sources
from assistant.pages.findings import LAMPS, finding_list, keys_chosen, lights, severities
from assistant.pages.markup import button, joined
from assistant.pages.outline import box, operation_of, outline_list, section_drawer
from assistant.pages.paper import paper, summary
from assistant.pages.sentence import sentence_drawer
from corpus.datatypes import Passage

STEPS = ("在左边说明单位和年份，或点一个例子", "文稿在这里按公文格式排好", "点任何一句看来历、换写法，双击就地改")
BLANK_SHEET = Markup('<article class="paper blank-sheet"><h1>工会工作计划</h1><ol>{}</ol></article>').format(
    joined(Markup("<li>{}</li>").format(step) for step in STEPS)
)
LINES = {TITLE: "标题", SIGNATURE: "落款", DATED: "日期"}


def findings_of(desk: Desk, room: Room) -> tuple[str, tuple[Finding, ...]]:
    """The draft as printed and what 体检 says of it, without what was put aside or switched off."""
    draft = on_table(desk)
    text = plain_text(draft)
    found = check_draft(draft, text, timeline=room.resources.timeline, samples=room.resources.samples)
    off = room.profile(desk).off
    kept = (each for each in found if each.kind not in off and (each.kind, each.text) not in desk.aside)
    return text, tuple(kept)


def sheet(desk: Desk, room: Room) -> list[str]:
    """The line above the sheet, the sheet itself, the parts."""
    draft = desk.draft
    if draft is None:
        return ["", BLANK_SHEET, ""]
    text, findings = findings_of(desk, room)
    found: dict[str, list[Finding]] = {}
    where = spots(draft, text)
    for each in findings:
        spot = spot_of(each, where)
        if spot is not None:
            found.setdefault(spot.place, []).append(each)
    lamps = {place: LAMPS[severity] for place, severity in severities(found).items()}
    line = joined((lights(findings, pick="findings"), summary(draft)))
    page = paper(draft, sources=borrowed(draft, room), findings=lamps)
    return [line, page + rewording.selection_bar(), outline_list(draft)]


def borrowed(draft: Draft, room: Room) -> dict[str, Passage]:
    """The passages a draft borrows from, by id."""
    wanted = {sentence.provenance.source for sentence in draft.sentences}
    return {passage.id: passage for passage in room.resources.passages if passage.id in wanted}


def growing(draft: Draft, room: Room) -> list[Markup]:
    """Line, sheet and parts while a new draft is being written: as far as it stands, nothing to press."""
    line = Markup('<div class="summary"><span>正在起草……</span></div>')
    page = Markup('<div class="growing" inert>{}</div>').format(paper(draft, sources=borrowed(draft, room)))
    return [line, page, Markup("<div inert>{}</div>").format(outline_list(draft))]


def findings_drawer(desk: Desk, room: Room) -> Markup:
    """What 体检 says of the draft, each with what can be done about it."""
    text, findings = findings_of(desk, room)
    where = spots(on_table(desk), text)

    def target(finding: Finding) -> str:
        spot = spot_of(finding, where)
        return f"at-{spot.place}" if spot else "sheet"

    fixes = sum(each.replacement is not None for each in findings)
    top = button(f"一键改全部 {fixes} 处", pick="accept-all", value="", kind="strong") if fixes > 1 else Markup("")
    return sources.drawer("体检", top, finding_list(findings, jump=target))


def opened_drawer(desk: Desk, pick: str, value: str, room: Room) -> Markup:
    """The drawer for what was chosen on the sheet."""
    draft = desk.draft
    if draft is None:
        return sources.gone()
    match pick:
        case "findings":
            return findings_drawer(desk, room)
        case "section":
            return section_drawer(draft, value, more=rewording.tools(draft, value)) or sources.gone()
        case "line":
            words = {TITLE: draft.title, SIGNATURE: draft.signature, DATED: draft.dated}[value]
            return sources.drawer(LINES[value], box(words, pick="write", value=value, label=LINES[value]))
    return sentence_drawer(draft, value, room.resources)


def dealt(desk: Desk, pick: str, value: str, text: str, *, room: Room) -> tuple[Desk, str]:
    """The desk after a button of sheet, parts or drawer, and what to say; an unknown button changes nothing."""
    operation = operation_of(pick, value, text)
    if operation is not None:
        return operate(desk, operation, room=room)
    if pick == "write":
        return rewrite(desk, value, text, room=room), f"{LINES[value]}已改好。"
    if pick.startswith(("accept", "ignore")):
        printed, findings = findings_of(desk, room)
        keys = keys_chosen(pick, value, findings)
        chosen = tuple(each for each in findings if key_of(each) in keys)
        if pick.startswith("ignore"):
            return replace(desk, aside=desk.aside | {(each.kind, each.text) for each in chosen}), ""
        after, count = mended(desk, chosen, printed, room=room)
        return after, f"改了 {count} 处。" if count else "这里改不了：所在部分已锁定，或跨了几句，请点开那一句自己改。"
    return desk, ""
