from pathlib import Path

import pytest
from pydantic import ValidationError

from knowledge.library.store import Added, Library
from knowledge.model.errors import LibraryUnavailable, UnknownSource
from knowledge.model.source import count_words
from tests.invented import BEES, TIDES, labelled_source


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(f"sqlite:///{tmp_path / 'library.db'}")


def test_a_source_comes_back_as_it_went_in_with_its_raw_file(library: Library) -> None:
    source = labelled_source(BEES, "bees")
    assert library.add(source, BEES.encode(), origin="bees.txt") is Added.NEW
    assert library.source("bees") == source
    assert library.raw(source) == BEES.encode()


def test_adding_twice_changes_nothing(library: Library) -> None:
    source = labelled_source(BEES, "bees")
    library.add(source, BEES.encode(), origin="bees.txt")
    before = library.editions()
    assert library.add(source, BEES.encode(), origin="bees.txt") is Added.UNCHANGED
    assert library.editions() == before


def test_a_new_edition_replaces_the_old_one_which_stays_readable(library: Library) -> None:
    old, new = labelled_source(BEES, "talk"), labelled_source(TIDES, "talk")
    library.add(old, BEES.encode(), origin="talk.txt")
    assert library.add(new, TIDES.encode(), origin="talk.txt") is Added.REPLACED
    assert library.source("talk") == new
    assert library.source("talk", old.sha256) == old
    assert [edition.sha256 for edition in library.editions()] == [new.sha256]


def test_a_removed_source_is_no_longer_current_but_still_resolves(library: Library) -> None:
    source = labelled_source(BEES, "bees")
    library.add(source, BEES.encode(), origin="bees.txt")
    library.remove("bees")
    assert library.summaries() == []
    with pytest.raises(UnknownSource, match="ilya sources"):
        library.source("bees")
    assert library.source("bees", source.sha256) == source
    with pytest.raises(UnknownSource):
        library.remove("bees")


def test_turns_that_do_not_fit_the_text_are_never_stored(library: Library) -> None:
    source = labelled_source(BEES, "bees")
    beyond = source.turns[-1].model_copy(update={"end": len(source.text) + 1})
    with pytest.raises(ValidationError):
        library.add(source.model_copy(update={"turns": (beyond,)}), BEES.encode(), origin="bees.txt")
    assert library.summaries() == []


def test_two_files_of_one_name_get_two_ids(library: Library) -> None:
    assert library.id_for("talk", "/a/talk.txt") == "talk"
    library.add(labelled_source(BEES, "talk"), BEES.encode(), origin="/a/talk.txt")
    assert library.id_for("talk", "/a/talk.txt") == "talk"
    assert library.id_for("talk", "/b/talk.txt") == "talk-2"


def test_a_summary_counts_what_may_be_quoted(library: Library) -> None:
    library.add(labelled_source(TIDES, "tides"), TIDES.encode(), origin="tides.txt")
    (summary,) = library.summaries()
    assert summary.turns == {"subject": 2, "other": 2, "unknown": 0}
    asked = count_words("What moves the tides in the harbour? Would you build a tide mill today?")
    assert summary.words - summary.quotable_words == asked


def test_an_unreadable_database_is_one_clear_sentence(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(b"this is not a database, but it is long enough to be read as one" * 20)
    with pytest.raises(LibraryUnavailable, match="ilya restore"):
        Library(f"sqlite:///{path}")
    assert path.read_bytes().startswith(b"this is not")
