"""Links to quotes and answers: they survive a restart and show the same verified words."""

from pathlib import Path

from playwright.sync_api import Browser

from assistant import Assistant
from assistant.records.saved_answers import NOTE_CHARACTERS, Records, Verdict
from evals.suite.suite_templates import case_from_feedback
from knowledge.library.store import Library
from knowledge.search.embedding import BilingualEmbeddings
from tests.ui.web.conftest import Visit, ask, conversation_in, furnish, served, visiting


def test_an_answers_link_shows_the_same_words_after_a_restart(
    tmp_path: Path, browser: Browser, embeddings: BilingualEmbeddings
) -> None:
    furnish(tmp_path, embeddings)
    with served(tmp_path) as site, visiting(browser) as visit:
        page = visit.open(site)
        ask(page, "Why do bees dance?")
        words = page.locator("#chat blockquote.words p").all_inner_texts()
        answer = page.locator("a.permalink").get_attribute("href")
        quote = page.locator("#chat a.link").first.get_attribute("href")
        conversation = conversation_in(page)
        told = page.request.get(f"{site}{answer}.json").json()
    with served(tmp_path) as site, visiting(browser) as visit:
        page = visit.open(f"{site}{answer}")
        assert page.locator("blockquote.words p").all_inner_texts() == words
        assert page.locator("h1").inner_text() == "Why do bees dance?"
        assert page.request.get(f"{site}{answer}.json").json() == told
        page.goto(f"{site}{quote}")
        assert page.locator("mark").inner_text() == words[0]
        assert page.locator("blockquote.words p").inner_text() == words[0]
        # and the conversation goes on where it was
        page.goto(f"{site}/?c={conversation}")
        page.wait_for_selector("#chat .quote")
        assert page.locator("#chat blockquote.words p").all_inner_texts() == words
        assert page.locator("#conversations li").count() == 1
        ask(page, "Is honey eternal?")
        assert conversation_in(page) == conversation
        exported = page.request.get(f"{site}/c/{conversation}.json").json()
        assert [one["question"] for one in exported] == ["Why do bees dance?", "Is honey eternal?"]
        page.locator("#conversations .fold").click()
        page.locator("#conversations li .menu summary").click()
        page.locator("#conversations .forget").click()
        page.locator("#conversations .undo").click()
        assert page.locator("#conversations .go:visible").count() == 1
        page.locator("#conversations li .menu summary").click()
        page.locator("#conversations .forget").click()
        page.wait_for_function("!document.querySelector('#conversations li')")
        assert page.request.get(f"{site}/c/{conversation}.json").status == 404


def test_the_json_of_a_saved_answer_is_the_answers_own(furnished: Assistant) -> None:
    answer = furnished.ask("What moves the tides?")
    records = Records(furnished.library)
    saved = records.answer(records.save(answer))
    assert saved is not None
    assert saved.contract() == answer.model_dump(mode="json")


def test_an_abstention_is_saved_with_its_reason(empty_assistant: Assistant) -> None:
    answer = empty_assistant.ask("What moves the tides?")
    records = Records(empty_assistant.library)
    saved = records.answer(records.save(answer))
    assert saved is not None
    assert saved.contract() == answer.model_dump(mode="json")


def test_quotes_whose_source_is_gone_are_not_shown_and_said_to_be_lost(furnished: Assistant, tmp_path: Path) -> None:
    answer = furnished.ask("What moves the tides?")
    elsewhere = Records(Library(f"sqlite:///{tmp_path / 'other.db'}"))
    saved = elsewhere.answer(elsewhere.save(answer))
    assert saved is not None
    assert saved.quotes == ()
    assert saved.lost == tuple(numbered.number for numbered in answer.quotes)


def test_only_places_are_stored_never_words(empty_assistant: Assistant, furnished: Assistant) -> None:
    answer = furnished.ask("Why do bees dance?")
    library = empty_assistant.library
    Records(library).save(answer)
    with library.engine.connect() as connection:
        stored = str(connection.exec_driver_sql("select * from answers").all())
    assert not any(numbered.quote.text[:20] in stored for numbered in answer.quotes)


def test_a_quote_is_cited_in_eleven_forms_with_its_words_unchanged(site: str, visit: Visit) -> None:
    page = visit.open(site)
    ask(page, "What does the librarian cite?")
    card = page.locator("#chat .quote", has_text="librarian").first
    words = card.locator("blockquote p").inner_text()
    page.goto(site + str(card.locator("a.cite").get_attribute("href")))
    assert page.locator(".form h2").count() == 11
    plain = page.locator(".form", has=page.locator("h2", has_text="Text")).locator("pre").inner_text()
    assert plain.startswith(f"“{words}”\n")


def test_an_unknown_address_says_so_in_the_visitors_language(site: str, visit: Visit, browser: Browser) -> None:
    for place in ("/q/q_nothing", "/a/a_nothing", "/s/nothing"):
        page = visit.open(f"{site}/healthz")
        answered = page.goto(site + place)
        assert answered is not None
        assert answered.status == 404
        assert "There is no quote" in page.locator("main").inner_text()
        assert page.locator("main .ways-on a").all_inner_texts() == ["Ask", "Topics", "Library"]
    with visiting(browser, locale="zh-CN") as chinese:
        page = chinese.open(f"{site}/a/a_nothing")
        assert "此地址没有引文" in page.locator("main").inner_text()


