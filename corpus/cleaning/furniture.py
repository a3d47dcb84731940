"""What belongs to the web page: menus, teasers, introductions, related titles, adverts inside a paragraph."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.cleaning.lines import Line, lines
from corpus.cleaning.pieces import Edit
from corpus.cues import load_yaml
from corpus.datatypes import RepairKind
from corpus.markers import marker
from corpus.titles import collection_heading, is_title
from corpus.words import sentence_spans

_SHORT = 25  # characters; a shorter line above the text is a title or part of the page
_LONG = 300  # characters; no site introduces its texts at greater length
_LONGEST_LIST = 40  # related titles below one announcement
_NAME = 12  # characters of an author's name between two lines of the page


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Compiled `lexicon/furniture.yaml`."""

    anywhere: re.Pattern[str]
    head: re.Pattern[str]
    tail: re.Pattern[str]
    beside: re.Pattern[str]
    related: re.Pattern[str]
    related_title: re.Pattern[str]
    aside: re.Pattern[str]
    collection: re.Pattern[str]
    collection_not: re.Pattern[str]
    site: re.Pattern[str]
    strong: re.Pattern[str]
    writing: re.Pattern[str]
    weak: tuple[re.Pattern[str], ...]
    own: re.Pattern[str]
    definition: re.Pattern[str]
    definition_cues: re.Pattern[str]
    clause: re.Pattern[str]


def page_lines(text: str) -> Iterator[Edit]:
    """Edits that drop whole lines of the page."""
    found = list(lines(text))
    gone = _marked(found)
    gone |= _related(found, gone)
    gone |= _asides(found)
    gone |= _edges(found, gone)
    gone |= _contents(found) | _stems(found) | _teasers(found) | _definitions(found, gone)
    gone |= _between(found, gone)
    for i in sorted(gone):
        yield _whole_line(text, found, i)
    yield from _below(text, found, gone)


def adverts(text: str) -> Iterator[Edit]:
    """Edits that cut the site's own sentences out of paragraphs, and drop paragraphs that are nothing else."""
    found = list(lines(text))
    voiced = {i for i, line in enumerate(found) if _lexicon().strong.search(line.body)}
    head = range(_head(found))
    last = max((i for i in head if i in voiced or _weak_voice(found[i].body) >= 2), default=-1)
    lead = {i for i in head if i <= last and (i in voiced or _weak_voice(found[i].body))}
    for i in sorted(lead):
        yield _whole_line(text, found, i)
    for i in sorted(voiced - lead):
        yield from _cut(text, found, i)


def _whole_line(text: str, found: Sequence[Line], i: int) -> Edit:
    """Drop a line with the blank space up to the next one; the last line leaves its line break."""
    end = found[i + 1].start if i + 1 < len(found) else len(text.rstrip("\n"))
    return Edit(RepairKind.BOILERPLATE, found[i].start, end)


def _below(text: str, found: Sequence[Line], gone: set[int]) -> Iterator[Edit]:
    """Drop the blank lines between the text and what was dropped below it."""
    last = max((i for i in range(len(found)) if i not in gone), default=-1)
    if 0 <= last < len(found) - 1:
        yield Edit(RepairKind.BOILERPLATE, found[last].end, found[last + 1].start)


def _marked(found: Sequence[Line]) -> set[int]:
    """Lines that say themselves what they are."""
    words = _lexicon()
    return {
        i
        for i, line in enumerate(found)
        if words.anywhere.fullmatch(line.body) or words.site.fullmatch(line.body) or _is_collection_title(line.body)
    }


def _is_collection_title(body: str) -> bool:
    words = _lexicon()
    named = words.collection.fullmatch(body.strip("《》 ")) and not words.collection_not.search(body)
    return bool(named) and collection_heading(body) is None


def _related(found: Sequence[Line], gone: set[int]) -> set[int]:
    """Announcements of other pages and the titles below them."""
    result: set[int] = set()
    for i, line in enumerate(found):
        if len(line.body) > 60 or marker(line.body) or not _lexicon().related.fullmatch(line.body):
            continue
        listed = []
        for j in range(i + 1, min(len(found), i + 1 + _LONGEST_LIST)):
            if j not in gone and not _is_related_title(found[j].body):
                break
            listed.append(j)
        if listed or i == len(found) - 1 or line.body.endswith((":", "：")):
            result |= {i, *listed}
    return result


def _asides(found: Sequence[Line]) -> set[int]:
    """What follows an announcement of advice on writing, up to the next numbered text."""
    result: set[int] = set()
    for i, line in enumerate(found):
        if i and marker(line.body) is None and _lexicon().aside.fullmatch(line.body):
            texts = (j for j in range(i + 1, len(found)) if collection_heading(found[j].body))
            result |= set(range(i, next(texts, len(found))))
    return result


def _is_related_title(body: str) -> bool:
    return bool(_lexicon().related_title.fullmatch(body)) and collection_heading(body) is None


def _edges(found: Sequence[Line], gone: set[int]) -> set[int]:
    """Lines of the page above the first and below the last line of the text."""
    words = _lexicon()
    head = _head(found)
    result = {i for i in range(head) if words.head.fullmatch(found[i].body)}
    last = len(found) - 1
    while last >= head:
        body = found[last].body
        near = last + 1 in gone | result or last - 1 in gone
        if words.tail.fullmatch(body) or (near and (words.beside.fullmatch(body) or body.isdigit())):
            result.add(last)
        elif last not in gone:
            break
        last -= 1
    return result


