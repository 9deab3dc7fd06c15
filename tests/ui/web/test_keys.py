"""Keys in the chat: `/ ? o c` and the arrows; a reader that is closed and opened again at once."""

from playwright.sync_api import Browser, Page

from tests.ui.web.conftest import Visit, ask, visiting

_CARD = "document.activeElement.closest('.quote')?.id ?? null"
_TYPED = "document.querySelector('#question textarea').value"


def _cards(page: Page) -> list[str]:
    return [str(one.get_attribute("id")) for one in page.locator("#chat .quote").all()]


def test_arrows_lead_to_the_answers_cards_from_where_the_question_was_typed(site: str, visit: Visit) -> None:
    page = visit.open(site)
    ask(page, "Is honey eternal?")
    before = len(_cards(page))
    ask(page, "Why do bees dance?")
    cards = _cards(page)
    assert page.evaluate("document.activeElement.matches('#question textarea')")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(_CARD) == cards[before]  # the first of the last answer
    page.keyboard.press("ArrowUp")
    assert page.evaluate(_CARD) == cards[before - 1]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(_CARD) == cards[min(before + 1, len(cards) - 1)]
    assert page.evaluate(_TYPED) == ""


def test_o_opens_the_card_and_escape_leads_back_however_quickly(site: str, visit: Visit) -> None:
    page = visit.open(site)
    ask(page, "Why do bees dance?")
    page.keyboard.press("ArrowDown")
    card = page.evaluate(_CARD)
    for _ in range(5):  # the page goes back in its history while the next reader opens
        page.keyboard.press("o")
        page.wait_for_selector("#reader mark:visible")
        assert page.evaluate("document.activeElement.id") == "mark"
        page.keyboard.press("Escape")
        assert page.locator("#reader").is_hidden()
        assert page.evaluate(_CARD) == card
    page.keyboard.press("o")
    page.wait_for_selector("#reader mark:visible")
    page.wait_for_timeout(300)
    assert page.locator("#reader").is_visible()
    assert page.evaluate(_TYPED) == ""


def test_o_works_while_the_answer_is_not_closed_yet(site: str, visit: Visit) -> None:
    page = visit.open(site)
    page.wait_for_selector("#ask:visible")
    page.fill("#question textarea", "Why do bees dance?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chat .quote")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(".answer-links")
    page.wait_for_selector("#ask:visible")
    page.keyboard.press("o")
    page.wait_for_selector("#reader mark:visible")
    assert page.evaluate(_TYPED) == ""


def test_slash_asks_question_mark_lists_the_keys_and_c_copies(site: str, browser: Browser) -> None:
    with visiting(browser, permissions=["clipboard-read", "clipboard-write"]) as visit:
        page = visit.open(site)
        ask(page, "Why do bees dance?")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("c")
        page.wait_for_selector("#chat .copied.seen")
        words = page.locator("#chat blockquote.words p").first.inner_text()
        assert page.evaluate("navigator.clipboard.readText()").startswith(f"“{words}”")
        page.keyboard.press("?")
        assert page.locator("#keys kbd").all_inner_texts() == ["/", "↑ ↓", "o", "c", "Esc", "?"]
        page.keyboard.press("Escape")
        assert page.locator("#keys").is_hidden()
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.matches('#question textarea')")
        page.keyboard.type("o/c?")
        assert page.evaluate(_TYPED) == "o/c?"
        page.keyboard.press("ArrowUp")  # what is being written is moved in, not left
        assert page.evaluate("document.activeElement.matches('#question textarea')")
