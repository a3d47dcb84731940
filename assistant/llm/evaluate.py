"""How well written sentences are traced: precision and recall of `align` on a file of labelled sentences.

A line: {"id", "kind", "sentence", "sources": [text, …], "answer": [positions of the sources it stands on, from 0]}; an
empty answer is a sentence that stands on none of them. `kind` is rewrite, merge, shortened, unrelated or absent.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.llm.align import align
from corpus.errors import BadRequest
from index.embed import Embedder


@dataclass(frozen=True, slots=True)
class AlignmentCase:
    """One labelled sentence."""

    id: str
    kind: str
    sentence: str
    sources: tuple[str, ...]
    answer: frozenset[int]


@dataclass(frozen=True, slots=True)
class AlignmentScore:
    """`given`: alignments made; `right`: of these, to a source in the answer; `due`: sentences that have an answer."""

    sentences: int
    given: int
    right: int
    due: int

    @property
    def precision(self) -> float:
        """Share of the alignments made that are right; 1 where none was made."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """Share of the sentences with an answer that are aligned to it; 1 where there are none."""
        return self.right / self.due if self.due else 1.0


@dataclass(frozen=True, slots=True)
class AlignmentScores:
    """The whole file, its second half (which chose nothing), each kind, and the ids of the cases that went wrong."""

    whole: AlignmentScore
    held_out: AlignmentScore
    kinds: Mapping[str, AlignmentScore]
    wrong: tuple[tuple[str, str], ...]  # (id, what happened)


def read_alignment(path: Path) -> tuple[AlignmentCase, ...]:
    """The cases of a JSONL file. Raises BadRequest naming the line that is not one."""
    cases = []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest(f"打不开 {str(path)!r}：请给一个 UTF-8 的 JSONL 文件。") from error
    for number, line in enumerate(lines, start=1):
        try:
            row: dict[str, Any] = json.loads(line)
            answer = frozenset(int(each) for each in row["answer"])
            case = AlignmentCase(str(row["id"]), row["kind"], row["sentence"], tuple(row["sources"]), answer)
        except (ValueError, KeyError, TypeError) as error:
            raise BadRequest(
                f"{path.name} 第 {number} 行不对：每行要有 id、kind、sentence、sources、answer。"
            ) from error
        if not answer <= set(range(len(case.sources))):
            raise BadRequest(f"{path.name} 第 {number} 行的 answer 指向不存在的材料。")
        cases.append(case)
    return tuple(cases)


def evaluate_alignment(cases: Sequence[AlignmentCase], *, embedder: Embedder) -> AlignmentScores:
    """Align every sentence and compare with its answer."""
    found = [_aligned(case, embedder) for case in cases]
    pairs = list(zip(cases, found, strict=True))
    kinds = dict.fromkeys(case.kind for case in cases)
    return AlignmentScores(
        _score(pairs),
        _score(pairs[len(pairs) // 2 :]),
        {kind: _score([pair for pair in pairs if pair[0].kind == kind]) for kind in kinds},
        tuple((case.id, _told(case, source)) for case, source in pairs if not _fine(case, source)),
    )


def _aligned(case: AlignmentCase, embedder: Embedder) -> int | None:
    (found,) = align([case.sentence], case.sources, embedder=embedder)
    return found.source if found else None


def _fine(case: AlignmentCase, source: int | None) -> bool:
    return source in case.answer if case.answer else source is None


def _score(pairs: Sequence[tuple[AlignmentCase, int | None]]) -> AlignmentScore:
    given = sum(source is not None for _, source in pairs)
    right = sum(source in case.answer for case, source in pairs)
    return AlignmentScore(len(pairs), given, right, sum(bool(case.answer) for case, _ in pairs))


def _told(case: AlignmentCase, source: int | None) -> str:
    if source is None:
        return f"没有找到出处：{case.sentence}"
    return f"错认出处“{case.sources[source][:20]}…”：{case.sentence}"
