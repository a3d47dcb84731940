"""Serves the pages with every connection outside this machine refused and written down.

python tests/offline_serve.py LOG PORT [OPTION ...]
"""

import sys
from pathlib import Path
from typing import Any

LOCAL = {"localhost", "127.0.0.1", "::1", "0.0.0.0", "::", "", None}


def guard(log: Path) -> None:
    """From now on this process reaches itself only."""

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("socket.getaddrinfo", "socket.gethostbyname"):
            host = arguments[0]
        elif event in ("socket.connect", "socket.sendto"):
            address = arguments[-1]
            host = address[0] if isinstance(address, tuple) else None  # a str is a socket file of this machine
        else:
            return
        host = host.decode() if isinstance(host, bytes) else host
        if host not in LOCAL:
            with log.open("a", encoding="utf-8") as file:
                file.write(f"{event} {host}\n")
            raise OSError(f"no way out: {host}")

    sys.addaudithook(refuse)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    guard(Path(sys.argv[1]))
    from app import main

    raise SystemExit(main(["serve", "--port", *sys.argv[2:]]))
