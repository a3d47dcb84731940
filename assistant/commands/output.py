"""What every verb shares on its way out: JSON lines, files written whole, a progress bar, the opened house."""

import json
from typing import Any

from assistant.config import Settings
from assistant.resources import Progress, Resources, open_resources


def print_json(value: object) -> None:
    """One line of JSON on stdout."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def resources() -> Resources:
    """Library, index and timeline of this home, opened with a progress bar."""
    return open_resources(Settings.from_environment(), progress=progress_bar())


def progress_bar() -> Progress:
    """A bar on stderr that appears when the first step is reported."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )
    tasks: dict[str, Any] = {}

    def report(what: str, done: int, total: int) -> None:
        if what not in tasks:
            tasks[what] = bar.add_task(what, total=total)
            bar.start()
        bar.update(tasks[what], completed=done, total=total)
        if done >= total:
            bar.refresh()
            bar.stop()

    return report