def _between(found: Sequence[Line], gone: set[int]) -> set[int]:
    """Names and numbers squeezed in between two dropped lines."""
    result = set()
    for i in range(1, len(found)):
        squeezed = i - 1 in gone and (i + 1 in gone or i + 1 == len(found))
        body = found[i].body
        if i not in gone and squeezed and len(body) <= _NAME and not re.search("[一-龥]{5}|[，。、；：！]", body):
            result.add(i)
    return result


def _head(found: Sequence[Line]) -> int:
    """How many lines may stand above the first line of the text itself: short ones, and those in a site's voice."""
    for i, line in enumerate(found):
        body = line.body
        if _lexicon().head.fullmatch(body):
            continue
        if marker(body) or collection_heading(body) or _lexicon().own.search(body) and not is_title(body):
            return i
        if len(body) >= _SHORT and not _lexicon().strong.search(body) and not _weak_voice(body):
            return i
    return len(found)


def _weak_voice(body: str) -> int:
    """How many hints at a site's voice a paragraph on writing plans holds."""
    words = _lexicon()
    if not _SHORT <= len(body) <= _LONG or not words.writing.search(body):
        return 0
    return sum(bool(p.search(body)) for p in words.weak)


def _contents(found: Sequence[Line]) -> set[int]:
    """A table of contents: numbered headings one below the other that come again with their texts."""
    headings = [collection_heading(line.body) for line in found]
    later = Counter((h.style, h.ordinal) for h in headings if h)
    result = set()
    for i, heading in enumerate(headings):
        if heading is None:
            continue
        key = (heading.style, heading.ordinal)
        later[key] -= 1
        beside = [headings[j] for j in (i - 1, i + 1) if 0 <= j < len(found)]
        if later[key] > 0 and any(h is not None and abs(h.ordinal - heading.ordinal) == 1 for h in beside):
            result.add(i)
    return result


def _stems(found: Sequence[Line]) -> set[int]:
    """The collection's own name, repeated without a number above or between its texts."""
    headings = [collection_heading(line.body) for line in found]
    stems = Counter(h.stem for h in headings if h and len(h.stem) >= 4)
    return {i for i, line in enumerate(found) if stems[re.sub("(?:范文|例文|模板|范本)?[:：]?$", "", line.body)] >= 2}


def _teasers(found: Sequence[Line]) -> set[int]:
    """The beginning of a paragraph, cut off with dots, above the paragraph itself."""
    result = set()
    for i, line in enumerate(found):
        text = line.body.rstrip(".…。 ")
        cut_off = line.body.endswith(("...", "…")) and len(text) >= 20
        if cut_off and any(later.body.startswith(text) for later in found[i + 1 : i + 4]):
            result.add(i)
    return result


def _definitions(found: Sequence[Line], gone: set[int]) -> set[int]:
    """An encyclopaedia's paragraph on what a union is, above or below the text."""
    words = _lexicon()
    standing = [i for i in range(len(found)) if i not in gone]
    return {
        i
        for i in standing[:3] + standing[-2:]
        if words.definition.match(found[i].body)
        and len({m[0] for m in words.definition_cues.finditer(found[i].body)}) >= 2
        and not words.own.search(found[i].body)
    }


def _cut(text: str, found: Sequence[Line], i: int) -> Iterator[Edit]:
    """Cut the site's sentences out of line `i`, from the clause where they begin."""
    line = found[i]
    spans = [(line.start + a, line.start + b) for a, b in sentence_spans(text[line.start : line.end])]
    voiced = [(a + _clause(text[a:b]), a, b) for a, b in spans if _lexicon().strong.search(text[a:b])]
    if [(a, b) for begins, a, b in voiced if begins == a] == spans:
        yield _whole_line(text, found, i)
        return
    for begins, start, end in voiced:
        closed = ""
        if begins > start and text[begins - 1] in "，,、；;":
            begins -= 1
            closed = "。" if text[end - 1] in "。！？!?" else ""
        yield Edit(RepairKind.BOILERPLATE, begins, end, closed)


def _clause(sentence: str) -> int:
    """Offset of the clause in which the site starts to speak; 0 when what stands before it is its own as well."""
    words = _lexicon()
    starts = [0, *(m.end() for m in re.finditer("[，,；;]", sentence))]
    for start, end in zip(starts, [*starts[1:], len(sentence)], strict=True):
        clause, before = sentence[start:end], sentence[:start]
        if words.strong.search(clause) or words.clause.match(clause.strip()):
            return start if words.own.search(before) or not any(p.search(before) for p in words.weak) else 0
    return 0


@cache
def _lexicon() -> _Lexicon:
    data = load_yaml("furniture.yaml")

    def any_of(name: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern})" for pattern in data[name]))

    single = (
        "related",
        "aside",
        "related_title",
        "collection_not",
        "writing",
        "site",
        "own",
        "definition",
        "definition_cues",
        "clause",
    )
    return _Lexicon(
        weak=tuple(re.compile(pattern) for pattern in data["weak"]),
        **{name: any_of(name) for name in ("anywhere", "head", "tail", "beside", "collection", "strong")},
        **{name: re.compile(data[name]) for name in single},
    )
