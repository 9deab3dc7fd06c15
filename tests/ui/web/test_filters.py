"""Filters: chosen from what the library holds, shown as chips, kept in the link, obeyed by the answer."""

from playwright.sync_api import Browser

from tests.ui.web.conftest import Visit, ask, visiting


def test_a_filter_becomes_a_chip_in_the_link_and_limits_the_answer(site: str, visit: Visit) -> None:
    page = visit.open(site)
    page.wait_for_selector("#ask:visible")
    page.locator(".open-panel").click()
    page.select_option("#sources-panel select[name=venue]", "Radio Salt")
    page.select_option("#sources-panel select[name=until]", "2009")
    assert page.input_value("#sources-panel select[name=until]") == "2009"
    page.keyboard.press("Escape")
    assert page.locator(".chips li").all_inner_texts() == ["venue: Radio Salt ×", "until: 2009 ×"]
    ask(page, "What were bees in those days?")
    assert {"Early radio" in cite for cite in page.locator("#chat cite").all_inner_texts()} == {True}
    link = str(page.evaluate("location.href"))
    fresh = visit.open(link.split("&c=")[0])
    fresh.wait_for_selector(".chips li")
    assert fresh.locator(".chips li").count() == 2
    fresh.locator(".chips button").first.click()
    assert "venue" not in fresh.evaluate("location.search")
    fresh.locator(".chips button").first.click()
    ask(fresh, "Why do bees dance?")
    assert any("On bees" in cite for cite in fresh.locator("#chat cite").all_inner_texts())


def test_the_timeline_orders_by_date_and_jumps_to_the_card(site: str, visit: Visit) -> None:
    page = visit.open(f"{site}/?order=date")
    ask(page, "What moves the tides and what do bees point at?")
    marks = page.locator("#chat .timeline a")
    assert marks.count() == page.locator("#chat .quote").count() > 1
    assert marks.all_inner_texts() == sorted(marks.all_inner_texts(), key=int)
    assert page.locator("#chat .timeline").get_attribute("open") is not None
    last = page.locator("#chat .quote").last
    marks.last.click()
    assert last.locator("a.read").evaluate("one => one === document.activeElement")


def test_a_question_about_change_opens_the_timeline_and_any_other_leaves_it_folded(site: str, visit: Visit) -> None:
    page = visit.open(site)
    ask(page, "How did her view of bees change over time?")
    ask(page, "What does she say about bees, clocks and tides?")
    opened = page.locator("#chat .timeline").evaluate_all("all => all.map((one) => one.open)")
    assert opened == [True, False]
    saved = page.locator("a.permalink").first.get_attribute("href")
    page.goto(f"{site}{saved}")
    assert page.locator(".timeline a:visible").count() == page.locator(".quote").count() > 1


def test_a_link_whose_filters_make_no_sense_is_answered_with_a_sentence(site: str, visit: Visit) -> None:
    page = visit.open(f"{site}/?since=yesterday")
    page.wait_for_selector("#ask:visible")
    page.fill("#question textarea", "Why do bees dance?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chat .trouble")
    assert "cannot be understood" in page.locator("#chat .trouble").inner_text()


def test_a_long_name_on_a_chip_makes_no_page_wider_than_a_phone(site: str, browser: Browser) -> None:
    with visiting(browser, viewport={"width": 380, "height": 740}, has_touch=True, is_mobile=True) as visit:
        page = visit.open(f"{site}/?venue={'A venue of a very long name indeed ' * 4}&venue={'Unbreakable' * 12}")
        page.wait_for_selector(".chips li >> nth=1")
        page.wait_for_selector("#ask:visible")
        assert page.evaluate("[innerWidth, document.documentElement.scrollWidth]") == [380, 380]
