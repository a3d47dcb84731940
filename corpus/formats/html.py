"""Web pages to text: a block a line, the cells of a table row joined, what is not shown left out."""

import re
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from corpus.formats.counting import written
from corpus.formats.lines import CELL, NUMBERED
from corpus.formats.plain import decoded

if TYPE_CHECKING:
    from bs4 import Tag

UNSEEN = ("head", "script", "style", "noscript", "template", "svg", "select", "textarea", "button", "iframe", "object")
BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "div", "dl", "dt")
    + ("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li")
    + (
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    )
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]+(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.I)
LIST_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
MESSAGE = re.compile(rb"\s*(?:MIME-Version|From|Content-Type):", re.I)  # how a web archive begins
LONG_CELL = 300  # characters; a longer cell is layout, not data
FEW_LINKS = 3  # a block of this many links or more, and nothing else, is navigation


def html_text(data: bytes) -> str:
    """The visible text of a web page."""
    return _shown_text(_markup(data))


def mhtml_text(data: bytes) -> str:
    """The visible text of a web page saved with its pictures in one file (.mht, or Word's .doc of that kind)."""
    message = message_from_bytes(data, policy=policy.default)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    contents = [part.get_payload(decode=True) for part in pages[:1]]
    return "".join(html_text(content) for content in contents if isinstance(content, bytes))


def page_text(data: bytes) -> str:
    """The visible text of a web page in either form."""
    return mhtml_text(data) if MESSAGE.match(data[:200]) else html_text(data)


def _markup(data: bytes) -> str:
    """Decode, trusting the page's own charset only where everything decodes by it."""
    declared = CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        charset = declared[1].decode("ascii").lower()
        try:
            return data.decode("gb18030" if charset in ("gb2312", "gbk") else charset)
        except (UnicodeDecodeError, LookupError):
            pass
    return decoded(data)


def _shown_text(markup: str) -> str:
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(markup, "lxml")
    for element in soup(UNSEEN):
        element.decompose()
    for element in soup(style=HIDDEN) + soup(hidden=True) + soup("nav"):
        element.decompose()
    pieces: list[str] = []
    _visit(soup, pieces)
    lines = (re.sub(r" +", " ", line).strip(" ") for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


def _visit(parent: "Tag", pieces: list[str]) -> None:
    from bs4 import Tag
    from bs4.element import NavigableString

    for node in parent.children:
        if isinstance(node, Tag):
            if node.name in ("ul", "ol", "dl", "div", "p") and _is_navigation(node):
                continue
            edge = "\n" if node.name in BLOCKS else ""
            pieces.append(edge)
            if cells := _data_cells(node):
                pieces.append(CELL.join(cells))
            else:
                pieces.append(_number(node))
                _visit(node, pieces)
            pieces.append(edge)
        elif type(node) is NavigableString:  # not a comment or declaration
            pieces.append(str(node) if parent.name == "pre" else re.sub(r"[ \t\r\n\xa0]+", " ", node))


def _number(item: "Tag") -> str:
    """The number that a browser shows before an item of a list, unless the item brings its own."""
    if item.name != "li" or item.parent is None or item.parent.name != "ol" or NUMBERED.match(item.get_text().strip()):
        return ""
    start = str(item.parent.get("start", "1"))
    before = len(item.find_previous_siblings("li"))
    format_ = LIST_TYPES.get(str(item.parent.get("type", "1")), "decimal")
    return written(before + (int(start) if start.isdecimal() else 1), format_) + ". "


def _is_navigation(block: "Tag") -> bool:
    """Whether a block holds nothing but several links."""
    links = block.find_all("a")
    if len(links) < FEW_LINKS:
        return False
    linked = sum(len("".join(link.get_text().split())) for link in links)
    return linked >= 0.9 * len(re.sub(r"[\s|·»>/]+", "", block.get_text()))


def _data_cells(row: "Tag") -> list[str]:
    """The cells of a row of data; none for other elements and for rows that only lay out a page."""
    if row.name != "tr" or row.find("table") is not None:
        return []
    cells = [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["td", "th"], recursive=False)]
    filled = [cell for cell in cells if cell]
    return filled if len(filled) > 1 and all(len(cell) <= LONG_CELL for cell in filled) else []
