"""The speaker review: what nobody labelled is decided by a person, stretch by stretch, and then answers."""

import html
from pathlib import Path
from threading import Lock

from playwright.sync_api import Browser, Page

from assistant import Assistant
from assistant.models.calls import EndpointFailed, Trouble
from knowledge.model.source import Source
from knowledge.model.turns import Certainty, Role
from tests.assistant.selection.offers import ScriptedEndpoint
from tests.invented import MIRA, labelled_source
from tests.ui.web.conftest import Visit, Workshop, visiting
from ui.rendering.page_texts import page_texts
from ui.web.routes.review_page import Review, rows
from ui.web.templates.review_form import Way, names_subject, review_html

ENGLISH = page_texts("en")

HERON = (
    "Do you watch the herons? Yes, I count the herons every single morning. I write their number into the sand. "
    "And do you ever miss one? I never miss a heron at all. The tide reads the list and wipes it clean."
)


def unlabelled(words: str) -> Source:
    """Return a source whose words nobody is known to have said."""
    source = labelled_source(f"Somebody: {words}\n", "talk")
    turn = source.turns[0].model_copy(update={"role": Role.UNKNOWN, "certainty": None, "speaker": None})
    return source.model_copy(update={"turns": (turn,), "interviewers": ()})


class Away(ScriptedEndpoint):
    """A model that does not reply."""

    def prepare(self) -> None:
        raise EndpointFailed(Trouble.NO_ROUTE)


def bare(page: Page, site: str, path: Path) -> str:
    """Upload captions without speakers; return the address of their review."""
    page.goto(f"{site}/library")
    page.set_input_files(".adding input[type=file]", path)
    page.wait_for_selector(".reports tbody a")
    page.locator(".reports tr", has_text=path.name).locator("a", has_text="Review who speaks").click()
    page.wait_for_selector("form.review")
    return page.url


def test_unlabelled_words_are_answered_once_a_person_has_said_whose_they_are(
    tmp_path: Path, browser: Browser, bench: Workshop
) -> None:
    captions, site = tmp_path / "heron.vtt", bench.site
    captions.write_text(f"WEBVTT\n\n00:00.000 --> 00:19.000\n{HERON}\n")
    question = "Do you ever miss a heron?"
    with visiting(browser) as visit:
        page = visit.open(site + "/library")
        bare(page, site, captions)
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
        assert "4 not saved yet. Once saved, 31 words may be quoted (+31)." in page.locator(".tally").inner_text()
        page.locator("form.review .primary").click()
        page.wait_for_selector(".done")
        assert "4 decisions saved (+31 words)" in page.locator(".done").inner_text()
        assert page.locator(".stretch").count() == len(words)
        found = bench.assistant.ask(question).quotes[0].quote
        assert "I never miss a heron at all." in found.text
        assert (found.turn.certainty, found.attribution.asked_by) == (Certainty.REVIEWED, "Ana Sol")
        # and what a person said, a person can take back: the last change, or every decision
        page.locator(".history button").first.click()
        page.wait_for_selector(".done")
        assert "(undone)" in page.locator(".history").inner_text()
        assert bench.assistant.library.source("heron").quotable_words() == 0
        assert page.request.delete(f"{site}/api/library/uploads").json()["uploads"] == []
    bench.assistant.library.remove("heron")


