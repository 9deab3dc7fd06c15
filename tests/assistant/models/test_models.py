"""What a call asks and hears: modes, retries, usage, proxies. Over real HTTP, by the real client."""

import logging
import time
from collections.abc import Iterator
from email.utils import formatdate
from typing import Any

import pytest

from assistant import Settings
from assistant.models import Endpoint, EndpointFailed, Trouble
from assistant.models.calls import Usage
from assistant.models.endpoint import Mode
from assistant.selection.picks import PICKS
from evals.hostile.endpoint_server import Exchange, HostileServer, serving
from evals.hostile.personalities import GOOD, PERSONALITIES, says
from tests.assistant.models.calling import endpoint_of, fails_first, heard, trouble_of
from tests.assistant.selection.offers import run, selector

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


# --- usage ---------------------------------------------------------------------------------------


def test_usage_and_cost_are_told_where_the_endpoint_reports_them() -> None:
    with serving(lambda exchange: exchange.answer(GOOD, usage=(1_000, 50))) as server:
        assert heard(endpoint_of(server))[1].usage == Usage(tokens_in=1_000, tokens_out=50)
        priced = endpoint_of(server, model_usd_per_million_in=2.0, model_usd_per_million_out=10.0)
        assert heard(priced)[1].usage == Usage(tokens_in=1_000, tokens_out=50, usd=0.0025)
        _, outcome = run(selector(priced))
        assert outcome.model
        assert outcome.model.usage == Usage(tokens_in=1_000, tokens_out=50, usd=0.0025)


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
