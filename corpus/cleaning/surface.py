"""What is no text at all: invisible characters, Markdown and HTML marks, stray symbols, doubled punctuation."""

import html
import re
from collections.abc import Iterator

from corpus.cleaning.lines import lines
from corpus.cleaning.pieces import Edit
from corpus.datatypes import RepairKind
from corpus.markers import MarkerStyle, marker
from corpus.words import words

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]+")
_SPELLED_BLANK = re.compile(r"(?:\\u3000|\\xa0|\\ufeff|\\u200b)+")  # what a careless export writes for characters
_SPELLED_BREAK = re.compile(r"(?:\\r)?\\n(?=[\s\\一-龥\d（(【“《]|$)")
_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]+")
_BLANK_RUN = re.compile(r"\n(?:[ \t]*\n){3,}")

_HASHES = re.compile(r"(?m)^[ \t]*(?:#{1,6}[ \t]+|#{2,6}|#(?=[一-龥（(][^#\n]*$))(?=[^\s#])")
_QUOTE = re.compile(r"(?m)^[ \t]*>+[ \t]+(?=\S)")
_RULE = re.compile(
    r"(?m)^[ \t]*(?:[-*_=~—－━─═★☆][ \t]*){3,}$\n*|"
    r"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*$\n?"
)
_FENCE = re.compile(r"(?m)^[ \t]*`{3,}\w*[ \t]*$\n?")
_PIPES = re.compile(r"(?m)^[ \t]*\|[ \t]*(?=[^|\n]+\|.*\|[ \t]*$)|(?m:(?<=\S))[ \t]*\|[ \t]*$")
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_LINK = re.compile(
    r"\[([^\[\]\n]+)\]\((?:#|https?:|/|www\.|javascript:|\.{1,2}/|[\w/-]+\.(?:html?|aspx?|php|jsp)|(?=\)))[^)\n]*\)"
)
_TEMPLATE = re.compile(r"\[_TAG_\w+\]|\{\{[^{}\n]{1,40}\}\}")
_BREAK_TAG = re.compile(r"<br\s*/?>|</p>\s*<p[^<>\n]*>", re.I)
_TAG = re.compile(
    r"</?(?:p|br|div|span|strong|b|em|i|u|a|h[1-6]|table|tbody|thead|tr|td|th|font|img|center|ul|ol|li|section|hr)"
    r"(?:\s[^<>\n]{0,300})?/?>",
    re.I,
)
_ENTITY = re.compile(
    r"&(?:nbsp|[lr][ds]quo|[mn]dash|hellip|middot|amp|lt|gt|quot|times|emsp|ensp|#\d{2,5}|#x[0-9a-fA-F]{2,5});"
)
_BOLD = re.compile(r"(?<!\*)\*\*(?=[^\s*])([^*\n]{1,80}?)(?<=[^\s*])\*\*(?!\*)")
_STAR_MASKS = re.compile(r"20\*{1,2}(?!\*)|\*{3,}|(?<=[一-龥])\*{2}(?=[年大届市县区镇局校院公])")

_TICKS = re.compile("`+|\ufffd+|(?<=的)'(?=[一-龥])")
_FOREIGN = re.compile(  # pictures and letters of other scripts strewn between characters
    r"(?<=[一-龥，、])[ \u3000]?(?:[\u0e00-\u0eff\u0600-\u06ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff]+|"
    r"[\u231a-\u23f3\u2614-\u2638\u263a-\u26ff\u2702-\u2705\u2708-\u2712\u2728-\u274c\U0001f000-\U0001faff\ufe0f]+)"
    r"[ \u3000]?(?=[一-龥，。、；“《])"
)
_PINYIN = re.compile(r"(?<=[一-龥])[(（][\sa-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][\sa-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]*[)）]")
_HYPHEN = re.compile(r"(?<=[一-龥])-(?=[一-龥])")
_QUESTION = re.compile(r"(?m)(?<=^[一二三四五六七八九十][、．.])\?+|(?<=^\d[、．.])\?+|^\?+(?=[一-龥])")
_COMMA_STOP = re.compile("[，,、；;]+(?=[。！？])")
_DOUBLED = re.compile(r"([、；：])\1+|[，,]{2,}|(?<!。)。。(?!。)")


