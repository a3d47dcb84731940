"""Traditional characters, so that rules written in simplified ones see them too."""

import re

from corpus.characters import simplified

_TRADITIONAL = re.compile("[會職計劃學開為關現發組織動實單與強導務業權員們這個對層]")


def in_simplified(text: str) -> str:
    """`text` as the rules read it: of the same length, in simplified characters. The text itself stays as it is."""
    return simplified(text) if _TRADITIONAL.search(text) else text
