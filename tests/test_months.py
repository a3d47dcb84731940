"""Months as people write them."""

import pytest

from index.months import month_mentions


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("三月份:组织活动", [(3,)]),
        ("11月工会做什么", [(11,)]),
        ("9-10月 和 12月", [(9, 10), (12,)]),
        ("四五月份安排", [(4, 5)]),
        ("3、4月", [(3, 4)]),
        ("十一月至次年一月", [(11,), (1,)]),
        ("十一月到二月", [(11, 12, 1, 2)]),
        ("次年元月份", [(1,)]),
        ("十二月", [(12,)]),
        ("2026年3月8日", [(3,)]),
        ("三个月一次，每月公布", []),
        ("第三月饼节", []),
        ("13月 0月 315月", []),
    ],
)
def test_month_mentions(text: str, months: list[tuple[int, ...]]) -> None:
    assert [mentioned for _, _, mentioned in month_mentions(text)] == months


def test_offsets_cover_the_mention() -> None:
    text = "工会在九月份庆祝教师节"
    ((start, end, _),) = month_mentions(text)
    assert text[start:end] == "九月份"
