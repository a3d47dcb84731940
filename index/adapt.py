"""The built-in model taught a library's own wording; kept only when it is no worse for it.

Nothing is labelled: headings lead to their items, clauses to the rest of their passage, near-duplicates to each other.
The authored data that ships with the product is learnt along, so that nothing is forgotten. Minutes on a CPU.
"""

import hashlib
import json
import math
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.datatypes import Passage
from corpus.errors import BadRequest
from index.embed import BUILT_IN, Embedder, load_embedder
from index.training.check import check
from index.training.domain import load_domain
from index.training.library import clauses, duplicate_keys, library_sources, plain_heading
from index.training.recipe import Repeats, own_sources

FEWEST = 20  # passages: fewer teach nothing
WORSE = 0.005  # nDCG@10 that the built-in check may lose: less than its queries can tell apart
HELD_OUT = 10  # one passage in so many measures what was gained and is not learnt from
RATE = 0.02  # Adam's peak rate: a fifth of what the table was first fitted with
EPOCHS = 4.0
K = 10


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What came of it. Scores are nDCG@10 in [0, 1]: `check_*` of authored queries on the sample documents, `own_*`
    of clauses of the library's held-out passages, each asked for the rest of its passage.

    `folder` holds the model to use from now on: the new one when `kept`, else the one there was.
    """

    folder: Path
    kept: bool
    check_before: float
    check_after: float
    own_before: float
    own_after: float


def adapt(
    passages: Sequence[Passage],
    *,
    samples: Sequence[Passage],
    output: Path,
    base: Path = BUILT_IN,
    seed: int = 13,
    threads: int = 1,
    progress: Callable[[int, int], None],
) -> Adaptation:
    """Teach the model in `base` the wording of `passages` and put it into the folder `output`, if it is no worse.

    `samples` are the passages of the sample documents, to which the authored queries belong; those among `passages`
    are nothing new. `progress` hears of (step, steps). Raises BadRequest when there is too little to learn from;
    `output` is then left as it was.
    """
    known = {passage.text for passage in samples}
    own = [passage for passage in passages if passage.text not in known]
    if len(own) < FEWEST:
        raise BadRequest(f"除自带范文外只有 {len(own)} 段，至少要 {FEWEST} 段才能校准模型。请先导入本单位的文档。")
    fresh = output.with_name(output.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    _train(own, samples, base=base, output=fresh, seed=seed, threads=threads, progress=progress)
    scores = [_scores(load_embedder(str(folder)), own, samples) for folder in (base, fresh)]
    (check_before, own_before), (check_after, own_after) = scores
    kept = check_after >= check_before - WORSE and own_after >= own_before
    return Adaptation(_settle(fresh, output, base, kept), kept, check_before, check_after, own_before, own_after)


def _train(
    own: Sequence[Passage],
    samples: Sequence[Passage],
    *,
    base: Path,
    output: Path,
    seed: int,
    threads: int,
    progress: Callable[[int, int], None],
) -> None:
    """Go on from the table in `base` with the library's pairs and the authored ones; save to `output`."""
    from index.training.fit import Recipe, train
    from index.training.storing import load_model, save_model

    domain, keys = load_domain(), duplicate_keys(own)
    learnt = [passage for passage in own if not _held_out(keys[passage.id])]
    sources = (
        *library_sources(learnt, keys=keys, seed=seed, repeat=Repeats().library),
        *own_sources(domain, samples, repeats=Repeats(), seed=seed, held_out=True),
    )
    table, tokenizer = load_model(base)
    recipe = Recipe(seed=seed, dimension=table.shape[1], rate=RATE, epochs=EPOCHS, threads=threads)
    table = train(
        sources,
        tokenizer,
        recipe=recipe,
        wrappings=domain.wrappings,
        start=table,
        progress=lambda step, steps, loss: progress(step, steps),
    )
    save_model(output, table=table, tokenizer=tokenizer)


def _held_out(key: str) -> bool:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % HELD_OUT == 0


def _scores(embedder: Embedder, own: Sequence[Passage], samples: Sequence[Passage]) -> tuple[float, float]:
    authored = check(embedder, domain=load_domain(), passages=samples, keys=duplicate_keys(samples))
    return authored.overall, own_score(embedder, own)


def own_score(embedder: Embedder, passages: Sequence[Passage]) -> float:
    """nDCG@10 of finding the rest of a held-out passage by one of its clauses, among all passages."""
    keys = duplicate_keys(passages)
    asked: list[tuple[str, str]] = []
    texts = []
    for passage in passages:
        parts = clauses(passage.text)
        if _held_out(keys[passage.id]) and len(parts) > 1:
            longest = max(parts, key=len)
            asked.append((longest, keys[passage.id]))
            rest = "".join(part for part in parts if part != longest)
            texts.append(" ".join(map(plain_heading, passage.headings)) + "\n" + rest)
        else:
            texts.append(passage.embedding_text)
    if not asked:
        return 0.0
    scores = embedder.encode_queries([text for text, _ in asked]) @ embedder.encode_documents(texts).T
    gains = []
    for (_, key), row in zip(asked, np.argsort(-scores, axis=1, kind="stable"), strict=True):
        first = list(dict.fromkeys(keys[passages[i].id] for i in row))[:K]
        gains.append(1 / math.log2(first.index(key) + 2) if key in first else 0.0)
    return sum(gains) / len(gains)


def _settle(fresh: Path, output: Path, base: Path, kept: bool) -> Path:
    """Put the fresh folder in place in one rename, or throw it away."""
    if not kept:
        shutil.rmtree(fresh)
        return base
    (fresh / "adapted.json").write_text(json.dumps({"from": base.name}) + "\n", encoding="utf-8")
    old = output.with_name(output.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if output.exists():
        output.replace(old)
    fresh.replace(output)
    shutil.rmtree(old, ignore_errors=True)
    return output
