"""One bounded call: modes, retries, limits, cancelling, usage. Over real HTTP, by the real client."""

import logging
import threading
import time
from collections.abc import Iterator
from email.utils import formatdate
from typing import Any

import pytest

from assistant import Settings
from assistant.models import Call, Cancellation, Cancelled, Endpoint, EndpointFailed, Trouble
from assistant.models.calls import Usage
from assistant.models.endpoint import Mode
from assistant.selection.picks import PICKS
from evals.endpoints.personalities import GOOD, PERSONALITIES, says
from evals.endpoints.server import Exchange, HostileServer, serving
from tests.assistant.selection.offers import HITS, QUESTION, otherwise, run, selector

ENDPOINT_SECONDS = 30
"""What the endpoints here would take if nobody stopped waiting; stopping is at once, so half of it is never near."""
RETRY_SECONDS = 20
ASKED = [("system", "Point at sentences."), ("user", "Reply with JSON.")]


def endpoint_of(server: HostileServer, **options: Any) -> Endpoint:
    endpoint = Endpoint(Settings(model="hostile", openai_base_url=server.url, **options))
    endpoint.prepare()
    return endpoint


def heard(endpoint: Endpoint, seconds: float = 5, cancellation: Cancellation | None = None) -> tuple[str, Call]:
    with Call(seconds, cancellation) as call:
        return "".join(endpoint.call(ASKED, PICKS, call)), call


def trouble_of(server: HostileServer, seconds: float = 5, **options: Any) -> Trouble:
    with pytest.raises(EndpointFailed) as failed:
        heard(endpoint_of(server, **options), seconds)
    return failed.value.trouble


# --- which model ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({}, False),
        ({"openai_api_key": "k"}, False),
        ({"model": "m"}, False),
        ({"model": "m", "openai_api_key": "k"}, True),
        ({"model": "m", "openai_base_url": "http://127.0.0.1:9/v1"}, True),
        ({"model": "m", "model_provider": "anthropic"}, True),
    ],
)
def test_a_model_is_used_when_it_is_named_and_reachable(options: dict[str, str], named: bool) -> None:
    assert (Endpoint.from_settings(Settings.model_validate(options)) is not None) is named


def test_another_provider_without_its_package_is_told() -> None:
    endpoint = Endpoint(Settings(model="claude", model_provider="anthropic"))
    with pytest.raises(EndpointFailed, match="package of the provider not installed"):
        heard(endpoint)


def test_an_unknown_provider_is_told() -> None:
    with pytest.raises(EndpointFailed, match="settings of the model incomplete"):
        heard(Endpoint(Settings(model="m", model_provider="nobody")))


