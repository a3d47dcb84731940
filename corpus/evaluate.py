"""Figures of the corpus on a folder of labels: boundaries, repairs, labels, topics, entities, near-duplicates.

The folder holds `segments.json` and `noise.json` (their formats: the README beside them). Matching is lenient on width,
punctuation, blanks and masks, see `corpus.folding`.
"""

import json
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.datatypes import Entity, OrganisationType, Plan, Reading, Topic
from corpus.duplicates import near_duplicates, shared_texts
from corpus.entities import find_entities
from corpus.errors import BadRequest
from corpus.folding import Folded, fold
from corpus.load import load
from corpus.read import read
from corpus.repair_rates import Rate, rate, repair_rates
from corpus.topics import label_section_topics

_EDGE = 40  # folded characters at either end of a plan in which a boundary quote must lie
_NEAR, _SHARED = 0.5, 0.4  # containment of near-duplicate plans and of shared clauses
_CLAUSE = re.compile(r"[^，,。；;：:\n]{12,}")  # long enough to be more than a set phrase

_TOPICS = frozenset(map(str, Topic))

Label = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CorpusScores:
    """Every figure; see the field names. F1 and rates are in [0, 1]."""

    documents: int
    segments: Rate  # plans found with both boundaries
    boundary_f1: float
    required_repairs: Rate
    optional_repairs: Rate
    repairs: Mapping[str, Rate]  # by noise type
    organisation: Rate
    is_union: Rate
    kind: Rate
    period: Rate
    year: Rate  # where the labels give one
    era: Rate  # ranges that overlap the labelled one
    topics_precision: float
    topics_recall: float
    topics_f1: float
    hard_entities: Rate
    contextual_entities: Rate
    duplicate_groups: Rate
    shared_paragraphs: Rate
    seconds: float  # CPU


def evaluate_corpus(gold: Path, documents: Path) -> CorpusScores:
    """Read the labelled files of `documents` and compare with `gold`. Raises BadRequest where a file is missing."""
    labels, noise = _json(gold / "segments.json"), _json(gold / "noise.json")
    started = time.process_time()
    readings = _readings(labels["segments"], documents)
    seconds = time.process_time() - started
    found = _match(labels["segments"], readings)
    texts = {label["id"]: readings[label["file"]].text for label in labels["segments"]}
    pairs = [(label, found[label["id"]]) for label in labels["segments"] if label["id"] in found]
    whole, boundary_f1 = _boundaries(labels["segments"], found, readings)
    repairs = repair_rates(noise["instances"], {name: reading.text for name, reading in readings.items()})
    precision, recall, f1 = _topics(pairs)
    return CorpusScores(
        documents=len(readings),
        segments=whole,
        boundary_f1=boundary_f1,
        required_repairs=repairs.pop("REQUIRED"),
        optional_repairs=repairs.pop("OPTIONAL"),
        repairs=repairs,
        organisation=rate(plan.labels.organisation == label["org_type"] for label, plan in pairs),
        is_union=rate(plan.labels.is_union == _is_union(label) for label, plan in pairs),
        kind=rate(plan.labels.kind == label["kind"] for label, plan in pairs),
        period=rate(plan.labels.period == label["period"] for label, plan in pairs),
        year=rate(plan.labels.year == label["year"] for label, plan in pairs if label.get("year")),
        era=rate(_overlap(plan.labels.era, label["era"]["year_range"]) for label, plan in pairs),
        topics_precision=precision,
        topics_recall=recall,
        topics_f1=f1,
        hard_entities=_facts(noise["foreign_facts"], found, texts, severity="hard"),
        contextual_entities=_facts(noise["foreign_facts"], found, texts, severity="contextual"),
        duplicate_groups=_groups(labels["near_duplicate_groups"], found),
        shared_paragraphs=_links(labels["shared_paragraphs"], found),
        seconds=seconds,
    )


def labelled_plans(gold: Path, documents: Path) -> Iterator[tuple[Label, Plan]]:
    """Yield every labelled segment and our plan for it: what a model is fitted on."""
    labels = _json(gold / "segments.json")["segments"]
    readings = _readings(labels, documents)
    for segment, plan in _match(labels, readings).items():
        yield next(label for label in labels if label["id"] == segment), plan


def labelled_sections(gold: Path, documents: Path) -> Iterator[tuple[str, str, str | None, Sequence[str]]]:
    """Yield (file, text, heading, topics) of every labelled section, cut from our plans."""
    for label, plan in labelled_plans(gold, documents):
        for section, body in _sections(label["sections"], plan.text):
            topics = [topic for topic in section["topics"] if topic in _TOPICS]
            if topics:
                yield label["file"], body, section["heading"], topics


def _json(path: Path) -> Label:
    if not path.is_file():
        raise BadRequest(
            f"标注文件夹里没有 {path.name!r}（{path.parent}），请指明含 segments.json 和 noise.json 的文件夹"
        )
    loaded: Label = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def _readings(labels: Sequence[Label], documents: Path) -> dict[str, Reading]:
    return {name: _reading(documents / name) for name in sorted({label["file"] for label in labels})}


def _reading(path: Path) -> Reading:
    if not path.is_file():
        raise BadRequest(
            f"文档文件夹里没有标注所说的 {path.name!r}（{path.parent}），请用 --documents 指明原文所在的文件夹"
        )
    return read(load(path))


def _is_union(label: Label) -> bool:
    stated = label.get("is_union")
    return bool(label["org_type"] != OrganisationType.PEOPLES_CONGRESS if stated is None else stated)


