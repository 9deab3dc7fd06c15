"""The reader beside the chat: the source at the quote's words, searched without touching them."""

from playwright.sync_api import Browser, Page

from tests.ui.web.conftest import Visit, ask, visiting

_IN_SIGHT = """() => {
  const box = document.querySelector("#reader mark").getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
}"""


def opened(page: Page, question: str) -> str:
    ask(page, question)
    words = page.locator("#chat .quote").first.locator("blockquote p").inner_text()
    page.locator("#chat .quote").first.locator("blockquote").click()
    page.wait_for_selector("#reader mark")
    return words


def test_clicking_a_card_shows_its_words_in_the_source_between_the_turns_around_it(site: str, visit: Visit) -> None:
    page = visit.open(site)
    words = opened(page, "Do ants dance?")
    assert page.locator("#reader mark").inner_text() == words
    page.wait_for_function(_IN_SIGHT)
    speakers = page.locator("#reader .turn .speaker").all_inner_texts()
    assert speakers == ["Tom Reed", "Mira Vane"] * 3
    his, theirs = page.locator("#reader .turn.subject .said").first, page.locator("#reader .turn.other .said").first
    colour = "one => getComputedStyle(one).color"
    assert his.evaluate(colour) != theirs.evaluate(colour)


def test_times_of_the_recording_stand_beside_the_speakers(site: str, visit: Visit) -> None:
    page = visit.open(site)
    opened(page, "Would you build a tide mill?")
    assert page.locator("#reader .time").all_inner_texts() == ["0:00", "1:00", "2:00", "3:00"]
    link = page.locator("#chat .quote").first.locator("a.open")
    assert link.inner_text() == "open at 3:00"
    assert str(link.get_attribute("href")).endswith("&t=180")


def test_searching_within_counts_the_hits_and_goes_round_both_ways(site: str, visit: Visit) -> None:
    page = visit.open(site)
    opened(page, "Is honey eternal?")
    before = page.locator("#reader .turns").inner_text()
    box = page.locator("#reader input[type=search]")
    box.fill("DANCE")
    box.press("Enter")
    count = page.locator("#reader output")
    total = int(count.inner_text().split("/")[1])
    assert total == before.lower().count("dance")
    first = int(count.inner_text().split("/")[0])
    box.press("Shift+Enter")
    assert int(count.inner_text().split("/")[0]) == (first - 2) % total + 1
    page.locator("#reader .next").click()
    assert int(count.inner_text().split("/")[0]) == first
    box.fill("no such words")
    box.press("Enter")
    assert count.inner_text() == "0"
    assert page.locator("#reader .turns").inner_text() == before


def test_everything_can_be_done_with_the_keyboard_alone(site: str, visit: Visit) -> None:
    page = visit.open(site)
    page.wait_for_selector("#ask:visible")
    page.locator("#question textarea").focus()
    page.keyboard.type("Why do bees dance?")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer-links")
    _tab_to(page, "#chat a.read")
    page.keyboard.press("Enter")
    page.wait_for_selector("#reader mark")
    assert page.evaluate("document.activeElement.id") == "mark"
    page.keyboard.press("Escape")
    assert page.locator("#reader").is_hidden()
    assert page.evaluate("document.activeElement.className") == "read"
    _tab_to(page, "#chat summary.bad")
    page.keyboard.press("Enter")
    _tab_to(page, "#chat .say.off_topic")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chat .thanks.seen")


def test_on_a_phone_the_reader_slides_over_and_nothing_is_wider_than_the_screen(site: str, browser: Browser) -> None:
    with visiting(browser, viewport={"width": 380, "height": 740}, has_touch=True, is_mobile=True) as visit:
        page = visit.open(site)
        opened(page, "What is the longest river name?")
        page.evaluate("Promise.all(document.getAnimations().map((moving) => moving.finished))")
        assert page.locator("#reader").evaluate("one => one.getBoundingClientRect().width") == 380
        assert page.evaluate("document.documentElement.scrollWidth") <= 380
        assert page.locator("#reader").evaluate("one => one.scrollWidth <= one.clientWidth")
        page.locator("#reader .close").tap()
        assert page.locator("#reader").is_hidden()
        page.locator("#chat .quote a.read").first.tap()
        page.wait_for_selector("#reader mark")
        page.go_back()
        page.wait_for_selector("#reader", state="hidden")
        assert page.locator("#chat .quote").count() >= 1
        assert "c=" in page.evaluate("location.search")
        for place in ("/library", "/s/hostile", "/s/hostile/speakers"):
            page.goto(site + place)
            assert page.evaluate("document.documentElement.scrollWidth") <= 380


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {selector} by Tab")
