"""Take a reference out of a sentence without hurting the grammar of the rest."""

import re

from assistant.timeline.cues import wording

PARALLEL_END = re.compile(r"[、，,。；;）)]|和|与|及|等|$")
LAST_END = re.compile(r"[，,。；;）)]|等|$")
LAST_JOINT = re.compile(r"(?:以及|和|与|及)$")
NEXT_TITLE = re.compile(r"(?:、|，|以及|和|与|及)?(?=《)")
CLAUSE_MARK = re.compile(r"[，,；;]")
MARKER = re.compile(r"\s*(?:[一二三四五六七八九十]是|[（(]?[一二三四五六七八九十\d]+[）)]?[.、．])?(?:要)?\s*")
SENTENCE_MARK = re.compile(r"[。！？!?；;\n]")
CLAUSE_END = re.compile(r"[，,。；;！？!?\n]|$")


def listed(text: str, start: int, end: int, *, named: bool) -> tuple[int, int] | None:
    """The span to delete when `text[start:end]` is a whole item of a list; `named`: it is a title like 《…法》."""
    head, tail = text[:start], text[end:]
    if in_slogan(head, tail):
        return None
    if head.endswith("、") and PARALLEL_END.match(tail):
        return start - 1, end
    joint = LAST_JOINT.search(head)
    if joint and LAST_END.match(tail) and "、" in head[-30:]:
        return joint.start(), end
    following = NEXT_TITLE.match(tail) if named else None
    if following and following.group():
        return start, end + following.end()
    return None


def in_slogan(head: str, tail: str) -> bool:
    """Inside quotes that hold more than the reference: a slogan is kept whole or not at all."""
    return head.rfind("“") > head.rfind("”") and "”" in tail.split("“")[0]


def clause(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span to delete when a clause says nothing else: 深入开展…活动, 以…为契机, 按照…的要求."""
    first = max((match.end() for match in SENTENCE_MARK.finditer(text, 0, start)), default=0)
    opening = max((match.end() for match in CLAUSE_MARK.finditer(text, first, start)), default=first)
    closing = CLAUSE_END.search(text, end)
    if closing is None:
        return None
    patterns = wording().patterns
    head, tail = text[opening:start], text[end : closing.start()]
    if opening > first and patterns["bare_clause"].fullmatch(patterns["party_lead"].sub("", head) + tail):
        return opening - 1, closing.start()
    marker = MARKER.match(text, opening)
    kept = marker.end() if marker else opening
    leads = patterns["frame_head"].fullmatch(text[kept:start]) and patterns["frame_tail"].fullmatch(tail)
    return (kept, closing.end()) if leads and closing.group() in ("，", ",") else None
