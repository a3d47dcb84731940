"""Lines of the web page around a text: menus, teasers, tables of contents, related titles, file offers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.cleaning.facts import is_facts, may_be_facts
from corpus.cleaning.lines import Line, lines
from corpus.cleaning.pieces import Edit
from corpus.cleaning.site import head_length, site_words
from corpus.datatypes import RepairKind
from corpus.frame import is_edge, is_signature
from corpus.markers import MarkerStyle, heads, marker
from corpus.titles import collection_heading, counted_title, is_title

_PAGE_NUMBER = re.compile(r"第\s*\d+\s*页|^\W*\d{1,3}\W*(?:\d{1,3}\W*)?$")
_FARTHEST = 8  # lines between two that are known to be the page's
_STOPS = "。；！|"  # no heading has one
_LISTS = (MarkerStyle.DIGIT, MarkerStyle.DASH)
_LONGEST_LINK = 40  # characters
_LONGEST_LIST = 40  # related titles below one announcement
_LEAST_SENTENCE = 15  # characters of a line that a page number can interrupt
_NAME = 12  # characters of an author's name between two lines of the page


def page_lines(text: str) -> Iterator[Edit]:
    """Edits that drop whole lines of the page."""
    found = list(lines(text))
    gone = _marked(found)
    gone |= _related(found, gone)
    gone |= _asides(found)
    gone |= _edges(found, gone)
    gone |= _contents(found) | _stems(found) | _teasers(found) | _definitions(found, gone)
    gone |= _below_titles(found) | _between(found, gone) | _page_numbers(found)
    yield from drop_lines(text, found, gone)


def drop_lines(text: str, found: Sequence[Line], gone: set[int]) -> Iterator[Edit]:
    """Drop lines with the blank space up to the next one; below the text the blank lines above them go instead."""
    last = max((i for i in range(len(found)) if i not in gone), default=-1)
    for i in sorted(gone):
        end = found[i + 1].start if i + 1 < len(found) else len(text.rstrip("\n"))
        yield Edit(RepairKind.BOILERPLATE, found[i].start, end)
    if 0 <= last < len(found) - 1:
        yield Edit(RepairKind.BOILERPLATE, found[last].end, found[last + 1].start)


def _marked(found: Sequence[Line]) -> set[int]:
    """Lines that say themselves what they are."""
    words = site_words()
    return {i for i, line in enumerate(found) if words.anywhere.fullmatch(line.body) or _is_collection_title(line.body)}


def _is_collection_title(body: str) -> bool:
    words = site_words()
    named = words.collection.fullmatch(body.strip("《》 ")) and not words.collection_not.search(body)
    return bool(named) and collection_heading(body) is None


def _related(found: Sequence[Line], gone: set[int]) -> set[int]:
    """Announcements of other pages and the titles below them."""
    result: set[int] = set()
    for i, line in enumerate(found):
        if len(line.body) > 60 or marker(line.body) or not site_words().related.fullmatch(line.body):
            continue
        listed = []
        for j in range(i + 1, min(len(found), i + 1 + _LONGEST_LIST)):
            if j not in gone and not _is_related_title(found[j].body):
                break
            listed.append(j)
        rest = range(i + 1, len(found))
        if all(_is_link(found[j].body) for j in rest):  # names of pages, whatever they are about
            listed = list(rest)
        if listed or i == len(found) - 1 or line.body.endswith((":", "：")):
            result |= {i, *listed}
    return result


def _is_link(body: str) -> bool:
    """Whether a line can be the name of another page; a book's stands in a list of books to read."""
    mark = marker(body)
    return len(body) <= _LONGEST_LINK and not re.search("[。；]|^《", body) and (mark is None or mark.style in _LISTS)


