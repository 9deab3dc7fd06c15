"""A wrong date is corrected in the page, shown as given by a person, and taken back by emptying its field."""

from pathlib import Path

from playwright.sync_api import Browser

from knowledge.library.importer import import_paths
from tests.ui.web.conftest import Workshop, visiting

GRANARY = """\
---
title: On granaries
date: 2011-01-02
---

Ana Sol: What do you keep in the granary?

Mira Vane: I keep barley and old letters. Both of them stay dry if nobody opens the door.

Ana Sol: And which do you read?

Mira Vane: I read the barley. The letters are only about barley anyway.
"""


def test_a_date_is_corrected_shown_as_given_and_taken_back(tmp_path: Path, browser: Browser, bench: Workshop) -> None:
    path = tmp_path / "granary.md"
    path.write_text(GRANARY)
    library = bench.assistant.library
    list(import_paths([path], library, bench.assistant.subject))
    with visiting(browser) as visit:
        page = visit.open(f"{bench.site}/library")
        page.locator("table.sources tr", has_text="On granaries").locator("a[href$='/facts']").click()
        page.wait_for_selector(".facts-form")
        page.fill("input[name=date]", "3 February 2012")
        page.locator(".facts-form .primary").click()
        page.wait_for_selector(".done")
        assert page.input_value("input[name=date]") == "2012-02-03"
        assert "before: 2011-01-02" in page.locator(".facts-form .hint").inner_text()
        page.fill("input[name=date]", "soon")
        page.locator(".facts-form .primary").click()
        page.wait_for_selector(".trouble")
        assert "cannot be kept" in page.locator(".trouble").inner_text()
        # the history tells it; a fact is taken back, a change undone, and both stay told
        assert "Date: 2011-01-02 → 2012-02-03" in page.locator(".history").inner_text()
        page.locator("button[name=take-back]").click()
        page.wait_for_selector(".done")
        assert page.input_value("input[name=date]") == "2011-01-02"
        page.fill("input[name=venue]", "Salt Hours")
        page.locator(".facts-form .primary").click()
        page.wait_for_selector(".history li:nth-child(3)")
        assert page.locator(".history button").count() == 1
        page.locator(".history button").click()
        page.wait_for_function("document.querySelector('.history')?.textContent.includes('(undone)')")
        assert page.input_value("input[name=venue]") == ""
        assert page.input_value("input[name=date]") == "2011-01-02"
        page.goto(f"{bench.site}/s/granary")
        assert "Correct its facts" in page.locator(".ways").inner_text()
    library.remove("granary")
