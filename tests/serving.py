"""A real server in a process of its own, for the tests that come through the browser and the API."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

SCRIPT = Path(__file__).with_name("offline_serve.py")
PATIENCE = 180  # seconds for the first start: import, read, index


@dataclass(frozen=True)
class Server:
    address: str
    outside: Path  # attempts to reach another machine, a line each
    messages: Path  # what it wrote to stderr

    def attempts(self) -> list[str]:
        return self.outside.read_text(encoding="utf-8").splitlines()


@contextmanager
def running_server(folder: Path, *options: str, port: int | None = None) -> Iterator[Server]:
    """Serve the home below `folder` until the block ends; `options` are those of `gongbi serve`."""
    port = port or free_port()
    outside, messages = folder / "outside.log", folder / "messages.log"
    outside.touch()
    environment = {**os.environ, "GONGBI_HOME": str(folder / "工会 资料"), "PYTHONUTF8": "1"}
    for name in ("GRADIO_ANALYTICS_ENABLED", "HF_HUB_OFFLINE"):  # the product must set these by itself
        environment.pop(name, None)
    command = [sys.executable, str(SCRIPT), str(outside), str(port), *options]
    with messages.open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
        try:
            server = Server(f"http://127.0.0.1:{port}", outside, messages)
            _wait(server, process)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(server: Server, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            with urlopen(f"{server.address}/", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"the server did not start:\n{server.messages.read_text(encoding='utf-8')}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
