"""Under a path of a reverse proxy: everything works, and no link, script or request leads out of it."""

import re

import pytest
from playwright.sync_api import Browser
from pydantic import ValidationError

from assistant import Assistant
from tests.ui.web.conftest import ask, served, visiting
from tests.ui.web.reverse_proxy import proxied
from ui.web.access.root_path import rooted
from ui.web.page_settings import WebSettings

PATH = "/tools/ilya"


@pytest.mark.parametrize("strips", [True, False])
def test_the_whole_page_works_under_a_path_of_a_proxy(furnished: Assistant, browser: Browser, *, strips: bool) -> None:
    with (
        served(furnished.settings.home, ILYA_ROOT_PATH=PATH) as site,
        proxied(site, PATH, strips=strips) as address,
        visiting(browser, accept_downloads=True) as visit,
    ):
        page = visit.open(f"{address}/")
        ask(page, "Why do bees dance?")
        page.wait_for_selector("#conversations .go")
        page.locator("#chat a.read").first.click()
        page.wait_for_selector("#reader mark")
        page.keyboard.press("Escape")
        ask(page, "Is honey eternal?")
        page.reload()
        page.wait_for_selector("#chat .quote")
        answer = str(page.locator("a.permalink").first.get_attribute("href"))
        quote = str(page.locator("#chat a.link").first.get_attribute("href"))
        assert answer.startswith(f"{PATH}/a/")
        host = address.removesuffix(PATH)
        places = ("/library", "/topics", "/check?q=Bees dance", "/s/bees", "/s/bees/speakers", "/nowhere")
        for place in (answer, quote, f"{quote}/cite", *(PATH + one for one in places)):
            page.goto(host + place)
            links = page.locator(":is([href], [src], [action])").evaluate_all(
                "all => all.map((one) => new URL(one.href || one.src || one.action, location.href).href)"
            )
            ours = [link for link in links if link.startswith(host)]
            assert ours
            assert [link for link in ours if not link.startswith(address)] == []
        page.locator("a.language").click()
        assert page.url.startswith(address)
        page.goto(f"{address}/check")
        page.fill("#claim", "Why do bees dance?")
        page.locator("form.check button[type=submit]").first.click()
        page.wait_for_selector(".verdict, .trouble")
        assert page.url.startswith(f"{address}/check?q=")


@pytest.mark.parametrize(
    ("html", "moved"),
    [
        ('<a href="/q/x">', '<a href="/r/q/x">'),
        ('<a href="&#47;q&#47;x">', '<a href="/r&#47;q&#47;x">'),
        ('<form action="/ask">', '<form action="/r/ask">'),
        ('<a href="/r/q/x">', '<a href="/r/q/x">'),
        ('<a href="//x">', '<a href="//x">'),
        ('<a href="&#47;&#47;x">', '<a href="&#47;&#47;x">'),
        ('<a href="#x">', '<a href="#x">'),
        ('<a href="https&#58;&#47;&#47;x">', '<a href="https&#58;&#47;&#47;x">'),
        ("<p>href&#61;&#34;&#47;x</p>", "<p>href&#61;&#34;&#47;x</p>"),
    ],
)
def test_addresses_of_ours_move_and_nothing_else(html: str, moved: str) -> None:
    assert rooted(html, "/r") == moved
    assert rooted(html, "") == html


@pytest.mark.parametrize(("given", "path"), [("", ""), ("/", ""), ("ilya", "/ilya"), ("/a/b/", "/a/b")])
def test_a_path_is_written_with_or_without_slashes(given: str, path: str) -> None:
    assert WebSettings(root_path=given).root_path == path


@pytest.mark.parametrize("given", ["/a b", "/a//b", "https://x/y", '/"><script>', "/a?b"])
def test_what_is_no_path_is_refused(given: str) -> None:
    with pytest.raises(ValidationError, match=re.escape("such as /ilya")):
        WebSettings(root_path=given)
