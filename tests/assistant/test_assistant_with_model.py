"""The whole assistant with a model behind it, over real HTTP: what it shows, whatever the endpoint does."""

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import Answer, Assistant, Settings
from assistant.answers import NumberedQuote
from assistant.models import Cancellation, Cancelled
from evals.hostile.endpoint_server import Exchange, HostileServer, serving
from evals.hostile.personalities import LEAK, PERSONALITIES, picks, says
from evals.hostile.writers import knows
from knowledge.search.embedding import BilingualEmbeddings
from prompts import load
from tests.homes import copy_home
from tests.invented import MIRA
from ui.rendering import answer_html, answer_markdown, answer_text, frame

QUESTION = "Why do bees dance?"
PROMPT = load("select", {"subject", "passages", "history", "question", "max_quotes"}).hash

Opener = Callable[..., Assistant]


@pytest.fixture
def opened(tmp_path: Path, _invented_home: Path, embeddings: BilingualEmbeddings) -> Opener:
    """Open the two invented interviews with a model at a server's address."""
    home = tmp_path / "with-model"
    copy_home(_invented_home, home)

    def with_model(server: HostileServer, **options: object) -> Assistant:
        chosen = {"model": "hostile", "openai_base_url": server.url, "model_seconds": 10, "answer_cache": False}
        settings = Settings.model_validate({"home": home, "starter": False, **chosen, **options})
        return Assistant.open(settings, subject=MIRA, embeddings=embeddings)

    return with_model


def surfaces(answer: Answer) -> str:
    """Return everything a person or a program is shown of an answer."""
    framed = frame(answer, subject="Mira Vane")
    return "\n".join([answer_html(framed), answer_text(framed), answer_markdown(framed), answer.model_dump_json()])


def test_the_answer_is_what_the_model_pointed_at_and_says_so(opened: Opener) -> None:
    with serving(lambda exchange: exchange.answer(picks((1, 1, 1)), usage=(900, 30))) as server:
        answer = opened(server, model_usd_per_million_in=1.0, model_usd_per_million_out=2.0).ask(QUESTION)
    assert answer.selector == "hostile"
    assert len(answer.quotes) == 1
    told = json.loads(answer.model_dump_json())["model"]
    assert told == {
        "prompt": PROMPT,
        "cached": False,
        "invalid": 0,
        "usage": {"tokens_in": 900, "tokens_out": 30, "usd": pytest.approx(0.00096)},
    }


@pytest.mark.parametrize(("remembers", "requests"), [(True, 1), (False, 3)])
def test_a_setting_tells_whether_answers_are_remembered(opened: Opener, remembers: bool, requests: int) -> None:
    with serving(says(picks((1, 1, 1)))) as server:
        with_model = opened(server, answer_cache=remembers)
        used = [with_model.ask(QUESTION).model for _ in range(3)]
        assert [one and one.cached for one in used] == [False, remembers, remembers]
        assert len(server.requests) == requests


def test_choosing_and_rewriting_share_what_they_learn_of_the_endpoint(opened: Opener) -> None:
    def refuses_schemas(exchange: Exchange) -> None:
        if exchange.form == "json_schema":
            exchange.refuse(400)
        else:
            exchange.answer(picks((1, 1, 1)))

    with serving(refuses_schemas) as server:
        with_model = opened(server)
        with_model.ask(QUESTION)
        refused = len(server.requests)
        with_model.ask("And what about ants?", history=[QUESTION])  # one request to rewrite it, one to choose
        assert (refused, len(server.requests)) == (2, 4)


def test_an_answer_without_a_model_tells_nothing_of_one(assistant: Assistant) -> None:
    assert "model" not in json.loads(assistant.ask(QUESTION).model_dump_json())


def test_a_model_may_answer_what_the_extractive_selector_would_not(opened: Opener, assistant: Assistant) -> None:
    asked = "Do wasps frighten her?"
    assert not assistant.ask(asked).answered
    with serving(says(picks((1, 1, 1)))) as server:
        assert opened(server).ask(asked).answered


def test_a_model_may_say_that_nothing_answers(opened: Opener) -> None:
    with serving(says(picks(reason="not_him"))) as server:
        answer = opened(server).ask(QUESTION)
    assert (answer.answered, answer.reason, answer.selector) == (False, "not_him", "hostile")


