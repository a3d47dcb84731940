"""Findings of 体检 as HTML: a traffic light, marks in the text, a list with what can be done about each."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from assistant.checkup import fitting, key_of
from assistant.datatypes import Finding, FindingKind, Severity
from assistant.pages.markup import button, joined, notice

KIND_NAMES = {
    FindingKind.STALE: "提法过时",
    FindingKind.ANACHRONISTIC: "提法超前",
    FindingKind.ENTITY: "外单位遗留",
    FindingKind.MASKED: "打码未补",
    FindingKind.MISSING_SECTION: "缺少内容",
    FindingKind.MONTH_OUTSIDE_PERIOD: "月份不在周期内",
    FindingKind.YEAR_MISMATCH: "年份不符",
    FindingKind.SUMMARY_TENSE: "总结口吻",
    FindingKind.SECTOR_WORD: "外行业用语",
    FindingKind.REPEATED: "重复",
    FindingKind.OVERLAP: "与范文雷同",
    FindingKind.EMPTY_TALK: "空话",
    FindingKind.NUMBERING: "编号",
    FindingKind.PLACEHOLDER: "待填未填",
}
LAMPS = {Severity.MUST: "must", Severity.SHOULD: "should", Severity.HINT: "hint-lamp"}
_LONGEST_QUOTE = 60


def lights(findings: Sequence[Finding], *, pick: str = "") -> Markup:
    """Three lamps with counts; a green one when there is nothing. With `pick` they are buttons."""
    counts = {severity: sum(each.severity is severity for each in findings) for severity in Severity}
    lit = [
        Markup('<span class="lamp {}">{} {}</span>').format(LAMPS[severity], severity, count)
        for severity, count in counts.items()
        if count
    ]
    lamps = joined(lit) if lit else Markup('<span class="lamp fine">体检无问题</span>')
    if not pick:
        return Markup('<span class="lights">{}</span>').format(lamps)
    return Markup(
        '<button type="button" class="lights" data-pick="{}" data-value="" aria-label="查看体检结果">{}</button>'
    ).format(pick, lamps)


def annotated(text: str, findings: Sequence[Finding]) -> Markup:
    """The text with every finding marked; where several stand the most severe shows."""
    owner: list[Finding | None] = [None] * len(text)
    for finding in sorted(findings, key=lambda each: (-list(Severity).index(each.severity), each.start - each.end)):
        for place in range(finding.start, min(finding.end, len(text))):
            owner[place] = finding
    seen: set[str] = set()
    lines, place = [], 0
    for line in text.split("\n"):
        spans = groupby(range(place, place + len(line)), key=lambda at: owner[at])
        parts = [_span(text, list(places), finding, seen) for finding, places in spans]
        if line.strip():
            lines.append(Markup("<p>{}</p>").format(joined(parts)))
        place += len(line) + 1
    return Markup('<article class="paper checked" aria-label="体检的文字">{}</article>').format(joined(lines))


def finding_list(
    findings: Sequence[Finding], *, jump: Callable[[Finding], str] = lambda each: f"mark-{key_of(each)}"
) -> Markup:
    """Findings grouped by kind with counts, the kinds with the most severe first; each and each kind can be accepted
    or put aside. `jump` names the element of the text a finding leads to.
    """
    if not findings:
        return notice("没有发现问题", "提法、年份、单位、行业用语、重复和编号都看过了。")
    grouped: dict[FindingKind, list[Finding]] = {}
    for each in sorted(findings, key=lambda each: (list(Severity).index(each.severity), each.kind, each.start)):
        grouped.setdefault(each.kind, []).append(each)
    return Markup('<div class="findings">{}</div>').format(
        joined(_group(kind, held, jump) for kind, held in grouped.items())
    )


def keys_chosen(pick: str, value: str, findings: Sequence[Finding]) -> list[str]:
    """The keys a press on accept, ignore, accept-kind, ignore-kind or accept-all means."""
    if pick == "accept-all":
        return [key_of(each) for each in findings]
    if pick.endswith("-kind"):
        return [key_of(each) for each in findings if each.kind == value]
    return [value]


def _span(text: str, places: list[int], finding: Finding | None, seen: set[str]) -> Markup:
    words = text[places[0] : places[-1] + 1]
    if finding is None:
        return Markup("{}").format(words)
    key = key_of(finding)
    name = Markup(' id="mark-{}"').format(key) if key not in seen else Markup("")
    seen.add(key)
    return Markup(
        '<mark class="finding {}"{} role="button" tabindex="0" data-jump="finding-{}" data-hint="{}：{}">{}</mark>'
    ).format(LAMPS[finding.severity], name, key, KIND_NAMES[finding.kind], finding.message, words)


def _group(kind: FindingKind, held: Sequence[Finding], jump: Callable[[Finding], str]) -> Markup:
    name = KIND_NAMES[kind]
    fixes = len(fitting(held))
    both = [
        *([button(f"全部改 {fixes}", pick="accept-kind", value=kind, label=f"{name}全部一键改")] if fixes > 1 else []),
        *([button("全部忽略", pick="ignore-kind", value=kind, label=f"{name}全部忽略")] if len(held) > 1 else []),
    ]
    head = Markup('<header><h4>{}<span class="number">{}</span></h4><span class="actions">{}</span></header>')
    rows = joined(_row(each, jump(each)) for each in held)
    return Markup("<section>{}<ul>{}</ul></section>").format(head.format(name, len(held), joined(both)), rows)


def _row(finding: Finding, target: str) -> Markup:
    quote = finding.text.strip().replace("\n", " ")
    short = quote[:_LONGEST_QUOTE] + ("…" if len(quote) > _LONGEST_QUOTE else "")
    change = Markup("")
    if finding.replacement is not None:
        after = Markup("<ins>{}</ins>").format(finding.replacement) if finding.replacement else "（删去）"
        change = Markup('<p class="change"><del>{}</del> → {}</p>').format(short, after)
    elif short:
        change = Markup('<p class="change">“{}”</p>').format(short)
    key = key_of(finding)
    fix = button("一键改", pick="accept", value=key, kind="fix") if finding.replacement is not None else ""
    return Markup(
        '<li id="finding-{}" class="{}"><p><span class="lamp {}">{}</span>{}</p>{}<div class="actions">'
        '{}<button type="button" class="link" data-jump="{}">看原文</button>{}</div></li>'
    ).format(
        *(key, LAMPS[finding.severity], LAMPS[finding.severity], finding.severity, finding.message, change, fix),
        *(target, button("忽略", pick="ignore", value=key)),
    )


def severities(places: Mapping[str, Sequence[Finding]]) -> dict[str, Severity]:
    """The most severe finding of every place."""
    return {
        place: min((each.severity for each in found), key=list(Severity).index)
        for place, found in places.items()
        if found
    }
