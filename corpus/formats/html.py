"""Web pages to text: a block a line, table cells joined, scripts and hidden parts left out."""

import re
from typing import TYPE_CHECKING

from corpus.formats.layout import CELL
from corpus.formats.plain import decoded

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

SKIPPED = ("script", "style", "noscript", "template", "svg", "head", "select", "textarea", "iframe")
BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body br center dd details div dl dt fieldset figcaption figure footer form"
        " h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul",
    )
)
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)


def html_text(data: bytes, *, name: str) -> str:
    """The visible text of a web page. `name` is for messages."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(_markup(data), "lxml")
    for element in soup(SKIPPED):
        element.decompose()
    return visible_text(soup)


def _markup(data: bytes) -> str:
    """Decode, trusting the page's own charset only where it decodes without a fault."""
    declared = CHARSET.search(data[:4096])
    if declared:
        encoding = declared.group(1).decode("ascii").lower()
        encoding = "gb18030" if encoding in ("gb2312", "gbk", "gb18030") else encoding
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            pass
    return decoded(data)


def visible_text(soup: "BeautifulSoup") -> str:
    """Lines of a parsed page."""
    from bs4 import Tag
    from bs4.element import NavigableString

    pieces: list[str] = []

    def visit(node: Tag) -> None:
        for child in node.children:
            if type(child) is NavigableString:
                pieces.append(re.sub(r"[ \t\r\n]+", " ", child))
            elif isinstance(child, Tag):
                if child.name == "tr":
                    cells = [c for c in child.children if isinstance(c, Tag) and c.name in ("td", "th")]
                    texts = [" ".join(c.get_text().split()) for c in cells]
                    pieces.append("\n" + CELL.join(text for text in texts if text) + "\n")
                    continue
                block = child.name in BLOCKS
                pieces.append("\n" if block else "")
                visit(child)
                pieces.append("\n" if block else "")

    visit(soup)
    lines = (line.strip(" ") for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line) + "\n"
