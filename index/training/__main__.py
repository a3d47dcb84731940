"""`python -m index.training --data DIR`: make the built-in model anew. `… overlap FILE`: compare wording, counts only.

python -m index.training --data ../shared/training           # everything; 2 cores, minutes
python -m index.training --data DIR --all --output FOLDER    # train on the held-out queries as well
python -m index.training --data DIR --without queries --words index/model --output FOLDER   # what does a source give?
python -m index.training overlap QUERIES.jsonl [--remove]    # does the authored data repeat an evaluation file?
"""

import argparse
import dataclasses
import json
import sys
import time
from pathlib import Path

from index.embed import BUILT_IN, load_embedder
from index.training.check import CheckScores, check
from index.training.domain import DATA, load_domain
from index.training.library import duplicate_keys
from index.training.overlap import asked_texts, authored_texts, find_overlap, without
from index.training.recipe import Repeats, make_tokenizer, own_sources, read_passages, thinned

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"


def report(message: str) -> None:
    """A line on stderr."""
    sys.stderr.write(message + "\n")


def make_model(arguments: argparse.Namespace) -> None:
    """Read, train, save, check; the model folder and its training.json are written last."""
    from index.training.fit import Recipe, train
    from index.training.pairs import read_public_pairs
    from index.training.storing import load_model, save_model

    began = time.monotonic()
    recipe, repeats = Recipe(seed=arguments.seed, threads=arguments.threads), Repeats()
    domain, passages = load_domain(), read_passages(arguments.library)
    left_out = tuple(arguments.without)
    public = [source for source in thinned(read_public_pairs(arguments.data)) if not source.name.startswith(left_out)]
    own = own_sources(domain, passages, repeats=repeats, seed=arguments.seed, held_out=not arguments.all)
    own = tuple(source for source in own if not source.name.startswith(left_out))
    if arguments.words:
        _, tokenizer = load_model(arguments.words)
    else:
        tokenizer = make_tokenizer(public, own, domain, report=report)

    def progress(step: int, steps: int, loss: float) -> None:
        if step % 50 == 0 or step == steps:
            report(f"step {step} of {steps}, loss {loss:.3f}, {time.monotonic() - began:.0f} s")

    table = train((*public, *own), tokenizer, recipe=recipe, wrappings=domain.wrappings, progress=progress)
    save_model(arguments.output, table=table, tokenizer=tokenizer)
    scores = check(
        load_embedder(str(arguments.output)), domain=domain, passages=passages, keys=duplicate_keys(passages)
    )
    record = {
        "recipe": dataclasses.asdict(recipe),
        "repeats": dataclasses.asdict(repeats),
        "held_out": not arguments.all,
        "pairs": {source.name: len(source.pairs) for source in (*public, *own)},
        "check": readable(scores),
    }
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    (arguments.output / "training.json").write_text(text, encoding="utf-8")
    report(f"{arguments.output}: {time.monotonic() - began:.0f} s\n" + json.dumps(record["check"], indent=1))


def readable(scores: CheckScores) -> dict[str, dict[str, float]]:
    """nDCG@10 by split and kind, three places."""
    splits = dict.fromkeys(split for split, _ in scores.ndcg)
    return {
        split: {kind: round(value, 3) for (s, kind), value in scores.ndcg.items() if s == split} for split in splits
    }


def compare_wording(arguments: argparse.Namespace) -> None:
    """Counts of shared texts and runs for each kind of authored text; with --remove the queries that share any go."""
    theirs, found = asked_texts(arguments.file), {}
    for kind, ours in authored_texts(load_domain()).items():
        overlap = find_overlap(ours, theirs)
        found[kind] = {"ours": len(ours), "same": len(overlap.same), "runs": len(overlap.runs)}
        if arguments.remove and kind == "queries":
            changed = without(DATA, {ours[i] for i in (*overlap.same, *overlap.runs)})
            report(f"{changed} records lost a query")
    sys.stdout.write(json.dumps(found) + "\n")


def main() -> None:
    """The command line."""
    if sys.argv[1:2] == ["overlap"]:
        parser = argparse.ArgumentParser(prog="python -m index.training overlap")
        parser.add_argument("file", type=Path)
        parser.add_argument("--remove", action="store_true")
        compare_wording(parser.parse_args(sys.argv[2:]))
        return
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public pairs (*.tsv.gz)")
    parser.add_argument("--library", type=Path, default=DOCUMENTS, help="folder of documents to learn from")
    parser.add_argument("--output", type=Path, default=BUILT_IN, help="model folder to write")
    parser.add_argument(
        "--without", nargs="+", default=[], help="sources to leave out, by the beginning of their names"
    )
    parser.add_argument("--words", type=Path, help="model folder whose vocabulary is used instead of counting words")
    parser.add_argument("--all", action="store_true", help="train on the held-out queries too")
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--threads", type=int, default=1)
    make_model(parser.parse_args())


if __name__ == "__main__":
    main()
