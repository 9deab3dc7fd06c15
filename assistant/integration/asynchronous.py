"""Asking from an event loop: the work runs in threads of its own, the loop is never blocked, leaving stops a model."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from assistant.models import Cancellation

T = TypeVar("T")
_END = object()
_THREADS = 32
"""Answers under way at once; more wait their turn."""


async def iterate(events: Iterator[T], cancellation: Cancellation) -> AsyncGenerator[T, None]:
    """Yield what a blocking iterator yields, one item ahead of nobody: a slow consumer slows the producer.

    A consumer that leaves, or is cancelled while it waits, uses `cancellation`, so that a model that is being heard is
    stopped; then the iterator is closed.
    """
    loop = asyncio.get_running_loop()
    step = loop.run_in_executor(_threads(), next, events, _END)
    try:
        while (event := await asyncio.shield(step)) is not _END:
            yield event  # type: ignore[misc]
            step = loop.run_in_executor(_threads(), next, events, _END)
    finally:
        cancellation.cancel()
        step.add_done_callback(lambda done: _close(events, done))


async def run(work: Callable[[], T]) -> T:
    """Return what blocking work returns; raises what it raises."""
    return await asyncio.get_running_loop().run_in_executor(_threads(), work)


def _close(events: Iterator[T], done: "asyncio.Future[object]") -> None:
    """Close a generator once its last step is over; whatever that step still raised concerns nobody any more."""
    if not done.cancelled():
        done.exception()
    close = getattr(events, "close", None)
    if close:
        close()


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_THREADS, thread_name_prefix="ask-ilya")
