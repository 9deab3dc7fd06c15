"""A question is asked in a real browser and answered with the source's own characters."""

from assistant import Assistant
from tests.ui.web.conftest import Visit, ask


def test_an_example_is_answered_in_cards_whose_words_are_the_sources(
    site: str, visit: Visit, furnished: Assistant
) -> None:
    page = visit.open(site)
    ask(page, "Why do bees dance?")
    words = page.locator("#chat .quote blockquote.words p")
    expected = [numbered.quote.text for numbered in furnished.ask("Why do bees dance?").quotes]
    assert [words.nth(place).inner_text() for place in range(words.count())] == expected
    assert "Tom Reed asked" in page.locator("#chat .quote .asked").first.inner_text()
