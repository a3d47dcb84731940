"""Ollama's `/api/chat` on loopback: streamed JSON lines, scripted answers, every request kept."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Answer:
    text: str = ""
    tools: tuple[tuple[str, dict[str, Any]], ...] = ()
    done: str = "stop"  # why the model stopped
    cut: int | None = None  # pieces sent before the line goes dead
    delay: float = 0.0  # seconds before the first piece
    status: int = 200
    error: str = ""


@dataclass
class OllamaServer:
    url: str
    requests: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def ollama_server(*answers: Answer) -> Iterator[OllamaServer]:
    """Serve the answers in turn, the last one again and again."""
    told = OllamaServer("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.requests.append({"path": self.path, **asked})
            answer = answers[min(len(told.requests), len(answers)) - 1]
            if answer.status != 200:
                self._refuse(answer)
            else:
                time.sleep(answer.delay)
                self._stream(answer, asked["model"])

        def _refuse(self, answer: Answer) -> None:
            body = json.dumps({"error": answer.error}).encode()
            self.send_response(answer.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _stream(self, answer: Answer, model: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/x-ndjson")
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            pieces = [answer.text[at : at + 7] for at in range(0, len(answer.text), 7)]
            for piece in pieces[: answer.cut]:
                self._line(model, message={"role": "assistant", "content": piece}, done=False)
            if answer.cut is not None:
                return
            calls = [{"function": {"name": name, "arguments": given}} for name, given in answer.tools]
            if calls:
                self._line(model, message={"role": "assistant", "content": "", "tool_calls": calls}, done=False)
            self._line(model, message={"role": "assistant", "content": ""}, done=True, done_reason=answer.done)

        def _line(self, model: str, **fields: Any) -> None:
            row = {"model": model, "created_at": "2026-01-01T00:00:00Z", **fields}
            self.wfile.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
            self.wfile.flush()

        def log_message(self, format: str, *arguments: object) -> None:
            """Keep the test output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
