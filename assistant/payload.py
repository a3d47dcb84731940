"""The JSON shapes of DESIGN §10: one function per result type, plain dicts out."""

from collections.abc import Mapping
from typing import Any

from assistant.checking.evaluate import CheckScores
from assistant.datatypes import Comparison, Draft, Finding, Provenance
from assistant.llm.evaluate import AlignmentScores
from assistant.rolling.datatypes import Rollover
from assistant.understanding.datatypes import Understanding
from assistant.understanding.evaluate import UnderstandingScores, prediction
from corpus.datatypes import Plan, Reading
from corpus.records import to_record
from index.datatypes import Hit, SearchResult, Understood
from index.evaluate import Scores

Payload = dict[str, Any]


def plan_payload(plan: Plan) -> Payload:
    """One plan of a document; offsets of sections, entities and slots are in `text`."""
    labels = plan.labels
    return {
        "id": plan.id,
        "title": plan.title,
        "text": plan.text,
        "start": plan.start,
        "end": plan.end,
        "organisation": labels.organisation,
        "unit": labels.unit,
        "period": labels.period,
        "kind": labels.kind,
        "year": labels.year,
        "era": list(labels.era) if labels.era else None,
        "evidence": list(labels.evidence),
        "is_union": labels.is_union,
        "confidence": {
            "organisation": round(labels.organisation_confidence, 3),
            "period": round(labels.period_confidence, 3),
            "kind": round(labels.kind_confidence, 3),
        },
        "sections": [
            {"heading": s.heading, "level": s.level, "start": s.start, "end": s.end, "topics": list(s.topics)}
            for s in plan.sections
        ],
        "entities": [
            {"start": e.start, "end": e.end, "text": e.text, "type": e.kind, "hard": e.hard} for e in plan.entities
        ],
        "slots": [{"start": s.start, "end": s.end, "kind": s.kind} for s in plan.slots],
    }


def reading_payload(reading: Reading) -> Payload:
    """A document as read; repairs carry offsets in the decoded original, plans in `text`."""
    return {
        "file": reading.document.name,
        "plans": [plan_payload(plan) for plan in reading.plans],
        "repairs": [
            {"kind": r.kind, "start": r.start, "end": r.end, "before": r.before, "after": r.after}
            for r in reading.repairs
        ],
        "text": reading.text,
    }


def hit_payload(hit: Hit) -> Payload:
    """One search hit; `text` is the passage alone."""
    passage = hit.passage
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "passage_id": passage.id,
        "file": passage.file,
        "plan_id": passage.plan_id,
        "organisation": passage.organisation,
        "topics": list(passage.topics),
        "headings": list(passage.headings),
        "text": passage.text,
        "matched": list(hit.matched),
        "also_in": [{"passage_id": p.id, "file": p.file, "plan_id": p.plan_id} for p in hit.also_in],
    }


def understood_payload(understood: Understood) -> Payload:
    """What a query said besides its words."""
    return {
        "text": understood.text,
        "organisations": list(understood.organisations),
        "topics": list(understood.topics),
        "months": list(understood.months),
        "period": understood.period,
        "phrases": list(understood.phrases),
        "corrected": [list(pair) for pair in understood.corrected],
    }


def search_payload(result: SearchResult) -> Payload:
    """A whole search."""
    return {
        "hits": [hit_payload(hit) for hit in result.hits],
        "abstained": result.abstained,
        "understood": understood_payload(result.understood),
    }


def batch_search_payload(result: SearchResult) -> Payload:
    """One line of a batch run; here `text` shows the heading path and the passage, and near-duplicates follow their
    hit as places, so that a scorer sees each file an answer stands in.
    """
    return {
        "hits": [{**hit_payload(hit), "text": hit.passage.embedding_text} for hit in result.hits],
        "abstained": result.abstained,
    }


def comparison_payload(comparison: Comparison) -> Payload:
    """One topic across organisation types."""
    return {
        "topic": comparison.topic,
        "columns": [
            {
                "organisation": column.organisation,
                "nothing": column.nothing,
                "hits": [hit_payload(hit) for hit in column.hits],
                "only_here": list(column.only_here),
            }
            for column in comparison.columns
        ],
        "common": list(comparison.common),
    }


def provenance_payload(provenance: Provenance) -> Payload:
    """Where a sentence comes from; edit offsets are relative to the borrowed span."""
    return {
        "kind": provenance.kind,
        "source": provenance.source,
        "start": provenance.start,
        "end": provenance.end,
        "edits": [
            {"start": e.start, "end": e.end, "before": e.before, "after": e.after, "why": e.why}
            for e in provenance.edits
        ],
        "score": provenance.score,
    }


