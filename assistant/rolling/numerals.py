"""Numbers moved on in the writing they stand in."""

from corpus.markers import number

_HAN = "〇一二三四五六七八九"


def value(text: str) -> int:
    """The number written in digits or Han, 0 where it is none."""
    return number(text)


def written_like(model: str, new: int) -> str:
    """`new` in digits or in Han, as `model` is written."""
    return str(new) if model.isascii() else _han(new)


def han_year(text: str) -> int | None:
    """二〇二五 or 2025 as 2025; None where it is no year."""
    if text.isascii():
        return int(text) if text.isdigit() and len(text) == 4 else None
    digits = "".join("0" if one in "〇○零0O" else str(_HAN.find(one)) for one in text)
    return int(digits) if digits.isdigit() and len(digits) == 4 else None


def year_like(model: str, new: int) -> str:
    """A year in digits, or digit by digit in Han with the model's own zero."""
    if model.isascii() and model.isdigit():
        return str(new)
    zero = next((one for one in model if one in "〇○零0O"), "〇")
    return "".join(zero if digit == "0" else _HAN[int(digit)] for digit in str(new))


def _han(new: int) -> str:
    tens, ones = divmod(new, 10)
    if new >= 100 or new < 1:
        return str(new)
    return (("" if tens == 1 else _HAN[tens]) + "十" if tens else "") + (_HAN[ones] if ones else "")
