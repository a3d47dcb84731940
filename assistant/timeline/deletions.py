"""Take a reference out of a sentence without hurting the grammar of the rest."""

import re

PARALLEL_END = re.compile(r"[、，,。；;）)]|和|与|及|等|$")
LAST_END = re.compile(r"[，,。；;）)]|等|$")
LAST_JOINT = re.compile(r"(?:以及|和|与|及)$")
NEXT_TITLE = re.compile(r"(?:、|，|以及|和|与|及)?(?=《)")
CLAUSE_MARK = re.compile(r"[，,；;]")
# a clause may go when nothing but these stands beside the reference
ADVERBS = "深入|认真|全面|继续|扎实|积极|大力|切实|广泛|牢固|坚持|进一步|努力|着力|持续|不断|自觉|严格|坚定不移地?"
VERBS = (
    "学习|贯彻|落实|开展|实践|践行|树立|推进|实施|参加|组织|执行|配合|深化|宣传|弘扬|增强|坚定|坚持|做好|抓好|投身|参与"
)
BARE_CLAUSE = re.compile(rf"(?:(?:{ADVERBS})*(?:{VERBS})+(?:好|地|和|、)?)*(?:精神|工作|活动|要求)?")
# 以开展…为契机, 按照…的要求: a clause that only leads to the next one, wherever it stands
FRAME_HEAD = re.compile(rf"(?:以|按照|根据|结合|围绕|通过)(?:(?:{ADVERBS})*(?:{VERBS}))*")
FRAME_TAIL = re.compile(
    r"(?:的)?(?:要求|部署|安排|精神|工作)?(?:为(?:契机|主线|动力|载体|抓手|重点|平台|总抓手|引领))?"
)
LEADER = re.compile(r"(?:配合|协助|在)?[\u4e00-\u9fff]{0,4}(?:党组|党委|党支部|党总支|党组织|党政)(?:部署)?")
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
    head, tail = text[opening:start], text[end : closing.start()]
    if opening > first and BARE_CLAUSE.fullmatch(LEADER.sub("", head) + tail):
        return opening - 1, closing.start()
    marker = MARKER.match(text, opening)
    kept = marker.end() if marker else opening
    leads = FRAME_HEAD.fullmatch(text[kept:start]) and FRAME_TAIL.fullmatch(tail) and closing.group() in ("，", ",")
    return (kept, closing.end()) if leads else None
