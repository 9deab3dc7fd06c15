"""The shipped quotation book in a library: brought up to date, and no more than that."""

import shutil
from pathlib import Path

import pytest

from knowledge.library.store import Library
from knowledge.model.subject import default_subject
from knowledge.starter import book
from knowledge.starter.book import add_starter, book_files


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "book"
    folder.mkdir()
    for path in book_files()[:2]:
        shutil.copy(path, folder)
    monkeypatch.setattr(book, "book_files", lambda: book_files(folder))
    return folder


def test_a_file_that_is_no_longer_shipped_leaves_the_search_and_is_still_cited(tmp_path: Path, shipped: Path) -> None:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    add_starter(library, default_subject())
    first, second = (path.stem for path in book_files(shipped))
    before = library.source(first)
    (shipped / f"{first}.yaml").unlink()
    add_starter(library, default_subject())
    assert [one.id for one in library.summaries()] == [second]
    assert library.source(first, before.sha256) == before


def test_what_a_user_added_or_removed_stays_so(tmp_path: Path, shipped: Path) -> None:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    add_starter(library, default_subject())
    first, second = (path.stem for path in book_files(shipped))
    own = library.source(first).model_copy(update={"id": "my-notes"})
    library.add(own, b"notes", origin="/home/me/notes.txt")
    library.remove(second)
    add_starter(library, default_subject())
    assert {one.id for one in library.summaries()} == {first, "my-notes"}
