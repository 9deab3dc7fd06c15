"""A library of two invented interviews, and a checker over it."""

from pathlib import Path

import pytest

from assistant.checking import Checker
from knowledge.library.store import Library
from knowledge.search.wordmap import Shingles
from tests.invented import BEES, MIRA, TIDES, labelled_source

BOOKLETS = {"bees": (BEES, "2021-05"), "tides": (TIDES, "2023-11-02")}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library with the two invented interviews."""
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    for name, (text, date) in BOOKLETS.items():
        source = labelled_source(text, name, title=f"On {name}", date=date)
        library.add(source, text.encode(), origin=name)
    return library


@pytest.fixture
def checker(library: Library, tmp_path: Path) -> Checker:
    """A checker over that library."""
    return Checker(Shingles(tmp_path / "shingles", library), MIRA)
