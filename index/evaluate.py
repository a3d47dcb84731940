"""How good retrieval is on a file of judged queries: nDCG@10, recall@10 and MRR, by type of query.

A judgement is a verbatim quote of a file with a grade (2 answers, 1 helps). A hit earns the best grade of the quotes it
is the first to show, so large and small passages are treated alike. With `collapse`, the quotes of one near-duplicate
group count as one: right for a search that folds near-duplicates.
"""

import json
import math
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.datatypes import OrganisationType
from corpus.errors import BadRequest
from index.datatypes import Filter
from index.search import PassageIndex

K = 10  # ranks that count
SEEN = 1000  # letters, digits and characters of a hit that count


@dataclass(frozen=True, slots=True)
class Judgement:
    """A quote that answers, in a file; `group` names its near-duplicates."""

    file: str
    quote: str
    grade: int
    group: str


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query with all that answers it; `filter` is what the judges restricted it to."""

    id: str
    text: str
    type: str
    relevant: tuple[Judgement, ...]
    filter: Filter


@dataclass(frozen=True, slots=True)
class ShownHit:
    """What a run shows at a rank: the file and the text a reader sees."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over `queries` queries, each in [0, 1]."""

    queries: int
    ndcg: float
    recall: float
    group_recall: float
    mrr: float


Run = Callable[[JudgedQuery], Sequence[ShownHit]]


def read_queries(file: Path) -> tuple[JudgedQuery, ...]:
    """Judged queries, a JSON line each; raises BadRequest naming the line that is none."""
    queries = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            queries.append(_query(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise BadRequest(f"{file.name} 第 {number} 行不是一条评测查询（{error!r}）。格式见 README。") from error
    return tuple(queries)


def evaluate(queries: Iterable[JudgedQuery], run: Run, *, collapse: bool) -> dict[str, Scores]:
    """Scores by type of query, and over all under "ALL"."""
    rows: dict[str, list[tuple[float, float, float, float]]] = defaultdict(list)
    for query in queries:
        row = judge(run(query), query.relevant, collapse=collapse)
        rows[query.type].append(row)
        rows["ALL"].append(row)
    return {
        kind: Scores(len(found), *(sum(column) / len(found) for column in zip(*found, strict=True)))
        for kind, found in rows.items()
    }


def search_run(index: PassageIndex, *, filtered: bool = False, understand: bool = True, every: bool = False) -> Run:
    """What our search shows: heading path and passage of each hit. `filtered` applies the judges' filter, `every` lists
    each copy of a passage.
    """

    def run(query: JudgedQuery) -> list[ShownHit]:
        restriction = query.filter if filtered else Filter()
        result = index.search(query.text, filter=restriction, k=K, understand=understand, every=every)
        return [ShownHit(hit.passage.file, hit.passage.embedding_text) for hit in result.hits]

    return run


def judge(
    hits: Sequence[ShownHit], relevant: Sequence[Judgement], *, collapse: bool
) -> tuple[float, float, float, float]:
    """NDCG, recall, recall over near-duplicate groups and reciprocal rank of one answer list."""
    quotes = [fold(judgement.quote) for judgement in relevant]
    done: set[int] = set()
    gains: list[int] = []
    for hit in hits[:K]:
        text = fold(hit.text)[:SEEN]
        shown = [i for i, r in enumerate(relevant) if r.file == hit.file and quotes[i] in text]
        new = {i for i in shown if i not in done}
        if collapse:
            groups = {relevant[i].group for i in new}
            new |= {i for i, r in enumerate(relevant) if i not in done and r.group in groups}
        done |= new
        gains.append(max((relevant[i].grade for i in new), default=0))
    ideal = _ideal([gain for gain in gains if gain], relevant, done, collapse=collapse)
    groups, found = {r.group for r in relevant}, {relevant[i].group for i in done}
    return (
        _gain(gains) / _gain(ideal) if ideal else 0.0,
        min(1.0, len(done) / min(len(relevant), K)) if relevant else 0.0,
        min(1.0, len(found) / min(len(groups), K)) if groups else 0.0,
        next((1 / rank for rank, gain in enumerate(gains, start=1) if gain), 0.0),
    )


def fold(text: str) -> str:
    """Letters, digits and characters only; width does not matter."""
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isalnum())


def _ideal(earned: list[int], relevant: Sequence[Judgement], done: set[int], *, collapse: bool) -> list[int]:
    """Grades of the best possible list; quotes that one of our hits holds together count once there too."""
    missed: dict[str, int] = {}
    for i, judgement in enumerate(relevant):
        if i not in done:
            key = judgement.group if collapse else str(i)
            missed[key] = max(missed.get(key, 0), judgement.grade)
    return sorted([*earned, *missed.values()], reverse=True)[:K]


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def _query(row: Mapping[str, object]) -> JudgedQuery:
    relevant = row["relevant"]
    filters = row.get("filters") or {}
    if not isinstance(relevant, list) or not isinstance(filters, dict):
        raise TypeError("relevant must be a list, filters an object")
    judgements = tuple(
        Judgement(r["file"], r["quote"], int(r["grade"]), r.get("dup", str(i))) for i, r in enumerate(relevant)
    )
    organisation = filters.get("org_type")
    return JudgedQuery(
        id=str(row["id"]),
        text=str(row["query"]),
        type=str(row.get("type", "")),
        relevant=judgements,
        filter=Filter(organisations=frozenset({OrganisationType(organisation)} if organisation else ())),
    )
