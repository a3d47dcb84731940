"""Documents of the library as HTML: their list, their plans and passages, what was repaired, files being read."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from markupsafe import Markup

from assistant.pages.markup import button, chip, joined, marked, notice
from assistant.pages.sources import PLAN_KINDS
from corpus.datatypes import DOUBTFUL, Passage, Plan, Reading, Repair, RepairKind
from corpus.ingest import FileOutcome, FileState
from corpus.library import HeldDocument

REPAIRS = {
    RepairKind.BOILERPLATE: "网站杂项",
    RepairKind.SPAM: "夹带的垃圾字",
    RepairKind.STRAY_SYMBOL: "多余符号",
    RepairKind.BROKEN_LINE: "断开的行",
    RepairKind.REPEATED: "重复",
    RepairKind.MERGED_HEADING: "标题粘连",
    RepairKind.SPLICE: "拼接错乱",
    RepairKind.MASKED: "打码",
    RepairKind.WHITESPACE: "空白",
    RepairKind.MARKUP: "排版记号",
}
CONTEXT = 18  # characters shown on both sides of a repair


def figures(documents: Sequence[HeldDocument]) -> Markup:
    """The library in one line."""
    plans, passages = sum(d.plans for d in documents), sum(d.passages for d in documents)
    return Markup('<p class="figures"><b>{}</b> 份文档 <b>{}</b> 篇计划 <b>{}</b> 个段落</p>').format(
        len(documents), plans, passages
    )


def file_list(paths: Sequence[Path], done: Mapping[Path, FileState]) -> Markup:
    """Each file with what became of it; the first without an end is in hand."""
    rows = []
    in_hand = next((path for path in paths if path not in done), None)
    for path in paths:
        state = done.get(path)
        if state is None:
            kind, told = ("busy", "正在读……") if path is in_hand else ("waiting", "排队中")
        else:
            kind, told = state.outcome.name.lower(), _outcome(state)
        rows.append(Markup('<li class="{}"><b>{}</b><span>{}</span></li>').format(kind, path.name, told))
    share = round(100 * len(done) / len(paths)) if paths else 0
    return Markup(
        '<div class="progress" role="progressbar" aria-valuenow="{0}"><i style="width:{0}%"></i></div>'
        '<ul class="files">{1}</ul>'
    ).format(share, joined(rows))


def document_list(documents: Sequence[HeldDocument], chosen: str = "") -> Markup:
    """All documents as a list to choose from."""
    if not documents:
        return notice("范文库还是空的", "上传几份工会计划，起草、检索和比较就都有了依据。")
    rows = joined(
        Markup(
            '<li><button type="button" class="{}" data-pick="document" data-value="{}"><b>{}</b>'
            "<span>{} · {} 篇 · {} 段 · 修复 {} 处</span></button></li>"
        ).format("chosen" if d.id == chosen else "", d.id, d.name, d.collection, d.plans, d.passages, d.repairs)
        for d in documents
    )
    return Markup('<ul class="documents">{}</ul>').format(rows)


def document_view(reading: Reading) -> Markup:
    """A document with its plans, their passages, and the repairs."""
    plans = joined(
        _plan(plan, [p for p in reading.passages if p.plan_id == plan.id], is_open=len(reading.plans) == 1)
        for plan in reading.plans
    )
    return Markup('<div class="document"><h3>{}</h3>{}{}</div>').format(
        reading.document.name, plans, repairs_view(reading.document.text, reading.repairs)
    )


def repairs_view(text: str, repairs: Sequence[Repair]) -> Markup:
    """What was repaired, in order, with a little of the raw text around each."""
    if not repairs:
        return Markup('<p class="count">这份文档很干净，没有需要修复的地方。</p>')
    rows = joined(
        Markup("<li>{}<span>…{}<del>{}</del><ins>{}</ins>{}…</span></li>").format(
            chip(REPAIRS[repair.kind]),
            text[max(0, repair.start - CONTEXT) : repair.start],
            _visible(repair.before),
            _visible(repair.after),
            text[repair.end : repair.end + CONTEXT],
        )
        for repair in repairs
    )
    return Markup("<details><summary>修复 {} 处</summary><ul class='repairs'>{}</ul></details>").format(
        len(repairs), rows
    )


def _plan(plan: Plan, passages: Sequence[Passage], *, is_open: bool) -> Markup:
    labels = plan.labels
    doubtful = min(labels.organisation_confidence, labels.period_confidence, labels.kind_confidence) < DOUBTFUL
    chips = [
        chip(labels.organisation, kind="organisation"),
        chip(labels.period),
        chip(PLAN_KINDS[labels.kind]),
        chip(_era(labels.year, labels.era)),
        *([] if labels.is_union else [chip("不是工会材料", kind="problem")]),
        *([chip("不太确定，请核对", kind="problem")] if doubtful else []),
    ]
    evidence = Markup('<p class="count">年代依据：{}</p>').format("、".join(labels.evidence)) if labels.evidence else ""
    return Markup(
        "<details{}><summary><b>{}</b>{}</summary><p class='chips'>{}</p>{}<div class='cards'>{}</div></details>"
    ).format(
        Markup(" open") if is_open else "",
        plan.title or "（无标题）",
        joined(chips),
        button("更正标签", pick="correct", value=plan.id),
        evidence,
        joined(_passage(passage) for passage in passages),
    )


def _passage(passage: Passage) -> Markup:
    return Markup(
        '<article class="card small"><header>{}</header><p class="text">{}</p><p class="chips">{}{}</p></article>'
    ).format(
        " › ".join(passage.headings) or "正文",
        marked(passage.text, ()),
        joined(chip(topic) for topic in passage.topics),
        button("改主题", pick="topics", value=passage.id),
    )


def _era(year: int | None, era: tuple[int, int] | None) -> str:
    if year:
        return f"{year}年"
    if era is None:
        return "年代不详"
    return f"约 {era[0]} 年" if era[0] == era[1] else f"约 {era[0]}—{era[1]} 年"


def _outcome(state: FileState) -> str:
    if state.outcome is FileOutcome.ADDED:
        return f"{state.outcome}：{state.plans} 篇，{state.passages} 段"
    return state.message or state.outcome


def _visible(text: str) -> str:
    return text.replace("\n", "⏎").replace("　", "□") if text.isspace() or "\n" in text else text
