"""A backup is one moment of the library, whole or refused; restoring it loses nothing that stood there."""

import stat
import threading
from pathlib import Path
from zipfile import ZipFile

import pytest

from knowledge.library.backup import back_up, restore
from knowledge.library.store import Library
from knowledge.model.errors import LibraryUnavailable
from tests.invented import BEES, MIRA, TIDES, labelled_source


def add(library: Library, text: str, source_id: str) -> None:
    library.add(labelled_source(text, source_id), text.encode(), origin=source_id)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    add(library, BEES, "bees")
    return library


def test_what_was_backed_up_is_back_with_its_raw_file(tmp_path: Path, library: Library) -> None:
    assert back_up(library, tmp_path / "b.zip", MIRA).sources == 1
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600
    held = library.source("bees")
    library.remove("bees")
    add(library, TIDES, "tides")
    library.engine.dispose()
    contents, aside = restore(tmp_path / "b.zip", tmp_path / "library.db", MIRA)
    assert (contents.sources, contents.damaged) == (1, ())
    again = Library(f"sqlite:///{tmp_path / 'library.db'}")
    assert [edition.source_id for edition in again.editions()] == ["bees"]
    assert again.source("bees") == held
    assert again.raw(held) == BEES.encode()
    assert aside is not None
    assert [edition.source_id for edition in Library(f"sqlite:///{aside}").editions()] == ["tides"]


def test_a_library_that_is_no_database_any_more_is_replaced(tmp_path: Path, library: Library) -> None:
    back_up(library, tmp_path / "b.zip", MIRA)
    library.engine.dispose()
    (tmp_path / "library.db").write_bytes(b"gone" * 1000)
    (tmp_path / "library.db-wal").write_bytes(b"half a log")
    _, aside = restore(tmp_path / "b.zip", tmp_path / "library.db", MIRA)
    assert Library(f"sqlite:///{tmp_path / 'library.db'}").source("bees")
    assert aside is not None
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"half a log"


def test_a_backup_taken_while_others_write_is_one_moment(tmp_path: Path, library: Library) -> None:
    written: list[int] = []
    enough = threading.Event()

    def write() -> None:
        other = Library(f"sqlite:///{tmp_path / 'library.db'}")
        while not enough.is_set():
            add(other, BEES.replace("honey", f"honey {len(written)}"), f"bees-{len(written)}")
            written.append(1)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(5):
            least = len(written)
            contents = back_up(library, tmp_path / f"{number}.zip", MIRA)
            assert contents.sources > least
            assert contents.damaged == ()
    finally:
        enough.set()
        thread.join()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def _flip(path: Path) -> None:
    found = bytearray(path.read_bytes())
    found[len(found) // 2] ^= 1
    path.write_bytes(found)


def _without_manifest(path: Path) -> None:
    with ZipFile(path, "w") as file:
        file.writestr("library.db", b"SQLite format 3")


@pytest.mark.parametrize("harm", [_cut, _flip, _without_manifest, Path.unlink])
def test_a_file_that_is_no_whole_backup_changes_nothing(tmp_path: Path, library: Library, harm: object) -> None:
    assert callable(harm)
    back_up(library, tmp_path / "b.zip", MIRA)
    harm(tmp_path / "b.zip")
    with pytest.raises(LibraryUnavailable, match="Nothing was changed"):
        restore(tmp_path / "b.zip", tmp_path / "library.db", MIRA)
    assert Library(f"sqlite:///{tmp_path / 'library.db'}").source("bees")
    assert not list(tmp_path.glob(".restore-*"))


def test_a_backup_that_cannot_be_written_is_one_sentence(tmp_path: Path, library: Library) -> None:
    with pytest.raises(LibraryUnavailable, match="cannot be written"):
        back_up(library, tmp_path / "nowhere" / "b.zip", MIRA)


@pytest.mark.parametrize("name", ["per%20cent", "what?", "a#b", "a b;c", "数据"])
def test_any_character_may_stand_in_the_path(tmp_path: Path, name: str) -> None:
    from assistant import Settings

    settings = Settings(home=tmp_path / name)
    settings.home.mkdir()
    add(Library(settings.library_url), BEES, "bees")
    assert (tmp_path / name / "library.db").exists()
    back_up(Library(settings.library_url), tmp_path / name / "b.zip", MIRA)
    restore(tmp_path / name / "b.zip", settings.home / "library.db", MIRA)
    assert Library(settings.library_url).source("bees")
