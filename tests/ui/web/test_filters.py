"""Filters: chosen from what the library holds, shown as chips, kept in the link, obeyed by the answer."""

from tests.ui.web.conftest import Visit, ask


def test_a_filter_becomes_a_chip_in_the_link_and_limits_the_answer(site: str, visit: Visit) -> None:
    page = visit.open(site)
    page.wait_for_selector("#ask:visible")
    page.locator("#filters summary").click()
    page.select_option("#filters select[name=venue]", "Radio Salt")
    page.select_option("#filters select[name=until]", "2009")
    assert page.locator(".chips li").all_inner_texts() == ["venue: Radio Salt ×", "until: 2009 ×"]
    ask(page, "What were bees in those days?")
    assert {"Early radio" in cite for cite in page.locator("#chat cite").all_inner_texts()} == {True}
    link = page.url
    fresh = visit.open(link.split("&c=")[0])
    fresh.wait_for_selector(".chips li")
    assert fresh.locator(".chips li").count() == 2
    fresh.locator(".chips button").first.click()
    assert "venue" not in fresh.url
    fresh.locator(".chips button").first.click()
    ask(fresh, "Why do bees dance?")
    assert any("On bees" in cite for cite in fresh.locator("#chat cite").all_inner_texts())


def test_the_timeline_orders_by_date_and_jumps_to_the_card(site: str, visit: Visit) -> None:
    page = visit.open(f"{site}/?order=date")
    ask(page, "What moves the tides and what do bees point at?")
    marks = page.locator("#chat .timeline a")
    assert marks.count() == page.locator("#chat .quote").count() > 1
    assert marks.all_inner_texts() == sorted(marks.all_inner_texts(), key=int)
    last = page.locator("#chat .quote").last
    marks.last.click()
    assert last.locator("a.read").evaluate("one => one === document.activeElement")


def test_a_link_whose_filters_make_no_sense_is_answered_with_a_sentence(site: str, visit: Visit) -> None:
    page = visit.open(f"{site}/?since=yesterday")
    page.wait_for_selector("#ask:visible")
    page.fill("#question textarea", "Why do bees dance?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chat .trouble")
    assert "cannot be understood" in page.locator("#chat .trouble").inner_text()
