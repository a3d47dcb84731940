"""What was done last year: it is over, and has to be written anew."""

from collections.abc import Iterator

from assistant.rolling.base import Base, Finding, Proposal
from assistant.rolling.datatypes import ChangeKind
from assistant.rolling.rules import rules
from corpus.markers import MarkerStyle, marker
from corpus.words import sentence_spans


def reviews(base: Base) -> Iterator[Finding]:
    """A mark in front of every review, behind its number; its facts are left alone, for they belong to their year."""
    if not base.delta:
        return
    wanted = f"【待填：{base.year - 1}年实际完成情况，下文是原计划里的】"
    for start, end in base.review:
        number = marker(base.text[start:end].partition("\n")[0])
        counted = number is not None and number.style is not MarkerStyle.MONTH
        start += number.end if number and counted else 0
        why = f"这里回顾的是以前的工作，今年要写{base.year - 1}年的完成情况"
        yield Proposal(start, start, wanted, why, ChangeKind.REVIEW)


def finished(base: Base) -> Iterator[Finding]:
    """Work that is done once: the user knows whether it was."""
    if not base.delta:
        return
    for start, end in sentence_spans(base.text):
        match = rules()["once"].search(base.text, start, end)
        if match and not base.reviewed(start):
            message = f"“{match[0]}”像是一次性的工作：去年如已完成，请删去，或改成巩固、提升。"
            yield base.note(start, end, message)
