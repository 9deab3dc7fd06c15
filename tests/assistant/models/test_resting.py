"""An endpoint that fails again and again is left alone for a while; nobody waits for it meanwhile."""

import pytest

from assistant import Settings
from assistant.models import Call, Endpoint, EndpointFailed, Trouble
from assistant.models.endpoint import IN_A_ROW, Rest
from assistant.selection.picks import PICKS
from evals.hostile.endpoint_server import HostileServer, serving
from evals.hostile.personalities import GOOD, PERSONALITIES, says
from tests.assistant.selection.offers import otherwise, run, selector


class Clock:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def endpoint_of(server: HostileServer, rest: float = 600) -> Endpoint:
    settings = Settings(model="m", openai_base_url=server.url, model_retries=0, model_rest_seconds=rest)
    return Endpoint(settings)


def trouble_of(endpoint: Endpoint) -> Trouble | None:
    endpoint.prepare()
    with Call(10) as call:
        try:
            "".join(endpoint.call([("user", "q")], PICKS, call))
        except EndpointFailed as failed:
            return failed.trouble
    return None


def test_failures_in_a_row_make_it_rest_and_time_ends_the_rest() -> None:
    clock = Clock()
    rest = Rest(30, clock)
    rest.after(Trouble.TIMED_OUT)
    assert not rest.resting
    rest.after(Trouble.NO_ROUTE)
    assert rest.resting
    clock.seconds += 31
    assert not rest.resting
    rest.after(Trouble.TIMED_OUT)
    assert rest.resting


@pytest.mark.parametrize("between", [None, Trouble.UNREADABLE, Trouble.CANCELLED])
def test_a_call_that_reached_the_model_starts_the_count_again(between: Trouble | None) -> None:
    rest = Rest(30, Clock())
    for trouble in (Trouble.TIMED_OUT, between, Trouble.TIMED_OUT):
        rest.after(trouble)
    assert not rest.resting


def test_a_resting_endpoint_is_not_asked_and_extractive_answers() -> None:
    with serving(PERSONALITIES["500"]) as server:
        endpoint = endpoint_of(server)
        assert [trouble_of(endpoint) for _ in range(IN_A_ROW)] == [Trouble.ENDPOINT_ERROR] * IN_A_ROW
        server.script = says(GOOD)
        quotes, outcome = run(selector(endpoint))
        assert len(server.requests) == IN_A_ROW
    assert quotes == otherwise()
    assert outcome.selector == f"extractive ({Trouble.RESTING})"


def test_a_rest_of_no_seconds_is_none() -> None:
    with serving(PERSONALITIES["500"]) as server:
        endpoint = endpoint_of(server, rest=0)
        assert [trouble_of(endpoint) for _ in range(4)] == [Trouble.ENDPOINT_ERROR] * 4


def test_an_endpoint_that_never_ends_its_stream_but_answers_does_not_rest() -> None:
    def answers(exchange: object) -> None:
        exchange.open_stream()  # type: ignore[attr-defined]
        exchange.say(GOOD)  # type: ignore[attr-defined]
        exchange.silence(30)  # type: ignore[attr-defined]

    with serving(answers) as server:
        chooser = selector(endpoint_of(server), settings=Settings(model_seconds=60))
        assert [run(chooser)[1].selector for _ in range(IN_A_ROW + 1)] == ["m"] * (IN_A_ROW + 1)
