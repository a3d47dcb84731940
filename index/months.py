"""Months as people write them: 三月份 · 9-10月 · 四五月份 · 3、4月 · 元月."""

import re
from collections.abc import Iterator

HAN_MONTHS = {
    "十二": 12,
    "十一": 11,
    "十": 10,
    **{han: i for i, han in enumerate("一二三四五六七八九", 1)},
    "元": 1,
    "正": 1,
}
_ONE = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元正])"
_LIST = "、和与及,，/"
MENTION = re.compile(
    rf"(?<![\d.第])(?P<first>{_ONE})(?:月份?)?(?P<link>[-—–~～至到{_LIST}]?)(?P<last>{_ONE})?月份?(?!饼|嫂|底薪|薪|收入|刊|报)"
)


def month_mentions(text: str) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """(start, end, months) of every mention in order; a span from 11 to 2 runs over the new year."""
    for match in MENTION.finditer(text):
        if months := _months(match):
            yield match.start(), match.end(), months


def _months(match: re.Match[str]) -> tuple[int, ...]:
    first, last, link = _number(match["first"]), match["last"], match["link"]
    if last is None:
        return () if link else (first,)
    end = _number(last)
    if link and link in _LIST:
        return (first, end)
    if not link and match["first"].isdigit():  # 315月 is no pair
        return ()
    return tuple(range(first, end + 1)) if first <= end else (*range(first, 13), *range(1, end + 1))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else HAN_MONTHS[text]
