"""Every way to number a line, and the lines that only look numbered."""

import pytest

from corpus.markers import MarkerStyle, marker, months, number


@pytest.mark.parametrize(
    ("line", "style", "text", "ordinal"),
    [
        ("一、加强学习", MarkerStyle.HAN, "一、", 1),
        ("十二、保障措施", MarkerStyle.HAN, "十二、", 12),
        ("　　二．主要任务", MarkerStyle.HAN, "二．", 2),
        ("一,指导思想", MarkerStyle.HAN, "一,", 1),
        ("（三）维权", MarkerStyle.HAN_BRACKET, "（三）", 3),
        ("(三)维权", MarkerStyle.HAN_BRACKET, "(三)", 3),
        ("1．学习", MarkerStyle.DIGIT, "1．", 1),
        ("12. 学习", MarkerStyle.DIGIT, "12.", 12),
        ("3）学习", MarkerStyle.DIGIT, "3）", 3),
        ("2, 组织比赛", MarkerStyle.DIGIT, "2,", 2),
        ("、组织开展竞赛", MarkerStyle.DIGIT, "、", 0),
        ("（2）学习", MarkerStyle.DIGIT_BRACKET, "（2）", 2),
        ("③落实", MarkerStyle.CIRCLE, "③", 3),
        ("⑵落实", MarkerStyle.CIRCLE, "⑵", 2),
        ("四是抓落实", MarkerStyle.ENUMERATION, "四是", 4),
        ("二要统筹推进", MarkerStyle.ENUMERATION, "二要", 2),
        ("第一，提高认识", MarkerStyle.ORDINAL, "第一，", 1),
        ("——大力弘扬劳模精神", MarkerStyle.DASH, "——", 0),
        ("● 慰问", MarkerStyle.DASH, "●", 0),
        ("第二部分 今年打算", MarkerStyle.PART, "第二部分", 2),
        ("二、五月份重点工作", MarkerStyle.HAN, "二、", 2),
    ],
)
def test_marker(line: str, style: MarkerStyle, text: str, ordinal: int) -> None:
    found = marker(line)
    assert found is not None
    assert (found.style, found.text, found.ordinal) == (style, text, ordinal)


@pytest.mark.parametrize(
    "line",
    [
        "一要求职工做到",
        "1.5万元慰问金",
        "5.12国际护士节",
        "3月8日组织座谈",
        "三月八日组织座谈",
        "2024年是关键一年",
        "三、四中全会精神",
        "一、二线职工",
        "加强学习",
        "",
    ],
)
def test_no_marker(line: str) -> None:
    assert marker(line) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("三月份：庆祝三八节", (3,)),
        ("一月份召开教代会", (1,)),
        ("一至二月份：走访慰问", (1, 2)),
        ("十一月份 —十二月份：总结", (11, 12)),
        ("7月8月：组织考察", (7, 8)),
        ("七、八月份：", (7, 8)),
        ("7,8月:", (7, 8)),
        ("1~2月:", (1, 2)),
        ("11月-次年2月", (11,)),
        ("〔年份〕年12月：制定计划", (12,)),
        ("2024年3月", (3,)),
        ("次年元月份:召开职代会", (1,)),
        ("腊月：慰问", (12,)),
        ("第一季度：动员部署", (1, 2, 3)),
        ("2024年4季度", (10, 11, 12)),
    ],
)
def test_months(line: str, expected: tuple[int, ...]) -> None:
    found = marker(line)
    assert found is not None
    assert (found.style, found.months) == (MarkerStyle.MONTH, expected)


def test_months_run_over_the_end_of_the_year() -> None:
    assert months("11月至2月") == (11, 12, 1, 2)
    assert months("1、") == ()


@pytest.mark.parametrize(
    ("text", "value"), [("十", 10), ("二十三", 23), ("九", 9), ("7", 7), ("元", 1), ("百", 0), ("", 0)]
)
def test_number(text: str, value: int) -> None:
    assert number(text) == value
