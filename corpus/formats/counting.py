"""Numbers as Word writes them: 一, 十二, ①, iv, 甲 …"""

from collections.abc import Callable

DIGITS = "〇一二三四五六七八九"
LEGAL = "零壹贰叁肆伍陆柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def written(number: int, format_: str) -> str:
    """`number` in a format named by `w:numFmt`; decimal for formats that Chinese documents do not use."""
    write = FORMATS.get(format_, str)
    return write(number) if number > 0 or format_ in ("none", "bullet") else str(number)


def _chinese(number: int, digits: str = DIGITS, units: tuple[str, ...] = ("", "十", "百", "千")) -> str:
    """Up to 9999: 一, 十, 十二, 二十, 一百零五."""
    if number > 9999:
        return str(number)
    text = ""
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            text += digits[digit] + units[power]
        elif text and not text.endswith("零") and number % 10**power:
            text += "零"
    return text.removeprefix("一") if digits is DIGITS and 10 <= number < 20 else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _letters(number: int) -> str:
    """A … Z, AA, BB …"""
    return chr(ord("A") + (number - 1) % 26) * min(1 + (number - 1) // 26, 20)


def _row_of(first: str, count: int) -> Callable[[int], str]:
    """Figures that stand in a row from `first` on in Unicode; plain decimals beyond the row."""
    return lambda number: chr(ord(first) + number - 1) if number <= count else str(number)


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)]


def _digit_by_digit(number: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(number))


def _legal(number: int) -> str:
    return _chinese(number, LEGAL, ("", "拾", "佰", "仟"))


FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda number: "",
    "bullet": lambda number: "",
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting"), _chinese),
    **dict.fromkeys(("taiwaneseCounting", "taiwaneseCountingThousand"), _chinese),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), _digit_by_digit),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"), _legal),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _row_of("①", 20)),
    "decimalEnclosedFullstop": _row_of("⒈", 20),
    "decimalEnclosedParen": _row_of("⑴", 20),
    "ideographEnclosedCircle": _row_of("㊀", 10),
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)}),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "ideographTraditional": _cycle(STEMS),
    "ideographZodiac": _cycle(BRANCHES),
}
