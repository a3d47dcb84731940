"""Sentences that tell what was done, in a plan."""

import re
from collections.abc import Iterator

from assistant.checking.rules import rules
from assistant.checking.subject import Piece, Subject, Zone
from assistant.datatypes import Finding, FindingKind, Severity
from corpus.datatypes import PlanKind

_SEVERAL = 4  # sentences that make a text of their own
_CLAUSE = re.compile(r"[^，,；;：:。！？]+")


def summary_tense(subject: Subject) -> Iterator[Finding]:
    """Sentences of a summary outside the review a plan may begin with."""
    if _is_summary(subject):
        return
    for piece in subject.pieces:
        if piece.zone in (Zone.BODY, Zone.MONTHLY, Zone.GUIDING, Zone.CLOSING) and _tells_deeds(piece):
            yield subject.finding(
                FindingKind.SUMMARY_TENSE,
                Severity.SHOULD,
                (piece.start, piece.end),
                "这句讲的是已经做过的事，像从总结里抄来的。计划要写准备做什么：请改成将要做的工作，或移到工作回顾部分。",
            )


def _is_summary(subject: Subject) -> bool:
    """A text that reviews as a whole, or one of both kinds whose review cannot be told apart."""
    if subject.kind in (PlanKind.SUMMARY, PlanKind.REPORT):
        named = bool(subject.title) and not rules()["zones.plan_title"].search(subject.title)
        return named or "总结" in subject.title or (not subject.title and _mostly_deeds(subject))
    has_review = any(piece.zone is Zone.REVIEW for piece in subject.pieces)
    return subject.kind is PlanKind.MIXED and "总结" in subject.title and not has_review


def _mostly_deeds(subject: Subject) -> bool:
    """Lines without a title are a summary when half of them, and more than a few, tell what was done."""
    body = [piece for piece in subject.pieces if not piece.heading]
    return len(body) >= _SEVERAL and sum(map(_tells_deeds, body)) * 2 >= len(body)


def _tells_deeds(piece: Piece) -> bool:
    data = rules()
    body = piece.text[piece.marked :]
    if data["tense.ahead"].search(body):
        return False
    for clause in _CLAUSE.finditer(body):
        for done in data["tense.done"].finditer(clause[0]):
            before, after = clause[0][: done.start()], clause[0][done.end() :]
            if not data["tense.wished"].search(before) and not data["tense.subordinate"].search(after):
                return True
    return False
