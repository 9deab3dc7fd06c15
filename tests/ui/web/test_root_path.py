"""Under a path of a reverse proxy: everything works, and no link, script or request leads out of it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page
from pydantic import ValidationError

from knowledge.search.embedding import BilingualEmbeddings
from tests.ui.web.conftest import ask, furnish, served, visiting
from tests.ui.web.reverse_proxy import Proxy, proxied
from ui.web.access.root_path import rooted
from ui.web.page_settings import WebSettings

PATH = "/tools/ilya"
_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_LINKS = """all => all.flatMap((one) => ["href", "src", "action", "formaction", "data-list"]
  .filter((name) => one.hasAttribute(name)).map((name) => new URL(one.getAttribute(name), location.href).href))"""


@pytest.fixture(scope="module", params=[True, False], ids=["stripped", "left on"])
def proxy(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, embeddings: BilingualEmbeddings
) -> Iterator[Proxy]:
    """A page with sign-in under a path of a proxy, over a library that may be changed."""
    home = tmp_path_factory.mktemp("sub-path")
    furnish(home, embeddings)
    settings = {"ILYA_ROOT_PATH": PATH, "ILYA_AUTH": f"ada:{_QUICK.hash('secret')}", "ILYA_UPLOADS": "always"}
    with served(home, **settings) as site, proxied(site, PATH, strips=request.param) as found:
        yield found


def test_the_whole_page_works_under_a_path_of_a_proxy(proxy: Proxy, browser: Browser) -> None:
    host = proxy.address.removesuffix(PATH)
    with visiting(browser) as visit:
        page = visit.open(f"{proxy.address}/")
        assert page.url.startswith(f"{proxy.address}/login")
        _keeps_inside(page, proxy)
        _sign_in(page)
        page.wait_for_selector("#ask:visible")
        _keeps_inside(page, proxy)
        ask(page, "Why do bees dance?")
        page.wait_for_selector("#conversations .go", state="attached")
        _keeps_inside(page, proxy)
        page.locator("#chat a.read").first.click()
        page.wait_for_selector("#reader mark")
        _keeps_inside(page, proxy)
        page.keyboard.press("Escape")
        ask(page, "Is honey eternal?")
        page.reload()
        page.wait_for_selector("#chat .quote")
        page.locator("#chat .say.good").first.click()
        page.locator("#chat .add-line:visible").click()
        with page.expect_response("**/api/feedback") as kept:
            page.locator("#chat .send-line:visible").click()
        assert kept.value.status == 200
        page.locator("#chat .cite-menu summary").first.click()
        with page.expect_response("**/cite/**") as cited:
            page.locator("#chat .copy-style").first.click()
        assert cited.value.status == 200
        answer = str(page.locator("a.permalink").first.get_attribute("href"))
        quotes = [str(one.get_attribute("href")) for one in page.locator("#chat a.link").all()]
        names = [one.rpartition("/")[2] for one in quotes]
        for place in (
            answer, quotes[0], f"{quotes[0]}/cite", f"{PATH}/compare?a={names[0]}&b={names[-1]}", f"{PATH}/topics",
            f"{PATH}/library", f"{PATH}/check?q=Bees dance", f"{PATH}/s/bees", f"{PATH}/s/bees/facts",
            f"{PATH}/s/bees/speakers", f"{PATH}/nowhere",
        ):  # fmt: skip
            assert page.goto(host + place).status == (404 if "nowhere" in place else 200)  # type: ignore[union-attr]
            assert page.evaluate("document.styleSheets.length") >= 5, place
            _keeps_inside(page, proxy)
            told = page.locator("meta[property='og:url'], meta[property='og:image']").evaluate_all(
                "all => all.map((one) => one.content)"
            )
            assert all(one.startswith(proxy.address) for one in told), told
            assert all(page.request.get(one).ok for one in told), told
        page.locator("a.language").click()
        assert page.url.startswith(proxy.address)
        assert page.evaluate("document.documentElement.lang") == "zh"
        page.goto(f"{proxy.address}/check?lang=en")
        page.fill("#claim", "Why do bees dance?")
        page.locator("form.check button[type=submit]").first.click()
        page.wait_for_selector(".verdict, .trouble")
        assert page.url.startswith(f"{proxy.address}/check")
        page.locator(".sign-out").click()
        page.wait_for_selector("form.login")
        assert page.url.startswith(f"{proxy.address}/login")
    assert proxy.outside == []


def test_files_are_brought_and_programs_ask_under_the_path(proxy: Proxy, browser: Browser, tmp_path: Path) -> None:
    with visiting(browser) as visit:
        page = visit.open(f"{proxy.address}/login?next=/library")
        _sign_in(page)
        words = b"Ana Sol: What is in the cellar?\n\nMira Vane: In the cellar I keep cheese and a telescope.\n"
        page.set_input_files(
            ".adding input[type=file]", {"name": "cellar.txt", "mimeType": "text/plain", "buffer": words}
        )
        page.wait_for_selector(".reports tbody a")
        _keeps_inside(page, proxy)
        link = str(page.locator(".reports tbody a").first.get_attribute("href"))
        assert link.startswith(f"{PATH}/")
        told = page.request.post(f"{proxy.address}/api/v1/ask", data={"question": "Why do bees dance?"})
        assert told.status == 200, told.text()
        assert told.json()["quotes"]
    assert proxy.outside == []


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


def _sign_in(page: Page) -> None:
    page.fill("input[name=name]", "ada")
    page.fill("input[name=password]", "secret")
    page.locator("form.login button").click()


def _keeps_inside(page: Page, proxy: Proxy) -> None:
    """Every address the page could go to or load from lies under the path."""
    links = page.locator(":is([href], [src], [action], [formaction], [data-list])").evaluate_all(_LINKS)
    ours = [link for link in links if link.startswith(proxy.address.removesuffix(PATH))]
    assert ours
    assert [link for link in ours if not link.startswith(proxy.address)] == []
