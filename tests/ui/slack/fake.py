"""Slack's Web API as a real HTTP server on a free port: remembers what it was asked, and fails when a test says so."""

import json
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Condition, Event, Thread
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl, urlsplit

SCOPES = "app_mentions:read,assistant:write,chat:write,commands,im:history,channels:history,groups:history,users:read"


@dataclass(frozen=True)
class Call:
    """One request."""

    method: str
    body: dict[str, Any]
    token: str
    at: float = field(default_factory=monotonic)


@dataclass(frozen=True)
class Fault:
    """What to answer instead: a status with headers, or Slack's code for an error with status 200."""

    status: int = 200
    error: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


def rate_limited(seconds: int) -> Fault:
    return Fault(429, "ratelimited", (("Retry-After", str(seconds)),))


class FakeSlack(ThreadingHTTPServer):
    """The server. `admins` administer the workspace; `faults` are used up in their order, by method."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Exchange)
        self.calls: list[Call] = []
        self.admins: set[str] = set()
        self.scopes = SCOPES
        self.socket_url = ""
        self.manifest: dict[str, Any] = {}
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.changed = Condition()
        self.held: dict[str, Event] = {}
        self.written: dict[str, str] = {}
        """The thread of every stream, by the stamp of its message."""
        self._stamps = count(1)

    @property
    def url(self) -> str:
        """Return the base URL for `SLACK_API_URL`."""
        return f"http://127.0.0.1:{self.server_address[1]}/api/"

    def response_url(self, name: str) -> str:
        """Return an address for answers; what arrives there is remembered under `/name`."""
        return f"http://127.0.0.1:{self.server_address[1]}/respond/{name}"

    def fail(self, method: str, *faults: Fault) -> None:
        """Answer the next calls of a method with faults."""
        self.faults[method].extend(faults)

    def of(self, *methods: str) -> list[dict[str, Any]]:
        """Return the bodies of the calls of some methods, in their order."""
        with self.changed:
            return [call.body for call in self.calls if call.method in methods]

    def methods(self) -> list[str]:
        """Return the methods called, in their order."""
        with self.changed:
            return [call.method for call in self.calls]

    def wait_for(self, method: str, number: int = 1, seconds: float = 60) -> list[dict[str, Any]]:
        """Return the bodies of a method's calls as soon as there are `number` of them."""
        with self.changed:
            done = self.changed.wait_for(lambda: sum(c.method == method for c in self.calls) >= number, seconds)
        assert done, f"no {number} × {method} within {seconds} s, only {self.methods()}"
        return self.of(method)

    def remember(self, call: Call) -> None:
        with self.changed:
            self.calls.append(call)
            self.changed.notify_all()

    def answer(self, call: Call) -> dict[str, Any]:
        """Return what Slack would."""
        answers: dict[str, dict[str, Any]] = {
            "auth.test": {
                "team_id": "T1", "user_id": "UBOT", "bot_id": "BBOT", "team": "Field", "user": "ilya", "url": "https://field.slack.com/"
            },
            "apps.connections.open": {"url": self.socket_url},
            "apps.manifest.export": {"manifest": self.manifest},
            "users.info": {
                "user": {
                    "id": call.body.get("user"),
                    "locale": "zh-CN" if call.body.get("user") == "UZH" else "en-US",
                    "is_admin": call.body.get("user") in self.admins,
                    "is_owner": False,
                    "tz": "Europe/Amsterdam",
                }
            },
            "oauth.v2.access": {
                "access_token": "xoxb-two", "app_id": "A1", "bot_user_id": "UBOT", "token_type": "bot", "scope": SCOPES,
                "team": {"id": "T2", "name": "Second"}, "enterprise": None, "authed_user": {"id": "U9"},
            },
        }  # fmt: skip
        found = answers.get(call.method)
        if found is None:
            found = {"ts": f"1700000000.{next(self._stamps):06}", "channel": call.body.get("channel", "D1")}
            if call.method == "chat.startStream":
                self.written[found["ts"]] = call.body.get("thread_ts", "")
        return {"ok": True, **found}

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent about clients that hang up."""


class _Exchange(BaseHTTPRequestHandler):
    server: FakeSlack
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._serve(dict(parse_qsl(urlsplit(self.path).query)))

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        is_json = "json" in (self.headers.get("Content-Type") or "")
        self._serve(json.loads(raw or "{}") if is_json else dict(parse_qsl(raw)))

    def _serve(self, body: dict[str, Any]) -> None:
        _, root, method = urlsplit(self.path).path.split("/", 2)
        name = method if root == "api" else f"/{method}"
        token = (self.headers.get("Authorization") or "").removeprefix("Bearer ") or str(body.get("token", ""))
        call = Call(name, body, token)
        self.server.remember(call)
        if name in self.server.held:
            self.server.held[name].wait(60)
        faults = self.server.faults[name]
        fault = faults.popleft() if faults else None
        if fault is None:
            self._send(200, self.server.answer(call), (("x-oauth-scopes", self.server.scopes),))
        else:
            self._send(fault.status, {"ok": False, "error": fault.error}, fault.headers)

    def _send(self, status: int, body: dict[str, Any], headers: tuple[tuple[str, str], ...]) -> None:
        data = json.dumps(body).encode()
        with suppress(OSError):
            self.send_response(status)
            for name, value in (("Content-Type", "application/json"), ("Content-Length", str(len(data))), *headers):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent."""


@contextmanager
def fake_slack() -> Iterator[FakeSlack]:
    """Run the server for the length of a `with` block."""
    server = FakeSlack()
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        for held in server.held.values():
            held.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
