"""`gongbi index`: bring the index up to the library."""

import argparse

from assistant.commands import output
from assistant.commands.parser import Parser


def add_options(verb: Parser) -> None:
    """Its options."""
    verb.add_argument("--rebuild", action="store_true", help="从头重建")
    verb.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Bring the index up to the library, or build it anew."""
    resources = output.resources()
    index = resources.rebuild_index() if options.rebuild else resources.index
    manifest = index.manifest
    if options.json:
        output.print_json(
            {
                "passages": manifest.passages,
                "embedder": manifest.embedder,
                "dimension": manifest.dimension,
                "library_revision": manifest.library_revision,
                "built": manifest.built,
            }
        )
    else:
        print(f"索引就绪：{manifest.passages} 个段落，模型 {manifest.embedder}（{manifest.dimension} 维）。")
    return 0
