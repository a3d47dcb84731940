"""What was typed, made plain: width, traditional characters, and slips of the keyboard in words of the field."""

import re
from functools import cache
from string import ascii_letters, digits

from assistant.understanding.cues import load_cues
from corpus.load import simplified
from corpus.words import dictionary_share
from index.spelling import Speller, build_speller

HALF_WIDTH = {0xFEE0 + code: code for code in map(ord, ascii_letters + digits)} | {0x3000: 0x20}
BLANKS = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]+(?=[\u3000-\u9fff\uff00-\uffef\d])|(?<=\d)[ \t]+(?=[\u4e00-\u9fff])"
)
LETTERS_APART = re.compile(r"(?<=[a-z])[ \t]+(?=[a-z])")
TIMES = (
    "年度",
    "全年",
    "上半年",
    "下半年",
    "学期",
    "学年",
    "季度",
    "明年",
    "今年",
    "去年",
    "后年",
    "第一学期",
    "第二学期",
)
PLAIN = (
    "工会",
    "计划",
    "工作计划",
    "工会计划",
    "范文",
    "年度计划",
    "工会工作",
    "职工",
    "教职工",
    "对比",
    "检查",
    "撤销",
    "删除",
)


def normalised(text: str) -> str:
    """Full-width digits, letters and blanks to plain ones, traditional characters to simplified; length is kept."""
    return simplified(text.translate(HALF_WIDTH)).strip()


def closed_up(text: str) -> str:
    """The text with the few English words that stand for ours in Chinese, without blanks between Chinese characters."""
    meanings = load_cues("english")
    chinese = _english().sub(lambda match: meanings[match[0].lower()], text)
    return BLANKS.sub("", chinese).replace("咱们", "我们")


@cache
def _english() -> re.Pattern[str]:
    words = "|".join(sorted(load_cues("english"), key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z])(?:{words})(?![A-Za-z])", re.IGNORECASE)


def corrected(text: str) -> str:
    """Slips in words of the field put right: yiyuan, 送问暖, 学效."""
    read = _speller().corrected(text)[0]
    if LETTERS_APART.search(read):  # minzhu guanli
        return _speller().corrected(LETTERS_APART.sub("", read))[0]
    return read


@cache
def _speller() -> Speller:
    """Knows the cue words only, each about equally likely: 10 ms to build."""
    units, topics = load_cues("units"), load_cues("topics")
    named = (
        cue for group in (units["named"], units["implied"], topics["named"]) for cues in group.values() for cue in cues
    )
    known = {*named, *TIMES, *PLAIN}
    return build_speller(dict.fromkeys(known, 2), lexicon=known, share=dictionary_share)
