"""Asking, searching and checking over HTTP."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant import Assistant
from ui.api import PREFIX
from ui.api.problems import MEDIA_TYPE


def events(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Read server-sent events: name and data of each."""
    found = []
    for block in text.replace("\r\n", "\n").strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        found.append((fields["event"], json.loads(fields["data"])))
    return found


def test_an_answer_has_the_outer_contracts_shape_and_exact_slices(client: TestClient, invented: Assistant) -> None:
    told = client.post(f"{PREFIX}/ask", json={"question": "Why do bees dance?"}).json()
    assert told["answered"] is True
    for quote in told["quotes"]:
        source = invented.library.source(quote["source"]["id"])
        assert quote["text"] == source.text[quote["start"] : quote["end"]]
        assert quote["source"]["sha256"] == source.sha256
    assert client.get(f"{PREFIX}/answers/{told['id']}").json()["quotes"] == told["quotes"]
    assert client.get(f"{PREFIX}/ask", params={"q": "Why do bees dance?"}).json() == told


def test_what_is_asked_by_an_address_is_not_kept(client: TestClient) -> None:
    asked = {"q": "Why would anybody say that bees dance?"}
    for accept in ("application/json", "text/event-stream"):
        response = client.get(f"{PREFIX}/ask", params=asked, headers={"accept": accept})
        told = response.json() if accept.endswith("json") else events(response.text)[-1][1]
        assert told["answered"]
        assert client.get(f"{PREFIX}/answers/{told['id']}").status_code == 404


def test_a_stream_gives_steps_then_each_quote_then_the_answer(client: TestClient) -> None:
    asked = {"question": "Why do bees dance?"}
    response = client.post(f"{PREFIX}/ask", json=asked, headers={"accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    told = events(response.text)
    assert told[0][0] == "step"
    quotes = [data for name, data in told if name == "quote"]
    assert told[-1][0] == "answer"
    assert told[-1][1]["quotes"] == quotes
    assert told[-1][1] == client.post(f"{PREFIX}/ask", json=asked).json()


def test_a_stream_says_what_is_wrong_with_the_question(client: TestClient) -> None:
    response = client.post(f"{PREFIX}/ask", json={"question": " "}, headers={"accept": "text/event-stream"})
    name, told = events(response.text)[-1]
    assert (name, told["status"]) == ("problem", 422)
    assert told["instance"] == response.headers["x-request-id"]


def test_nothing_found_is_an_answer_and_no_error(client: TestClient) -> None:
    response = client.post(f"{PREFIX}/ask", json={"question": "What is the price of copper in Chile?"})
    assert response.status_code == 200
    assert response.json()["answered"] is False
    assert response.json()["reason"] == "no_evidence"


def test_passages_are_ranked(client: TestClient) -> None:
    found = client.get(f"{PREFIX}/search", params={"q": "tide mill", "k": 3}).json()
    assert [one["number"] for one in found] == [1, 2, 3]
    assert found == client.post(f"{PREFIX}/search", json={"question": "tide mill", "count": 3}).json()
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)


def test_a_quotation_and_a_document_are_checked(client: TestClient) -> None:
    exact = client.post(f"{PREFIX}/check", json={"text": "Bees dance to point at flowers."}).json()
    assert exact["verdict"] == "exact"
    document = "Mira Vane said: “Bees dance to point at flowers.” Tom Reed said: “Why do bees dance at all?”"
    told = client.post(f"{PREFIX}/check", json={"document": document}).json()
    assert [row["check"]["verdict"] for row in told["quotations"]] == ["exact"]
    row = told["quotations"][0]
    assert document[row["start"] : row["end"]] == row["text"]


@pytest.mark.parametrize("body", [{}, {"text": "a b c d e", "document": "x"}])
def test_a_check_is_of_one_quotation_or_of_a_document(client: TestClient, body: dict[str, str]) -> None:
    assert client.post(f"{PREFIX}/check", json=body).status_code == 422


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"no json", "application/json", 400),
        (b'{"question": NaN}', "application/json", 422),
        (b'{"question": 1e400}', "application/json", 422),
        (b'{"question": "bees", "history": [1]}', "application/json", 422),
        (b'{"question": "\\ud800"}', "application/json", 422),
        (b'{"question": "a\\u0000b"}', "application/json", 422),
        (b'{"question": "bees", "more": 1}', "application/json", 422),
        (b'{"question": "bees"}', "text/plain", 415),
        (b'{"question": ""}', "application/json", 422),
        (b"[]", "application/json", 422),
        (b"\xff\xfe", "application/json", 400),
        (b'{"question": "' + b"a" * 20_000_000 + b'"}', "application/json", 413),
        (b'{"question": "' + b"a" * 10_000_000 + b'"}', "application/json", 422),
    ],
    ids=[
        "no json",
        "NaN",
        "1e400",
        "history",
        "surrogate",
        "NUL",
        "unknown field",
        "type",
        "blank",
        "list",
        "bytes",
        "20 MB",
        "10 MB",
    ],
)
def test_bad_bodies_get_the_right_status_one_sentence_and_an_id(
    client: TestClient, content: bytes, kind: str, status: int
) -> None:
    response = client.post(f"{PREFIX}/ask", content=content, headers={"content-type": kind})
    told = response.json()
    assert (response.status_code, told["status"]) == (status, status)
    assert response.headers["content-type"] == MEDIA_TYPE
    assert told["detail"]
    assert told["instance"] == response.headers["x-request-id"]


