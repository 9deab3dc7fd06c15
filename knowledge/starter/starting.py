"""What a fresh machine knows: the shipped quotation book, put into the library once."""

from pathlib import Path

from knowledge.library.editions import removed_sources
from knowledge.library.store import Library
from knowledge.model.errors import LibraryUnavailable
from knowledge.model.subject import Subject
from knowledge.starter.book import book_files, read_book_file


def add_starter(library: Library, subject: Subject) -> None:
    """Bring the library's copy of the quotation book up to date; what its user removed stays out."""
    removed = removed_sources(library)
    for path in book_files():
        source = read_book_file(path, subject)
        if source.id not in removed:
            library.add(source, path.read_bytes(), origin=f"quotation-book:{path.stem}")


def make_folder(folder: Path) -> None:
    """Create the data folder.

    Raises:
        LibraryUnavailable: it cannot be created or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise LibraryUnavailable(
            f"The data folder {folder} cannot be written ({error.strerror}): set ILYA_HOME to a folder of yours."
        ) from error
