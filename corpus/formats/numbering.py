"""The numbers Word counts by itself (一、（一）1. …), as text."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


class Numbering:
    """Counts a document's automatic numbers; paragraphs must come in document order."""

    def __init__(self, numbering: "_Element | None", styles: "_Element | None") -> None:
        self._numbering, self._styles = numbering, styles

    def label(self, paragraph: "_Element") -> str:
        """The number that Word shows before `paragraph`; "" for none."""
        return ""
