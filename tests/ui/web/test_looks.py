"""What everybody must be able to use: no serious finding of axe, both languages, both colours."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.ui.web.conftest import ask, visiting


def serious(page: Page) -> list[str]:
    """Return what axe finds serious in a page as it is, in both colours."""
    return [*_serious(page, "light"), *_serious(page, "dark")]


def _serious(page: Page, colours: Literal["light", "dark"]) -> list[str]:
    page.emulate_media(color_scheme=colours)
    page.evaluate("dark => document.body.classList.toggle('dark', dark)", colours == "dark")  # as when it was loaded
    page.evaluate("Promise.all(document.getAnimations().map((one) => { try { one.finish() } catch {} }))")
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{colours}: {one['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def test_both_colours_are_looked_at(pages: str, browser: Browser) -> None:
    with visiting(browser) as visit:
        page = visit.open(f"{pages}/library")
        page.evaluate("""document.body.insertAdjacentHTML("beforeend", `<p><style>
          .dark #pale { color: #333; background: #222 }</style>
          <span id="pale">words that cannot be read in the dark</span></p>`)""")
        assert {one.partition(":")[0] for one in serious(page) if "pale" in one} == {"dark"}


@pytest.mark.parametrize("width", [1280, 380])
def test_axe_finds_nothing_serious(site: str, browser: Browser, width: int) -> None:
    with visiting(browser, viewport={"width": width, "height": 800}) as visit:
        page = visit.open(f"{site}/?until=2024")
        page.wait_for_selector("#ask:visible")
        assert serious(page) == []
        page.locator(".open-panel").click()
        assert serious(page) == []
        page.keyboard.press("Escape")
        ask(page, "Why do bees dance?")
        assert serious(page) == []
        page.locator("#chat .quote").first.locator("a.read").click()
        page.wait_for_selector("#reader mark")
        assert serious(page) == []
        answer, quote = (page.locator(one).first.get_attribute("href") for one in ("a.permalink", "#chat a.link"))
        changed = "/check?q=When both pull together we get the neap tide. — Mira Vane, NeurIPS 2024"
        others = "/check?q=Do you think ants do something like it?"
        review = "/s/bees/speakers?by=sentence"
        first, last = (
            str(one.get_attribute("id"))
            for one in (page.locator("#chat .quote").first, page.locator("#chat .quote").last)
        )
        compare = f"/compare?a={first}&b={last}"
        for place in (
            answer, quote, f"{quote}/cite", compare, "/library", "/topics", "/check", "/s/bees", "/s/bees/facts",
            "/q/q_nothing", "/nowhere", changed, others, review,
        ):  # fmt: skip
            page.goto(f"{site}{place}")
            assert serious(page) == []


def test_a_chinese_browser_gets_a_chinese_page_around_english_words(site: str, browser: Browser) -> None:
    with visiting(browser, locale="zh-CN") as visit:
        page = visit.open(site)
        page.wait_for_selector("#ask:visible")
        assert "Mira Vane 说过什么" in page.locator("h1").inner_text()
        assert page.locator("#ask").inner_text() == "提问"
        assert page.evaluate("document.documentElement.lang") == "zh"
        ask(page, "月亮（the moon）对潮水有什么作用？")
        assert page.locator("#chat .quote blockquote p").first.inner_text().isascii()
        assert " 问" in page.locator("#chat .asked .who").first.inner_text()
        page.locator("#chat .quote a.read").first.click()
        page.wait_for_selector("#reader mark")
        assert page.locator("#reader .close").inner_text() == "关闭"
        page.goto(f"{site}/library")
        assert page.locator("h1").inner_text() == "资料库"


def test_an_address_may_choose_the_language(site: str, browser: Browser) -> None:
    with visiting(browser) as visit:
        page = visit.open(f"{site}/?lang=zh")
        page.wait_for_selector("#ask:visible")
        assert page.locator("#ask").inner_text() == "提问"
