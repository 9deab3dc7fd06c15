"""Calls to a model: bounded in time, stopped at once when nobody waits; their failures, and what their replies hold."""

import json
import re
import socket
import time
from contextlib import suppress
from enum import StrEnum
from threading import Event, Lock, Timer
from types import TracebackType
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.exceptions import AssistantError, ModelFailed


# Reading what was asked for out of a whole reply, whatever stands around it.
def list_under(key: str, text: str) -> list[Any]:
    """Return the first list under `key` in a text that holds JSON; empty when there is none.

    >>> list_under("queries", 'Sure! {"queries": ["bees"]} Done.')
    ['bees']
    """
    text = text.rpartition("</think>")[2]
    found = re.search(rf'"{key}"\s*:\s*(?=\[)', text)
    if not found:
        return []
    try:
        value, _ = json.JSONDecoder().raw_decode(text, found.end())
    except (ValueError, RecursionError):
        return []
    return value if isinstance(value, list) else []


# Why a model gave nothing usable, in our own few words: nothing an endpoint wrote is ever repeated.
class Trouble(StrEnum):
    """What went wrong; the value is shown to people, as in `extractive (no answer in time)`."""

    NO_ROUTE = "endpoint not reachable"
    BAD_KEY = "key refused"
    UNKNOWN_MODEL = "model not known to the endpoint"
    RATE_LIMITED = "rate limit"
    REFUSED = "endpoint refused the request"
    ENDPOINT_ERROR = "endpoint failed"
    TIMED_OUT = "no answer in time"
    TOO_LONG = "endless answer"
    BROKEN_OFF = "connection lost"
    UNREADABLE = "unreadable answer"
    MISSING_PACKAGE = "package of the provider not installed"
    MISCONFIGURED = "settings of the model incomplete"
    NO_VALID_PICK = "model gave no valid pick"
    RESTING = "endpoint failed before, is tried again soon"
    CANCELLED = "cancelled"


class EndpointFailed(ModelFailed):
    """An endpoint gave no usable reply; `trouble` says why. Carries no text and no error of the endpoint's."""

    def __init__(self, trouble: Trouble, status: int | None = None) -> None:
        super().__init__(f"The model cannot be used: {trouble.value}. `ilya doctor` tries it step by step.")
        self.trouble = trouble
        self.status = status
        """The HTTP status that the endpoint answered with, if it did."""


class Cancelled(AssistantError):
    """The person who asked no longer waits."""


_BY_STATUS = {
    400: Trouble.REFUSED,
    401: Trouble.BAD_KEY,
    403: Trouble.BAD_KEY,
    404: Trouble.UNKNOWN_MODEL,
    408: Trouble.TIMED_OUT,
    429: Trouble.RATE_LIMITED,
    504: Trouble.TIMED_OUT,
}


def failure(error: Exception, *, connected: bool) -> EndpointFailed:
    """Return what an error of a client library means; `connected` tells whether the endpoint was reached."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        other = Trouble.ENDPOINT_ERROR if status >= 500 else Trouble.REFUSED
        return EndpointFailed(_BY_STATUS.get(status, other), status)
    # by name: the client libraries are many, and none is imported here
    names = {kind.__name__ for kind in type(error).__mro__}
    if any("Timeout" in name for name in names):
        return EndpointFailed(Trouble.TIMED_OUT if connected else Trouble.NO_ROUTE)
    if names & {"APIConnectionError", "TransportError", "ConnectionError"}:
        return EndpointFailed(Trouble.BROKEN_OFF if connected else Trouble.NO_ROUTE)
    return EndpointFailed(Trouble.UNREADABLE)


class Usage(BaseModel):
    """Tokens of one answer, as the endpoint reported them; `usd` by the prices the operator has set."""

    model_config = ConfigDict(frozen=True)

    tokens_in: int
    tokens_out: int
    usd: float | None = None


class Cancellation:
    """A way to stop an answer from another thread, also while nothing arrives."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._call: Call | None = None
        self.requested = False

    def cancel(self) -> None:
        """Stop the call in flight and every later one; returns at once."""
        with self._lock:
            self.requested = True
            call = self._call
        if call:
            call.stop(Trouble.CANCELLED)

    def watch(self, call: "Call | None") -> None:
        """Name the call in flight, or none."""
        with self._lock:
            self._call = call
        if call and self.requested:
            call.stop(Trouble.CANCELLED)


class Call:
    """The time limit of one call, as a context; stopping it breaks the connection, wherever the reader waits.

    Args:
        seconds: what the call may take in all, retries included.
        cancellation: lets another thread stop it.
    """

    def __init__(self, seconds: float, cancellation: Cancellation | None = None) -> None:
        self._deadline = time.monotonic() + seconds
        self._cancellation = cancellation
        self._stopped = Event()
        self._socket: socket.socket | None = None
        self.stopped_by: Trouble | None = None
        self.connected = False
        self.hurried = False
        """Whether everything of use was heard before the reply ended."""
        self.usage: Usage | None = None
        self._timer = self._start(seconds)  # last: it may go off at once

    def __enter__(self) -> "Call":
        if self._cancellation:
            self._cancellation.watch(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        if self._cancellation:
            self._cancellation.watch(None)

    @property
    def remaining(self) -> float:
        """Return the seconds left, at least 0."""
        return max(self._deadline - time.monotonic(), 0.0)

    def hurry(self, seconds: float) -> None:
        """End the call after at most `seconds` from now: what matters was heard."""
        self.hurried = True
        if seconds < self.remaining:
            self._deadline = time.monotonic() + seconds
            self._timer.cancel()
            self._timer = self._start(seconds)

    def connect(self, connection: socket.socket) -> None:
        """Name the connection to break when the call is stopped."""
        self._socket, self.connected = connection, True
        if self._stopped.is_set():
            self._break()

    def wait(self, seconds: float) -> bool:
        """Sleep; return False when the call was stopped meanwhile."""
        return not self._stopped.wait(seconds)

    def stop(self, trouble: Trouble) -> None:
        """End the call from any thread; the first reason counts."""
        self.stopped_by = self.stopped_by or trouble
        self._stopped.set()
        self._break()

    def _start(self, seconds: float) -> Timer:
        timer = Timer(seconds, self.stop, [Trouble.TIMED_OUT])
        timer.daemon = True
        timer.start()
        return timer

    def _break(self) -> None:
        if self._socket:
            # the plain socket's shutdown, also under TLS: it wakes a thread that waits for bytes
            with suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
