"""Speed, size and memory of a whole search against the size of the library, beside what others would use.

    python tests/bench/bench_search.py                            # 1,000 to 100,000 passages
    python tests/bench/bench_search.py --sizes 1000 10000 100000 1000000

Passages are recombined from the sentences of the sample documents and of our own written ones; queries are the authored
training queries. Every size runs in a process of its own, so that memory and cold start are its own. Prints a table,
writes results.json and two plots to tests/bench/results/.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from corpus.datatypes import OrganisationType, Passage  # noqa: E402
from corpus.load import load  # noqa: E402
from corpus.read import read  # noqa: E402
from corpus.words import sentence_spans  # noqa: E402
from index.datatypes import Filter  # noqa: E402
from index.embed import BUILT_IN, load_embedder  # noqa: E402
from index.evaluate import JudgedQuery  # noqa: E402
from index.fit import DOCUMENTS, written_passage  # noqa: E402
from index.training.domain import load_domain  # noqa: E402

RESULTS = Path(__file__).with_name("results")
QUERIES = 200
ROUNDS = 5
BASELINES = {"bm25s": 100_000, "rank_bm25": 10_000, "chain": 1_000}  # the largest size each can bear
SCHOOLS = Filter(organisations=frozenset({OrganisationType.SCHOOL}))
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Recombined:
    """A library of `size` passages made of two to four sentences drawn from real ones; the same for the same size."""

    size: int
    revision: int = 1

    def passages(self) -> Iterator[Passage]:
        """One after the other: a million need not fit into memory."""
        real = [passage for file in sorted(DOCUMENTS.glob("*.txt")) for passage in read(load(file)).passages]
        real += [written_passage(written) for written in load_domain().passages]
        sentences = [p.text[start:end] for p in real for start, end in sentence_spans(p.text)]
        draw = random.Random(self.size)
        for number in range(self.size):
            text = "".join(draw.sample(sentences, draw.randint(2, 4)))
            plan = f"plan{number:07d}-1"
            yield replace(
                draw.choice(real),
                id=f"{plan}:0",
                plan_id=plan,
                file=f"{number}.txt",
                text=text,
                end=len(text),
                entities=(),
                slots=(),
            )

    def passage_ids(self) -> Iterator[str]:
        """The ids of all passages."""
        return (f"plan{number:07d}-1:0" for number in range(self.size))


def queries() -> list[str]:
    """Authored queries of every kind, the same each time."""
    every = [query.text for query in load_domain().queries]
    return random.Random(0).sample(every, QUERIES)


def latency(ask: Callable[[str], object], asked: list[str]) -> dict[str, float]:
    """Median and 95th percentile in milliseconds after a warm-up, and the median over the fastest of `ROUNDS` asks of
    each query, which says more on a machine that is busy with other things.
    """
    for query in asked[:10]:
        ask(query)
    wall = np.zeros((ROUNDS, len(asked)))
    for seconds in wall:
        for place, query in enumerate(asked):
            start = time.perf_counter()
            ask(query)
            seconds[place] = time.perf_counter() - start
    found = {"p50": np.median(wall), "p95": np.quantile(wall, 0.95), "best": np.median(wall.min(axis=0))}
    return {name: round(float(seconds) * 1e3, 3) for name, seconds in found.items()}


def megabytes() -> float:
    """Resident memory of this process now (where the system tells), else its peak."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return round(int(line.split()[1]) / 1024, 1)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def build(size: int, folder: Path) -> Row:
    """Index a library of this size; throughput of the embedder alone and of the whole build."""
    from index.generation import rebuild

    embedder = load_embedder(str(BUILT_IN))
    sample = [passage.embedding_text for passage in Recombined(min(size, 5_000)).passages()]
    start = time.perf_counter()
    embedder.encode_documents(sample)
    embedded = len(sample) / (time.perf_counter() - start)
    start, worked = time.perf_counter(), time.process_time()
    rebuild(folder, Recombined(size), embedder)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    files = {path.name: path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    return {
        "embedded per s": round(embedded),
        "indexed per s": round(size / seconds),
        "indexed per cpu s": round(size / worked),
        "build s": round(seconds, 1),
        "build peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "disk MB": round(sum(files.values()) / 1e6, 1),
        "vectors MB": round(files["dense.faiss"] / 1e6, 1),
    }


def search(size: int, folder: Path) -> Row:
    """Open the index, ask the first query, then many; with and without a filter."""
    started = time.perf_counter()
    from index.generation import open_index

    index = open_index(folder, Recombined(size), load_embedder(str(BUILT_IN)))
    opened = time.perf_counter() - started
    asked = queries()
    index.search(asked[0])
    first = time.perf_counter() - started
    whole, filtered = latency(index.search, asked), latency(lambda q: index.search(q, filter=SCHOOLS), asked)
    plain = latency(lambda q: index.search(q, understand=False), asked)
    return {
        "p50 ms": whole["p50"],
        "p95 ms": whole["p95"],
        "best p50 ms": whole["best"],
        "filtered p50 ms": filtered["p50"],
        "filtered p95 ms": filtered["p95"],
        "plain p50 ms": plain["p50"],
        "open s": round(opened, 2),
        "first answer s": round(first, 2),
        "memory MB": megabytes(),
    }


def baseline(name: str, size: int) -> Row:
    """Throughput and latency of another system over the same passages and queries."""
    from index import baselines

    passages = list(Recombined(size).passages())
    before, start, worked = megabytes(), time.perf_counter(), time.process_time()
    run = {"bm25s": baselines.bm25_run, "rank_bm25": rank_bm25_run, "chain": baselines.chain_run}[name](passages)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    asked = queries()[: 300 if name == "bm25s" else 30]
    speed = latency(lambda text: run(JudgedQuery("", text, "", (), Filter())), asked)
    return {
        "indexed per s": round(size / seconds, 1),
        "indexed per cpu s": round(size / worked, 1),
        "p50 ms": speed["p50"],
        "p95 ms": speed["p95"],
        "best p50 ms": speed["best"],
        "memory MB": round(megabytes() - before, 1),
    }


def rank_bm25_run(passages: list[Passage]) -> Callable[[JudgedQuery], object]:
    """The plain Python BM25."""
    from rank_bm25 import BM25Okapi

    from index.baselines import plain_words

    okapi = BM25Okapi([plain_words(passage.embedding_text) for passage in passages])
    return lambda query: np.argsort(-okapi.get_scores(plain_words(query.text)))[:10]


def in_process(part: str, size: int, folder: Path) -> Row:
    """Run one part in a process of its own."""
    command = [sys.executable, __file__, "--part", part, "--sizes", str(size), "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    row: Row = json.loads(done.stdout.splitlines()[-1])
    return row


def one_part(part: str, size: int, folder: Path) -> Row:
    """What the process of `in_process` does."""
    if part == "build":
        return build(size, folder)
    return search(size, folder) if part == "search" else baseline(part, size)


def measure(sizes: list[int]) -> dict[str, dict[int, Row]]:
    """Every system at every size it can bear."""
    found: dict[str, dict[int, Row]] = {"工笔": {}, **{name: {} for name in BASELINES}}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            row = in_process("build", size, Path(folder))
            found["工笔"][size] = {**row, **in_process("search", size, Path(folder))}
        print(f"工笔 {size:,}: {found['工笔'][size]}", flush=True)
        for name, largest in BASELINES.items():
            if size <= largest:
                found[name][size] = in_process(name, size, Path())
                print(f"{name} {size:,}: {found[name][size]}", flush=True)
    return found


def plot(found: dict[str, dict[int, Row]]) -> None:
    """Latency and indexing throughput against size, both axes logarithmic."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    for column, title in (("p50 ms", "whole search, p50 (ms)"), ("indexed per s", "passages indexed per second")):
        figure, axes = pyplot.subplots(figsize=(6, 4))
        for name, rows in found.items():
            if rows:
                label = "gongbi" if name == "工笔" else name
                axes.plot(list(rows), [row[column] for row in rows.values()], marker="o", label=label)
        axes.set(xscale="log", yscale="log", xlabel="passages", title=title)
        axes.grid(visible=True, which="both", alpha=0.3)
        axes.legend()
        figure.tight_layout()
        figure.savefig(RESULTS / f"search_{column.split()[0]}.png", dpi=120)


def main() -> None:
    """Measure, print, save."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--part", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        print(json.dumps(one_part(options.part, options.sizes[0], options.folder)))
        return
    RESULTS.mkdir(exist_ok=True)
    found = measure(options.sizes)
    about = {"cpus": os.cpu_count(), "load": os.getloadavg() if hasattr(os, "getloadavg") else None}
    text = json.dumps({"machine": about, "systems": found}, ensure_ascii=False, indent=1)
    (RESULTS / "search.json").write_text(text + "\n", encoding="utf-8")
    plot(found)
    table(found)


def table(found: dict[str, dict[int, Row]]) -> None:
    """The comparable columns of every system, a line for each size."""
    columns = ("indexed per s", "indexed per cpu s", "p50 ms", "p95 ms", "best p50 ms", "memory MB")
    print(f"\n{'system':<12}{'passages':>10}" + "".join(f"{column:>19}" for column in columns))
    for name, rows in found.items():
        for size, row in rows.items():
            print(f"{name:<12}{size:>10,}" + "".join(f"{row[column]:>19,}" for column in columns))


if __name__ == "__main__":
    main()
