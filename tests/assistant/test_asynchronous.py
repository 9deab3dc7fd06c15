"""Asking from an event loop."""

import asyncio
from collections.abc import Iterator
from contextlib import aclosing
from threading import Event, current_thread

import pytest

from assistant import Assistant
from assistant.exceptions import QuestionRefused
from assistant.integration.asynchronous import iterate
from assistant.models import Cancellation
from tests.loops import run

QUESTION = "Why do bees dance?"


def test_the_answer_and_its_events_are_those_of_the_blocking_calls(assistant: Assistant) -> None:
    async def both() -> None:
        assert await assistant.aask(QUESTION) == assistant.ask(QUESTION)
        assert [event async for event in assistant.astream(QUESTION)] == list(assistant.stream(QUESTION))

    run(both())


def test_what_is_refused_is_refused_here_too(assistant: Assistant) -> None:
    with pytest.raises(QuestionRefused):
        run(assistant.aask(" "))


def test_the_loop_goes_on_while_a_producer_waits() -> None:
    release, closed = Event(), Event()

    def waiting() -> Iterator[str]:
        try:
            release.wait(60)
            yield current_thread().name
        finally:
            closed.set()

    async def consume() -> list[str]:
        events = iterate(waiting(), Cancellation())
        first = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)  # a blocked loop would never come back from here
        assert not first.done()
        release.set()
        names = [await first, *[name async for name in events]]
        assert await asyncio.to_thread(closed.wait, 60)
        return names

    (name,) = run(consume())
    assert name != current_thread().name


@pytest.mark.parametrize("how", ["leaves", "is cancelled"])
def test_a_consumer_that_goes_stops_the_producer_and_closes_it(how: str) -> None:
    cancellation, closed = Cancellation(), Event()

    def endless() -> Iterator[int]:
        try:
            yield 1
            while not cancellation.requested:
                closed.wait(0.01)
            yield 2
        finally:
            closed.set()

    async def leave() -> None:
        async with aclosing(iterate(endless(), cancellation)) as events:
            assert await anext(events) == 1
            if how == "is cancelled":
                task = asyncio.ensure_future(anext(events))
                await asyncio.sleep(0)
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
        assert await asyncio.to_thread(closed.wait, 60)

    run(leave())
    assert cancellation.requested
