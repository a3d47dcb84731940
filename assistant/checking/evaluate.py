"""Precision and recall of the checks, kind by kind, on a file of texts with known faults."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.checking.request import CheckRequest
from assistant.checking.run import check
from assistant.checking.samples import NO_SAMPLES, Samples
from assistant.datatypes import Finding, FindingKind, Severity
from assistant.timeline import Timeline
from corpus.chunk import bare_passage
from corpus.datatypes import OrganisationType, Passage, Period
from corpus.errors import BadRequest


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault known to stand in `text[start:end]`; `replacement` is given where one right answer exists."""

    kind: FindingKind
    start: int
    end: int
    replacement: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A text, what it is checked for, and every fault it has; none for a clean one."""

    id: str
    text: str
    request: CheckRequest
    samples: Samples
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class KindScore:
    """Counts over all cases: findings, right ones among them; faults, found ones; replacements given, right ones."""

    findings: int
    right: int
    faults: int
    found: int
    replacements: int
    right_replacements: int

    @property
    def precision(self) -> float:
        """Share of findings that name a fault, in [0, 1]; 1 where there is none."""
        return self.right / self.findings if self.findings else 1.0

    @property
    def recall(self) -> float:
        """Share of faults that are found, in [0, 1]; 1 where there is none."""
        return self.found / self.faults if self.faults else 1.0


@dataclass(frozen=True, slots=True)
class CheckScores:
    """Figures of a case file. `wrong` lists what to look into: (case id, what)."""

    cases: int
    clean_cases: int
    kinds: Mapping[FindingKind, KindScore]
    clean_characters: int
    false_musts: int  # 必改 findings on clean cases
    wrong: tuple[tuple[str, str], ...]

    @property
    def false_musts_per_3000(self) -> float:
        """False 必改 on clean texts, per 3,000 characters."""
        return 3000 * self.false_musts / self.clean_characters if self.clean_characters else 0.0


def read_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a JSONL file. Raises BadRequest naming the line that is none."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest(f"读不了 {path.name}：请给一个 UTF-8 的 JSONL 文件。") from error
    return tuple(_cases(path.name, lines))


def evaluate_check(cases: Sequence[Case], *, timeline: Timeline) -> CheckScores:
    """Check every case and count what is right."""
    tallies = {kind: [0] * 6 for kind in FindingKind}
    wrong: list[tuple[str, str]] = []
    characters = false_musts = 0
    for case in cases:
        findings = check(case.text, request=case.request, timeline=timeline, samples=case.samples)
        _tally(case, findings, tallies, wrong)
        if not case.faults:
            characters += len(case.text)
            false_musts += sum(finding.severity is Severity.MUST for finding in findings)
    return CheckScores(
        len(cases),
        sum(not case.faults for case in cases),
        {kind: KindScore(*counts) for kind, counts in tallies.items()},
        characters,
        false_musts,
        tuple(wrong),
    )


def _tally(
    case: Case, findings: Iterable[Finding], tallies: dict[FindingKind, list[int]], wrong: list[tuple[str, str]]
) -> None:
    missed = list(case.faults)
    for finding in findings:
        counts = tallies[finding.kind]
        counts[0] += 1
        hit = next((fault for fault in case.faults if _names(finding, fault)), None)
        if hit is None:
            wrong.append((case.id, f"误报 {finding.kind} {finding.text!r}：{finding.message}"))
            continue
        counts[1] += 1
        missed = [fault for fault in missed if not _names(finding, fault)]
        if hit.replacement is not None:
            counts[4] += 1
            counts[5] += finding.replacement == hit.replacement
            if finding.replacement != hit.replacement:
                wrong.append((case.id, f"改法 {finding.replacement!r}，应为 {hit.replacement!r}"))
    for fault in case.faults:
        counts = tallies[fault.kind]
        counts[2] += 1
        counts[3] += fault not in missed
    wrong += [(case.id, f"漏报 {fault.kind} {case.text[fault.start : fault.end]!r}") for fault in missed]


def _names(finding: Finding, fault: Fault) -> bool:
    return finding.kind is fault.kind and finding.start < fault.end and fault.start < finding.end


def _cases(name: str, lines: Iterable[str]) -> Iterator[Case]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _case(json.loads(line))
        except (KeyError, TypeError, ValueError) as error:
            raise BadRequest(
                f"{name} 第 {number} 行不是体检用例（{error}）：要有 id、text、year 和 expected。"
            ) from error


def _case(row: dict[str, Any]) -> Case:
    request = CheckRequest(
        year=int(row["year"]),
        drafted=date.fromisoformat(row["drafted"]) if row.get("drafted") else None,
        organisation=OrganisationType(row["organisation"]) if row.get("organisation") else None,
        period=Period(row["period"]) if row.get("period") else None,
        name=row.get("name"),
        last_plan=row.get("last_plan"),
    )
    faults = tuple(
        Fault(FindingKind(each["kind"]), int(each["start"]), int(each["end"]), each.get("replacement"))
        for each in row["expected"]
    )
    texts = row.get("samples", ())
    samples = Samples.build([_passage(text, i) for i, text in enumerate(texts)]) if texts else NO_SAMPLES
    return Case(str(row["id"]), row["text"], request, samples, faults)


def _passage(text: str, number: int) -> Passage:
    """A bare passage to compare with."""
    return replace(
        bare_passage(text, plan_id=f"sample-{number}", file="范文.txt"),
        title="工会工作计划",
        period=Period.YEAR,
        is_union=True,
        collection="范文",
    )