def test_a_verdict_is_kept_and_the_words_are_copied_with_their_citation(
    site: str, browser: Browser, furnished: Assistant
) -> None:
    with visiting(browser, permissions=["clipboard-read", "clipboard-write"]) as visit:
        page = visit.open(site)
        ask(page, "What moves the tides in the harbour?")
        card = page.locator("#chat .quote").first
        words = card.locator("blockquote p").inner_text()
        card.locator(".copy").click()
        page.wait_for_selector("#chat .copied.seen")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(f"“{words}”\n— Mira Vane")
        assert copied.endswith("https://www.youtube.com/watch?v=t&t=60")
        card.locator("summary.bad").click()
        offered = card.locator(".reasons .say").evaluate_all("all => all.map((one) => one.classList[1])")
        assert offered == [verdict.value for verdict in Verdict if verdict is not Verdict.GOOD]
        card.locator(".say.wrong_time").click()
        card.locator(".undo").click()
        card.locator("summary.bad").click()
        with page.expect_response("**/api/feedback"):
            card.locator(".say.out_of_context").click()
            page.wait_for_selector("#chat .thanks.seen")
        quote_id = str(card.get_attribute("id"))
    records = Records(furnished.library)
    assert records.judgements(quote_id) == [Verdict.OUT_OF_CONTEXT]
    assert records.notes(quote_id, Verdict.OUT_OF_CONTEXT) == []


def test_a_verdict_waits_for_a_line_in_ones_own_words_or_is_taken_back(
    site: str, visit: Visit, furnished: Assistant
) -> None:
    page = visit.open(site)
    ask(page, "What is an orchard a kind of?")
    card = page.locator("#chat .quote").first
    card.locator(".say.good").click()
    card.locator(".add-line").click()
    page.keyboard.type("never mind")
    page.keyboard.press("Escape")
    assert card.locator(".say.good").is_visible()
    card.locator("summary.bad").click()
    card.locator(".say.wrong_time").click()
    card.locator(".add-line").click()
    page.wait_for_timeout(6500)  # longer than a verdict without a line waits
    page.keyboard.type("It was   <b>spring</b>, 不是秋天")
    with page.expect_response("**/api/feedback"):
        page.keyboard.press("Enter")
    assert card.locator(".undo").is_hidden()
    assert card.locator(".thanks").is_visible()
    quote_id, records = str(card.get_attribute("id")), Records(furnished.library)
    assert records.judgements(quote_id) == [Verdict.WRONG_TIME]
    assert records.notes(quote_id, Verdict.WRONG_TIME) == ["It was <b>spring</b>, 不是秋天"]
    answer = str(page.locator("a.permalink").first.get_attribute("href")).rpartition("/")[2]
    assert "# “It was <b>spring</b>, 不是秋天”\n" in case_from_feedback(furnished.library, answer)
    long = {"quote_id": quote_id, "verdict": "good", "note": "x" * (NOTE_CHARACTERS + 1)}
    assert page.request.post(f"{site}/api/feedback", data=long).status == 422


def test_two_quotes_stand_side_by_side_under_a_link_that_can_be_shared(site: str, visit: Visit) -> None:
    page = visit.open(site)
    for question, year in (("Why do bees dance?", "2021"), ("What were the tides in the radio programme?", "2009")):
        page.goto(site)
        ask(page, question)
        card = page.locator("#chat .quote", has=page.locator(".lead", has_text=year)).first
        card.locator(".more-menu summary").click()
        card.locator("button.compare").click()
    page.wait_for_url("**/compare?**")
    link = page.url
    page.goto(f"{site}/library")
    page.goto(link)
    dates = page.locator(".compared .lead").all_inner_texts()
    assert len(dates) == 2
    assert ("2009" in dates[0], "2021" in dates[1]) == (True, True)  # then and now, whichever was chosen first
    boxes = [one.bounding_box() for one in page.locator(".compared .quote").all()]
    assert boxes[0]["y"] == boxes[1]["y"]  # type: ignore[index]
    assert boxes[0]["x"] < boxes[1]["x"]  # type: ignore[index]
    told = page.request.get(link).text()
    assert 'property="og:title"' in told
    assert page.request.get(f"{site}/compare?a=q_nothing&b=q_nothing").status == 404


def test_every_reason_is_kept(site: str, visit: Visit, furnished: Assistant) -> None:
    page = visit.open(f"{site}/healthz")
    quote_id = furnished.ask("What does the baker say about bread?").quotes[0].quote.id
    for verdict in Verdict:
        kept = page.request.post(f"{site}/api/feedback", data={"quote_id": quote_id, "verdict": verdict.value})
        assert kept.json() == {"kept": True}
    assert Records(furnished.library).judgements(quote_id) == list(Verdict)
    unknown = page.request.post(f"{site}/api/feedback", data={"quote_id": quote_id, "verdict": "boring"})
    assert unknown.status == 422


def test_a_verdict_on_no_quote_and_from_another_site_is_refused(site: str, visit: Visit) -> None:
    page = visit.open(site)
    body = {"quote_id": "q_nothing", "verdict": "good"}
    assert page.request.post(f"{site}/api/feedback", data=body).status == 404
    elsewhere = {"origin": "https://elsewhere.example"}
    assert page.request.post(f"{site}/api/feedback", data=body, headers=elsewhere).status == 403