def draft_payload(draft: Draft, *, text: str, markdown: str, findings: tuple[Finding, ...]) -> Payload:
    """A whole draft with its renderings and what a check of it found."""
    return {
        "title": draft.title,
        "text": text,
        "markdown": markdown,
        "sections": [
            {
                "heading": section.heading,
                "topic": section.topic,
                "support": section.support,
                "paragraphs": [
                    {
                        "text": paragraph.text,
                        "month": paragraph.month,
                        "sentences": [
                            {"text": s.text, "provenance": provenance_payload(s.provenance)}
                            for s in paragraph.sentences
                        ],
                    }
                    for paragraph in section.paragraphs
                ],
            }
            for section in draft.sections
        ],
        "findings": [finding_payload(finding) for finding in findings],
        "declined": None,
    }


def declined_payload(reason: str) -> Payload:
    """A request that 工笔 will not draft, with the reason in Chinese."""
    return {"text": "", "markdown": "", "sections": [], "findings": [], "declined": reason}


def finding_payload(finding: Finding) -> Payload:
    """One finding of a check."""
    return {
        "kind": finding.kind,
        "severity": finding.severity,
        "start": finding.start,
        "end": finding.end,
        "text": finding.text,
        "message": finding.message,
        "replacement": finding.replacement,
    }


def alignment_scores_payload(scores: AlignmentScores) -> Payload:
    """Precision and recall of tracing written sentences, whole, held out and by kind."""
    named = {"whole": scores.whole, "held_out": scores.held_out, **scores.kinds}
    return {
        **{
            name: {
                "sentences": score.sentences,
                "precision": round(score.precision, 4),
                "recall": round(score.recall, 4),
                "given": score.given,
                "due": score.due,
            }
            for name, score in named.items()
        },
        "wrong": [{"id": case, "what": what} for case, what in scores.wrong],
    }


def check_scores_payload(scores: CheckScores) -> Payload:
    """Precision and recall of the checks by kind."""
    return {
        "cases": scores.cases,
        "clean_cases": scores.clean_cases,
        "false_musts_per_3000": round(scores.false_musts_per_3000, 4),
        "kinds": {
            kind: {
                "precision": round(score.precision, 4),
                "recall": round(score.recall, 4),
                "findings": score.findings,
                "faults": score.faults,
                "replacements": score.replacements,
                "right_replacements": score.right_replacements,
            }
            for kind, score in scores.kinds.items()
        },
        "wrong": [{"id": case, "what": what} for case, what in scores.wrong],
    }


def understanding_payload(said: Understanding) -> Payload:
    """What a conversation means, and what the user is asked and told."""
    return {
        **prediction(said),
        "emphasis": list(said.emphasis),
        "length": said.length,
        "warnings": [str(caution) for caution in said.warnings],
        "ask": said.ask,
        "choices": list(said.choices),
        "defaults": list(said.defaults),
        "reply": said.reply,
    }


def understanding_scores_payload(scores: UnderstandingScores) -> Payload:
    """Shares of slots and of whole conversations read right."""
    return {
        "conversations": scores.turns,
        "whole": round(scores.whole, 4),
        "slots": round(scores.slots, 4),
        "by_slot": {slot: round(share, 4) for slot, share in scores.by_slot.items()},
        "misses": [{"id": m.id, "slot": m.slot, "wanted": m.wanted, "read": m.read} for m in scores.misses],
    }


def retrieval_scores_payload(scores: Mapping[str, Mapping[str, Scores]]) -> Payload:
    """Measures of retrieval by system and type of query."""
    return {
        name: {
            kind: {
                "queries": s.queries,
                "ndcg": s.ndcg,
                "recall": s.recall,
                "group_recall": s.group_recall,
                "mrr": s.mrr,
            }
            for kind, s in kinds.items()
        }
        for name, kinds in scores.items()
    }


def rollover_payload(rolled: Rollover) -> Payload:
    """Last year's plan made this year's; spans lie in `text_before`, `after_start` in `text_after`."""
    return {
        "file": rolled.file,
        "from_year": rolled.from_year,
        "year": rolled.draft.request.year,
        "text_before": rolled.text_before,
        "text_after": rolled.text_after,
        "changes": [to_record(change) for change in rolled.changes],
        "notes": [to_record(note) for note in rolled.notes],
        "gaps": [
            {
                "topic": gap.topic,
                "heading": gap.heading,
                "support": gap.support,
                "reason": gap.reason,
                "items": [
                    {
                        "text": item.text,
                        "sentences": [
                            {"text": s.text, "provenance": provenance_payload(s.provenance)} for s in item.sentences
                        ],
                    }
                    for item in gap.items
                ],
            }
            for gap in rolled.gaps
        ],
    }
