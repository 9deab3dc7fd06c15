"""Workers: two pools of threads beside Bolt's own, which only acknowledge, so that Slack is answered in a second."""

import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from threading import Event, Lock
from typing import ParamSpec

from ui.operations.request_metrics import SLACK_WAITING
from ui.slack.slack_logs import LOG, told

P = ParamSpec("P")

_AT_ONCE = 8
"""Threads for what takes no search: dialogues, buttons, votes."""
_PATIENCE = 1.0
"""Seconds after its question that an answer lets what takes a moment go first."""


class Crew:
    """Two teams: one for what takes a moment (a status, a modal), one for answers.

    Args:
        at_once: runs what takes a moment.
        answering: runs what may take long; jobs beyond its threads wait in their order.
    """

    def __init__(self, at_once: Executor, answering: Executor) -> None:
        self._at_once = at_once
        self._answering = answering
        self._pending = 0
        self._counting = Lock()
        self._calm = Event()
        self._calm.set()

    @classmethod
    def of(cls, workers: int) -> "Crew":
        """Return a crew that answers `workers` questions at a time."""
        return cls(
            ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="slack-at-once"),
            ThreadPoolExecutor(workers, thread_name_prefix="slack-answering"),
        )

    def at_once(self, job: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Do what takes a moment."""
        self._count(1)

        def moment() -> None:
            try:
                job(*args, **kwargs)
            finally:
                self._count(-1)

        self._take_up(self._at_once, "moment", moment)

    def answer(self, job: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Do what may take long; in a burst it begins when everybody was shown that their question has arrived."""
        latest = time.monotonic() + _PATIENCE

        def begin() -> None:
            self._calm.wait(max(0.0, latest - time.monotonic()))
            job(*args, **kwargs)

        self._take_up(self._answering, "answer", begin)

    def _take_up(self, team: Executor, kind: str, job: Callable[[], None]) -> None:
        """Hand a job to a team, counted for `/metrics` until it is done."""
        waiting = SLACK_WAITING.labels(kind)
        waiting.inc()

        def counted() -> None:
            try:
                _guarded(job)
            finally:
                waiting.dec()

        team.submit(counted)

    def _count(self, change: int) -> None:
        with self._counting:
            self._pending += change
            (self._calm.clear if self._pending else self._calm.set)()

    def close(self) -> None:
        """Finish everything that was taken up, then end."""
        self._at_once.shutdown()
        self._answering.shutdown()


def _guarded(job: Callable[[], None]) -> None:
    try:
        job()
    except Exception as error:  # noqa: BLE001 - a thread has nobody above it; the log says what and where
        LOG.error("not done: %s", told(error))
