"""The library page: what is held, and adding a transcript whose words are then quoted."""

from pathlib import Path

from fastapi.routing import APIRoute
from playwright.sync_api import Browser

from assistant import Assistant
from tests.ui.web.conftest import Visit, Workshop, ask, visiting
from ui.web.routes.library_page import shelf_routes

CELLAR = """\
Title: On cellars
Date: 2025-03-04
Venue: Salt Hours

Ana Sol: What do you keep in the cellar under the observatory?

Mira Vane: In the cellar I keep cheese and telescopes. Both of them ripen in the dark, and both of them smell of stars.

Ana Sol: And which of the two do you visit more often?

Mira Vane: I visit the cheese. A telescope in a cellar is only a promise, but a cheese is company.
"""


def test_everybody_sees_what_is_held_and_a_page_per_source(site: str, visit: Visit) -> None:
    page = visit.open(f"{site}/library")
    assert page.locator("table.sources tbody tr").count() == 7
    assert page.locator(".years .year").all_inner_texts() == ["2009", "2020", "2021", "2022", "2023", "2024"]
    page.locator("table.sources a", has_text="On bees").click()
    page.wait_for_url("**/s/bees")
    assert page.locator(".turn.subject").count() == 3
    assert page.locator("h2").inner_text() == "On bees"


def test_uploaded_files_are_reported_one_by_one_and_their_words_quoted(
    tmp_path: Path, browser: Browser, workshop: Workshop
) -> None:
    site = workshop.site
    good, program, empty = (tmp_path / name for name in ("cellar.txt", "program.vtt", "empty.txt"))
    good.write_text(CELLAR)
    program.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20)
    empty.write_bytes(b"")
    with visiting(browser) as visit:
        page = visit.open(f"{site}/library")
        page.set_input_files(".adding input[type=file]", [good, program, empty])
        page.wait_for_function("document.querySelectorAll('.reports tbody tr').length === 3")
        outcomes = page.locator(".reports tbody td:nth-child(2)").all_inner_texts()
        assert outcomes == ["new", "refused", "refused"]
        assert all(page.locator(".reports tbody td:nth-child(6)").all_inner_texts()[1:])
        page.goto(site)
        ask(page, "What is kept in the cellar under the observatory?")
        assert "cheese and telescopes" in page.locator("#chat .quote blockquote").first.inner_text()
        page.goto(f"{site}/library")
        page.on("dialog", lambda dialog: dialog.accept())
        row = page.locator("table.sources tr", has_text="cellar")
        row.locator(".take-out").click()
        row.wait_for(state="detached")
        page.goto(site)
        ask(page, "What is kept in the cellar under the observatory?")
        assert "cheese and telescopes" not in page.locator("#chat").inner_text()


def test_where_it_is_not_allowed_there_is_no_way_to_change_the_library(empty_assistant: Assistant) -> None:
    ways = {
        (method, route.path)
        for route in shelf_routes(empty_assistant, may_change=False).routes
        if isinstance(route, APIRoute)
        for method in route.methods
    }
    assert ways == {("GET", "/library")}
