"""A quote's page tells how other versions have its words, and when its source no longer stands."""

import pytest
from bs4 import BeautifulSoup
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant import Assistant
from assistant.quotes import Quote
from assistant.records.saved_answers import Records
from tests.invented import labelled_source
from ui.api.api_settings import ApiSettings
from ui.web.chat.streaming import Answering
from ui.web.routes.shared_pages import page_routes

EDITED = """\
Ana Sol: When did you start the orchard, and who helped you with the very first trees?
Mira Vane: The orchard began with one stolen apple <b>. I have been paying it back ever since, every single autumn.
Ana Sol: Is an orchard a kind of clock, or is it more like a calendar to you?
Mira Vane: An orchard is a slow clock that strikes in autumn. Everybody in the valley hears it, and nobody looks up.
Ana Sol: What do you do in winter, when the branches are bare and the ground is hard?
Mira Vane: In winter I prune. Pruning is cutting what you love. A tree forgives the saw before the gardener does.
"""
HEARD = EDITED.replace("one stolen apple", "one golden apple").replace(", every single autumn", "")


@pytest.fixture
def two_versions(empty_assistant: Assistant) -> Assistant:
    for name, text in (("edited", EDITED), ("heard", HEARD)):
        source = labelled_source(text, name, title=f"The orchard, {name}").model_copy(update={"appearance": "orchard"})
        empty_assistant.library.add(source, text.encode(), origin=f"{name}.txt")
    empty_assistant.index.sync()
    return empty_assistant


def page_of(assistant: Assistant, address: str) -> BeautifulSoup:
    app = FastAPI()
    app.include_router(page_routes(Answering(assistant, Records(assistant.library)), ApiSettings()))
    with TestClient(app) as client:
        return BeautifulSoup(client.get(address).text, "lxml")


def test_the_other_version_is_shown_with_its_differing_words_marked(two_versions: Assistant) -> None:
    source = two_versions.library.source("edited")
    start = source.text.index("The orchard began")
    quote = Quote(source=source, start=start, end=source.text.index(" autumn.", start) + len(" autumn."))
    shown = page_of(two_versions, f"/q/{quote.id}").select_one("section.versions")
    assert shown
    (words,) = shown.select("blockquote p")
    assert words.get_text() in two_versions.library.source("heard").text
    assert [mark.get_text() for mark in words.select("mark.differs")] == ["golden"]
    assert not words.select("b")
    assert "every single autumn" in shown.get_text()


def test_a_quote_of_one_version_has_no_versions(assistant: Assistant) -> None:
    quote = assistant.ask("Why do bees dance?").quotes[0].quote
    page = page_of(assistant, f"/q/{quote.id}")
    assert page.select_one("section.versions") is None
    assert page.select_one(".stale") is None


def test_a_citation_of_a_replaced_file_says_so(assistant: Assistant) -> None:
    quote = assistant.ask("Why do bees dance?").quotes[0].quote
    changed = "Tom Reed: And now?\nMira Vane: Now I keep goats, and goats do not dance for anybody.\n"
    assistant.library.add(labelled_source(changed, quote.source.id), changed.encode(), origin="/talks/bees.txt")
    page = page_of(assistant, f"/q/{quote.id}")
    assert "replaced by a newer edition" in page.select_one(".stale").get_text()
    assert quote.text in page.select_one("article blockquote").get_text()
    assert "新版本" in page_of(assistant, f"/q/{quote.id}?lang=zh").select_one(".stale").get_text()
