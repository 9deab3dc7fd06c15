"""A pause for an endpoint that fails again and again, so that nobody waits for it question after question.

The pattern is the circuit breaker of Nygard, Release It!, 2007: closed while it works, open for a while after failures
in a row, then tried again.
"""

import time
from collections.abc import Callable
from threading import Lock

from assistant.models.troubles import Trouble

IN_A_ROW = 2
"""Failures after which an endpoint rests."""

_FAILING = frozenset(
    {Trouble.NO_ROUTE, Trouble.TIMED_OUT, Trouble.ENDPOINT_ERROR, Trouble.BROKEN_OFF, Trouble.RATE_LIMITED}
)


class Rest:
    """Remembers how the last calls went. Safe to share between threads.

    Args:
        seconds: how long an endpoint rests; 0 lets it never rest.
        now: a clock that only goes forward, in seconds.
    """

    def __init__(self, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._now = now
        self._lock = Lock()
        self._failed = 0
        self._until = 0.0

    @property
    def resting(self) -> bool:
        """Return whether the endpoint is to be left alone now."""
        with self._lock:
            return self._now() < self._until

    def after(self, trouble: Trouble | None) -> None:
        """Note how a call ended: with trouble, or well."""
        with self._lock:
            self._failed = self._failed + 1 if trouble in _FAILING else 0
            if self._failed >= IN_A_ROW:
                self._until = self._now() + self._seconds