def _overlap(ours: tuple[int, int] | None, theirs: Sequence[int]) -> bool:
    return ours is not None and ours[0] <= theirs[1] and theirs[0] <= ours[1]


def _at_start(label: Label, plan: Plan) -> bool:
    return fold(label["first20"]).text[-6:] in fold(plan.text[: 4 * _EDGE]).text[:_EDGE]


def _at_end(label: Label, plan: Plan) -> bool:
    return fold(label["last20"]).text[:6] in fold(plan.text[-4 * _EDGE :]).text[-_EDGE:]


def _match(labels: Sequence[Label], readings: Mapping[str, Reading]) -> dict[str, Plan]:
    """Segment id -> the plan that starts where the segment starts; every plan is used once."""
    found: dict[str, Plan] = {}
    used: set[str] = set()
    for label in labels:
        for plan in readings[label["file"]].plans:
            if plan.id not in used and _at_start(label, plan):
                found[label["id"]] = plan
                used.add(plan.id)
                break
    return found


def _boundaries(
    labels: Sequence[Label], found: Mapping[str, Plan], readings: Mapping[str, Reading]
) -> tuple[Rate, float]:
    """Segments with both boundaries right, and F1 over all boundaries."""
    ends = [label["id"] in found and _at_end(label, found[label["id"]]) for label in labels]
    right = len(found) + sum(ends)
    predicted = sum(2 * len(reading.plans) for reading in readings.values())
    return rate(ends), 2 * right / (predicted + 2 * len(labels))


def _topics(pairs: Sequence[tuple[Label, Plan]]) -> tuple[float, float, float]:
    """Micro precision, recall and F1 over labelled sections, cut from our plans at the labelled places."""
    right = ours = theirs = 0
    for label, plan in pairs:
        for section, body in _sections(label["sections"], plan.text):
            wanted = _TOPICS & set(section["topics"])
            if wanted:
                headings = [section["heading"]] if section["heading"] else []
                given = {str(topic) for topic in label_section_topics(body, headings=headings)}
                right, ours, theirs = right + len(given & wanted), ours + len(given), theirs + len(wanted)
    precision, recall = right / max(1, ours), right / max(1, theirs)
    return precision, recall, 2 * right / max(1, ours + theirs)


def _sections(sections: Sequence[Label], text: str) -> Iterable[tuple[Label, str]]:
    """Labelled sections with their text: from the start quote to the next section's heading or start."""
    folded, starts, position = fold(text), [], 0
    for section in sections:
        at = folded.find(fold(section["start"]), start=position) or (position, position)
        starts.append(at[0])
        position = at[0] + 1
    for i, section in enumerate(sections):
        stop = starts[i + 1] if i + 1 < len(sections) else len(folded.text)
        heading = sections[i + 1]["heading"] if i + 1 < len(sections) else None
        if heading:
            stop = max(starts[i] + 1, stop - len(fold(heading).text))
        yield section, text[folded.spans[starts[i]][0] : folded.spans[min(stop, len(folded.spans)) - 1][1]]


def _facts(facts: Sequence[Label], found: Mapping[str, Plan], texts: Mapping[str, str], *, severity: str) -> Rate:
    """Share of the facts of one unit that an entity covers wherever they stand: in their plan, or, for those in a title
    or signature, in the rest of the repaired document (`texts`, by segment). What the repair took away is not counted.
    """
    by_plan: dict[str, list[Label]] = defaultdict(list)
    for fact in facts:
        if fact["severity"] == severity and fact["segment"] in found:
            by_plan[fact["segment"]].append(fact)
    results: list[bool] = []
    for segment, wanted in by_plan.items():
        plan = found[segment]
        missing = [fold(fact["quote"]) for fact in wanted]
        for text in (plan.text, texts[segment]):
            folded = fold(text)
            here = [quote for quote in missing if folded.find(quote) is not None]
            missing = [quote for quote in missing if quote not in here]
            entities = find_entities(text, organisation=plan.labels.organisation) if here else ()
            results += [_covered(folded, quote, entities) for quote in here]
    return rate(results)


def _covered(text: Folded, quote: Folded, entities: Sequence[Entity]) -> bool:
    """Whether at the quote an entity stands that shares half of the shorter of the two."""
    at = text.find(quote)
    while at is not None:
        start, end = text.spans[at[0]][0], text.spans[at[1]][1]
        for entity in entities:
            shared = min(end, entity.end) - max(start, entity.start)
            if shared > 0 and 2 * shared >= min(entity.end - entity.start, end - start):
                return True
        at = text.find(quote, start=at[0] + 1)
    return False


def _groups(groups: Sequence[Label], found: Mapping[str, Plan]) -> Rate:
    """Labelled groups that are one of ours, with the same most complete member where one is labelled."""
    ours = near_duplicates({segment: plan.text for segment, plan in found.items()}, threshold=_NEAR)
    return rate(
        any(set(group["members"]) == set(mine.members) and group["superset"] in (None, mine.best) for mine in ours)
        for group in groups
    )


def _links(links: Sequence[Label], found: Mapping[str, Plan]) -> Rate:
    """Labelled shared paragraphs of which a clause of one plan is found in the other."""
    clauses = {
        f"{segment}:{clause.start()}": clause[0]
        for segment, plan in found.items()
        for clause in _CLAUSE.finditer(plan.text)
    }
    pairs = shared_texts(clauses, threshold=_SHARED)
    shared = {(pair.first.partition(":")[0], pair.second.partition(":")[0]) for pair in pairs}
    return rate((link["a"], link["b"]) in shared or (link["b"], link["a"]) in shared for link in links)
