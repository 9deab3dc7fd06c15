"""The first page: what it shows, what previews and home screens are told, and asking where no script runs."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from assistant import Assistant
from tests.ui.web.conftest import Visit, ask, visiting


def test_previews_are_told_of_this_page_and_nothing_of_its_framework(site: str, visit: Visit) -> None:
    page = visit.open(f"{site}/healthz")
    for place, language in (("/", "en"), ("/?lang=zh", "zh")):
        source = page.request.get(site + place).text()
        head = BeautifulSoup(source, "lxml").head
        assert head
        told = {str(one.get("property") or one.get("name")): str(one.get("content")) for one in head.find_all("meta")}
        assert "Mira Vane" in told["og:title"]
        assert "Mira Vane" in told["description"]
        assert told["og:url"] == f"{site}/"
        assert head.title
        assert head.title.get_text() == told["og:title"]
        assert BeautifulSoup(source, "lxml").html["lang"] == language  # type: ignore[index]
        assert not re.search(r"gradio", " ".join(told.values()), re.IGNORECASE)
        assert "{url}" not in source
        assert page.request.get(told["og:image"]).headers["content-type"] == "image/png"
        icon = str(head.find("link", rel="icon")["href"])  # type: ignore[index]
        assert "svg" in page.request.get(site + icon).headers["content-type"]
        manifest = page.request.get(site + str(head.find("link", rel="manifest")["href"])).json()  # type: ignore[index]
        assert "Gradio" not in json.dumps(manifest)
        assert "Mira Vane" in manifest["name"]


def test_the_address_of_the_tab_is_named_after_the_page(site: str, visit: Visit) -> None:
    page = visit.open(site)
    page.wait_for_selector("#ask:visible")
    assert page.title() == "What did Mira Vane say? · ask-ilya"


def test_an_example_is_asked_with_one_click_and_makes_room_for_the_answer(site: str, visit: Visit) -> None:
    page = visit.open(site)
    page.wait_for_selector("#ask:visible")
    assert "7 appearances · 2009–2024" in page.locator(".held").inner_text()
    example = page.locator("#first a.ask").first
    question = example.locator(".asked-first").inner_text()
    example.click()
    page.wait_for_selector(".answer-links")
    assert page.locator("#chat .user-row").all_inner_texts() == [question]
    assert page.locator("#first").is_hidden()


def test_a_question_is_answered_where_no_script_runs(site: str, browser: Browser, furnished: Assistant) -> None:
    with visiting(browser, java_script_enabled=False) as visit:
        page = visit.open(site)
        page.fill("#plain-question", "Why do bees dance?")
        page.locator("#plain-ask button").click()
        expected = [numbered.quote.text for numbered in furnished.ask("Why do bees dance?").quotes]
        assert page.locator("blockquote.words p").all_inner_texts() == expected
        assert "/a/a_" in page.url
        page.goto(site)
        page.fill("#plain-question", "???")
        page.locator("#plain-ask button").click()
        assert "ask a question in words" in page.locator("main .trouble").inner_text()
        assert page.input_value("#plain-question") == "???"


def test_a_form_of_another_site_cannot_ask(site: str, visit: Visit) -> None:
    page = visit.open(f"{site}/healthz")
    headers = {"origin": "https://elsewhere.example"}
    assert page.request.post(f"{site}/ask", form={"q": "Why?"}, headers=headers).status == 403


def test_one_language_is_chosen_and_kept_on_every_page(site: str, browser: Browser) -> None:
    with visiting(browser) as visit:
        page = visit.open(site)
        page.wait_for_selector("#ask:visible")
        page.locator("a.language").click()
        page.wait_for_selector("#ask:visible")
        assert page.locator("#ask").inner_text() == "提问"
        page.goto(site)
        page.wait_for_selector("#ask:visible")
        assert page.locator("#ask").inner_text() == "提问"
        ask(page, "Why do bees dance?")  # the question is English, the page around it is not
        assert page.locator("#chat a.read").first.inner_text() == "阅读原文"
        assert "检索了" in page.locator("#chat .coverage").inner_text()
        assert "5月" in page.locator("#chat .lead").first.inner_text()
        page.goto(f"{site}/library")
        assert page.locator("h1").inner_text() == "资料库"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_chosen_win_over_the_systems(site: str, browser: Browser, scheme: str) -> None:
    with visiting(browser, color_scheme=scheme) as visit:
        page = visit.open(site)
        page.wait_for_selector("#ask:visible")
        dark = "document.body.classList.contains('dark')"
        assert page.evaluate(dark) is (scheme == "dark")
        page.locator("button.theme").click()
        page.reload()
        page.wait_for_selector("#ask:visible")
        assert page.evaluate(dark) is (scheme != "dark")
