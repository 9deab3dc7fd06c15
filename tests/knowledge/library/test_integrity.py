"""Nothing is shown that is not what was stored: each kind of damage is refused, named, and mended from the raw file."""

import hashlib
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding
from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.library.importer import Outcome, import_paths
from knowledge.library.integrity import broken_file, damaged, mend
from knowledge.library.store import EditionRow, Library
from knowledge.model.errors import LibraryDamaged, SourceDamaged
from knowledge.search import Index
from tests.invented import BEES, MIRA, TIDES

Damage = Callable[[EditionRow], None]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for name, text in (("bees", BEES), ("tides", TIDES)):
        (tmp_path / f"{name}.txt").write_text(text)
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    reports = list(import_paths([tmp_path / "bees.txt", tmp_path / "tides.txt"], library, MIRA))
    assert [report.outcome for report in reports] == [Outcome.NEW, Outcome.NEW]
    return library


def another_word(row: EditionRow) -> None:
    row.document = zlib.compress(zlib.decompress(row.document).replace(b"point at flowers", b"point at thieves"))


def another_word_and_digest(row: EditionRow) -> None:
    another_word(row)
    row.digest = hashlib.sha256(zlib.decompress(row.document)).hexdigest()
    row.seal(current=True)


def zeros(row: EditionRow) -> None:
    row.document = bytes(len(row.document))


def another_name(row: EditionRow) -> None:
    row.source_id = "wasps"


def another_file(row: EditionRow) -> None:
    row.raw = zlib.compress(b"something else")


def another_title(row: EditionRow) -> None:
    row.summary = row.summary | {"title": "On wasps"}


def not_current(row: EditionRow) -> None:
    row.current = False


def harm(tmp_path: Path, damage: Damage) -> Library:
    """Damage the row of the bees as another program would; return the library as a new process opens it."""
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    with Session(library.engine) as session, session.begin():
        damage(session.scalars(select(EditionRow).where(EditionRow.source_id == "bees")).one())
    return Library(f"sqlite:///{tmp_path / 'library.db'}")


@pytest.mark.usefixtures("library")
def test_a_whole_library_has_no_damage(tmp_path: Path) -> None:
    opened = harm(tmp_path, lambda row: None)
    assert list(damaged(opened, MIRA, derive=True)) == []
    assert broken_file(opened) is None


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("damage", [another_word, zeros])
def test_changed_words_are_refused_named_and_read_anew_from_their_file(tmp_path: Path, damage: Damage) -> None:
    opened = harm(tmp_path, damage)
    with pytest.raises(SourceDamaged, match=r"“bees” .* `ilya doctor --mend`"):
        opened.source("bees")
    assert [(found.source_id, found.raw_is_whole) for found in damaged(opened, MIRA)] == [("bees", True)]
    assert mend(opened, MIRA) == ["bees"]
    assert "point at flowers" in opened.source("bees").text
    assert list(damaged(opened, MIRA, derive=True)) == []


@pytest.mark.usefixtures("library")
def test_words_changed_with_their_digest_are_found_by_reading_the_file_again(tmp_path: Path) -> None:
    opened = harm(tmp_path, another_word_and_digest)
    assert list(damaged(opened, MIRA)) == []
    (found,) = damaged(opened, MIRA, derive=True)
    assert (found.source_id, found.what) == ("bees", "its text is not what its raw file says")
    assert mend(opened, MIRA) == ["bees"]
    assert "point at flowers" in opened.source("bees").text


def read_by_a_reader_of_old(row: EditionRow) -> None:
    row.document = zlib.compress(re.sub(rb'"reader":"[^"]+"', b'"reader":"gone/1"', zlib.decompress(row.document)))
    row.digest = hashlib.sha256(zlib.decompress(row.document)).hexdigest()
    row.seal(current=True)


@pytest.mark.usefixtures("library")
def test_what_no_reader_of_today_read_is_held_against_its_digest_alone(tmp_path: Path) -> None:
    opened = harm(tmp_path, read_by_a_reader_of_old)
    assert opened.source("bees").reader == "gone/1"
    assert list(damaged(opened, MIRA, derive=True)) == []


@pytest.mark.usefixtures("library")
def test_a_source_under_another_name_is_refused(tmp_path: Path) -> None:
    opened = harm(tmp_path, another_name)
    with pytest.raises(SourceDamaged):
        opened.source("wasps")
    assert len(list(damaged(opened, MIRA))) == 1


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("damage", [another_word, another_file, zeros])
def test_adding_the_file_again_mends_what_is_damaged(tmp_path: Path, damage: Damage) -> None:
    opened = harm(tmp_path, damage)
    (report,) = import_paths([tmp_path / "bees.txt"], opened, MIRA)
    assert (report.source_id, report.outcome) == ("bees", Outcome.REPLACED)
    assert list(damaged(opened, MIRA, derive=True)) == []
    assert opened.raw(opened.source("bees")) == BEES.encode()


