"""Questions asked in a real browser are answered with the sources' own characters."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from assistant import Assistant
from tests.ui.web.conftest import Visit, ask, begin, conversation_in, served, slices, visiting
from tests.ui.web.library import FORMS, HOSTILE_LINES, ODD, QUESTIONS

# every choice of an open menu is seen, or can be scrolled to within the menu: nothing lies over it or cuts it off
_REACHED = """menu => [...menu.querySelectorAll(".choices :is(a, button)")].every((one) => {
  one.scrollIntoView({ block: "nearest" });
  const box = one.getBoundingClientRect();
  return one.contains(document.elementFromPoint(box.left + 4, box.top + box.height / 2));
})"""


def test_an_example_answers_with_cards_that_say_who_asked(site: str, visit: Visit, furnished: Assistant) -> None:
    page = visit.open(site)
    ask(page, "Why do bees dance?")
    words = page.locator("#chat .quote blockquote.words p")
    expected = [numbered.quote.text for numbered in furnished.ask("Why do bees dance?").quotes]
    assert words.all_inner_texts() == expected
    assert page.locator("#chat .number").all_inner_texts() == [f"[{place}]" for place in range(1, len(expected) + 1)]
    assert "Tom Reed asked" in page.locator("#chat .quote .asked").first.inner_text()


@pytest.mark.parametrize("form", FORMS)
def test_the_visible_words_of_every_card_are_the_sources_characters(
    site: str, browser: Browser, furnished: Assistant, form: str
) -> None:
    with visiting(browser) as visit:
        page = visit.open(site)
        for question in QUESTIONS:
            ask(page, form.format(question))
            last = page.locator("#chat .message:has(> .answer, .answer)").last
            assert last.locator("blockquote.words p").all_inner_texts() == slices(furnished, site, page)
        assert page.evaluate("window.hacked") is None


def test_hostile_words_stay_words_wherever_they_are_shown(site: str, visit: Visit, furnished: Assistant) -> None:
    page = visit.open(site)
    wanted = {
        "What did the lighthouse keeper write?": HOSTILE_LINES["scripts"],
        "What did a painter frame?": HOSTILE_LINES["handlers"],
        "What did the glacier answer?": HOSTILE_LINES["links"],
        "What does an accountant owe?": HOSTILE_LINES["maths"],
        "What does the librarian cite?": HOSTILE_LINES["citations"],
        "What does the archivist keep?": ODD,
    }
    for question, words in wanted.items():
        ask(page, question)
        last = page.locator("#chat .message:has(.answer)").last
        assert words in last.locator("blockquote.words p").all_inner_texts()
    assert (
        page.locator("#chat :is(script, img, iframe, u, b, i, h1, h2:not(.question), table, code, .katex)").count() == 0
    )
    assert page.locator("#chat a[href^=javascript]").count() == 0
    page.locator("#chat .quote", has_text="lighthouse").first.locator("a.read").click()
    page.wait_for_selector("#reader mark")
    assert page.locator("#reader mark").inner_text() == HOSTILE_LINES["scripts"]
    assert page.locator("#reader h2").inner_text() == "<u>Titles</u> & [3] $$"
    for place in ("/library", "/s/hostile"):
        page.goto(site + place)
        assert "<u>Titles</u> & [3] $$" in page.locator("main").inner_text()
    assert page.evaluate("window.hacked") is None


def test_nothing_found_says_so_and_what_was_searched(site: str, visit: Visit) -> None:
    page = visit.open(f"{site}/?source=no-such-source")
    ask(page, "Why do bees dance?")
    assert page.locator("#chat .quote").count() == 0
    assert page.locator("#chat .abstention").count() == 1
    assert "No source was searched" in page.locator("#chat .coverage").inner_text()


def test_blank_and_endless_questions_get_one_sentence_in_the_pages_language(site: str, browser: Browser) -> None:
    with visiting(browser, locale="zh-CN") as visit:
        page = visit.open(site)
        begin(page, "？")
        page.wait_for_selector("#chat .trouble")
        assert "请用文字提问" in page.locator("#chat .trouble").inner_text()
        begin(page, "long " * 200_000)
        page.wait_for_selector("#chat .trouble >> nth=1")
        assert "2,000" in page.locator("#chat .trouble").nth(1).inner_text()
        page.wait_for_function("document.querySelector('#question textarea').value.length === 1_000_000")
        ask(page, "Why do bees dance?")
        assert page.locator("#chat .quote").count() >= 1


def test_quotes_arrive_one_by_one_and_stop_keeps_what_has_come(
    furnished: Assistant, browser: Browser, tmp_path: Path
) -> None:
    question = "What does she say about bees, clocks and tides?"
    expected = [numbered.quote.text for numbered in furnished.ask(question).quotes]
    assert len(expected) > 1
    gate = tmp_path / "gate"
    with served(furnished.settings.home, TEST_GATE=str(gate)) as site, visiting(browser) as visit:
        page = visit.open(site)
        begin(page, question)
        page.wait_for_selector("#chat .quote")
        assert page.locator("#chat .step").count() == 1
        assert page.locator("#chat blockquote.words p").all_inner_texts() == expected[:1]
        page.fill("#question textarea", "Typed while the answer comes")
        page.locator("#stop").click()
        page.wait_for_selector("#chat .halted")
        page.wait_for_selector("#ask:visible")
        assert page.locator("#chat blockquote.words p").all_inner_texts() == expected[:1]
        assert page.locator("#chat .step, .answer-links").count() == 0
        assert page.input_value("#question textarea") == "Typed while the answer comes"
        # a visitor who leaves in the middle harms nobody: the next one is answered
        leaving = visit.open(site)
        begin(leaving, question)
        leaving.wait_for_selector("#chat .quote")
        leaving.close()
        gate.touch()
        ask(page, "Is honey eternal?")
        assert page.locator("#chat .quote").count() > 1


def test_a_question_is_changed_where_it_stands_and_what_followed_it_goes(site: str, visit: Visit) -> None:
    page = visit.open(site)
    for question in ("Why do bees dance?", "Is honey eternal?", "What moves the tides?"):
        ask(page, question)
    page.fill("#question textarea", "A draft")
    page.locator(".answer-links a.edit").nth(1).click()
    area = page.locator("form.editing textarea")
    assert area.input_value() == "Is honey eternal?"
    area.fill("Do ants dance?")
    area.press("Enter")
    page.wait_for_function("document.querySelectorAll('.answer-links').length === 2")
    page.wait_for_selector("#ask:visible")
    assert page.locator("#chat .user-row").all_inner_texts() == ["Why do bees dance?", "Do ants dance?"]
    page.wait_for_function("document.querySelector('#question textarea').value === 'A draft'")
    page.locator(".answer-links a.again").last.click()
    page.wait_for_selector("#stop:visible", state="hidden")
    page.goto(f"{site}/?c={conversation_in(page)}")
    page.wait_for_selector("#chat .quote")
    assert page.locator("#chat .user-row").all_inner_texts() == ["Why do bees dance?", "Do ants dance?"]


def test_an_edit_can_be_given_up_and_a_suggestion_is_asked_at_the_end(site: str, visit: Visit) -> None:
    page = visit.open(site)
    ask(page, "Why do bees dance?")
    page.locator("a.edit").last.click()
    page.keyboard.press("Escape")
    assert page.locator("form.editing").count() == 0
    offered = page.locator(".more a.ask").first
    question = offered.inner_text()
    offered.click()
    page.wait_for_function("document.querySelectorAll('.answer-links').length === 2")
    assert page.locator("#chat .user-row").all_inner_texts() == ["Why do bees dance?", question]


def test_what_was_just_asked_stands_at_the_top_with_its_answer_in_sight(site: str, browser: Browser) -> None:
    for size in ({"width": 1280, "height": 800}, {"width": 390, "height": 800}):
        with visiting(browser, viewport=size) as visit:
            page = visit.open(site)
            for asked in ("Why do bees dance?", "Who dances?", "What is the price of gold?"):
                ask(page, asked)
            question, answer, composer = (
                page.locator(one).last.bounding_box() or {}
                for one in ("#chat h2.question", "#chat .abstention", "#composer")
            )
            assert 0 <= question["y"] < 100
            assert answer["y"] + answer["height"] < composer["y"]
            page.evaluate("document.querySelector('#chat .quote').scrollIntoView({ block: 'end' })")
            for menu in page.locator("#chat .quote").first.locator("details.menu").all():
                menu.locator("summary").click()
                assert menu.evaluate(_REACHED)
                page.keyboard.press("Escape")
