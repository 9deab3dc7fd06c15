"""The check page: a pasted quotation, or a text with several, gets its verdict, the difference and the places."""

from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page

from assistant import Assistant
from tests.ui.web.conftest import Visit, visiting
from tests.ui.web.library import HOSTILE_LINES

ARTICLE = """\
# What Mira Vane said

Mira Vane said: “Bees dance to point at flowers.” She told Field Notes: “I do think ants dance.”

Later, Mira Vane said: “The honest bee is the last philosopher of our gardens.”
"""


def check(page: Page, site: str, claim: str) -> None:
    page.goto(f"{site}/check")
    page.fill("#claim", claim)
    page.locator("form.check button").click()
    page.wait_for_selector(".checked")


@pytest.mark.parametrize(
    ("claim", "verdict", "place"),
    [
        ("ants follow a smell on the ground", "exact", "Ants follow a smell on the ground."),
        ("I do think ants dance.", "altered", "I do not think ants dance."),
        ("Do you think ants do something like it?", "other_speaker", "Do you think ants do something like it?"),
        ("The honest bee is the last philosopher of our gardens.", "not_found", None),
    ],
)
def test_a_quotation_gets_its_verdict_and_the_place_it_rests_on(
    pages: str, visit: Visit, claim: str, verdict: str, place: str | None
) -> None:
    page = visit.open(f"{pages}/healthz")
    check(page, pages, claim)
    assert page.locator(f".verdict.{verdict}").count() == 1
    assert page.input_value("#claim") == claim
    assert "Searched 7 sources" in page.locator(".coverage").inner_text()
    assert "q=" in page.url
    if place is None:
        assert "does not show that they were never said" in page.locator(".explanation").inner_text()
        return
    assert page.locator(".matched").first.inner_text() == place
    page.locator(".place .read").first.click()
    page.wait_for_selector("mark#mark")
    assert page.locator("mark#mark").inner_text() == place


def test_the_difference_is_marked_on_both_sides_and_the_claim_is_not_in_the_quotation(pages: str, visit: Visit) -> None:
    page = visit.open(f"{pages}/healthz")
    check(page, pages, "When both pull together we get the neap tide.")
    words = page.locator(".place blockquote")
    assert words.inner_text() == "When both pull together we get the spring tide."
    assert words.locator("mark").all_inner_texts() == ["spring"]
    assert page.locator(".claimed ins").all_inner_texts() == ["neap"]
    assert page.locator(".changes li").all_inner_texts() == ["“spring” in the source, “neap” in the claim"]


def test_every_quotation_of_a_pasted_text_is_checked(pages: str, visit: Visit) -> None:
    page = visit.open(f"{pages}/healthz")
    check(page, pages, ARTICLE)
    verdicts = [str(one.get_attribute("class")).split()[1] for one in page.locator(".verdict").all()]
    assert verdicts == ["exact", "altered", "not_found"]
    assert page.locator(".claim .line").all_inner_texts() == ["Line 3", "Line 3", "Line 5"]
    assert page.locator(".checked .facts").inner_text().startswith("3 quotations")


def test_of_very_many_quotations_the_first_are_checked_and_that_is_said(pages: str, visit: Visit) -> None:
    page = visit.open(f"{pages}/healthz")
    check(page, pages, "Mira Vane said: “Bees dance to point at flowers.”\n\n" * 120)
    assert page.locator(".verdict.exact").count() == 100
    assert page.locator(".checked .facts").inner_text().startswith("120 quotations")
    assert "first 100" in page.locator(".checked .trouble").inner_text()


def test_hostile_claims_stay_words(pages: str, visit: Visit) -> None:
    page = visit.open(f"{pages}/healthz")
    claim = HOSTILE_LINES["handlers"].replace("portrait", "picture") + " </textarea><script>window.hacked=1</script>"
    check(page, pages, claim)
    assert page.input_value("#claim") == claim
    assert HOSTILE_LINES["handlers"] in page.locator(".place blockquote").first.inner_text()
    assert page.locator(".checked :is(script, img)").count() == 0
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize(
    ("claim", "english", "chinese"),
    [
        ("scale", "too short", "引文太短"),
        ("?!", "no words", "没有可核对的文字"),
        ("word " * 5_000, "Nothing in this text is attributed", "没有任何内容记为"),
        ("word " * 200_000, "1,000,000 characters", "1,000,000 个字符"),
    ],
)
def test_what_cannot_be_checked_gets_one_sentence_in_the_pages_language(
    pages: str, claim: str, english: str, chinese: str
) -> None:
    for locale, telling in (("en-GB", english), ("zh-CN", chinese)):
        form = urlencode({"q": claim}).encode()
        asked = Request(f"{pages}/check", form, {"Accept-Language": locale, "Origin": pages})
        with urlopen(asked) as told:
            page = BeautifulSoup(told.read(), "lxml")
        troubles = page.select(".checked .trouble")
        assert len(troubles) == 1
        assert telling in troubles[0].get_text()


def test_it_works_in_chinese_on_a_phone_and_by_keyboard(site: str, browser: Browser) -> None:
    with visiting(browser, locale="zh-CN", viewport={"width": 380, "height": 740}) as visit:
        page = visit.open(site)
        page.wait_for_selector("#ask:visible")
        page.locator(".site-header a", has_text="核对").click()
        page.wait_for_selector("#claim")
        page.keyboard.type("I do think ants dance.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector(".verdict.altered")
        assert page.locator(".verdict-title").inner_text() == "有改动"
        assert page.locator(".place blockquote").inner_text() == "I do not think ants dance."
        assert page.evaluate("document.documentElement.scrollWidth") <= 380


def test_programs_get_the_result_and_what_people_see_of_it(pages: str, visit: Visit, furnished: Assistant) -> None:
    request = visit.open(f"{pages}/healthz").request
    claim = "“I do think ants dance.” — Mira Vane, 2021"
    told = request.get(f"{pages}/api/v1/check", params={"q": claim}).json()
    shown = told.pop("shown")
    assert told == furnished.check(claim).model_dump(mode="json")
    assert (told["verdict"], shown["title"]) == ("altered", "Altered")
    posted = request.post(f"{pages}/api/v1/check", data={"text": claim}, headers={"accept-language": "zh"}).json()
    assert posted["shown"]["title"] == "有改动"
    refused = request.post(f"{pages}/api/v1/check", data={"text": "word " * 200_000})
    assert refused.status == 422
    assert "1,000,000" in refused.json()["detail"]


def test_nothing_to_check_is_told(pages: str, visit: Visit) -> None:
    page = visit.open(f"{pages}/check")
    assert page.locator(".checked").count() == 0
    page.fill("#claim", "  ")
    page.locator("form.check button").click()
    page.wait_for_selector(".checked")
    assert "nothing to check" in page.locator(".checked").inner_text()


def test_the_file_button_speaks_the_pages_language_and_names_the_file(pages: str, browser: Browser) -> None:
    with visiting(browser, locale="zh-CN") as visit:
        for place in ("/check", "/verify"):
            page = visit.open(pages + place)
            field = page.locator("label.field", has=page.locator("input[type=file]")).first
            assert field.locator(".choose").inner_text() == "选择文件"
            assert field.locator(".chosen-name").inner_text() == "未选择文件"
            assert field.locator("input").evaluate("one => getComputedStyle(one).opacity") == "0"
            with page.expect_file_chooser():
                field.locator(".choose").click(force=True)  # the input lies over it
            field.locator("input").set_input_files({"name": "on bees.json", "mimeType": "text/json", "buffer": b"{}"})
            assert field.locator(".chosen-name").inner_text() == "on bees.json"
