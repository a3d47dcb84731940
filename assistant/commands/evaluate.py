"""`gongbi eval …`: one function per part of 工笔 that can be measured on a file with known answers."""

import argparse
import dataclasses
import sys
from pathlib import Path

from assistant.commands.output import print_json, resources
from assistant.commands.parser import Parser
from assistant.config import SAMPLE_DOCUMENTS, Settings
from assistant.payload import (
    alignment_scores_payload,
    check_scores_payload,
    retrieval_scores_payload,
    understanding_scores_payload,
)


def add_options(verb: Parser) -> None:
    """Its options."""
    kinds = verb.add_subparsers(dest="what", required=True, metavar="项目", parser_class=Parser)
    labelled = kinds.add_parser("corpus", help="读懂文档的各项指标：切分、修复、标签、主题、实体、近似稿")
    labelled.add_argument("--gold", type=Path, required=True, metavar="DIR", help="含 segments.json 和 noise.json")
    labelled.add_argument("--documents", type=Path, metavar="DIR", help="文档所在文件夹，默认自带范文")
    labelled.add_argument("--json", action="store_true")
    cases = kinds.add_parser("check", help="体检各类的准确率和召回率")
    cases.add_argument("file", type=Path, metavar="FILE", help="用例 JSONL，如 tests/data/check_cases.jsonl")
    cases.add_argument("--json", action="store_true")
    traced = kinds.add_parser("alignment", help="模型写的句子找出处的准确率和召回率")
    traced.add_argument("file", type=Path, metavar="FILE", help="标注句子 JSONL，如 tests/data/alignment.jsonl")
    traced.add_argument("--json", action="store_true")
    heard = kinds.add_parser("understand", help="对话理解的逐槽准确率和全对率")
    heard.add_argument("file", type=Path, metavar="GOLD", help="对话 JSONL，如 tests/data/utterances.jsonl")
    heard.add_argument("--json", action="store_true")
    judged = kinds.add_parser("retrieval", help="检索的 nDCG@10、召回率和 MRR，与其他做法并列")
    judged.add_argument("file", type=Path, metavar="FILE", help="评测查询 JSONL：id、query、type、relevant")
    judged.add_argument("--every", action="store_true", help="近似稿逐份列出、逐份计分；默认折叠，同一句话只算一次")
    judged.add_argument("--filtered", action="store_true", help="工笔使用评测文件里的单位类型限制")
    judged.add_argument("--chain", action="store_true", help="加上 LangChain 常用的 FAISS + all-MiniLM-L6-v2（慢）")
    judged.add_argument("--json", action="store_true")


def _corpus(options: argparse.Namespace) -> int:
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


def _retrieval(options: argparse.Namespace) -> int:
    """nDCG, recall and MRR of our search beside the baselines, by query type."""
    from index.baselines import systems
    from index.evaluate import evaluate, read_queries

    queries, house = read_queries(options.file), resources()
    runs = systems(
        house.index,
        house.passages,
        house.embedder,
        filtered=options.filtered,
        chain=options.chain,
        every=options.every,
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


def _understand(options: argparse.Namespace) -> int:
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


def _alignment(options: argparse.Namespace) -> int:
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


def _check(options: argparse.Namespace) -> int:
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


def run(options: argparse.Namespace) -> int:
    """Print the figures of one part of 工笔 on a file with known answers."""
    match options.what:
        case "corpus":
            return _corpus(options)
        case "retrieval":
            return _retrieval(options)
        case "understand":
            return _understand(options)
        case "alignment":
            return _alignment(options)
        case _:
            return _check(options)
