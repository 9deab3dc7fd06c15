"""The quotation of the day: the same for everybody, each of the book once a round, nothing that was taken out."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.daily_quote import DailyQuotes
from knowledge.library.store import Library
from knowledge.model.subject import default_subject
from knowledge.starter.book import book_files, read_book_file
from tests.invented import BEES, labelled_source


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library with two sources of the book and an interview that is not of it."""
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    for path in book_files()[:2]:
        library.add(read_book_file(path, default_subject()), path.read_bytes(), origin=f"quotation-book:{path.stem}")
    library.add(labelled_source(BEES, "bees"), BEES.encode(), origin="bees.txt")
    return library


def test_each_quotation_of_the_book_comes_once_before_any_comes_again(library: Library) -> None:
    daily = DailyQuotes(library)
    wanted = {
        (source.id, turn.start)
        for source in map(library.source, [path.stem for path in book_files()[:2]])
        for turn in source.turns
        if turn.renders is None
    }
    first = date.fromordinal(700_000 // len(wanted) * len(wanted))  # where a round begins
    rounds = [daily.of(first + timedelta(days=day)) for day in range(2 * len(wanted))]
    shown = [(quote.source.id, quote.start) for quote in rounds if quote]
    assert set(shown[: len(wanted)]) == set(shown[len(wanted) :]) == wanted
    assert shown[: len(wanted)] != shown[len(wanted) :]


def test_it_is_the_same_for_everybody_and_days_come_latest_first(library: Library, tmp_path: Path) -> None:
    other = Library(f"sqlite:///{tmp_path / 'other.db'}")
    for path in reversed(book_files()[:2]):
        other.add(read_book_file(path, default_subject()), path.read_bytes(), origin=f"quotation-book:{path.stem}")
    today = date(2026, 11, 30)
    days = DailyQuotes(library).until(today, 14)
    assert [day for day, _ in days] == [today - timedelta(days=back) for back in range(14)]
    assert [quote.id for _, quote in days] == [quote.id for _, quote in DailyQuotes(other).until(today, 14)]


def test_what_is_taken_out_is_not_chosen_any_more(library: Library) -> None:
    daily = DailyQuotes(library)
    assert daily.of(date(2026, 11, 30))
    library.remove(book_files()[0].stem)
    left = {quote.source.id for _, quote in daily.until(date(2026, 11, 30), 500)}
    assert left == {book_files()[1].stem}
    library.remove(book_files()[1].stem)
    assert daily.of(date(2026, 11, 30)) is None
    assert daily.until(date(2026, 11, 30), 3) == []