@pytest.mark.usefixtures("library")
def test_a_raw_file_that_changed_is_not_handed_out(tmp_path: Path) -> None:
    opened = harm(tmp_path, another_file)
    with pytest.raises(SourceDamaged):
        opened.raw(opened.source("bees"))
    assert [found.raw_is_whole for found in damaged(opened, MIRA)] == [False]
    assert mend(opened, MIRA) == []


@pytest.mark.usefixtures("library")
def test_a_changed_line_of_the_list_is_found(tmp_path: Path) -> None:
    opened = harm(tmp_path, another_title)
    assert [found.source_id for found in damaged(opened, MIRA)] == ["bees"]
    assert mend(opened, MIRA) == ["bees"]
    assert {summary.title for summary in opened.summaries()} != {"On wasps"}
    assert list(damaged(opened, MIRA, derive=True)) == []


@pytest.mark.usefixtures("library")
def test_one_damaged_source_does_not_keep_the_others_from_being_indexed(tmp_path: Path) -> None:
    opened = harm(tmp_path, another_word)
    index = Index(None, tmp_path / "index", opened, DeterministicFakeEmbedding(size=8))
    index.sync()
    assert {passage_id.split(":")[0] for passage_id in index.current().ids} == {"tides"}
    mend(opened, MIRA)
    index.sync()
    assert {passage_id.split(":")[0] for passage_id in index.current().ids} == {"bees", "tides"}
    assert len(index.shingles.current().runs(["bees", "dance"]).place)


def test_a_database_that_is_not_whole_is_told_in_one_sentence(tmp_path: Path, library: Library) -> None:
    library.engine.dispose()
    path = tmp_path / "library.db"
    found = bytearray(path.read_bytes())
    found[4096:] = bytes(len(found) - 4096)
    path.write_bytes(found)
    with pytest.raises(LibraryDamaged, match=r"damaged .* `ilya restore FILE`"):
        Library(f"sqlite:///{path}").summaries()
    path.write_bytes(b"no database at all" * 1000)
    with pytest.raises(LibraryDamaged, match=r"damaged .* `ilya restore FILE`"):
        Library(f"sqlite:///{path}")


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("damage", [another_title, not_current])
def test_a_row_that_is_not_what_was_stored_is_refused_and_mended(tmp_path: Path, damage: Damage) -> None:
    opened = harm(tmp_path, damage)
    for look in (opened.summaries, opened.editions):
        with pytest.raises(LibraryDamaged, match=r"“bees” .* `ilya doctor --mend`"):
            look()
    assert mend(opened, MIRA) == ["bees"]
    assert "On wasps" not in {one.title for one in opened.summaries()}
    assert {one.source_id for one in opened.editions()} == {"bees", "tides"}
    assert list(damaged(opened, MIRA, derive=True)) == []


def test_an_edition_that_was_replaced_is_sealed_anew_and_stays_replaced(tmp_path: Path, library: Library) -> None:
    library.remove("bees")
    opened = harm(tmp_path, another_title)
    with pytest.raises(LibraryDamaged):
        opened.editions()
    assert mend(opened, MIRA) == []
    assert {one.source_id for one in opened.editions()} == {"tides"}
    assert list(damaged(opened, MIRA)) == []


@pytest.mark.usefixtures("library")
def test_a_row_from_before_there_were_seals_is_believed(tmp_path: Path) -> None:
    def old(row: EditionRow) -> None:
        row.summary = {name: value for name, value in row.summary.items() if name != "seal"}

    opened = harm(tmp_path, old)
    assert {one.id for one in opened.summaries()} == {"bees", "tides"}
    assert list(damaged(opened, MIRA, derive=True)) == []


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(("column", "is_told"), [("added_at", False), ("summary", True)])
def test_a_column_that_cannot_be_decoded_is_told_or_not_needed(tmp_path: Path, column: str, is_told: bool) -> None:
    opened = harm(tmp_path, lambda row: None)
    with opened.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE editions SET {column} = '2026)11' WHERE source_id = 'bees'")
    assert [one.source_id for one in damaged(opened, MIRA)] == (["no. 1"] if is_told else [])
    if is_told:
        with pytest.raises(LibraryDamaged, match="ilya restore"):
            opened.editions()
    else:
        assert len(opened.editions()) == 2


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("value", ["X'ff'", "X'5b5d'", "'null'", "'[1]'", "7", "'…'"])
@pytest.mark.parametrize("column", ["summary", "origin", "reader", "sha256", "source_id"])
def test_a_column_of_another_type_is_told_in_one_sentence(tmp_path: Path, column: str, value: str) -> None:
    opened = harm(tmp_path, lambda row: None)
    with opened.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE editions SET {column} = {value} WHERE number = 1")
    with pytest.raises(LibraryDamaged, match=r"ilya (doctor|restore)"):
        opened.editions()
    assert len(list(damaged(opened, MIRA))) == 1
