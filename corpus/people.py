"""People: a surname and characters that given names are made of, where the words around it speak of a person."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Any

from corpus.cues import load_yaml
from corpus.places import is_ordinary
from corpus.words import LEXICON, dictionary_share

_OFTEN = 2.0  # score of a character that is often given
_WHOLE = 2.0  # what a given name that is known as one (建国) adds
_DOUBT = 1.5  # what a surname that is also an everyday word must score above others
_BEHIND = 8  # characters before a name in which the word for its bearer is looked for
_MARK = re.compile(r"(?:^|[^\u4e00-\u9fffA-Za-z\d〕])$")
_STOPS = re.compile(r"\s*(?:$|[，。；、：！？）)（(\s”》】—])")
_GOES_ON = re.compile(r"[和与及等的在到为从于向对]")
_NO_END = frozenset("为副任在是等和同与及")
_COLUMN = re.compile(
    r"[|\t]\s*(?:负责人|责任人|姓名|联系人|牵头人|主持人|经办人|带队人?|值班人员?|具体负责)\s*(?:[|\t]|$)", re.M
)
_CELL = re.compile(r"(?:[|\t、]|^)[ \u3000]*(?P<name>[\u4e00-\u9fff]{2,4})(?=[ \u3000]*(?:[|\t、]|$))", re.M)
_ENTRY = re.compile(r"[^、]+")
_NEXT = re.compile(r"\s*[、和与及]\s*|\s+")
# Least sum of given-name scores (log2) for a name, by how well what stands before and after it speaks of a person.
_ENOUGH = {
    ("person", "called"): (-0.5, 0.5),  # two characters of a given name, one
    ("person", "person"): (-0.5, 0.5),
    ("person", "stop"): (1.0, 2.0),
    ("person", "word"): (1.0, 2.0),
    ("person", "open"): (3.0, inf),
    ("mark", "called"): (0.5, 1.5),
    ("mark", "person"): (1.0, 2.0),
    ("mark", "stop"): (7.0, inf),
    ("mark", "word"): (6.0, inf),
    ("word", "stop"): (6.0, inf),
    ("word", "called"): (0.5, 2.0),
    ("word", "person"): (1.0, 2.5),
    ("open", "called"): (0.5, 2.5),
    ("open", "person"): (5.0, inf),
}


def find_people(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of names, in no particular order; they may overlap or be given twice."""
    data = _data()
    found = {
        *_names(text, data),
        *_listed(text, data),
        *_celled(text, data),
        *_titled(text, data),
        *_nicknamed(text, data),
    }
    yield from found
    for name in {text[start:end] for start, end in found if end - start > 2}:
        yield from ((match.start(), match.end()) for match in re.finditer(re.escape(name), text))


def _names(text: str, data: "_Data") -> Iterator[tuple[int, int]]:
    position = 0
    while surname := data.surname.search(text, position):
        end = _name_end(text, surname.start(), surname.end(), data)
        if end is None:
            position = surname.start() + 1
            continue
        yield surname.start(), end
        position = end
        while (joint := _NEXT.match(text, position)) and (following := data.surname.match(text, joint.end())):
            end = _listed_end(text, following.start(), following.end(), data)
            if end is None:
                break
            yield following.start(), end
            position = end


def _listed(text: str, data: "_Data") -> Iterator[tuple[int, int]]:
    """Names side by side: 张伟、王芳、李娜. Every entry must be one, and the list stand by itself."""
    for match in data.row.finditer(text):
        spans = [entry.span() for entry in _ENTRY.finditer(text, match.start(), match.end())]
        scores = [_best_end(text, start, end, data) for start, end in spans]
        if all(end for end, _ in scores) and sum(score for _, score in scores) >= 0.5 * len(scores):
            yield from ((start, end) for (start, _), (end, _) in zip(spans, scores, strict=True) if end)


def _celled(text: str, data: "_Data") -> Iterator[tuple[int, int]]:
    """Names that fill a cell of a table, or an entry of one, where the table has a column for people."""
    if not _COLUMN.search(text):
        return
    for match in _CELL.finditer(text):
        start, end = match.span("name")
        surname = data.surname.match(text, start, end)
        if surname and _score(text, start, surname.end(), end, data, listed=True) > -inf:
            yield start, end


def _best_end(text: str, start: int, end: int, data: "_Data") -> tuple[int, float]:
    """Where the name ends that is `text[start:end]`, or its head where other words follow; (0, -inf) for none."""
    surname = data.surname.match(text, start)
    if surname is None:
        return 0, -inf
    cut = end - start > 2 and (text[end - 1] in _NO_END or _after(text, end, data) == "open")
    ends = [end, end - 1] if cut else [end]
    found = [(at, _score(text, start, surname.end(), at, data, listed=True)) for at in ends if at > surname.end()]
    best = max(found, key=lambda one: one[1], default=(0, -inf))
    return best if best[1] > -inf else (0, -inf)


def _name_end(text: str, start: int, given: int, data: "_Data") -> int | None:
    """End of the name that starts with the surname `text[start:given]`, or None."""
    before = _before(text, start, data)
    for end in (given + 2, given + 1):
        score = _score(text, start, given, end, data)
        if score == -inf:
            continue
        enough = _ENOUGH.get((before, _after(text, end, data)), (inf, inf))[end - given == 1]
        doubt = 0.0 if text[start] in data.plain else _DOUBT
        if score >= enough + doubt:
            return end
    return None