def test_the_key_is_sent_and_never_shown(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(says(GOOD)) as server:
        endpoint = endpoint_of(server, openai_api_key="sk-very-secret")
        heard(endpoint)
        assert server.headers[0]["authorization"] == "Bearer sk-very-secret"
        server.script = PERSONALITIES["401"]
        with pytest.raises(EndpointFailed) as failed:
            heard(endpoint)
    shown = caplog.text + repr(endpoint) + repr(vars(endpoint)) + repr(failed.value) + endpoint.key
    assert "very-secret" not in shown


def test_an_error_carries_no_word_of_the_endpoint() -> None:
    with serving(PERSONALITIES["error in the stream"]) as server, pytest.raises(EndpointFailed) as failed:
        heard(endpoint_of(server))
    assert "LEAK" not in str(failed.value)
    assert failed.value.__cause__ is failed.value.__context__ is None


# --- forms of reply ------------------------------------------------------------------------------


def understands(*forms: str) -> Any:
    def answers(exchange: Exchange) -> None:
        if exchange.form in forms:
            exchange.answer(GOOD)
        else:
            exchange.refuse(400)

    return answers


@pytest.mark.parametrize(
    ("forms", "mode", "requests"),
    [
        (["json_schema", "json_object", "text"], Mode.SCHEMA, 1),
        (["json_object", "text"], Mode.JSON, 2),
        (["text"], Mode.TEXT, 3),
    ],
)
def test_the_strictest_form_that_works_is_found_and_remembered(forms: list[str], mode: Mode, requests: int) -> None:
    with serving(understands(*forms)) as server:
        endpoint = endpoint_of(server)
        assert heard(endpoint)[0] == GOOD
        assert endpoint.mode is mode
        assert len(server.requests) == requests
        heard(endpoint)
        assert len(server.requests) == requests + 1


def test_the_strict_schema_is_what_is_sent() -> None:
    with serving(says(GOOD)) as server:
        heard(endpoint_of(server))
    (body,) = server.requests
    assert body["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "picks", "schema": PICKS.body, "strict": True},
    }
    assert body["stream"] is True
    assert body["stream_options"] == {"include_usage": True}


def test_no_form_works() -> None:
    with serving(understands()) as server:
        endpoint = endpoint_of(server)
        with pytest.raises(EndpointFailed, match="refused the request"):
            heard(endpoint)
        assert endpoint.mode is Mode.SCHEMA


# --- retries -------------------------------------------------------------------------------------


def fails_first(times: int, status: int, *headers: tuple[str, str]) -> Any:
    def answers(exchange: Exchange) -> None:
        if exchange.attempt <= times:
            exchange.refuse(status, headers=headers)
        else:
            exchange.answer(GOOD)

    return answers


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_passing_failure_is_retried(status: int) -> None:
    with serving(fails_first(1, status)) as server:
        assert heard(endpoint_of(server))[0] == GOOD
        assert len(server.requests) == 2


def test_a_broken_connection_is_retried() -> None:
    def answers(exchange: Exchange) -> None:
        if exchange.attempt == 1:
            exchange.reset()
        else:
            exchange.answer(GOOD)

    with serving(answers) as server:
        assert heard(endpoint_of(server))[0] == GOOD


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_honoured(form: str) -> None:
    wanted = "1" if form == "seconds" else formatdate(time.time() + 2, usegmt=True)
    with serving(fails_first(1, 429, ("Retry-After", wanted))) as server:
        started = time.monotonic()
        assert heard(endpoint_of(server))[0] == GOOD
        assert time.monotonic() - started > 0.9


def test_a_retry_that_would_come_too_late_is_not_awaited() -> None:
    with serving(fails_first(1, 429, ("Retry-After", "60"))) as server:
        assert trouble_of(server) is Trouble.RATE_LIMITED
        assert len(server.requests) == 1


@pytest.mark.parametrize("retries", [0, 1])
def test_retries_end(retries: int) -> None:
    with serving(fails_first(9, 500)) as server:
        assert trouble_of(server, model_retries=retries) is Trouble.ENDPOINT_ERROR
        assert len(server.requests) == retries + 1


def test_a_wrong_key_is_not_retried() -> None:
    with serving(PERSONALITIES["401"]) as server:
        assert trouble_of(server) is Trouble.BAD_KEY
        assert len(server.requests) == 1


def test_nobody_there() -> None:
    with serving(says(GOOD)) as server:
        endpoint = endpoint_of(server, model_retries=0)
    with pytest.raises(EndpointFailed, match="not reachable"):
        heard(endpoint)


# --- time and stopping ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["30 s of nothing", "slow drip"])
def test_the_time_limit_holds_whatever_the_endpoint_does(name: str) -> None:
    with serving(PERSONALITIES[name]) as server:
        started = time.monotonic()
        assert trouble_of(server, seconds=0.5) is Trouble.TIMED_OUT
        assert time.monotonic() - started < ENDPOINT_SECONDS / 2


class Watched:
    """An endpoint that sends one pick and then waits, and sees whether the client hangs up."""

    def __init__(self, *first: str) -> None:
        self.first = first
        self.asked = threading.Event()
        self.hung_up = threading.Event()

    def __call__(self, exchange: Exchange) -> None:
        if self.first:
            exchange.open_stream()
            exchange.say(*self.first)
        self.asked.set()
        if exchange.wait_for_hangup(ENDPOINT_SECONDS):
            self.hung_up.set()


ONE_PICK = '{"picks":[{"passage":1,"first":1,"last":1}'


def test_the_first_quote_comes_while_the_endpoint_still_writes_and_closing_hangs_up() -> None:
    watched = Watched(ONE_PICK)
    with serving(watched) as server:
        selecting = selector(endpoint_of(server)).select(QUESTION, HITS, max_quotes=3, otherwise=otherwise)
        assert next(selecting).text == "Bees dance to point at flowers."
        assert not watched.hung_up.is_set()
        selecting.close()
        assert watched.hung_up.wait(ENDPOINT_SECONDS)


@pytest.mark.parametrize("first", [[], [ONE_PICK]])
def test_cancelling_from_another_thread_hangs_up_at_once(first: list[str]) -> None:
    watched = Watched(*first)
    cancellation = Cancellation()

    def cancel() -> None:
        watched.asked.wait(5)
        time.sleep(0.1)
        cancellation.cancel()

    with serving(watched) as server:
        chooser = selector(endpoint_of(server), settings=Settings(model_seconds=60))
        thread = threading.Thread(target=cancel)
        thread.start()
        started = time.monotonic()
        with pytest.raises(Cancelled):
            run(chooser, cancellation=cancellation)
        assert time.monotonic() - started < ENDPOINT_SECONDS / 2
        assert watched.hung_up.wait(ENDPOINT_SECONDS)
        thread.join()


def test_what_was_cancelled_before_is_not_asked() -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with serving(says(GOOD)) as server:
        with pytest.raises(Cancelled):
            run(selector(endpoint_of(server)), cancellation=cancellation)
        assert not server.requests


def test_waiting_to_try_again_can_be_cancelled() -> None:
    cancellation = Cancellation()
    timer = threading.Timer(0.3, cancellation.cancel)
    with serving(fails_first(9, 503, ("Retry-After", str(RETRY_SECONDS)))) as server:
        endpoint = endpoint_of(server)
        timer.start()
        started = time.monotonic()
        with pytest.raises(EndpointFailed, match="cancelled"):
            heard(endpoint, 2 * RETRY_SECONDS, cancellation)
        assert time.monotonic() - started < RETRY_SECONDS / 2
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


# --- usage ---------------------------------------------------------------------------------------


def test_usage_and_cost_are_told_where_the_endpoint_reports_them() -> None:
    with serving(lambda exchange: exchange.answer(GOOD, usage=(1_000, 50))) as server:
        assert heard(endpoint_of(server))[1].usage == Usage(tokens_in=1_000, tokens_out=50)
        priced = endpoint_of(server, model_usd_per_million_in=2.0, model_usd_per_million_out=10.0)
        assert heard(priced)[1].usage == Usage(tokens_in=1_000, tokens_out=50, usd=0.0025)
        _, outcome = run(selector(priced))
        assert outcome.model
        assert outcome.model.usage == Usage(tokens_in=1_000, tokens_out=50, usd=0.0025)


def test_an_endpoint_that_never_ends_its_stream_costs_a_second_not_the_time_limit() -> None:
    def answers(exchange: Exchange) -> None:
        exchange.open_stream()
        exchange.say(GOOD)
        exchange.silence(ENDPOINT_SECONDS)

    with serving(answers) as server:
        started = time.monotonic()
        quotes, outcome = run(selector(endpoint_of(server), settings=Settings(model_seconds=60)))
        assert time.monotonic() - started < ENDPOINT_SECONDS / 2
    assert len(quotes) == 1
    assert outcome.trouble is None


# --- proxies -------------------------------------------------------------------------------------


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[HostileServer]:
    with serving(says(GOOD)) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url.removesuffix("/v1"))
        monkeypatch.setenv("no_proxy", "direct.invalid")
        yield proxy


def test_a_proxy_of_the_environment_is_used(proxy: HostileServer) -> None:
    endpoint = Endpoint(Settings(model="m", openai_base_url="http://model.invalid/v1"))
    endpoint.prepare()
    assert heard(endpoint)[0] == GOOD
    assert len(proxy.requests) == 1
