"""Quotes, answers and sources by their id."""

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant import Assistant, Settings
from assistant.certificates.certified_quotes import read_certificate
from assistant.certificates.verification import verify
from tests.ui.api.conftest import client_of
from ui.api import PREFIX
from ui.api.negotiation import CERTIFICATE
from ui.api.schema import TopicRecord


@pytest.fixture(scope="module")
def quote_id(client: TestClient) -> str:
    """The id of a quote."""
    return str(client.get(f"{PREFIX}/ask", params={"q": "Why do bees dance?"}).json()["quotes"][0]["id"])


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/x-bibtex", "application/x-bibtex; charset=utf-8"),
        ("application/vnd.citationstyles.csl+json", "application/vnd.citationstyles.csl+json; charset=utf-8"),
        ("text/markdown, */*;q=0.1", "text/markdown; charset=utf-8"),
        ("text/*", "text/markdown; charset=utf-8"),
        ("application/json;q=0.2, text/plain;q=0.9", "text/plain; charset=utf-8"),
    ],
)
def test_a_quote_comes_in_the_form_that_is_asked_for(client: TestClient, quote_id: str, accept: str, kind: str) -> None:
    response = client.get(f"{PREFIX}/quotes/{quote_id}", headers={"accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (200, kind)
    assert "dance" in response.text or "csl" in kind or "bibtex" in kind


def test_a_form_that_we_do_not_have_is_refused(client: TestClient, quote_id: str) -> None:
    response = client.get(f"{PREFIX}/quotes/{quote_id}", headers={"accept": "image/png"})
    assert response.status_code == 406
    assert "application/x-bibtex" in response.json()["detail"]


def test_a_certificate_of_the_api_holds_against_the_file(
    client: TestClient, invented: Assistant, quote_id: str
) -> None:
    response = client.get(f"{PREFIX}/quotes/{quote_id}", headers={"accept": CERTIFICATE})
    certificate = read_certificate(response.text)
    raw = invented.library.raw(invented.library.source(certificate.source.id))
    failed = [finding.what for finding in verify(certificate, raw).findings if finding.outcome == "failed"]
    assert failed == ["reader"]  # the file, its words and the id hold; the reader of these tests is the tests' own
    assert json.loads(response.text)["id"] == quote_id


def test_who_has_it_already_is_told_so(client: TestClient, quote_id: str) -> None:
    address = f"{PREFIX}/quotes/{quote_id}"
    tag = client.get(address).headers["etag"]
    assert client.get(address, headers={"if-none-match": f'"other", W/{tag}'}).status_code == 304
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200
    other = client.get(address, headers={"accept": "text/markdown", "if-none-match": tag})
    assert other.status_code == 200


def test_a_source_is_read_page_by_page(client: TestClient, invented: Assistant) -> None:
    for summary in client.get(f"{PREFIX}/sources").json():
        source = invented.library.source(summary["id"])
        turns, page, pages = [], 1, 1
        while page <= pages:
            response = client.get(f"{PREFIX}/sources/{summary['id']}", params={"page": page})
            told = response.json()
            pages, page = told["pages"], page + 1
            turns += told["turns"]
            assert ('rel="next"' in response.headers["link"]) is (told["page"] < pages)
        assert [(turn["start"], turn["end"]) for turn in turns] == [(turn.start, turn.end) for turn in source.turns]
        assert all(turn["text"] == source.text[turn["start"] : turn["end"]] for turn in turns)
        beyond = client.get(f"{PREFIX}/sources/{summary['id']}", params={"page": pages + 1})
        assert beyond.status_code == 404


def test_topics_are_those_of_the_book_that_is_held(client: TestClient, book_home: Path) -> None:
    assert client.get(f"{PREFIX}/topics").json() == []
    told = client_of(Assistant.open(Settings(home=book_home))).get(f"{PREFIX}/topics").json()
    assert len(told) > 5
    assert all(TopicRecord.model_validate(topic).questions for topic in told)