def _asides(found: Sequence[Line]) -> set[int]:
    """What follows an announcement of advice on writing, up to the next numbered text."""
    result: set[int] = set()
    for i, line in enumerate(found):
        if i and marker(line.body) is None and site_words().aside.fullmatch(line.body):
            texts = (j for j in range(i + 1, len(found)) if collection_heading(found[j].body))
            advice = range(i, next(texts, len(found)))
            own = any(site_words().own.search(found[j].body) for j in advice)  # a unit's text, no advice
            result |= {i} if own else set(advice)
    return result


def _is_related_title(body: str) -> bool:
    return bool(site_words().related_title.fullmatch(body)) and collection_heading(body) is None


def _edges(found: Sequence[Line], gone: set[int]) -> set[int]:
    """Lines of the page above the first and below the last line of the text."""
    words = site_words()
    head = head_length(found)
    result = {i for i in range(head) if words.head.fullmatch(found[i].body) or _is_site(found, i)}
    result |= {i for i in range(head) if may_be_facts(found[i].body) and {i - 1, i + 1} & (result | gone)}
    return result | set(range(_tail_start(found, gone, head), len(found)))


def _below_titles(found: Sequence[Line]) -> set[int]:
    """Facts of the page below the titles of a collection's texts."""
    named = (collection_heading, counted_title, is_title)
    titled = {i for i, line in enumerate(found, 1) if any(is_named(line.body) for is_named in named)}
    return {i for i in titled if i < len(found) and is_facts(found, i)}


def _tail_start(found: Sequence[Line], gone: set[int], head: int) -> int:
    """The first line of the page below the text; what stands below that, and is no text, is the page's too."""
    words = site_words()
    start, i = len(found), len(found) - 1
    while i >= head and start - i <= _FARTHEST:
        body = found[i].body
        near = i + 1 in gone or i + 1 == start < len(found) or i - 1 in gone
        page = words.tail.fullmatch(body) or _is_site(found, i)
        over = i in gone and (i + 1 == start or not _PAGE_NUMBER.search(body))  # text may go on below a page's number
        if over or page or (near and (words.beside.fullmatch(body) or body.isdigit())):
            start = i
        elif _is_text(found, i):
            break
        i -= 1
    headed = 0 < start < len(found) and start not in gone and heads(found[start - 1].body, stops=_STOPS)
    return len(found) if headed else start  # 三、经费来源, and below it 来源：工会经费


def _is_text(found: Sequence[Line], i: int) -> bool:
    """Whether a line is of the text or signs it: a point, a sentence, a row of a table."""
    body = found[i].body
    row = "|" in body and i > 0 and "|" in found[i - 1].body
    return row or marker(body) is not None or "。" in body or "；" in body or is_edge(body) or is_signature(body)


def _is_site(found: Sequence[Line], i: int) -> bool:
    return site_words().site.fullmatch(found[i].body) is not None or is_facts(found, i)


def _between(found: Sequence[Line], gone: set[int]) -> set[int]:
    """Names and numbers squeezed in between two dropped lines."""
    result = set()
    for i in range(1, len(found)):
        squeezed = i - 1 in gone and (i + 1 in gone or i + 1 == len(found))
        body = found[i].body
        if i not in gone and squeezed and len(body) <= _NAME and not re.search("[一-龥]{5}|[，。、；：！]", body):
            result.add(i)
    return result


def _page_numbers(found: Sequence[Line]) -> set[int]:
    """A number alone on a line in the middle of a sentence."""
    return {
        i
        for i, (above, line, below) in enumerate(zip(found, found[1:], found[2:], strict=False), 1)
        if re.fullmatch(r"\d{1,3}", line.body)
        and len(above.body) >= _LEAST_SENTENCE
        and re.search("[一-龥，、]$", above.body)
        and re.match("[一-龥，、]", below.body)
        and marker(below.body) is None
    }


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
    words = site_words()
    standing = [i for i in range(len(found)) if i not in gone]
    return {
        i
        for i in standing[:3] + standing[-2:]
        if words.definition.match(found[i].body)
        and len({m[0] for m in words.definition_cues.finditer(found[i].body)}) >= 2
        and not words.own.search(found[i].body)
    }
