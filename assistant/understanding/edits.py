"""What is to be changed in the draft: operation, target and detail, in the words of `assistant.revising`."""

import re
from dataclasses import replace
from functools import cache

from assistant.understanding.cues import compiled, load_cues, pattern
from assistant.understanding.datatypes import WHOLE, EditRequest
from assistant.understanding.parts import (
    DATED,
    LINES,
    SIGNATURE,
    TITLE,
    mentions_part,
    named_part,
    part_meant,
    parts_in,
)
from assistant.understanding.topics import read_topics
from corpus.datatypes import Topic

_EXCHANGE = re.compile(
    r"对调|互换|调换|交换|(?:换|调|颠倒|调整)(?:一?下|个)?(?:前后)?(?:顺序|次序|位置)|换(?:一下|下)?$"
)
_PLACED = re.compile(
    r"(?:放|移|挪|调|提前?|排|搬|拿)(?:动)?(?:到|至|在)(?P<where>[^，。]+?)(?P<side>前面?|之前|前边|后面?|之后|后边)?(?:去|来|吧|了)?$|(?:放|排|移)(?P<first>第一|最前|最后|前面|后面)"
)
_ENDS = {
    "最前": "移到最前",
    "开头": "移到最前",
    "首位": "移到最前",
    "第一": "移到最前",
    "第一位": "移到最前",
    "最后": "移到最后",
    "末尾": "移到最后",
    "结尾": "移到最后",
}
_ON_PARTS = ("remove", "shorten", "expand", "add", "lock", "unlock")  # what may be asked of several parts at once
_CLAUSES = re.compile(r"[，,。；;！!]|然后|(?:另外|同时|并且?)(?=把|将|加|删)")
_TWO_AT_AN_END = re.compile(r"(?:(?P<front>最?前面?|开头)|最?后面?)的?(?:这|那)?两个?大?(?:部分|块|段|章)")
_SPOKEN = re.compile(r"(?:一共|总共|共|有|是|为|：|:)+(?=[大约]*\d)")  # 会员一共有260人 is printed without
_AROUND = '“”"「」‘’：: 《》。！!吧'
_SIZE = re.compile(r"\d+\s*字|[一二两三四五六七八九]千(?:[一-九]百)?字|一半")


def read_edit(text: str, *, before: EditRequest | None) -> EditRequest | None:
    """The change a turn asks for, with the further ones it asks for; None where it asks for none. `before` is the last
    one, for 再短一点 and 这段.
    """
    whole = _first_edit(text, before=before)
    clauses = [clause for clause in _CLAUSES.split(text) if clause]
    if whole is None or whole.op not in (*_ON_PARTS, "reorder"):
        return whole
    told = [(clause, edit) for clause in clauses if (edit := _of_part(clause))]
    if whole.op == "reorder":  # 加上退休职工，放在最后
        added = next((edit for _, edit in told if edit.op == "add" and edit.target == whole.target), None)
        return replace(added, more=(whole,)) if added else whole
    first = told[0][1] if len({edit.target for _, edit in told}) > 1 else whole
    found: list[EditRequest] = []
    for clause, edit in told:
        parts = parts_in(clause)
        if edit.op == first.op and not (mentions_part(clause) or first.target in parts):
            continue  # 第二部分太空，多写点安全 is one wish
        others = parts if edit.target in parts else ()
        found += [replace(edit, target=part) for part in dict.fromkeys((edit.target, *others))]
    more = [edit for edit in dict.fromkeys(found) if (edit.op, edit.target) != (first.op, first.target)]
    return replace(first, more=tuple(more))


def _of_part(clause: str) -> EditRequest | None:
    """A change of a part the clause itself names."""
    edit = _first_edit(clause, before=None)
    return edit if edit and edit.op in _ON_PARTS and edit.target not in ("", WHOLE, *LINES) else None


def _first_edit(text: str, *, before: EditRequest | None) -> EditRequest | None:
    op, match = _operation(text)
    if (op is None or op in ("add", "replace")) and (facts := read_facts(text)):
        topics = read_topics(facts[0])
        return EditRequest("tell", str(topics[0]) if topics else "", "，".join(facts))
    if op is None or match is None:
        part = part_meant(text, before) if before and re.search("也", text) else None
        return EditRequest(before.op, part, before.detail) if before and part else None
    return _particular(op, text, match, before) or _of_whole_or_part(op, text, before)


