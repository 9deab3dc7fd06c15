"""A whole document brought to the check page: every quotation with its verdict, here or as a report to keep."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant import Assistant
from ui.web.routes.check_page import check_routes

ARTICLE = """# News

Mira Vane said: “Bees dance to point at flowers.” She told Field Notes: “I do think ants dance.”
""".encode()


@pytest.fixture
def client(assistant: Assistant) -> TestClient:
    app = FastAPI()
    app.include_router(check_routes(assistant, documents=True))
    return TestClient(app)


def test_a_file_is_checked_on_the_page_and_as_a_report(client: TestClient) -> None:
    brought = {"file": ("news.md", ARTICLE)}
    assert '<p class="working" role="status" hidden>' in client.get("/check").text
    shown = client.post("/check/document", files=brought, data={"form": "page"}).text
    assert shown.count('class="claimed-quotation"') == 2
    assert 'class="verdict exact"' in shown
    assert "news.md" in shown
    for form, kind in (("html", "text/html"), ("md", "text/markdown")):
        report = client.post("/check/document", files=brought, data={"form": form})
        assert report.headers["content-type"].startswith(kind)
        assert "attachment" in report.headers["content-disposition"]
        assert "ants" in report.text


def test_what_is_no_document_is_told_in_one_sentence(client: TestClient) -> None:
    assert "Choose a file" in client.post("/check/document", data={"form": "page"}).text
    empty = client.post("/check/document", files={"file": ("empty.txt", b"")}, headers={"accept-language": "zh"}).text
    assert "文件是空的" in empty
    private = client.post("/check/document", data={"url": "http://127.0.0.1:9/secret"}).text
    assert 'class="trouble"' in private
    elsewhere = client.post("/check/document", data={"url": ""}, headers={"origin": "https://elsewhere.example"})
    assert elsewhere.status_code == 403


def test_documents_are_only_for_who_may_change_the_library(assistant: Assistant) -> None:
    app = FastAPI()
    app.include_router(check_routes(assistant))
    client = TestClient(app)
    assert "check-document" not in client.get("/check").text
    assert client.post("/check/document", data={"url": "x"}).status_code == 404
