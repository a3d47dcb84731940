"""Character for character, so that offsets stay valid: traditional to simplified, stray radicals to characters."""

import unicodedata
from functools import cache
from typing import Any

# PDF makers (Chromium, WPS) write radicals for the characters that look alike; copying from a PDF keeps them.
# Unicode maps the Kangxi block itself; of the supplement these are the whole characters a text can mean.
RADICALS = str.maketrans(
    {
        **{c: unicodedata.normalize("NFKC", c) for c in map(chr, range(0x2F00, 0x2FD6))},
        **dict(
            zip(
                "⺒⺓⺝⺟⺠⺫⺬⺮⺼⻁⻄⻅⻆⻇⻉⻋⻐⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
                "巳幺月母民目示竹肉虎西见角角贝车金長長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
                strict=True,
            )
        ),
    }
)


def without_radicals(text: str) -> str:
    """`text` with the characters that its radicals stand for: ⼯会 becomes 工会."""
    return text.translate(RADICALS)


def simplified(text: str) -> str:
    """`text` in simplified characters, of the same length. For matching only; show the original."""
    converter = _converter()
    converted: str = converter.convert(text)
    if len(converted) != len(text):  # a phrase changed its length: go by single characters
        converted = "".join(s if len(s := converter.convert(c)) == 1 else c for c in text)
    return converted


@cache
def _converter() -> Any:  # noqa: ANN401  opencc has no type hints
    from opencc import OpenCC

    return OpenCC("t2s")
