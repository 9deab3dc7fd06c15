"""Whatever an endpoint does over HTTP: only whole sentences of offered passages come out, in time; no thread stays."""

import json
import logging
import threading
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import Settings
from assistant.answers import Reason
from assistant.models import Endpoint, Trouble
from assistant.selection.model_selector import ModelSelector
from assistant.selection.selector import Selection
from evals.hostile.endpoint_server import Exchange, HostileServer, serving
from evals.hostile.personalities import LEAK, PERSONALITIES, obeys
from tests.assistant.selection.offers import PASSAGES, ScriptedEndpoint, is_honest, otherwise, run, selector

SECONDS = 1.2
ENDPOINT_SECONDS = 30
"""What the slowest personalities would take if nobody stopped waiting."""


def settings_for(server: HostileServer, **options: Any) -> Settings:
    """Return settings that name a hostile endpoint and wait for it only briefly."""
    return Settings(model="hostile", openai_base_url=server.url, **{"model_seconds": SECONDS, **options})


def chooser_for(server: HostileServer, **options: Any) -> ModelSelector:
    return selector(Endpoint(settings_for(server, **options)), settings=settings_for(server, **options))


def hold(quotes: list[Any], outcome: Selection) -> None:
    """Assert the promise: his words or our few, and the answer says who chose."""
    assert all(is_honest(quote) for quote in quotes)
    assert len(quotes) <= 3
    assert quotes or outcome.reason in Reason
    said = [outcome.model_dump_json(), *(quote.model_dump_json() for quote in quotes)]
    assert not any(LEAK in text for text in said)
    ours = {f"extractive ({trouble})" for trouble in Trouble}
    assert outcome.selector == "hostile" or outcome.selector in ours
    if outcome.selector in ours:
        assert quotes == otherwise()


@pytest.fixture(autouse=True, scope="module")
def _prepared() -> None:
    with serving(PERSONALITIES["empty"]) as server:
        Endpoint(settings_for(server)).prepare()


EXPECTED = {
    "invents quotes": "model gave no valid pick",
    "passages not offered": "model gave no valid pick",
    "sentences not offered": "model gave no valid pick",
    "reversed ranges": "model gave no valid pick",
    "prose around the JSON": None,
    "thinks aloud": None,
    "half a JSON then silence": None,
    "200 MB in one line": "endless answer",
    "200 MB in pieces": "endless answer",
    "200 MB of error": "endless answer",
    "compressed bomb": "unreadable answer",
    "401": "key refused",
    "404": "model not known to the endpoint",
    "400": "endpoint refused the request",
    "429": "rate limit",
    "429 with Retry-After": "rate limit",
    "500": "endpoint failed",
    "reset mid-stream": "connection lost",
    "reset at once": "connection lost",
    "30 s of nothing": "no answer in time",
    "slow drip": "no answer in time",
    "tool calls": "model gave no valid pick",
}


@pytest.mark.parametrize("name", PERSONALITIES)
def test_no_personality_breaks_the_promise(
    name: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG, logger="assistant")
    caplog.set_level(logging.INFO)
    before = threading.active_count()
    with serving(PERSONALITIES[name]) as server:
        started = time.monotonic()
        quotes, outcome = run(chooser_for(server))
        elapsed = time.monotonic() - started
    hold(quotes, outcome)
    assert elapsed < ENDPOINT_SECONDS / 2
    if name in EXPECTED:
        assert outcome.selector == (f"extractive ({EXPECTED[name]})" if EXPECTED[name] else "hostile")
    assert LEAK not in caplog.text + "".join(capfd.readouterr())
    deadline = time.monotonic() + 20
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() <= before


def test_half_a_reply_keeps_the_quotes_that_were_whole() -> None:
    with serving(PERSONALITIES["half a JSON then silence"]) as server:
        quotes, outcome = run(chooser_for(server))
    assert [quote.text for quote in quotes] == ["Bees dance to point at flowers."]
    assert outcome.trouble is Trouble.TIMED_OUT


def test_instructions_in_a_source_stay_in_the_source() -> None:
    """A poisoned passage is offered as data; an endpoint that obeys it can still only point."""

    with serving(obeys) as server:
        hold(*run(chooser_for(server)))


def test_an_endpoint_that_dies_in_mid_conversation_leaves_answers() -> None:
    with serving(PERSONALITIES["prose around the JSON"]) as server:
        chooser = chooser_for(server)
        assert run(chooser)[1].selector == "hostile"
    quotes, outcome = run(chooser)
    assert quotes == otherwise()
    assert outcome.selector == "extractive (endpoint not reachable)"


NUMBER = st.integers(-3, 12) | st.integers() | st.floats() | st.booleans() | st.none() | st.text(max_size=5)
PICK: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {"passage": st.integers(1, len(PASSAGES)) | NUMBER, "first": st.integers(1, 4) | NUMBER, "last": NUMBER},
    optional={"text": st.just(f"{LEAK} AGI in 2024")},
)
NEAR = st.builds(
    lambda passage, first, more: {"passage": passage, "first": first, "last": first + more},
    st.integers(1, len(PASSAGES)),
    st.integers(1, 3),
    st.integers(-1, 2),
)
JUNK = st.sampled_from([LEAK, [LEAK], {"text": LEAK}, None, 7, "<b>LEAK</b>", "\x00\x1b[2J", "“LEAK”"])
REASON = st.sampled_from([*Reason, None, LEAK, 3, ["no_evidence"]])
VALUE = st.fixed_dictionaries(
    {"picks": st.lists(NEAR | NEAR | PICK | JUNK, max_size=8), "unanswerable": REASON}, optional={"answer": JUNK}
) | st.fixed_dictionaries({"picks": JUNK, "unanswerable": REASON})
AROUND = st.sampled_from(
    ["", f"{LEAK} ", "```json\n", "{", "}", "]", '{"picks":', "<think>", "</think>", "\ufeff", "嗨"]
)
REPLY = st.tuples(AROUND, VALUE.map(json.dumps), AROUND, st.just(0) | st.integers(0, 60)).map(
    lambda parts: (parts[0] + parts[1] + parts[2])[: -parts[3] or None]
)
GENERATED = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@settings(GENERATED, max_examples=1_000)
@given(text=REPLY, size=st.integers(1, 40))
def test_no_generated_reply_breaks_the_promise(text: str, size: int) -> None:
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    endpoint = ScriptedEndpoint(pieces)
    endpoint.model = "hostile"
    hold(*run(selector(endpoint)))


class _Said:
    text = ""
    size = 1


@pytest.fixture(scope="module")
def talker() -> Any:
    def says_it(exchange: Exchange) -> None:
        exchange.answer(*(_Said.text[start : start + _Said.size] for start in range(0, len(_Said.text), _Said.size)))

    with serving(says_it) as server:
        yield chooser_for(server, model_seconds=10)


@settings(GENERATED, max_examples=300)
@given(text=REPLY, size=st.integers(5, 200))
def test_no_generated_reply_breaks_the_promise_over_http(talker: ModelSelector, text: str, size: int) -> None:
    _Said.text, _Said.size = text, size
    hold(*run(talker))


@settings(GENERATED, max_examples=200)
@given(raw=st.lists(st.binary(max_size=60) | VALUE.map(lambda value: json.dumps(value).encode()), max_size=5))
def test_no_bytes_of_a_stream_break_the_promise(raw: list[bytes]) -> None:
    def sends(exchange: Exchange) -> None:
        exchange.open_stream()
        for block in raw:
            exchange.wfile.write(b"data: " + block + b"\n\n")

    with serving(sends) as server:
        hold(*run(chooser_for(server, model_seconds=10)))