def test_stretches_are_marked_by_numbers_or_all_but_some_and_by_keys(browser: Browser, bench: Workshop) -> None:
    text = "Mira Vane: One bee. Two bees. Three bees. Four bees.\n"
    bench.assistant.library.add(labelled_source(text, "counted"), text.encode(), origin="/talks/counted.txt")
    with visiting(browser) as visit:
        page = visit.open(f"{bench.site}/s/counted/speakers?by=sentence")
        chosen = "[...document.querySelectorAll('form.review input:checked')].map((one) => one.value[0]).join('')"

        def mark(which: str, numbers: str, role: str) -> str:
            page.select_option(".which", which)
            page.fill(".numbers", numbers)
            page.select_option(".range-role", role)
            page.locator(".set-range").click()
            return page.locator(".tally").inner_text()

        assert "only 4 stretches" in mark("these", "3-99", "other")
        assert page.evaluate(chosen) == "ssoo"
        mark("except", "1", "unknown")
        assert page.evaluate(chosen) == "suuu"
        assert "such as 3-9, 12" in mark("these", "three", "other")
        assert page.evaluate(chosen) == "suuu"
        page.locator(".undo").click()
        page.locator(".undo").click()
        assert page.evaluate(chosen) == "ssss"
        assert page.locator(".tally").inner_text() == ""
        page.locator("h1").click()
        for key in ("j", "o", "j", "k", "u", "k", "k", "h"):
            page.keyboard.press(key)
        assert page.evaluate(chosen) == "suss"
        # whatever stands in the tools, saving goes on
        page.fill(".numbers", "99999")
        page.locator("form.review .primary").click()
        page.wait_for_selector(".done")
        assert "1 decision saved (-2 words)" in page.locator(".done").inner_text()
        page.locator(".forget-review").wait_for()
    bench.assistant.library.remove("counted")


def test_where_nothing_names_the_subject_nobody_is_supposed_to_be_the_subject(
    bench: Workshop, browser: Browser
) -> None:
    lecture = unlabelled("Good morning. I will talk about herons. Why do they stand still? Well, I think they wait.")
    interview = unlabelled("Mira, do you watch herons? Yes, I count them. And do you miss one? No, I never do.")
    assert not names_subject(lecture, MIRA)
    assert names_subject(interview, MIRA)
    for source, perhaps in ((lecture, False), (interview, True)):
        found = rows(source, by_sentence=False)
        way = Way("all", "/s/x/speakers", here=True)
        shown = review_html(source, found, ENGLISH, MIRA, told="", ways=[way])
        assert ("perhaps: Mira Vane" in shown) is perhaps
        assert ("Nothing in this file names Mira Vane" in shown) is not perhaps


def test_a_stretch_with_a_time_is_played_from_there(bench: Workshop) -> None:
    tides = bench.assistant.library.source("tides")
    shown = review_html(
        tides, rows(tides, by_sentence=False), ENGLISH, MIRA, told="", ways=[Way("all", "/s/tides/speakers", here=True)]
    )
    assert "play from 1:00" in shown
    assert "v=t&amp;t=60" in shown


def test_a_models_proposals_are_shown_as_guesses_and_its_failure_in_one_sentence(assistant: Assistant) -> None:
    source = unlabelled("Mira, do you watch herons? Yes, I count them. Do they mind?")
    assistant.library.add(source, b"asked", origin="/talks/asked.txt")
    review = Review(assistant, Lock())

    def shown() -> str:
        page = review.page(source.id, ENGLISH, by="sentence", guess="model", told=lambda _: "")
        return html.unescape(bytes(page.body).decode())

    assert "a model says so" not in shown()
    assert "Suggestions of the model" not in shown()
    review._endpoint = ScriptedEndpoint(['{"subject":[2],"other":[1,3]}'])
    told = shown()
    assert told.count("a model says so") == 3
    assert "Suggestions of the model" in told
    assert told.count("checked> Speaker not known") == 3
    review._endpoint = Away([])
    assert "The model gave no suggestions (The model cannot be used: endpoint not reachable" in shown()


def test_a_decision_on_what_has_changed_meanwhile_is_refused(browser: Browser, bench: Workshop) -> None:
    site, library = bench.site, bench.assistant.library
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


def test_a_long_review_is_one_form(browser: Browser, bench: Workshop) -> None:
    library = bench.assistant.library
    text = "Tom Reed: " + " ".join(f"Wave number {number} came in late." for number in range(1_200)) + "\n"
    library.add(labelled_source(text, "waves"), text.encode(), origin="waves")
    with visiting(browser) as visit:
        page = visit.open(f"{bench.site}/s/waves/speakers?by=sentence")
        page.fill(".numbers", "1-1100")
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


def test_where_it_is_not_allowed_nobody_decides(pages: str, visit: Visit) -> None:
    page = visit.open(f"{pages}/s/bees")
    assert page.locator(".ways a[href$='/speakers']").count() == 1
    page.goto(f"{pages}/s/no-such-source/speakers")
    assert "There is no quote" in page.locator("main").inner_text()
