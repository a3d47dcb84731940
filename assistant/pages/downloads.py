"""Files made when they are asked for: written below a folder of ours, fetched by a button the page presses itself."""

import re
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')  # in file names, on Windows
KEPT = 3600  # seconds; Gradio has copied a file long before
LONGEST = 80  # characters of a file name


def written(data: bytes, name: str, suffix: str, *, folder: Path) -> str:
    """Write a file that Windows accepts into a new folder below `folder`; returns its path."""
    for old in folder.iterdir():
        if time.time() - old.stat().st_mtime > KEPT:
            shutil.rmtree(old, ignore_errors=True)
    stem = FORBIDDEN.sub("", name)[:LONGEST] or "工会工作计划"
    path = Path(tempfile.mkdtemp(dir=folder)) / f"{stem}{suffix}"
    path.write_bytes(data)
    return str(path)


def fetcher(name: str) -> Any:  # noqa: ANN401  gradio.DownloadButton
    """An unseen download button; handlers put a path into it and `fetch(name)` presses it."""
    import gradio as gr

    return gr.DownloadButton("下载", elem_id=name, elem_classes="unseen")


def fetch(name: str) -> str:
    """JavaScript that presses the button once the new path has reached it."""
    return f"() => setTimeout(() => document.querySelector('#{name}').click(), 200)"
