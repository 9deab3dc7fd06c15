"""The reader beside the chat: the source at the quote's words, searched without touching them."""

import itertools

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Locator, Page

from knowledge.model.turns import Role
from tests.invented import BEES, labelled_source
from tests.ui.web.conftest import Visit, ask, visiting
from ui.rendering.page_texts import page_texts
from ui.web.templates.source_map import Placed, source_map
from ui.web.templates.source_view import source_html

ENGLISH = page_texts("en")

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


def test_a_map_shows_where_the_answers_quotes_stand_and_leads_there(site: str, visit: Visit) -> None:
    page = visit.open(site)
    ask(page, "Why do bees dance?")
    ask(page, "What did the lighthouse keeper, the painter and the baker say?")
    rows = page.locator("#chat .bot-row")
    for row in (rows.first, rows.last):
        card = row.locator(".quote").first
        card.locator("a.read").click()
        page.wait_for_selector("#reader .source-map:visible")
        beside = [one for one in row.locator(".quote").all() if _source_of(page, one) == _source_of(page, card)]
        numbers = sorted(_number(one) for one in beside)
        links = page.locator("#reader .source-map a")
        assert sorted(links.all_inner_texts()) == numbers
        assert page.locator("#reader .source-map a[aria-current]").inner_text() == _number(card)
        for one in beside:
            number, words = _number(one), one.locator("blockquote.words p").inner_text()
            address = page.url
            links.filter(has_text=number).click()
            assert page.evaluate("document.activeElement.textContent") == words
            assert page.url == address
        page.keyboard.press("Escape")


def test_numbers_on_the_map_stay_apart_and_within_it() -> None:
    source = labelled_source(BEES, "bees", title="On bees", date="2021-05")
    near = [Placed(number, 100 + number, 101 + number, main=number == 2) for number in range(1, 13)]
    drawn = source_map(source, near)
    labels = [label for _, _, label in drawn.quotes]
    assert all(later - earlier >= 6.9 for earlier, later in itertools.pairwise(labels))
    assert labels[0] >= 2
    assert labels[-1] <= 98
    his = sum(turn.end - turn.start for turn in source.turns if turn.role is Role.SUBJECT)
    assert sum(width for _, width in drawn.stretches) == pytest.approx(100 * his / len(source.text), abs=0.2)


def test_quotes_that_share_words_are_marked_once_and_nothing_of_the_text_is_lost() -> None:
    source = labelled_source(BEES, "bees", title="On bees", date="2021-05")
    turn = next(turn for turn in source.turns if turn.role is Role.SUBJECT)
    placed = [Placed(1, turn.start, turn.start + 20), Placed(2, turn.start + 10, turn.end, main=True)]
    shown = BeautifulSoup(source_html(source, ENGLISH, subject="Mira Vane", placed=placed), "lxml")
    assert shown.select_one("#mark").get_text() == source.text[turn.start + 10 : turn.end]  # type: ignore[union-attr]
    assert shown.select(".also") == []
    said = [one.get_text() for one in shown.select(".turn .said")]
    assert said == [source.text[one.start : one.end] for one in source.turns]


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


def _number(card: Locator) -> str:
    return card.locator(".number").inner_text().strip("[]")


def _source_of(page: Page, card: Locator) -> str:
    return str(page.request.get(f"{page.url.split('/?')[0]}/q/{card.get_attribute('id')}.json").json()["source"]["id"])


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {selector} by Tab")
