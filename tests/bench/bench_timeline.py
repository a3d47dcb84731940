"""How fast the timeline loads, judges a text and refreshes sentences.

    python tests/bench/bench_timeline.py

Prints p50 and p95 in milliseconds: loading the table, judging 5,000 characters of the sample documents, judging 5,000
characters that are nothing but references, refreshing every sentence of a document, a year's page.
"""

import re
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from assistant.timeline import Timeline

DOCUMENTS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
DENSE = (
    "以习近平新时代中国特色社会主义思想为指导，贯彻党的二十大和二十届历次全会精神，落实中国工会十八大部署，"
    "依据《中华人民共和国工会法》《中国工会章程》，做好“十五五”开局之年工作，做到“两个维护”。"
)


def measured(name: str, work: Callable[[], object], *, rounds: int) -> None:
    """Run `work` `rounds` times and print its p50 and p95."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    print(f"{name:<32}{median(times):8.1f} ms p50{quantiles(times, n=20)[18]:8.1f} ms p95")


def main() -> None:
    """Print a line per job."""
    start = time.perf_counter()
    timeline = Timeline.load()
    print(f"{'first load':<32}{(time.perf_counter() - start) * 1000:8.1f} ms")
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.glob("*.txt")))[:5000]
    dense = (DENSE * 60)[:5000]
    sentences = [part for part in re.split(r"(?<=[。！？])|\n", text) if part]
    measured("judge 5,000 characters", lambda: timeline.judged(text, year=2026), rounds=50)
    measured("judge 5,000 dense characters", lambda: timeline.judged(dense, year=2026), rounds=50)
    measured("correct 5,000 dense characters", lambda: timeline.corrections(dense, year=2012), rounds=20)
    measured(
        f"refresh {len(sentences)} sentences",
        lambda: [timeline.refresh(sentence, year=2026) for sentence in sentences],
        rounds=20,
    )
    measured("page of a year", lambda: timeline.page(2026), rounds=20)


if __name__ == "__main__":
    main()