def blanks(text: str) -> Iterator[Edit]:
    """Invisible characters go, every line break becomes one kind, long blank runs one blank line."""
    yield from _drop(RepairKind.WHITESPACE, _INVISIBLE, text)
    yield from _drop(RepairKind.WHITESPACE, _SPELLED_BLANK, text)
    for match in _SPELLED_BREAK.finditer(text):
        yield Edit(RepairKind.WHITESPACE, match.start(), match.end(), "\n")
    for match in _LINE_BREAK.finditer(text):
        yield Edit(RepairKind.WHITESPACE, match.start(), match.end(), "\n")
    for match in _BLANK_RUN.finditer(text):
        yield Edit(RepairKind.WHITESPACE, match.start(), match.end(), "\n\n")


def markup(text: str) -> Iterator[Edit]:
    """Marks of Markdown and HTML go, what they enclose stays."""
    for pattern in (_HASHES, _QUOTE, _RULE, _FENCE, _PIPES, _IMAGE, _TEMPLATE):
        yield from _drop(RepairKind.MARKUP, pattern, text)
    for match in _LINK.finditer(text):
        yield from _unwrap(match)
    for match in _BREAK_TAG.finditer(text):
        yield Edit(RepairKind.MARKUP, match.start(), match.end(), "\n")
    yield from _drop(RepairKind.MARKUP, _TAG, text)
    for match in _ENTITY.finditer(text):
        yield Edit(RepairKind.MARKUP, match.start(), match.end(), html.unescape(match[0]).replace("\xa0", " "))
    if not _STAR_MASKS.search(text):  # in such a text two stars are a blanked-out word, not bold type
        for match in _BOLD.finditer(text):
            if _is_bold(text, match):
                yield from _unwrap(match)
    yield from _bullets(text)


def symbols(text: str) -> Iterator[Edit]:
    """Back quotes, replacement characters, question marks that were blanks, and doubled punctuation go."""
    for pattern in (_TICKS, _FOREIGN, _PINYIN, _QUESTION, _COMMA_STOP):
        yield from _drop(RepairKind.STRAY_SYMBOL, pattern, text)
    for match in _DOUBLED.finditer(text):
        yield Edit(RepairKind.STRAY_SYMBOL, match.start(), match.end(), match[0][0])
    for match in _HYPHEN.finditer(text):
        if _hides_a_word(text[max(0, match.start() - 3) : match.start()], text[match.end() : match.end() + 3]):
            yield Edit(RepairKind.STRAY_SYMBOL, match.start(), match.end())


def _hides_a_word(before: str, after: str) -> bool:
    """和-谐 hides a word from a filter, 上海-北京 does not."""
    position = 0
    for word in words(before + after):
        if position < len(before) < position + len(word):
            return True
        position += len(word)
    return False


def _is_bold(text: str, match: re.Match[str]) -> bool:
    """Bold type borders on punctuation, outside or inside: 职工**在工会**活动 are two blanked-out words."""
    around = (text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1], match[1][0], match[1][-1])
    return any(not re.match(r"[\w一-龥]", character) for character in around)


def _bullets(text: str) -> Iterator[Edit]:
    """A bullet before a number says the same twice: "- 1、加强学习"."""
    for line in lines(text):
        mark = marker(line.body)
        if mark is None or mark.style is not MarkerStyle.DASH or mark.text not in "-*•·●" or len(mark.text) > 1:
            continue
        inner = marker(line.body[mark.end :])
        if inner is not None and inner.style is not MarkerStyle.DASH:
            start = text.index(mark.text, line.start)
            blank = len(line.body[mark.end :]) - len(line.body[mark.end :].lstrip())
            yield Edit(RepairKind.MARKUP, start, start + mark.end + blank)


def _drop(kind: RepairKind, pattern: re.Pattern[str], text: str) -> Iterator[Edit]:
    for match in pattern.finditer(text):
        if match[0]:
            yield Edit(kind, match.start(), match.end())


def _unwrap(match: re.Match[str]) -> Iterator[Edit]:
    """Two edits that leave group 1 of `match` standing."""
    yield Edit(RepairKind.MARKUP, match.start(), match.start(1))
    yield Edit(RepairKind.MARKUP, match.end(1), match.end())
