"""Old citations: they resolve and say that their source was replaced or removed; removing says who cites."""

from assistant import Assistant
from assistant.quotes import find_quote
from assistant.records.citation_history import Standing, answers_citing, standing_of
from assistant.records.saved_answers import Records
from tests.invented import BEES, labelled_source


def test_a_quote_of_what_is_searched_is_current(assistant: Assistant) -> None:
    quote = assistant.ask("What is honey?").quotes[0].quote
    assert standing_of(assistant.library, quote) is Standing.CURRENT


def test_a_quote_of_a_replaced_edition_resolves_and_is_told(assistant: Assistant) -> None:
    quote = assistant.ask("What is honey?").quotes[0].quote
    newer = BEES + "Tom Reed: Thanks.\n"
    assistant.library.add(labelled_source(newer, "bees"), newer.encode(), origin="/talks/bees.txt")
    found = find_quote(assistant.library, quote.id)
    assert found.text == quote.text
    assert standing_of(assistant.library, found) is Standing.REPLACED


def test_a_quote_of_a_removed_source_resolves_and_is_told(assistant: Assistant) -> None:
    quote = assistant.ask("What is honey?").quotes[0].quote
    assistant.library.remove("bees")
    found = find_quote(assistant.library, quote.id)
    assert found.text == quote.text
    assert standing_of(assistant.library, found) is Standing.REMOVED


def test_the_saved_answers_that_cite_a_source_are_known(assistant: Assistant) -> None:
    records = Records(assistant.library)
    saved = records.save(assistant.ask("What is honey?"))
    assert [answer.id for answer in answers_citing(assistant.library, "bees")] == [saved]
    assert answers_citing(assistant.library, "tides") == []
