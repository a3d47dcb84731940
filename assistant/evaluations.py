"""`gongbi eval …`: one function per part of 工笔 that can be measured on a file with known answers."""

import argparse
import dataclasses
import sys

from assistant.commands import print_json, progress_bar
from assistant.config import SAMPLE_DOCUMENTS, Settings
from assistant.payload import (
    alignment_scores_payload,
    check_scores_payload,
    retrieval_scores_payload,
    understanding_scores_payload,
)
from assistant.resources import open_resources


def eval_corpus(options: argparse.Namespace) -> int:
    """Every figure of reading: boundaries, repairs, labels, topics, entities, near-duplicates."""
    from corpus.evaluate import evaluate_corpus

    scores = evaluate_corpus(options.gold, options.documents or SAMPLE_DOCUMENTS)
    figures = dataclasses.asdict(scores)
    if options.json:
        print_json(figures)
        return 0
    for name, value in figures.items():
        if isinstance(value, dict) and set(value) == {"right", "count"}:
            share = value["right"] / value["count"] if value["count"] else 0.0
            print(f"{name:<22} {share:6.3f}  ({value['right']}/{value['count']})")
        elif isinstance(value, int | float):
            print(f"{name:<22} {value:6.3f}" if isinstance(value, float) else f"{name:<22} {value:6d}")
    for kind, rate in scores.repairs.items():
        print(f"    {kind:<20} {rate.share:6.3f}  ({rate.right}/{rate.count})")
    return 0


def eval_retrieval(options: argparse.Namespace) -> int:
    """nDCG, recall and MRR of our search beside the baselines, by query type."""
    from index.baselines import systems
    from index.evaluate import evaluate, read_queries

    queries, resources = (
        read_queries(options.file),
        open_resources(Settings.from_environment(), progress=progress_bar()),
    )
    runs = systems(
        resources.index, resources.passages, resources.embedder, filtered=options.filtered, chain=options.chain
    )
    scores = {name: evaluate(queries, run, collapse=not options.every) for name, run in runs.items()}
    if options.json:
        print_json(retrieval_scores_payload(scores))
        return 0
    for name, kinds in scores.items():
        print(f"{name}\n    {'类型':<14}{'查询':>6}{'nDCG@10':>10}{'召回@10':>10}{'组召回':>10}{'MRR':>8}")
        for kind, score in sorted(kinds.items()):
            print(
                f"    {kind:<16}{score.queries:>6}{score.ndcg:>12.4f}{score.recall:>12.4f}{score.group_recall:>12.4f}"
                f"{score.mrr:>10.4f}"
            )
    return 0


def eval_understand(options: argparse.Namespace) -> int:
    """Slots and whole conversations understood as a gold file says."""
    from assistant.understanding.evaluate import evaluate_understanding

    scores = evaluate_understanding(options.file)
    if options.json:
        print_json(understanding_scores_payload(scores))
        return 0
    print(f"{scores.turns} 段对话，全对 {scores.whole:.3f}，逐槽 {scores.slots:.3f}")
    for slot, share in scores.by_slot.items():
        print(f"    {slot:<12} {share:6.3f}")
    for miss in scores.misses:
        sys.stderr.write(f"{miss.id} {miss.slot}：应为 {miss.wanted!r}，读成 {miss.read!r}\n")
    return 0


def eval_alignment(options: argparse.Namespace) -> int:
    """Precision and recall of tracing written sentences to passages, whole, held out and by kind."""
    from assistant.llm.evaluate import evaluate_alignment, read_alignment
    from index.embed import load_embedder

    embedder = load_embedder(Settings.from_environment().embedder)
    scores = evaluate_alignment(read_alignment(options.file), embedder=embedder)
    if options.json:
        print_json(alignment_scores_payload(scores))
        return 0
    for name, score in (("全部", scores.whole), ("后一半（未用于定阈值）", scores.held_out), *scores.kinds.items()):
        traced = f"准确率 {score.precision:.3f}，召回率 {score.recall:.3f}" if score.due else f"误认 {score.given} 句"
        print(f"{name}：{score.sentences} 句，{traced}")
    for case, what in scores.wrong:
        sys.stderr.write(f"{case}：{what}\n")
    return 0


def eval_check(options: argparse.Namespace) -> int:
    """Precision and recall of each kind of finding on planted errors."""
    from assistant.checking.evaluate import evaluate_check, read_cases
    from assistant.timeline import Timeline

    scores = evaluate_check(read_cases(options.file), timeline=Timeline.load())
    if options.json:
        print_json(check_scores_payload(scores))
        return 0
    clean = f"{scores.clean_cases} 个没有问题，每 3000 字误报必改 {scores.false_musts_per_3000:.2f} 处"
    print(f"{scores.cases} 个用例，{clean}")
    print("类别                    准确率  召回率  报出  应报  改法")
    for kind, score in scores.kinds.items():
        fixes = f"{score.right_replacements}/{score.replacements}"
        print(
            f"{kind:<22}  {score.precision:6.3f}  {score.recall:6.3f}  {score.findings:4d}  {score.faults:4d}  {fixes}"
        )
    for case, what in scores.wrong:
        sys.stderr.write(f"{case}：{what}\n")
    return 0
