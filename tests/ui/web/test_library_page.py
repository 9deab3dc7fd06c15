"""The library page: what is held, and adding a transcript whose words are then quoted."""

from pathlib import Path

from fastapi.routing import APIRoute
from playwright.sync_api import Browser, Page

from assistant import Assistant
from tests.ui.web.conftest import Visit, Workshop, visiting
from ui.rendering.page_texts import page_texts
from ui.web.routes.library_page import held_rows, library_routes

ENGLISH = page_texts("en")

CELLAR = """\
Title: On cellars
Date: 2025-03-04
Venue: Salt Hours

Ana Sol: What do you keep in the cellar under the observatory?

Mira Vane: In the cellar I keep cheese and telescopes. Both of them ripen in the dark, and both of them smell of stars.

Ana Sol: And which of the two do you visit more often?

Mira Vane: I visit the cheese. A telescope in a cellar is only a promise, but a cheese is company.
"""


def test_everybody_sees_what_is_held_and_a_page_per_source(pages: str, visit: Visit) -> None:
    page = visit.open(f"{pages}/library")
    assert page.locator("table.sources tbody tr").count() == 7
    assert page.locator(".years .year").all_inner_texts() == ["2009", "2020", "2021", "2022", "2023", "2024"]
    page.fill(".find-source", "bees")
    assert page.locator("table.sources tbody tr:visible").count() == 1
    page.locator("table.sources a", has_text="On bees").click()
    page.wait_for_url("**/s/bees")
    assert page.locator(".turn.subject").count() == 3
    assert page.locator("h2").inner_text() == "On bees"


def finished(page: Page, count: int) -> None:
    """Wait until so many uploads are finished, and table and plot are those of now."""
    told = f"{count} of {count} files finished"
    page.wait_for_function(
        "told => document.querySelector('.uploads .state')?.textContent === told", arg=told, timeout=180_000
    )


def test_uploaded_files_are_reported_one_by_one_and_their_words_quoted(
    tmp_path: Path, browser: Browser, bench: Workshop
) -> None:
    good, program, empty = (tmp_path / name for name in ("cellar.txt", "program.vtt", "empty.txt"))
    good.write_text(CELLAR)
    program.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20)
    empty.write_bytes(b"")
    question = "What is kept in the cellar under the observatory?"
    with visiting(browser) as visit:
        page = visit.open(f"{bench.site}/library")
        page.set_input_files(".adding input[type=file]", [good, program, empty])
        finished(page, 3)
        outcomes = page.locator(".reports tbody td:nth-child(2)").all_inner_texts()
        assert outcomes == ["new", "refused", "refused"]
        assert all(page.locator(".reports tbody td:nth-child(6)").all_inner_texts()[1:])
        assert "cheese and telescopes" in bench.assistant.ask(question).quotes[0].quote.text
        # the table and the plot know it without a reload; the report is there for who comes later
        row = page.locator("table.sources tr", has_text="On cellars")
        row.wait_for()
        assert "2025" in page.locator(".years .year").all_inner_texts()
        page.reload()
        page.wait_for_selector(".reports tbody tr:nth-child(3)")
        page.locator(".uploads .dismiss").click()
        page.locator(".uploads").wait_for(state="hidden")
        told: list[str] = []
        page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.accept()))
        row.locator(".take-out").click()
        row.wait_for(state="detached")
        assert "On cellars" in told[0]
        assert not any("cheese" in one.quote.text for one in bench.assistant.ask(question).quotes)


def test_files_go_on_when_the_page_is_closed_and_the_next_page_shows_them(
    tmp_path: Path, browser: Browser, bench: Workshop
) -> None:
    files = [tmp_path / f"vault-{number:02}.txt" for number in range(26)]
    for number, path in enumerate(files):
        path.write_text(CELLAR.replace("cellar", f"vault {number}").replace("Title: On", f"Title: {number} on"))
    with visiting(browser) as visit:
        page = visit.open(f"{bench.site}/library")
        page.set_input_files(".adding input[type=file]", files)
        page.wait_for_function("document.querySelectorAll('.reports tbody tr').length === 26")
        page.wait_for_function(
            "![...document.querySelectorAll('.reports td')].some((cell) => /sent/.test(cell.textContent))"
        )
        page.close()
        page = visit.open(f"{bench.site}/library")
        finished(page, 26)
        assert page.locator(".reports tbody td:nth-child(2)").all_inner_texts() == ["new"] * 26
        page.locator(".uploads .dismiss").click()
        page.locator(".uploads").wait_for(state="hidden")
    for path in files:
        bench.assistant.library.remove(path.stem)


def test_a_file_that_could_not_be_sent_is_cancelled_or_chosen_again(
    tmp_path: Path, browser: Browser, bench: Workshop
) -> None:
    path = tmp_path / "attic.txt"
    path.write_text(CELLAR.replace("cellar", "attic"))
    with visiting(browser) as visit:
        page = visit.open(f"{bench.site}/library")
        page.route("**/api/library/uploads/0*", lambda route: route.abort())
        page.set_input_files(".adding input[type=file]", path)
        row = page.locator(".reports tbody tr")
        row.get_by_text("could not be sent").wait_for()
        page.unroute("**/api/library/uploads/0*")
        page.set_input_files(".adding input[type=file]", path)
        finished(page, 1)
        assert row.count() == 1
        page.locator(".uploads .dismiss").click()
        page.locator(".uploads").wait_for(state="hidden")
    bench.assistant.library.remove("attic")


def test_the_queue_speaks_the_visitors_language_and_takes_only_what_was_announced(
    bench: Workshop, visit: Visit
) -> None:
    request = visit.open(f"{bench.site}/healthz").request
    address = f"{bench.site}/api/library/uploads"
    told = request.post(
        address, data={"files": [{"name": "a/..", "size": 3}]}, headers={"accept-language": "zh"}
    ).json()
    assert told["uploads"][0]["shown"]["state"] == "已拒绝"
    assert request.put(f"{address}/0-0", data="abc").status == 409
    assert request.post(address, data={"files": []}, headers={"origin": "https://elsewhere.example"}).status == 403
    assert request.delete(address).json()["uploads"] == []


def test_on_a_phone_each_source_is_a_card_and_a_row_still(pages: str, browser: Browser) -> None:
    with visiting(browser, viewport={"width": 390, "height": 780}) as visit:
        page = visit.open(f"{pages}/library")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        box = page.locator("table.sources tbody tr").first.bounding_box()
        assert box
        assert box["width"] <= 390
        assert page.get_by_role("row", name="On bees").get_by_role("cell").count() == 8


def test_sources_of_one_title_are_told_apart_and_one_turn_is_one(pages: str, furnished: Assistant) -> None:
    held = furnished.library.summaries()
    twin = held[0].model_copy(update={"id": "twin", "turns": {"unknown": 1}})
    rows = held_rows([*held, twin], ENGLISH)
    assert [row.apart for row in rows if row.apart] == [f"file: {held[0].id}", "file: twin"]
    assert rows[-1].unknown == "1 turn not known"
    assert held_rows([twin.model_copy(update={"turns": {"unknown": 2}})], ENGLISH)[0].unknown == "2 turns not known"


def test_where_it_is_not_allowed_there_is_no_way_to_change_the_library(empty_assistant: Assistant) -> None:
    ways = {
        (method, route.path)
        for route in library_routes(empty_assistant, may_change=False).routes
        if isinstance(route, APIRoute)
        for method in route.methods
    }
    assert ways == {("GET", "/library")}
