"""How the rules read a text that is written otherwise: simplified characters, full-width punctuation."""

import re

from corpus.characters import simplified

_TRADITIONAL = re.compile("[會職計劃學開為關現發組織動實單與強導務業權員們這個對層]")
_FULL_WIDTH = str.maketrans(",;:!?", "，；：！？")
_HALF_WIDTH = re.compile('(?<=[一-龥”’》）】〕"%])[,;:!?]|[,;:!?](?=[一-龥“《（【〔])')


def in_simplified(text: str) -> str:
    """`text` as the rules read it: of the same length, in simplified characters. The text itself stays as it is."""
    return simplified(text) if _TRADITIONAL.search(text) else text


def as_rules_read(text: str) -> str:
    """`text` in simplified characters, and with full-width punctuation next to them: of the same length, for matching
    only. A text typed with the half-width keyboard (加强学习,提高认识) then reads like any other.
    """
    return _HALF_WIDTH.sub(lambda match: match[0].translate(_FULL_WIDTH), in_simplified(text))