def _particular(op: str, text: str, match: re.Match[str], before: EditRequest | None) -> EditRequest | None:
    """A change whose detail is read in a way of its own."""
    match op:
        case "undo" | "redo":
            return EditRequest(op)
        case "words":
            return _words(text, match)
        case "restyle":
            return EditRequest(op, part_meant(text, before) or WHOLE, _style(text))
        case "reorder":
            return _reorder(text, before)
        case "merge":
            return _merge(text, before)
        case "rename":
            return _rename(text, match, before)
        case "add" | "expand":
            more = pattern("edits", "more_in").search(text)
            where = part_meant(more["where"], before) if more else None
            return EditRequest("emphasise", where, more["what"]) if more and where else None
    return None


def _of_whole_or_part(op: str, text: str, before: EditRequest | None) -> EditRequest:
    target = part_meant(text, before)
    if target is None and op not in ("replace", "lock", "unlock"):
        target = named_part(text)
    if target is None and before and pattern("edits", "again").search(text):
        target = before.target
    size = _SIZE.search(text) if op in ("shorten", "expand") else None
    return EditRequest(op, target or ("" if op == "add" else WHOLE), size[0] if size else "")


def _rename(text: str, match: re.Match[str], before: EditRequest | None) -> EditRequest:
    """Another heading for a part; title, signature and date are lines of the plan, which are replaced."""
    target, new = part_meant(text, before), text[match.end() :].strip(_AROUND)
    line = next((line for line in (DATED, SIGNATURE) if pattern("edits", LINES[line]).search(text)), None)
    line = line or (TITLE if target in (None, TITLE) else None)
    return EditRequest("replace" if line else "rename", line or str(target), new)


def read_facts(text: str) -> tuple[str, ...]:
    """Numbers of the user's own unit, as they are to be printed: 现有会员320人."""
    openings = load_cues("edits")["fact_openings"]
    told = (_SPOKEN.sub("", match[0]) for match in pattern("edits", "own_fact").finditer(text))
    return tuple(next((put + fact for said, put in openings if re.match(said, fact)), fact) for fact in told)


def target_topics(edit: EditRequest) -> tuple[Topic, ...]:
    """The topic a target is, or names."""
    return tuple(topic for topic in Topic if topic == edit.target) or read_topics(edit.target)


def _operation(text: str) -> tuple[str | None, re.Match[str] | None]:
    for op, said in _operations():
        if match := said.search(text):
            if op == "words" and not _replaces_words(match):
                continue
            return op, match
    return None, None


def _replaces_words(match: re.Match[str]) -> bool:
    """Whether one wording is to become another, rather than a part something else."""
    return not pattern("edits", "no_word").search(match["old"])


def _words(text: str, match: re.Match[str]) -> EditRequest:
    old, new = match["old"].strip("都全部统一的"), match["new"].strip("吧了。！")
    part = part_meant(old, None)
    if part and (mentions_part(old) or re.search(r"那|这|部分|段|块", old)):
        return EditRequest("replace", part, new)
    return EditRequest("replace", WHOLE, f"{old}→{new}")


def _reorder(text: str, before: EditRequest | None) -> EditRequest:
    """A part and where it goes: 与第四部分对调, 移到最前, 第二部分之后."""
    placed = _PLACED.search(text)
    parts = parts_in(text[: placed.start()] if placed else text)
    target = parts[0] if parts else (before.target if before else named_part(text) or WHOLE)
    if len(parts) > 1 and (_EXCHANGE.search(text) or not placed):
        return EditRequest("reorder", target, f"与{parts[1]}对调")
    if end := next((goal for word, goal in _ENDS.items() if placed and word in placed[0]), ""):
        return EditRequest("reorder", target, end)
    goals = parts_in(placed["where"] or "") if placed else ()
    if placed and goals:
        return EditRequest("reorder", target, f"{goals[0]}之{'前' if '前' in (placed['side'] or '') else '后'}")
    moved = re.search(r"[上下前后]移|(?:往|靠)[前后上下]|提前", text)
    return EditRequest("reorder", target, moved[0] if moved else "")


def _merge(text: str, before: EditRequest | None) -> EditRequest:
    """A part and the one it takes in."""
    parts = parts_in(text)
    if two := _TWO_AT_AN_END.search(text):
        parts = ("第一部分", "第二部分") if two["front"] else ("倒数第二部分", "最后一部分")
    if len(parts) == 1 and before and before.target not in (WHOLE, *LINES, parts[0]):
        parts = (before.target, *parts)
    return EditRequest("merge", parts[0] if parts else "", f"与{parts[1]}合并" if len(parts) > 1 else "")


def _style(text: str) -> str:
    if match := pattern("edits", "sector_style").search(text):
        from assistant.understanding.units import types_in

        if types_in(match["who"]):
            return match["who"].strip("成用为个") + "口吻"
    return next((style for style, said in load_cues("edits")["styles"] if re.search(said, text)), "")


@cache
def _operations() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((op, compiled(said, where=f"edits.yaml: {op}")) for op, said in load_cues("edits")["ops"])
