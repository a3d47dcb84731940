"""What rewording is asked for and what comes of it, with a language model or without."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.checking import Overlap, Samples, overlap
from assistant.datatypes import Draft
from assistant.difference import Difference, differences


class Manner(StrEnum):
    """What is done to the text; the values are on the buttons."""

    POLISH = "润色"
    REWORD = "改写降重"
    SHORTEN = "缩写"
    EXPAND = "扩写"
    TONE = "换语气"


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The draft after rewording; equal to the one before where nothing may change. 雷同度 in [0, 1] is that of the
    reworded text against the samples, and against the unit's last plan where one was given. `reports` are Chinese
    lines about what stayed as it was and why.
    """

    draft: Draft
    message: str
    differences: tuple[Difference, ...]
    overlap_before: float
    overlap_after: float
    last_before: float | None
    last_after: float | None
    reports: tuple[str, ...]


def judged(
    before: Draft,
    after: Draft,
    texts: tuple[str, str],
    *,
    manner: Manner,
    samples: Samples,
    last_plan: str | None,
    done: str,
    reports: Sequence[str],
) -> Rewritten:
    """The result with its figures: `texts` are the words in question before and after, `done` says what was done.

    改写降重 that lowers nothing changes nothing.
    """
    old = overlap(texts[0], samples=samples, last_plan=last_plan)
    new = overlap(texts[1], samples=samples, last_plan=last_plan)
    told = list(reports)
    if manner is Manner.REWORD and after != before and _worst(new) >= _worst(old):
        told.append("改写后雷同度没有降低，保留原文。")
        after, new = before, old
    if after == before:
        message, new = f"没有可用的{manner}结果，文稿保持原样。", old
    else:
        lengths = f"{len(texts[0]):,} 字 → {len(texts[1]):,} 字"
        message = f"{done}：{lengths}，与范文雷同度 {old.against_samples:.0%} → {new.against_samples:.0%}。"
    return Rewritten(
        after,
        message,
        differences(before, after),
        old.against_samples,
        new.against_samples,
        old.against_last,
        new.against_last,
        tuple(dict.fromkeys(told)),
    )


def _worst(measured: Overlap) -> float:
    """The greater 雷同度 of the two."""
    return max(measured.against_samples, measured.against_last or 0.0)
