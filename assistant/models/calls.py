"""One call to a model: it ends by itself, in time, or at once when nobody waits any more."""

import socket
import time
from contextlib import suppress
from threading import Event, Lock, Timer
from types import TracebackType

from pydantic import BaseModel, ConfigDict

from assistant.models.troubles import Trouble


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
        self._timer = self._start(seconds)
        self.stopped_by: Trouble | None = None
        self.connected = False
        self.hurried = False
        """Whether everything of use was heard before the reply ended."""
        self.usage: Usage | None = None

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
