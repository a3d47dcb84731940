"""`gongbi adapt`: the built-in model taught the library's own wording."""

import argparse
import dataclasses

from assistant.commands.output import print_json, progress_bar
from assistant.commands.parser import Parser
from assistant.config import SAMPLE_DOCUMENTS, Settings
from assistant.resources import open_library, open_resources


def add_options(verb: Parser) -> None:
    """Its options."""
    verb.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Teach the built-in model the library's own wording; keep it only if it is no worse, then index with it."""
    from corpus.load import load
    from corpus.read import read
    from index.adapt import adapt

    settings = Settings.from_environment()
    library, bar = open_library(settings, progress=progress_bar()), progress_bar()
    samples = [p for path in sorted(SAMPLE_DOCUMENTS.glob("*.txt")) for p in read(load(path)).passages]
    outcome = adapt(
        library.passages(),
        samples=samples,
        output=settings.own_model,
        progress=lambda step, steps: bar("校准模型", step, steps),
    )
    if outcome.kept:
        open_resources(Settings.from_environment(), progress=progress_bar()).rebuild_index()
    if options.json:
        print_json({**dataclasses.asdict(outcome), "folder": str(outcome.folder)})
        return 0
    print(f"本单位材料里找相关段落：{outcome.own_before:.3f} → {outcome.own_after:.3f}（nDCG@10）")
    print(f"通用检查：{outcome.check_before:.3f} → {outcome.check_after:.3f}")
    print("已换用校准后的模型，索引已重建。" if outcome.kept else "校准后没有更好，仍用原来的模型。")
    return 0
