"""A quote's id leads back to its words, for everyone who holds the same file."""

from pathlib import Path

import pytest

from assistant.quotes import Quote, UnknownQuote, find_quote
from assistant.records.quote_ids import quote_id, read_quote_id
from knowledge.library.store import Library
from tests.invented import BEES, TIDES, labelled_source


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    library.add(labelled_source(BEES, "bees"), BEES.encode(), origin="bees")
    return library


def _quote(library: Library, words: str) -> Quote:
    source = library.source("bees")
    start = source.text.index(words)
    return Quote(source=source, start=start, end=start + len(words))


def test_an_id_is_short_and_leads_back(library: Library) -> None:
    quote = _quote(library, "Ants follow a smell on the ground.")
    assert len(quote.id) <= 20
    found = find_quote(library, quote.id)
    assert (found.source.id, found.start, found.end, found.text) == ("bees", quote.start, quote.end, quote.text)


def test_capitals_and_spaces_around_an_id_do_not_matter(library: Library) -> None:
    quote = _quote(library, "Nobody taught them that.")
    assert find_quote(library, f" {quote.id.upper().replace('Q_', 'q_')} ").start == quote.start


def test_another_machine_gives_the_same_id_under_another_name(library: Library, tmp_path: Path) -> None:
    elsewhere = Library(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    elsewhere.add(labelled_source(BEES, "an-interview"), BEES.encode(), origin="x")
    quote = _quote(library, "Nobody taught them that.")
    assert find_quote(elsewhere, quote.id).id == quote.id


def test_a_replaced_edition_still_answers(library: Library) -> None:
    quote = _quote(library, "Nobody taught them that.")
    library.add(labelled_source(TIDES, "bees"), TIDES.encode(), origin="bees")
    assert find_quote(library, quote.id).text == "Nobody taught them that."


def test_every_start_and_length_survives_the_way_there_and_back() -> None:
    for start in (0, 1, 31, 32, 1023, 1024, 40_000_000):
        for length in (1, 31, 32, 5_000):
            pointer = read_quote_id(quote_id("0f" * 32, start, "x" * length))
            assert pointer is not None
            assert (pointer.start, pointer.end) == (start, start + length)
            assert pointer.fits("0f" * 32, "x" * length)
            assert not pointer.fits("0e" * 32, "x" * length)


def test_other_words_at_the_same_place_are_not_the_quote(library: Library) -> None:
    quote = _quote(library, "Nobody taught them that.")
    with pytest.raises(UnknownQuote):
        find_quote(library, quote_id(quote.source.sha256, quote.start, "Nobody taught them this."))


def test_the_interviewers_words_have_no_quote(library: Library) -> None:
    source = library.source("bees")
    words = "Is honey eternal?"
    with pytest.raises(UnknownQuote):
        find_quote(library, quote_id(source.sha256, source.text.index(words), words))


@pytest.mark.parametrize("name", ["", "q_", "q_nenenenvj4", "bees", "q_nenenenvj49zz", "q_nenenenvj4100", "q_üü"])
def test_what_is_no_id_is_refused_in_one_sentence(library: Library, name: str) -> None:
    with pytest.raises(UnknownQuote, match=r"not the id|not in this library"):
        find_quote(library, name)
