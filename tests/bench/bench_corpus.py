"""Documents a second from file to library, at growing numbers of documents.

    python tests/bench/bench_corpus.py            10, 100 and 1,000 documents
    python tests/bench/bench_corpus.py --all      10,000 too

The documents are the real ones recombined: each is two to eight plans, each plan an opening, sections and closing drawn
from different samples, so that no two documents are alike. First line: the five sample documents themselves, with
near-duplicates found among their plans and passages.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import TypeVar

from corpus.datatypes import Reading
from corpus.duplicates import near_duplicates
from corpus.ingest import FileOutcome, ingest
from corpus.library import Library
from corpus.load import load
from corpus.read import read

DOCUMENTS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
ORDINALS = "一二三四五六七八"
T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float, float]:
    """What `work` returns, with its wall and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - wall, time.process_time() - cpu


def read_samples() -> tuple[Reading, ...]:
    """The five documents, read and searched for near-duplicates."""
    readings = tuple(read(load(path)) for path in sorted(DOCUMENTS.glob("*.txt")))
    plans = {plan.id: plan.text for reading in readings for plan in reading.plans}
    passages = {passage.id: passage.text for reading in readings for passage in reading.passages}
    near_duplicates(plans, threshold=0.5)
    near_duplicates(passages, threshold=0.7)
    return readings


def recombined(readings: tuple[Reading, ...], count: int, folder: Path) -> Iterator[Path]:
    """`count` new documents of real sections, written to `folder`."""
    plans = [plan for reading in readings for plan in reading.plans if len(plan.sections) > 2]
    chance = random.Random(2026)
    for number in range(count):
        texts = []
        for ordinal in ORDINALS[: chance.randint(2, 8)]:
            shape = chance.choice(plans)
            parts = [
                plan.text[section.start : section.end] if section.heading is None else section.heading + "\n" + body
                for plan in chance.choices(plans, k=min(8, len(shape.sections)))
                for section in [chance.choice(plan.sections)]
                for body in [plan.text[section.start : section.end]]
            ]
            texts.append(f"工会工作计划篇{ordinal}\n\n" + "\n\n".join(parts))
        path = folder / f"{number:05d}.txt"
        path.write_text(f"最新工会工作计划{number}\n\n" + "\n\n".join(texts) + "\n", encoding="utf-8")
        yield path


def measure(readings: tuple[Reading, ...], count: int) -> str:
    """A line of the table."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        paths = list(recombined(readings, count, folder))
        characters = sum(len(path.read_text(encoding="utf-8")) for path in paths)
        library = Library.open(folder / "library.db")
        each: list[float] = []

        def run() -> None:
            before = time.perf_counter()
            for state in ingest(library, paths, collection="范文"):
                assert state.outcome is FileOutcome.ADDED, state.message
                each.append(1000 * (time.perf_counter() - before))
                before = time.perf_counter()

        _, wall, cpu = timed(run)
        again = timed(lambda: list(ingest(library, paths, collection="范文")))[1]
        passages, loading, _ = timed(library.passages)
        covering = timed(library.coverage)[1]
        size = sum(file.stat().st_size for file in folder.glob("library.db*")) / 1e6
        library.close()
    return (
        f"{count:>9,} {characters / count:>9,.0f} {len(passages):>9,} {wall:>9.1f} {cpu:>8.1f} {count / wall:>7.1f}"
        f" {count / cpu:>9,.1f} {median(each):>7.1f} {quantiles(each, n=20)[-1]:>7.1f} {again:>8.2f}"
        f" {loading:>9.2f} {covering:>9.3f} {size:>7.1f}"
    )


HEADER = (
    "documents  char/doc  passages    wall s    CPU s   doc/s  doc/CPUs p50 ms  p95 ms  again s  load all  coverage"
    "      MB"
)


def main(sizes: tuple[int, ...]) -> None:
    """Print the table."""
    read_samples()  # dictionaries and rules load once
    readings, wall, cpu = timed(read_samples)
    print(f"the five sample documents, with near-duplicates: {wall:.2f} s, {cpu:.2f} s of CPU\n\n{HEADER}")
    for size in sizes:
        print(measure(readings, size), flush=True)


def test_corpus_throughput() -> None:
    main((10, 100, 1_000))


if __name__ == "__main__":
    main((10, 100, 1_000, 10_000) if "--all" in sys.argv else (10, 100, 1_000))
