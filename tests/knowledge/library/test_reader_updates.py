"""Readers improve: sources are read anew from their stored files, and what a person decided is not lost."""

from pathlib import Path

import pytest

from knowledge.formats.document import is_outdated, versioned
from knowledge.library.importer import Outcome, import_paths
from knowledge.library.reader_updates import Reread, reread_outdated
from knowledge.library.store import Library
from knowledge.model.source import Source
from knowledge.model.turns import Role
from knowledge.readers import read
from knowledge.speakers.review import Decision, confirm
from tests.invented import BEES, MIRA

RAW = BEES.encode()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(f"sqlite:///{tmp_path / 'library.db'}")


def as_read_before(library: Library, source: Source) -> Source:
    """Store a source as a reader one version older made it, with one turn less."""
    old = source.model_copy(update={"reader": "labelled/1", "turns": source.turns[:-1]})
    library.add(old, RAW, origin="bees.txt")
    return old


def fresh() -> Source:
    return read(RAW, origin="bees.txt", source_id="bees", subject=MIRA)


def test_only_our_readers_of_another_version_are_outdated() -> None:
    assert is_outdated("labelled/1")
    assert not is_outdated(versioned("labelled"))
    assert not is_outdated("quotation-book/1")


def test_a_reader_that_is_in_no_list_is_told_at_once_and_not_silently_kept_as_it_was() -> None:
    with pytest.raises(ValueError, match="add it to READERS"):
        versioned("ttml")


def test_a_source_of_an_older_reader_is_read_anew_once_and_its_old_edition_stays(library: Library) -> None:
    old = as_read_before(library, fresh())
    assert list(reread_outdated(library, MIRA)) == [("bees", Reread.RENEWED)]
    assert library.source("bees") == fresh()
    assert library.source("bees").quotable_words() > old.quotable_words()
    assert list(reread_outdated(library, MIRA)) == []


def test_adding_the_same_file_reads_it_anew(library: Library, tmp_path: Path) -> None:
    as_read_before(library, fresh())
    path = tmp_path / "bees.txt"
    path.write_bytes(RAW)
    assert [report.outcome for report in import_paths([path, path], library, MIRA)] == [
        Outcome.REPLACED,
        Outcome.UNCHANGED,
    ]
    assert library.source("bees").turns == fresh().turns


def test_what_a_person_took_back_stays_taken_back(library: Library) -> None:
    turn = fresh().turns[1]
    reviewed = confirm(fresh(), [Decision(start=turn.start, end=turn.end, role=Role.UNKNOWN)])
    library.add(reviewed.model_copy(update={"reader": "labelled/1"}), RAW, origin="bees.txt")
    assert list(reread_outdated(library, MIRA)) == [("bees", Reread.RENEWED)]
    assert library.source("bees").turns == reviewed.turns
    assert library.source("bees").reader == versioned("labelled")


def test_a_reviewed_source_whose_text_would_change_is_kept(library: Library) -> None:
    reviewed = confirm(fresh(), [])
    shorter = reviewed.model_copy(update={"reader": "labelled/1", "turns": reviewed.turns[:-1]})
    end = shorter.turns[-1].end
    shorter = shorter.model_copy(
        update={"text": shorter.text[:end], "raw_map": shorter.raw_map.model_copy(update={"segments": ()})}
    )
    library.add(shorter, RAW, origin="bees.txt")
    assert list(reread_outdated(library, MIRA)) == [("bees", Reread.KEPT)]
    assert library.source("bees").text == shorter.text
