"""A real server on loopback that speaks OpenAI's /v1/chat/completions: streams, tool calls, errors, delays.

It answers from a script: a list of replies in order (the last one again and again), or a function of the request. What
it was asked stands in `requests`.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Reply:
    """One answer. `cut` ends the connection after so many pieces; `stall` waits in the middle of a stream."""

    text: str = ""
    tools: Sequence[tuple[str, dict[str, Any]]] = ()  # (name, arguments)
    status: int = 200
    error: dict[str, Any] = field(default_factory=dict)
    delay: float = 0.0  # seconds before the first byte
    stall: float = 0.0  # seconds after the first piece
    pace: float = 0.0  # seconds before every piece
    cut: int | None = None
    finish: str | None = None
    raw: bytes | None = None  # a body that keeps to no protocol


Script = Sequence[Reply] | Callable[[dict[str, Any]], Reply]


class ModelServer:
    """What tests ask of the running server."""

    def __init__(self, script: Script, key: str) -> None:
        self.script, self.key = script, key
        self.requests: list[dict[str, Any]] = []
        self.url = ""

    def next(self, request: dict[str, Any]) -> Reply:
        self.requests.append(request)
        if callable(self.script):
            return self.script(request)
        return self.script[min(len(self.requests), len(self.script)) - 1]

    def prompt(self, number: int = -1) -> str:
        """The last message of a request."""
        return str(self.requests[number]["messages"][-1]["content"])


class Listener(ThreadingHTTPServer):
    daemon_threads = True
    told: ModelServer


class Handler(BaseHTTPRequestHandler):
    server: "Listener"
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.told.key and self.headers.get("Authorization") != f"Bearer {self.server.told.key}":
            self._json(401, {"error": {"message": "Incorrect API key provided", "code": "invalid_api_key"}})
            return
        if self.path != "/v1/chat/completions":
            self._json(404, {"error": {"message": "Not found"}})
            return
        try:
            self._answer(request, self.server.told.next(request))
        except (BrokenPipeError, ConnectionResetError):  # the client gave up, as some tests want
            self.close_connection = True

    def _answer(self, request: dict[str, Any], reply: Reply) -> None:
        time.sleep(reply.delay)
        if reply.status != 200:
            self._json(reply.status, {"error": reply.error or {"message": f"status {reply.status}"}})
        elif reply.raw is not None:
            self._body(200, "application/json", reply.raw)
        elif request.get("stream"):
            self._stream(reply)
        else:
            choice = {"index": 0, "message": _message(reply), "finish_reason": _finish(reply)}
            self._json(200, {**HEAD, "object": "chat.completion", "choices": [choice]})

    def _stream(self, reply: Reply) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.close_connection = True
        self.end_headers()
        for number, delta in enumerate(_deltas(reply)):
            if number == reply.cut:
                return
            time.sleep(reply.pace)
            self._event({"index": 0, "delta": delta, "finish_reason": None})
            if number == 1:
                time.sleep(reply.stall)
        self._event({"index": 0, "delta": {}, "finish_reason": _finish(reply)})
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, choice: dict[str, Any]) -> None:
        told = {**HEAD, "object": "chat.completion.chunk", "choices": [choice]}
        self.wfile.write(f"data: {json.dumps(told, ensure_ascii=False)}\n\n".encode())
        self.wfile.flush()

    def _json(self, status: int, value: dict[str, Any]) -> None:
        self._body(status, "application/json", json.dumps(value).encode())

    def _body(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")  # a server that was shut down must not go on answering
        self.close_connection = True
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the test output clean."""


@contextmanager
def model_server(script: Script, *, key: str = "") -> Iterator[ModelServer]:
    """Serve the script on a free port of the loopback interface; with a `key` any other is refused."""
    server = Listener(("127.0.0.1", 0), Handler)
    server.told = told = ModelServer(script, key)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


HEAD = {"id": "chatcmpl-1", "created": 1, "model": "test"}


def _message(reply: Reply) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": reply.text or None}
    if reply.tools:
        message["tool_calls"] = [_call(number, *tool) for number, tool in enumerate(reply.tools)]
    return message


def _deltas(reply: Reply) -> Iterator[dict[str, Any]]:
    yield {"role": "assistant", "content": ""}
    for start in range(0, len(reply.text), 7):  # pieces that split words and marks anywhere
        yield {"content": reply.text[start : start + 7]}
    for number, tool in enumerate(reply.tools):
        yield {"tool_calls": [{"index": number, **_call(number, *tool)}]}


def _call(number: int, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    body = {"name": name, "arguments": json.dumps(arguments, ensure_ascii=False)}
    return {"id": f"call_{number}", "type": "function", "function": body}


def _finish(reply: Reply) -> str:
    return reply.finish or ("tool_calls" if reply.tools else "stop")
