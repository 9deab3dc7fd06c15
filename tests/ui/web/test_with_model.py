"""The page with a model behind it: quotes appear while it writes; a model that dies or never answers harms nobody."""

import threading
from pathlib import Path

from playwright.sync_api import Browser

from evals.hostile.endpoint_server import Exchange, HostileServer, serving
from evals.hostile.personalities import picks, says
from knowledge.search.embedding import BilingualEmbeddings
from tests.ui.web.conftest import ask, furnish, served, visiting

QUESTION = "Why do bees dance?"


def named(server: HostileServer, **more: str) -> dict[str, str]:
    return {"ILYA_MODEL": "hostile", "OPENAI_BASE_URL": server.url, "ILYA_ANSWER_CACHE": "false", **more}


def test_the_first_quote_stands_on_the_page_while_the_model_still_writes(
    browser: Browser, tmp_path: Path, embeddings: BilingualEmbeddings
) -> None:
    furnish(tmp_path, embeddings)
    seen = threading.Event()
    in_time: list[bool] = []

    def answers(exchange: Exchange) -> None:
        exchange.open_stream()
        exchange.say('{"picks":[{"passage":1,"first":1,"last":1},')
        in_time.append(seen.wait(30))
        exchange.say('{"passage":2,"first":1,"last":1}],"unanswerable":null}')
        exchange.finish()

    with (
        serving(answers) as server,
        served(tmp_path, **named(server, ILYA_MODEL_SECONDS="60")) as site,
        visiting(browser) as visit,
    ):
        page = visit.open(site)
        page.wait_for_selector("#ask:visible")
        page.fill("#question textarea", QUESTION)
        page.keyboard.press("Enter")
        page.wait_for_selector("#chat .quote")
        assert page.locator(".answer-links").count() == 0
        seen.set()
        page.wait_for_selector(".answer-links")
        assert page.locator("#chat .quote").count() == 2
        assert "hostile" in page.locator("#chat").inner_text()
    assert in_time == [True]


def test_killing_the_endpoint_between_two_questions_leaves_a_page_that_answers_and_says_why(
    browser: Browser, tmp_path: Path, embeddings: BilingualEmbeddings
) -> None:
    furnish(tmp_path, embeddings)
    with (
        serving(says(picks((1, 1, 1)))) as server,
        served(tmp_path, **named(server)) as site,
        visiting(browser) as visit,
    ):
        page = visit.open(site)
        ask(page, QUESTION)
        assert page.locator("#chat .quote").count() == 1
        server.shutdown()
        server.server_close()
        ask(page, "What moves the tides?")
        assert page.locator("#chat .quote").count() > 1
        assert "endpoint not reachable" in page.locator("#chat").inner_text()


def test_a_model_that_never_answers_holds_nobody_else_up(
    browser: Browser, tmp_path: Path, embeddings: BilingualEmbeddings
) -> None:
    furnish(tmp_path, embeddings)
    waiting = threading.Event()
    release = threading.Event()

    def answers(exchange: Exchange) -> None:
        if "tides" in exchange.body["messages"][-1]["content"].rpartition("Question: ")[2]:
            exchange.answer(picks((1, 1, 1)))
        else:
            waiting.set()
            release.wait(60)

    with (
        serving(answers) as server,
        served(tmp_path, **named(server, ILYA_MODEL_SECONDS="120")) as site,
        visiting(browser) as slow,
        visiting(browser) as quick,
    ):
        page = slow.open(site)
        page.wait_for_selector("#ask:visible")
        page.fill("#question textarea", QUESTION)
        page.keyboard.press("Enter")
        while not waiting.is_set():
            page.wait_for_timeout(50)  # the browser's requests pass through this thread
        other = quick.open(site)
        ask(other, "What moves the tides?")
        assert other.locator("#chat .quote").count() == 1
        assert page.locator(".answer-links").count() == 0
        release.set()
