"""Answers under way, by the tab that asked, so that pressing stop or closing the tab stops the model too."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from assistant.models import Cancellation


class UnderWay:
    """Knows the answers each open tab waits for."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: dict[str, set[Cancellation]] = {}

    @contextmanager
    def answering(self, tab: str | None) -> Iterator[Cancellation]:
        """Yield the way to stop one answer while it is under way; leaving, for whatever reason, stops it."""
        cancellation = Cancellation()
        with self._lock:
            self._waiting.setdefault(tab or "", set()).add(cancellation)
        try:
            yield cancellation
        finally:
            cancellation.cancel()
            with self._lock:
                rest = self._waiting[tab or ""]
                rest.discard(cancellation)
                if not rest:
                    del self._waiting[tab or ""]

    def stop(self, tab: str | None) -> None:
        """Stop every answer that a tab waits for."""
        with self._lock:
            found = list(self._waiting.get(tab or "", ()))
        for cancellation in found:
            cancellation.cancel()
