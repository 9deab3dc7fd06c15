"""The speaker review: what nobody labelled is decided by a person, stretch by stretch, and then answers."""

from pathlib import Path

from playwright.sync_api import Browser, Page

from assistant import Assistant
from knowledge.model.turns import Certainty, Role
from tests.invented import labelled_source
from tests.ui.web.conftest import Visit, Workshop, ask, visiting
from ui.web.routes.review_page import rows

HERON = (
    "Do you watch the herons? Yes, I count the herons every single morning. I write their number into the sand. "
    "And do you ever miss one? I never miss a heron at all. The tide reads the list and wipes it clean."
)


def bare(page: Page, site: str, path: Path) -> str:
    """Upload captions without speakers; return the address of their review."""
    page.goto(f"{site}/library")
    page.set_input_files(".adding input[type=file]", path)
    page.wait_for_selector(".reports tbody a")
    page.goto(f"{site}/library")
    page.locator("table.sources tr", has_text=path.stem).locator("a", has_text="not known").click()
    page.wait_for_selector("form.review")
    return page.url


def test_unlabelled_words_are_answered_once_a_person_has_said_whose_they_are(
    tmp_path: Path, browser: Browser, workshop: Workshop
) -> None:
    captions, site = tmp_path / "heron.vtt", workshop.site
    captions.write_text(f"WEBVTT\n\n00:00.000 --> 00:19.000\n{HERON}\n")
    with visiting(browser) as visit:
        page = visit.open(site)
        address = bare(page, site, captions)
        assert (
            page.locator("form.review input:checked").evaluate_all("all => all.map((one) => one.value)")
            == ["unknown"] * page.locator("form.review li").count()
        )
        page.locator("form.review .primary").click()
        page.wait_for_selector(".done")
        assert "nothing changed" in page.locator(".done").inner_text()
        # the guesses part the two: his answers, the questions
        stretches = page.locator("form.review li")
        words = stretches.locator(".said").all_inner_texts()
        assert " ".join(words) == HERON
        page.fill("input[name=other]", "Ana Sol")
        for place, said in enumerate(words):
            role = "other" if said.endswith("?") else "subject"
            stretches.nth(place).locator(f"input[value={role}]").check()
        page.locator("form.review .primary").click()
        page.wait_for_selector(".done")
        assert page.locator(".stretch").count() == len(words)
        page.goto(site)
        ask(page, "Do you ever miss a heron?")
        assert "I never miss a heron at all." in page.locator("#chat blockquote").first.inner_text()
        assert "speaker reviewed by a person" in page.locator("#chat .caution").first.inner_text()
        assert "Ana Sol asked" in page.locator("#chat .asked").first.inner_text()
        # and what a person said, a person can take back: here for all stretches at once
        page.goto(address)
        page.fill(".range .first", "1")
        page.fill(".range .last", str(len(words)))
        page.select_option(".range-role", "unknown")
        page.locator(".set-range").click()
        page.locator("form.review .primary").click()
        page.wait_for_selector(".done")
        page.goto(site)
        ask(page, "Do you ever miss a heron?")
        assert "heron" not in page.locator("#chat").inner_text().replace("Do you ever miss a heron?", "")


def test_a_decision_on_what_has_changed_meanwhile_is_refused(browser: Browser, workshop: Workshop) -> None:
    site, library = workshop.site, workshop.assistant.library
    longer = labelled_source("Mira Vane: Bees sleep in winter. Bears do too.\n", "sleepers")
    library.add(longer, b"longer", origin="/talks/sleepers.txt")
    with visiting(browser) as visit:
        page = visit.open(f"{site}/s/sleepers/speakers?by=sentence")
        page.locator("form.review li").first.locator("input[value=unknown]").check()
        shorter = labelled_source("Mira Vane: Bees sleep.\n", "sleepers")
        library.add(shorter, b"shorter", origin="/talks/sleepers.txt")
        page.locator("form.review .primary").click()
        page.wait_for_selector(".trouble")
        assert "decide again" in page.locator(".trouble").inner_text()
        elsewhere = page.request.post(f"{site}/s/sleepers/speakers", headers={"origin": "https://elsewhere.example"})
        assert elsewhere.status == 403


def test_sentences_of_one_turn_decided_alike_become_one_turn(furnished: Assistant) -> None:
    source = furnished.library.source("bees")
    by_turn, by_sentence = rows(source, by_sentence=False), rows(source, by_sentence=True)
    assert [(row.start, row.end) for row in by_turn] == [(turn.start, turn.end) for turn in source.turns]
    assert len(by_sentence) > len(by_turn)
    assert {row.number for row in by_sentence} == {row.number for row in by_turn}


def test_a_long_review_is_one_form(browser: Browser, workshop: Workshop) -> None:
    library = workshop.assistant.library
    text = "Tom Reed: " + " ".join(f"Wave number {number} came in late." for number in range(1_200)) + "\n"
    library.add(labelled_source(text, "waves"), text.encode(), origin="waves")
    with visiting(browser) as visit:
        page = visit.open(f"{workshop.site}/s/waves/speakers?by=sentence")
        page.fill(".range .first", "1")
        page.fill(".range .last", "1100")
        page.select_option(".range-role", "unknown")
        page.locator(".set-range").click()
        page.locator("form.review .primary").click()
        page.wait_for_selector(".done")
    turns = library.source("waves").turns
    assert [(turn.role, turn.certainty) for turn in turns] == [
        (Role.UNKNOWN, None),
        (Role.OTHER, Certainty.LABELLED),
    ]
    source = library.source("waves")
    assert source.text[turns[1].start :].startswith("Wave number 1100 ")


def test_where_it_is_not_allowed_nobody_decides(site: str, visit: Visit, browser: Browser) -> None:
    page = visit.open(f"{site}/s/bees")
    assert page.locator(".ways a[href$='/speakers']").count() == 1
    page.goto(f"{site}/s/no-such-source/speakers")
    assert "There is no quote" in page.locator("main").inner_text()