@pytest.mark.parametrize("path", ["/nowhere", "/quotes/q_nothing", "/quotes/%00", "/answers/none", "/sources/none"])
def test_what_is_not_there_is_404(client: TestClient, path: str) -> None:
    response = client.get(f"{PREFIX}{path}")
    assert response.status_code in (404, 422)
    assert response.headers["content-type"] == MEDIA_TYPE


def test_the_old_addresses_lead_to_the_new_ones(client: TestClient) -> None:
    moved = client.post("/api/ask?x=1", json={"question": "Why do bees dance?"}, follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (308, f"{PREFIX}/ask?x=1")
    assert client.post("/api/check", json={"text": "Bees dance to point at flowers."}).json()["verdict"] == "exact"
    assert client.get("/api/sources").json() == client.get(f"{PREFIX}/sources").json()


@pytest.mark.parametrize("path", ["/sources", "/today.atom", "/ask?q=Why+do+bees+dance%3F", "/quotes/q_nothing"])
def test_head_tells_what_get_would_and_sends_nothing(client: TestClient, path: str) -> None:
    told, given = client.head(PREFIX + path), client.get(PREFIX + path)
    assert (told.status_code, told.headers["content-type"]) == (given.status_code, given.headers["content-type"])
    assert told.headers["content-length"] == given.headers["content-length"]
    assert told.content == b""


@pytest.mark.parametrize("path", ["/topics", "/check", "/healthz", "/library"])
def test_head_of_a_page_finds_it(client: TestClient, path: str) -> None:
    told = client.head(path)
    assert (told.status_code, told.content) == (200, b"")


def test_a_wrong_method_and_a_wrong_address_are_told_in_a_sentence(client: TestClient) -> None:
    wrong = client.delete(f"{PREFIX}/sources")
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "GET")
    assert wrong.json()["detail"] == "This address takes GET."
    assert "openapi.json" in client.get(f"{PREFIX}/nowhere").json()["detail"]


@pytest.mark.parametrize("path", ["/api", PREFIX])
def test_the_api_itself_leads_to_its_description(client: TestClient, path: str) -> None:
    assert client.get(path).json()["openapi"].startswith("3.")


@pytest.mark.parametrize("size", ["1e400", "NaN", "-1", '"x"', "null"])
def test_numbers_that_are_none_are_refused_outside_the_interface_too(client: TestClient, size: str) -> None:
    body = f'{{"files": [{{"name": "a.txt", "size": {size}}}]}}'
    kind = {"content-type": "application/json"}
    refused = client.post("/api/library/uploads", content=body, headers=kind)
    assert (refused.status_code, refused.json()["detail"][:12]) == (422, "files.0.size")
