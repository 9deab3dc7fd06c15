"""Who does the work, apart from Bolt's own threads: those only acknowledge, so that Slack is answered within
milliseconds even when every question waits for a model."""

from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import ParamSpec

from ui.slack.logs import LOG, told

P = ParamSpec("P")

_AT_ONCE = 8


class Crew:
    """Two teams: one for what takes a moment (a status, a modal), one for answers.

    Args:
        at_once: runs what takes a moment.
        answering: runs what may take long; jobs beyond its threads wait in their order.
    """

    def __init__(self, at_once: Executor, answering: Executor) -> None:
        self._at_once = at_once
        self._answering = answering

    @classmethod
    def of(cls, workers: int) -> "Crew":
        """Return a crew that answers `workers` questions at a time."""
        return cls(
            ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="slack-at-once"),
            ThreadPoolExecutor(workers, thread_name_prefix="slack-answering"),
        )

    def at_once(self, job: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Do what takes a moment."""
        self._at_once.submit(_guarded, lambda: job(*args, **kwargs))

    def answer(self, job: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Do what may take long."""
        self._answering.submit(_guarded, lambda: job(*args, **kwargs))

    def close(self) -> None:
        """Finish everything that was taken up, then end."""
        self._at_once.shutdown()
        self._answering.shutdown()


def _guarded(job: Callable[[], None]) -> None:
    try:
        job()
    except Exception as error:  # noqa: BLE001 - a thread has nobody above it; the log says what and where
        LOG.error("not done: %s", told(error))
