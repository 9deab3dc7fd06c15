"""A call ends when its time is up or somebody stops it, whatever the endpoint still means to do.

The endpoints here outwait every test: that one sees its client hang up shows that the client did not wait for it.
"""

import threading

import pytest

from assistant import Settings
from assistant.models import Call, Cancellation, Cancelled, EndpointFailed, Trouble
from assistant.selection.picks import PICKS
from evals.hostile.endpoint_server import Exchange, serving
from evals.hostile.personalities import GOOD, says
from tests.assistant.models.calling import endpoint_of, fails_first, heard, trouble_of
from tests.assistant.selection.offers import HITS, QUESTION, otherwise, run, selector

AGES = 600
ONE_PICK = '{"picks":[{"passage":1,"first":1,"last":1}'


class Watched:
    """An endpoint that says something, then waits, dripping if told to, and sees whether its client hangs up."""

    def __init__(self, *first: str, drip: bool = False) -> None:
        self.first = first
        self.drip = drip
        self.asked = threading.Event()
        self.hung_up = threading.Event()

    def __call__(self, exchange: Exchange) -> None:
        if self.first or self.drip:
            exchange.open_stream()
            exchange.say(*self.first)
        self.asked.set()
        while not exchange.wait_for_hangup(0.05 if self.drip else AGES):
            exchange.say(" ")
        self.hung_up.set()


@pytest.mark.parametrize("drip", [False, True])
def test_the_time_limit_holds_whatever_the_endpoint_does(drip: bool) -> None:
    watched = Watched(drip=drip)
    with serving(watched) as server:
        assert trouble_of(server, seconds=0.5) is Trouble.TIMED_OUT
        assert watched.hung_up.wait(AGES)


def test_the_first_quote_comes_while_the_endpoint_still_writes_and_closing_hangs_up() -> None:
    watched = Watched(ONE_PICK)
    with serving(watched) as server:
        selecting = selector(endpoint_of(server)).select(QUESTION, HITS, max_quotes=3, otherwise=otherwise)
        assert next(selecting).text == "Bees dance to point at flowers."
        assert not watched.hung_up.is_set()
        selecting.close()
        assert watched.hung_up.wait(AGES)


@pytest.mark.parametrize("first", [[], [ONE_PICK]])
def test_cancelling_from_another_thread_hangs_up(first: list[str]) -> None:
    watched = Watched(*first)
    cancellation = Cancellation()

    def cancel() -> None:
        watched.asked.wait(AGES)
        cancellation.cancel()

    with serving(watched) as server:
        chooser = selector(endpoint_of(server), settings=Settings(model_seconds=AGES))
        thread = threading.Thread(target=cancel)
        thread.start()
        with pytest.raises(Cancelled):
            run(chooser, cancellation=cancellation)
        assert watched.hung_up.wait(AGES)
        thread.join()


def test_an_endpoint_that_never_ends_its_stream_is_not_waited_for() -> None:
    watched = Watched(GOOD)
    with serving(watched) as server:
        quotes, outcome = run(selector(endpoint_of(server), settings=Settings(model_seconds=AGES)))
        assert watched.hung_up.wait(AGES)
    assert len(quotes) == 1
    assert outcome.trouble is None


def test_what_was_cancelled_before_is_not_asked() -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with serving(says(GOOD)) as server:
        with pytest.raises(Cancelled):
            run(selector(endpoint_of(server)), cancellation=cancellation)
        assert not server.requests


def test_waiting_to_try_again_can_be_cancelled() -> None:
    cancellation = Cancellation()
    refuse = fails_first(9, 503, ("Retry-After", str(AGES)))
    timers: list[threading.Timer] = []

    def answers(exchange: Exchange) -> None:
        timers.append(threading.Timer(0.1, cancellation.cancel))
        timers[-1].start()
        refuse(exchange)

    with serving(answers) as server:
        with pytest.raises(EndpointFailed, match="cancelled"):
            heard(endpoint_of(server), 2 * AGES, cancellation)
        assert len(server.requests) == 1
    for timer in timers:
        timer.join()


def test_calls_side_by_side_do_not_disturb_each_other() -> None:
    def answers(exchange: Exchange) -> None:
        exchange.open_stream()
        asked = exchange.body["messages"][-1]["content"]
        for char in asked:
            exchange.say(char)
        exchange.finish()

    results: dict[int, str] = {}
    with serving(answers) as server:
        endpoint = endpoint_of(server)

        def ask(number: int) -> None:
            with Call(20) as call:
                results[number] = "".join(endpoint.call([("user", f"number {number}")], PICKS, call))

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert results == {number: f"number {number}" for number in range(8)}
