"""The topics page: every topic of the book that is held, in plain figures; a question is one click from its answer."""

import re
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant import Assistant, Settings
from knowledge.starter.topics import topic_summaries
from tests.ui.web.conftest import Visit
from ui.web.access.current_visit import Visits
from ui.web.routes.topics_page import topic_routes


def client_of(assistant: Assistant) -> TestClient:
    app = FastAPI()
    app.add_middleware(Visits)
    app.include_router(topic_routes(assistant))
    return TestClient(app)


def test_topics_are_listed_with_questions_years_sources_and_words(book_home: Path) -> None:
    client = client_of(Assistant.open(Settings(home=book_home)))
    shown = client.get("/topics").text
    known = topic_summaries()
    assert [slug for slug in re.findall(r'href="/topics/([\w-]+)"', shown)] == [one.topic for one in known]
    assert re.search(r"\d+ appearances · \d+ writings · 20\d\d–20\d\d · \d+,\d{3} words", shown)
    # the words of all topics are the words that may be quoted, each counted once (without renderings)
    told = sum(int(count.replace(",", "")) for count in re.findall(r"source(?:s?) · ([\d,]+) words", shown))
    held = sum(one.quotable_words for one in Assistant.open(Settings(home=book_home)).library.summaries())
    assert 0 < told <= held
    assert "个问题" in client.get("/topics?lang=zh").text


def test_a_topic_asks_its_questions_oldest_first_and_leads_to_the_sources(book_home: Path) -> None:
    client = client_of(Assistant.open(Settings(home=book_home)))
    topic = topic_summaries()[0]
    shown = client.get(f"/topics/{topic.topic}").text
    assert len(re.findall(r'class="question" href="/\?q=', shown)) == len(topic.questions)
    assert {f"/s/{source}" for source in topic.sources} <= set(re.findall(r'href="(/s/[^"]+)"', shown))
    assert client.get("/topics/cheese").status_code == 404


def test_a_library_without_the_book_says_so(pages: str, visit: Visit) -> None:
    page = visit.open(f"{pages}/topics")
    assert "not in this library" in page.locator("main").inner_text()
    assert page.locator(".coverage-line").inner_text().startswith("7 appearances · 2009–2024 · ")
