"""Chinese and Arabic numerals of congresses and plans."""

DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """1–99 in Chinese: 18 -> 十八, 20 -> 二十."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else DIGITS[tens] + "十")
    return head + (DIGITS[ones] if ones else "")


def read(text: str) -> int | None:
    """十八 or 18 -> 18; None when it is no number."""
    if text.isdecimal():
        return int(text)
    if not text or set(text) - set(DIGITS + "十百"):
        return None
    hundreds, hundred, rest = text.partition("百")
    if hundred:
        return _hundreds(hundreds, rest)
    head, ten, tail = text.rpartition("十")
    if not ten:
        return DIGITS.index(text) if len(text) == 1 else None
    if len(head) > 1 or len(tail) > 1 or "十" in head:
        return None
    return (DIGITS.index(head) if head else 1) * 10 + (DIGITS.index(tail) if tail else 0)


def _hundreds(hundreds: str, rest: str) -> int | None:
    """一百, 一百零五, 一百一十: the anniversaries of our time."""
    below = read(rest.removeprefix("零")) if rest else 0
    return None if hundreds != "一" or below is None or below > 99 else 100 + below