def _listed_end(text: str, start: int, given: int, data: "_Data") -> int | None:
    """End of a name that follows another one in a list."""
    for end in (given + 2, given + 1):
        if _after(text, end, data) != "open" and _score(text, start, given, end, data) >= 0:
            return end
    return None


def _before(text: str, start: int, data: "_Data") -> str:
    head = text[max(0, start - _BEHIND) : start]
    if data.bearer.search(head):
        return "person"
    if _MARK.search(head):
        return "mark"
    return "word" if _GOES_ON.match(head[-1:]) or is_ordinary(head[-2:]) else "open"


def _after(text: str, end: int, data: "_Data") -> str:
    if data.called.match(text, end):
        return "called"
    if data.deed.match(text, end):
        return "person"
    if _STOPS.match(text, end):
        return "stop"
    return "word" if _GOES_ON.match(text, end) or is_ordinary(text[end : end + 2]) else "open"


def _score(text: str, start: int, given: int, end: int, data: "_Data", *, listed: bool = False) -> float:
    """How much `text[start:end]` looks like a name (log2 odds); -inf where it is a word or no given name."""
    name = text[start:end]
    if len(name) < end - start or name.startswith((*data.no_persons, *data.national)):
        return -inf
    if text.startswith(data.national, max(0, start - 1)):  # 张|桂梅
        return -inf
    if len(name) > 2 and name[-1] in _NO_END:  # 选举张伟|为主席
        return -inf
    if is_ordinary(name[:2]) or is_ordinary(text[end - 1 : end + 1]):
        return -inf
    inside = start > 0 and is_ordinary(text[start - 1 : start + 1])  # 儿童|维权, 队伍|建设
    if inside and name[0] not in data.plain:
        return -inf
    if len(name) > 2 and is_ordinary(name[-2:]) and name[-2:] not in data.given_words:
        return -inf
    if len(name) == 2 and not listed and dictionary_share(name) > 1e-6:
        return -inf
    whole = _WHOLE if text[given:end] in data.given_words and not inside else 0.0
    return whole + sum(data.given.get(character, -inf) for character in text[given:end])


def _titled(text: str, data: "_Data") -> Iterator[tuple[int, int]]:
    """A surname with a title: 李经理, 廖副大队长. The whole is the name."""
    for match in data.titled.finditer(text):
        before = _before(text, match.start(), data)
        if before == "mark" or before != "open" and match[0].lstrip("老小")[0] in data.plain:
            yield match.span()


def _nicknamed(text: str, data: "_Data") -> Iterator[tuple[int, int]]:
    """老胡, 小宋: behind a department or a role."""
    for match in data.nicknamed.finditer(text):
        word = dictionary_share(match[0]) > 1e-6 and match[0] not in data.nicknames
        if match[0] in data.not_nicknames or word:
            continue
        goes_on = is_ordinary(text[match.end() - 1 : match.end() + 1])  # 小|常识
        if _before(text, match.start(), data) == "person" and not goes_on:
            yield match.span()


@dataclass(frozen=True, slots=True)
class _Data:
    surname: re.Pattern[str]
    given: dict[str, float]
    given_words: frozenset[str]
    row: re.Pattern[str]
    bearer: re.Pattern[str]
    called: re.Pattern[str]
    deed: re.Pattern[str]
    plain: frozenset[str]  # surnames that are no everyday words
    titled: re.Pattern[str]
    nicknamed: re.Pattern[str]
    nicknames: frozenset[str]
    not_nicknames: frozenset[str]
    no_persons: tuple[str, ...]
    national: tuple[str, ...]


@cache
def _data() -> _Data:
    data: dict[str, Any] = load_yaml("people.yaml")
    given = _given() | dict.fromkeys(data["often_given"], _OFTEN)
    surnames = f"(?:{'|'.join(data['two_character_surnames'].split())}|[{data['surnames']}])"
    one = f"{surnames}[{''.join(given)}]{{1,2}}"
    lone = set(data["surnames"]) - set(data["never_before_titles"])
    return _Data(
        surname=re.compile(f"{surnames}(?=[{''.join(given)}])"),
        given=given,
        given_words=frozenset(data["given_words"].split()),
        row=re.compile(f"(?:(?<![\u4e00-\u9fff、])|(?<=[由对把给让请选荐奖彰慰问望访]))(?:{one}、)+{one}"),
        bearer=re.compile(
            f"(?:(?:{data['roles']})(?:[（(]|{data['after_role']})|(?:{data['departments']}){data['after_role']}"
            f"|(?:{data['verbs']}))$"
        ),
        called=re.compile(data["called"]),
        deed=re.compile(f"(?:{data['deeds']}|{data['kept']})"),
        plain=frozenset(lone - set(data["seldom_before_titles"])),
        titled=re.compile(f"[{data['nicknamed']}]?[{''.join(sorted(lone))}]{data['titles']}"),
        nicknamed=re.compile(f"[{data['nicknamed']}][{data['surnames']}]"),
        nicknames=frozenset(data["nicknames"].split()),
        not_nicknames=frozenset(data["not_nicknames"].split()),
        no_persons=tuple(data["no_persons"].split()),
        national=tuple(data["national"].split()),
    )


def _given() -> dict[str, float]:
    """Character -> log2 of how much likelier it is in a given name than in text at large."""
    lines = (LEXICON / "given_names.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {character: float(score) for score, characters in rows for character in characters}
