"""润色, 降重 and 换语气 asked for in chat: which, where, in what tone. 缩写 and 扩写 are revisions, read elsewhere."""

from dataclasses import dataclass

from assistant.datatypes import Draft
from assistant.revising.targets import look_for, patterns
from assistant.rewording.datatypes import Manner
from assistant.rewording.offline import rewording_words
from corpus.errors import BadRequest

_WAYS = (("reword", Manner.REWORD), ("polish", Manner.POLISH), ("tone", Manner.TONE))
WHOLE = "全文"


@dataclass(frozen=True, slots=True)
class SpokenRewording:
    """What was asked for; `target` as `parts_of` takes it, `detail` the tone."""

    manner: Manner
    target: str
    detail: str = ""


def spoken_rewording(words: str, *, draft: Draft, target: str = "") -> SpokenRewording | None:
    """The rewording that the user's own words ask for, None where they ask for none. `target` is what `understand`
    read; without one the part is looked for in the words, and without a part it is the whole text.

    Raises BadRequest where 这一段 is meant, which nobody can see in words, or a part that the draft does not have.
    """
    said = rewording_words()
    manner = next((manner for name, manner in _WAYS if said[name].search(words)), None)
    if manner is None:
        return None
    if target in ("", WHOLE) and said["here"].search(words):
        raise BadRequest(f"不知道您指的是哪一段：请说第几部分，或在文稿里选中那几句再点“{manner}”。")
    tone = said["tone_named"].search(words) if manner is Manner.TONE else None
    return SpokenRewording(manner, target or _part(words, draft), tone["tone"] if tone else "")


def _part(words: str, draft: Draft) -> str:
    """The id of the section spoken of. Raises BadRequest where a part is named that the draft does not have."""
    said = rewording_words()
    bare = words
    for name in ("reword", "polish", "tone", "tone_named", "request"):
        bare = said[name].sub("", bare)
    if not bare or patterns()["whole"].fullmatch(bare):
        return WHOLE
    found = look_for(draft, bare)
    if found is None:
        raise BadRequest(f"没有找到“{bare[:20]}”指的是哪一部分。请说第几部分，或说小标题里的词。")
    return found.id
