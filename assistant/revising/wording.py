"""The same sentences in other words: 员工→职工, 更正式."""

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.datatypes import Draft, DraftSection, Paragraph
from assistant.revising.keeping import has_own, is_own
from assistant.revising.lengths import expand, shorten
from assistant.revising.operations import Material, Op, Operation, Revision, revision
from assistant.revising.renewal import change
from assistant.revising.targets import find_sections, patterns, spoken_words
from assistant.revising.traces import reworded
from corpus.datatypes import OrganisationType
from corpus.errors import BadRequest

_PAIR = re.compile(
    r"^[“\"]?(?P<old>[^“”\"→]{1,40}?)[”\"]?\s*(?:→|->|=>|改为|改成|换成|换为)"
    r"\s*[“\"]?(?P<new>[^“”\"→]{0,40})[”\"]?$"
)


def replace_words(draft: Draft, operation: Operation, material: Material) -> Revision:
    """One word for another wherever it stands; what the user wrote and what is locked stays."""
    match = _PAIR.match(operation.detail.strip())
    if match is None or match["old"] == match["new"]:
        raise BadRequest(f"不明白要把什么改成什么：“{operation.detail}”。请说“把甲改成乙”。")
    return _reworded(draft, operation.target, {match["old"]: match["new"]}, f"“{match['old']}”→“{match['new']}”")


def restyle(draft: Draft, operation: Operation, material: Material) -> Revision:
    """Another tone as far as that goes without a language model."""
    words, wanted = patterns(), operation.detail or operation.target
    organisation = next((kind for kind in OrganisationType if str(kind).partition("(")[0] in wanted), None)
    if organisation is not None:
        return change(draft, Operation(Op.CHANGE, "单位类型", str(organisation)), material)
    if words["brief"].search(wanted):
        return shorten(draft, Operation(Op.SHORTEN, operation.target), material)
    if words["concrete"].search(wanted):
        return expand(draft, Operation(Op.EXPAND, operation.target), material)
    if words["formal"].search(wanted):
        return _reworded(draft, operation.target, spoken_words(), "口语")
    raise BadRequest(f"改不了“{wanted}”这种口吻：可以改得更正式、更简洁、更具体，或换成某类单位的口吻。")


def _reworded(draft: Draft, target: str, words: Mapping[str, str], told: str) -> Revision:
    found = find_sections(draft, target)
    ids = {section.id for section in found if not section.locked}
    sections = tuple(_section(each, words) if each.id in ids else each for each in draft.sections)
    after = replace(draft, sections=sections)
    count = sum(one != other for one, other in zip(draft.sentences, after.sentences, strict=True))
    own = [one for each in found for paragraph in each.paragraphs for one in paragraph.sentences if is_own(one)]
    kept = sum(any(old in one.text for old in words) for one in own)
    rest = f"您自己写的 {kept} 句没有动。" if kept else ""
    if after == draft:
        return revision(draft, draft, f"文稿里没有可改的{told}。{rest}")
    return revision(draft, after, f"已改{told}，共 {count} 句。{rest}")


def _section(section: DraftSection, words: Mapping[str, str]) -> DraftSection:
    paragraphs = tuple(map(lambda paragraph: _paragraph(paragraph, words), section.paragraphs))
    return replace(section, heading=_plain(section.heading, words) or section.heading, paragraphs=paragraphs)


def _paragraph(paragraph: Paragraph, words: Mapping[str, str]) -> Paragraph:
    sentences = tuple(one if is_own(one) else reworded(one, words) for one in paragraph.sentences)
    sentences = tuple(new if new.text else old for new, old in zip(sentences, paragraph.sentences, strict=True))
    title = paragraph.title if has_own(paragraph) else _plain(paragraph.title, words)
    return replace(paragraph, sentences=sentences, title=title)


def _plain(text: str, words: Mapping[str, str]) -> str:
    for old, new in words.items():
        text = text.replace(old, new)
    return text
