"""What a screen reader hears in the chat, from Chromium's accessibility tree: short names, headings, no mark-up."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from assistant import Assistant
from tests.ui.web.conftest import Visit, ask, visiting

_MARK_UP = re.compile(r"</?(?:div|p|article|span|h\d|details)\b|&#\d+;|class=|\{\w+\}")
_LONGEST = 400


def tree(page: Page) -> list[tuple[str, str]]:
    """Return the role and name of every node that is not ignored, in the order of the page."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        (node.get("role", {}).get("value", ""), node.get("name", {}).get("value", ""))
        for node in nodes
        if not node.get("ignored")
    ]


def test_no_name_is_mark_up_and_answers_have_headings(site: str, visit: Visit) -> None:
    page = visit.open(site)
    ask(page, "Why do bees dance?")
    ask(page, "What did the lighthouse keeper write?")
    found = tree(page)
    text_roles = {"StaticText", "InlineTextBox", "RootWebArea"}
    named = [(role, name) for role, name in found if name and role not in text_roles]
    assert [(role, name) for role, name in named if _MARK_UP.search(name)] == []
    assert [name for role, name in named if len(name) > _LONGEST and role not in ("blockquote", "paragraph")] == []
    headings = [name for role, name in found if role == "heading"]
    assert headings.count("Why do bees dance?") == 1
    assert headings.count("What did the lighthouse keeper write?") == 1
    cards = page.locator("#chat .quote").count()
    assert sum(heading.startswith("[") for heading in headings) == cards
    messages = page.locator("#chat [data-testid=user], #chat [data-testid=bot]")
    labels = [str(one.get_attribute("aria-label")) for one in messages.all()]
    assert labels[0] == labels[2] == "Question"
    assert all(re.fullmatch(r"Answer; quotations: \d+", label) for label in labels[1::2])


def test_every_control_in_the_chat_has_a_name(site: str, visit: Visit) -> None:
    page = visit.open(site)
    ask(page, "Why do bees dance?")
    page.locator(".open-panel").click()
    controls = {"button", "link", "textbox", "searchbox", "combobox", "checkbox", "DisclosureTriangle"}
    assert [role for role, name in tree(page) if role in controls and not name.strip()] == []


_CONTROLS = {"button", "link", "textbox", "searchbox", "combobox", "checkbox", "radio", "DisclosureTriangle"}
_CHINESE = re.compile("[\u4e00-\u9fff]")
# names of things that no language translates: ours, the other language's, formats, and what the sources are called
_NAMES = {"ask-ilya", "English", "JSON", "HTML", "Markdown", "Mira Vane", "Tom Reed"}
_NAMES |= {"On bees", "On tides", "Early radio"}


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_every_control_of_every_page_has_a_name_in_the_pages_language(
    pages: str, browser: Browser, furnished: Assistant, locale: str
) -> None:
    quote = furnished.ask("Why do bees dance?").quotes[0].quote.id
    places = (
        f"/q/{quote}", f"/q/{quote}/cite", f"/compare?a={quote}&b={quote}", "/topics", "/check", "/nowhere", "/library",
        "/s/bees", "/s/bees/facts", "/s/bees/speakers", "/verify",
    )  # fmt: skip
    with visiting(browser, locale=locale) as visit:
        page = visit.open(f"{pages}/healthz")
        for place in places:
            page.goto(pages + place)
            named = [(role, name.strip()) for role, name in tree(page) if role in _CONTROLS]
            assert named, place
            assert [role for role, name in named if not name] == [], place
            if locale == "zh-CN" and place not in ("/library", "/s/bees/facts"):  # those name each source
                assert {name for _, name in named if not _CHINESE.search(name)} - _NAMES == set(), place
