"""Readers of a stream that take nothing: they hold nobody up, what waits for them is bounded, their work ends."""

import contextlib
import json
import re
import socket
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import Response
from pydantic import BaseModel

from assistant import Answer, Assistant
from assistant.answers import Coverage, Reason
from assistant.integration.asynchronous import iterate
from assistant.models import Cancellation
from tests.ui.in_process import running
from tests.ui.web.conftest import pages_of
from ui.api import PREFIX, event_stream
from ui.api.event_stream import answer_stream

SLOW = 50
_EVENTS = 400
_PIECE = "x" * 20_000
"""Each endless answer would be 8 MB: far more than the buffers of a connection take."""
_AT_MOST = 60.0


def ask(site: str, path: str, *, receives: int = 0) -> socket.socket:
    """Send a question whose answer is streamed and return the connection; nothing is read from it."""
    host, port = urlsplit(site).hostname, urlsplit(site).port
    assert host
    reader = socket.socket()
    if receives:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receives)
    reader.settimeout(_AT_MOST)
    reader.connect((host, port or 80))
    reader.sendall(f"GET {path} HTTP/1.1\r\nhost: {host}:{port}\r\naccept: text/event-stream\r\n\r\n".encode())
    return reader


def read_all(reader: socket.socket) -> str:
    """Return everything up to the last chunk, and close the connection."""
    found = b""
    with reader:
        while not found.endswith(b"\r\n0\r\n\r\n") and (piece := reader.recv(65536)):
            found += piece
    return found.decode()


def until(holds: Any) -> bool:
    """Whether something becomes true, sooner or later."""
    for _ in range(int(_AT_MOST / 0.05)):
        if holds():
            return True
        time.sleep(0.05)
    return False


class Piece(BaseModel):
    """An event as large as none of ours is."""

    text: str = _PIECE


class Endless:
    """Streams answers of many large events, and counts what was made of each and which of them ended."""

    def __init__(self) -> None:
        self.made: list[int] = []
        self.ended: list[Cancellation] = []
        self._lock = threading.Lock()

    def events(self, number: int, count: int) -> Iterator[Any]:
        """Yield an answer's events, counting them."""
        for _ in range(count):
            with self._lock:
                self.made[number] += 1
            yield Piece()
        yield Answer(question="?", selector="extractive", reason=Reason.NO_EVIDENCE, coverage=Coverage(sources=0))

    def begin(self, count: int) -> AsyncGenerator[Any, None]:
        """Return an answer's events for the event loop, as the assistant does."""
        with self._lock:
            self.made.append(0)
            number = len(self.made) - 1
        cancellation = Cancellation()

        async def watched() -> AsyncIterator[Any]:
            try:
                async with contextlib.aclosing(iterate(self.events(number, count), cancellation)) as events:
                    async for event in events:
                        yield event
            finally:
                with self._lock:
                    self.ended.append(cancellation)

        return watched()  # type: ignore[return-value]

    def app(self) -> FastAPI:
        """Return an application that streams: `/slow` 8 MB, `/fast` one event."""
        app = FastAPI()

        @app.get("/{pace}")
        async def answer(pace: str, request: Request) -> Response:
            count = _EVENTS if pace == "slow" else 1
            return answer_stream(request, self.begin(count), lambda answer: answer.model_dump(mode="json"))

        return app


def test_readers_that_take_nothing_hold_nobody_up_and_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = Endless()
    with running(endless.app(), log_level="critical") as site, contextlib.ExitStack() as stack:
        slow = [stack.enter_context(ask(site, "/slow", receives=4096)) for _ in range(SLOW)]
        assert until(lambda: len(endless.made) == SLOW)
        told = read_all(ask(site, "/fast"))
        assert "event: answer" in told
        # what waits for a reader is what the connection's own buffers hold, never the whole answer
        assert until(lambda: all(endless.made[:SLOW]))
        before = list(endless.made[:SLOW])
        read_all(ask(site, "/fast"))
        assert max(endless.made[:SLOW]) < _EVENTS
        assert sum(before) * len(_PIECE) < SLOW * 5_000_000
        assert len(endless.ended) == 2
        for reader in slow:
            reader.close()
        assert until(lambda: len(endless.ended) == SLOW + 2)
        assert all(one.requested for one in endless.ended)
        assert max(endless.made[:SLOW]) < _EVENTS
        monkeypatch.setattr(event_stream, "_PATIENCE", 0.2)
        stack.enter_context(ask(site, "/slow", receives=4096))  # stays, and takes nothing
        assert until(lambda: len(endless.ended) == SLOW + 3)
        assert endless.made[-1] < _EVENTS


def test_the_api_answers_beside_readers_that_take_nothing(invented: Assistant) -> None:
    with pages_of(invented) as site, contextlib.ExitStack() as stack:
        path = f"{PREFIX}/ask?q=Why+do+bees+dance"
        for _ in range(SLOW):
            stack.enter_context(ask(site, path, receives=1024))
        told = read_all(ask(site, path))
        [data] = re.findall(r"^event: answer\r?\ndata: (.+?)\r?$", told, re.MULTILINE)
        assert json.loads(data)["answered"] is True