def test_the_first_quote_is_shown_while_the_model_still_writes(opened: Opener) -> None:
    shown = threading.Event()
    in_time: list[bool] = []

    def answers(exchange: Exchange) -> None:
        exchange.open_stream()
        exchange.say('{"picks":[{"passage":1,"first":1,"last":1},')
        in_time.append(shown.wait(20))
        exchange.say('{"passage":2,"first":1,"last":1}],"unanswerable":null}')
        exchange.finish()

    with serving(answers) as server:
        events = []
        for event in opened(server, model_seconds=60).stream(QUESTION):
            events.append(event)
            if isinstance(event, NumberedQuote):
                shown.set()
    assert in_time == [True]
    assert len([event for event in events if isinstance(event, NumberedQuote)]) == 2


def test_killing_the_endpoint_in_mid_conversation_leaves_an_extractive_assistant(
    opened: Opener, assistant: Assistant
) -> None:
    with serving(says(picks((1, 1, 1)))) as server:
        with_model = opened(server)
        assert with_model.ask(QUESTION).selector == "hostile"
    followed = "And how do ants find their way?"
    answer = with_model.ask(followed, history=[QUESTION])
    assert answer.selector == "extractive (endpoint not reachable)"
    assert answer.quotes == assistant.ask(followed, history=[QUESTION]).quotes
    assert answer.answered


def test_cancelling_stops_the_model_and_shows_nothing(opened: Opener) -> None:
    asked = threading.Event()
    hung_up = threading.Event()

    def waits(exchange: Exchange) -> None:
        asked.set()
        if exchange.wait_for_hangup(20):
            hung_up.set()

    cancellation = Cancellation()
    with serving(waits) as server:
        with_model = opened(server, model_seconds=60)
        canceller = threading.Thread(target=lambda: asked.wait(20) and cancellation.cancel())
        canceller.start()
        with pytest.raises(Cancelled):
            with_model.ask(QUESTION, cancellation=cancellation)
        assert hung_up.wait(20)
        canceller.join()


def test_closing_the_stream_hangs_up(opened: Opener) -> None:
    hung_up = threading.Event()

    def waits(exchange: Exchange) -> None:
        exchange.open_stream()
        exchange.say('{"picks":[{"passage":1,"first":1,"last":1},')
        if exchange.wait_for_hangup(20):
            hung_up.set()

    with serving(waits) as server:
        stream = opened(server, model_seconds=60).stream(QUESTION)
        assert any(isinstance(event, NumberedQuote) for event in stream)
        stream.close()  # type: ignore[attr-defined]
        assert hung_up.wait(20)


def test_a_follow_up_is_searched_with_what_the_model_wrote_and_shows_none_of_it(opened: Opener) -> None:
    def answers(exchange: Exchange) -> None:
        asked = exchange.body["messages"][-1]["content"]
        if '"sentences"' in asked:
            exchange.answer(picks((1, 1, 1)))
        else:
            exchange.answer(json.dumps({"queries": ["What moves the tides, LEAK?"]}))

    with serving(answers) as server:
        answer = opened(server).ask("And in winter?", history=["Why do bees dance?"])
    assert answer.quotes[0].quote.source.id == "tides"
    assert LEAK not in surfaces(answer)


def test_with_a_good_model_nothing_after_selection_loses_what_it_chose(opened: Opener) -> None:
    gold = {
        QUESTION: ["Bees dance to point at flowers."],
        "How do ants find their way?": ["Ants follow a smell on the ground."],
        "What moves the tides?": ["The moon pulls the water, and the sun helps."],
    }
    with serving(knows(gold)) as server:
        with_model = opened(server)
        for question, (evidence,) in gold.items():
            answer = with_model.ask(question)
            assert answer.selector == "hostile"
            assert evidence in answer.quotes[0].quote.text


@pytest.mark.parametrize("name", PERSONALITIES)
def test_no_surface_shows_a_word_of_any_endpoint(opened: Opener, name: str) -> None:
    with serving(PERSONALITIES[name]) as server:
        with_model = opened(server, model_seconds=1.0, model_retries=0)
        answer = with_model.ask(QUESTION)
    assert LEAK not in surfaces(answer)
    for shown in answer.quotes:
        source = with_model.library.source(shown.quote.source.id)
        assert shown.quote.text == source.text[shown.quote.start : shown.quote.end]
        assert shown.quote.turn.speaker == "Mira Vane"
    assert answer.answered or answer.selector == "hostile"
