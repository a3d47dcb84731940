"""Text of others goes into a prompt as data: fenced, with nothing in it that could end the fence or open a role.

<材料 编号="1">
…
</材料>
"""

import re
from collections.abc import Iterable

_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
_WIDE = str.maketrans({"<": "＜", ">": "＞", "[": "［", "]": "］", "{": "｛", "}": "｝", "`": "'", "|": "｜"})
_BLANK_LINES = re.compile(r"\n\s*\n+")
LONGEST = 1200  # characters of one text in a prompt


def as_data(text: str, *, longest: int = LONGEST) -> str:
    """The text without invisible characters, with marks that mean something to a model in full width, cut to length."""
    plain = _BLANK_LINES.sub("\n", _INVISIBLE.sub("", text).translate(_WIDE)).strip()
    return plain if len(plain) <= longest else plain[:longest] + "……"


def fenced(texts: Iterable[str], *, name: str = "材料", longest: int = LONGEST) -> str:
    """Every text in a numbered fence, counted from 1; "（无）" where there is none."""
    blocks = [
        f'<{name} 编号="{number}">\n{as_data(text, longest=longest)}\n</{name}>' for number, text in enumerate(texts, 1)
    ]
    return "\n".join(blocks) or "（无）"
