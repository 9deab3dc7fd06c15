"""What every page has: one header, a language and a theme that stay chosen, and errors that are pages."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI, HTTPException
from fastapi.responses import HTMLResponse
from fastapi.testclient import TestClient
from jinja2 import UndefinedError
from playwright.sync_api import Browser

from tests.ui.web.conftest import visiting
from ui.rendering.page_texts import page_texts
from ui.web.access.current_visit import Visit, Visits
from ui.web.access.root_path import RootPath
from ui.web.access.visitors import texts_for
from ui.web.routes.problem_pages import ProblemPages
from ui.web.templates.header_texts import header_texts
from ui.web.templates.page_frame import document, header_html, rendered

ENGLISH = page_texts("en")
CHINESE = page_texts("zh")

PAGE = {"accept": "text/html"}


@pytest.fixture
def client() -> TestClient:
    """A small application within the frame."""
    app = FastAPI()
    app.add_middleware(ProblemPages)
    app.add_middleware(Visits)

    @app.get("/where")
    def where(request: Any = None) -> HTMLResponse:
        return HTMLResponse(document("Where", "<p>Here.</p>", ENGLISH, here="/library"))

    @app.get("/refused")
    def refused() -> None:
        raise HTTPException(422, "Please give the file a <b>name</b>.")

    @app.post("/sent")
    def sent() -> None:
        return None

    return TestClient(app)


def test_the_header_is_a_link_to_every_place_in_both_languages() -> None:
    for page, other in ((ENGLISH, "中文"), (CHINESE, "English")):
        header = header_html(page, Visit(path="/library", query="x=1"), here="/library")
        assert re.findall(r'href="(/\w*)"', header) == ["/", "/", "/topics", "/check", "/library"]
        assert re.findall(r'href="/library" aria-current="page"', header)
        assert f">{other}</a>" in header


def test_every_address_of_the_frame_stands_under_the_path_it_is_mounted_at(client: TestClient) -> None:
    proxied = TestClient(RootPath(client.app, "/sub/path"))
    shown = proxied.get("/where?lang=zh").text
    addresses = re.findall(r'(?:href|src|action)="([^"#]*)"', shown)
    assert len(addresses) > 8
    assert all(address.startswith("/sub/path/") for address in addresses)
    kept = proxied.get("/sub/path/where?theme=dark").headers["set-cookie"]
    assert "ilya_theme=dark" in kept
    assert "Path=/sub/path" in kept


def test_a_choice_in_an_address_is_kept_and_nonsense_is_not(client: TestClient) -> None:
    assert 'class="plain"' in client.get("/where").text
    assert 'class="plain dark"' in client.get("/where?theme=dark").text
    assert 'class="plain dark"' in client.get("/where").text
    assert client.cookies["ilya_theme"] == "dark"
    assert "set-cookie" not in client.get("/where?theme=puce&lang=xx").headers


def test_the_kept_language_is_the_pages_language() -> None:
    request: Any = SimpleNamespace(query_params={}, headers={"accept-language": "en"}, cookies={"ilya_language": "zh"})
    assert texts_for(request) is CHINESE
    request.query_params = {"lang": "en"}
    assert texts_for(request) is ENGLISH


def test_who_opens_a_page_gets_an_error_as_a_page_and_a_program_gets_json(client: TestClient) -> None:
    unknown = client.get("/nowhere", headers=PAGE)
    assert unknown.status_code == 404
    assert "There is no page at this address." in unknown.text
    assert 'class="site-header"' in unknown.text
    assert "Not Found" not in unknown.text
    assert "此地址没有页面" in client.get("/nowhere?lang=zh", headers=PAGE).text
    by_another_way = client.get("/sent", headers=PAGE)  # an address that only takes what is sent to it
    assert by_another_way.status_code == 405
    assert "此地址没有页面" in by_another_way.text
    client.cookies.clear()
    refused = client.get("/refused", headers=PAGE)
    assert refused.status_code == 422
    assert "Please give the file a &lt;b&gt;name&lt;/b&gt;." in refused.text
    assert client.get("/refused").json() == {"detail": "Please give the file a <b>name</b>."}
    assert client.get("/api/nowhere", headers=PAGE).json() == {"detail": "Not Found"}
    assert client.get("/where", headers=PAGE).text.count("<h1") == 0


def test_a_template_escapes_and_a_value_forgotten_is_an_error() -> None:
    said = header_texts("en")
    shown = rendered("problem.html", ENGLISH, title="<script>", sentence='"&', said=said)
    assert "<script>" not in shown
    with pytest.raises(UndefinedError):
        rendered("problem.html", ENGLISH, title="only", said=said)


def test_the_header_stands_on_every_page_outside_the_chat(pages: str, browser: Browser) -> None:
    with visiting(browser, viewport={"width": 380, "height": 740}) as visit:
        page = visit.open(f"{pages}/library")
        for place in ("/topics", "/check", "/library", "/s/bees", "/no/such/page", "/q/q_nothing"):
            page.goto(f"{pages}{place}")
            names = page.locator("header.site-header nav a").all_inner_texts()
            assert names == ["Ask", "Topics", "Check", "Library"]
            assert page.evaluate("document.documentElement.scrollWidth") <= 380 or place == "/library"
        page.locator("a.language").click()
        page.wait_for_function("document.documentElement.lang === 'zh'")
        page.goto(f"{pages}/library")
        assert page.locator("h1").inner_text() == "资料库"
        page.locator("button.theme").click()
        page.reload()
        assert page.locator("body.dark").count() == 1
