"""How fast a plan is drafted, and whether any draft of the whole grid carries what it must not.

    python tests/bench/bench_drafting.py          # p50 and p95 of whole drafts, by length
    python tests/bench/bench_drafting.py --grid   # all types x years 2012-2027 x periods x three seeds, minutes

The grid prints the number of drafts and every problem found (none is the promise).
"""

import sys
import time
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from test_no_leaks import NAMES, PERIODS, YEARS, problems

from assistant.datatypes import Length, PlanRequest
from assistant.drafting import draft_plan
from assistant.timeline import Timeline
from corpus.datatypes import Passage
from corpus.load import load
from corpus.read import read

DOCUMENTS = Path(__file__).resolve().parents[2] / "corpus" / "documents"


def measure(passages: tuple[Passage, ...], timeline: Timeline) -> None:
    """Print first draft, then p50 and p95 per length."""
    for length in Length:
        times = []
        for year in (2014, 2020, 2026):
            for organisation, name in NAMES.items():
                for seed in range(3):
                    request = PlanRequest(organisation, name, year, length=length, seed=seed)
                    start = time.perf_counter()
                    draft_plan(request, passages=passages, timeline=timeline)
                    times.append((time.perf_counter() - start) * 1000)
        p95 = quantiles(times, n=20)[18]
        print(f"{length}: first {times[0]:.0f} ms, p50 {median(times):.0f} ms, p95 {p95:.0f} ms, {len(times)} drafts")


def grid(passages: tuple[Passage, ...], timeline: Timeline) -> None:
    """Draw the whole grid and print what is wrong."""
    by_id = {passage.id: passage for passage in passages}
    lengths = tuple(Length)
    drawn, wrong = 0, 0
    for organisation, name in NAMES.items():
        for place, year in enumerate(YEARS):
            for turn, period in enumerate(PERIODS):
                for seed in range(3):
                    length = lengths[(place + turn // 3 + seed) % len(lengths)]
                    request = PlanRequest(organisation, name, year, period, seed=seed, length=length)
                    draft = draft_plan(request, passages=passages, timeline=timeline)
                    for problem in problems(draft, timeline=timeline, passages=by_id):
                        print(organisation, year, period, seed, problem)
                        wrong += 1
                    drawn += 1
    print(f"{drawn} drafts, {wrong} problems")


def main() -> None:
    """Measure, or draw the grid."""
    timeline = Timeline.load()
    passages = tuple(passage for path in sorted(DOCUMENTS.glob("*.txt")) for passage in read(load(path)).passages)
    if "--grid" in sys.argv:
        grid(passages, timeline)
    else:
        measure(passages, timeline)


if __name__ == "__main__":
    main()
