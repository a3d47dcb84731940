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
SENTENCE_MARK = re.compile(r"[。！？!?；;\n]")


def listed(text: str, start: int, end: int, *, named: bool) -> tuple[int, int] | None:
    """The span to delete when `text[start:end]` is a whole item of a list; `named`: it is a title like 《…法》."""
    head, tail = text[:start], text[end:]
    if head.endswith("、") and PARALLEL_END.match(tail):
        return start - 1, end
    joint = LAST_JOINT.search(head)
    if joint and LAST_END.match(tail) and "、" in head[-30:]:
        return joint.start(), end
    following = NEXT_TITLE.match(tail) if named else None
    if following and following.group():
        return start, end + following.end()
    return None


def clause(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span to delete when a whole clause, not the first of its sentence, says nothing else."""
    opening = max((match.end() for match in CLAUSE_MARK.finditer(text, 0, start)), default=-1)
    sentence = max((match.end() for match in SENTENCE_MARK.finditer(text, 0, start)), default=0)
    closing = re.compile(r"[，,。；;！？!?\n]|$").search(text, end)
    if opening <= sentence or closing is None:
        return None
    rest = text[opening:start] + text[end : closing.start()]
    if not BARE_CLAUSE.fullmatch(rest):
        return None
    return opening - 1, closing.start()
