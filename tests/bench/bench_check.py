"""How long a check takes: a plan of 5,000 characters against 100,000 passages, 查重 included.

Run from the repository root: python tests/bench/bench_check.py [passages] [rounds].
"""

import random
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

from assistant.checking import CheckRequest, Samples, check, overlap
from assistant.datatypes import PlanRequest
from assistant.drafting import draft_plan
from assistant.export.text import plain_text
from assistant.timeline import Timeline
from corpus.datatypes import OrganisationType, Passage
from corpus.load import load
from corpus.read import read
from corpus.words import sentence_spans

DOCUMENTS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
CHARACTERS = 5000


def sample_passages() -> tuple[Passage, ...]:
    return tuple(p for path in sorted(DOCUMENTS.glob("*.txt")) for p in read(load(path)).passages)


def many_passages(seeds: tuple[Passage, ...], count: int) -> tuple[Passage, ...]:
    """`count` passages of the samples' length: their sentences mixed, a character in nine exchanged."""
    chance = random.Random(7)
    sentences = [p.text[a:b] for p in seeds for a, b in sentence_spans(p.text)]
    letters = "".join(sorted({c for s in sentences for c in s}))
    made = list(seeds)
    while len(made) < count:
        text = "".join(chance.choices(sentences, k=3))
        text = "".join(chance.choice(letters) if chance.random() < 0.11 else c for c in text)
        one = seeds[len(made) % len(seeds)]
        made.append(replace(one, id=f"{one.id}#{len(made)}", plan_id=f"plan-{len(made) // 20}", text=text, entities=()))
    return tuple(made)


def long_plan(passages: tuple[Passage, ...], timeline: Timeline) -> str:
    """A draft with more items of other drafts put in until it is long enough."""
    asked = [PlanRequest(OrganisationType.HOSPITAL, "青川县人民医院", 2026, seed=seed) for seed in range(3)]
    texts = [plain_text(draft_plan(request, passages=passages, timeline=timeline)) for request in asked]
    return "\n".join(texts)[:CHARACTERS]


def main() -> None:
    count, rounds = map(int, (sys.argv[1:3] + ["100000", "30"][len(sys.argv[1:3]) :]))
    timeline, seeds = Timeline.load(), sample_passages()
    text = long_plan(seeds, timeline)
    passages = many_passages(seeds, count)
    begun = time.perf_counter()
    samples = Samples.build(passages)
    built = time.perf_counter() - begun
    request = CheckRequest(2026, organisation=OrganisationType.HOSPITAL, name="青川县人民医院")
    begun = time.perf_counter()
    findings = check(text, request=request, timeline=timeline, samples=samples)
    first = time.perf_counter() - begun
    size = (samples.index.hashes.nbytes + samples.index.owners.nbytes) / 2**20
    print(f"{len(passages)} passages, {len(text)} characters, {len(findings)} findings")
    print(
        f"index built in {built:.1f} s, {len(samples.index.hashes)} postings, {size:.0f} MiB; first check {first:.2f} s"
    )
    for name, work in (
        ("check", lambda: check(text, request=request, timeline=timeline, samples=samples)),
        ("overlap alone", lambda: overlap(text, samples=samples)),
    ):
        times = []
        for _ in range(rounds):
            begun = time.perf_counter()
            work()
            times.append(1000 * (time.perf_counter() - begun))
        times.sort()
        print(f"{name}: p50 {times[len(times) // 2]:.0f} ms, p95 {times[int(0.95 * len(times))]:.0f} ms")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10:.0f} MiB")


if __name__ == "__main__":
    main()
