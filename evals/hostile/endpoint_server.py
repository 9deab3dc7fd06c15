"""An OpenAI-compatible endpoint over real HTTP that behaves as badly as a script tells it to."""

import json
import socket
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Script = Callable[["Exchange"], None]


class Exchange(BaseHTTPRequestHandler):
    """One request, and the ways to answer it."""

    server: "HostileServer"
    body: dict[str, Any]

    def do_GET(self) -> None:
        """List the one model."""
        self.send(200, json.dumps({"object": "list", "data": [{"id": self.server.model}]}).encode())

    def do_POST(self) -> None:
        """Remember the request and let the script answer it."""
        self.body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(self.body)
        self.server.headers.append(dict(self.headers))
        with suppress(OSError):  # the client may have gone; that is what many tests are about
            self.server.script(self)
        self.close_connection = True

    @property
    def form(self) -> str:
        """Return the kind of `response_format` that was asked for."""
        return str(self.body.get("response_format", {}).get("type", "text"))

    @property
    def attempt(self) -> int:
        """Return the number of this request, from 1."""
        return len(self.server.requests)

    def send(self, status: int, body: bytes, headers: Sequence[tuple[str, str]] = ()) -> None:
        """Answer with a whole body."""
        self.send_response(status)
        for name, value in [("Content-Type", "application/json"), *headers]:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, status: int, message: str = "LEAK refused", headers: Sequence[tuple[str, str]] = ()) -> None:
        """Answer with an error in OpenAI's form."""
        self.send(status, json.dumps({"error": {"message": message, "type": "error", "code": None}}).encode(), headers)

    def open_stream(self, content_type: str = "text/event-stream") -> None:
        """Begin an answer that ends with the connection."""
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Connection", "close")
        self.end_headers()

    def event(self, value: Any) -> None:
        """Send one server-sent event: JSON, or a string as it is."""
        data = value if isinstance(value, str) else json.dumps(value)
        self.wfile.write(b"data: " + data.encode("utf-8", "surrogatepass") + b"\n\n")
        self.wfile.flush()

    def delta(self, delta: dict[str, Any] | Any, finish: str | None = None) -> None:
        """Send one chunk of a chat completion."""
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        self.event(self._chunk([choice]))

    def say(self, *pieces: str) -> None:
        """Send pieces of content."""
        for piece in pieces:
            self.delta({"role": "assistant", "content": piece})

    def finish(self, usage: tuple[int, int] | None = None) -> None:
        """End the completion as a well-behaved endpoint does."""
        self.delta({}, "stop")
        if usage:
            tokens = {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}
            self.event({**self._chunk([]), "usage": tokens})
        self.event("[DONE]")

    def answer(self, *pieces: str, usage: tuple[int, int] | None = (100, 20)) -> None:
        """Stream a whole, well-formed completion with this content."""
        self.open_stream()
        self.say(*pieces)
        self.finish(usage)

    def complete(self, text: str, usage: tuple[int, int]) -> None:
        """Answer with this content, streamed or whole as the request wants it."""
        if self.body.get("stream"):
            self.answer(text, usage=usage)
            return
        message = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
        tokens = {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}
        whole = self._chunk([message]) | {"object": "chat.completion", "usage": tokens}
        self.send(200, json.dumps(whole).encode())

    def silence(self, seconds: float) -> None:
        """Say nothing for a while; ends early when the server closes."""
        self.server.closing.wait(seconds)

    def reset(self) -> None:
        """Break the connection off with a TCP reset."""
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.rfile.close()
        self.wfile.close()
        self.connection.close()
        self.connection.detach()

    def wait_for_hangup(self, seconds: float) -> bool:
        """Return whether the client hangs up within some seconds."""
        self.connection.settimeout(seconds)
        try:
            return bool(self.connection.recv(1) == b"")
        except TimeoutError:
            return False
        except OSError:
            return True

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent."""

    def _chunk(self, choices: list[Any]) -> dict[str, Any]:
        head = {"id": "c1", "object": "chat.completion.chunk", "created": 0, "model": self.server.model}
        return {**head, "choices": choices}


class HostileServer(ThreadingHTTPServer):
    """Serves `script` on a free port of 127.0.0.1 and remembers what it was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, script: Script, model: str = "hostile") -> None:
        super().__init__(("127.0.0.1", 0), Exchange)
        self.script = script
        self.model = model
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.closing = Event()

    @property
    def url(self) -> str:
        """Return the base URL for `OPENAI_BASE_URL`."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent about clients that hang up."""


@contextmanager
def serving(script: Script) -> Iterator[HostileServer]:
    """Run a server for the length of a `with` block."""
    server = HostileServer(script)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
